"""The rule on terms of a project that are not written in the same way everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest

from outreach.checks.source.phrases import HYPHENS, begins_sentence, is_name, parts_of, plural
from outreach.checks.source.tables import Row, Table
from outreach.checks.source.texts import TITLES, SourceGuide, Text, finding
from outreach.markup.msgid import has_words
from outreach.model import Location, Problem, first_words

GLOSSARY = "glossary"
TERM, OTHERS = "term", "do not write"
COLUMNS = (TERM, "meaning", OTHERS)
"""The last one holds other names for the term, with commas between them."""

_GAP = re.compile(rf"\s*[{HYPHENS}]\s*|\s+")
_VERBAL = re.compile(r"(?:ed|ing|back|down|in|off|on|out|over|up)\Z", re.IGNORECASE)
"""Last words of terms whose parts also stand side by side in a sentence: in “the community led the
work” nobody forgot the hyphen of `community-led`."""
_LINK = r"(?:(?:and|for|in|of|on|the)\s+){0,2}"
"""Words that are written small in a name."""
_BEFORE = re.compile(rf"(?P<word>\S+)\s+{_LINK}\Z")
_AFTER = re.compile(rf"[\s{HYPHENS}]+{_LINK}[A-Z]")


@dataclass(frozen=True, slots=True)
class Name:
    """A term as the glossary writes it, or another name that should not be used for it."""

    written: str
    term: str
    """What to write: the same for a term."""
    location: Location

    @property
    def is_term(self) -> bool:
        return self.written == self.term


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a project."""

    names: tuple[Name, ...] = ()
    """The longest first, so that none is found inside of another."""
    free_capitals: bool = False
    """Whether all terms begin with a capital, as in a table, so that it says nothing."""


def glossary_of(table: Table) -> tuple[Glossary, list[Problem]]:
    """The terms in a table, and what is wrong with its rows."""
    found: dict[str, Name] = {}
    problems: list[Problem] = []
    terms = [(row, Name(row.cells[TERM], row.cells[TERM], row.location)) for row in table.rows]
    others = [
        (row, Name(other.strip(), name.term, row.location))
        for row, name in terms
        for other in row.cells[OTHERS].split(",")
        if has_words(other)
    ]
    for row, name in (*terms, *others):
        problem = _wrong(row, name, found)
        if problem:
            problems.append(problem)
        else:
            found.setdefault(_key(name.written), name)
    names = sorted(found.values(), key=lambda name: (-len(name.written), name.is_term))
    capitals = {name.written[0].isupper() for name in names if name.is_term}
    return Glossary(tuple(names), free_capitals=capitals == {True}), problems


def same_terms(guide: SourceGuide, glossary: Glossary) -> Iterator[Problem]:
    """Warn where a text has another name for a term, or writes it otherwise than the glossary."""
    if not glossary.names:
        return
    pattern = _pattern(glossary.names)
    for text in guide.texts:
        if not text.silences(GLOSSARY):
            for match in pattern.finditer(text.prose):
                name = glossary.names[(match.lastindex or 1) - 1]
                advice = _advice(text, match, name, glossary)
                if advice:
                    yield finding(text, GLOSSARY, advice, match.start())


def _wrong(row: Row, name: Name, found: Mapping[str, Name]) -> Problem | None:
    if not has_words(name.written):
        return row.problem("the column `Term` is empty; write a term there")
    other = found.get(_key(name.written))
    if other is None or (other.term == name.term and other.location == row.location):
        return None
    shown = first_words(name.written)
    return row.problem(
        f"“{shown}” stands in line {other.location.line} already; keep it in one of the two rows"
    )


def _key(written: str) -> str:
    """What makes two names the same one; `self care` and `self-care` are two."""
    return " ".join(re.sub(f"[{HYPHENS}]", "-", written.casefold()).split())


@cache
def _pattern(names: tuple[Name, ...]) -> re.Pattern[str]:
    """A group for each name."""
    forms = "|".join(f"({_form(name)})" for name in names)
    return re.compile(rf"(?<![\w{HYPHENS}])(?:{forms})(?!['’]?\w|[{HYPHENS}]\w)", re.IGNORECASE)


def _form(name: Name) -> str:
    """A pattern of a name: of a term with other gaps between its words, too.

    Of another name with a space for its hyphen it is not: `burn-out` is wrong, “burn out” a verb.
    Nor is it one with a hyphen, where that is the term.
    """
    hyphen, space = rf"\s*[{HYPHENS}]\s*", r"\s+"
    parts = parts_of(name.written)
    either = space if parts == parts_of(name.term) else f"(?:{hyphen}|{space})"
    if name.is_term:
        return f"(?:{hyphen}|{space})?".join(map(plural, parts))
    gaps = [either if gap == " " else hyphen for gap in _gaps(name.written)]
    return "".join(chain.from_iterable(zip_longest(map(plural, parts), gaps, fillvalue="")))


def _advice(text: Text, match: re.Match[str], name: Name, glossary: Glossary) -> str:
    """What to do about a name that was found; empty where all is well."""
    shown, term = " ".join(match.group().split()), name.term
    if not name.is_term:
        if name.written == name.written.lower() and is_name(text, match):
            return ""
        return f"“{shown}” is called “{term}” in the glossary; use one name for one thing"
    if _other_gaps(name.written, match.group()):
        return f"“{shown}” stands in the glossary as “{term}”; write it in one way"
    if _other_capitals(text, match, name, free=glossary.free_capitals):
        return f"“{shown}” has other capitals than “{term}” in the glossary; write it in one way"
    return ""


def _other_gaps(written: str, found: str) -> bool:
    """Whether hyphens and spaces differ, and not because the words only stand side by side."""
    wanted, there = _gaps(written), _gaps(found)
    if wanted == there:
        return False
    only_spaces = set(there) == {" "}
    return not (only_spaces and _VERBAL.search(written))


def _gaps(written: str) -> list[str]:
    return [" " if gap.isspace() else "-" for gap in _GAP.findall(written)]


def _other_capitals(text: Text, match: re.Match[str], name: Name, *, free: bool) -> bool:
    """Whether the first letters of the words differ, and the place is no reason for it."""
    wanted, there = parts_of(name.written), parts_of(match.group())
    several = len(there) > 1
    if match.group().isupper():
        return False
    if free or begins_sentence(text.prose, match.start()):
        wanted, there = wanted[1:], there[1:]
    pairs = list(zip(wanted, there, strict=False))
    if any(old[0].isupper() and new[0].islower() for old, new in pairs):
        return True
    # A single word with a capital is nearly always a name: the Allies.
    more = several and any(old[0].islower() and new[0].isupper() for old, new in pairs)
    return more and text.kind not in TITLES and not _in_name(text.prose, match)


def _in_name(text: str, match: re.Match[str]) -> bool:
    """Whether a word with a capital stands beside it, or no word: `the Office of Health Equity`."""
    before = _BEFORE.search(text, max(0, match.start() - 60), match.start())
    if match.group() == text.strip() or _AFTER.match(text, match.end()):
        return True
    return before is not None and before["word"][0].isupper()
