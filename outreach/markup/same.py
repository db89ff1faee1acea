"""Whether two texts are the same for readers, so that one translation serves both.

White space, line ends that nobody sees, the style of quotation marks, and the signs with which
markup is written (`*a*` or `_a_`) make no difference. Everything else does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape

from outreach.markup.inline import Shape, shape
from outreach.markup.parser import parse_text

_MARKED = re.compile(r"[*_`\[\]<>\\&~^\n]")
_NO_LETTERS = re.compile(r"[\W_]+")
_SINGLE, _DOUBLE = "'‘’‚‛‹›＇", '"“”„‟«»＂'
_QUOTE = re.compile(rf"(?P<digit>\d?)(?:(?P<single>[{_SINGLE}])|[{_DOUBLE}])")
_WHITE = re.compile(r"\s+")


def same(first: str, second: str) -> bool:
    """Whether readers see no difference between two inline texts."""
    return first == second or essence(first) == essence(second)


def essence(text: str) -> tuple[Shape, ...]:
    """What readers see of an inline text, to be compared with that of another.

    It is parsed without link definitions, so the labels of references count as text.
    """
    text = text.strip()
    if not _MARKED.search(text):
        return (Shape("text", _folded(text)),)
    return tuple(_seen(shape(parse_text(text, {}, frozenset()))))


def letters(text: str) -> str:
    """The letters and digits of a text: equal wherever two texts are the same, and fast to get."""
    return _NO_LETTERS.sub("", unescape(text) if "&" in text else text)


def _seen(parts: Iterable[Shape]) -> Iterator[Shape]:
    for part in parts:
        if part.kind != "text":
            yield replace(part, inner=tuple(_seen(part.inner))) if part.inner else part
        elif part.content:
            yield replace(part, content=_folded(part.content), tag="")


def _folded(text: str) -> str:
    return _QUOTE.sub(_plain_quote, _WHITE.sub(" ", text))


def _plain_quote(match: re.Match[str]) -> str:
    # Behind a digit they are feet and inches, which are not the same.
    return match["digit"] + ("'" if match["digit"] and match["single"] else '"')
