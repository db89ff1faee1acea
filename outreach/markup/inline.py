"""Questions about one inline text: what it says, and whether another renders alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markdown_it.token import Token

from outreach.markup.parser import Parsed, parse_text

_SPECIAL = re.compile(r"[*_`\[\]<>\\!&~^\n]")


@dataclass(frozen=True, slots=True)
class Shape:
    """A part of what is rendered: a text, or the beginning or end of an element."""

    kind: str
    """The type of its token."""
    content: str = ""
    attributes: Mapping[str, str | int | float] = field(default_factory=dict)
    tag: str = ""
    nesting: int = 0
    inner: tuple[Shape, ...] = ()


def plain_text(text: str, parsed: Parsed) -> str:
    """What readers see of an inline text, on one line."""
    if not _SPECIAL.search(text):
        return text
    return plain_tokens(parse_text(text, parsed.references, parsed.footnotes))


def plain_tokens(tokens: Iterable[Token]) -> str:
    """What readers see of inline tokens, on one line."""
    return " ".join("".join(_words(tokens)).split())


def same_rendering(parsed: Parsed) -> Callable[[str, str], bool]:
    """A test whether two inline texts render alike in this guide, line ends apart."""

    def rendering(text: str) -> tuple[Shape, ...]:
        return shape(parse_text(text, parsed.references, parsed.footnotes))

    return lambda first, second: rendering(first) == rendering(second)


def shape(tokens: Iterable[Token]) -> tuple[Shape, ...]:
    """What inline tokens render to. Line ends are spaces, and texts beside each other one text.

    A text that ends with a line end has the tag of that: the msgid format depends on it.
    """
    found: list[Shape] = []
    for token in tokens:
        content = " " if token.type == "softbreak" else token.content
        kind = "text" if token.type in ("softbreak", "text_special") else token.type
        if kind == "text" and found and found[-1].kind == "text":
            content = found.pop().content + content
        inner = shape(token.children or ())
        content = "" if inner else content
        found.append(Shape(kind, content, token.attrs, token.tag, token.nesting, inner))
    return tuple(found)


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield from _words(token.children or ())
        elif token.type in ("text", "text_special", "code_inline"):
            yield token.content
