"""What the markup of one inline text amounts to, for the rules that compare two texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token

from outreach.markup.html import is_element, normal_tag, split_link
from outreach.markup.parser import parse_text

CODE = "\ufffc"
"""Stands in `Shape.text` for a piece of code, whose words are nobody's language."""

_MARKUP = re.compile(r"[`\[\]<>&\\*_~\n]")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Shape:
    """An inline text, parsed."""

    text: str
    """What readers see, with U+FFFC for each piece of code."""
    stray: str = ""
    """The part of it in which marks have no effect and were not escaped: a lone `**` is here."""
    links: tuple[str, ...] = ()
    """Targets, in order; so are the others."""
    images: tuple[str, ...] = ()
    """Sources."""
    code: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Footnote marks as written, `^[…]` for one with its text."""
    tags: tuple[str, ...] = ()
    """Raw HTML tags, without the words in them."""
    emphasis: int = 0
    strong: int = 0
    deleted: int = 0
    breaks: int = 0
    """Hard line breaks."""
    words: tuple[str, ...] = ()
    """What readers see of each Markdown link, with U+FFFC for an image too."""
    alts: tuple[str, ...] = ()
    """What stands for each image where it cannot be seen."""
    slots: tuple[str, ...] = ()
    """Words in angle brackets that are no HTML, such as `<your name>`."""

    @property
    def marked(self) -> int:
        """How many stretches of words are marked: emphasis, strong emphasis, deleted text."""
        return self.emphasis + self.strong + self.deleted


def shape_of(text: str, references: Mapping[str, Any], footnotes: frozenset[str]) -> Shape:
    """The shape of inline Markdown; `references` and `footnotes` are what the guide defines."""
    if not _MARKUP.search(text):
        return Shape(text, text)
    found = _Found()
    found.take(parse_text(text, references, footnotes, any_link=True))
    return found.shape()


def plain_shape(text: str) -> Shape:
    """The shape of a text in which Markdown has no meaning, such as a title."""
    return Shape(text)


def html_shape(text: str) -> Shape:
    """The shape of a text in raw HTML, where Markdown has no meaning."""
    tags = [split_link(tag) for tag in _TAG.findall(text)]
    links = tuple(href for _, href in tags if href is not None)
    bare = _TAG.sub("", text)
    return Shape(bare, bare, links=links, tags=tuple(normal_tag(tag) for tag, _ in tags))


@dataclass(slots=True)
class _Found:
    text: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    slots: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    begun: list[tuple[int, int]] = field(default_factory=list)
    """For each open link, how many pieces of text and images came before it."""
    counts: dict[str, int] = field(default_factory=dict)

    def take(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            self._take(token)
            if token.children:  # of an image or an inline footnote
                self.take(token.children)

    def _take(self, token: Token) -> None:
        kind = token.type
        if kind in ("text", "text_special"):
            self.text.append(token.content)
            plain = kind == "text" or token.content == token.markup  # `\ ` is no escape
            self.stray.append(token.content if plain else CODE)
        elif kind == "code_inline":
            self.code.append(token.content)
            self._gap(CODE)
        elif kind in ("softbreak", "hardbreak"):
            self._gap("\n")
            self._count(kind)
        elif kind == "link_open":
            self.links.append(str(token.attrs["href"]))
            self.begun.append((len(self.text), len(self.images)))
        elif kind == "link_close":
            texts, images = self.begun.pop()
            self.words.append("".join(self.text[texts:]) + CODE * (len(self.images) - images))
        elif kind == "image":
            self.images.append(str(token.attrs["src"]))
            self.alts.append(token.content)
        elif kind == "html_inline":
            self._tag(token.content)
        elif kind == "footnote_ref":
            label = token.meta.get("label")
            self.notes.append(f"[^{label}]" if label else "^[…]")
        else:
            self._count(kind)

    def _tag(self, tag: str) -> None:
        if not is_element(tag):
            self.slots.append(tag)
            return
        bare, href = split_link(tag)
        self.tags.append(normal_tag(bare))
        if href is not None:
            self.links.append(href)

    def _gap(self, text: str) -> None:
        self.text.append(text)
        self.stray.append(text)

    def _count(self, kind: str) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1

    def shape(self) -> Shape:
        count = self.counts.get
        return Shape(
            "".join(self.text),
            "".join(self.stray),
            tuple(self.links),
            tuple(self.images),
            tuple(self.code),
            tuple(self.notes),
            tuple(self.tags),
            count("em_open", 0),
            count("strong_open", 0),
            count("s_open", 0),
            count("hardbreak", 0),
            tuple(self.words),
            tuple(self.alts),
            tuple(self.slots),
        )
