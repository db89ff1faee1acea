"""The sections of a guide, and which of them are not what they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.guides import parse_guide
from outreach.markup.extract import extract
from outreach.markup.sections import FIXED, Section
from outreach.project import LINKS, Source
from outreach.review.source import changed_sections, section_changes, woven

GUIDE = """\
---
title: Clean hands
summary: Wash them.
---
Wash your hands often.

## When

- Before you eat
- After work

See [the rules][rules].

## How

Use warm water and soap.

### Drying

Dry them with a towel.

## Help

Call us.

[rules]: https://a.example/rules
"""


def source(text: str, *leave_out: str) -> Source:
    guide = parse_guide(text, "hands", "content/en/hands.md")
    return Source(guide, extract(guide, leave_out=leave_out))


def sections(text: str, *leave_out: str) -> tuple[Section, ...]:
    return source(text, *leave_out).extracted.sections


def edited(*edits: tuple[str, str], text: str = GUIDE) -> str:
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def changed(now: str, before: str = GUIDE) -> list[tuple[str, str]]:
    """What happened to which section."""
    found = section_changes(source(before), source(now))
    return [(item.kind, item.heading) for item in found]


# What belongs to a section


def test_a_section_has_its_heading_its_texts_and_its_place() -> None:
    found = sections(GUIDE)
    assert [(it.heading, it.above, it.line) for it in found] == [
        ("", (), 1),
        ("When", (), 7),
        ("How", (), 14),
        ("Drying", ("How",), 18),
        ("Help", (), 22),
    ]
    assert found[0].texts == (
        ("", "Clean hands"),
        ("", "Wash them."),
        ("", "Wash your hands often."),
    )


def test_a_link_belongs_to_the_section_that_uses_it_first() -> None:
    assert (LINKS, "https://a.example/rules") in sections(GUIDE)[1].texts
    unused = edited(("See [the rules][rules].", "See the rules."))
    assert (LINKS, "https://a.example/rules") in sections(unused)[-1].texts


def test_what_is_not_translated_is_part_of_a_section_and_of_no_catalog() -> None:
    text = "Hi.\n\n```sh\nls\n```\n\n<!-- no-translate -->\nStay\nhome.\n\n![](a.png)\n"
    (found,) = sections(text)
    fixed = [(it.kind, it.msgid) for it in found.segments if it.domain == FIXED]
    assert fixed == [
        ("code", "ls"),
        ("text that is not translated", "Stay home."),
        ("picture", "![](a.png)"),
    ]
    assert [it.msgid for it in source(text).extracted.segments] == ["Hi."]


def test_parts_that_are_left_out_are_in_no_section() -> None:
    text = "Hi.\n\n::: module voting\n## Vote\n\nVote.\n:::\n"
    assert [it.heading for it in sections(text)] == ["", "Vote"]
    (found,) = sections(text, "voting")
    assert found.texts == (("", "Hi."),)


def test_each_kind_of_text_stands_in_a_section() -> None:
    text = (
        "> [!NOTE]\n> Callout\n\n::: card Title\nCard\n:::\n\n| Head |\n|--|\n| Cell |\n\n"
        "Term\n: Meaning [^a]\n\n[^a]: Note\n\n- [ ] Task\n\n> Quote\n\n<div>\nRaw <b>HTML</b>\n"
        '</div>\n\n[x]\n\n[x]: https://a.example "Tip"\n'
    )
    found = source(text)
    told = {(it.domain, it.msgid) for part in found.extracted.sections for it in part.segments}
    assert {(it.domain, it.msgid) for it in found.extracted.segments} == told


# Which ones changed


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("Use warm", "Use hot"), [("changed", "How")]),
        (("summary: Wash them.", "summary: Wash both."), [("changed", "")]),
        (("## How", "## How to do it"), [("changed", "How to do it")]),
        (("rules\n", "others\n"), [("changed", "When")]),
        (("- Before you eat\n- After", "1. Before you eat\n2. After"), [("changed", "When")]),
        (("- After work\n", ""), [("changed", "When")]),
        (("### Drying", "## Drying"), [("changed", "Drying")]),
        (("Call us.\n", "Call us.\n\n![](a.png)\n"), [("changed", "Help")]),
        (("Call us.\n", "Call us.\n\n## New\n\nText.\n"), [("new", "New")]),
        (("### Drying\n\nDry them with a towel.\n\n", ""), [("removed", "Drying")]),
        (("Use warm water and", "Use warm\nwater and"), []),
        (("Use warm", "<!-- note: Not hot. -->\n\nUse warm"), []),
        (("- Before you eat\n- After", "* Before you eat\n* After"), []),
        (("title: Clean hands\n", "title: Clean hands\nid: HE-G9\n"), []),
    ],
)  # fmt: skip
def test_what_happened_to_a_section(edit: tuple[str, str], expected: list[tuple[str, str]]) -> None:
    assert changed(edited(edit)) == expected


def test_a_section_that_is_gone_stands_where_it_stood() -> None:
    now = edited(("## When", "## At what time"), ("### Drying\n\nDry them with a towel.\n\n", ""))
    now = edited(("Call us.", "Call now."), text=now)
    assert changed(now) == [("changed", "At what time"), ("removed", "Drying"), ("changed", "Help")]
    assert changed_sections(source(GUIDE), source(now)) == ("At what time", "Drying", "Help")


def test_one_section_that_moved_is_the_one_that_is_told() -> None:
    start, when, rest = GUIDE.partition("## When")[0], *_halves(GUIDE)
    assert changed(start + rest + "\n" + when) == [("moved", "When")]


def _halves(text: str) -> tuple[str, str]:
    body = text[text.index("## When") :]
    cut = body.index("## How")
    return body[:cut], body[cut:]


def test_a_section_that_moved_and_changed_is_told_once() -> None:
    start, (when, rest) = GUIDE.partition("## When")[0], _halves(GUIDE)
    found = section_changes(
        source(GUIDE), source(f"{start}{rest}\n{edited(('After', 'At'), text=when)}")
    )
    assert [(it.kind, it.heading, it.moved) for it in found] == [("changed", "When", True)]


def test_sections_with_the_same_heading_are_told_apart() -> None:
    before = "## A\n\n### Note\n\nOne.\n\n## B\n\n### Note\n\nTwo.\n\n### Note\n\nThree.\n"
    assert changed(edited(("Two.", "2."), text=before), before) == [("changed", "Note")]
    found = section_changes(
        source(before), source(edited(("### Note\n\nTwo.\n\n", ""), text=before))
    )
    assert [(it.kind, it.old and it.old.texts[-1]) for it in found] == [("removed", ("", "Two."))]


def test_a_section_with_another_heading_is_known_by_its_texts() -> None:
    assert changed(edited(("## Help", "## Where to find us"))) == [("changed", "Where to find us")]
    now = edited(("## How", "## Water"), ("Use warm water and soap.", "Use warm water and a soap."))
    found = section_changes(source(GUIDE), source(now))
    assert [(it.old and it.old.heading, it.heading) for it in found] == [("How", "Water")]


def test_a_section_whose_every_word_is_another_is_a_new_one() -> None:
    now = edited(("## Help\n\nCall us.", "## Laws\n\nVaccines are required."))
    assert changed(now) == [("removed", "Help"), ("new", "Laws")]


TEXTS = st.lists(st.sampled_from(["Yes.", "No.", "Call us today.", "Wash your hands."]), max_size=3)
PARTS = st.lists(st.tuples(st.sampled_from(["A", "B", "Help", "Help"]), TEXTS), max_size=5)


def written(parts: list[tuple[str, list[str]]]) -> Source:
    return source("\n\n".join(text for name, texts in parts for text in (f"## {name}", *texts)))


@given(PARTS, PARTS)
def test_each_section_is_told_once_or_is_the_same(
    before: list[tuple[str, list[str]]], now: list[tuple[str, list[str]]]
) -> None:
    old, new = written(before), written(now)
    found = section_changes(old, new)
    assert section_changes(new, new) == ()
    olds = [id(it.old) for it in found if it.old]
    news = [id(it.new) for it in found if it.new]
    assert len(set(olds)) == len(olds)
    assert len(set(news)) == len(news)
    same_old = [it.texts for it in old.extracted.sections[1:] if id(it) not in olds]
    same_new = [it.texts for it in new.extracted.sections[1:] if id(it) not in news]
    assert same_old == same_new
    order = [it.new.line for it in found if it.new]
    assert order == sorted(order)


@given(st.integers(0, 6), st.integers(0, 6), st.data())
def test_what_is_woven_has_each_item_once(new: int, old: int, data: st.DataObject) -> None:
    places = data.draw(st.permutations(range(old)))
    pairs = dict(zip(data.draw(st.permutations(range(new))), places, strict=False))
    found = list(woven(new, old, pairs))
    assert [i for _, i in found if i is not None] == list(range(new))
    assert sorted(j for j, _ in found if j is not None) == list(range(old))
    assert {i: j for j, i in found if i is not None and j is not None} == pairs
