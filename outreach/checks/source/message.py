"""The rule on the main message of a guide."""

from __future__ import annotations

from collections.abc import Iterator

from outreach.checks.source.sentences import sentences
from outreach.checks.source.texts import SourceGuide, Text
from outreach.guides import front_matter_line, front_matter_text
from outreach.model import Location, Problem

MESSAGE = "main-message"
MOST_SENTENCES = 3
"""“The statement may be 1-3 short sentences”: CDC Clear Communication Index, cdc.gov/ccindex, which
also wants it at the top (items 1 and 2)."""
_MESSAGES = frozenset(
    {"paragraph", "quotation", "text of a callout", "text of a card", "text in raw HTML"}
)
"""Kinds of texts that can be a main message."""
_TITLES = frozenset({"title of the guide", "title of a callout", "title of a card"})


def main_message(guide: SourceGuide) -> Iterator[Problem]:
    """Warn where a guide does not begin with one main message.

    That is its `summary`, or else its first text below the title.
    """
    if "summary" in guide.guide.front_matter:
        place = Location(guide.guide.path, front_matter_line(guide.guide, "summary"))
        summary = front_matter_text(guide.guide, "summary")
        if not summary:
            text = "`summary` should be the main message in one to three sentences, on one line"
            yield Problem(place, text, "warning", MESSAGE)
        yield from _too_many(summary, "the summary", place)
        return
    first = _first(guide)
    if first and first.kind not in _MESSAGES:
        text = (
            f"begins with a {first.kind}; say the main message first, in one to three sentences: "
            "in a paragraph below the title, or as `summary` in the front matter"
        )
        yield Problem(first.location, text, "warning", MESSAGE)
    elif first:
        yield from _too_many(first.prose, "the first text", first.location)


def _first(guide: SourceGuide) -> Text | None:
    """The first text behind the title, which may be a heading of the first level."""
    texts = [text for text in guide.texts if text.kind not in _TITLES]
    return next(iter(texts[1:] if texts and texts[0].level == 1 else texts), None)


def _too_many(message: str, what: str, place: Location) -> Iterator[Problem]:
    number = len(list(sentences(message)))
    if number > MOST_SENTENCES:
        text = (
            f"{what} should be the one main message, in at most {MOST_SENTENCES} sentences, but "
            f"has {number}; keep what readers must remember, and move the rest below it"
        )
        yield Problem(place, text, "warning", MESSAGE)
