"""`outreach check` on people in catalogs, and that no page or copy names them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from projects import GUIDE, SPANISH, catalog, files, po, run, write
from pypdf import PdfReader
from reviews import FIRST, TRANSLATOR, project, review

ES = catalog("a")
ADDRESS = "two@people.example"
_NAME, _ADDRESS, _BOTH = "a name", "an address", "a name and an address"


def said(root: Path, *args: str) -> list[str]:
    """What the rule says, a line each."""
    outcome = run(root, "check", "--rule", "person", *args)
    assert outcome.code == 0, outcome.err
    return outcome.err.splitlines()


def header(field: str, comment: str = "") -> str:
    """A catalog with a Last-Translator, and a comment before the header."""
    text = po(SPANISH, f'Language: es\\n"\n"Last-Translator: {field}')
    return f"# {comment}\n{text}" if comment else text


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path)


def test_a_last_translator_is_told_with_line_and_advice(root: Path) -> None:
    write(root, {ES: header(f"{TRANSLATOR} <{ADDRESS}>", "Of the project.")})
    [line] = said(root)
    assert line.startswith(f"{ES}:5: warning: Last-Translator in the header names “{TRANSLATOR}”")
    assert line.endswith("[person]")
    assert "Preferences > General" in line
    assert ADDRESS not in line, "a log is public too"
    write(root, {ES: header(TRANSLATOR)})
    [line] = said(root)
    assert "`outreach review es GUIDE … --translator-consent NAME`" in line
    assert "e-mail" not in line


@pytest.mark.parametrize(
    "field",
    [
        "",
        "FULL NAME <EMAIL@ADDRESS>",
        "Automatically generated",
        "Anonymous <noreply@weblate.org>",
        "Weblate Translation Memory <noreply-mt-weblate-translation-memory@weblate.org>",
        "LibreTranslate <noreply-mt-libretranslate@weblate.org>",
        "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>",
        "Spanish team <team@people.example>",
        "Spanish <es@lists.people.example>",
        "The outreach contributors",
        "<l10n@people.example>",
        "2026-11-25",
    ],
)
def test_placeholders_programs_and_teams_are_no_people(field: str, root: Path) -> None:
    write(root, {ES: header(field)})
    assert said(root) == []


@pytest.mark.parametrize(
    ("field", "name", "what"),
    [
        (TRANSLATOR, TRANSLATOR, _NAME),
        (f"{TRANSLATOR} <{ADDRESS}>", TRANSLATOR, _BOTH),
        (f"<{ADDRESS}>", "", _ADDRESS),
        (ADDRESS, "", _ADDRESS),
        (f"{TRANSLATOR} {ADDRESS}", TRANSLATOR, _BOTH),
        (f"{TRANSLATOR} <12+two@users.noreply.github.com>", TRANSLATOR, _NAME),
        (f"{TRANSLATOR} <team@people.example>", TRANSLATOR, _NAME),
        ("译者二 <two@people.example>", "译者二", _BOTH),
        (f"{TRANSLATOR} <{ADDRESS}", TRANSLATOR, _BOTH),
    ],
)
def test_names_and_addresses_of_people_are_told(
    field: str,
    name: str,
    what: str,
    root: Path,
) -> None:
    write(root, {ES: header(field)})
    [line] = said(root)
    assert re.findall("names “(.*?)”", line) == ([name] if name else [])
    assert ("gives an e-mail address" in line) == ("address" in what)


@pytest.mark.parametrize(
    ("comment", "name"),
    [
        (f"{TRANSLATOR} <{ADDRESS}>, 2026.", TRANSLATOR),
        (f"Copyright (C) 2026 {TRANSLATOR} <{ADDRESS}>", TRANSLATOR),
        (f"Translated by {TRANSLATOR} ({ADDRESS})", TRANSLATOR),
        (ADDRESS, ""),
    ],
)
def test_an_address_in_a_comment_of_the_header_is_told(comment: str, name: str, root: Path) -> None:
    write(root, {ES: header("", comment)})
    [line] = said(root)
    assert line.startswith(f"{ES}:1: warning: a comment in the header")
    assert re.findall("names “(.*?)”", line) == ([name] if name else [])


@pytest.mark.parametrize(
    "comment",
    [
        "FIRST AUTHOR <EMAIL@ADDRESS>, YEAR.",
        "Report to team@people.example.",
        "See https://social.example/@two and ask @two.",
        "Translator Two, 2026.",
    ],
)
def test_other_comments_are_left_alone(comment: str, root: Path) -> None:
    write(root, {ES: header("", comment)})
    assert said(root) == []


def test_other_fields_and_messages_are_left_alone(root: Path) -> None:
    fields = f'Language: es\\n"\n"X-Generator: Poedit 3.4\\n"\n"Language-Team: Spanish <{ADDRESS}>'
    text = po(SPANISH, fields).replace('msgid "After work"', f'# {ADDRESS}\nmsgid "After work"')
    write(root, {ES: text})
    assert said(root) == []


def test_who_agreed_may_be_named_and_an_address_may_not(root: Path) -> None:
    write(root, {ES: header(TRANSLATOR)})
    assert review(root, *FIRST).code == 0
    assert len(said(root)) == 1
    run(root, "review", "es", "a", "--consent-of", TRANSLATOR)
    assert said(root) == []
    write(root, {ES: header(f"Two Translator <{ADDRESS}>")})
    [line] = said(root)
    assert "gives an e-mail address; leave the field empty" in line
    assert "names" not in line
    run(root, "review", "es", "a", "--no-consent-of", TRANSLATOR)
    assert "names" in said(root)[0]


def test_consent_counts_in_its_own_language_alone(root: Path) -> None:
    text = (root / "outreach.toml").read_text("utf-8").replace('["es"]', '["es", "ar"]', 1)
    arabic = po(SPANISH, f'Language: ar\\n"\n"Last-Translator: {TRANSLATOR}')
    write(root, {"outreach.toml": text, catalog("a", "ar"): arabic, ES: header(TRANSLATOR)})
    assert review(root, *FIRST, "--translator-consent", TRANSLATOR).code == 0
    [line] = said(root)
    assert line.startswith(catalog("a", "ar"))


@pytest.mark.parametrize("domain", ["links", "interface", "gone"])
def test_every_catalog_of_a_language_is_looked_at(domain: str, root: Path) -> None:
    write(root, {catalog(domain): po({}, f'Language: es\\n"\n"Last-Translator: {TRANSLATOR}')})
    assert len(said(root)) == 1


def test_the_rule_can_be_silenced(root: Path) -> None:
    write(root, {ES: header(TRANSLATOR, "outreach: ignore person")})
    assert said(root) == []
    text = (root / "outreach.toml").read_text("utf-8")
    write(root, {ES: header(TRANSLATOR), "outreach.toml": f'{text}ignore = ["person"]\n'})
    assert said(root) == []


def test_no_page_and_no_kept_copy_tells_who_translated_last(root: Path) -> None:
    field, comment = f"Nobody Asked <{ADDRESS}>", "Another One <another@people.example>, 2026."
    write(root, {ES: header(field, comment), "content/en/b.md": GUIDE})
    write(root, {catalog("b"): header(field, comment)})
    assert review(root, *FIRST).code == 0
    assert run(root, "build", "--format", "html").code == 0
    published = files(root / "build") | files(root / "locale/es/reviews")
    assert {"es/a.html", "es/b.html", "a.toml", "a.signed.json", "a.source.md"} <= set(published)
    for path, data in published.items():
        for secret in (b"Nobody Asked", b"Another One", b"@people.example", b"Last-Translator"):
            assert secret not in data, path


@pytest.mark.slow
def test_no_sheet_tells_who_translated_last(root: Path) -> None:
    write(root, {ES: header(f"Nobody Asked <{ADDRESS}>")})
    assert run(root, "build", "-g", "a").code == 0
    sheets = list((root / "build").rglob("*.pdf"))
    assert sheets
    for sheet in sheets:
        reader = PdfReader(sheet)
        text = "".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
        assert "limpias" in text.lower() or "clean" in text.lower()
        assert "Nobody" not in text
