"""`init` and `update`: what they write, what they keep, and when they write nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import polib
import pytest
from projects import GUIDE, SPANISH, catalog, dates, files, po, run, write

A = "content/en/a.md"
ES = catalog("a")
LONG = "Wash them often, because clean hands keep you and others well."


def begun(root: Path, guide: str = GUIDE) -> Path:
    """A project with one guide, begun in Spanish and fully translated."""
    write(root, {A: guide})
    assert run(root, "init", "es").code == 0
    entries = polib.pofile(str(root / ES), wrapwidth=0)
    for entry in entries:
        entry.msgstr = SPANISH.get(entry.msgid, f"[{entry.msgid}]")
    entries.save(str(root / ES))
    assert run(root, "update").out == "Everything is up to date.\n"
    return root


def entry(root: Path, msgid: str, *, obsolete: bool = False) -> polib.POEntry:
    found = polib.pofile(str(root / ES)).find(msgid, include_obsolete_entries=True)
    assert found is not None
    assert bool(found.obsolete) is obsolete
    return found


def edit(root: Path, old: str, new: str, path: str = A) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    write(root, {path: text.replace(old, new)})


def test_init_begins_a_language(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, "content/en/sub/b.md": "# B\n\n[x]\n\n[x]: https://a.example\n"})
    outcome = run(tmp_path, "init", "pt_br")
    assert outcome.code == 0
    assert outcome.err == ""
    wanted = ["locale/a.pot", "locale/links.pot", "locale/sub/b.pot"] + [
        catalog(name, "pt_BR") for name in ("a", "interface", "sub/b")
    ]
    assert sorted(files(tmp_path / "locale")) == sorted(
        path.removeprefix("locale/") for path in wanted
    )
    assert outcome.out.splitlines()[-1] == "6 files written."
    assert sorted(outcome.out.splitlines()[:-1]) == sorted(wanted)
    made = polib.pofile(str(tmp_path / catalog("a", "pt_BR")))
    assert made.metadata["Language"] == "pt_BR"
    assert "nplurals=2" in made.metadata["Plural-Forms"]
    assert made.percent_translated() == 0


def test_init_brings_the_interface_only_where_the_package_lacks_it(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE})
    run(tmp_path, "init", "es")
    assert catalog("interface") not in files(tmp_path)
    run(tmp_path, "init", "fr")
    own = tmp_path / catalog("interface", "fr")
    assert "Choose your language" in own.read_text("utf-8")


@pytest.mark.parametrize(
    ("tag", "near"),
    [
        ("espanol", "es (Spanish)"),
        ("spanish", "es (Spanish)"),
        ("zh", "zh-Hans"),
        ("jp", "ja (Japanese)"),
        ("prs", "fa-AF (Dari)"),
        ("xx", ""),
        ("../es", ""),
        ("", ""),
        ("es/..", ""),
        ("-", ""),
    ],
)
def test_init_refuses_an_unknown_tag_and_names_the_nearest(
    tag: str, near: str, tmp_path: Path
) -> None:
    write(tmp_path, {A: GUIDE})
    outcome = run(tmp_path, "init", "--", tag)
    assert outcome.code == 2
    assert near in outcome.err
    assert f'"{tag}"' in outcome.err
    assert files(tmp_path).keys() == {A}


def test_init_refuses_the_source_language(tmp_path: Path) -> None:
    outcome = run(write(tmp_path, {A: GUIDE}), "init", "en")
    assert outcome.code == 2
    assert "en is the language of the guides" in outcome.err


@pytest.mark.parametrize("tag", ["so", "am", "fa-AF", "mam", "rhg", "zh_TW", "sr@latin"])
def test_init_takes_any_language_that_is_known(tag: str, tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE})
    assert run(tmp_path, "init", tag).code == 0
    for path in files(tmp_path, "*.po"):
        subprocess.run(["msgfmt", "--check", "-o", "/dev/null", tmp_path / path], check=True)


def test_catalogs_are_as_gettext_s_own_tools_write_them(tmp_path: Path) -> None:
    begun(tmp_path, GUIDE + '\n| "Quoted" | back\\\\slash |\n|--|--|\n| a\ttab | ü |\n')
    for path in files(tmp_path, "*.po*"):
        file = tmp_path / path
        same = subprocess.run(["msgcat", "--no-wrap", file], capture_output=True, check=True)
        assert same.stdout == file.read_bytes()


def test_nothing_is_written_twice(tmp_path: Path) -> None:
    begun(tmp_path)
    before = dates(tmp_path)
    assert run(tmp_path, "update").out == "Everything is up to date.\n"
    assert run(tmp_path, "update", "es").out == "Everything is up to date.\n"
    assert run(tmp_path, "init", "es").out == "Everything is up to date.\n"
    assert dates(tmp_path) == before


def test_a_changed_text_is_fuzzy_with_the_old_one(tmp_path: Path) -> None:
    begun(tmp_path, GUIDE.replace("Wash them often.", LONG))
    edit(tmp_path, "keep you and others well", "keep you and your family well")
    assert run(tmp_path, "update").out == f"locale/a.pot\n{ES}\n2 files written.\n"
    changed = entry(tmp_path, LONG.replace("others", "your family"))
    assert changed.fuzzy
    assert changed.previous_msgid == LONG
    assert changed.msgstr == f"[{LONG}]"


def test_unchanged_messages_keep_their_bytes(tmp_path: Path) -> None:
    begun(tmp_path)
    odd = (
        "# said by Ana\n#. list item\n#: somewhere.c:12\n#, c-format, no-wrap\n"
        'msgid ""\n"Before "\n"you eat"\nmsgstr ""\n"Antes "\n"de comer"\n'
    )
    text = (tmp_path / ES).read_text("utf-8")
    start = text.index("#. list item")
    end = text.index("\n\n", start)
    write(tmp_path, {ES: text[:start] + odd + text[end + 1 :]})
    edit(tmp_path, "After work", "After a long day")
    assert run(tmp_path, "update").code == 0
    kept = (tmp_path / ES).read_text("utf-8")
    assert 'msgid ""\n"Before "\n"you eat"\nmsgstr ""\n"Antes "\n"de comer"\n' in kept
    assert "# said by Ana\n" in kept
    assert "no-wrap" in kept


def test_removed_texts_become_obsolete_and_come_back(tmp_path: Path) -> None:
    begun(tmp_path)
    edit(tmp_path, "- After work\n", "")
    assert run(tmp_path, "update").code == 0
    assert entry(tmp_path, "After work", obsolete=True).msgstr == "Después del trabajo"
    before = dates(tmp_path)
    run(tmp_path, "update")
    assert dates(tmp_path) == before
    write(tmp_path, {A: GUIDE})
    assert run(tmp_path, "update").code == 0
    revived = entry(tmp_path, "After work")
    assert revived.msgstr == "Después del trabajo"
    assert not revived.fuzzy


def test_translators_words_headers_and_flags_are_kept(tmp_path: Path) -> None:
    begun(tmp_path)
    text = (tmp_path / ES).read_text("utf-8")
    text = text.replace('"Language: es\\n"', '"Language: es\\n"\n"X-Team-Chat: room 7\\n"')
    text = text.replace("#. list item", "# Ana: as in the leaflet\n#. list item", 1)
    text = text.replace('msgid "Before', '#, no-wrap\nmsgid "Before', 1)
    write(tmp_path, {ES: "# our own words\n" + text})
    edit(tmp_path, "# Clean hands", "# Very clean hands")
    assert run(tmp_path, "update").code == 0
    kept = (tmp_path / ES).read_text("utf-8")
    assert kept.startswith("# our own words\n")
    assert '"X-Team-Chat: room 7\\n"' in kept
    assert "# Ana: as in the leaflet\n" in kept
    assert "#, no-wrap\n" in kept


def test_catalogs_of_a_gone_guide_are_kept_and_told_until_pruned(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/sub/b.md": "# B\n"})
    begun(tmp_path)
    (tmp_path / A).unlink()
    before = files(tmp_path)
    outcome = run(tmp_path, "update")
    assert outcome.code == 0
    assert outcome.out == "Everything is up to date.\n"
    for path in (ES, "locale/a.pot"):
        assert f"{path}: warning: belongs to a guide that is gone" in outcome.err
    assert files(tmp_path) == before
    pruned = run(tmp_path, "update", "--prune")
    assert pruned.code == 0
    assert sorted(pruned.out.splitlines()[:2]) == sorted([ES, "locale/a.pot"])
    assert files(tmp_path).keys() == before.keys() - {ES, "locale/a.pot"}
    assert run(tmp_path, "update").err == ""


@pytest.mark.parametrize("broken", ["gone", "a"])
def test_prune_waits_while_a_catalog_of_the_language_cannot_be_read(
    broken: str, tmp_path: Path
) -> None:
    gone = f"#: content/en/gone.md\n{po(SPANISH)}"
    write(tmp_path, {A: GUIDE, ES: po({}), catalog("gone"): gone})
    path = tmp_path / catalog(broken)
    path.write_text(path.read_text("utf-8") + 'msgid "x\n', "utf-8")
    outcome = run(tmp_path, "update", "--prune")
    assert outcome.code == (1 if broken == "a" else 0)
    assert f"{catalog('gone')}: warning: belongs to a guide that is gone; it is kept" in outcome.err
    assert "mend the catalogs first [gone]" in outcome.err
    assert (tmp_path / catalog("gone")).exists()
    path.write_text(path.read_text("utf-8").replace('msgid "x\n', ""), "utf-8")
    assert run(tmp_path, "update", "--prune").code == 0
    assert not (tmp_path / catalog("gone")).exists()
    assert "Manos limpias" in (tmp_path / ES).read_text("utf-8")


def test_templates_alone(tmp_path: Path) -> None:
    begun(tmp_path)
    edit(tmp_path, "Wash them often.", LONG)
    before = files(tmp_path, "*.po")
    outcome = run(tmp_path, "update", "--templates")
    assert outcome.out == "locale/a.pot\n1 file written.\n"
    assert files(tmp_path, "*.po") == before
    assert LONG in (tmp_path / "locale/a.pot").read_text("utf-8")
    wrong = run(tmp_path, "update", "--templates", "es")
    assert wrong.code == 2
    assert "--templates" in wrong.err


def test_missing_catalogs_of_configured_languages_are_begun(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, "outreach.toml": 'languages = ["es", "zh_Hans"]\n'})
    assert run(tmp_path, "update").code == 0
    assert sorted(files(tmp_path, "*.po")) == [ES, catalog("a", "zh_Hans")]


def test_only_the_languages_named_are_updated(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, "outreach.toml": 'languages = ["es", "zh_Hans"]\n'})
    assert run(tmp_path, "update", "zh-hans").code == 0
    assert sorted(files(tmp_path, "*.po")) == [catalog("a", "zh_Hans")]
    wrong = run(tmp_path, "update", "ar")
    assert wrong.code == 2
    assert "the project has no language ar (it has: es, zh-Hans)" in wrong.err


def test_a_new_guide_brings_its_catalogs(tmp_path: Path) -> None:
    begun(tmp_path)
    before = files(tmp_path / "locale")
    write(tmp_path, {"content/en/sub/new.md": "# New\n"})
    assert run(tmp_path, "update").code == 0
    after = files(tmp_path / "locale")
    assert after.keys() - before.keys() == {"sub/new.pot", "es/LC_MESSAGES/sub/new.po"}
    assert {path: after[path] for path in before} == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'msgid "a"\nmsgstr "b\n', "a text that is not closed"),
        (b"<<<<<<< HEAD\n", "a merge conflict is left in the file"),
        (b'msgid "Clean hands"\nmsgstr "caf\xe9"\n', ""),
        (b"\x00\x01\x02", ""),
    ],
)
def test_a_broken_catalog_stays_as_it_is_while_others_are_written(
    data: bytes, words: str, tmp_path: Path
) -> None:
    write(tmp_path, {A: GUIDE, ES: data, catalog("a", "ar"): po({}, "Language: ar")})
    outcome = run(tmp_path, "update")
    assert outcome.code == 1
    assert outcome.err.startswith(f"{ES}:")
    assert words in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert (tmp_path / ES).read_bytes() == data
    assert "Clean hands" in (tmp_path / catalog("a", "ar")).read_text("utf-8")


def test_a_broken_guide_stops_everything(tmp_path: Path) -> None:
    begun(tmp_path)
    edit(tmp_path, "Wash them often.", LONG)
    write(tmp_path, {"content/en/b.md": "<script>x</script>\n"})
    before = files(tmp_path)
    for command in (("update",), ("update", "--templates"), ("init", "ar")):
        outcome = run(tmp_path, *command)
        assert outcome.code == 1
        assert "content/en/b.md:1: error: raw HTML" in outcome.err
        assert "Nothing was written" in outcome.err
    assert files(tmp_path) == before


def test_links_have_a_catalog_only_where_somebody_wants_one(tmp_path: Path) -> None:
    begun(tmp_path, "Read [this][x].\n\n[x]: https://a.example/en\n")
    assert catalog("links") not in files(tmp_path)
    write(tmp_path, {catalog("links"): po({"https://a.example/en": "https://a.example/es"})})
    edit(tmp_path, "[x]:", "[y]: https://b.example/\n[x]:")
    assert run(tmp_path, "update").code == 0
    text = (tmp_path / catalog("links")).read_text("utf-8")
    assert 'msgid "https://b.example/"' in text
    assert 'msgstr "https://a.example/es"' in text


def test_an_existing_catalog_of_another_tool_is_taken_over(tmp_path: Path) -> None:
    other = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        '#: md block 1 (header)\nmsgctxt "header"\nmsgid "Clean hands"\nmsgstr "Manos limpias"\n'
    )
    write(tmp_path, {A: GUIDE, ES: other})
    assert run(tmp_path, "update").code == 0
    assert entry(tmp_path, "Clean hands").msgstr == "Manos limpias"
    assert run(tmp_path, "update").out == "Everything is up to date.\n"
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", tmp_path / ES], check=True)


@pytest.mark.parametrize("publisher", ["Clinic\\nX-Evil: 1", 'A \\"B\\" \\\\ C', "健康", "50% off"])
def test_a_publisher_of_any_name_gives_sound_headers(publisher: str, tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, "outreach.toml": f'publisher = "{publisher}"\n'})
    assert run(tmp_path, "init", "es").code == 0
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", tmp_path / ES], check=True)
    assert "X-Evil" not in polib.pofile(str(tmp_path / ES)).metadata
    assert run(tmp_path, "update").out == "Everything is up to date.\n"


def test_a_catalog_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE})
    (tmp_path / ES).mkdir(parents=True)
    outcome = run(tmp_path, "update")
    assert outcome.code == 1
    assert f"{ES}: error: cannot be read" in outcome.err


def test_prune_keeps_catalogs_of_other_programs(tmp_path: Path) -> None:
    begun(tmp_path)
    theirs = {"locale/django.pot": po({}), catalog("django"): po({"Save": "Guardar"})}
    write(tmp_path, dict(theirs))
    assert run(tmp_path, "update", "--prune").code == 0
    assert theirs.keys() <= files(tmp_path).keys()


def test_prune_looks_only_where_our_catalogs_are(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, "outreach.toml": 'catalogs = "{lang}.{guide}.po"\n'})
    write(tmp_path, {"vendor/lib/locale/lib.pot": po({}), "po/messages.pot": po({})})
    assert run(tmp_path, "init", "es").code == 0
    assert run(tmp_path, "update", "--prune").code == 0
    assert {"vendor/lib/locale/lib.pot", "po/messages.pot"} <= files(tmp_path).keys()


def test_init_says_when_the_configuration_leaves_the_language_out(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, "outreach.toml": 'languages = ["ar"]\n'})
    outcome = run(tmp_path, "init", "es")
    assert "`languages`" in outcome.out + outcome.err
