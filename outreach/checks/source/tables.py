"""The lists of a project that writers edit: tables of Markdown, among any other text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from outreach.files import read_text
from outreach.model import Location, OutreachError, Problem, first_words

_BAR = re.compile(r"(?<!\\)\|")
_LAST_BAR = re.compile(r"(?<!\\)\|\Z")
_RULE = re.compile(r"\s*:?-+:?\s*")
_MARKS = re.compile(r"[*`]|(?<!\w)_|_(?!\w)")


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the heading of a table."""

    location: Location
    cells: Mapping[str, str]
    """By the heading of their column, in small letters."""
    rule: str
    """That reads it."""

    def problem(self, text: str) -> Problem:
        return Problem(self.location, text, rule=self.rule)


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of the tables in a file that have the columns asked for."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_table(root: Path, shown: str, columns: Collection[str], rule: str) -> Table:
    """Read a list of the project in a folder.

    `columns` are the headings that its tables need, in small letters. Lines without a bar are text
    for people. A file that cannot be read, or is not there, is a problem too.
    """
    if not (root / shown).exists():
        text = f"there is no file {shown}, which the configuration names as `{rule}`"
        return Table(problems=(Problem(Location(shown), text, rule=rule),))
    try:
        text = read_text(root / shown, shown)
    except OutreachError as error:
        return Table(problems=(replace(error.problem, rule=rule),))
    return parse_table(text, shown, columns, rule)


def parse_table(text: str, shown: str, columns: Collection[str], rule: str) -> Table:
    """The same from the text of the file."""
    rows: list[Row] = []
    problems: list[Problem] = []
    heads: list[str] = []
    for place, cells in _lines(text, shown):
        if cells is None:
            heads = []
        elif not heads:
            heads = [cell.casefold() for cell in cells]
            problems += _heads_problems(place, heads, columns, rule)
        elif len(cells) != len(heads):
            problems.append(Problem(place, _wrong_number(len(cells), len(heads)), rule=rule))
        elif set(columns) <= set(heads) and not all(map(_RULE.fullmatch, cells)):
            rows.append(Row(place, dict(zip(heads, cells, strict=True)), rule))
    if not rows and not problems:
        wrong = f"has no rows; {_expected(columns)}"
        problems.append(Problem(Location(shown), wrong, rule=rule))
    return Table(tuple(rows), tuple(problems))


def _lines(text: str, shown: str) -> Iterator[tuple[Location, list[str] | None]]:
    """The cells of each line; None for one that belongs to no table, and so ends it."""
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip()
        is_row = bare.startswith("|") and len(bare) > 1
        cells = _BAR.split(_LAST_BAR.sub("", bare.removeprefix("|")))
        yield Location(shown, number), [_plain(cell) for cell in cells] if is_row else None


def _plain(cell: str) -> str:
    return " ".join(_MARKS.sub("", cell.replace("\\|", "|")).split())


def _heads_problems(
    place: Location, heads: Collection[str], columns: Collection[str], rule: str
) -> Iterator[Problem]:
    missing = [column for column in columns if column not in heads]
    if missing:
        found = first_words(" | ".join(heads))
        text = f"{_expected(columns)}, but found “{found}”"
        yield Problem(place, text, rule=rule)


def _expected(columns: Collection[str]) -> str:
    row = " | ".join(column.capitalize() for column in columns)
    return f"expected a table that begins with `| {row} |` and a line `|---|---|`"


def _wrong_number(found: int, wanted: int) -> str:
    return (
        f"has {found} cells, and the table {wanted} columns; begin and end each cell with `|`, and "
        "write a bar inside of a cell as `\\|`"
    )
