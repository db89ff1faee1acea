"""Languages that are not kept up any more, and addresses that nobody says anything of."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from projects import GUIDE, SPANISH, build, catalog, files, po, run, write
from signing import REVIEWER, signed, standings

from outreach.config import load_config
from outreach.languages import find
from outreach.ledger import Fate, Ledger, ledger_text, read_ledger, wrong_name
from outreach.model import OutreachError
from outreach.notices import notice_of
from outreach.reading import read_project
from outreach.rendered import render_page

CONFIG = f"""\
site-url = "https://example.org/"
reviewers = ["{REVIEWER}"]
paper = "letter"
languages = ["es", "fr"]
"""
RETIRED = CONFIG + "retired = { es = 2027-01-01 }\n"
FEET = "# Feet\n\nDry them.\n"
LEDGER = "locale/addresses.toml"
BEFORE, AFTER = "1798675200", "1798761600"
"""The last day of 2026, and the first of 2027."""


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", AFTER)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two guides; one is signed off in Spanish, which is retired."""
    write(
        tmp_path,
        {
            "outreach.toml": RETIRED,
            "content/en/hands.md": GUIDE,
            "content/en/feet.md": FEET,
            catalog("hands"): po(SPANISH),
            catalog("feet"): po({"Feet": "Pies"}),
            catalog("hands", "fr"): po({}, "Language: fr"),
        },
    )
    write(tmp_path, {"outreach.toml": CONFIG})
    run(tmp_path, "update")
    signed(tmp_path, "es", "hands")
    write(tmp_path, {"outreach.toml": RETIRED})
    return tmp_path


def page(root: Path, path: str) -> str:
    return (root / "build" / path).read_text("utf-8")


def break_everything(root: Path) -> None:
    for name in ("hands", "feet", "interface"):
        write(root, {catalog(name): b'msgid "a\n'})


def remove_everything(root: Path) -> None:
    shutil.rmtree(root / "locale/es/LC_MESSAGES")


def name_no_language(root: Path) -> None:
    shutil.rmtree(root / "locale/es/LC_MESSAGES")
    write(root, {"outreach.toml": RETIRED.replace('["es", "fr"]', '["fr"]')})


def leave_everything(root: Path) -> None:
    write(root, {catalog("hands"): po({**SPANISH, "After work": "Edited"})})


CATALOGS = pytest.mark.parametrize(
    "spoil", [break_everything, remove_everything, name_no_language, leave_everything]
)


@CATALOGS
@pytest.mark.parametrize("release", [(), ("--release",)])
def test_a_retired_language_shows_its_last_signed_edition_whatever_its_catalogs_are(
    project: Path, spoil: object, release: tuple[str, ...]
) -> None:
    assert callable(spoil)
    spoil(project)
    done = run(project, "build", *release)
    assert done.code == 0, done.err
    assert "Manos limpias" in page(project, "es/hands.html")
    assert "Después del trabajo" in page(project, "es/hands.html")
    assert "Pies" not in page(project, "es/feet.html")
    assert (project / "build/es/hands.es-Spanish.letter.pdf").exists()
    assert not (project / "build/es/feet.es-Spanish.letter.pdf").exists()
    assert 'href="es/index.html"' in page(project, "index.html")
    site = read_project(load_config(project), fonts=False).site
    shown = render_page(site, "hands", find("es"), medium="web")
    assert (shown.state, shown.retired) == ("reviewed", True)
    notice = notice_of(site, find("es"), "feet")
    assert (notice.kind, notice.date, notice.title) == ("retired", "2027-01-01", "Feet")


@CATALOGS
def test_nothing_is_asked_of_a_retired_language(project: Path, spoil: object) -> None:
    assert callable(spoil)
    spoil(project)
    run(project, "update")
    before = files(project / "locale")
    done = run(project, "check", "--strict")
    assert done.code == 0, done.err
    assert done.err == "Spanish (es) is retired since 2027-01-01: left alone\n"
    assert done.out == "1 language checked: no problems.\n"
    done = run(project, "check", "es")
    assert (done.code, done.out) == (0, "0 languages checked: no problems.\n")
    assert run(project, "check", "--format", "json").code == 0
    done = run(project, "update", "--prune")
    assert (done.code, done.out) == (0, "Everything is up to date.\n")
    assert done.err == "Spanish (es) is retired since 2027-01-01: left alone\n"
    assert files(project / "locale") == before
    rows = json.loads(run(project, "status", "--json").out)
    assert {row["language"] for row in rows if row["state"] != "retired"} == {"fr"}


def test_before_its_day_a_language_is_as_any_other(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, {catalog("feet"): po({"Feet": "Pies", "Dry them.": "Séquelos."})})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", BEFORE)
    done = run(project, "check")
    assert "retired" not in done.err
    build(project)
    assert "Pies" in page(project, "es/feet.html")
    assert not render_page(
        read_project(load_config(project)).site, "hands", find("es"), medium="web"
    ).retired
    write(project, {catalog("feet"): b'msgid "a\n'})
    assert run(project, "check").code == 1


def test_an_older_version_of_a_retired_language_is_called_so(project: Path) -> None:
    write(project, {"content/en/hands.md": GUIDE + "- Before a meal\n"})
    assert run(project, "build", "--release").code == 0
    assert "Después del trabajo" in page(project, "es/hands.html")
    site = read_project(load_config(project), fonts=False).site
    shown = render_page(site, "hands", find("es"), medium="web")
    assert (shown.state, shown.retired) == ("outdated", True)


def test_a_critical_guide_is_not_shown_as_it_was(project: Path) -> None:
    write(project, {"content/en/hands.md": f"---\ncritical: true\n---\n{GUIDE}- Before a meal\n"})
    assert run(project, "build", "--release").code == 0
    assert "Manos" not in page(project, "es/hands.html")


def test_a_sheet_of_a_retired_language_is_withdrawn(project: Path) -> None:
    assert run(project, "withdraw", "es", "hands", "--reason", "Wrong dose.").code == 0
    assert run(project, "build").code == 0
    assert "Wrong dose." in page(project, "es/hands.html")
    assert "Manos" not in page(project, "es/hands.html")


def test_a_guide_of_a_retired_language_is_renamed(project: Path) -> None:
    remove_everything(project)
    assert run(project, "move", "hands", "clean").code == 0
    assert standings(project, "es")["clean"].state == "reviewed"
    assert run(project, "build").code == 0
    assert "Manos limpias" in page(project, "es/clean.html")
    assert 'href="clean.html"' in page(project, "es/hands.html")


def test_a_sign_off_that_does_not_count_is_only_told_of(project: Path) -> None:
    write(project, {"outreach.toml": RETIRED.replace(REVIEWER, "Reviewer Two")})
    done = run(project, "check")
    assert done.code == 0
    assert "locale/es/reviews/hands.toml: warning: the sign-off does not count" in done.err
    assert run(project, "build").code == 0
    assert "Manos" not in page(project, "es/hands.html")


def test_a_retired_language_is_not_begun(project: Path) -> None:
    done = run(project, "init", "es")
    assert done.code == 2
    assert "es is retired since 2027-01-01; take it out of `retired` in outreach.toml" in done.err


def test_the_source_language_is_never_retired(project: Path) -> None:
    write(project, {"outreach.toml": CONFIG + "retired = { en = 2020-01-01 }\n"})
    assert build(project).code == 0
    assert "Wash them often." in page(project, "en/hands.html")


def test_a_language_that_is_not_named_any_more_is_told_of(project: Path) -> None:
    write(project, {"outreach.toml": CONFIG.replace('["es", "fr"]', '["fr"]')})
    done = run(project, "check")
    assert done.code == 0
    assert "outreach.toml: warning: `languages` does not name es, in which sheets were" in done.err
    assert "put it under `retired`: retired = { es = 2027-01-31 }" in done.err
    done = run(project, "build", "--release")
    assert done.code == 1
    assert "outreach.toml: error: `languages` does not name es" in done.err
    assert run(project, "move", "hands", "clean").code == 0
    assert (project / "locale/es/reviews/clean.toml").exists()


def test_a_language_without_sign_offs_goes_without_a_word(project: Path) -> None:
    shutil.rmtree(project / "locale/es/reviews")
    write(project, {"outreach.toml": CONFIG.replace('["es", "fr"]', '["fr"]')})
    assert run(project, "check").err == ""


def test_a_guide_that_is_gone_without_a_word_answers_where_it_was_signed(project: Path) -> None:
    write(project, {"outreach.toml": CONFIG})
    (project / "content/en/hands.md").unlink()
    done = run(project, "check")
    assert done.code == 0
    said = (
        "locale/es/reviews/hands.toml: warning: there is no guide hands any more, and its address"
    )
    assert said in done.err
    assert "`outreach move hands NEW`" in done.err
    assert run(project, "check", "--rule", "address").err.count("\n") == 1
    assert build(project).code == 0
    assert "Clean hands" in page(project, "es/hands.html"), "the title, as it was signed"
    assert "Clean hands" in page(project, "en/hands.html")
    assert not (project / "build/fr/hands.html").exists()
    site = read_project(load_config(project)).site
    notice = notice_of(site, find("es"), "hands")
    assert (notice.kind, notice.date, notice.targets) == ("retired", "", ())


def test_a_guide_that_is_gone_and_was_never_signed_off_leaves_nothing(project: Path) -> None:
    write(project, {"outreach.toml": CONFIG})
    (project / "content/en/feet.md").unlink()
    assert "[address]" not in run(project, "check").err
    build(project)
    assert not (project / "build/es/feet.html").exists()


def test_a_guide_that_is_kept_to_other_languages_now_answers_where_it_was_signed(
    project: Path,
) -> None:
    write(project, {"outreach.toml": CONFIG})
    write(project, {"content/en/hands.md": f"---\nlanguages: [fr]\n---\n{GUIDE}"})
    assert build(project).code == 0
    assert "Manos" not in page(project, "es/hands.html")
    assert 'href="../en/hands.html"' in page(project, "es/hands.html")
    assert "Clean hands" not in page(project, "es/index.html")
    notice = notice_of(read_project(load_config(project)).site, find("es"), "hands")
    assert (notice.kind, notice.title) == ("retired", "Clean hands")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[a]\ntitle = "A"\nsince = \n', f"{LEDGER}:3: error: is not valid TOML"),
        ('[a]\nsince = 2027-01-01\n\n["b"]\n', f"{LEDGER}:4: error: “b”: `since` should be a day"),
        ("[a]\nsince = 2027-01-01\n[a]\n", f"{LEDGER}:3: error: is not valid TOML"),
        ("a = 1\n", f"{LEDGER}: error: “a”: expected a table with moved-to, since, title"),
        ("[a]\nsince = 2027-01-01\nto = 1\n", f"{LEDGER}:1: error: “a”: expected a table"),
        ("[a]\nsince = 2027-01-01\ntitle = 1\n", "`title` should be a text"),
        ('[a]\nsince = 2027-01-01\nmoved-to = "b"\n', "`moved-to` should be a list of names"),
        ('["../../x"]\nsince = 2027-01-01\n', f"{LEDGER}:1: error: “../../x”: begins with a full"),
        ('["/x"]\nsince = 2027-01-01\n', "“/x”: is no path of a guide"),
        ("[index]\nsince = 2027-01-01\n", "“index”: is the name of a file that `outreach` itself"),
        ('[""]\nsince = 2027-01-01\n', "is no path of a guide"),
    ],
)
def test_a_broken_ledger_stops_the_build(project: Path, text: str, said: str) -> None:
    write(project, {LEDGER: text})
    for command in (["build", "--format", "html"], ["check"]):
        done = run(project, *command)
        assert done.code == 1
        assert said in done.err
    assert not (project / "build").exists()
    assert run(project, "move", "hands", "clean").code == 1
    assert (project / "content/en/hands.md").exists()


def test_a_broken_ledger_cannot_be_silenced(project: Path) -> None:
    write(project, {LEDGER: "[a]\n", "outreach.toml": 'ignore = ["address"]\n' + RETIRED})
    assert build(project).code == 1


def test_a_ledger_in_a_circle_and_one_that_leads_nowhere_answer_all_the_same(
    project: Path,
) -> None:
    table = "[{}]\nsince = 2027-01-01\nmoved-to = [{}]\n"
    circle = table.format("a", '"b"') + table.format("b", '"a", "b"') + table.format("c", '"d"')
    write(project, {LEDGER: circle})
    done = build(project)
    assert done.code == 0
    assert f"{LEDGER}: warning: `c` moved to `d`, which is no guide" in done.err
    for name in "abc":
        assert (project / f"build/fr/{name}.html").exists()


def test_the_ledger_is_taken_for_no_language_and_no_catalog(project: Path) -> None:
    before = run(project, "check").err
    write(project, {LEDGER: "[old]\nsince = 2027-01-01\n"})
    assert run(project, "check").err == before
    assert run(project, "update", "--prune").out == "Everything is up to date.\n"
    assert (project / LEDGER).exists()


def test_a_ledger_comes_back_as_it_was_written(tmp_path: Path) -> None:
    ledger = Ledger(
        {
            "a": Fate("2027-01-01", 'Two "words" \\ and ሰላም', ("b", "sub/c d")),
            "sub/c.d 'e'": Fate("2026-12-31"),
        }
    )
    write(tmp_path, {LEDGER: ledger_text(ledger)})
    assert read_ledger(load_config(tmp_path)) == ledger
    assert ledger_text(read_ledger(load_config(tmp_path))) == ledger_text(ledger)


@pytest.mark.parametrize("name", ["a", "sub/a b", "ሰላም", "a.b", "index-guide", "sub/index"])
def test_names_that_guides_have(name: str) -> None:
    assert wrong_name(name) == ""


def test_the_words_of_an_address_are_shown_as_text(project: Path) -> None:
    write(project, {LEDGER: '[old]\nsince = 2027-01-01\ntitle = "<b>&"\n'})
    build(project)
    assert "<b>&" not in page(project, "es/old.html")
    assert "&lt;b&gt;&amp;" in page(project, "es/old.html")


def test_a_ledger_that_is_no_text_is_told_of(tmp_path: Path) -> None:
    write(tmp_path, {LEDGER: b"\xff"})
    with pytest.raises(OutreachError, match=r"addresses\.toml:1: error: is not UTF-8"):
        read_ledger(load_config(tmp_path))
