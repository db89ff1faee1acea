"""Reading and writing catalogs: nothing is lost, and what is broken is named."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.catalog.format import format_catalog, header_message
from outreach.catalog.po import as_utf_8, format_catalog_bytes, read_catalog, with_header_text
from outreach.model import OutreachError

DATA = Path(__file__).parent / "data" / "po"
GOOD = sorted((DATA / "good").glob("*.po"))
BROKEN = sorted((DATA / "broken").glob("*.po"))

# Files that gettext refuses, warns of, or writes in another order.
NOT_FOR_GETTEXT = {
    "bom.po",
    "comments-only.po",
    "empty.po",
    "header-last.po",
    "iso-2022-jp.po",
    "late-strings.po",
    "utf-16.po",
}


def name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_an_unchanged_catalog_keeps_its_bytes(path: Path) -> None:
    data = path.read_bytes()
    assert format_catalog_bytes(read_catalog(data, path.name)) == data


@pytest.mark.parametrize("path", BROKEN, ids=name)
def test_a_broken_catalog_is_refused_with_its_line_and_reason(path: Path) -> None:
    data = path.read_bytes()
    first = data.split(b"\n", 1)[0].decode()
    expected = re.fullmatch(r"# (\d+): (.*)", first)
    assert expected
    with pytest.raises(OutreachError) as caught:
        read_catalog(data, "locale/es/LC_MESSAGES/a.po")
    location = caught.value.problem.location
    assert location.path == "locale/es/LC_MESSAGES/a.po"
    assert (location.line, caught.value.problem.text) == (int(expected[1]), expected[2])


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_each_message_is_found_in_its_line(path: Path) -> None:
    catalog = read_catalog(path.read_bytes(), path.name)
    lines = catalog.text.split("\n")
    assert all("msgid" in lines[message.line - 1] for message in catalog.messages)


@pytest.mark.parametrize("path", [p for p in GOOD if p.name not in NOT_FOR_GETTEXT], ids=name)
def test_formatting_each_message_gives_what_msgcat_gives(path: Path) -> None:
    """Our own lines for every message are those of gettext, in whichever way it was wrapped.

    What our records do not hold, the previous plural, is taken out of both.
    """
    catalog = read_catalog(path.read_bytes(), path.name)
    head = catalog.head or header_message([("Content-Type", "text/plain; charset=UTF-8")])
    ours = format_catalog(head, catalog.messages)
    ours = ours.replace("charset=ISO-8859-1", "charset=UTF-8")
    result = subprocess.run(
        ["msgcat", "--no-wrap", "--to-code=UTF-8", path], check=True, capture_output=True
    )
    theirs = re.sub(r'(#~?\| )msgid_plural .*\n(\1".*\n)*', "", result.stdout.decode())
    if catalog.head is None:
        ours = ours.split("\n\n", 1)[1]
    assert ours == theirs.replace("\r\n", "\n")


def test_values_of_a_wrapped_catalog() -> None:
    catalog = read_catalog((DATA / "good/wrapped.po").read_bytes(), "es.po")
    assert catalog.header_comments[0] == "Spanish translation of the handouts."
    assert catalog.header_flags == ()
    assert catalog.field("x-method") == "machine draft"
    assert catalog.header[0] == ("Project-Id-Version", "clinic handouts")
    first, second, _, last = catalog.messages
    assert first.msgid.endswith("medicines, and the name of somebody whom we may call.")
    assert first.line == 20
    assert second.fuzzy
    assert second.previous_msgid == "Use the side door."
    assert second.comments == ("Asked the clinic: “usted”, not “tú”.",)
    assert second.extracted[1] == "Note: the door is on Fifth Street"
    assert second.references == (
        "content/en/visit.md:14 content/en/map.md:3",
        "content/en/letter.md:20",
    )
    assert not last.translated


def test_values_of_obsolete_entries() -> None:
    catalog = read_catalog((DATA / "good/obsolete.po").read_bytes(), "vi.po")
    live, gone, fuzzy, button = catalog.messages
    assert [m.obsolete for m in (live, gone, fuzzy, button)] == [False, True, True, True]
    assert (fuzzy.previous_msgctxt, fuzzy.previous_msgid) == ("menu", "Wash your hand")
    assert fuzzy.comments == ("A word with the nurse about this one.",)
    assert button.key == ("button", "Print\nthis")
    assert button.msgstr == "In\ntrang này"


def test_values_of_plural_entries() -> None:
    catalog = read_catalog((DATA / "good/plural.po").read_bytes(), "ru.po")
    assert catalog.nplurals == 3
    pages, guides, files = catalog.messages
    assert pages.msgstr_plural == ("%(n)s страница", "%(n)s страницы", "%(n)s страниц")
    assert pages.translated
    assert guides.msgstr_plural[1] == "%(n)s листка"
    assert not files.translated


def test_strings_hold_what_gettext_reads_in_them() -> None:
    catalog = read_catalog((DATA / "good/late-strings.po").read_bytes(), "es.po")
    parts, escapes, obsolete, separators = catalog.messages
    assert (parts.msgid, parts.msgstr) == ("ab", "cd")
    assert escapes.msgid == "octal é hex A bell \a slash \\101"
    assert obsolete.comments == ("a comment in an obsolete entry",)
    assert separators.msgid == "line\u2028separator\u0085and\x0bmore\x0chere\x1c"
    assert separators.msgstr == "ok\u2029"
    assert separators.previous_msgid == "earlier"
    assert catalog.tail == "\n\n# a last word\n# of the translator\n"


@pytest.mark.parametrize(
    ("file", "newline", "bom", "charset"),
    [
        ("crlf.po", "\r\n", False, "utf-8"),
        ("bom.po", "\n", True, "utf-8"),
        ("utf-16.po", "\n", True, "utf-16-le"),
        ("latin-1.po", "\n", False, "iso8859-1"),
        ("empty.po", "\n", False, "utf-8"),
    ],
)
def test_how_a_file_is_stored(file: str, newline: str, charset: str, *, bom: bool) -> None:
    catalog = read_catalog((DATA / "good" / file).read_bytes(), file)
    assert (catalog.newline, catalog.bom, catalog.charset) == (newline, bom, charset)


@pytest.mark.parametrize(
    ("file", "word"),
    [("latin-1.po", "Mañana"), ("utf-16.po", "Здравствуйте"), ("iso-2022-jp.po", "こんにちは")],
)
def test_a_changed_catalog_is_written_in_utf_8_and_says_so(file: str, word: str) -> None:
    catalog = read_catalog((DATA / "good" / file).read_bytes(), file)
    assert catalog.head
    changed = with_header_text(catalog, catalog.head.msgstr + "X-Method: human\n")
    text = format_catalog_bytes(changed).decode("utf-8")
    assert "charset=UTF-8" in text
    assert word in text
    assert changed == read_catalog(text.encode(), file)


def test_the_content_of_a_catalog_is_never_taken_for_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("other.po").write_text('msgid "wrong"\nmsgstr "file"\n')
    with pytest.raises(OutreachError, match="text outside of quotes"):
        read_catalog(b"other.po", "a.po")
    Path("msgid ").mkdir()
    Path('msgid "a').touch()
    assert read_catalog(b'msgid "a"\nmsgstr "b"', "a.po").messages[0].msgstr == "b"


LINES = st.sampled_from(
    [
        "",
        "  ",
        "# comment ",
        "#. extracted",
        "#: a.md b.md",
        "#, fuzzy",
        '#| msgid "old"',
        'msgctxt "c"',
        'msgid "a"',
        'msgid "b"',
        '#~ msgid "a"',
        '#~ msgid "c"',
        '#~ msgstr "x"',
        '#~| msgid "z"',
        'msgid ""',
        '"more\\n"',
        'msgid_plural "s"',
        'msgstr "t"',
        'msgstr ""',
        'msgstr[0] "t"',
        'msgstr[1] "\u2028\r"',
        "=======",
        '"open',
    ]
)


@settings(deadline=None)
@given(
    lines=st.lists(LINES, max_size=14),
    newline=st.sampled_from(["\n", "\r\n"]),
    end=st.sampled_from(["", "\n"]),
)
def test_any_lines_are_kept_or_refused(lines: list[str], newline: str, end: str) -> None:
    data = (newline.join(lines) + end).encode()
    try:
        catalog = read_catalog(data, "a.po")
    except OutreachError as error:
        assert 1 <= error.problem.location.line <= len(lines)  # noqa: PT017
    else:
        assert format_catalog_bytes(catalog) == data


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_kept_or_refused(data: bytes) -> None:
    header = b'msgid ""\nmsgstr "Content-Type: text/plain; charset='
    for candidate in (data, header + data, header + b'UTF-8\\n"\n' + data):
        try:
            catalog = read_catalog(candidate, "a.po")
        except OutreachError:
            continue
        assert format_catalog_bytes(catalog) == candidate


def test_bytes_written_as_numbers_keep_their_letters_where_the_file_becomes_utf_8() -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset={}\\n"\n\n'
    data = (head.format("iso-8859-1") + '# \\351\nmsgid "a"\nmsgstr "caf\\351 \\n\\a"\n').encode()
    read = read_catalog(data, "a.po")
    assert read.messages[0].msgstr == "café \n\a"
    assert format_catalog_bytes(read) == data
    changed = as_utf_8(read)
    written = format_catalog_bytes(changed).decode()
    assert written == head.format("UTF-8") + '# \\351\nmsgid "a"\nmsgstr "café \\n\\a"\n'
    assert read_catalog(written.encode(), "a.po").messages[0].msgstr == "café \n\a"
