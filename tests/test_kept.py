"""Guides that are kept to some languages, and modules that a project leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from projects import (
    GUIDE,
    SPANISH,
    body,
    build,
    catalog,
    dead_links,
    files,
    po,
    run,
    write,
)
from repositories import begin, commit

A, B = "content/en/a.md", "content/en/b.md"
KEPT = (
    "---\nlanguages: {}\n---\n# Staff\n\nOnly for staff. [Hands](a.md) [x]\n\n[x]: https://x.org\n"
)
STAFF = {"Staff": "Personal", "Only for staff. [Hands](a.md) [x]": "Solo. [Manos](a.md) [x]"}
BOTH = dict.fromkeys((catalog("b"), "locale/b.pot"), f"#: content/en/b.md\n{po(STAFF)}")
ONE_FILE = 'catalogs = "po/{lang}.po"\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two languages, and a guide that is kept to English."""
    write(
        tmp_path,
        {
            A: f"{GUIDE}\n[Staff](b.md)\n",
            B: KEPT.format("[en]"),
            catalog("a"): po({**SPANISH, "[Staff](b.md)": "[Personal](b.md)"}),
            catalog("a", "fr"): po({}, "Language: fr"),
        },
    )
    return tmp_path


def test_a_guide_kept_to_the_source_has_no_catalogs_and_no_template(project: Path) -> None:
    assert run(project, "update").code == 0
    assert sorted(files(project / "locale")) == [
        *("a.pot", "es/LC_MESSAGES/a.po", "fr/LC_MESSAGES/a.po"),
        "fr/LC_MESSAGES/interface.po",
    ]
    assert run(project, "update").out == "Everything is up to date.\n"
    assert run(project, "check", "--strict").err == ""


def test_a_guide_kept_to_one_more_language_has_catalogs_there(project: Path) -> None:
    write(project, {B: KEPT.format("[es]")})
    assert run(project, "update").code == 0
    assert (project / "locale/b.pot").exists()
    assert (project / catalog("b")).exists()
    assert not (project / catalog("b", "fr")).exists()
    assert run(project, "check", "--strict").err == ""


@pytest.mark.parametrize("command", ["update", "update --prune"])
def test_catalogs_of_a_language_that_is_not_wanted_go_like_those_of_gone_guides(
    command: str, project: Path
) -> None:
    write(project, BOTH)
    outcome = run(project, *command.split())
    assert outcome.code == 0
    there = [path for path in BOTH if (project / path).exists()]
    if command == "update":
        assert there == list(BOTH)
        for path in BOTH:
            said = f"{path}: warning: belongs to a guide whose `languages` keep it to other"
            assert said in outcome.err
    else:
        assert there == []
        assert outcome.err == ""


def test_nothing_is_asked_of_a_language_that_is_not_wanted(project: Path) -> None:
    run(project, "update")
    rows = json.loads(run(project, "status", "--json").out)
    assert {(row["language"], row["guide"]) for row in rows} == {("es", "a"), ("fr", "a")}


def test_pages_of_a_kept_guide(project: Path) -> None:
    outcome = build(project)
    assert outcome.code == 0
    assert "skipped: French: a (0 percent)\n" in outcome.err
    pages = files(project / "build", "*.html")
    assert {"en/b.html", "es/a.html"} <= pages.keys()
    assert not {"es/b.html", "fr/b.html"} & pages.keys()
    assert "Staff" not in pages["es/index.html"].decode()
    assert "Staff" in pages["en/index.html"].decode()
    assert 'href="../es/b.html"' not in pages["en/b.html"].decode()
    assert '<a href="../en/b.html">Personal</a>' in pages["es/a.html"].decode()
    assert dead_links(project / "build") == []


def test_pages_of_a_guide_kept_to_one_more_language(project: Path) -> None:
    build(project)
    write(project, {B: KEPT.format("[es]"), catalog("b"): po(STAFF)})
    build(project)
    assert "Personal" in (project / "build/es/index.html").read_text("utf-8")
    assert "Staff" not in (project / "build/fr/index.html").read_text("utf-8")
    write(project, {B: KEPT.format("[en]")})
    run(project, "build")  # which removes what nobody makes any more
    assert not (project / "build/es/b.html").exists()


def test_one_catalog_for_all_guides_holds_what_its_language_is_to_have(project: Path) -> None:
    write(project, {"outreach.toml": ONE_FILE, B: KEPT.format("[en, es]")})
    write(project, {"po/es.po": po(SPANISH), "po/fr.po": po({}, "Language: fr")})
    assert run(project, "update").code == 0
    found = {path: data.decode() for path, data in files(project / "po").items()}
    assert {path: "Only for staff" in text for path, text in found.items()} == {
        "es.po": True,
        "fr.po": False,
        "messages.pot": True,
    }
    assert run(project, "check", "--strict").err == ""
    assert run(project, "update").out == "Everything is up to date.\n"


def test_a_language_that_the_project_does_not_have_is_a_warning(project: Path) -> None:
    write(project, {B: KEPT.format("[es, vi]")})
    run(project, "update")
    outcome = run(project, "check")
    assert outcome.code == 0
    assert "content/en/b.md:2: warning: `languages` names vi, which the project does" in outcome.err
    assert "start it with `outreach init vi`" in outcome.err
    assert run(project, "init", "vi").code == 0
    assert (project / catalog("b", "vi")).exists()
    assert run(project, "check").err == ""


@pytest.mark.parametrize("command", ["check", "build", "update", "status"])
def test_a_wrong_language_stops_everything(command: str, project: Path) -> None:
    write(project, {B: KEPT.format("[en, spanish]")})
    outcome = run(project, command)
    assert outcome.code == 1
    assert "content/en/b.md:2: error: `languages`: no language is known as" in outcome.err
    assert "did you mean es (Spanish" in outcome.err


def test_diff_names_no_handouts_that_nobody_makes(project: Path) -> None:
    write(project, {B: KEPT.replace("---\nlanguages: {}\n---\n", "")} | BOTH)
    begin(project)
    write(project, {B: KEPT.format("[en]")})
    (project / catalog("b")).unlink()
    found = json.loads(run(project, "diff", "HEAD", "--format", "json").out)
    states = {(item["language"], item["guide"]): item["state"] for item in found["handouts"]}
    assert states.get(("es", "b")) == "dropped"
    assert ("fr", "b") not in states
    assert found["messages"] == []
    commit(project)
    write(project, {B: f"{KEPT.format('[en]')}\nMore.\n"})
    found = json.loads(run(project, "diff", "HEAD", "--format", "json").out)
    assert {(item["language"], item["guide"]) for item in found["handouts"]} == {("en", "b")}


VOTE = (
    "# Clean hands\n\nWash them often.\n\n[How](#vote) and [more](b.md#vote)\n\n"
    "::: module voting\n## Vote\n\nGo and vote.[^v] ![Map](map.svg)\n\n[^v]: Since 1965.\n:::\n"
)
OTHER = "# Other\n\n::: module voting\n## Vote\n\nAgain.\n:::\n\n::: module jobs\nWork.\n:::\n"


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """Two guides with modules, one of which is left out."""
    translated = {
        **{msgid: SPANISH[msgid] for msgid in ("Clean hands", "Wash them often.")},
        "[How](#vote) and [more](b.md#vote)": "[Cómo](#vote) y [más](b.md#vote)",
    }
    write(
        tmp_path,
        {
            A: VOTE,
            B: OTHER,
            "content/en/map.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
            catalog("a"): po(translated),
            "outreach.toml": 'leave-out = ["voting"]\n',
        },
    )
    run(tmp_path, "update")
    return tmp_path


def test_a_module_that_is_left_out_is_on_no_page(modules: Path) -> None:
    outcome = build(modules)
    assert outcome.code == 0
    html = (modules / "build/es/a.html").read_text("utf-8")
    for word in ("Vote", "vote.", "1965", "map.svg", "footnote"):
        assert word not in body(html)
    assert "<a>Cómo</a> y <a>más</a>" in html
    assert "Work." in (modules / "build/en/b.html").read_text("utf-8")
    assert "map.svg" not in str(files(modules / "build").keys())
    assert dead_links(modules / "build") == []
    for line, path in ((5, A), (5, B)):
        said = f"{A}:{line}: warning: the heading #vote in {path} is in a part that `leave-out`"
        assert said in outcome.err


def test_a_module_that_is_left_out_stays_in_the_catalogs_and_does_not_count(modules: Path) -> None:
    catalogs = (modules / catalog("a")).read_text("utf-8")
    assert "Go and vote." in catalogs
    rows = json.loads(run(modules, "status", "es", "--json").out)
    counts = {row["guide"]: (row["translated"], row["missing"], row["percent"]) for row in rows}
    assert counts == {"a": (3, 0, 100), "b": (0, 2, 0)}
    assert [row["words_left"] for row in rows if row["guide"] == "a"] == [0]
    write(modules, {"outreach.toml": ""})
    rows = json.loads(run(modules, "status", "es", "--json").out)
    assert [(row["translated"], row["missing"]) for row in rows if row["guide"] == "a"] == [(3, 3)]


def test_a_translation_in_a_part_that_is_left_out_is_still_checked(modules: Path) -> None:
    path = modules / catalog("a")
    text = path.read_text("utf-8").replace(
        'msgid "Since 1965."\nmsgstr ""', 'msgid "Since 1965."\nmsgstr "<b>x</b> 1965."'
    )
    path.write_text(text, "utf-8")
    assert "Since 1965." in run(modules, "check").err


def test_a_module_that_no_guide_has_is_an_error(modules: Path) -> None:
    write(modules, {"outreach.toml": 'leave-out = ["voting", "job", "x"]\n'})
    for command in (("build", "--format", "html"), ("check",)):
        outcome = run(modules, *command)
        assert outcome.code == 1
        said = "outreach.toml: error: `leave-out` names the module `job`, which no guide has"
        assert f"{said}; there is: jobs\n" in outcome.err
        assert "`x`, which no guide has; there is: jobs, voting\n" in outcome.err
    assert not (modules / "build").exists()
    assert run(modules, "update").code == 0
    write(modules, {A: "# A\n", B: "# B\n"})
    assert "which no guide has; no guide has a module\n" in run(modules, "check").err


def test_the_first_heading_that_is_shown_is_the_title(modules: Path) -> None:
    write(modules, {A: "::: module voting\n# Vote\n:::\n\n# Clean hands\n\nWash them often.\n"})
    build(modules)
    assert "<title>Manos limpias" in (modules / "build/es/a.html").read_text("utf-8")


def test_diff_is_silent_on_what_is_left_out(modules: Path) -> None:
    begin(modules)
    write(modules, {A: VOTE.replace("Go and vote.", "Go and vote today.")})
    found = json.loads(run(modules, "diff", "HEAD", "--format", "json").out)
    assert [item["kind"] for item in found["guides"]] == ["edited"]
    assert found["handouts"] == []
    write(modules, {"outreach.toml": 'leave-out = ["new"]\n', B: OTHER.replace("jobs", "new")})
    assert "leave-out" not in run(modules, "diff", "HEAD").err


def test_leaving_nothing_out_changes_nothing(modules: Path) -> None:
    write(modules, {"outreach.toml": ""})
    build(modules)
    before = files(modules / "build", "*.html")
    write(modules, {"outreach.toml": "leave-out = []\n"})
    build(modules)
    assert files(modules / "build", "*.html") == before


def test_a_language_without_any_guide_waits_for_no_update(project: Path) -> None:
    write(project, {A: KEPT.format("[en, es, fr]"), "outreach.toml": 'languages = ["es", "vi"]\n'})
    run(project, "update")
    assert "names vi, which has no catalogs" not in run(project, "check").err
