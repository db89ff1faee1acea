"""The text of HTML as readers meet it: a paragraph at a time, through its inline markup.

What is put in between characters is found in the text and put into the HTML, so a word that markup
splits is one word, and no tag or attribute is ever touched.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

OBJECT = "\ufffc"
"""Stands in a text for what is no text: code, an image, a footnote's number."""

_TOKEN = re.compile(
    r"<!--.*?-->|<[!?][A-Za-z][^<>]*>"
    r"|<(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*)(?:\"[^\"]*\"|'[^']*'|[^'\"<>]+){0,200}+>"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w*);)",
    re.DOTALL,
)
_DIRECTION = re.compile(r"\sdir\s*=\s*[\"']?(ltr|rtl|auto)\b", re.IGNORECASE)
_LANG = re.compile(r"\slang\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("img", "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span"),
        *("strong", "sub", "sup", "svg", "time", "u", "var", "wbr"),
    )
)
_VOID = frozenset(("br", "col", "hr", "img", "input", "wbr"))
_CODE = frozenset(
    ("code", "head", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea")
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text without a tag inside, or one character reference, or one `OBJECT`."""

    at: int
    """How much text of the paragraph stands before it."""
    size: int
    start: int
    end: int
    """Where it stands in the HTML."""

    def place(self, count: int) -> int:
        """Return where in the HTML its first characters end; a reference is one character."""
        if count in (0, self.size):
            return self.end if count else self.start
        return self.start + count


@dataclass(frozen=True, slots=True)
class Tag:
    """An inline tag inside a paragraph."""

    name: str
    opens: bool
    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that flows together."""

    text: str
    """Without markup; a character reference is one character."""
    stretches: tuple[Stretch, ...]
    tags: tuple[Tag, ...]
    direction: str
    """The `dir` of the nearest block around it that has one, or empty."""
    lang: str
    """The language of the nearest block around it that has one, or empty."""
    cell: bool
    """Whether it stands in a table."""

    def tags_between(self, start: int, end: int) -> Sequence[Tag]:
        """Return the tags at two offsets of the text and between them."""
        first = bisect_left(self.tags, start, key=lambda tag: tag.at)
        return self.tags[first : bisect_right(self.tags, end, key=lambda tag: tag.at)]

    def before(self, offset: int) -> int:
        """Return where in the HTML the character at an offset of the text begins."""
        stretch = self._stretch(offset)
        return stretch.place(offset - stretch.at)

    def after(self, offset: int) -> int:
        """Return where in the HTML the character before an offset of the text ends."""
        stretch = self._stretch(offset - 1)
        return stretch.place(offset - stretch.at)

    def _stretch(self, offset: int) -> Stretch:
        return self.stretches[bisect_right(self.stretches, offset, key=lambda one: one.at) - 1]


def is_code(name: str, _tag: str) -> bool:
    """Tell whether an element holds what is not to be changed: code, a program, a drawing."""
    return name in _CODE


def paragraphs(html: str, closed: Callable[[str, str], bool] = is_code) -> Iterator[Paragraph]:
    """Yield the paragraphs of HTML that have text.

    `closed` is asked with the name and the whole text of an opening tag whether its element is to
    be left alone: inside a paragraph it is one `OBJECT`, and between paragraphs it is passed over.
    """
    reader = _Reader(html, closed)
    for token in _TOKEN.finditer(html):
        if (paragraph := reader.take(token)) is not None:
            yield paragraph
    if (paragraph := reader.finish()) is not None:
        yield paragraph


@dataclass(frozen=True, slots=True)
class _Block:
    """What text inherits from the blocks around it."""

    name: str = ""
    direction: str = ""
    lang: str = ""


class _Reader:
    """Takes the tags and references of HTML one by one, and the text between them."""

    def __init__(self, html: str, closed: Callable[[str, str], bool]) -> None:
        self._html = html
        self._closed = closed
        self._position = 0
        self._skipped, self._depth, self._start = "", 0, 0
        self._blocks = [_Block()]
        self._begin()

    def take(self, token: re.Match[str]) -> Paragraph | None:
        """Read up to the end of a token; return the paragraph that ends before it."""
        if self._skipped:
            self._skip(token)
            return None
        self._add_text(token.start())
        self._position = token.end()
        if token["entity"]:
            # Two of the characters that HTML names are made of two code points.
            self._add(unescape(token["entity"])[:1], token.start(), token.end())
            return None
        name = (token["name"] or "").lower()
        return self._take_tag(token, name) if name else None

    def finish(self) -> Paragraph | None:
        if not self._skipped:
            self._add_text(len(self._html))
        return self._end()

    def _take_tag(self, token: re.Match[str], name: str) -> Paragraph | None:
        inline, opens = name in INLINE, not token["slash"]
        ended = None if inline else self._end()
        if not inline and name not in _VOID:
            self._nest(name, token.group(), opens=opens)
        if name in _VOID:
            if inline:
                self._add("\u200b" if name == "wbr" else OBJECT, token.start(), token.end())
        elif opens and self._closed(name, token.group()):
            self._skipped, self._depth, self._start = name, 1, token.start()
        elif inline:
            self._tags.append(Tag(name, opens, self._length, token.start(), token.end()))
        return ended

    def _nest(self, name: str, tag: str, *, opens: bool) -> None:
        if opens:
            around, own, lang = self._blocks[-1], _DIRECTION.search(tag), _LANG.search(tag)
            direction = own[1].lower() if own else around.direction
            self._blocks.append(_Block(name, direction, lang[1] if lang else around.lang))
        elif any(name == block.name for block in self._blocks):
            while self._blocks.pop().name != name:
                pass

    def _skip(self, token: re.Match[str]) -> None:
        if (token["name"] or "").lower() != self._skipped:
            return
        self._depth += -1 if token["slash"] else 1
        if not self._depth:
            if self._skipped in INLINE:
                self._add(OBJECT, self._start, token.end())
            else:
                self._nest(self._skipped, token.group(), opens=False)
            self._skipped, self._position = "", token.end()

    def _begin(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._stretches: list[Stretch] = []
        self._tags: list[Tag] = []

    def _add_text(self, end: int) -> None:
        self._add(self._html[self._position : end], self._position, end)

    def _add(self, text: str, start: int, end: int) -> None:
        if text:
            self._text.append(text)
            self._stretches.append(Stretch(self._length, len(text), start, end))
            self._length += len(text)

    def _end(self) -> Paragraph | None:
        text, stretches, tags = "".join(self._text), tuple(self._stretches), tuple(self._tags)
        self._begin()
        if not text.strip():
            return None
        cell = any(block.name in ("td", "th") for block in self._blocks)
        around = self._blocks[-1]
        return Paragraph(text, stretches, tags, around.direction, around.lang, cell)


def put(html: str, marks: Iterable[tuple[int, str]]) -> str:
    """Return HTML with marks put in at their places; those at one place stay in their order."""
    parts: list[str] = []
    position = 0
    for place, mark in sorted(marks, key=lambda mark: mark[0]):
        parts += (html[position:place], mark)
        position = place
    return "".join((*parts, html[position:]))
