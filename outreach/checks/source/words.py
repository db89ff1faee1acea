"""The rule on idioms and jargon that a project wants to keep out of its guides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from outreach.checks.source.phrases import HYPHENS, inflected, is_name, parts_of
from outreach.checks.source.tables import Table
from outreach.checks.source.texts import SourceGuide, finding
from outreach.markup.msgid import has_words
from outreach.model import Location, Problem, first_words

WORDS = "plain-words"
COLUMNS = ("avoid", "write")


@dataclass(frozen=True, slots=True)
class Expression:
    """What should not be written, and what instead."""

    avoid: str
    write: str
    location: Location


def expressions(table: Table) -> tuple[list[Expression], list[Problem]]:
    """The expressions of a project's list, and what is wrong with its rows."""
    found: dict[str, Expression] = {}
    problems: list[Problem] = []
    for row in table.rows:
        item = Expression(row.cells["avoid"], row.cells["write"], row.location)
        key = " ".join(parts_of(item.avoid.casefold()))
        if not has_words(key):
            problems.append(row.problem("the column `Avoid` is empty; write what to avoid there"))
        elif key in found:
            line = found[key].location.line
            text = f"“{first_words(item.avoid)}” stands in line {line} already; keep one of the two"
            problems.append(row.problem(text))
        else:
            found[key] = item
    return list(found.values()), problems


def plain_words(guide: SourceGuide, listed: Sequence[Expression]) -> Iterator[Problem]:
    """Warn where a text has an expression of the list, in any of its regular forms.

    A name is none: `Head Start` in a sentence is the program of that name.
    """
    if not listed:
        return
    longest_first = sorted(listed, key=lambda item: -len(item.avoid))
    pattern = _pattern(tuple(item.avoid for item in longest_first))
    for text in guide.texts:
        if not text.silences(WORDS):
            for match in pattern.finditer(text.prose):
                item = longest_first[(match.lastindex or 1) - 1]
                if item.avoid != item.avoid.lower() or not is_name(text, match):
                    yield finding(text, WORDS, _advice(match.group(), item), match.start())


def _advice(found: str, item: Expression) -> str:
    shown = " ".join(found.split())
    instead = f"write “{item.write}”" if item.write else "write what it means in plain words"
    return f"“{shown}” is hard to translate; {instead}, or the like"


@cache
def _pattern(listed: tuple[str, ...]) -> re.Pattern[str]:
    """A group for each expression."""
    between = rf"[\s{HYPHENS}]+"
    forms = "|".join(f"({between.join(map(inflected, parts_of(item)))})" for item in listed)
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)
