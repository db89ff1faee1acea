"""`status`: what is counted, since when a text waits, and how it looks in a terminal and a pipe."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from projects import GUIDE, ROOT, SPANISH, call, catalog, po, run, write

A = "content/en/a.md"
ES = catalog("a")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A guide in Spanish, complete, and in Arabic, with one message and one that is fuzzy."""
    arabic = {"Clean hands": "أيدٍ نظيفة", "After work": "بعد العمل"}
    return write(
        tmp_path,
        {
            A: GUIDE,
            ES: po(SPANISH),
            catalog("a", "ar"): po(arabic, "Language: ar", fuzzy="After work"),
        },
    )


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A guide that no language has translated, written in three commits."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    git(tmp_path, "init", "-q", "-b", "main")
    write(tmp_path, {"outreach.toml": 'languages = ["es"]\n'})
    commit(tmp_path, "2020-01-01", {A: "# Clean hands\n\nWash them\noften.\n"})
    commit(tmp_path, "2021-02-02", {A: "# Clean hands\n\nWash them\nvery often.\n"})
    commit(
        tmp_path, "2022-03-03", {A: "# Clean hands\n\nWash them\nvery often.\n\n- Soap\n- Water\n"}
    )
    return tmp_path


def git(folder: Path, *args: str, date: str = "2019-01-01") -> None:
    names = ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE")
    who = {
        f"GIT_{role}_{what}": "a@b.example"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    when = date if date.startswith("@") else f"{date}T23:30:00-0500"
    dates = dict.fromkeys(names, when)
    subprocess.run(["git", *args], cwd=folder, env=os.environ | who | dates, check=True)


def commit(root: Path, date: str, files: dict[str, str], folder: Path | None = None) -> None:
    write(folder or root, dict(files))
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "a change", date=date)


def rows(root: Path, *args: str) -> list[dict[str, Any]]:
    """The rows as other programs read them."""
    found = json.loads(run(root, "status", "--json", *args).out)
    assert isinstance(found, list)
    return found


def unsigned(state: str) -> dict[str, Any]:
    """What the rows say of a guide without a record."""
    unknown = dict.fromkeys(("method", "reviewed", "edition_code", "reviewer"))
    return {"state": state, "why": "it has no record", "untouched": 0, **unknown}


def oldest(root: Path) -> str | None:
    [row] = rows(root)
    date = row["oldest_untranslated_change"]
    assert date is None or isinstance(date, str)
    return date


def terminal(root: Path, columns: int, **environment: str) -> str:
    """What `status` prints to a terminal of that width."""
    try:
        master, slave = pty.openpty()
    except OSError as error:  # as in a chroot without /dev/pts
        pytest.skip(f"needs a terminal: {error}")
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    command = [sys.executable, "-m", "outreach", "--project", str(root), "status"]
    kept = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}
    process = subprocess.Popen(command, cwd=ROOT, stdout=slave, env=kept | environment)
    os.close(slave)
    said = b"".join(chunks(master))
    os.close(master)
    assert process.wait() in (0, 1)
    return said.decode().replace("\r\n", "\n")


def chunks(master: int) -> Iterator[bytes]:
    while True:
        try:
            data = os.read(master, 4096)
        except OSError:  # how Linux says that the other side is closed
            return
        if not data:
            return
        yield data


# What is counted


def test_status_counts_messages_and_words(project: Path) -> None:
    outcome = run(project, "status", "--json")
    assert outcome.code == 0
    assert json.loads(outcome.out) == [
        {
            "language": "ar",
            "name": "Arabic",
            "guide": "a",
            "translated": 1,
            "fuzzy": 1,
            "missing": 2,
            "words_left": 8,
            "percent": 25,
            "errors": 0,
            "oldest_untranslated_change": None,
            "readable": True,
            **unsigned("draft"),
        },
        {
            "language": "es",
            "name": "Spanish",
            "guide": "a",
            "translated": 4,
            "fuzzy": 0,
            "missing": 0,
            "words_left": 0,
            "percent": 100,
            "errors": 0,
            "oldest_untranslated_change": None,
            "readable": True,
            **unsigned("translated"),
        },
    ]


def test_status_of_one_language(project: Path) -> None:
    assert [row["language"] for row in rows(project, "ES")] == ["es"]


def test_a_text_that_readers_do_not_see_counts_as_missing_and_as_an_error(project: Path) -> None:
    write(project, {ES: po(SPANISH | {"After work": "<script>x</script>"})})
    [row] = rows(project, "es")
    assert (row["translated"], row["missing"], row["errors"], row["percent"]) == (3, 1, 1, 75)
    assert "errors" in terminal(project, 100)
    write(project, {ES: po(SPANISH)})
    assert "errors" not in terminal(project, 100)


def test_only_texts_that_are_now_in_the_guide_count(project: Path) -> None:
    write(project, {ES: po(SPANISH | {"Gone": "Ido", "Gone too": "Ido también"})})
    [row] = rows(project, "es")
    assert (row["translated"], row["missing"], row["percent"]) == (4, 0, 100)


def test_a_language_without_any_catalog_misses_everything(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, "outreach.toml": 'languages = ["ht"]\n'})
    [row] = rows(tmp_path)
    assert (row["translated"], row["missing"], row["words_left"], row["percent"]) == (0, 4, 10, 0)


@pytest.mark.parametrize("layout", ["", 'catalogs = "po/{lang}.po"\n'])
def test_a_catalog_that_cannot_be_read_is_not_counted(layout: str, tmp_path: Path) -> None:
    path = "po/es.po" if layout else ES
    write(tmp_path, {A: GUIDE, "outreach.toml": f'languages = ["ar", "es"]\n{layout}'})
    write(tmp_path, {path: b'msgid "x\n'})
    outcome = run(tmp_path, "status", "--json")
    assert outcome.code == 1
    assert f"{path}:1: error" in outcome.err
    spanish, arabic = json.loads(outcome.out)
    assert (spanish["language"], spanish["readable"], spanish["percent"]) == ("es", False, None)
    assert (arabic["language"], arabic["readable"], arabic["percent"]) == ("ar", True, 0)
    lines = run(tmp_path, "status").out.splitlines()
    assert lines[1].split() == ["es-Spanish", *"------", "unreadable", "draft", "a"]
    assert lines[-1].split()[:4] == ["total", "0", "0", "4"]
    assert re.search(
        "es Spanish .* unreadable\n  a .* unreadable draft\nar", terminal(tmp_path, 90)
    )


def test_a_project_without_languages_is_told_how_to_begin(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE})
    assert "outreach init" in run(tmp_path, "status").out
    assert "outreach init" in terminal(tmp_path, 80)
    assert rows(tmp_path) == []


def test_the_work_to_do_stands_on_top(tmp_path: Path) -> None:
    write(
        tmp_path,
        {A: GUIDE, "content/en/long.md": "# Long\n\n" + "word " * 50, "content/en/none.md": "—\n"},
    )
    write(tmp_path, {ES: po(SPANISH), catalog("a", "ar"): po({}), catalog("a", "fr"): po(SPANISH)})
    write(tmp_path, {catalog("long", "fr"): po({"Long": "Long"}, "Language: fr")})
    listed = [(row["language"], row["guide"]) for row in rows(tmp_path)]
    assert listed == [
        ("ar", "long"), ("ar", "a"), ("es", "long"), ("es", "a"), ("fr", "long"), ("fr", "a")
    ]  # fmt: skip
    plain = [line.split() for line in run(tmp_path, "status").out.splitlines()[1:-1]]
    assert [(cells[0].split("-")[0], cells[-1]) for cells in plain] == listed


# Since when


def test_the_oldest_change_is_that_of_the_oldest_text_without_a_translation(
    repository: Path,
) -> None:
    assert oldest(repository) == "2020-01-01"
    write(repository, {ES: po({"Clean hands": "Manos limpias"})})
    # One line of the paragraph is older, but translators see the text that it became then.
    assert oldest(repository) == "2021-02-02"
    write(repository, {ES: po({"Clean hands": "x", "Wash them very often.": "y"})})
    assert oldest(repository) == "2022-03-03"
    done = {"Clean hands": "x", "Wash them very often.": "y", "Soap": "z", "Water": "w"}
    write(repository, {ES: po(done)})
    assert oldest(repository) is None
    write(repository, {ES: po(done, fuzzy="Wash them very often.")})
    assert oldest(repository) == "2021-02-02"
    write(repository, {ES: po(done | {"Clean hands": "<b>x</b>"})})
    assert oldest(repository) == "2020-01-01"


def test_what_is_not_committed_has_no_date(repository: Path) -> None:
    write(repository, {ES: po({"Clean hands": "x", "Wash them very often.": "y", "Soap": "z"})})
    text = (repository / A).read_text("utf-8")
    write(repository, {A: text.replace("- Water", "- Clean water")})
    assert oldest(repository) is None
    write(repository, {A: text.replace("- Soap", "- Clean soap")})
    assert oldest(repository) == "2022-03-03"
    git(repository, "add", A)
    assert oldest(repository) == "2022-03-03"
    (repository / A).unlink()
    write(repository, {"content/en/b.md": "New.\n"})
    assert oldest(repository) is None


def test_a_new_indent_or_another_place_makes_no_text_younger(repository: Path) -> None:
    text = "> # Clean hands\n>\n> Water\n"
    moved = "Every word of this long paragraph stays as it was, in another place.\n"
    commit(repository, "2023-01-01", {A: f"{moved}\n- One\n\n  Two\n\nThree\n"})
    commit(repository, "2024-01-01", {A: f"- One\n\n    Two\n\n{moved}"})
    write(repository, {ES: po({"One": "Uno"})})
    assert oldest(repository) == "2023-01-01"
    commit(repository, "2025-01-01", {A: text})
    write(repository, {ES: po({})})
    assert oldest(repository) == "2025-01-01"


def test_a_renamed_guide_keeps_its_dates(repository: Path) -> None:
    git(repository, "mv", A, "content/en/b.md")
    git(repository, "commit", "-q", "-m", "a new name", date="2025-01-01")
    assert oldest(repository) == "2020-01-01"


def test_front_matter_has_the_dates_of_its_lines(repository: Path) -> None:
    first = (
        "---\ntitle: Hands\nauthor: Ana\nsummary: >\n  Wash\n  them.\nkeywords: x\n---\n\nText.\n"
    )
    commit(repository, "2023-01-01", {A: first})
    commit(repository, "2024-01-01", {A: first.replace("  them.", "  them often.")})
    commit(
        repository,
        "2025-01-01",
        {
            A: first.replace("  them.", "  them often.")
            .replace("Ana", "Eva")
            .replace("keywords: x", "keywords: y")
        },
    )
    write(repository, {ES: po({"Text.": "x"})})
    assert oldest(repository) == "2023-01-01"
    write(repository, {ES: po({"Text.": "x", "Hands": "y"})})
    assert oldest(repository) == "2024-01-01"


def test_cells_and_code_have_the_dates_of_their_own_lines(repository: Path) -> None:
    first = "| a |\n|---|\n| b |\n\n```text translate\nOne\n\nTwo\n```\n"
    commit(repository, "2023-01-01", {A: first})
    commit(repository, "2024-01-01", {A: first.replace("b", "c").replace("Two", "Three")})
    write(repository, {ES: po({"a": "x"})})
    assert oldest(repository) == "2024-01-01"


def test_a_text_in_two_places_came_with_the_first(repository: Path) -> None:
    commit(repository, "2023-01-01", {A: "Again.\n"})
    commit(repository, "2024-01-01", {A: "Again.\n\nNew.\n\nAgain.\n"})
    write(repository, {ES: po({"New.": "x"})})
    assert oldest(repository) == "2023-01-01"


def test_the_day_is_that_of_the_committer_s_calendar(repository: Path) -> None:
    # 23:30 in New York, where it was written, is the next day in Greenwich.
    assert oldest(repository) == "2020-01-01"
    commit(repository, "@1700000000 +1400", {A: "Far east.\n"})  # 22:13 of the 14th in Greenwich
    assert oldest(repository) == "2023-11-15"


def test_a_project_below_the_top_of_its_repository(repository: Path) -> None:
    deep = repository / "docs" / "guides"
    commit(repository, "2024-01-01", {A: "Deep.\n", "outreach.toml": 'languages = ["es"]\n'}, deep)
    assert oldest(deep) == "2024-01-01"


def test_without_a_repository_or_commits_there_are_no_dates(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    alone = write(tmp_path_factory.mktemp("alone"), {A: GUIDE, ES: po({})})
    assert oldest(alone) is None
    git(alone, "init", "-q")
    outcome = run(alone, "status", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert oldest(alone) is None
    assert oldest(repository) is not None


def test_without_git_there_are_no_dates(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    outcome = run(repository, "status", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert oldest(repository) is None


def test_what_is_older_than_a_shallow_history_has_no_date(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", "-q", "--depth", "2", repository.as_uri(), ".")
    write(clone, {"outreach.toml": 'languages = ["es"]\n'})
    assert oldest(clone) is None
    write(clone, {ES: po({"Clean hands": "x", "Wash them very often.": "y"})})
    assert oldest(clone) == "2022-03-03"


def test_the_list_of_ignored_commits_counts_and_may_be_missing(repository: Path) -> None:
    git(repository, "config", "blame.ignoreRevsFile", ".ignored")
    outcome = run(repository, "status", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out)[0]["missing"] == 4
    write(repository, {".ignored": ""})
    assert oldest(repository) == "2020-01-01"


# How it looks


def test_in_a_pipe_each_line_has_the_same_cells(project: Path) -> None:
    write(project, {"content/en/two words.md": "# Two\n", "content/en/手.md": "# 手\n"})
    outcome = call("--project", str(project), "status")
    lines = [line.split(maxsplit=9) for line in outcome.out.splitlines()]
    assert lines[0] == [
        "language", "translated", "fuzzy", "missing", "errors", "words-left", "percent",
        "oldest-change", "state", "guide",
    ]  # fmt: skip
    assert lines[1] == ["ar-Arabic", "1", "1", "2", "0", "8", "25", "-", "draft", "a"]
    assert {len(line) for line in lines} == {10}
    assert {line[-1] for line in lines[1:-1]} == {"a", "two words", "手"}
    assert lines[-1] == ["total", "5", "1", "6", "0", "12", "41", "-", "-", "-"]
    assert not set(outcome.out) & set("█▒░\x1b\t│─")


def test_a_terminal_shows_bars_and_sums(project: Path) -> None:
    said = terminal(project, 100)
    assert said.splitlines()[0] == "█ translated, ▒ fuzzy, ░ missing"
    names = [re.split(r"\s+\d", line)[0] for line in said.splitlines()[2:]]
    assert names == ["ar Arabic", "  a", "es Spanish", "  a", "total"]
    bars = re.findall("[█▒░]{2,}", said)
    assert bars == ["█" * 7 + "▒" * 8 + "░" * 15] * 2 + ["█" * 30] * 2 + [
        "█" * 18 + "▒" * 4 + "░" * 8
    ]


@pytest.mark.parametrize("columns", [20, 40, 60, 70, 80, 81, 90, 120, 300])
def test_a_terminal_of_any_width(columns: int, project: Path) -> None:
    write(project, {f"content/en/{'a-very-long-name-' * 4}.md": "# Long\n"})
    lines = terminal(project, columns).splitlines()
    assert all(len(line) <= max(columns, 72) for line in lines)
    assert ("█ translated" in lines[0]) == (columns >= 80)
    assert lines[-1].startswith("total")


def test_each_line_says_how_the_guide_stands(project: Path) -> None:
    for columns in (40, 80, 120):
        lines = terminal(project, columns).splitlines()
        states = [line.split() for line in lines if line.startswith("  a")]
        assert ["draft" in states[0], "translated" in states[1]] == [True, True]


def test_a_retired_language_comes_last_and_is_no_problem(project: Path) -> None:
    write(project, {"outreach.toml": "retired = { ar = 2020-01-01 }\n", catalog("a", "ar"): "x"})
    outcome = run(project, "status", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    spanish, arabic = json.loads(outcome.out)
    assert (spanish["language"], spanish["state"]) == ("es", "translated")
    assert (arabic["state"], arabic["percent"]) == ("retired", None)
    assert run(project, "status").out.splitlines()[2].split() == [
        "ar-Arabic", *"-------", "retired", "a"
    ]  # fmt: skip
    assert "retired" in terminal(project, 80)


def test_wide_letters_take_two_columns(project: Path) -> None:
    write(project, {"content/en/洗手的六种方法.md": "# A\n", "content/en/e\u0301.md": "# B\n"})
    lines = terminal(project, 90).splitlines()
    long = next(line for line in lines if "洗手" in line)
    short = next(line for line in lines if line.startswith("  a "))
    assert len(long) - long.index("0") == len(short) - short.index("1 ")
    assert len(long[: long.index("0")]) + 7 == len(short[: short.index("1 ")])


def test_a_terminal_that_cannot_write_blocks_gets_letters(project: Path) -> None:
    write(project, {"content/en/手.md": "# 手\n"})
    said = terminal(project, 100, PYTHONIOENCODING="ascii")
    assert said.splitlines()[0] == "# translated, = fuzzy, - missing"
    assert "  ? " in said


def test_a_name_of_a_guide_cannot_command_the_terminal(project: Path) -> None:
    write(project, {"content/en/\x1b[31mred\n.md": "# A\n"})
    assert "\x1b" not in terminal(project, 100)
    assert "\x1b" not in run(project, "status").out


def test_json_is_the_same_in_every_locale(project: Path) -> None:
    write(project, {"content/en/Ж.md": "# Ж\n"})
    command = [sys.executable, "-m", "outreach", "--project", str(project), "status", "--json"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert "Ж" in {row["guide"] for row in json.loads(done.stdout.decode())}
