"""Catalogs that were made by others, in their layouts and as their editors write them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po, write_po
from projects import GUIDE, SPANISH, catalog, dates, files, po, run, write

A, B = "content/en/a.md", "content/en/b.md"
ES = catalog("a")
LONG = (
    "Wash them often with *warm* water and soap, for as long as it takes to sing a short song "
    "twice, because clean hands keep you and others well."
)
LAYOUTS = (
    "po/{lang}.po",
    "po/{guide}.{lang}.po",
    "{lang}/{guide}.po",
    "translations/{lang}/LC_MESSAGES/{guide}.po",
    "{guide}/{lang}.po",
)


def place(layout: str, guide: str, language: str = "es") -> str:
    return layout.replace("{lang}", language).replace("{guide}", guide)


def entry(path: Path, msgid: str) -> polib.POEntry:
    found = polib.pofile(str(path)).find(msgid)
    assert found is not None
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_translations_are_shared_in_every_layout(layout: str, tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, B: "# Open\n", "outreach.toml": f'catalogs = "{layout}"\n'})
    assert run(tmp_path, "init", "es").code == 0
    wanted = {place(layout, guide) for guide in ("a", "b")}
    assert wanted <= files(tmp_path, "*.po").keys()
    path = tmp_path / place(layout, "a")
    text = path.read_text("utf-8").replace(
        'msgid "Wash them often."\nmsgstr ""', 'msgid "Wash them often."\nmsgstr "Lávelas."'
    )
    path.write_text(text, "utf-8")
    write(
        tmp_path, {A: GUIDE.replace("Wash them often.\n\n", ""), B: "# Open\n\nWash them often.\n"}
    )
    outcome = run(tmp_path, "update")
    assert (outcome.code, outcome.err) == (0, "")
    moved = entry(tmp_path / place(layout, "b"), "Wash them often.")
    assert (moved.msgstr, moved.fuzzy) == ("Lávelas.", False)
    if "{guide}" in layout:
        assert moved.tcomment == f"Translated as in {place(layout, 'a')}."
    assert run(tmp_path, "update").out == "Everything is up to date.\n"


def test_all_catalogs_of_a_language_are_read_when_one_language_is_updated(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            B: GUIDE,
            ES: po({"Clean hands": "Manos limpias"})
            + f"\n#: {A}\n"
            + ('msgid "After work"\nmsgstr "Después del trabajo"\n'),
            catalog("a", "ar"): po({"Clean hands": "أيدٍ نظيفة"}),
        },
    )
    outcome = run(tmp_path, "update", "es")
    assert outcome.code == 0
    found = entry(tmp_path / catalog("b"), "After work")
    assert found.msgstr == "Después del trabajo"
    assert found.tcomment == f"Translated as in {ES}."
    assert catalog("b", "ar") not in files(tmp_path)


def test_texts_of_a_guide_that_lost_all_of_them_are_reused(tmp_path: Path) -> None:
    theirs = po({"Clean hands": "Manos limpias"})
    write(tmp_path, {A: "---\n", B: "# Clean hands\n", ES: theirs})
    assert run(tmp_path, "update").code == 0
    assert entry(tmp_path / catalog("b"), "Clean hands").msgstr == "Manos limpias"
    assert (tmp_path / ES).read_text("utf-8") == theirs


def test_links_and_interface_share_nothing(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            A: "Menu\n\nClean hands\n\n[x]\n\n[x]: https://a.example/_b_\n",
            ES: po({"Clean hands": ""}),
            catalog("interface"): po({"Menu": "Menú", "Clean hands": "No"}),
            catalog("links"): po({"https://a.example/*b*": "https://b.example", "x": "No"}),
        },
    )
    assert run(tmp_path, "update").code == 0
    assert [item.msgstr for item in polib.pofile(str(tmp_path / ES))] == ["", "", ""]
    assert entry(tmp_path / catalog("links"), "https://a.example/_b_").fuzzy


def begun(root: Path) -> polib.POFile:
    """A project with a translated catalog, as we write it."""
    write(root, {A: f"{GUIDE}\n{LONG}\n"})
    assert run(root, "init", "es").code == 0
    entries = polib.pofile(str(root / ES), wrapwidth=0)
    for item in entries:
        item.msgstr = SPANISH.get(item.msgid, f"Lávelas: {item.msgid}")
    entries[0].tcomment = "asked the nurse"
    entries[1].flags.append("md-text")
    entries.save(str(root / ES))
    assert run(root, "update").out == "Everything is up to date.\n"
    return entries


def by_polib(path: Path) -> None:
    polib.pofile(str(path), wrapwidth=40).save()


def by_babel(path: Path) -> None:
    with path.open("rb") as file:
        found = read_po(file)
    with path.open("wb") as file:
        write_po(file, found, width=50)


def by_msgcat(path: Path) -> None:
    subprocess.run(["msgcat", "-w", "50", "-o", path, path], check=True)


def by_msgmerge(path: Path) -> None:
    template = path.parents[2] / "a.pot"
    subprocess.run(["msgmerge", "--quiet", "--update", "--backup=none", path, template], check=True)


def by_windows(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))


def by_hand(path: Path) -> None:
    """Header lines in another order, references with lines, everything jammed together."""
    text = path.read_text("utf-8").replace("#: content/en/a.md", "#: content/en/a.md:3")
    lines = re.findall(r'^".*: .*\\n"\n', text, re.MULTILINE)
    text = text.replace("".join(lines), "".join(reversed(lines)))
    path.write_text(text.replace("\n\n", "\n"), "utf-8")


@pytest.mark.parametrize("editor", [by_polib, by_babel, by_msgcat, by_msgmerge, by_windows])
def test_an_update_without_a_change_leaves_a_rewrapped_file_alone(
    editor: Callable[[Path], None], tmp_path: Path
) -> None:
    begun(tmp_path)
    editor(tmp_path / ES)
    before = dates(tmp_path)
    outcome = run(tmp_path, "update")
    assert outcome.out == "Everything is up to date.\n"
    assert [line.rpartition("[")[2] for line in outcome.err.splitlines()] == (
        ["charset]"] if editor is by_windows else []
    )
    assert dates(tmp_path) == before


@pytest.mark.parametrize("editor", [by_polib, by_babel, by_msgcat, by_windows, by_hand])
def test_an_edit_touches_only_its_own_entry(editor: Callable[[Path], None], tmp_path: Path) -> None:
    begun(tmp_path)
    editor(tmp_path / ES)
    before = (tmp_path / ES).read_bytes().replace(b"a.md:3", b"a.md").decode("utf-8-sig")
    write(tmp_path, {A: f"{GUIDE}\n{LONG}\n".replace("After work", "After all your work")})
    assert run(tmp_path, "update").code == 0
    after = (tmp_path / ES).read_bytes().decode("utf-8-sig")
    changed = set(before.split("\n")) - set(after.split("\n"))
    assert {line.strip("\r") for line in changed} <= {
        'msgid "After work"',
        'msgstr "Después del trabajo"',
    }
    assert ("\r\n" in after) == ("\r\n" in before)
    assert run(tmp_path, "update").out == "Everything is up to date.\n"


def test_a_catalog_of_po4a_is_taken_in_without_a_fuzzy_message(tmp_path: Path) -> None:
    theirs = (
        '# the team of the clinic\n#, fuzzy\nmsgid ""\nmsgstr ""\n"X-Own: 1\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: es\\n"\n\n'
        "#. type: Title #\n#: content/en/a.md:1\n#, markdown-text, no-wrap\n"
        'msgid "Clean hands\\n"\nmsgstr "Manos limpias\\n"\n\n'
        "#. type: Plain text\n#: content/en/a.md:3\n#, markdown-text\n"
        'msgid ""\n"Wash them\\n"\n"often."\nmsgstr "Lávelas a menudo."\n\n'
        "# a doubt\n#. type: Bullet: '- '\n#: content/en/a.md:5\n#, fuzzy, markdown-text\n"
        '#| msgid "Before eating"\nmsgid "Before  you eat"\nmsgstr "Antes de comer"\n\n'
        '#~ msgid "Gone"\n#~ msgstr "Ido"\n'
    )
    write(tmp_path, {A: GUIDE, ES: theirs})
    assert run(tmp_path, "update").code == 0
    text = (tmp_path / ES).read_text("utf-8")
    assert text.startswith(
        '# the team of the clinic\n#, fuzzy\nmsgid ""\nmsgstr ""\n"X-Own: 1\\n"\n'
    )
    assert (
        "#. heading\n#: content/en/a.md\n#, markdown-text, no-wrap\n"
        'msgid "Clean hands"\nmsgstr "Manos limpias"\n'
    ) in text
    assert '#, markdown-text\nmsgid "Wash them often."\nmsgstr "Lávelas a menudo."\n' in text
    assert (
        "# a doubt\n#. list item, under ‘Clean hands’\n#: content/en/a.md\n"
        '#, fuzzy, markdown-text\n#| msgid "Before eating"\n'
        'msgid "Before you eat"\nmsgstr "Antes de comer"\n'
    ) in text
    assert text.endswith('#~ msgid "Gone"\n#~ msgstr "Ido"\n')
    assert text.count("Lávelas") == 1
    assert run(tmp_path, "update").out == "Everything is up to date.\n"


LATIN = (
    f'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\n#: {A}\n'
    'msgid "Clean hands"\nmsgstr "Manos limpias: ¡sí!"\n'
)


def test_another_charset_is_read_with_advice_and_written_as_utf_8(tmp_path: Path) -> None:
    write(tmp_path, {A: "# Clean hands\n\nNew words\n", ES: LATIN.encode("latin-1")})
    outcome = run(tmp_path, "update")
    assert outcome.code == 0
    assert f"{ES}: warning: is read as ISO8859-1, not UTF-8; save it as UTF-8" in outcome.err
    assert "[charset]" in outcome.err
    text = (tmp_path / ES).read_bytes().decode("utf-8")
    assert "charset=UTF-8" in text
    assert "¡sí!" in text
    again = run(tmp_path, "update")
    assert (again.out, again.err) == ("Everything is up to date.\n", "")


def test_a_file_in_utf_8_that_says_otherwise_is_read_as_what_it_is(tmp_path: Path) -> None:
    write(tmp_path, {A: "# Clean hands\n", ES: LATIN})
    outcome = run(tmp_path, "check")
    assert f"{ES}: warning: says charset=ISO8859-1 in its header, but is in UTF-8" in outcome.err
    assert run(tmp_path, "update").code == 0
    assert "¡sí!" in (tmp_path / ES).read_text("utf-8")


def test_a_broken_catalog_of_a_gone_guide_is_a_warning(tmp_path: Path) -> None:
    gone = f'#: {B}\nmsgid "x"\nmsgstr "y\n'
    write(tmp_path, {A: GUIDE, ES: po({}), catalog("b"): gone})
    outcome = run(tmp_path, "update")
    assert outcome.code == 0
    assert f"{catalog('b')}:3: warning: a text that is not closed" in outcome.err
    assert (tmp_path / catalog("b")).read_text("utf-8") == gone


def test_what_lies_beside_the_catalogs_is_no_crash(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, ES: po({})})
    (tmp_path / catalog("folder")).mkdir()
    (tmp_path / catalog("nowhere")).symlink_to("gone.po")
    outcome = run(tmp_path, "update")
    assert (outcome.code, outcome.err) == (0, "")


def test_a_renamed_guide_keeps_its_machine_draft_and_says_that_it_is_one(tmp_path: Path) -> None:
    theirs = po({"Clean hands": "Manos limpias"}, "X-Translation-Method: machine draft")
    write(tmp_path, {B: GUIDE, ES: theirs.replace('msgid "Clean', f'#: {A}\nmsgid "Clean')})
    assert run(tmp_path, "update").code == 0
    begun = polib.pofile(str(tmp_path / catalog("b")))
    assert begun.metadata["X-Translation-Method"] == "machine draft"
    assert not begun.fuzzy_entries()
    assert entry(tmp_path / catalog("b"), "Clean hands").msgstr == "Manos limpias"
    assert run(tmp_path, "update").out == "Everything is up to date.\n"
