"""Entries as lines: how they are changed without being written anew, and put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from outreach.catalog.scan import (
    BLANK,
    EXTRACTED,
    FLAGS,
    OBSOLETE,
    PREVIOUS,
    REFERENCE,
    STRING,
    TRANSLATOR,
    kind_of,
    split_lines,
)

_ORDER = (BLANK, TRANSLATOR, EXTRACTED, REFERENCE, FLAGS, PREVIOUS, STRING, OBSOLETE)


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of the new catalog."""

    raw: str
    old: int = -1
    """Where the entry stands in the old catalog, -1 when it is written anew."""


def with_lines(raw: str, mark: str, new: Iterable[str], newline: str) -> str:
    """Return the lines of an entry with its comments of one kind replaced, in their place."""
    lines = split_lines(raw)
    kinds = [kind_of(line) for line in lines]
    if mark in kinds:
        at = kinds.index(mark)
    else:
        rank = _ORDER.index(mark)
        at = next(i for i, kind in enumerate(kinds) if _ORDER.index(kind) > rank)
    after = [line for line, kind in zip(lines[at:], kinds[at:], strict=True) if kind != mark]
    return "".join([*lines[:at], *(line + newline for line in new), *after])


def made_obsolete(raw: str) -> str:
    """Return the lines of an entry as obsolete; what was extracted is true no more."""
    return "".join(
        _obsolete_line(line)
        for line in split_lines(raw)
        if kind_of(line) not in (EXTRACTED, REFERENCE)
    )


def _obsolete_line(line: str) -> str:
    if kind_of(line) == STRING:
        return "#~ " + line
    return line.replace("#|", "#~|", 1) if kind_of(line) == PREVIOUS else line


def revived(raw: str) -> str:
    """Return the lines of an obsolete entry as live."""
    return "".join(_live_line(line) for line in split_lines(raw))


def _live_line(line: str) -> str:
    if kind_of(line) != OBSOLETE:
        return line
    text = line.lstrip()[2:]
    return "#" + text if text.startswith("|") else text.removeprefix(" ")


def spaced(parts: Sequence[Part], newline: str) -> Iterator[str]:
    """Yield the text of each part, apart from others by a blank line where its place is new."""
    before = -1
    for number, part in enumerate(parts):
        raw = part.raw
        if part.old < 0 or part.old != before + 1:
            raw = _apart(raw, newline, first=number == 0)
        is_open = not raw.endswith("\n") and number + 1 < len(parts)
        yield raw + newline if is_open else raw
        before = part.old if part.old >= 0 else -2


def _apart(raw: str, newline: str, *, first: bool) -> str:
    lines = split_lines(raw)
    blank = next(i for i, line in enumerate(lines) if kind_of(line) != BLANK)
    if first:
        return "".join(lines[blank:])
    return raw if blank else newline + raw
