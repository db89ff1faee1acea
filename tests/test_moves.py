"""Renaming, splitting and giving up guides, with all that belongs to them."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import GUIDE, SPANISH, build, catalog, dead_links, files, po, run, write
from signing import REVIEWER, TRANSLATOR, signed, standings, state

from outreach.config import load_config
from outreach.languages import find
from outreach.notices import notice_of
from outreach.reading import read_project
from outreach.review.record import Person, read_record

CONFIG = f'site-url = "https://example.org/"\nreviewers = ["{REVIEWER}"]\npaper = "letter"\n'
LINKING = (
    "# Feet\n\nAs [hands](hands.md) and [eating](hands.md#clean-hands). [x][h]\n\n[h]: hands.md\n"
)
TEXT = "As [hands](hands.md) and [eating](hands.md#clean-hands). [x][h]"
LINKING_ES = {"Feet": "Pies", TEXT: TEXT.replace("As", "Como").replace(" and ", " y ")}
ARABIC = {"Clean hands": "أيدٍ نظيفة", "Wash them often.": "اغسلها كثيرًا."}
LEDGER = "locale/addresses.toml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two guides, of which one links to the other, signed off in Spanish, and some Arabic."""
    write(
        tmp_path,
        {
            "outreach.toml": CONFIG,
            "content/en/hands.md": GUIDE,
            "content/en/feet.md": LINKING,
            catalog("hands"): po(SPANISH),
            catalog("feet"): po(LINKING_ES),
            catalog("hands", "ar"): po(ARABIC, "Language: ar"),
        },
    )
    run(tmp_path, "update")
    signed(tmp_path, "es", "hands")
    signed(tmp_path, "es", "feet")
    assert states(tmp_path) == {"hands": "reviewed", "feet": "reviewed"}
    return tmp_path


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")  # 2027-01-01


def states(root: Path, language: str = "es") -> dict[str, str]:
    return {name: item.state for name, item in standings(root, language).items()}


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def page(root: Path, path: str) -> str:
    return (root / "build" / path).read_text("utf-8")


def dead(root: Path) -> list[str]:
    """The dead links in what was built; the address of the site itself is none."""
    return [it for it in dead_links(root / "build") if ": https://example.org/" not in it]


def fates(root: Path) -> dict[str, dict[str, object]]:
    return tomllib.loads((root / LEDGER).read_text("utf-8"))


def test_a_guide_is_renamed_with_all_that_belongs_to_it(project: Path) -> None:
    before = files(project)
    done = run(project, "move", "hands", "clean-hands")
    assert done.code == 0, done.err
    after = files(project)
    moved = {path.replace("hands", "clean-hands") for path in before if "hands" in path}
    assert after.keys() - before.keys() == {*moved, LEDGER}
    assert before.keys() - after.keys() == {path for path in before if "hands" in path}
    assert set(done.out.splitlines()[: len(moved) + 1]) == {*moved, LEDGER}
    for path, data in before.items():
        if "/reviews/" in path and not path.endswith("hands.toml"):
            assert after[path.replace("hands", "clean-hands")] == data
    assert after["content/en/clean-hands.md"] == GUIDE.encode()
    assert fates(project) == {
        "hands": {"title": "Clean hands", "since": "2027-01-01", "moved-to": ["clean-hands"]}
    }


def test_after_a_rename_every_guide_stands_as_it_did_and_no_translation_is_lost(
    project: Path,
) -> None:
    arabic = states(project, "ar")
    run(project, "move", "hands", "clean-hands")
    assert states(project) == {"clean-hands": "reviewed", "feet": "reviewed"}
    assert states(project, "ar") == {"clean-hands": arabic["hands"], "feet": arabic["feet"]}
    assert run(project, "check").err == ""
    own = {path: data for path, data in files(project).items() if "links.po" not in path}
    assert run(project, "update").code == 0
    after = files(project)
    assert {path: after[path] for path in own} == own, "an update has nothing to do in them"
    assert states(project) == {"clean-hands": "reviewed", "feet": "reviewed"}
    assert run(project, "check", "--strict").err == ""


@pytest.mark.parametrize("release", [(), ("--release",)])
def test_the_old_address_leads_to_the_new_one_in_every_language(
    project: Path, release: tuple[str, ...]
) -> None:
    run(project, "move", "hands", "clean-hands")
    assert run(project, "build", *release).code == 0
    for tag in ("en", "es", "ar"):
        assert 'href="clean-hands.html"' in page(project, f"{tag}/hands.html") or (
            tag == "ar" and 'href="../en/clean-hands.html"' in page(project, f"{tag}/hands.html")
        )
    assert not any("/hands." in path for path in files(project / "build", "*.pdf"))
    assert 'href="hands.html"' not in page(project, "en/index.html")
    assert dead(project) == []
    built = files(project / "build")
    assert run(project, "build", *release).code == 0
    assert files(project / "build") == built
    notice = notice_of(read_project(load_config(project)).site, find("es"), "hands")
    assert (notice.kind, notice.title, notice.date) == ("moved", "Clean hands", "2027-01-01")
    assert notice.targets == ("clean-hands",)


def test_links_to_the_old_file_go_on_leading_so_that_no_text_has_to_change(project: Path) -> None:
    done = run(project, "move", "hands", "clean-hands")
    assert "content/en/feet.md:3: warning: `hands.md` goes on leading there" in done.err
    build(project)
    assert page(project, "es/feet.html").count('href="clean-hands.html"') == 2
    assert page(project, "es/feet.html").count('href="clean-hands.html#clean-hands"') == 1
    assert dead(project) == []


def test_a_kept_edition_that_links_to_the_old_file_is_shown_with_its_links(project: Path) -> None:
    run(project, "move", "hands", "clean-hands")
    write(project, {"content/en/feet.md": "# Feet\n\nAs [hands](clean-hands.md).\n"})
    assert states(project)["feet"] == "outdated"
    assert run(project, "build", "--release").code == 0
    assert "Como <a" in page(project, "es/feet.html")
    assert dead(project) == []


def test_a_guide_that_the_maintainer_renamed_brings_the_rest_along(project: Path) -> None:
    (project / "content/en/hands.md").rename(project / "content/en/clean.md")
    assert states(project)["clean"] == "missing"
    done = run(project, "check")
    assert "there is no guide hands any more, and its address was given out" in done.err
    assert "[address]" in done.err
    assert run(project, "move", "hands.md", "content/en/clean.md").code == 0
    assert states(project) == {"clean": "reviewed", "feet": "reviewed"}
    assert run(project, "check").err == ""


def test_an_update_before_the_move_changes_nothing(project: Path) -> None:
    (project / "content/en/hands.md").rename(project / "content/en/clean.md")
    assert run(project, "update").code == 0
    assert (project / catalog("clean")).exists()
    assert run(project, "move", "hands", "clean").code == 0
    assert states(project) == {"clean": "reviewed", "feet": "reviewed"}
    run(project, "update")
    assert states(project) == {"clean": "reviewed", "feet": "reviewed"}
    assert not (project / "locale/hands.pot").exists()


def test_a_guide_that_was_renamed_and_edited_is_an_older_version(project: Path) -> None:
    (project / "content/en/hands.md").unlink()
    write(project, {"content/en/clean.md": GUIDE.replace("- After work", "- After hard work")})
    run(project, "move", "hands", "clean")
    run(project, "update")
    assert states(project)["clean"] == "outdated"
    assert run(project, "build", "--release").code == 0
    assert "Manos limpias" in page(project, "es/clean.html")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("locale/es/reviews/hands.toml", 'date = "2026-11-25"', 'date = "2026-11-26"'),
        ("locale/es/reviews/hands.toml", 'guide = "hands"', 'guide = "clean"'),
        ("locale/es/reviews/hands.toml", 'language = "es"', 'language = "fr"'),
    ],
)
def test_a_sign_off_that_was_changed_by_hand_counts_as_little_under_the_new_name(
    project: Path, path: str, old: str, new: str
) -> None:
    change(project, path, old, new)
    assert states(project)["hands"] == "translated"
    assert run(project, "move", "hands", "clean").code == 0
    assert states(project)["clean"] == "translated"
    assert run(project, "check").code == 1


def test_a_sign_off_by_somebody_who_may_not_sign_counts_when_they_may_again(project: Path) -> None:
    write(project, {"outreach.toml": CONFIG.replace(REVIEWER, "Reviewer Two")})
    run(project, "move", "hands", "clean")
    assert states(project)["clean"] == "translated"
    write(project, {"outreach.toml": CONFIG})
    assert states(project)["clean"] == "reviewed"


def test_a_withdrawal_goes_along(project: Path) -> None:
    run(project, "withdraw", "es", "hands", "--reason", "Wrong dose.")
    run(project, "move", "hands", "clean")
    assert states(project)["clean"] == "withdrawn"
    assert not standings(project, "es")["clean"].renewed
    build(project)
    assert "Wrong dose." in page(project, "es/clean.html")


PART = "# Clean hands\n\nWash them often.\n"
REST = "# Before you eat\n\n- After work\n"


def test_a_guide_is_split(project: Path) -> None:
    (project / "content/en/hands.md").unlink()
    write(project, {"content/en/a.md": PART, "content/en/sub/b.md": REST})
    done = run(project, "move", "hands", "a", "sub/b")
    assert done.code == 0, done.err
    assert (
        "a reviewer signed this off as a whole in es; a and sub/b will be signed anew" in done.err
    )
    assert "content/en/feet.md:3: warning: `hands.md` leads nowhere any more" in done.err
    assert states(project)["a"] == "translated"
    run(project, "update")
    texts = read_project(load_config(project)).site.texts["es"].guides
    assert texts["a"].texts == {k: SPANISH[k] for k in ("Clean hands", "Wash them often.")}
    assert texts["sub/b"].texts == {k: SPANISH[k] for k in ("Before you eat", "After work")}
    assert texts["a"].fuzzy == 0
    for name in ("a", "sub/b"):
        record = read_record((project / f"locale/es/reviews/{name}.toml").read_bytes(), "r")
        assert (record.guide, record.signed, record.is_withdrawn) == (name, None, False)
        assert record.translators == (Person(TRANSLATOR),)
        assert (project / f"locale/es/reviews/{name}.signed.json").exists()
    assert not list(project.glob("locale/*/reviews/hands*"))
    assert fates(project)["hands"]["moved-to"] == ["a", "sub/b"]


def test_the_address_of_a_guide_that_was_split_leads_to_all_parts(project: Path) -> None:
    (project / "content/en/hands.md").unlink()
    write(project, {"content/en/a.md": PART, "content/en/sub/b.md": REST})
    write(project, {"content/en/feet.md": "# Feet\n"})
    run(project, "move", "hands", "a", "sub/b")
    assert build(project).code == 0
    for tag in ("en", "es"):
        assert 'href="a.html"' in page(project, f"{tag}/hands.html")
        assert 'href="sub/b.html"' in page(project, f"{tag}/hands.html")
    assert dead(project) == []


def test_a_guide_of_which_a_part_stays_keeps_its_name_and_its_address(project: Path) -> None:
    write(project, {"content/en/hands.md": PART, "content/en/b.md": REST})
    record = (project / "locale/es/reviews/hands.toml").read_bytes()
    assert run(project, "move", "hands", "hands", "b").code == 0
    assert (project / "locale/es/reviews/hands.toml").read_bytes() == record
    assert not (project / LEDGER).exists()
    assert states(project) == {"b": "translated", "feet": "reviewed", "hands": "outdated"}


def test_a_withdrawal_that_a_sign_off_had_ended_does_not_come_back_by_a_split(
    project: Path,
) -> None:
    path = project / "locale/es/reviews/hands.toml"
    run(project, "withdraw", "es", "hands", "--reason", "Wrong dose.")
    write(project, {"content/en/hands.md": PART, "content/en/b.md": REST})
    run(project, "move", "hands", "hands", "b")
    assert states(project) == {"b": "withdrawn", "feet": "reviewed", "hands": "withdrawn"}
    assert "Wrong dose." in path.read_text("utf-8")


def test_a_guide_is_given_up(project: Path) -> None:
    done = run(project, "move", "hands")
    assert done.code == 1
    assert "content/en/hands.md: error: is still there: `move` deletes no text" in done.err
    (project / "content/en/hands.md").unlink()
    write(project, {"content/en/feet.md": "# Feet\n"})
    assert run(project, "move", "hands").code == 0
    assert fates(project) == {"hands": {"title": "Clean hands", "since": "2027-01-01"}}
    assert run(project, "check").code == 0
    assert run(project, "build", "--release").code == 0
    assert "Clean hands" in page(project, "ar/hands.html")
    site = read_project(load_config(project)).site
    notices = [notice_of(site, language, "hands") for language in site.languages]
    assert {(item.kind, item.date) for item in notices} == {("retired", "2027-01-01")}
    assert 'href="hands.html"' in page(project, "es/feet.html"), "as it was signed"
    assert dead(project) == []


def test_addresses_follow_a_guide_through_several_moves(project: Path) -> None:
    run(project, "move", "hands", "b")
    run(project, "move", "b", "c")
    assert build(project).code == 0
    assert 'href="c.html"' in page(project, "es/hands.html")
    assert 'href="c.html"' in page(project, "es/b.html")
    assert page(project, "es/feet.html").count('href="c.html"') == 2
    assert states(project) == {"c": "reviewed", "feet": "reviewed"}


def test_a_guide_moves_back(project: Path) -> None:
    run(project, "move", "hands", "b")
    assert run(project, "move", "b", "hands").code == 0
    assert fates(project).keys() == {"b"}
    assert states(project) == {"feet": "reviewed", "hands": "reviewed"}
    assert build(project).code == 0
    assert "Manos limpias" in page(project, "es/hands.html")
    assert 'href="hands.html"' in page(project, "es/b.html")


def test_a_guide_that_takes_an_address_again_comes_before_the_ledger(project: Path) -> None:
    run(project, "move", "hands", "b")
    write(project, {"content/en/hands.md": "# Other hands\n"})
    assert build(project).code == 0
    assert "Other hands" in page(project, "en/hands.html")
    assert 'href="hands.html"' in page(project, "en/feet.html")


@pytest.mark.parametrize("name", ["my hands", "sub/manos-ñ", "ሰላም", "index", "a'b&c"])
def test_names_of_all_kinds(project: Path, name: str) -> None:
    assert run(project, "move", "hands", name).code == 0
    assert (project / f"content/en/{name}.md").exists()
    own = f"{name}-guide" if name == "index" else name
    assert states(project) == {own: "reviewed", "feet": "reviewed"}
    run(project, "update")
    assert states(project) == {own: "reviewed", "feet": "reviewed"}
    assert build(project).code == 0
    assert dead(project) == []
    assert run(project, "move", name, "hands").code == 0
    assert states(project) == {"hands": "reviewed", "feet": "reviewed"}
    assert build(project).code == 0
    assert (project / f"build/es/{own}.html").exists()
    assert dead(project) == []


def test_a_guide_goes_to_another_folder_with_its_links(project: Path) -> None:
    write(project, {"content/en/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    text = "# A\n\nSee [hands](hands.md).\n\n![A picture](a.svg)\n"
    write(project, {"content/en/a.md": text})
    write(
        project,
        {
            catalog("a"): po(
                {
                    "A": "Una",
                    "See [hands](hands.md).": "Vea [manos](hands.md).",
                    "![A picture](a.svg)": "![Una foto](a.svg)",
                }
            )
        },
    )
    signed(project, "es", "a")
    done = run(project, "move", "a", "sub/a")
    assert done.code == 0
    said = "content/en/sub/a.md:3: warning: `hands.md` is found from content/en as before"
    assert said in done.err
    assert "write `../hands.md`" in done.err
    assert state(project, "es", "sub/a") == "reviewed"
    assert run(project, "check").code == 0
    for version in (text, text.replace("See", "Look at")):
        write(project, {"content/en/sub/a.md": version})
        assert build(project).code == 0
        assert 'href="../hands.html"' in page(project, "es/sub/a.html")
        assert dead(project) == []
    assert state(project, "es", "sub/a") == "outdated"


def test_one_catalog_for_all_guides_stays_where_it_is(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "outreach.toml": CONFIG + 'catalogs = "po/{lang}.po"\n',
            "content/en/hands.md": GUIDE,
            "po/es.po": po(SPANISH),
        },
    )
    run(tmp_path, "update")
    signed(tmp_path, "es", "hands")
    catalogs = files(tmp_path / "po")
    assert run(tmp_path, "move", "hands", "clean").code == 0
    assert files(tmp_path / "po") == catalogs
    assert states(tmp_path) == {"clean": "reviewed"}
    run(tmp_path, "update")
    assert states(tmp_path) == {"clean": "reviewed"}


@pytest.mark.parametrize(
    "pattern", ["po/{guide}/{lang}.po", "po/{lang}-{guide}.po", "{locale}/{guide}.{lang}.po"]
)
def test_catalogs_that_lie_elsewhere(tmp_path: Path, pattern: str) -> None:
    path = pattern.format(guide="hands", lang="pt_BR", locale="locale")
    new = pattern.format(guide="clean", lang="pt_BR", locale="locale")
    write(
        tmp_path,
        {
            "outreach.toml": f'{CONFIG}catalogs = "{pattern}"\n',
            "content/en/hands.md": GUIDE,
            path: po(SPANISH, "Language: pt_BR"),
        },
    )
    signed(tmp_path, "pt-BR", "hands")
    assert run(tmp_path, "move", "hands", "clean").code == 0
    assert (tmp_path / new).exists()
    assert not (tmp_path / path).exists()
    assert states(tmp_path, "pt-BR") == {"clean": "reviewed"}


def test_every_spelling_of_a_language_is_taken_along(project: Path) -> None:
    shutil.copytree(project / "locale/ar", project / "locale/zh-Hans")
    shutil.copytree(project / "locale/ar", project / "locale/zh_Hans")
    shutil.copytree(project / "locale/ar", project / "locale/klingon")
    run(project, "move", "hands", "b")
    assert not list(project.glob("locale/*/LC_MESSAGES/hands.po"))
    assert len(list(project.glob("locale/*/LC_MESSAGES/b.po"))) == 5


def test_a_broken_catalog_is_taken_along_as_it_is(project: Path) -> None:
    write(project, {catalog("hands"): b'msgid "a\n'})
    assert run(project, "move", "hands", "b").code == 0
    assert (project / catalog("b")).read_bytes() == b'msgid "a\n'


@pytest.mark.parametrize(
    "path", [catalog("b"), "locale/es/reviews/b.toml", "locale/es/reviews/b.signed.json"]
)
def test_nothing_is_written_over(project: Path, path: str) -> None:
    write(project, {path: po({"Other": "Otro"})})
    before = files(project)
    done = run(project, "move", "hands", "b")
    assert done.code == 1
    assert f"{path}: error: is there already" in done.err
    assert files(project) == before


def test_a_record_that_cannot_be_read_stops_the_move(project: Path) -> None:
    write(project, {"locale/es/reviews/hands.toml": "guide = \n"})
    before = files(project)
    done = run(project, "move", "hands", "b")
    assert done.code == 1
    assert "locale/es/reviews/hands.toml:1: error: is no record" in done.err
    assert files(project) == before


def test_a_move_that_the_system_refuses_changes_nothing(project: Path) -> None:
    write(project, {"locale/es/LC_MESSAGES/sub": "in the way of a folder"})
    before = files(project)
    done = run(project, "move", "hands", "sub/b")
    assert done.code == 1
    assert "locale/es/LC_MESSAGES/sub/b.po: error: cannot be written" in done.err
    assert files(project) == before


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nothing", "b"], "there is no guide nothing, and nothing of one; there is: feet, hands"),
        (["hands", "hands"], "hands is the name that it has"),
        (["hands", "hands.md", "./content/en/hands.md"], "hands is the name that it has"),
        (["hands", "hands", "b"], "there is no guide b yet; write content/en/b.md first"),
        (["hands", "../b"], "“../b” begins with a full stop"),
        (["hands", ".b"], "“.b” begins with a full stop"),
        (["hands", "a//b"], "is no path of a guide"),
        (["hands", "/b"], "is no path of a guide"),
        (["hands", "a\\b"], "is no path of a guide"),
        (["hands", "a\nb"], "is no path of a guide"),
        (["hands", ""], "is no path of a guide"),
        ([], "Missing argument 'OLD'"),
    ],
)
def test_wrong_usage_changes_nothing(project: Path, args: list[str], said: str) -> None:
    before = files(project)
    done = run(project, "move", *args)
    assert done.code == 2
    assert said in " ".join(done.err.split())
    assert files(project) == before


def test_a_guide_that_is_still_there_is_not_moved_onto_another(project: Path) -> None:
    before = files(project)
    done = run(project, "move", "hands", "feet")
    assert done.code == 1
    assert "content/en/hands.md: error: is still there" in done.err
    assert files(project) == before


def test_the_address_of_a_guide_that_was_taken_into_another_leads_there(project: Path) -> None:
    (project / "content/en/hands.md").unlink()
    write(project, {"content/en/feet.md": "# Feet\n\nAnd hands.\n"})
    done = run(project, "move", "hands", "feet")
    assert done.code == 1
    assert "--only-address" in done.err
    before = files(project)
    assert run(project, "move", "hands", "feet", "--only-address").code == 0
    assert files(project).keys() - before.keys() == {LEDGER}
    assert build(project).code == 0
    assert 'href="feet.html"' in page(project, "es/hands.html")
    assert [it for it in dead(project) if "#" not in it] == []


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["hands", "a", "sub/b", "c d", "index"]), min_size=1, max_size=5))
def test_any_row_of_renames_keeps_how_guides_stand_and_every_address(names: list[str]) -> None:
    with TemporaryDirectory() as folder:
        root = write(
            Path(folder),
            {"outreach.toml": CONFIG, "content/en/hands.md": GUIDE, catalog("hands"): po(SPANISH)},
        )
        signed(root, "es", "hands")
        now, past = "hands", set()
        for name in names:
            done = run(root, "move", now, name)
            assert done.code == (2 if name == now else 0)
            past |= {now}
            now = name
        own = {name: f"{name}-guide" if name == "index" else name for name in {*past, now}}
        assert states(root) == {own[now]: "reviewed"}
        site = read_project(load_config(root), fonts=False).site
        for name in past - {now}:
            assert notice_of(site, find("es"), own[name]).targets == (own[now],)
        assert set(site.addresses) == set(own.values())
