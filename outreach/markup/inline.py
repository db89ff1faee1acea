"""Questions about one inline text: what it says, and whether another renders alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from markdown_it.token import Token

from outreach.markup.parser import Parsed, parse_text

_SPECIAL = re.compile(r"[*_`\[\]<>\\!&~^\n]")


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

    def shape(text: str) -> list[tuple[object, ...]]:
        return _shape(parse_text(text, parsed.references, parsed.footnotes))

    return lambda first, second: shape(first) == shape(second)


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield from _words(token.children or ())
        elif token.type in ("text", "text_special", "code_inline"):
            yield token.content


def _shape(tokens: Iterable[Token]) -> list[tuple[object, ...]]:
    shape: list[tuple[object, ...]] = []
    for token in tokens:
        content = " " if token.type == "softbreak" else token.content
        kind = "text" if token.type in ("softbreak", "text_special") else token.type
        if kind == "text" and shape and shape[-1][0] == "text":
            content = f"{shape.pop()[1]}{content}"
        inner = _shape(token.children or ())
        shape.append((kind, "" if inner else content, token.attrs, token.tag, token.nesting, inner))
    return shape
