"""What Markdown leaves out without a word, so that readers would miss it and nobody would know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from outreach.markup.msgid import has_words
from outreach.markup.parser import DEEPEST, Parsed
from outreach.model import Location, Problem, Severity, first_words

_BAR = re.compile(r"(?<!\\)\|")
_MARKS = re.compile(r"[\s>*+.):\d-]*")
"""What quotations and lists put before a row."""
_MARK = re.compile(r"\[\^([^\s\]]{1,999})\]")


def lost_problems(parsed: Parsed, text: str, location: Location) -> Iterator[Problem]:
    """What of a guide nobody would see; `location` is where its text begins."""

    def problem(line: int, words: str, severity: Severity = "error") -> Problem:
        place = Location(location.path, location.line + line)
        return Problem(place, words, severity, "lost")

    for line in _too_deep(parsed.tokens):
        yield problem(
            line,
            "what stands here is in too many quotations, lists or `:::` parts, one in another, and "
            "would be left out; take it out of some of them",
        )
    lines = text.split("\n")
    for line, cell in _beyond(parsed.tokens, lines):
        yield problem(
            line,
            f"this row has more cells than its table has headings, so “{first_words(cell)}” would "
            "be left out; add a heading, or write \\| for a stroke inside a cell",
        )
    for line in _unclosed(parsed.tokens, lines):
        yield problem(
            line,
            "this code block is not closed, so all that follows is code, which nobody translates; "
            "end it with a line like the one that begins it, without words",
            "warning",
        )
    for line, label, twice in _footnotes(parsed.tokens, text):
        if twice:
            words = f"the footnote [^{first_words(label)}] is there twice, and only one would be "
            yield problem(line, f"{words}shown; give one of them another name")
        else:
            words = f"nothing names the footnote [^{first_words(label)}], so it is not shown; "
            yield problem(
                line, f"{words}write its mark where it belongs, or take it out", "warning"
            )


def _too_deep(tokens: Sequence[Token]) -> Iterator[int]:
    """The lines of blocks that stand so deep that what is in them was not read."""
    for token, following in pairwise(tokens):
        if token.nesting == 1 and token.level >= DEEPEST - 1 and following.nesting == -1:
            yield token.map[0] if token.map else 0


def _beyond(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The line of each row that has words beyond the last column, and these words."""
    columns = 0
    for token in tokens:
        if token.type == "thead_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map and columns:
            line = token.map[0]
            lost = next(filter(has_words, _cells(lines[line])[columns:]), "")
            if lost:
                yield line, lost


def _cells(row: str) -> list[str]:
    cells = _BAR.split(row)
    return cells[1:] if _MARKS.fullmatch(cells[0]) else cells


def _unclosed(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[int]:
    """The line of each code block between marks that has no second mark."""
    for token in tokens:
        if token.type == "fence" and token.map:
            start, end = token.map
            last = lines[end - 1].rstrip().rpartition(token.markup)
            closed = end - 1 > start and last[1] and not last[2].strip(token.markup[0])
            if not closed:
                yield start


def _footnotes(tokens: Sequence[Token], text: str) -> Iterator[tuple[int, str, bool]]:
    """The line and the label of each footnote that is not shown, and whether it is there twice."""
    opened = [token for token in tokens if token.type == "footnote_reference_open"]
    if not opened:
        return
    there: set[str] = set()
    # Each begins with its own mark, so one that is named stands there twice.
    counts = Counter(_MARK.findall(text))
    for token in opened:
        label, line = str(token.meta["label"]), token.map[0] if token.map else 0
        if label in there:
            yield line, label, True
        elif counts[label] < 2:
            yield line, label, False
        there.add(label)
