"""What builds keep for each other: never stale, mended when damaged, shared by many."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from projects import GUIDE, ROOT, SPANISH, build, call, catalog, dates, files, po, run, write

from outreach.codec import digest, plain, record
from outreach.model import Language, Location, Problem
from outreach.outputs import Output
from outreach.publish import MANIFEST
from outreach.sheet.report import Drawn
from outreach.store import Store, cache_folder

LONGER = f"{GUIDE}\nUse soap.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(
        tmp_path / "p",
        {
            "content/en/a.md": GUIDE,
            "content/en/b.md": LONGER,
            **{catalog(name): po(SPANISH) for name in "ab"},
            **{catalog(name, "vi"): po(SPANISH, "Language: vi") for name in "ab"},
        },
    )


def made(out: str) -> str:
    """What a build says of how much it made; empty where it made all."""
    counted = [
        part for part in out.splitlines()[-1].split(", ") if "made" in part or "up to" in part
    ]
    return "".join(counted)


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


# Only what changed


def test_a_second_build_has_nothing_to_do_and_tells_the_same(project: Path) -> None:
    first = build(project)
    before = dates(project / "build")
    second = build(project)
    assert made(second.out) == "all up to date"
    assert (second.code, second.err) == (first.code, first.err)
    assert second.out.split(", ")[:2] == first.out.split(", ")[:2]
    assert dates(project / "build") == before


def test_warnings_are_told_again_when_there_is_nothing_to_do(project: Path) -> None:
    edit(project, catalog("a"), "Lávelas a menudo.", "Lávelas a menudo")
    first = build(project)
    second = build(project)
    assert made(second.out) == "all up to date"
    assert "[ending]" in first.err or "warning" in first.err
    assert second.err == first.err


def test_errors_are_looked_for_again_and_keep_their_exit_code(project: Path) -> None:
    edit(project, catalog("a"), 'msgid "Clean hands"', 'msgid "Clean hands')
    first, second = build(project), build(project)
    assert (first.code, second.code) == (1, 1)
    assert first.err == second.err


HEAVY = ("weasyprint", "jinja2", "markdown_it", "polib", "babel", "yaml", "rapidfuzz", "uharfbuzz")
SHOW_MODULES = """
import sys
from outreach.cli import main
try:
    main(prog_name="outreach")
finally:
    print("\\n".join(sys.modules))
"""


def modules_of(root: Path) -> set[str]:
    """The modules that a build of a project loads."""
    done = subprocess.run(
        [sys.executable, "-c", SHOW_MODULES, "--project", str(root), "build", "--format", "html"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_a_build_with_nothing_to_do_loads_none_of_the_libraries(project: Path) -> None:
    assert {"jinja2", "markdown_it"} <= modules_of(project)
    loaded = modules_of(project)
    assert not loaded & set(HEAVY)
    assert not loaded & {"outreach.reading", "outreach.site", "outreach.config"}


def test_one_changed_translation_makes_one_page(project: Path) -> None:
    build(project)
    before = dates(project / "build")
    edit(project, catalog("b"), "Antes de comer", "Antes de la comida")
    assert made(build(project).out) == "1 made anew"
    after = dates(project / "build")
    assert {path for path in after if after[path] != before[path]} == {"es/b.html", MANIFEST}


def test_a_changed_guide_makes_its_pages_in_all_languages(project: Path) -> None:
    build(project)
    edit(project, "content/en/b.md", "Use soap.", "Use *soap*.")
    assert made(build(project).out) == "3 made anew"


def test_a_translation_that_is_put_back_makes_nothing(project: Path) -> None:
    build(project)
    edit(project, catalog("b"), "Antes de comer", "Antes de la comida")
    build(project)
    edit(project, catalog("b"), "Antes de la comida", "Antes de comer")
    assert made(build(project).out) == "all up to date"
    assert "Antes de comer" in (project / "build/es/b.html").read_text("utf-8")


def test_everything_is_made_when_it_is_forced(project: Path) -> None:
    build(project)
    before = files(project / "build")
    assert made(build(project, "--force").out) == ""
    assert files(project / "build") == before


def test_a_page_that_somebody_changed_is_put_right(project: Path) -> None:
    build(project)
    before = files(project / "build")
    page = project / "build/es/a.html"
    seen = page.stat()
    page.write_bytes(page.read_bytes().replace(b"Manos", b"Manas"))
    os.utime(page, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    build(project)
    assert files(project / "build") == before


def test_files_that_are_lost_come_back_without_being_made(project: Path) -> None:
    build(project)
    before = files(project / "build")
    shutil.rmtree(project / "build")
    assert made(build(project).out) == "all up to date"
    assert files(project / "build") == before


def test_another_machine_with_the_same_cache_makes_nothing(project: Path, tmp_path: Path) -> None:
    build(project)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(project, elsewhere, ignore=shutil.ignore_patterns("build"))
    assert made(build(elsewhere).out) == "all up to date"
    assert files(elsewhere / "build") == files(project / "build")


def test_a_build_of_something_else_does_not_count(project: Path) -> None:
    build(project, "-l", "es")
    assert made(build(project).out) != "all up to date"
    assert (project / "build/vi/a.html").is_file()


def test_sheets_are_kept_too(project: Path) -> None:
    args = ("build", "-g", "a", "-l", "es", "--variant", "letter")
    assert run(project, *args).code == 0
    sheets = files(project / "build", "*.pdf")
    shutil.rmtree(project / "build")
    edit(project, catalog("b"), "Antes de comer", "Antes de la comida")
    again = run(project, *args)
    assert made(again.out) == "all up to date"
    assert "es" in again.out.splitlines()[0]
    assert files(project / "build", "*.pdf") == sheets != {}


# Damage


def entries(kind: str) -> list[Path]:
    return [path for path in (cache_folder() / "outputs" / kind).rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["files", "results"])
@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_a_damaged_cache_mends_itself(kind: str, damage: bytes | None, project: Path) -> None:
    build(project)
    before = files(project / "build")
    shutil.rmtree(project / "build")
    found = entries(kind)
    assert found
    for path in found:
        data = path.read_bytes()
        path.write_bytes(data[:-1] + b"~" if damage is None else damage)
    assert build(project).code == 0
    assert files(project / "build") == before
    shutil.rmtree(project / "build")
    assert made(build(project).out) == "all up to date"
    assert files(project / "build") == before


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b'{"version":1}', b'{"version":1,"state":{"folder":3}}', b"[" * 9999]
)
def test_a_damaged_state_proves_nothing(text: bytes, project: Path) -> None:
    build(project)
    before = files(project / "build")
    (state,) = (cache_folder() / "states").iterdir()
    state.write_bytes(text)
    edit(project, catalog("b"), "Antes de comer", "Antes de la comida")
    assert build(project).code == 0
    assert files(project / "build") != before


def test_a_cache_that_cannot_be_written_is_done_without(
    project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("OUTREACH_CACHE", str(tmp_path / "file"))
    assert build(project).code == 0
    edit(project, catalog("b"), "Antes de comer", "Antes de la comida")
    assert build(project).code == 0
    assert "Antes de la comida" in (project / "build/es/b.html").read_text("utf-8")


def test_the_store_forgets_what_nobody_asked_for(tmp_path: Path) -> None:
    store = Store(tmp_path)
    old, new = store.add(b"old"), store.add(b"new")
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.read_bytes() == b"old":
            os.utime(path, (1, 1))
    store.prune()
    assert (store.data(old), store.data(new)) == (None, b"new")
    store.prune(most_bytes=2)
    assert store.data(new) is None


def test_records_come_back_from_plain_values() -> None:
    drawn = Drawn(pages=2, letters=("x",), fonts=("Noto Sans",), smallest=9.5)
    for value in (
        Output("0" * 64, drawn),
        Output("0" * 64),
        Language("ar", "العربية", "Arabic", "Arab", "rtl", fonts=("Amiri", "Noto Sans")),
        Problem(Location("a.md", 3), "wrong", "warning", "rule"),
    ):
        assert record(type(value), json.loads(json.dumps(plain(value)))) == value


@pytest.mark.parametrize("value", [None, 3, [], {}, {"digest": 3, "drawn": None}, {"digest": "x"}])
def test_a_value_of_another_kind_is_no_record(value: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        record(Output, value)


def test_the_order_in_a_set_does_not_matter_and_that_in_a_mapping_does() -> None:
    assert digest(frozenset("abc")) == digest(frozenset("cba"))
    assert digest({"a": 1, "b": 2}) != digest({"b": 2, "a": 1})


# Several at once


def test_two_builds_at_once_in_one_folder_make_what_one_makes(project: Path) -> None:
    build(project)
    alone = files(project / "build")
    shutil.rmtree(project / "build")
    shutil.rmtree(cache_folder() / "outputs")
    command = ("--project", str(project), "build", "--format", "html")
    with ThreadPoolExecutor(4) as pool:
        calls = [
            pool.submit(call, *command, *extra) for extra in ((), ("-l", "es"), ("-g", "b"), ())
        ]
        outcomes = [it.result() for it in calls]
    assert [it.code for it in outcomes] == [0] * 4
    waiting = "Another build of this folder is under way: waiting until it is done.\n"
    assert {it.err for it in outcomes} <= {"", waiting}
    assert files(project / "build") == alone


def test_builds_that_share_a_cache_do_not_disturb_each_other(project: Path, tmp_path: Path) -> None:
    build(project)
    expected = files(project / "build")
    shutil.rmtree(cache_folder() / "outputs")
    folders = [str(tmp_path / f"out-{number}") for number in range(4)]
    command = ("--project", str(project), "build", "--format", "html", "-o")
    with ThreadPoolExecutor(4) as pool:
        codes = [it.code for it in pool.map(lambda folder: call(*command, folder), folders)]
    assert codes == [0] * 4
    assert all(files(Path(folder)) == expected for folder in folders)


# Broken off


def killed_after(seconds: float, root: Path) -> None:
    """Begin a build in another process, and kill it, unless it is done before."""
    child = os.fork()
    if child == 0:
        try:
            build(root)
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def killed_builds(project: Path, count: int) -> None:
    """Kill builds at random moments, and compare what the next one makes with a clean one."""
    random.seed(count)
    pages = {}
    for number, words in enumerate(("Antes de comer", "Antes de la comida")):
        edit(project, catalog("b"), "Antes de comer", words)
        start = time.monotonic()
        build(project, "-o", str(project / f"clean-{number}"), "--force")
        pages[number] = files(project / f"clean-{number}")
        lasts = time.monotonic() - start
    number = 1
    for _ in range(count):
        old, new = ("comer", "la comida") if number == 0 else ("la comida", "comer")
        edit(project, catalog("b"), f"Antes de {old}", f"Antes de {new}")
        number = 1 - number
        if random.random() < 0.5:  # noqa: S311  no secret
            shutil.rmtree(cache_folder() / "outputs", ignore_errors=True)
        killed_after(random.uniform(0, lasts * 1.2), project)  # noqa: S311
        assert build(project).code == 0
        assert files(project / "build") == pages[number]
        assert not list((project / "build").glob(".staging-*"))


def test_a_build_after_one_that_was_killed_equals_a_clean_one(project: Path) -> None:
    killed_builds(project, 20)


@pytest.mark.slow
def test_a_build_after_any_of_two_hundred_that_were_killed_equals_a_clean_one(
    project: Path,
) -> None:
    killed_builds(project, 200)


# Parts of a build


@pytest.mark.parametrize("parts", [2, 3, 7])
def test_all_parts_together_are_the_whole(parts: int, project: Path, tmp_path: Path) -> None:
    build(project)
    whole = files(project / "build")
    pages: dict[str, bytes] = {}
    for part in range(1, parts + 1):
        folder = tmp_path / f"part-{part}"
        assert build(project, "--force", "--shard", f"{part}/{parts}", "-o", str(folder)).code == 0
        found = {path: data for path, data in files(folder).items() if path != MANIFEST}
        assert all(pages.get(path, data) == data for path, data in found.items())
        pages |= found
        shutil.copytree(folder, tmp_path / "all", dirs_exist_ok=True)
    assert pages == {path: data for path, data in whole.items() if path != MANIFEST}
    assert build(project, "-o", str(tmp_path / "all")).code == 0
    assert files(tmp_path / "all") == whole


def test_parts_in_one_folder_are_the_whole(project: Path, tmp_path: Path) -> None:
    build(project)
    for part in "123":
        assert build(project, "--shard", f"{part}/3", "-o", str(tmp_path / "all")).code == 0
    assert files(tmp_path / "all") == files(project / "build")


def test_no_page_of_a_guide_is_in_two_parts(project: Path, tmp_path: Path) -> None:
    seen: list[str] = []
    for part in "12":
        folder = tmp_path / part
        build(project, "--shard", f"{part}/2", "-o", str(folder))
        seen += [path for path in files(folder) if path.endswith(("a.html", "b.html"))]
    assert sorted(seen) == sorted(
        f"{tag}/{name}.html" for tag in ("en", "es", "vi") for name in "ab"
    )


@pytest.mark.parametrize("text", ["0/2", "3/2", "2", "a/b", "1/0", "-1/2", "1/99999", "1/2/3"])
def test_a_part_that_cannot_be_is_refused(text: str, project: Path) -> None:
    outcome = build(project, "--shard", text)
    assert outcome.code == 2
    assert "--shard should be a part and how many there are, such as 2/5" in outcome.err


# Checks


def test_a_check_says_the_same_again_and_sees_what_was_saved(project: Path) -> None:
    first, second = run(project, "check"), run(project, "check")
    assert first == second
    edit(project, catalog("a"), "Lávelas a menudo.", "Lávelas [hoy](https://b.example).")
    assert "[link-added]" in run(project, "check").err
    edit(project, "content/en/b.md", "Use soap.", "Use **soap.")
    assert "[stale]" in run(project, "check").err
    edit(project, catalog("a"), "Lávelas [hoy](https://b.example).", "Lávelas a menudo.")
    edit(project, "content/en/b.md", "Use **soap.", "Use soap.")
    assert run(project, "check") == first


def test_a_catalog_that_becomes_a_link_is_looked_at_again(project: Path, tmp_path: Path) -> None:
    assert run(project, "check").code == build(project).code == 0
    elsewhere = tmp_path / "elsewhere.po"
    (project / catalog("a")).rename(elsewhere)
    (project / catalog("a")).symlink_to(elsewhere)
    for outcome in (run(project, "check"), build(project)):
        assert outcome.code == 1
        assert "is a link that leads out of the project" in outcome.err


def test_the_few_outputs_of_one_guide_are_those_of_a_whole_build(
    project: Path, tmp_path: Path
) -> None:
    args = ("build", "--variant", "letter", "--variant", "bilingual")
    assert run(project, *args).code == 0
    edit(project, catalog("b"), "Antes de comer", "Antes de la comida")
    few = run(project, *args)
    assert made(few.out) == "3 made anew"
    assert run(project, *args, "--force", "-o", str(tmp_path / "whole")).code == 0
    assert files(project / "build") == files(tmp_path / "whole")
