"""Raw HTML: find the texts in it that a translator can reach, and its tags.

Used where a project allows raw HTML. Text between block-level tags is one message, with the inline
tags in it; scripts, styles and preformatted text are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from outreach.markup.msgid import has_words

_PIECE = re.compile(
    r"<!--.*?-->|<(script|style|pre|textarea)\b.*?(?:</\1\s*>|\Z)|<[?!].*?>"
    r"|</?(?P<name>[A-Za-z][\w-]*)(?:\s+[^\s=>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*"
    r"\s*/?>",
    re.DOTALL | re.IGNORECASE,
)
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "font"),
        *("i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike"),
        *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
"""Tags that stand inside a sentence; all others end it."""
_SPOKEN = re.compile(
    r"\b(alt|title|aria-label|placeholder)\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?<=[\s\"'])(src|href)(\s*=\s*)(\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_COMMENT = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of raw HTML: kept as it is, or a text for translators when `msgid` is set."""

    html: str
    msgid: str = ""


def is_comment(html: str) -> bool:
    """Whether there is nothing but comments."""
    return _COMMENT.fullmatch(html) is not None


def runs(html: str) -> Iterator[Run]:
    """Cut raw HTML into runs; joined again, their `html` is the input."""
    start = 0
    for piece in _PIECE.finditer(html):
        name = piece.group("name")
        if name and name.lower() in _INLINE:
            continue
        yield from _text_run(html[start : piece.start()])
        yield Run(piece.group())
        start = piece.end()
    yield from _text_run(html[start:])


def normal_tag(tag: str) -> str:
    """A tag without the words in it that a translator may change (alt, title …)."""
    return " ".join(_SPOKEN.sub(r'\1=""', tag).split())


def rewrite_addresses(html: str, href: Callable[[str], str], src: Callable[[str], str]) -> str:
    """Raw HTML with the addresses in its tags rewritten."""

    def address(match: re.Match[str]) -> str:
        name, equals, quoted = match.group(1), match.group(2), match.group(3)
        rewrite = src if name.lower() == "src" else href
        return f"{name}{equals}{quoted[0]}{rewrite(quoted[1:-1])}{quoted[0]}"

    def tag(match: re.Match[str]) -> str:
        return _ADDRESS.sub(address, match.group()) if match.group("name") else match.group()

    return _PIECE.sub(tag, html)


def _text_run(html: str) -> Iterator[Run]:
    text = html.strip()
    if not text or not _speaks(text):
        if html:
            yield Run(html)
        return
    start = html.index(text)
    yield Run(html[:start])
    yield Run(text, " ".join(text.split()))
    yield Run(html[start + len(text) :])


def _speaks(text: str) -> bool:
    """Whether readers see or hear words of this text, and it is HTML that we understand."""
    bare = _PIECE.sub("", text)
    if "<" in bare or ">" in bare:
        return False
    words = re.sub(r"&#?\w+;", "", bare)
    spoken = (
        match.group(2) for tag in _PIECE.finditer(text) for match in _SPOKEN.finditer(tag.group())
    )
    return has_words(words) or any(has_words(value) for value in spoken)
