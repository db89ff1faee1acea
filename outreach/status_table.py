"""The status as a table: with bars for a terminal, in plain columns for other programs. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from outreach.languages import file_name
from outreach.model import first_words
from outreach.status import Group, Row, summed

NOTHING = "No language has been started; begin one with `outreach init LANGUAGE`."
UNREADABLE, UNREAD = "unreadable", "-"
"""Stand in the place of a date, which is as long, where a catalog cannot be read, or is not read
because its language is retired."""
BLOCKS, LETTERS = "█▒░…", "#=-~"
"""How bars show what is translated, fuzzy and missing, and what stands for the rest of a name."""
MEANINGS = ("translated", "fuzzy", "missing")

LEAST_BAR, LONGEST_BAR = 8, 30
LEAST_NAME = 18
"""Columns of a terminal. Names are cut to make room for bars; else there are no bars."""
_ANY_NAME = 4096
"""Characters; no system allows a longer path."""


def as_plain(groups: Sequence[Group]) -> str:
    """A line for each guide in each language, then the total, in columns for `awk`.

    Only the last cell, the guide's name, can hold spaces; `-` stands for what is not known.
    """
    if not groups:
        return NOTHING
    numbers = (*MEANINGS, "errors", "words-left", "percent", "oldest-change")
    head = ("language", *numbers, "state", "guide")
    lines = [
        (file_name(group.language), *_cells(row, "-"), _state(row) or "-", _name(row.guide))
        for group in groups
        for row in group.rows
    ]
    table = [head, *lines, ("total", *_cells(_total(groups), "-"), "-", "-")]
    first, *counts, states, last = zip(*table, strict=True)
    return _joined([_left(first), *map(_right, counts), _left(states), last], "  ")


def as_bars(groups: Sequence[Group], width: int, encoding: str) -> str:
    """Languages with their guides below them, and a bar each, for a terminal of some width."""
    if not groups:
        return NOTHING
    signs = BLOCKS if _fits(BLOCKS, encoding) else LETTERS
    lines = list(_lines(groups))
    counts = _counts([row for _, row in lines])
    room = width - sum(len(column[0]) + 1 for column in counts)
    names = ["", *(name for name, _ in lines)]
    longest, bar = _shares(room, max(map(_columns, names)))
    cut = _left([_cut(name, longest, signs[-1]) for name in names])
    if not bar:
        return _joined([cut, *counts], " ")
    bars = ["", *(_bar(row, bar, signs) for _, row in lines)]
    legend = ", ".join(map(" ".join, zip(signs, MEANINGS, strict=False)))
    return f"{legend}\n{_joined([cut, *counts, bars], ' ')}"


def _shares(room: int, longest: int) -> tuple[int, int]:
    """The columns that names and bars get; those of the bars are 0 where they have no place."""
    names = min(longest, max(LEAST_NAME, room - LEAST_BAR - 1))
    bars = min(room - names - 1, LONGEST_BAR)
    return (names, bars) if bars >= LEAST_BAR else (max(room, LEAST_NAME), 0)


def _lines(groups: Sequence[Group]) -> Iterator[tuple[str, Row]]:
    """What stands in front of each line of bars, and its numbers."""
    for group in groups:
        yield f"{group.language.tag} {group.language.english_name}", group.total
        for row in group.rows:
            yield f"  {_name(row.guide)}", row
    yield "total", _total(groups)


def _counts(rows: Sequence[Row]) -> list[list[str]]:
    """The columns of numbers, that of the errors only where there are any, and of states."""
    head = ("done", "fuzzy", "missing", "errors", "words", "%", "oldest")
    columns = list(zip(head, *(_cells(row, "") for row in rows), strict=True))
    if not any(row.errors for row in rows):
        del columns[3]
    states = _left(["state", *map(_state, rows)])
    return [*(_right(column) for column in columns), states]


def _cells(row: Row, unknown: str) -> tuple[str, ...]:
    """The numbers of a row and its date; `unknown` stands where no date is known."""
    counts = (row.translated, row.fuzzy, row.missing, row.errors, row.words_left, row.percent)
    if not row.readable:
        return (*("-" for _ in counts), UNREAD if row.retired else UNREADABLE)
    return (*map(str, counts), row.oldest or unknown)


def _state(row: Row) -> str:
    """How a guide stands, in a word; empty for a sum."""
    return row.item.state if row.item else ""


def _total(groups: Sequence[Group]) -> Row:
    return summed([row for group in groups for row in group.rows])


def _name(guide: str) -> str:
    """A guide's name such that it keeps to its line."""
    return first_words(guide, _ANY_NAME)


def _bar(row: Row, length: int, signs: str) -> str:
    """The shares of a row; what is there is seen, and a bar without gaps means complete."""
    if not row.readable:
        return ""
    done = row.translated * length // row.total if row.total else length
    begun = (row.translated + row.fuzzy) * length // row.total if row.total else length
    return signs[0] * done + signs[1] * (begun - done) + signs[2] * (length - begun)


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _left(cells: Sequence[str]) -> list[str]:
    width = max(map(_columns, cells))
    return [cell + " " * (width - _columns(cell)) for cell in cells]


def _right(cells: Sequence[str]) -> list[str]:
    width = max(map(len, cells))
    return [cell.rjust(width) for cell in cells]


def _joined(columns: Iterable[Sequence[str]], gap: str) -> str:
    return "\n".join(gap.join(line).rstrip() for line in zip(*columns, strict=True))


def _cut(text: str, columns: int, mark: str) -> str:
    """A text that takes at most some columns of a terminal."""
    if _columns(text) <= columns:
        return text
    while _columns(text) >= columns:
        text = text[:-1]
    return text + mark


def _columns(text: str) -> int:
    """The columns of a terminal that a text takes: two a wide sign, none a mark on a letter."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    silent = sum(unicodedata.category(char) in ("Mn", "Me", "Cf") for char in text)
    return len(text) + wide - silent
