"""The texts and images of a guide, as readers see them, for rules on how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape

from markdown_it.token import Token

from outreach.markup.html import images, is_element
from outreach.markup.inline import plain_tokens
from outreach.markup.parser import Parsed, is_too_long, parse_blocks, parse_text
from outreach.markup.shape import CODE, html_shape
from outreach.markup.walk import Slot, walk
from outreach.model import Guide, Location, Segment

BREAK = "\u2028"
"""Stands in `Prose.text` for a hard line break, which also ends a line of the source."""
GAP = "\u2029"
"""Stands there between words that follow each other and belong to no common sentence."""

_IMAGE = re.compile(r"!\[|<img\b", re.IGNORECASE)
_SIGNS = {"softbreak": "\n", "hardbreak": BREAK, "code_inline": CODE}
_ODD = str.maketrans(BREAK + GAP, "  ")
"""In the source they are white space."""
_FOOTNOTE = "footnote"
_SILENT = "title of a link"


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of a guide without its markup."""

    segment: Segment
    text: str
    """What readers see: a line feed where a line of the source ends, and `CODE` for each piece of
    code."""
    level: int = 0
    """Of a heading, from 1; 0 for any other text."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image in a guide."""

    location: Location
    source: str
    alt: str | None
    """What is said in its place; empty for decoration, None where the writer says nothing."""
    ignored: tuple[str, ...] = ()
    """Rules that a comment silences for it, as written."""


def read_prose(guide: Guide) -> tuple[tuple[Prose, ...], tuple[Picture, ...]]:
    """All texts that a translator can reach, in the order of the guide, and all its images."""
    parsed = parse_blocks(guide.text)
    slots = walk(guide, parsed)
    texts = tuple(text for slot in slots for text in _texts(slot, parsed))
    # Behind the walk, which notes on the tokens what comments silence.
    return texts, tuple(_pictures(guide, parsed))


def _texts(slot: Slot, parsed: Parsed) -> Iterator[Prose]:
    segment, token = slot.segment, slot.token
    if segment.domain or segment.kind == _SILENT:
        return
    if token is None or token.type != "inline":
        html = segment.kind == "text in raw HTML"
        text = unescape(html_shape(segment.msgid).text) if html else segment.msgid
        yield Prose(segment, text.translate(_ODD))
        return
    found = _Seen()
    found.take(parse_text(token.content, parsed.references, parsed.footnotes))
    level = int(slot.holder.tag[1]) if segment.kind == "heading" and slot.holder else 0
    yield Prose(segment, "".join(found.text), level)
    for note in found.notes:
        yield Prose(replace(segment, kind=_FOOTNOTE), note)


@dataclass(slots=True)
class _Seen:
    """What readers see of inline tokens."""

    text: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Of footnotes that stand in the text."""

    def take(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            self.text.append(self._seen(token))
            if token.type == "footnote_ref" and token.children:
                inner = _Seen()
                inner.take(token.children)
                self.notes += ["".join(inner.text), *inner.notes]

    def _seen(self, token: Token) -> str:
        if token.type in ("text", "text_special"):
            return token.content.translate(_ODD)
        if token.type == "image":
            return f"{GAP}{plain_tokens(token.children or ()).translate(_ODD)}{GAP}"
        if token.type == "html_inline":
            return _of_tag(token.content)
        return _SIGNS.get(token.type, "")


def _of_tag(tag: str) -> str:
    """What readers see of raw HTML inside a text: words in angle brackets may be no tag at all."""
    if not is_element(tag):
        return CODE
    return GAP if tag.lower().startswith("<br") else ""


def _pictures(guide: Guide, parsed: Parsed) -> Iterator[Picture]:
    for token in parsed.tokens:
        line = guide.first_line + (token.map[0] if token.map else 0)
        for offset, source, alt in _images(token, parsed):
            yield Picture(
                Location(guide.path, line + offset), source, alt, token.meta.get("ignored", ())
            )


def _images(token: Token, parsed: Parsed) -> Iterator[tuple[int, str, str | None]]:
    """How many lines below its block each image stands, its source, and what is said instead."""
    if token.type == "html_block":
        for start, source, alt in images(token.content):
            yield token.content.count("\n", 0, start), source, alt
    elif token.type == "inline" and _IMAGE.search(token.content) and not is_too_long(token.content):
        tokens = parse_text(token.content, parsed.references, parsed.footnotes)
        yield from _inline_images(tokens, 0)


def _inline_images(tokens: Iterable[Token], line: int) -> Iterator[tuple[int, str, str | None]]:
    for token in tokens:
        line += token.type in ("softbreak", "hardbreak")
        if token.type == "image":
            yield line, str(token.attrs["src"]), plain_tokens(token.children or ()) or None
        elif token.type == "html_inline":
            yield from ((line, source, alt) for _, source, alt in images(token.content))
        elif token.type == "footnote_ref":
            yield from _inline_images(token.children or (), line)
