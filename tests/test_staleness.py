"""What changed in a guide, text by text, and how a report tells it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_changes import HOSTILE
from test_sections import GUIDE, PARTS, edited, source, written

from outreach.changes.words import Span, changed_words
from outreach.languages import find
from outreach.review.source import section_changes
from outreach.staleness import as_html, as_json, as_text
from outreach.staleness.compare import compare, keys_of
from outreach.staleness.records import (
    Comparison,
    GuideReport,
    Part,
    Reading,
    Report,
    TextChange,
    Translation,
    Uncompared,
)

ENGLISH, ARABIC = find("en"), find("ar")


def texts(now: str, before: str = GUIDE) -> list[tuple[str, str, str]]:
    """What happened to which text."""
    parts = compare(source(before), source(now))
    return [(it.kind, it.before, it.now) for part in parts for it in part.texts]


def only(now: str, before: str = GUIDE) -> TextChange:
    (part,) = compare(source(before), source(now))
    (text,) = part.texts
    return text


# Texts


def test_an_edited_text_is_told_with_its_words_its_kind_and_its_line() -> None:
    found = only(edited(("- Before you eat", "- Just before you eat")))
    assert (found.kind, found.block, found.line) == ("changed", "list item", 9)
    assert (found.before, found.now) == ("Before you eat", "Just before you eat")
    assert [span.text for span in found.now_parts if span.changed] == ["Just before"]
    assert (found.new_words, found.gone_words) == (2, 1)


def test_new_and_gone_texts_count_all_their_words() -> None:
    new = only(edited(("Call us.\n", "Call us.\n\nVaccines are free of charge here.\n")))
    assert (new.kind, new.before, new.new_words, new.gone_words) == ("new", "", 6, 0)
    gone = only(edited(("- After work\n", "")))
    assert (gone.kind, gone.now, gone.line, gone.gone_words) == ("removed", "", 0, 2)


def test_a_heading_is_told_with_the_one_it_was_though_no_word_is_the_same() -> None:
    found = compare(source(GUIDE), source(edited(("## Help", "## Where you find nurses"))))
    assert [(it.heading, it.former) for it in found] == [("Where you find nurses", "Help")]
    assert texts(edited(("## Help", "## Where you find nurses"))) == [
        ("changed", "Help", "Where you find nurses")
    ]


def test_a_target_of_a_link_is_told_and_has_no_words() -> None:
    found = only(edited(("https://a.example/rules", "https://b.example/")))
    assert (found.kind, found.domain, found.block) == ("changed", "links", "target of ‘rules’")
    assert (found.before, found.now) == ("https://a.example/rules", "https://b.example/")
    assert found.new_words == found.gone_words == 0


def test_what_is_not_translated_is_told_and_is_no_work() -> None:
    before = edited(("Call us.", "<!-- no-translate -->\nCall 555-0100 now."))
    found = only(before.replace("0100", "0199"), before)
    assert (found.domain, found.block) == ("fixed", "text that is not translated")
    assert (found.kind, found.new_words) == ("changed", 0)


def test_a_text_that_moved_to_another_section_is_no_new_words() -> None:
    moved = edited(("Use warm water and soap.\n\n", ""), ("Call us.", "Use warm water and soap."))
    assert texts(moved) == [
        ("removed", "Call us.", ""),
        ("moved", "Use warm water and soap.", "Use warm water and soap."),
    ]
    assert (
        sum(it.new_words for part in compare(source(GUIDE), source(moved)) for it in part.texts)
        == 0
    )


def test_a_text_that_moved_and_was_edited_is_found_in_the_other_section() -> None:
    now = edited(
        ("Use warm water and soap.\n\n", ""), ("Call us.", "Call us.\n\nUse hot water and soap.")
    )
    assert texts(now) == [("changed", "Use warm water and soap.", "Use hot water and soap.")]


def test_both_halves_of_a_text_that_was_split_are_told_with_the_whole() -> None:
    whole = "Wash your hands with soap before you eat. Then dry them on a clean towel."
    found = compare(source(whole), source(whole.replace(". T", ".\n\nT")))[0].texts
    assert [it.before for it in found] == [whole, whole]
    assert sum(it.gone_words for it in found) == 0


def test_the_same_change_in_several_sections_is_work_once() -> None:
    before = "## A\n\nCall us today.\n\n## B\n\nCall us today.\n"
    parts = compare(source(before), source(before.replace("today", "tomorrow")))
    assert [(it.again, it.new_words) for part in parts for it in part.texts] == [
        (False, 1),
        (True, 0),
    ]


def test_a_change_of_marks_alone_is_told_as_such() -> None:
    found = only(edited(("Call us.", "**Call** us.")))
    assert found.same_words
    assert found.new_words == 0


def test_texts_of_other_guides_are_known() -> None:
    now = source(edited(("Call us.", "Rest well.")))
    parts = compare(source(GUIDE), now, {("", "Rest well.")}, {("", "Call us.")})
    assert [(it.kind, it.now) for part in parts for it in part.texts] == [("moved", "Rest well.")]


def test_a_guide_alone_is_new_or_gone_as_a_whole() -> None:
    count = len(keys_of(source(GUIDE)))
    for parts, kind in (
        (compare(None, source(GUIDE)), "new"),
        (compare(source(GUIDE), None), "removed"),
    ):
        assert {it.kind for part in parts for it in part.texts} == {kind}
        assert sum(len(part.texts) for part in parts) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" — … ", 0),
        ("two words", 2),
        ("see https://a.example/b?c=d now", 3),
        ("don't, it’s 3%", 3),
        ("洗手", 2),
        ("ล้าง", 3),
        ("use 洗手 now", 4),
    ],
)
def test_how_many_words_a_text_has(text: str, count: int) -> None:
    assert changed_words([Span(text, changed=True), Span("more words")]) == count


# Laws


@given(PARTS, PARTS)
@example([("A", ["Yes."]), ("B", ["Yes."])], [("B", []), ("A", ["Yes.", "No."])])
@example([("A", ["Yes.", "No."])], [("A", ["Yes."]), ("B", ["No."])])
def test_each_text_that_came_or_went_is_told_once_and_nothing_else_is(
    before: list[tuple[str, list[str]]], now: list[tuple[str, list[str]]]
) -> None:
    old, new = written(before), written(now)
    assert compare(new, new) == ()
    parts = compare(old, new)
    assert len(parts) == len(section_changes(old, new))
    everything = [it for part in parts for it in part.texts]
    told = [it for it in everything if not it.again]
    came = [it.now for it in told if it.kind in ("new", "changed")]
    assert sorted(came) == sorted(msgid for _, msgid in keys_of(new) - keys_of(old))
    went = {it.before for it in everything if it.kind in ("removed", "changed")}
    assert went >= {msgid for _, msgid in keys_of(old) - keys_of(new)}
    removed = [it.before for it in told if it.kind == "removed"]
    assert len(set(removed)) == len(removed)
    for text in told:
        assert "".join(span.text for span in text.before_parts) == text.before
        assert "".join(span.text for span in text.now_parts) == text.now
        assert text.before != text.now or text.kind == "moved"
        assert (text.line > 0) == bool(text.now)


# Outputs


def hostile(text: str) -> Report:
    """A report with a text in every place where a stranger can put one."""
    spans = (Span(f"{text} vieja"), Span(text, changed=True))
    changes = tuple(
        TextChange(kind, text, domain, f"{text}1", f"{text}2", 3, spans, spans, 2, 1)
        for kind in ("changed", "new", "removed", "moved")
        for domain in ("", "links", "fixed")
    )
    part = Part("changed", moved=True, heading=text, former=f"{text}.", line=3, texts=changes)
    key = ("", f"{text}1"), ("", f"{text}2")
    reading = Reading(
        ARABIC,
        "outdated",
        "2026-01-02",
        text,
        text,
        before={key[0]: text},
        now={key[1]: Translation(text)},
    )
    many = (reading,) * 5
    comparisons = (
        Comparison("changed", text, "2026-01-01", (part, replace(part, texts=())), (reading,)),
        Comparison("changed", "", "", (part,), many),
        Comparison("new", "", "", (part,), many),
        Comparison("same", "", "", (), many),
    )
    guide = GuideReport(
        text,
        text,
        text,
        f"content/{text}.md",
        "2026-02-02",
        critical=True,
        comparisons=comparisons,
        uncompared=(Uncompared(ARABIC, text),),
    )
    quiet = replace(guide, comparisons=comparisons[3:])
    return Report(text, ENGLISH, "2026-11-25", (guide, quiet), text, "a" * 40)


@pytest.mark.parametrize("text", [*HOSTILE, "' onload='x", '" onload="x', "{{ 7*7 }}", "</style>"])
def test_no_text_of_a_stranger_takes_effect_in_a_page(text: str) -> None:
    _check_harmless(text)


@given(st.text(alphabet="<>&\"'`={}%#/!-\\\n\r \u2028\u202eab\x00", min_size=1))
def test_no_text_at_all_takes_effect_in_a_page(text: str) -> None:
    _check_harmless(text)


class Events(HTMLParser):
    """The tags of a page in their order, with all attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)

    def handle_comment(self, data: str) -> None:
        self.found.append((data,))


def _check_harmless(text: str) -> None:
    page = as_html(hostile(text))
    assert Events(page).found == Events(as_html(hostile("a"))).found
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", page)


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    page = as_html(hostile("https://evil.example/x.png"))
    assert "<script" not in page
    assert set(re.findall(r'(?:src|href)="([^"#]*)', page)) == {"", "data:,"}
    assert not re.search(r"url\(|@import", page)


def test_json_and_text_command_no_terminal() -> None:
    text = "\u202e\x9b31m\x1b[0m \u2028"
    for said in (as_json(hostile(text)), as_text(hostile(text))):
        # Lines of right-to-left text are isolated by us.
        assert all(char.isprintable() for char in re.sub("[\n\u2068\u2069]", "", said))
    data = json.loads(as_json(hostile(text)))
    assert data["guides"][0]["comparisons"][0]["sections"][0]["heading"] == text


def test_text_has_colours_only_where_asked_for() -> None:
    assert "\x1b" not in as_text(hostile("a"))
    assert "{+a+}" in as_text(hostile("a"))
    assert "\x1b[32ma\x1b[0m" in as_text(hostile("a"), colour=True)


def test_each_foreign_text_says_its_language_and_direction() -> None:
    page = as_html(hostile("x"))
    assert '<html lang="en" dir="ltr">' in page
    assert '<p class="words" lang="ar" dir="rtl">' in page
    assert "<del>x</del>" in page
    assert "<ins>x</ins>" in page
