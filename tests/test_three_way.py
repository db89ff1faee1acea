"""Two people's work on one catalog is put together, and nobody's is lost."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.catalog.format import format_catalog, format_message, header_message
from outreach.catalog.merge import merge as update
from outreach.catalog.po import Catalog, read_catalog
from outreach.catalog.three_way import Labels, Merged, merge_three
from outreach.model import Message, OutreachError

GOOD = sorted((Path(__file__).parent / "data" / "po" / "good").glob("*.po"))

FIELDS = {
    "Project-Id-Version": "guides",
    "PO-Revision-Date": "2026-01-01 10:00+0000",
    "Last-Translator": "",
    "Language-Team": "Spanish",
    "Language": "es",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
BASE = {"one": "uno", "two": "dos", "three": "tres", "four": ""}


def po(messages: Iterable[Message], fields: dict[str, str] | None = None) -> str:
    return format_catalog(header_message((FIELDS | (fields or {})).items()), messages)


def messages(texts: dict[str, str]) -> list[Message]:
    return [Message(msgid, msgstr, references=("a.md",)) for msgid, msgstr in texts.items()]


def catalog(text: str | bytes) -> Catalog:
    return read_catalog(text.encode() if isinstance(text, str) else text, "es.po")


def merged(base: str, ours: str, theirs: str, labels: Labels | None = None) -> Merged:
    return merge_three(catalog(base), catalog(ours), catalog(theirs), labels)


def clean(base: str, ours: str, theirs: str) -> str:
    """The result, which must have no conflict and be what msgfmt takes."""
    result = merged(base, ours, theirs)
    assert not result.conflicts
    text = result.data.decode()
    done = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", "-"],
        input=text,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + text
    return text


def entry(text: str, msgid: str) -> Message:
    return next(message for message in catalog(text).messages if message.msgid == msgid)


def changed(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


TEXT = po(messages(BASE))


# What each side may do without the other


def test_work_on_neighbours_is_no_conflict() -> None:
    ours = changed(TEXT, ('"dos"', '"DOS"'))
    theirs = changed(TEXT, ('"tres"', '"TRES"'))
    assert clean(TEXT, ours, theirs) == changed(ours, ('"tres"', '"TRES"'))


def test_the_same_work_on_both_sides_is_taken_once() -> None:
    both = changed(TEXT, ('msgid "four"\nmsgstr ""', 'msgid "four"\nmsgstr "cuatro"'))
    assert clean(TEXT, both, both) == both


def test_one_side_may_wrap_all_lines_anew_while_the_other_translates() -> None:
    wrapped = re.sub(r'msgstr "(\w)(\w+)"', r'msgstr ""\n"\1"\n"\2"', TEXT)
    edited = changed(TEXT, ('"dos"', '"DOS"'))
    assert clean(TEXT, wrapped, edited) == changed(wrapped, ('""\n"d"\n"os"', '"DOS"'))
    assert clean(TEXT, edited, wrapped) == edited


def test_line_ends_and_a_byte_order_mark_are_no_change() -> None:
    theirs = "\ufeff" + changed(TEXT, ('"dos"', '"DOS"')).replace("\n", "\r\n")
    assert clean(TEXT, TEXT, theirs) == changed(TEXT, ('"dos"', '"DOS"'))
    ours = TEXT.replace("\n", "\r\n")
    result = merged(TEXT, ours, changed(TEXT, ('"dos"', '"DOS"')))
    assert result.data.decode() == changed(ours, ('"dos"', '"DOS"'))
    marked = merged(TEXT, f"\ufeff{ours}", changed(TEXT, ('"dos"', '"DOS"')))
    assert marked.data.decode() == "\ufeff" + changed(ours, ('"dos"', '"DOS"'))


def test_another_encoding_on_one_side_is_no_change() -> None:
    latin = changed(TEXT, ("UTF-8", "ISO-8859-1"), ('"dos"', '"dós"')).encode("iso-8859-1")
    edited = changed(TEXT, ('"tres"', '"três"'))
    for ours, theirs in ((latin, edited.encode()), (edited.encode(), latin)):
        result = merge_three(catalog(TEXT), catalog(ours), catalog(theirs))
        assert not result.conflicts
        assert result.data.decode() == changed(edited, ('"dos"', '"dós"'))


def test_a_conflict_in_another_encoding_says_that_it_is_utf_8_now() -> None:
    latin = changed(TEXT, ("UTF-8", "ISO-8859-1"))
    ours = changed(latin, ('"dos"', '"dós"')).encode("iso-8859-1")
    theirs = changed(latin, ('"dos"', '"dôs"')).encode("iso-8859-1")
    result = merge_three(catalog(latin), catalog(ours), catalog(theirs))
    assert 'msgstr "dós"\n=======' in result.data.decode()
    assert "charset=UTF-8" in result.data.decode()


def test_line_numbers_of_references_are_no_change_of_a_message() -> None:
    base = re.sub("a.md", "a.md:1", TEXT)
    theirs = changed(base.replace("a.md:1", "a.md:7"), ('"dos"', '"DOS"'))
    ours = changed(base, ('"tres"', '"TRES"'))
    assert clean(base, ours, theirs) == changed(theirs, ('"tres"', '"TRES"'))


def test_comments_of_both_sides_are_kept() -> None:
    base = po([Message("one", "uno", comments=("old", "gone"))])
    ours = po([Message("one", "uno", comments=("ours", "old", "gone"))])
    theirs = po([Message("one", "uno", comments=("old", "theirs"))])
    assert entry(clean(base, ours, theirs), "one").comments == ("ours", "old", "theirs")


def test_a_comment_and_a_translation_of_one_message_are_no_conflict() -> None:
    base = po([Message("one", "", comments=("note",))])
    ours = po([Message("one", "", comments=("note", "Which word is on the signs?"))])
    theirs = po([Message("one", "uno", comments=("note",))])
    for first, second in ((ours, theirs), (theirs, ours)):
        result = entry(clean(base, first, second), "one")
        assert (result.msgstr, len(result.comments)) == ("uno", 2)


def test_flags_of_both_sides_are_kept() -> None:
    base = po([Message("one", "uno", flags=("no-wrap",))])
    ours = po([Message("one", "uno", flags=("no-wrap", "a-format"))])
    theirs = po([Message("one", "uno", flags=("b-format",))])
    assert set(entry(clean(base, ours, theirs), "one").flags) == {"a-format", "b-format"}


def test_a_comment_line_that_both_wrote_stands_there_as_often_as_either_wrote_it() -> None:
    base = po([Message("one", "uno")])
    ours = po([Message("one", "uno", comments=("a", "", "b", ""))])
    theirs = po([Message("one", "uno", comments=("", "c"))])
    assert entry(clean(base, ours, theirs), "one").comments == ("a", "", "b", "", "c")
    assert entry(clean(base, theirs, ours), "one").comments == ("", "c", "a", "b", "")


def test_comments_at_the_end_of_the_file_are_kept() -> None:
    ours, theirs = TEXT + "\n# ours\n", TEXT + "\n# theirs\n"
    text = clean(TEXT, ours, theirs)
    assert text.endswith("\n# ours\n# theirs\n")


# Conflicts


def test_two_translations_of_one_message_both_stand_in_the_file() -> None:
    ours = po(messages(BASE | {"two": "DOS"}), {"Last-Translator": "Ana Pérez <ana@example.org>"})
    theirs = po(messages(BASE | {"two": "Dos", "four": "cuatro"}), {"Last-Translator": "Bo"})
    result = merged(TEXT, ours, theirs, Labels("main", "feature"))
    text = result.data.decode()
    expected = (
        'msgstr "uno"\n\n<<<<<<< main (Ana Pérez)\n#: a.md\nmsgid "two"\nmsgstr "DOS"\n=======\n'
        '#: a.md\nmsgid "two"\nmsgstr "Dos"\n>>>>>>> feature (Bo)\n\n#: a.md\nmsgid "three"\n'
    )
    assert expected in text
    assert 'msgstr "cuatro"' in text
    [conflict] = result.conflicts
    assert text.split("\n")[conflict.line - 1].startswith("<<<<<<<")
    with pytest.raises(OutreachError, match=rf"es.po:{conflict.line}: .* merge conflict is left"):
        catalog(text)


def test_a_conflict_is_mended_by_choosing_either_side() -> None:
    ours = changed(TEXT, ('"dos"', '"DOS"'), ('"uno"', '"UNO"'))
    theirs = changed(TEXT, ('"dos"', '"Dos"'), ('"tres"', '"TRES"'))
    text = merged(TEXT, ours, theirs).data.decode()
    block = re.compile(r"<{7} [^\n]*\n(.*?)={7}\n(.*?)>{7} [^\n]*\n", re.DOTALL)
    assert block.sub(r"\1", text) == changed(ours, ('"tres"', '"TRES"'))
    assert block.sub(r"\2", text) == changed(theirs, ('"uno"', '"UNO"'))


def test_both_versions_in_a_conflict_have_the_comments_of_both() -> None:
    ours = po([Message("one", "uno a", comments=("ours",))])
    theirs = po([Message("one", "uno b", comments=("theirs",))])
    text = merged(po([Message("one", "uno")]), ours, theirs).data.decode()
    assert text.count("# ours\n# theirs\nmsgid") == 2


def test_marks_are_as_long_as_git_asks() -> None:
    result = merged(
        TEXT,
        changed(TEXT, ("uno", "a")),
        changed(TEXT, ("uno", "b")),
        Labels("x\n<<<<<<<\x1b", "y", 12),
    )
    text = result.data.decode()
    assert re.findall(r"^[<=>]{7}.*$", text, re.MULTILINE) == [
        "<<<<<<<<<<<< x <<<<<<<\ufffd",
        "============",
        ">>>>>>>>>>>> y",
    ]


def test_a_conflict_in_a_message_with_plurals() -> None:
    plural = {"Plural-Forms": "nplurals=2; plural=(n != 1);"}
    base = po([Message("a", msgid_plural="b", msgstr_plural=("", ""))], plural)
    ours = changed(base, ('[0] ""', '[0] "x"'))
    theirs = changed(base, ('[0] ""', '[0] "y"'), ('[1] ""', '[1] "z"'))
    result = merged(base, ours, theirs)
    assert [c.theirs.msgstr_plural for c in result.conflicts] == [("y", "z")]
    assert clean(base, base, theirs) == theirs


def test_a_file_that_both_sides_added() -> None:
    ours = po(messages({"one": "uno", "two": "", "three": "x"}))
    theirs = po(messages({"one": "uno", "two": "dos", "three": "y", "four": "z"}))
    result = merge_three(Catalog("base"), catalog(ours), catalog(theirs))
    assert [conflict.ours.msgid for conflict in result.conflicts] == ["three"]
    text = result.data.decode()
    assert text.count('msgstr "uno"') == text.count('msgstr "dos"') == text.count('"z"') == 1


def test_a_translation_that_one_side_took_away_and_the_other_changed_is_kept() -> None:
    emptied = changed(TEXT, ('"dos"', '""'))
    edited = changed(TEXT, ('"dos"', '"DOS"'))
    assert clean(TEXT, emptied, edited) == clean(TEXT, edited, emptied) == edited


# Fuzzy


FUZZY = po([Message("one", "uno", flags=("fuzzy",), previous_msgid="won")])
REVIEWED = po([Message("one", "uno")])


def test_a_review_is_taken() -> None:
    assert clean(FUZZY, REVIEWED, FUZZY) == clean(FUZZY, FUZZY, REVIEWED) == REVIEWED


def test_a_review_of_the_old_text_does_not_count_for_the_new_one() -> None:
    edited = changed(FUZZY, ('"uno"', '"UNO"'))
    for ours, theirs in ((REVIEWED, edited), (edited, REVIEWED)):
        assert clean(FUZZY, ours, theirs) == edited


def test_a_doubt_is_not_lost_with_a_new_text() -> None:
    doubted = po([Message("one", "uno", flags=("fuzzy",))])
    edited = po([Message("one", "UNO")])
    for ours, theirs in ((doubted, edited), (edited, doubted)):
        result = entry(clean(REVIEWED, ours, theirs), "one")
        assert (result.msgstr, result.fuzzy) == ("UNO", True)


def test_a_text_that_both_added_is_fuzzy_if_one_side_doubts_it() -> None:
    base = po([Message("one", "")])
    fuzzy = po([Message("one", "uno", flags=("fuzzy",))])
    for ours, theirs in ((fuzzy, REVIEWED), (REVIEWED, fuzzy)):
        assert entry(clean(base, ours, theirs), "one").fuzzy


@pytest.mark.parametrize("flags", [(), ("fuzzy",)])
def test_of_two_doubts_the_same_is_kept_whichever_side_has_it(flags: tuple[str, ...]) -> None:
    base = po([Message("one", "uno", flags=("fuzzy",))])
    ours = po([Message("one", "", flags=flags, previous_msgid="won")])
    theirs = po([Message("one", "", flags=flags, previous_msgid="on")])
    for first, second in ((ours, theirs), (theirs, ours)):
        assert entry(clean(base, first, second), "one").previous_msgid == "won"


def test_of_two_plurals_without_translations_the_same_is_kept_whichever_side_has_it() -> None:
    plural = {"Plural-Forms": "nplurals=2; plural=(n != 1);"}
    ours, theirs = (
        po([Message("a", msgid_plural=text, msgstr_plural=("", ""))], plural) for text in "bc"
    )
    base = po([Message("a")], plural)
    for first, second in ((ours, theirs), (theirs, ours)):
        assert entry(clean(base, first, second), "a").msgid_plural == "c"


# Updates on one side or both


def updated(text: str, *msgids: str) -> str:
    template = [Message(msgid, references=("a.md",)) for msgid in msgids]
    return update(catalog(text), template).text


OLD = "Wash your hands often and well."
NEW = "Wash your hands often, and well."
OTHER = "Stay at home when you are ill."
GUIDE = po(messages({OLD: "Lávese las manos.", OTHER: "Quédese en casa."}))


def test_work_on_the_old_text_is_carried_to_the_new_one() -> None:
    ours = updated(GUIDE, NEW, OTHER)
    theirs = changed(GUIDE, ("Lávese las manos.", "Lávese bien las manos."))
    for first, second in ((ours, theirs), (theirs, ours)):
        text = clean(GUIDE, first, second)
        assert text == changed(ours, ("Lávese las manos.", "Lávese bien las manos."))


def test_work_on_the_old_text_is_carried_over_once_it_is_translated() -> None:
    base = po(messages({OLD: "", OTHER: ""}))
    ours = updated(base, NEW, OTHER)
    theirs = changed(base, (f'"{OLD}"\nmsgstr ""', f'"{OLD}"\nmsgstr "Lávese."'))
    for first, second in ((ours, theirs), (theirs, ours)):
        result = entry(clean(base, first, second), NEW)
        assert (result.msgstr, result.fuzzy, result.previous_msgid) == ("Lávese.", True, OLD)


def test_work_on_the_old_text_is_kept_beside_a_review_of_the_new_one() -> None:
    carried = f'msgid "{NEW}"\nmsgstr "Lávese las manos."'
    reviewed = (carried, carried.replace("las manos", "las dos manos"))
    ours = changed(updated(GUIDE, NEW, OTHER), ("#, fuzzy\n", ""), reviewed)
    theirs = changed(GUIDE, ("Lávese las manos.", "Lávese bien."))
    for first, second in ((ours, theirs), (theirs, ours)):
        text = clean(GUIDE, first, second)
        assert entry(text, NEW).msgstr == "Lávese las dos manos."
        assert (entry(text, OLD).msgstr, entry(text, OLD).obsolete) == ("Lávese bien.", True)


def test_both_sides_carried_the_same_text_over_and_one_worked_before() -> None:
    ours = updated(GUIDE, NEW, OTHER)
    theirs = updated(changed(GUIDE, ("Lávese las manos.", "Lávese bien.")), NEW, OTHER)
    for first, second in ((ours, theirs), (theirs, ours)):
        assert clean(GUIDE, first, second) == theirs


def test_a_text_edited_twice_carries_the_work_on_the_first() -> None:
    twice = "Wash your hands often, and very well."
    base = updated(GUIDE, NEW, OTHER)
    ours = updated(base, twice, OTHER)
    theirs = changed(base, ("Lávese las manos.", "Lávese bien."))
    result = entry(clean(base, ours, theirs), twice)
    assert (result.msgstr, result.fuzzy, result.previous_msgid) == ("Lávese bien.", True, OLD)


def test_a_review_of_a_text_that_was_edited_again_counts_for_the_text_reviewed() -> None:
    twice = "Wash your hands often, and very well."
    base = updated(GUIDE, NEW, OTHER)
    ours = updated(base, twice, OTHER)
    theirs = changed(
        base, (f'#, fuzzy\n#| msgid "{OLD}"\n', ""), ("Lávese las manos.", "Lávese bien.")
    )
    result = entry(clean(base, ours, theirs), twice)
    assert (result.msgstr, result.fuzzy, result.previous_msgid) == ("Lávese bien.", True, NEW)


def test_a_text_that_is_gone_on_one_side_keeps_the_work_of_the_other() -> None:
    ours = updated(GUIDE, OTHER)
    theirs = changed(GUIDE, ("Lávese las manos.", "Lávese bien."))
    for first, second in ((ours, theirs), (theirs, ours)):
        result = entry(clean(GUIDE, first, second), OLD)
        assert (result.msgstr, result.obsolete) == ("Lávese bien.", True)


def test_a_text_that_was_dropped_untranslated_is_kept_obsolete_with_new_work() -> None:
    base = po(messages({OLD: "", OTHER: ""}))
    ours = updated(base, OTHER)
    assert OLD not in ours
    theirs = changed(base, (f'"{OLD}"\nmsgstr ""', f'"{OLD}"\nmsgstr "Lávese."'))
    for first, second in ((ours, theirs), (theirs, ours)):
        text = clean(base, first, second)
        assert (entry(text, OLD).msgstr, entry(text, OLD).obsolete) == ("Lávese.", True)
        assert entry(updated(text, OLD, OTHER), OLD).translated


def test_a_text_that_came_back_on_one_side_is_live_with_the_work_of_the_other() -> None:
    base = updated(GUIDE, OTHER)
    ours = updated(base, OLD, OTHER)
    theirs = changed(base, ("Lávese las manos.", "Lávese bien."))
    for first, second in ((ours, theirs), (theirs, ours)):
        result = entry(clean(base, first, second), OLD)
        assert (result.msgstr, result.obsolete) == ("Lávese bien.", False)
    pruned = changed(base, (base[base.index("\n#~") :], ""))
    assert entry(clean(base, pruned, ours), OLD).translated


def test_both_guides_grew_in_different_places() -> None:
    ours = updated(TEXT, "zero", "one", "two", "ours", "three", "four")
    theirs = updated(TEXT, "one", "two", "three", "theirs", "four", "five")
    both = catalog(clean(TEXT, ours, theirs))
    order = ["zero", "one", "two", "ours", "three", "theirs", "four", "five"]
    assert [message.msgid for message in both.messages] == order
    assert len(both.entries) == both.text.count("\n\n") + 1


def test_the_order_is_of_the_side_that_moved_things() -> None:
    moved = updated(TEXT, "three", "one", "two", "four")
    edited = changed(TEXT, ('"dos"', '"DOS"'))
    expected = changed(moved, ('"dos"', '"DOS"'))
    assert clean(TEXT, moved, edited) == clean(TEXT, edited, moved) == expected


def test_two_different_updates_leave_nothing_to_update_but_the_order() -> None:
    ours = updated(GUIDE, "Before.", NEW, OTHER)
    theirs = updated(GUIDE, OLD, "After.")
    text = clean(GUIDE, ours, theirs)
    assert entry(text, OTHER).obsolete
    result = updated(text, "Before.", NEW, "After.")
    assert sorted(message.msgid for message in catalog(result).messages) == sorted(
        message.msgid for message in catalog(text).messages
    )


def test_extracted_comments_come_from_the_side_that_changed_them() -> None:
    base = po([Message("one", "uno", extracted=("paragraph",))])
    ours = po([Message("one", "UNO", extracted=("paragraph",))])
    theirs = po([Message("one", "uno", extracted=("heading", "Note: short."))])
    for first, second in ((ours, theirs), (theirs, ours)):
        result = entry(clean(base, first, second), "one")
        assert (result.msgstr, result.extracted) == ("UNO", ("heading", "Note: short."))


def carried(new: str, old: str, msgstr: str) -> Message:
    return Message(new, msgstr, flags=("fuzzy",), previous_msgid=old, references=("a.md",))


def test_a_text_that_both_carried_over_is_live_whichever_side_has_it_obsolete() -> None:
    base = po([Message("one")])
    live = carried("two", "one", "uno")
    ours, theirs = po([live]), po([replace(live, obsolete=True, references=())])
    for first, second in ((ours, theirs), (theirs, ours)):
        assert clean(base, first, second) == ours


def test_what_both_carried_over_has_the_references_of_the_newer_template() -> None:
    base = po(messages({"one": "uno"}))
    new = carried("two", "one", "uno")
    sides = [
        po(
            [replace(new, references=(f"{day}.md",))],
            {"POT-Creation-Date": f"2026-01-0{day} 10:00+0000"},
        )
        for day in (1, 2)
    ]
    for first, second in (sides, reversed(sides)):
        assert entry(clean(base, first, second), "two").references == ("2.md",)


def test_a_text_that_both_carried_over_from_different_ones_is_a_conflict() -> None:
    base = po(messages({"one": "uno", "two": "dos"}))
    ours = po([carried("three", "one", "uno"), *messages({"two": "dos"})])
    theirs = po([*messages({"one": "uno"}), carried("three", "two", "dos")])
    for first, second in ((ours, theirs), (theirs, ours)):
        [conflict] = merged(base, first, second).conflicts
        assert {conflict.ours.msgstr, conflict.theirs.msgstr} == {"uno", "dos"}


def test_a_text_that_both_carried_over_to_new_ones_of_their_own_goes_to_both() -> None:
    base = po(messages({"one": "uno"}))
    left = Message("one", "uno", obsolete=True)
    ours = po([carried("two", "one", "uno"), replace(left, msgstr="UNO")])
    theirs = po([carried("three", "one", "uno"), left])
    for first, second in ((ours, theirs), (theirs, ours)):
        text = clean(base, first, second)
        assert {m.msgid: m.msgstr for m in catalog(text).messages} == {
            "two": "uno",
            "three": "UNO",
            "one": "UNO",
        }


def test_two_old_texts_never_go_to_one_new_message() -> None:
    base = po(messages({"one": "", OLD: ""}))
    ours = changed(po([carried(NEW, "one", "")]), ("#| msgid", "#, fuzzy\n#| msgid"))
    theirs = po(messages({"one": "uno", OLD: "Lávese."}))
    for first, second in ((ours, theirs), (theirs, ours)):
        text = clean(base, first, second)
        assert {m.msgstr for m in catalog(text).messages} == {"uno", "Lávese."}


# Headers


def header(text: str) -> dict[str, str]:
    return dict(catalog(text).header)


def test_the_later_date_has_its_translator() -> None:
    early = po([], {"PO-Revision-Date": "2026-03-01 23:00-0500", "Last-Translator": "Ana <a@b>"})
    late = po([], {"PO-Revision-Date": "2026-03-02 05:00+0000", "Last-Translator": "Bo <b@c>"})
    for first, second in ((early, late), (late, early)):
        fields = header(clean(po([]), first, second))
        assert fields["PO-Revision-Date"] == "2026-03-02 05:00+0000"
        assert fields["Last-Translator"] == "Bo <b@c>"
    same_person = po([], {"PO-Revision-Date": "2026-03-05 05:00+0000"})
    fields = header(clean(po([]), late, same_person))
    assert (fields["PO-Revision-Date"][:10], fields["Last-Translator"]) == ("2026-03-05", "")


def test_fields_that_either_side_added_are_kept() -> None:
    ours, theirs = (
        po([], {"X-Generator": "Poedit 3"}),
        po([], {"Plural-Forms": "nplurals=1; plural=0;"}),
    )
    assert header(clean(po([]), ours, theirs)) == header(ours) | header(theirs)


def test_fields_that_both_changed_are_never_a_conflict_but_told() -> None:
    ours = po([], {"X-Generator": "Poedit 3", "Language-Team": "a"})
    theirs = po(
        [],
        {
            "X-Generator": "Weblate",
            "Language-Team": "b",
            "PO-Revision-Date": "2026-03-01 10:00+0000",
        },
    )
    for first, second in ((ours, theirs), (theirs, ours)):
        result = merged(po([]), first, second)
        assert header(result.data.decode()) == header(theirs)
        [note] = result.notes
        assert "both sides changed Language-Team" in note


def test_a_machine_draft_stays_one_while_the_other_side_still_drafts() -> None:
    method = {"X-Translation-Method": "machine draft"}
    base = po(messages(BASE), method)
    reviewed = po(messages(BASE))
    drafted = po(messages(BASE | {"four": "cuatro"}), method)
    assert header(clean(base, reviewed, base)) == header(reviewed)
    for first, second in ((reviewed, drafted), (drafted, reviewed)):
        result = merged(base, first, second)
        assert header(result.data.decode())["X-Translation-Method"] == "machine draft"
        assert "it stays" in " ".join(result.notes)


def test_comments_of_the_header_are_put_together() -> None:
    ours, theirs = "# Ana, 2026\n" + TEXT, "# Bo, 2026\n" + TEXT
    assert catalog(clean(TEXT, ours, theirs)).header_comments == ("Ana, 2026", "Bo, 2026")


def test_a_header_that_one_side_has_is_kept() -> None:
    bare = TEXT[TEXT.index("\n\n") + 2 :]
    edited = changed(TEXT, ("Spanish", "Spanisch"))
    for base, side in ((bare, TEXT), (TEXT, edited)):
        assert merged(base, bare, side).data.decode() == side
        assert merged(base, side, bare).data.decode() == side


def test_a_message_with_the_plurals_of_another_rule_is_told() -> None:
    def plural(count: int, *texts: str) -> str:
        rule = {"Plural-Forms": f"nplurals={count}; plural=0;"}
        return po([Message("a", msgid_plural="b", msgstr_plural=texts)], rule)

    base = plural(2, "", "")
    theirs = base.replace("nplurals=2", "nplurals=3")
    result = merged(base, plural(2, "x", "y"), theirs)
    assert result.notes == (
        "the header asks for 3 plural forms now, and the message “a” has 2; write what is missing",
    )


def test_a_text_carried_over_and_then_translated_is_no_conflict_with_another_guess() -> None:
    ours = changed(updated(GUIDE, OLD, OTHER, "New."), ('"New."\nmsgstr ""', '"New."\nmsgstr "N."'))
    guess = Message("New.", "Quédese en casa.", flags=("fuzzy",), previous_msgid=OTHER)
    theirs = GUIDE + "\n" + format_message(guess)
    for first, second in ((ours, theirs), (theirs, ours)):
        assert entry(clean(GUIDE, first, second), "New.").translated


# Laws


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_what_nobody_changed_keeps_every_byte(path: Path) -> None:
    data = path.read_bytes()
    same = read_catalog(data, path.name)
    assert merge_three(same, same, same).data == data


@pytest.mark.parametrize(("path", "other"), list(pairwise([*GOOD, *GOOD[:2]])))
def test_any_two_catalogs_can_be_put_together(path: Path, other: Path) -> None:
    base = read_catalog(path.read_bytes(), "base")
    side = read_catalog(other.read_bytes(), "side")
    assert merge_three(base, side, base).data == other.read_bytes()
    assert said(merge_three(base, base, side)) == said_by(side)
    assert merge_three(base, side, side).data == other.read_bytes()


def said_by(side: Catalog) -> dict[tuple[str | None, str], object]:
    """What a catalog says, without what is written otherwise where it goes into another file."""
    found: dict[tuple[str | None, str], object] = {}
    for item in side.entries:
        message = replace(item.message, line=0, references=())
        if message.key == (None, ""):
            text = re.sub("charset=[^\n]*", "", message.msgstr)
            message = replace(message, msgstr=text)
        found[message.key] = message
    return found


def said(result: Merged) -> dict[tuple[str | None, str], object]:
    assert not result.conflicts
    return said_by(catalog(result.data))


WORDS = ("one", "two", "three", "four", "a longer text here", "a longer text there")
TEXTS = st.sampled_from(["", "uno", "dos\ntres"]) | st.text('aé"\\\r\n', max_size=3)
LINES = st.lists(st.sampled_from(["", "note", "who?", "x\\"]), max_size=3).map(tuple)
FLAGS = st.sets(st.sampled_from(["fuzzy", "no-wrap", "c-format"])).map(lambda s: tuple(sorted(s)))
PREVIOUS = st.sampled_from([None, *WORDS])


def message_of(msgid: str) -> st.SearchStrategy[Message]:
    return st.builds(
        Message,
        st.just(msgid),
        TEXTS,
        comments=LINES,
        extracted=LINES,
        references=st.sampled_from([(), ("a.md",), ("a.md b.md",)]),
        flags=FLAGS,
        previous_msgid=PREVIOUS,
        obsolete=st.booleans(),
    )


@st.composite
def catalogs(draw: st.DrawFn) -> str:
    """Any catalog of a few messages in any order, with either line end."""
    msgids = draw(st.lists(st.sampled_from(WORDS), unique=True))
    found = [draw(message_of(msgid)) for msgid in msgids]
    date = draw(st.sampled_from(["2026-01-01 10:00+0000", "2026-02-01 10:00+0200", "never"]))
    text = po(found, {"PO-Revision-Date": date, "Last-Translator": draw(TEXTS).strip()[:1]})
    return draw(st.sampled_from([text, text.replace("\n", "\r\n"), text + "\n# end\n"]))


@given(catalogs(), catalogs())
def test_a_side_that_did_nothing_changes_nothing(base: str, side: str) -> None:
    assert merged(base, side, base).data.decode() == side
    assert merged(base, side, side).data.decode() == side
    result = catalog(merged(base, base, side).data)
    assert said_by(result) == said_by(catalog(side))
    lines = {line.strip() for text in (base, side) for line in text.split("\n")}
    assert {line.strip() for line in result.text.split("\n")} <= lines


def msgstrs(text: str) -> dict[str, str]:
    return {message.msgid: message.msgstr for message in catalog(text).messages if message.msgstr}


def resolutions(result: Merged) -> list[str]:
    """The file as it is when each conflict is mended by our version, and by theirs."""
    text = result.data.decode()
    block = re.compile(
        r"^<{7} [^\n]*\n(.*?)^={7}\r?\n(.*?)^>{7} [^\n]*\n", re.DOTALL | re.MULTILINE
    )
    assert len(block.findall(text)) == len(result.conflicts)
    return [block.sub(r"\1", text), block.sub(r"\2", text)]


@given(catalogs(), catalogs(), catalogs())
def test_no_translation_of_either_side_is_lost(base: str, ours: str, theirs: str) -> None:
    result = merged(base, ours, theirs)
    kept = {text for mended in resolutions(result) for text in msgstrs(mended).values()}
    old = set(msgstrs(base).values())
    for side in (ours, theirs):
        assert set(msgstrs(side).values()) - old <= kept


@given(catalogs(), catalogs(), catalogs())
def test_the_sides_may_be_swapped(base: str, ours: str, theirs: str) -> None:
    one, two = merged(base, ours, theirs), merged(base, theirs, ours)
    assert len(one.conflicts) == len(two.conflicts)
    for mended, other in zip(resolutions(one), reversed(resolutions(two)), strict=True):
        assert meanings(mended) == meanings(other)


def meanings(text: str) -> set[object]:
    return {
        (
            *(m.key, m.msgstr, m.obsolete, m.previous_msgid),
            *(frozenset(m.flags), tuple(sorted(m.comments))),
        )
        for m in catalog(text).messages
    }


Edit = Callable[[Message], Message]
EDITS: Sequence[Edit] = (
    lambda m: replace(m, msgstr=m.msgstr + "!"),
    lambda m: replace(m, flags=("fuzzy",), msgstr="x"),
    lambda m: replace(m, comments=(*m.comments, "new")),
    lambda m: replace(m, obsolete=not m.obsolete),
)


@given(
    st.lists(st.sampled_from(WORDS), unique=True, min_size=1).flatmap(
        lambda msgids: st.tuples(*(message_of(msgid) for msgid in msgids))
    ),
    st.data(),
)
def test_work_on_different_messages_never_conflicts(
    found: tuple[Message, ...], data: st.DataObject
) -> None:
    sides: list[list[Message]] = [[], []]
    both = []
    for message in found:
        side = data.draw(st.sampled_from([0, 1]))
        edited = data.draw(st.sampled_from(EDITS))(message)
        sides[side].append(edited)
        sides[1 - side].append(message)
        both.append(edited)
    result = merged(po(found), po(sides[0]), po(sides[1]))
    assert said(result) == said_by(catalog(po(both)))
