"""What translators are told of each message, and where it comes from."""

from __future__ import annotations

from outreach.catalog.collect import collect
from outreach.model import Location, Message, Segment


def segment(
    msgid: str,
    kind: str = "paragraph",
    section: str = "",
    notes: tuple[str, ...] = (),
    path: str = "content/en/a.md",
) -> Segment:
    return Segment(msgid, kind, section, notes, Location(path, 7))


def test_a_message_says_kind_section_and_note() -> None:
    segments = [segment("Eat.", "list item", "Why it matters", ("short, please",))]
    assert collect(segments) == (
        Message(
            "Eat.",
            extracted=("list item, under ‘Why it matters’", "Note: short, please"),
            references=("content/en/a.md",),
        ),
    )


def test_without_a_section_the_kind_stands_alone() -> None:
    assert collect([segment("Eat.", "heading")])[0].extracted == ("heading",)


def test_a_text_that_occurs_twice_is_one_message_with_both_places() -> None:
    segments = [
        segment("Eat.", "heading", "", ("n1",)),
        segment("Drink."),
        segment("Eat.", "list item", "Food", ("n1", "n2"), "content/en/b.md"),
        segment("Eat.", "heading"),
    ]
    first, second = collect(segments)
    assert first.msgid == "Eat."
    assert first.extracted == ("heading", "Note: n1", "list item, under ‘Food’", "Note: n2")
    assert first.references == ("content/en/a.md", "content/en/b.md")
    assert second.msgid == "Drink."


def test_notes_and_sections_are_one_line() -> None:
    item = segment("Eat.", "heading", "Two\nlines", ("for\r\n  the door", " \n "))
    assert collect([item])[0].extracted == ("heading, under ‘Two lines’", "Note: for the door")


def test_a_path_with_a_space_is_isolated() -> None:
    item = segment("Eat.", path="content/en/my guide.md")
    assert collect([item])[0].references == ("\u2068content/en/my guide.md\u2069",)


def test_a_segment_without_text_is_no_message() -> None:
    assert collect([segment("")]) == ()
