"""`outreach diff` on real repositories."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from golden import CHANGES, FORMATS, changes
from projects import GUIDE, SPANISH, Outcome, catalog, files, po, run, write
from repositories import begin, commit, git, pull_request, without_settings

ADVICE = "if it should have changed, run `python tests/golden.py` and read the difference"


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without_settings(monkeypatch, tmp_path.parent)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A guide in Spanish, complete, in a repository."""
    root = tmp_path / "project"
    return begin(write(root, {"content/en/a.md": GUIDE, catalog("a"): po(SPANISH)}))


def data(root: Path, *args: str, code: int = 0) -> dict[str, Any]:
    """What the command says as JSON."""
    outcome = run(root, "diff", *(args or ("HEAD",)), "--format", "json")
    assert (outcome.code, outcome.err) == (code, "")
    found = json.loads(outcome.out)
    assert isinstance(found, dict)
    return found


def refused(root: Path, *args: str) -> str:
    """The advice that a wrong call gets."""
    outcome = run(root, "diff", *args)
    assert (outcome.code, outcome.out) == (2, "")
    return outcome.err


def shown(messages: list[Mapping[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(item[name] for name in names) for item in messages]


# What it says


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return changes(pull_request(tmp_path_factory.mktemp("pull-request")))


@pytest.mark.parametrize("name", FORMATS.values())
def test_a_pull_request_is_told_as_expected(name: str, said: dict[str, str]) -> None:
    assert said[name] == (CHANGES / name).read_text("utf-8"), ADVICE


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_says_that_nothing_changed(form: str, project: Path) -> None:
    before = files(project)
    outcome = run(project, "diff", "HEAD", "--format", form)
    assert (outcome.code, outcome.err) == (0, "")
    if form == "json":
        found = json.loads(outcome.out)
        lists = ("reviews", "guides", "messages", "catalogs", "handouts", "problems", "warnings")
        assert [found[name] for name in lists] == [[]] * len(lists)
        assert (found["version"], found["base"]) == (1, "HEAD")
        assert found["commit"] == git(project, "rev-parse", "HEAD")
    else:
        assert "Nothing changed since" in outcome.out
    assert files(project) == before


def test_committed_and_uncommitted_changes_count_and_staging_does_not_matter(project: Path) -> None:
    write(project, {catalog("a"): po(SPANISH | {"After work": "Tras el trabajo"})})
    commit(project)
    write(project, {catalog("a"): po(SPANISH | {"After work": "Al terminar"})})
    git(project, "add", "--all")
    write(project, {"content/en/b.md": "# New\n"})
    found = data(project, "HEAD~1")
    assert shown(found["messages"], "msgstr_before", "msgstr") == [
        ("Después del trabajo", "Al terminar")
    ]
    assert shown(found["guides"], "kind", "guide", "now") == [("new", "b", "New")]


def test_only_the_languages_named_are_compared(project: Path) -> None:
    write(project, {catalog("a", "ar"): po({"After work": "بعد العمل"}, "Language: ar")})
    commit(project)
    write(project, {catalog("a"): po({}), catalog("a", "ar"): po({}, "Language: ar")})
    assert {item["language"] for item in data(project)["messages"]} == {"es", "ar"}
    only = data(project, "HEAD", "AR")
    assert {item["language"] for item in only["messages"]} == {"ar"}
    assert only["languages"] == ["ar"]
    assert "has no language fr" in refused(project, "HEAD", "fr")


def test_a_language_that_was_removed_is_compared_too(project: Path) -> None:
    shutil.rmtree(project / "locale")
    found = data(project, "HEAD", "es")
    assert shown(found["messages"], "kind", "msgid_before", "msgstr") == [
        ("removed", msgid, None) for msgid in SPANISH
    ]
    assert shown(found["handouts"], "language", "state", "percent") == [("es", "dropped", None)]


def test_a_language_that_left_the_configuration_is_compared_too(project: Path) -> None:
    write(project, {"outreach.toml": 'languages = ["ar"]\n'})
    shutil.rmtree(project / "locale")
    assert len(data(project)["messages"]) == len(SPANISH)


def test_a_guide_that_was_renamed_with_its_catalog_keeps_its_translations(project: Path) -> None:
    (project / "content/en/a.md").rename(project / "content/en/b.md")
    (project / catalog("a")).rename(project / catalog("b"))
    found = data(project)
    assert found["messages"] == []
    assert shown(found["guides"], "kind", "guide", "before", "now") == [
        ("renamed", "b", "content/en/a.md", "content/en/b.md")
    ]
    assert shown(found["handouts"], "language", "guide", "state") == [
        ("en", "a", "dropped"),
        ("en", "b", "new"),
        ("es", "a", "dropped"),
        ("es", "b", "new"),
    ]


def test_a_renamed_guide_before_an_update_lost_no_translation(project: Path) -> None:
    (project / "content/en/a.md").rename(project / "content/en/b.md")
    assert data(project)["messages"] == []


def test_an_update_after_an_edit_shows_old_and_new_english(project: Path) -> None:
    edited = GUIDE.replace("Wash them often.", "Wash them very often.")
    write(project, {"content/en/a.md": edited})
    assert run(project, "update").code == 0
    found = data(project)
    assert shown(found["messages"], "kind", "msgid_before", "msgid", "fuzzy") == [
        ("made-fuzzy", "Wash them often.", "Wash them very often.", True)
    ]
    assert shown(found["guides"], "kind", "before", "now") == [
        ("edited", "Wash them often.", "Wash them very often.")
    ]


def test_one_catalog_for_all_guides_names_the_guides_of_a_message(project: Path) -> None:
    shutil.rmtree(project / "locale")
    settings = 'catalogs = "po/{lang}.po"\n'
    write(project, {"outreach.toml": settings, "content/en/b.md": "After work\n\nSleep\n"})
    write(project, {"po/es.po": po(SPANISH)})
    commit(project)
    write(project, {"po/es.po": po(SPANISH | {"After work": "Al fin", "Sleep": "Dormir"})})
    found = data(project)
    assert shown(found["messages"], "kind", "msgid", "guides") == [
        ("changed", "After work", ["a", "b"]),
        ("new", "Sleep", ["b"]),
    ]


def test_other_targets_of_links_and_words_of_the_interface_count(project: Path) -> None:
    target = "https://a.example/en"
    write(project, {"content/en/a.md": f"{GUIDE}\n[Here].\n\n[Here]: {target}\n"})
    write(project, {catalog("links"): po({target: target}), catalog("interface"): po({})})
    commit(project)
    write(
        project,
        {
            catalog("links"): po({target: "https://a.example/es"}),
            catalog("interface"): po({"Print": "Imprima"}),
        },
    )
    found = data(project)
    assert shown(found["messages"], "kind", "guides", "msgstr") == [
        ("changed", ["a"], "https://a.example/es"),
        ("new", [], "Imprima"),
    ]
    assert shown(found["handouts"], "language", "guide") == [("es", "a")]


# Handouts


def test_a_changed_translation_touches_the_sheets_of_its_language_alone(project: Path) -> None:
    write(project, {"outreach.toml": 'paper = ["letter", "a4"]\n', "content/en/b.md": "# B\n"})
    commit(project)
    write(project, {catalog("a"): po(SPANISH | {"After work": "Tras el trabajo"})})
    assert data(project)["handouts"] == [
        {
            "language": "es",
            "guide": "a",
            "state": "changed",
            "percent": 100,
            "files": [
                "es/a.html",
                "es/a.es-Spanish.letter.pdf",
                "es/a.es-Spanish.a4.pdf",
            ],
        }
    ]


def test_changes_that_no_reader_sees_touch_no_handout(project: Path) -> None:
    fuzzy = po(SPANISH, fuzzy="After work")
    write(project, {catalog("a"): fuzzy})
    commit(project)
    write(
        project,
        {
            "content/en/a.md": GUIDE.replace("Wash", "<!-- note: hands -->\n\nWash"),
            catalog("a"): "# Hello.\n" + fuzzy.replace("Después", "Tras"),
        },
    )
    found = data(project)
    assert [item["kind"] for item in found["messages"]] == ["changed"]
    assert [item["kind"] for item in found["guides"]] == ["other"]
    assert found["handouts"] == []


def test_below_the_threshold_a_handout_is_skipped_or_dropped(project: Path) -> None:
    write(project, {catalog("a"): po({"After work": "Después del trabajo"})})
    assert shown(data(project)["handouts"], "state", "percent") == [("dropped", 25)]
    commit(project)
    write(project, {catalog("a"): po({"After work": "Tras el trabajo"})})
    assert shown(data(project)["handouts"], "state", "percent") == [("skipped", 25)]
    write(project, {catalog("a"): po(SPANISH)})
    assert shown(data(project)["handouts"], "state", "percent") == [("new", 100)]


def test_another_image_changes_the_handouts_that_show_it(project: Path) -> None:
    write(project, {"content/en/a.md": GUIDE + "\n![x](x.png)\n", "content/en/x.png": b"1"})
    write(project, {"content/en/b.md": "# B\n", catalog("a"): po(SPANISH | {"![x](x.png)": ""})})
    commit(project)
    write(project, {"content/en/x.png": b"2"})
    found = data(project)
    assert shown(found["handouts"], "language", "guide") == [("en", "a"), ("es", "a")]
    assert found["guides"] == found["messages"] == []


def test_how_a_translation_was_made_is_told_and_printed(project: Path) -> None:
    header = 'Language: es\\n"\n"X-Translation-Method: machine draft'
    write(project, {catalog("a"): po(SPANISH, header)})
    outcome = run(project, "diff", "HEAD")
    assert "X-Translation-Method in the header was not there and is “machine draft”." in outcome.out
    assert shown(data(project)["handouts"], "language", "guide") == [("es", "a")]


# Problems


def test_an_error_in_a_changed_message_is_shown_beside_it_and_is_exit_1(project: Path) -> None:
    wrong = {"Wash them often.": "[x](javascript:alert(1))"}
    write(project, {catalog("a"): po(SPANISH | wrong)})
    found = data(project, code=1)
    beside = found["messages"][0]["problems"]
    assert beside == found["problems"]
    assert beside[0]["severity"] == "error"
    commit(project)
    assert data(project)["problems"] == []
    write(project, {catalog("a"): po(SPANISH | wrong | {"After work": "Tras el trabajo"})})
    assert data(project)["problems"] == []


def test_a_problem_that_a_change_elsewhere_brought_is_shown(project: Path) -> None:
    write(project, {"content/en/b.md": "See [that](a.md).\n\n![gone](gone.png)\n"})
    commit(project)
    (project / "content/en/a.md").unlink()
    found = data(project, code=1)
    # The missing image was missing then, too.
    assert shown(found["problems"], "path", "line") == [("content/en/b.md", 1)]


def test_a_catalog_that_cannot_be_read_now_is_an_error(project: Path) -> None:
    write(project, {catalog("a"): b'msgid "x\n'})
    found = data(project, code=1)
    assert found["messages"] == found["handouts"] == []
    assert shown(found["problems"], "path", "line") == [(catalog("a"), 1)]
    commit(project)
    assert data(project, code=1)["problems"] == found["problems"]
    outcome = run(project, "diff", "HEAD")
    assert outcome.code == 1
    assert f"{catalog('a')}:1: error: " in outcome.out


def test_a_catalog_that_could_not_be_read_then_is_new(project: Path) -> None:
    write(project, {catalog("a"): b'msgid "x\n'})
    commit(project)
    write(project, {catalog("a"): po(SPANISH)})
    found = data(project)
    assert [item["kind"] for item in found["messages"]] == ["new"] * len(SPANISH)
    assert shown(found["warnings"], "path", "line") == [(catalog("a"), 1)]
    for form in ("text", "markdown"):
        assert "All in it counts as new." in run(project, "diff", "HEAD", "--format", form).out


def test_a_guide_that_cannot_be_read_on_one_side_is_no_removed_guide(project: Path) -> None:
    write(project, {"content/en/a.md": b"\xff"})
    found = data(project, code=1)
    assert found["guides"] == found["messages"] == found["handouts"] == []
    assert shown(found["problems"], "path") == [("content/en/a.md",)]
    commit(project)
    write(project, {"content/en/a.md": GUIDE})
    found = data(project)
    assert {item["kind"] for item in found["guides"]} == {"new"}
    assert shown(found["warnings"], "path") == [("content/en/a.md",)]


# Repositories


def test_a_project_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    tree = {"content/en/a.md": GUIDE, catalog("a"): po(SPANISH)}
    sub = write(tmp_path / "docs" / "ünï code", tree)
    write(tmp_path, {"content/en/a.md": "Another project.\n", catalog("a"): po({})})
    begin(tmp_path)
    write(sub, {catalog("a"): po(SPANISH | {"After work": "Tras el trabajo"})})
    found = data(sub)
    assert shown(found["messages"], "path", "msgstr") == [(catalog("a"), "Tras el trabajo")]


def test_a_project_that_was_not_there_then_is_all_new(tmp_path: Path) -> None:
    begin(write(tmp_path, {"README": "Nothing yet.\n"}))
    write(tmp_path, {"content/en/a.md": GUIDE, catalog("a"): po(SPANISH)})
    found = data(tmp_path)
    assert {item["kind"] for item in (*found["guides"], *found["messages"])} == {"new"}
    assert {item["state"] for item in found["handouts"]} == {"new"}


def test_other_line_ends_are_no_change(project: Path) -> None:
    for path in ("content/en/a.md", catalog("a")):
        file = project / path
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert run(project, "diff", "HEAD").out.startswith("Nothing changed")


def test_links_submodules_and_odd_names_then_do_no_harm(project: Path) -> None:
    content = project / "content/en"
    (content / "again.md").symlink_to("a.md")
    (content / "out.md").symlink_to("/etc/passwd")
    (content / "loop.md").symlink_to("loop.md")
    write(project, {'content/en/q "uote\n.md': "# Odd\n"})
    (content / os.fsdecode(b"\xff.md")).write_text("# Odd\n")
    other = begin(write(project.parent / "other", {"x.md": "# X\n"}))
    git(project, "submodule", "--quiet", "add", str(other), "content/en/sub")
    commit(project)
    for name in ("out.md", "loop.md", 'q "uote\n.md', os.fsdecode(b"\xff.md")):
        (content / name).unlink()
    found = data(project)
    assert shown(found["guides"], "kind", "guide", "before") == [
        ("removed", 'q "uote\n', "Odd"),
        ("new", "sub/x", ""),
    ]


def test_where_the_work_parted_is_the_base_of_a_pull_request(project: Path) -> None:
    git(project, "switch", "--quiet", "--create", "work")
    write(project, {catalog("a"): po(SPANISH | {"After work": "Tras el trabajo"})})
    commit(project)
    git(project, "switch", "--quiet", "main")
    write(project, {"content/en/b.md": "# Later on main\n"})
    commit(project)
    git(project, "switch", "--quiet", "work")
    assert [item["kind"] for item in data(project, "main")["guides"]] == ["removed"]
    found = data(project, "main...")
    assert found["guides"] == []
    assert [item["msgstr"] for item in found["messages"]] == ["Tras el trabajo"]


def test_a_revision_that_there_is_not_is_exit_2_with_advice(project: Path) -> None:
    assert "git knows no revision `mian`" in refused(project, "mian")
    assert "git fetch origin main" in refused(project, "mian")
    assert "one revision" in refused(project, "main..HEAD")
    assert "one revision" in refused(project, "main...HEAD")
    for odd in ("", "...", "HEAD:content", "@{99}", "--", "^HEAD", "-h x", "a\nb", "\x1b[31m"):
        assert "git knows no revision" in refused(project, "--", odd)
    clone = project.parent / "clone"
    git(project, "branch", "feature")
    git(project.parent, "clone", "--quiet", str(project), str(clone))
    assert "`origin/feature`: is it meant?" in refused(clone, "feature")


@pytest.mark.parametrize("option", ["--output=x", "--help", "-p", "--all", "--exec=touch x"])
def test_a_revision_is_never_an_option_of_git(option: str, project: Path) -> None:
    before = files(project)
    assert "git knows no revision" in refused(project, "--", option)
    assert "git knows no revision" in refused(project, "--", f"{option}...")
    assert files(project) == before


def test_a_shallow_clone_is_told_to_fetch_more(project: Path) -> None:
    write(project, {"content/en/b.md": "# B\n"})
    commit(project)
    clone = project.parent / "clone"
    git(project.parent, "clone", "--quiet", "--depth=1", f"file://{project}", str(clone))
    assert "fetch-depth: 0" in refused(clone, "HEAD~1")
    assert data(clone, "HEAD")["guides"] == []


def test_histories_without_a_common_commit_have_no_base(project: Path) -> None:
    git(project, "switch", "--quiet", "--orphan", "other")
    write(project, {"content/en/a.md": GUIDE})
    commit(project)
    assert "no commit in common" in refused(project, "main...")
    assert data(project, "main")["messages"] != []


def test_outside_of_a_repository_it_says_what_it_needs(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": GUIDE})
    assert "not a git repository" in refused(tmp_path, "HEAD")
    git(tmp_path, "init", "--quiet")
    assert "git knows no revision `HEAD`" in refused(tmp_path, "HEAD")


def test_without_git_it_says_so(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(project))
    assert "git cannot be run" in refused(project, "HEAD")


def test_a_wrong_call_is_exit_2(project: Path) -> None:
    for args in ((), ("HEAD", "--format", "html"), ("HEAD", "xq")):
        assert run(project, "diff", *args).code == 2


def test_colours_are_for_terminals(project: Path) -> None:
    write(project, {catalog("a"): po(SPANISH | {"After work": "Antes del trabajo"})})
    outcome: Outcome = run(project, "diff", "HEAD")
    assert "{-Después-}" in outcome.out
    assert "\x1b" not in outcome.out
