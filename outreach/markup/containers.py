"""The `:::` containers: their names, what stands behind a name, and what writers get wrong."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from outreach.model import Location, Problem, Severity, first_words

CALLOUTS = ("example", "note", "warning")
"""Containers with a label, or the writer's title instead."""
TITLED = (*CALLOUTS, "card")
"""Containers with a title that is translated."""
CONTAINERS = (*CALLOUTS, "card", "lines", "module", "steps")

OPEN, CLOSE = "container_part_open", "container_part_close"
"""The types of their tokens."""

MOST_LINES = 40
"""Lines to write on in one container: more fit on no sheet."""

_NUMBER = re.compile(r"[0-9]{1,4}")
_MODULE = re.compile(r"[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*")
_ATTRIBUTES = re.compile(r"\{\s*[.#][^{}]*\}")
_CLOSING = re.compile(r"[\s>]*:{3,}[ \t]*")
_MARK = re.compile(r":{3,}")


def container_name(info: str) -> str:
    """The known name that opens a container, else empty."""
    words = info.split(maxsplit=1)
    return words[0] if words and words[0] in CONTAINERS else ""


def words_behind(info: str) -> str:
    """What stands behind the name of a container, on one line."""
    return " ".join(info.split()[1:])


def line_count(info: str) -> int:
    """How many lines `lines N` asks for, from 1 to `MOST_LINES`; 0 where it does not say."""
    words = words_behind(info)
    count = int(words) if _NUMBER.fullmatch(words) else 0
    return count if count <= MOST_LINES else 0


def is_module(token: Token) -> bool:
    """Whether a token opens a module."""
    return token.type == OPEN and container_name(token.info) == "module"


def module_name(info: str) -> str:
    """The name in `module NAME`: letters, digits and hyphens; empty where there is no such name."""
    words = words_behind(info)
    return words if _MODULE.fullmatch(words) else ""


def container_problems(
    tokens: Sequence[Token], lines: Sequence[str], location: Location
) -> Iterator[Problem]:
    """What is wrong with the containers of a guide.

    `lines` are those of its text, and `location` is where the first of them stands in the file.
    """
    ends: list[int] = []
    for number, token in enumerate(tokens):
        if token.type == CLOSE:
            ends.pop()
        elif token.type == OPEN and token.map:
            start, end = token.map
            for finding in _findings(tokens, number, closed=_closed(lines, end, ends)):
                yield finding.problem(location, start)
            ends.append(end)
    yield from _as_text(tokens, location)


@dataclass(frozen=True, slots=True)
class _Finding:
    text: str
    severity: Severity = "error"

    def problem(self, location: Location, line: int) -> Problem:
        place = Location(location.path, location.line + line)
        return Problem(place, self.text, self.severity, "container")


def _closed(lines: Sequence[str], end: int, outer: Sequence[int]) -> bool:
    """Whether the line at which a container ends closes it, and not one around it."""
    return end < len(lines) and end not in outer and bool(_CLOSING.fullmatch(lines[end]))


def _findings(tokens: Sequence[Token], number: int, *, closed: bool) -> Iterator[_Finding]:
    token = tokens[number]
    name, words = container_name(token.info), words_behind(token.info)
    if not closed:
        yield _unclosed(name)
    if name == "lines" and not line_count(token.info):
        yield _wrong_count(words)
    elif name == "module" and not module_name(token.info):
        yield _wrong_module(words)
    elif name == "steps":
        yield from _steps(tokens, number, words)
    elif name in TITLED and _ATTRIBUTES.search(words):
        text = "words in braces such as `{.name}` have no meaning here and are shown; take them out"
        yield _Finding(text, "warning")


def _unclosed(name: str) -> _Finding:
    """Of a callout it was always taken; where the others end decides what is printed or left."""
    text = (
        f"`::: {name}` is not closed; end it with a line `:::`, and where one container stands in"
        " another, give the outer one more colons: `::::`"
    )
    return _Finding(text, "warning" if name in CALLOUTS else "error")


def _wrong_count(words: str) -> _Finding:
    found = f"but found “{first_words(words)}”" if words else "but found none"
    text = (
        f"`::: lines` should have a whole number from 1 to {MOST_LINES} and nothing else behind it,"
        f" such as `::: lines 3`, {found}; words to stand above the lines go between it and `:::`"
    )
    return _Finding(text)


def _wrong_module(words: str) -> _Finding:
    if not words:
        text = "`::: module` has no name, so nobody can leave it out; write `::: module NAME`"
        return _Finding(text, "warning")
    return _Finding(
        "the name of a module should be letters from a to z, digits, and hyphens between them, such"
        f" as `::: module local-contacts`, but is “{first_words(words)}”"
    )


def _steps(tokens: Sequence[Token], number: int, words: str) -> Iterator[_Finding]:
    if words:
        text = (
            f"`::: steps` takes no words behind it, so “{first_words(words)}” is not shown; write"
            " them above it"
        )
        yield _Finding(text, "warning")
    if not any(token.type == "ordered_list_open" for token in _children(tokens, number)):
        text = "`::: steps` should hold a numbered list, with items such as `1. Call us`"
        yield _Finding(text, "warning")


def _children(tokens: Sequence[Token], number: int) -> Iterator[Token]:
    """The tokens that begin the blocks right inside a container."""
    level = tokens[number].level
    for place in range(number + 1, len(tokens)):
        if tokens[place].level == level:
            return
        if tokens[place].level == level + 1:
            yield tokens[place]


def _as_text(tokens: Sequence[Token], location: Location) -> Iterator[Problem]:
    """Lines of texts that look like marks of containers, and are none."""
    opened = 0
    for token in tokens:
        if token.type != "inline" or ":::" not in token.content:
            continue
        for number, line in enumerate(token.content.split("\n")):
            mark = _MARK.match(line)
            if mark is None:
                continue
            words = line[mark.end() :].split()
            if words:
                opened += 1
                finding = _unknown(words[0])
            elif opened:
                opened -= 1
                continue
            else:
                finding = _Finding(f"`{mark.group()}` closes nothing, so it is shown", "warning")
            yield finding.problem(location, (token.map[0] if token.map else 0) + number)


def _unknown(word: str) -> _Finding:
    name = first_words(word.rstrip(":") or word)
    near = difflib.get_close_matches(name.strip("{}.#").lower(), CONTAINERS, n=1)
    hint = f"did you mean `{near[0]}`? " if near else ""
    text = f"`:::` opens a part called `{name}`, which is unknown, so it is shown as text; "
    return _Finding(f"{text}{hint}known: {', '.join(CONTAINERS)}", "warning")
