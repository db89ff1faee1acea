"""What the messages of a language take from each other, as laws and as single decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.catalog.format import format_catalog, header_message
from outreach.catalog.merge import rewritten, unique
from outreach.catalog.po import Catalog, format_catalog_bytes, read_catalog
from outreach.catalog.reuse import Plan, Wanted, plan
from outreach.markup.same import same
from outreach.model import Message

CONTENT = [("Content-Type", "text/plain; charset=UTF-8")]
HEADER = header_message(CONTENT)
Texts = Mapping[str, Sequence[Message]]


def catalog_of(name: str, messages: Sequence[Message]) -> Catalog:
    return read_catalog(format_catalog(HEADER, messages).encode(), f"{name}.po")


def planned(
    catalogs: Mapping[str, Catalog], templates: Texts, same_meaning: Sequence[str] = ()
) -> Plan:
    wanted = [Wanted(catalogs[name], unique(texts)) for name, texts in templates.items()]
    others = [catalog for name, catalog in catalogs.items() if name not in templates]
    return plan(wanted, others, same_meaning)


def updated(
    catalogs: Mapping[str, Catalog], templates: Texts, same_meaning: Sequence[str] = ()
) -> dict[str, Catalog]:
    """The catalogs of a language after an update; those without a template are of gone guides."""
    takes = planned(catalogs, templates, same_meaning).takes
    new = {n: rewritten(catalogs[n], own) for n, own in zip(templates, takes, strict=True)}
    return {**catalogs, **new}


def update_of(old: Texts, templates: Texts, same_meaning: Sequence[str] = ()) -> dict[str, str]:
    """The text of each catalog after an update, without its header."""
    catalogs = {name: catalog_of(name, messages) for name, messages in old.items()}
    found = updated(catalogs, templates, same_meaning)
    return {name: found[name].text.partition("\n\n")[2] for name in templates}


COOK, EAT = "Wash your hands before you cook.", "Wash your hands before you eat."
LAVESE = "Lávese las manos antes de cocinar."


def test_a_text_that_moved_to_another_guide_is_filled_with_its_notes() -> None:
    old = {"a": [Message(COOK, LAVESE, comments=("asked",), flags=("no-wrap",))], "b": []}
    assert update_of(old, {"a": [], "b": [Message(COOK)]}) == {
        "a": f'# asked\n#, no-wrap\n#~ msgid "{COOK}"\n#~ msgstr "{LAVESE}"\n',
        "b": (
            f'# asked\n# Translated as in a.po.\n#, no-wrap\nmsgid "{COOK}"\nmsgstr "{LAVESE}"\n'
        ),
    }


def test_a_text_that_is_translated_elsewhere_is_filled_without_notes_of_its_place() -> None:
    old = {"a": [Message(COOK, LAVESE, comments=("as on the poster",))], "b": [Message(COOK)]}
    found = update_of(old, {"a": [Message(COOK)], "b": [Message(COOK)]})
    assert found["b"] == f'# Translated as in a.po.\nmsgid "{COOK}"\nmsgstr "{LAVESE}"\n'


def test_an_untranslated_message_keeps_its_own_notes_when_it_is_filled() -> None:
    old = {"a": [Message(COOK, LAVESE)], "b": [Message(COOK, comments=("mine",), flags=("x",))]}
    found = update_of(old, {"a": [Message(COOK)], "b": [Message(COOK)]})
    assert found["b"] == (
        f'# mine\n# Translated as in a.po.\n#, x\nmsgid "{COOK}"\nmsgstr "{LAVESE}"\n'
    )


def test_a_catalog_of_a_gone_guide_and_an_obsolete_entry_give_their_translations() -> None:
    old = {"gone": [Message(COOK, LAVESE)], "a": [Message(EAT, "Eso", obsolete=True)], "b": []}
    found = update_of(old, {"a": [], "b": [Message(COOK), Message(EAT)]})
    assert found["b"] == (
        f'# Translated as in gone.po.\nmsgid "{COOK}"\nmsgstr "{LAVESE}"\n\n'
        f'# Translated as in a.po.\nmsgid "{EAT}"\nmsgstr "Eso"\n'
    )


def test_a_text_with_other_markup_signs_is_filled_from_another_guide() -> None:
    old = {"a": [Message("Wash *now*\n", "Lave *ya*\n")], "b": []}
    found = update_of(old, {"a": [Message("Wash *now*\n")], "b": [Message("Wash _now_")]})
    assert found["b"] == '# Translated as in a.po.\nmsgid "Wash _now_"\nmsgstr "Lave *ya*"\n'


def test_a_fuzzy_translation_elsewhere_is_given_to_new_messages_only() -> None:
    fuzzy = Message(COOK, LAVESE, flags=("fuzzy",), previous_msgid="Wash.")
    old = {"a": [fuzzy], "b": [], "c": [Message(COOK)]}
    found = update_of(old, {name: [Message(COOK)] for name in old})
    assert found["b"] == (
        f'# Translated as in a.po.\n#, fuzzy\n#| msgid "Wash."\nmsgid "{COOK}"\nmsgstr "{LAVESE}"\n'
    )
    assert found["c"] == f'msgid "{COOK}"\nmsgstr ""\n'


def test_the_most_frequent_translation_is_taken() -> None:
    texts = {"a": "Ayuda", "b": "Socorro", "c": "Socorro"}
    old = {name: [Message("Help", text)] for name, text in texts.items()} | {"d": []}
    found = update_of(old, {name: [Message("Help")] for name in old})
    assert found["d"] == '# Translated as in b.po.\nmsgid "Help"\nmsgstr "Socorro"\n'


def test_where_translations_contradict_each_other_somebody_has_to_choose() -> None:
    old = {"a": [Message("Help", "Ayuda")], "b": [Message("Help", "Socorro")], "c": [], "d": []}
    old["d"] = [Message("Help")]
    found = update_of(old, {name: [Message("Help")] for name in old})
    assert found["c"] == '# Translated as in a.po.\n#, fuzzy\nmsgid "Help"\nmsgstr "Ayuda"\n'
    assert found["d"] == 'msgid "Help"\nmsgstr ""\n'


def test_a_translation_in_use_comes_before_one_that_is_not() -> None:
    gone = [Message("Help", "Auxilio", obsolete=True)]
    old = {"a": gone, "b": [Message("Help", "Ayuda")], "c": gone, "d": []}
    found = update_of(old, {"a": [], "b": [Message("Help")], "c": [], "d": [Message("Help")]})
    assert found["d"] == '# Translated as in b.po.\nmsgid "Help"\nmsgstr "Ayuda"\n'


def test_a_machine_draft_is_no_translation_for_a_catalog_that_is_none() -> None:
    draft = format_catalog(
        header_message([*CONTENT, ("X-Translation-Method", "machine draft")]), [Message(COOK, "x")]
    )
    begun = draft.replace(f'{COOK}"\nmsgstr "x"', 'other"\nmsgstr "y"')
    catalogs = {
        "a": read_catalog(draft.encode(), "a.po"),
        "b": catalog_of("b", []),
        "c": catalog_of("c", [Message(COOK)]),
        "d": read_catalog(begun.encode(), "d.po"),
    }
    found = updated(catalogs, {name: [Message(COOK)] for name in catalogs})
    shown = {name: catalog.messages[0] for name, catalog in found.items()}
    assert {name: (m.msgstr, m.fuzzy) for name, m in shown.items()} == {
        "a": ("x", False),
        "b": ("x", True),
        "c": ("", False),
        "d": ("x", False),
    }


def test_a_text_that_moved_and_was_edited_is_fuzzy_with_what_it_was() -> None:
    old = {"a": [Message(COOK, LAVESE, comments=("asked",))], "b": []}
    found = update_of(old, {"a": [], "b": [Message(EAT)]})
    assert found["b"] == (
        f'# asked\n#, fuzzy\n#| msgid "{COOK}"\nmsgid "{EAT}"\nmsgstr "{LAVESE}"\n'
    )


def test_a_text_close_to_one_in_another_guide_is_fuzzy() -> None:
    old = {"a": [Message(COOK, LAVESE, comments=("asked",), flags=("x",))], "b": []}
    found = update_of(old, {"a": [Message(COOK)], "b": [Message(EAT)]})
    assert found["b"] == f'#, fuzzy\n#| msgid "{COOK}"\nmsgid "{EAT}"\nmsgstr "{LAVESE}"\n'


def test_of_two_texts_that_are_equally_close_its_own_comes_first() -> None:
    old = {"a": [Message(COOK, "Otra")], "b": [Message(COOK, LAVESE)]}
    found = update_of(old, {"a": [Message(COOK)], "b": [Message(EAT)]})
    assert f'#, fuzzy\n#| msgid "{COOK}"\nmsgid "{EAT}"\nmsgstr "{LAVESE}"\n' in found["b"]


def test_the_closest_text_comes_first_wherever_it_is() -> None:
    near = "Wash your hands before you eat!"
    old = {"a": [Message(near, "Cerca")], "b": [Message(COOK, LAVESE)]}
    found = update_of(old, {"a": [], "b": [Message(EAT)]})
    assert found["b"].startswith(f'#, fuzzy\n#| msgid "{near}"\nmsgid "{EAT}"\nmsgstr "Cerca"\n')


@pytest.mark.parametrize(
    ("old", "new", "msgstr"),
    [
        ("Wash your\nhands.\n", "Wash your hands.", "Lávese\nlas manos."),
        ("“Wash” your hands.", '"Wash" your hands.', "Lávese\nlas manos.\n"),
        ("*Wash* your hands.", "_Wash_ your hands.", "Lávese\nlas manos.\n"),
        ("Wash your hands.", "Wash your hands.\n", "Lávese\nlas manos.\n\n"),
    ],
)
def test_what_readers_do_not_see_carries_over_unmarked(old: str, new: str, msgstr: str) -> None:
    message = Message(old, "Lávese\nlas manos.\n", comments=("asked",), flags=("no-wrap",))
    before = {"a": catalog_of("a", [message])}
    after = updated(before, {"a": [Message(new, references=("a.md",))]})["a"]
    (item,) = after.messages
    assert (item.msgid, item.msgstr) == (new, msgstr)
    assert (item.comments, item.flags, item.references) == (("asked",), ("no-wrap",), ("a.md",))


@pytest.mark.parametrize(
    "new", ["Wash your hand before you cook.", COOK.replace("cook", "cook 5"), COOK + " *Now*"]
)
def test_what_readers_see_is_fuzzy(new: str) -> None:
    (item, _) = updated({"a": catalog_of("a", [Message(COOK, LAVESE)])}, {"a": [Message(new)]})[
        "a"
    ].messages
    assert item.fuzzy
    assert (item.msgstr, item.previous_msgid) == (LAVESE, COOK)


def test_a_fuzzy_entry_with_other_white_space_stays_fuzzy_with_its_previous_text() -> None:
    message = Message("Wash  now", "Lave", flags=("fuzzy",), previous_msgid="Wash")
    assert update_of({"a": [message]}, {"a": [Message("Wash now")]})["a"] == (
        '#, fuzzy\n#| msgid "Wash"\nmsgid "Wash now"\nmsgstr "Lave"\n'
    )


def test_plural_entries_of_other_tools_are_kept() -> None:
    plural = Message("page", msgid_plural="pages", msgstr_plural=("página", "páginas"))
    old = {"a": [plural], "b": []}
    found = update_of(old, {"a": [], "b": [Message("page"), Message("pages\n")]})
    assert found["a"] == (
        '#~ msgid "page"\n#~ msgid_plural "pages"\n#~ msgstr[0] "página"\n#~ msgstr[1] "páginas"\n'
    )
    assert found["b"] == 'msgid "page"\nmsgstr ""\n\nmsgid "pages\\n"\nmsgstr ""\n'


def test_contexts_of_other_tools_are_kept_when_a_text_is_spelled_anew() -> None:
    old = {"a": [Message("Wash now\n", "Lave\n", msgctxt="steps")]}
    assert update_of(old, {"a": [Message("Wash now")]})["a"] == (
        'msgctxt "steps"\nmsgid "Wash now"\nmsgstr "Lave"\n'
    )


def test_an_edit_that_means_the_same_is_carried_over_with_a_record() -> None:
    guide = ("content/en/a.md",)
    old = {"a": [Message(COOK, LAVESE, comments=("asked",), flags=("x",))], "b": [Message(EAT)]}
    new = COOK.replace("before", ", before")
    templates = {
        "a": [Message(new, references=guide)],
        "b": [Message(EAT), Message(new, references=("content/en/b.md",))],
    }
    found = update_of(old, templates, guide)
    record = f"# Carried over from “{COOK}”: a maintainer says that the edit changed no meaning."
    assert found["a"] == (
        f'# asked\n{record}\n#: content/en/a.md\n#, x\nmsgid "{new}"\nmsgstr "{LAVESE}"\n\n'
        f'# asked\n#, x\n#~ msgid "{COOK}"\n#~ msgstr "{LAVESE}"\n'
    )
    assert f'# Translated as in a.po.\n#: content/en/b.md\nmsgid "{new}"\n' in found["b"]
    catalogs = {name: catalog_of(name, messages) for name, messages in old.items()}
    (edit,) = planned(catalogs, templates, guide).edits
    assert (edit.old.msgid, edit.new.msgid) == (COOK, new)


def test_what_was_fuzzy_stays_fuzzy_when_an_edit_means_the_same() -> None:
    fuzzy = Message(COOK, LAVESE, flags=("fuzzy",), previous_msgid="Wash before you cook.")
    found = update_of({"a": [fuzzy]}, {"a": [Message(EAT, references=("a.md",))]}, ["a.md"])
    assert found["a"].startswith(
        f'#: a.md\n#, fuzzy\n#| msgid "Wash before you cook."\nmsgid "{EAT}"\nmsgstr "{LAVESE}"\n'
    )


TEXTS = (
    *("wash", "Wash your hands before you cook.", "Wash your hands before you cook!"),
    *("Wash *your* hands before you cook.", "Wash _your_ hands before you cook."),
    *("Wash your  hands before you cook.\n", "Wash your hands before you cook.\n"),
    *("“Wash” *them*", '"Wash" _them_', "食べる前に手を洗う", "食べる前に手を洗う。"),
)
MSGID = st.sampled_from(TEXTS)
NAMES = ("a", "b", "c", "gone")


@st.composite
def message(draw: st.DrawFn) -> Message:
    msgstr = draw(st.sampled_from(["", "x", "y", "y", "z\n"]))
    fuzzy = bool(msgstr) and draw(st.booleans())
    return Message(
        draw(MSGID),
        msgstr,
        msgctxt=draw(st.sampled_from([None, None, None, "menu"])),
        comments=draw(st.sampled_from([(), (), ("one",), ("two", "")])),
        flags=("fuzzy",) if fuzzy else draw(st.sampled_from([(), ("no-wrap",)])),
        previous_msgid=draw(st.sampled_from([None, "old", *TEXTS])) if fuzzy else None,
        obsolete=draw(st.booleans()),
    )


CATALOGS = st.fixed_dictionaries(
    {name: st.lists(message(), max_size=4, unique_by=lambda item: item.key) for name in NAMES}
)
TEMPLATES = st.fixed_dictionaries(
    {
        name: st.lists(MSGID, max_size=4, unique=True).map(
            lambda texts: [Message(text, references=("a.md",)) for text in texts]
        )
        for name in NAMES[:-1]
    }
)


def read(texts: Texts) -> dict[str, Catalog]:
    return {name: catalog_of(name, messages) for name, messages in texts.items()}


@settings(max_examples=80, deadline=None)
@given(CATALOGS, TEMPLATES, st.sampled_from([(), ("a.md",)]))
def test_a_second_update_changes_nothing(
    old: Texts, templates: Texts, same_meaning: Sequence[str]
) -> None:
    once = updated(read(old), templates, same_meaning)
    twice = updated(once, templates)
    assert {name: item.text for name, item in twice.items()} == {
        name: item.text for name, item in once.items()
    }
    assert all(twice[name] is once[name] for name in once)
    for name, item in once.items():
        assert read_catalog(format_catalog_bytes(item), f"{name}.po") == item


@settings(max_examples=80, deadline=None)
@given(CATALOGS, TEMPLATES, st.sampled_from([(), ("a.md",)]), st.randoms(use_true_random=False))
def test_the_order_of_guides_and_of_messages_does_not_matter(
    old: Texts, templates: Texts, same_meaning: Sequence[str], random: Random
) -> None:
    names = list(templates)
    random.shuffle(names)
    other = {name: list(templates[name]) for name in names}
    for texts in other.values():
        random.shuffle(texts)
    first, second = (updated(read(old), texts, same_meaning) for texts in (templates, other))
    for name in first:
        found = [{m.key: replace(m, line=0) for m in c[name].messages} for c in (first, second)]
        assert found[0] == found[1]


@settings(max_examples=80, deadline=None)
@given(CATALOGS, TEMPLATES, TEMPLATES, st.sampled_from([(), ("a.md",)]))
def test_nothing_that_somebody_wrote_is_lost(
    old: Texts, first: Texts, second: Texts, same_meaning: Sequence[str]
) -> None:
    before = read(old)
    for templates in (first, second):
        after = updated(before, templates, same_meaning)
        for name in templates:
            for item in before[name].messages:
                if item.msgstr or any(item.comments):
                    assert any(holds(other, item) for other in after[name].messages)
            keys = [message.key for message in after[name].messages]
            assert len(set(keys)) == len(keys)
            live = [m.msgid for m in after[name].messages if not m.obsolete]
            assert live == [m.msgid for m in templates[name]]
        before = after


def holds(other: Message, item: Message) -> bool:
    """Whether an entry has all that was in another one, apart from newlines around it."""
    return (
        (not item.msgstr or item.msgstr.strip("\n") == other.msgstr.strip("\n"))
        and {*item.comments} <= {*other.comments}
        and {*item.flags} <= {*other.flags}
        and item.previous_msgid in (None, other.previous_msgid)
        and same(item.msgid, other.msgid)
    )


@settings(max_examples=80, deadline=None)
@given(CATALOGS, TEMPLATES, TEMPLATES)
def test_a_text_that_goes_and_returns_has_its_translation(
    old: Texts, templates: Texts, between: Texts
) -> None:
    start = updated(read(old), templates)
    gone = updated(start, between)
    back = updated(gone, templates)
    for name in templates:
        found = {m.msgid: m for m in back[name].messages if not m.obsolete}
        for item in start[name].messages:
            if not item.msgstr or item.obsolete:
                continue
            # Where a file has two spellings of a text, which translation was whose is lost.
            spelled = [
                [m for m in catalog[name].messages if m.msgstr and same(m.msgid, item.msgid)]
                for catalog in (start, gone)
            ]
            if all(len(messages) == 1 for messages in spelled):
                again = found[item.msgid]
                assert again.msgstr.strip("\n") == item.msgstr.strip("\n")
                assert (again.fuzzy, again.comments) == (item.fuzzy, item.comments)
