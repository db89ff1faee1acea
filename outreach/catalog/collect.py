"""From the segments of guides to the messages of a template."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from outreach.model import Message, Segment

FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"


def collect(segments: Iterable[Segment]) -> tuple[Message, ...]:
    """Return one message a distinct msgid, in order of first appearance.

    Domains are not told apart here: give the segments of one domain. A segment without text is
    left out, because the empty msgid is a catalog's header.
    """
    extracted: dict[str, dict[str, None]] = {}
    references: dict[str, dict[str, None]] = {}
    for segment in segments:
        if segment.msgid:
            # Dictionaries keep the order and drop what was said before.
            lines = extracted.setdefault(segment.msgid, {})
            for line in _comment(segment):
                lines[line] = None
            reference = format_reference(segment.location.path)
            references.setdefault(segment.msgid, {})[reference] = None
    return tuple(
        Message(msgid, extracted=tuple(lines), references=tuple(references[msgid]))
        for msgid, lines in extracted.items()
    )


@lru_cache(maxsize=1)  # it is asked for one guide after another, and once for each text
def format_reference(path: str) -> str:
    """Return the path as it stands after `#:`: isolated, as gettext does, when it has a space."""
    if path.split() != [path]:
        return FIRST_STRONG_ISOLATE + _one_line(path) + POP_DIRECTIONAL_ISOLATE
    return path


def _comment(segment: Segment) -> list[str]:
    section = _one_line(segment.section)
    place = f"{segment.kind}, under ‘{section}’" if section else segment.kind
    if not segment.notes:
        return [place]
    notes = [_one_line(note) for note in segment.notes]
    return [place, *(f"Note: {text}" for text in notes if text)]


def _one_line(text: str) -> str:
    return " ".join(text.split())
