"""Catalogs follow their template, and nobody's work is lost."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.catalog.format import format_catalog, header_message
from outreach.catalog.match import closest
from outreach.catalog.merge import merge, new_catalog, template_text, with_header
from outreach.catalog.po import Catalog, format_catalog_bytes, read_catalog
from outreach.model import Language, Message

DATA = Path(__file__).parent / "data" / "po"
GOOD = sorted((DATA / "good").glob("*.po"))

SPANISH = Language("es", "Español", "Spanish", "Latn")
CHINESE = Language(
    "zh-Hans", "简体中文", "Chinese (Simplified)", "Hans", plural_forms="nplurals=1; plural=0;"
)

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def catalog_of(text: str) -> Catalog:
    return read_catalog(text.encode(), "es.po")


def merged(text: str, *template: Message | str) -> str:
    messages = [Message(item) if isinstance(item, str) else item for item in template]
    result = merge(catalog_of(HEAD + text), messages).text
    assert result.startswith(HEAD.rstrip("\n"))
    return result[len(HEAD) :]


def template_of(catalog: Catalog) -> list[Message]:
    """The template by which nothing in a catalog changes."""
    return [
        Message(
            message.msgid,
            msgctxt=message.msgctxt,
            msgid_plural=message.msgid_plural,
            extracted=message.extracted,
            references=message.references,
        )
        for message in catalog.messages
        if not message.obsolete
    ]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_without_a_change_every_byte_stays(path: Path) -> None:
    catalog = read_catalog(path.read_bytes(), path.name)
    template = template_of(catalog)
    result = merge(catalog, template)
    if path.stem in ("header-last", "late-strings"):
        # The header goes to the front, obsolete entries to the end, once.
        assert result != catalog
        assert merge(result, template) is result
    else:
        assert result is catalog


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_file_survives_the_loss_and_return_of_its_template(path: Path) -> None:
    catalog = read_catalog(path.read_bytes(), path.name)
    template = template_of(catalog)
    back = merge(merge(catalog, []), template)
    for message in catalog.messages:
        again = next(m for m in back.messages if m.key == message.key)
        if message.msgstr or any(message.msgstr_plural):
            # References that an obsolete entry lost come back on one line.
            again = replace(again, line=0, references=message.references)
            assert again == replace(message, line=0, obsolete=again.obsolete)


def test_a_new_message_is_empty_and_in_its_place() -> None:
    assert merged(
        'msgid "First"\nmsgstr "Primero"\n\nmsgid "Last"\nmsgstr "Último"\n',
        "First",
        Message("In between", extracted=("heading",), references=("a.md",)),
        "Last",
    ) == (
        'msgid "First"\nmsgstr "Primero"\n\n'
        '#. heading\n#: a.md\nmsgid "In between"\nmsgstr ""\n\n'
        'msgid "Last"\nmsgstr "Último"\n'
    )


def test_entries_take_the_order_of_the_template() -> None:
    text = 'msgid "First"\nmsgstr "1"\n\n\nmsgid "Second"\nmsgstr "2"'
    assert merged(text, "Second", "First") == (
        '\nmsgid "Second"\nmsgstr "2"\n\nmsgid "First"\nmsgstr "1"\n'
    )


def test_only_comments_and_references_change_in_a_kept_entry() -> None:
    text = (
        "# by a translator\n#. heading\n#. Note: old\n#: a.md:3 a.md:7\n#: b.md:9\n"
        '#, fuzzy, strange-flag\n#| msgid "Lon"\n'
        'msgid "Long "\n"text"\nmsgstr ""\n"Texto "\n"largo"\n'
    )
    message = Message("Long text", extracted=("list item",), references=("c.md", "d.md"))
    assert merged(text, message) == (
        "# by a translator\n#. list item\n#: c.md d.md\n"
        '#, fuzzy, strange-flag\n#| msgid "Lon"\n'
        'msgid "Long "\n"text"\nmsgstr ""\n"Texto "\n"largo"\n'
    )


def test_comments_come_where_there_were_none_and_go() -> None:
    message = Message("a", extracted=("heading",), references=("a.md",))
    bare = '# t\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n'
    full = '# t\n#. heading\n#: a.md\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n'
    assert merged(bare, message) == full
    assert merged(full, "a") == bare


def test_references_wrapped_by_another_tool_stay_so() -> None:
    text = '#: a.md b.md\n#: \u2068c d.md\u2069\nmsgid "a"\nmsgstr "b"\n'
    message = Message("a", references=("a.md", "b.md", "\u2068c d.md\u2069"))
    assert merged(text, message) == text


def test_an_edited_message_keeps_its_translation_as_fuzzy() -> None:
    text = (
        "# asked the nurse\n#. paragraph\n#, no-wrap\n"
        'msgid "Wash your hands before you cook."\nmsgstr "Lávese las manos antes de cocinar."\n'
    )
    assert merged(text, Message("Wash your hands before you eat.", extracted=("list item",))) == (
        "# asked the nurse\n#. list item\n#, fuzzy, no-wrap\n"
        '#| msgid "Wash your hands before you cook."\n'
        'msgid "Wash your hands before you eat."\nmsgstr "Lávese las manos antes de cocinar."\n\n'
        "# asked the nurse\n#, no-wrap\n"
        '#~ msgid "Wash your hands before you cook."\n'
        '#~ msgstr "Lávese las manos antes de cocinar."\n'
    )


def test_edited_twice_the_previous_msgid_is_the_one_that_was_translated() -> None:
    text = 'msgid "Wash your hands before you cook."\nmsgstr "Lávese las manos."\n'
    once = merged(text, "Wash your hands before you eat.")
    twice = merged(once, "Wash both your hands before you eat.")
    assert '#| msgid "Wash your hands before you cook."\n' in twice
    assert twice.count("#|") == 1
    assert 'msgid "Wash both your hands before you eat."\nmsgstr "Lávese las manos."\n' in twice


def test_an_old_context_is_kept_as_the_previous_one() -> None:
    text = 'msgctxt "steps"\nmsgid "Wash your hands before you cook."\nmsgstr "x"\n'
    assert merged(text, "Wash your hands before you eat.") == (
        '#, fuzzy\n#| msgctxt "steps"\n#| msgid "Wash your hands before you cook."\n'
        'msgid "Wash your hands before you eat."\nmsgstr "x"\n\n'
        '#~ msgctxt "steps"\n#~ msgid "Wash your hands before you cook."\n#~ msgstr "x"\n'
    )


def test_both_halves_of_a_message_that_was_split_take_its_translation() -> None:
    first = "Bring all of your medicines in a bag when you come."
    second = "Write down each of your questions for the nurse, too."
    text = f'msgid "{first} {second}"\nmsgstr "Traiga sus medicinas. Escriba sus preguntas."\n'
    result = merged(text, first, second)
    assert result.count("#, fuzzy\n#| msgid") == 2
    assert result.count('\nmsgstr "Traiga') == 2
    assert f'#~ msgid "{first} {second}"' in result, "the text may return"


def test_an_entry_that_is_still_wanted_is_a_suggestion_for_another_like_it() -> None:
    text = 'msgid "Wash your hands before you cook."\nmsgstr "Lávese las manos."\n'
    assert merged(text, "Wash your hands before you cook.", "Wash your hands before you eat.") == (
        f'{text}\n#, fuzzy\n#| msgid "Wash your hands before you cook."\n'
        'msgid "Wash your hands before you eat."\nmsgstr "Lávese las manos."\n'
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Yes", "Yet"),
        ("Six reasons", "Ten days"),
        ("Call your doctor", "Ask your teacher"),
        ("Bring a list of your medicines when you come.", "We are open on Mondays and Fridays."),
    ],
)
def test_different_texts_are_no_match(old: str, new: str) -> None:
    assert closest([new], [old]) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Call your doctor now", "Call your doctor now!"),
        ("Bring a list of your medicines.", "Bring a list of all your medicines."),
        ("我们讲您的语言，请随时告诉我们您的需要。", "我们讲您的语言，请随时告诉我您的需要。"),
    ],
)
def test_near_texts_are_a_match(old: str, new: str) -> None:
    assert closest([new], [old]) == {0: 0}


def test_among_many_near_texts_each_gets_its_own() -> None:
    old = [f"Step number {n} of the long way to the clinic" for n in range(60)]
    assert closest([text + "." for text in old], old) == {n: n for n in range(60)}


def test_a_vanished_translation_becomes_obsolete_and_keeps_its_lines() -> None:
    text = (
        '# mine\n#. heading\n#: a.md\n#, fuzzy\n#| msgctxt ""\n#| "c"\n#| msgid "Gon"\n'
        'msgctxt "c"\nmsgid "Go"\n"ne"\nmsgstr ""\n"Ido"\n'
    )
    assert merged(text) == (
        '# mine\n#, fuzzy\n#~| msgctxt ""\n#~| "c"\n#~| msgid "Gon"\n'
        '#~ msgctxt "c"\n#~ msgid "Go"\n#~ "ne"\n#~ msgstr ""\n#~ "Ido"\n'
    )


def test_a_vanished_message_without_work_in_it_is_dropped() -> None:
    text = '#. heading\nmsgid "Gone"\nmsgstr ""\n\n# noted\nmsgid "Noted"\nmsgstr ""\n'
    assert merged(text) == '# noted\n#~ msgid "Noted"\n#~ msgstr ""\n'


def test_what_is_obsolete_stays_in_its_old_order_after_the_live() -> None:
    text = (
        'msgid "a"\nmsgstr "1"\n\nmsgid "b"\nmsgstr "2"\n\n'
        '#~ msgid "old"\n#~ msgstr "3"\n\n#~ msgid "older"\n#~ msgstr "4"\n'
    )
    assert merged(text, "b", "c") == (
        'msgid "b"\nmsgstr "2"\n\nmsgid "c"\nmsgstr ""\n\n'
        '#~ msgid "a"\n#~ msgstr "1"\n\n'
        '#~ msgid "old"\n#~ msgstr "3"\n\n#~ msgid "older"\n#~ msgstr "4"\n'
    )


def test_a_text_that_returns_revives_its_translation() -> None:
    text = (
        '# mine\n#, fuzzy\n#~| msgid "Bac"\n'
        '#~ msgid ""\n#~ "Back "\n#~ "again"\n#~ msgstr "De vuelta"\n'
    )
    assert merged(text, Message("Back again", extracted=("heading",), references=("a.md",))) == (
        "# mine\n#. heading\n#: a.md\n#, fuzzy\n"
        '#| msgid "Bac"\nmsgid ""\n"Back "\n"again"\nmsgstr "De vuelta"\n'
    )


def test_an_obsolete_entry_is_a_source_for_an_edited_text() -> None:
    text = '#~ msgid "Wash your hands before you cook."\n#~ msgstr "Lávese las manos."\n'
    assert merged(text, "Wash your hands before you eat.") == (
        '#, fuzzy\n#| msgid "Wash your hands before you cook."\n'
        f'msgid "Wash your hands before you eat."\nmsgstr "Lávese las manos."\n\n{text}'
    )


def test_an_edit_that_is_undone_gives_the_translation_back() -> None:
    text = '# asked\n#, no-wrap\nmsgid "Wash your hands before you cook."\nmsgstr "Lávese."\n'
    edited = merged(text, "Wash your hands before you eat.")
    assert merged(edited, "Wash your hands before you cook.").startswith(text)
    done = edited.replace("#, fuzzy, no-wrap", "#, no-wrap").replace(
        'msgstr "Lá', 'msgstr "Áhora, lá', 1
    )
    assert merged(done, "Wash your hands before you cook.").startswith(text)


def test_an_entry_with_a_context_serves_a_message_without() -> None:
    text = 'msgctxt "menu"\nmsgid "Open"\nmsgstr "Abrir"\n'
    assert merged(text, "Open") == text
    both = text + '\nmsgid "Open"\nmsgstr "Abierto"\n'
    assert merged(both, "Open") == (
        'msgid "Open"\nmsgstr "Abierto"\n\n#~ msgctxt "menu"\n#~ msgid "Open"\n#~ msgstr "Abrir"\n'
    )


def test_two_messages_with_and_without_context_keep_apart() -> None:
    text = 'msgctxt "menu"\nmsgid "Open"\nmsgstr "Abrir"\n'
    assert merged(text, "Open", Message("Open", msgctxt="menu")) == (
        '#, fuzzy\n#| msgctxt "menu"\n#| msgid "Open"\nmsgid "Open"\nmsgstr "Abrir"\n\n' + text
    )


def test_a_new_plural_has_as_many_forms_as_the_header_says() -> None:
    catalog = new_catalog("zh.po", CHINESE, [Message("page", msgid_plural="pages")], "p")
    assert catalog.messages[0].msgstr_plural == ("",)
    assert catalog.text.endswith('msgid "page"\nmsgid_plural "pages"\nmsgstr[0] ""\n')


def test_a_message_that_gets_a_plural_keeps_its_translation_as_fuzzy() -> None:
    message = Message("page", msgid_plural="pages")
    assert merged('msgid "page"\nmsgstr "página"\n', message) == (
        '#, fuzzy\nmsgid "page"\nmsgid_plural "pages"\nmsgstr[0] "página"\nmsgstr[1] "página"\n'
    )


def test_a_message_that_loses_its_plural_keeps_all_forms() -> None:
    text = 'msgid "page"\nmsgid_plural "pages"\nmsgstr[0] "página"\nmsgstr[1] "páginas"\n'
    assert merged(text, "page") == text


def test_windows_line_ends_are_used_for_new_entries() -> None:
    catalog = read_catalog((DATA / "good/crlf.po").read_bytes(), "fr.po")
    template = [*template_of(catalog), Message("One\nmore")]
    data = format_catalog_bytes(merge(catalog, template))
    assert b'\r\n\r\nmsgid ""\r\n"One\\n"\r\n"more"\r\nmsgstr ""\r\n\r\n#~ ' in data
    assert data.count(b"\n") == data.count(b"\r\n")


def test_latin_1_becomes_utf_8_with_the_first_change() -> None:
    catalog = read_catalog((DATA / "good/latin-1.po").read_bytes(), "es.po")
    data = format_catalog_bytes(merge(catalog, [*template_of(catalog), Message("“quoted”")]))
    assert '"Content-Type: text/plain; charset=UTF-8\\n"\n' in data.decode()
    assert "Mañana" in data.decode()
    assert "“quoted”" in data.decode()


def test_comments_at_the_end_of_a_file_stay_there() -> None:
    text = 'msgid "a"\nmsgstr "b"\n\n# the end\n'
    assert merged(text, "a", "c") == (
        'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr ""\n\n# the end\n'
    )


def test_a_new_catalog_passes_msgfmt_without_a_word_and_is_fixed(tmp_path: Path) -> None:
    template = [
        Message("Six ways", extracted=("heading",), references=("content/en/six-ways.md",)),
        Message("Two\nlines\n"),
        Message("page", msgid_plural="pages"),
    ]
    catalog = new_catalog("zh.po", CHINESE, template, "Our guides", ["Chinese guide", "a draft"])
    path = tmp_path / "zh.po"
    path.write_bytes(format_catalog_bytes(catalog))
    check = subprocess.run(
        ["msgfmt", "-c", "-v", "-o", tmp_path / "zh.mo", path], capture_output=True, check=True
    )
    assert check.stdout + check.stderr == b"0 translated messages, 3 untranslated messages.\n"
    fixed = subprocess.run(["msgcat", "--no-wrap", path], capture_output=True, check=True)
    assert fixed.stdout == path.read_bytes()
    assert catalog.field("Language") == "zh_Hans"
    assert catalog.header_comments == ("Chinese guide", "a draft")
    assert merge(catalog, template) is catalog
    assert with_header(catalog, CHINESE) is catalog


def test_msgmerge_agrees_that_a_catalog_is_up_to_date(tmp_path: Path) -> None:
    template = [
        Message("Six ways", extracted=("heading",), references=("a.md",)),
        Message("Wash your hands before you eat.", extracted=("list item",), references=("a.md",)),
        Message("Two\nlines\n", extracted=("list item",), references=("a.md",)),
    ]
    old = [
        Message("Six ways", "Seis formas", comments=("checked",)),
        Message("Gone", "Ido"),
        Message("Wash your hands before you cook.", "Lávese las manos."),
    ]
    header = header_message(catalog_of("").header or with_header(catalog_of(""), SPANISH).header)
    catalog = merge(catalog_of(format_catalog(header, old)), template)
    po, pot = tmp_path / "es.po", tmp_path / "a.pot"
    po.write_bytes(format_catalog_bytes(catalog))
    pot.write_text(template_text(template, "p", language="en"), encoding="utf-8")
    result = subprocess.run(
        ["msgmerge", "--no-wrap", "--previous", "--quiet", po, pot], capture_output=True, check=True
    )
    assert result.stdout.decode() == catalog.text


def test_a_header_is_completed_where_it_lacks_something() -> None:
    text = (
        '# kept\n#, fuzzy\nmsgid ""\nmsgstr ""\n"X-Own: 1\\n"\n"Language: \\n"\n'
        '"Content-Type: text/plain; charset=CHARSET\\n"\n"Last-Translator: A\\n"\n'
        '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n\nmsgid "a"\nmsgstr ""\n'
    )
    catalog = with_header(catalog_of(text), CHINESE)
    assert catalog.text == (
        '# kept\n#, fuzzy\nmsgid ""\nmsgstr ""\n"X-Own: 1\\n"\n"Language: zh_Hans\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Last-Translator: A\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n"MIME-Version: 1.0\\n"\n'
        '\nmsgid "a"\nmsgstr ""\n'
    )
    assert with_header(catalog, CHINESE) is catalog


def test_a_header_that_lacks_nothing_stays_as_it_was_wrapped() -> None:
    text = (
        'msgid ""\nmsgstr "MIME-Version: 1.0\\nLanguage: es_MX\\n"\n'
        '"Content-Type: text/plain; "\n"charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n>1;\\n"\n'
    )
    catalog = catalog_of(text)
    assert with_header(catalog, SPANISH) is catalog


def test_a_catalog_without_header_gets_one(tmp_path: Path) -> None:
    catalog = with_header(catalog_of('#: a.md\nmsgid "a"\nmsgstr "ñ"\n'), SPANISH)
    path = tmp_path / "es.po"
    path.write_bytes(format_catalog_bytes(catalog))
    check = subprocess.run(
        ["msgfmt", "-c", "-o", tmp_path / "es.mo", path], capture_output=True, check=True
    )
    assert check.stderr == b""
    assert catalog.text.endswith('\n\n#: a.md\nmsgid "a"\nmsgstr "ñ"\n')


WORDS = st.sampled_from(["wash", "your", "hands", "before", "you", "eat", "食べる前に", "نص"])
MSGID = st.lists(WORDS, min_size=1, max_size=7).map(" ".join) | st.sampled_from(
    ["a\n", "b\nc", '"q"', "\\", "\t", "Wash your hands before you cook."]
)
COMMENTS = st.lists(st.sampled_from(["one", "", " two ", "~ x"]), max_size=2).map(tuple)


@st.composite
def message(draw: st.DrawFn) -> Message:
    msgstr = draw(st.sampled_from(["", "x", "y\n", "z\nz", "ñ"]))
    fuzzy = draw(st.booleans()) and bool(msgstr)
    return Message(
        draw(MSGID),
        msgstr,
        msgctxt=draw(st.sampled_from([None, None, None, "menu"])),
        comments=draw(COMMENTS),
        extracted=draw(COMMENTS),
        references=draw(st.sampled_from([(), ("a.md",), ("a.md", "\u2068b c.md\u2069")])),
        flags=("fuzzy", "no-wrap") if fuzzy else (),
        previous_msgid=draw(st.sampled_from([None, "old", "o\nld"])) if fuzzy else None,
        obsolete=draw(st.sampled_from([False, False, False, True])),
    )


def key(item: Message) -> tuple[str | None, str]:
    return item.key


CATALOG_MESSAGES = st.lists(message(), max_size=8, unique_by=key)
TEMPLATE = st.lists(
    st.builds(Message, MSGID, extracted=COMMENTS, references=st.sampled_from([(), ("b.md",)])),
    max_size=8,
    unique_by=key,
)


def built(messages: Sequence[Message], *, gap: bool, end: bool) -> Catalog:
    text = format_catalog(header_message([("Content-Type", "text/plain; charset=UTF-8")]), messages)
    text = text if gap else re.sub(r"\n\n", "\n", text)
    return catalog_of(text if end else text.rstrip("\n"))


@settings(max_examples=150, deadline=None)
@given(CATALOG_MESSAGES, TEMPLATE, TEMPLATE, st.booleans(), st.booleans())
def test_laws_of_merging(
    messages: list[Message],
    first: list[Message],
    second: list[Message],
    gap: bool,  # noqa: FBT001
    end: bool,  # noqa: FBT001
) -> None:
    old = built(messages, gap=gap, end=end)
    once = merge(old, first)
    # Merging twice is merging once, and what is written is what is read.
    assert merge(once, first) is once
    assert read_catalog(format_catalog_bytes(once), "es.po") == once
    # The live messages are those of the template, in its order.
    live = [m for m in once.messages if not m.obsolete]
    assert [m.msgid for m in live] == [m.msgid for m in first]
    assert [m.extracted for m in live] == [m.extracted for m in first]
    # No translation and no comment is lost, nor the text a translation was made for.
    twice = merge(once, second)
    for before, after in ((old, once), (once, twice)):
        for item in before.messages:
            if item.msgstr or any(item.comments):
                assert any(kept(item, other) for other in after.messages)
    # A translation is shown for no other text than the one it was made for.
    made = {(m.msgid, m.msgstr) for m in old.messages if not m.fuzzy}
    assert all((m.msgid, m.msgstr) in made for m in twice.messages if m.translated)


def kept(item: Message, other: Message) -> bool:
    """Whether an entry holds another's translation, comments, and the text they belong to."""
    same = (item.msgstr, item.comments) == (other.msgstr, other.comments)
    texts = (item.msgid, item.previous_msgid)
    return same and (item.key == other.key or (other.fuzzy and other.previous_msgid in texts))


@settings(max_examples=60, deadline=None)
@given(CATALOG_MESSAGES, st.data())
def test_a_text_that_goes_and_returns_has_its_translation(
    messages: list[Message], data: st.DataObject
) -> None:
    catalog = built(messages, gap=True, end=True)
    template = template_of(catalog)
    gone = data.draw(st.sets(st.sampled_from([m.key for m in template]))) if template else set()
    back = merge(merge(catalog, [m for m in template if m.key not in gone]), template)
    # An obsolete translation may have gone, as fuzzy, to a near text that had none.
    again = {m.key: (m.msgstr, m.flags, m.comments) for m in back.messages}
    for item in catalog.messages:
        if item.msgstr and not item.obsolete:
            assert again[item.key] == (item.msgstr, item.flags, item.comments)
