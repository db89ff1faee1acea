"""Whether everything on the pages of a sheet has its place, and is large enough to read.

WeasyPrint lays out what does not fit beyond its box, or beyond the paper, without a word. So the
boxes are looked at between layout and drawing, once. Only their attributes are used: nothing of the
library is imported here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from outreach.model import first_words
from outreach.sheet import seen

LEAST = 8.0
"""The least size of letters and digits on a sheet that is not in large print, in points."""
DENSE = 150
"""Dots to the inch below which a picture looks coarse on paper."""

_POINT = 0.75
"""Points to a pixel of CSS, in which all boxes are measured."""
_MM = 25.4 / 96
_WHITE = 12.5
"""In pixels: what is free below the head of a page; scissors and frames may rise into it."""
_TOLERANCE = 0.3 / _MM
_HANG = 8 / _MM
"""How far the number of an item may stand beside the text: as far as both papers are printed."""
FEW = 8
"""Places that are told one by one; a long table can have hundreds of the same kind."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CLASSES = {
    "card": "card",
    "callout": "callout",
    "markdown-alert": "callout",
    "pair": "column",
    "label": "language label",
    "mark": "frame",
    "foot": "foot of the sheet",
    "title": "title",
}
"""What readers call a part of a sheet, by the class of its element."""
_TAGS = {"td": "table cell", "th": "table cell", "blockquote": "quotation"}
_BREAK = "shorten it, or put a soft hyphen (U+00AD) where a long word may be broken"

Kind = Literal["overflow", "small", "warning"]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was seen on the pages of a sheet, in plain words with the text and the page."""

    overflow: tuple[str, ...] = ()
    """What is outside of its box, cut off, or covers other text."""
    small: tuple[str, ...] = ()
    """What is set too small to be read."""
    warnings: tuple[str, ...] = ()
    """What can be read and is not beautiful: lonely lines and headings, coarse pictures."""
    smallest: float = 0.0
    """The smallest size of letters or digits in points; 0 where there are none."""


def inspect(pages: Sequence[Any], ends: Iterable[int] = (), *, least: float = LEAST) -> Inspection:
    """Return what is wrong with pages that are laid out by WeasyPrint, but not drawn yet.

    `ends` are the numbers, from 0, of pages on which a document ends, if others follow the first.
    Letters and digits smaller than `least`, in points, are an error.
    """
    last = {*ends, len(pages) - 1}
    found: dict[tuple[Kind, str, str], list[int]] = {}
    sizes: dict[float, tuple[str, int]] = {}
    for number, page in enumerate(pages):
        walk = _Walk(page._page_box, sizes, number)  # noqa: SLF001
        walk.look(ends=number in last)
        for one in walk.found:
            found.setdefault(one, []).append(number + 1)
    told: dict[Kind, list[str]] = {"overflow": [], "small": [], "warning": []}
    for (kind, subject, text), numbers in found.items():
        told[kind].append(f"{subject} {_pages(numbers)} {text}")
    for size, (text, number) in sorted(sizes.items()):
        if size < least - 0.01:
            told["small"].append(
                f"“{text}” {_pages([number + 1])} is printed in {size:.1f} points; nothing may be "
                f"smaller than {least:g}"
            )
    smallest = min(sizes, default=0.0)
    return Inspection(_few(told["overflow"]), _few(told["small"]), _few(told["warning"]), smallest)


def _few(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the first texts, and how many others there are."""
    if len(texts) <= FEW:
        return tuple(texts)
    return (*texts[:FEW], f"other places like these: {len(texts) - FEW}")


def _pages(numbers: Iterable[int]) -> str:
    unique = list(dict.fromkeys(numbers))
    if len(unique) == 1:
        return f"on page {unique[0]}"
    if len(unique) > 2 and unique[-1] - unique[0] == len(unique) - 1:
        return f"on pages {unique[0]} to {unique[-1]}"
    return f"on pages {', '.join(map(str, unique[:-1]))} and {unique[-1]}"


@dataclass(frozen=True, slots=True)
class _Area:
    """A rectangle, in pixels of CSS."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def inside(cls, box: Any) -> _Area:  # noqa: ANN401
        left, top = box.content_box_x(), box.content_box_y()
        return cls(left, top, left + box.width, top + box.height)

    @classmethod
    def of(cls, box: Any) -> _Area:  # noqa: ANN401
        """What is seen of a box: its border and what is within."""
        left, top = box.border_box_x(), box.border_box_y()
        return cls(left, top, left + box.border_width(), top + box.border_height())

    def beyond(self, left: float, right: float) -> float:
        """How far something reaches beyond the sides; 0 where it is not to be seen."""
        over = max(self.left - left, right - self.right)
        return over if over > _TOLERANCE else 0

    def above_or_below(self, top: float, bottom: float) -> float:
        over = max(self.top - top, bottom - self.bottom)
        return over if over > _TOLERANCE else 0


@dataclass(slots=True)
class _Walk:
    """One look at all boxes of a page."""

    page: Any
    sizes: dict[float, tuple[str, int]]
    """By size in points, the first text that is set in it, and the number of its page."""
    number: int
    found: list[tuple[Kind, str, str]] = field(default_factory=list)
    """Kind, subject, and what is wrong with it."""
    _above: list[Any] = field(default_factory=list)
    """The boxes around the one that is looked at."""
    _room: _Area = field(init=False)
    """Where the text of the page, or of a box in its margin, has to be."""
    _sides: _Area = field(init=False)
    _heading: Any = None
    """The heading that came last, if nothing has come since."""
    _full: bool = False
    """Whether it was told that something does not fit: what follows is pushed out, too."""

    def look(self, *, ends: bool) -> None:
        """Find all that is wrong; `ends` says that no text follows on the next page."""
        self._sides = room = _Area.inside(self.page)
        self._room = replace(room, top=room.top - _WHITE)
        self._above.append(self.page)
        margins = [box for box in self.page.children if hasattr(box, "at_keyword")]
        for box in self.page.children:
            if not hasattr(box, "at_keyword"):
                self._enter(box)
        if self._heading is not None and not ends:
            self._tell(
                "warning", f"the heading “{seen.words(self._heading)}”", "stands alone there"
            )
        if seen.has_only_the_foot(self.page):
            self._tell("warning", "the foot of the sheet", "stands alone there")
        for box in margins:
            self._room, self._full = _Area.inside(box), False
            self._enter(box)

    def _tell(self, kind: Kind, subject: str, text: str) -> None:
        self.found.append((kind, subject, text))

    def _enter(self, box: Any) -> None:  # noqa: ANN401
        box = getattr(box, "_box", box)  # what is positioned by itself has a stand-in
        if hasattr(box, "replacement"):
            self._picture(box)
        elif hasattr(box, "text_overflow"):
            self._line(box)
        elif self._block(box):
            self._above.append(box)
            for child in box.children:
                self._enter(child)
            self._above.pop()

    def _block(self, box: Any) -> bool:  # noqa: ANN401
        """Look at a block; returns whether to look into it."""
        table = box.is_table_wrapper
        if table or seen.is_framed(box):
            self._heading = None
            if not box.tabular_container and not box.internal_table_or_caption:
                kind = "table" if table else "frame"
                words = "use fewer columns, or shorter words" if table else _BREAK
                return self._fits(box, f"the {kind} “{seen.words(box)}”", words)
        if box.children and hasattr(box.children[0], "text_overflow"):
            self._lonely_lines(box)
            self._heading = box if box.element_tag in _HEADINGS else None
        return True

    def _picture(self, box: Any) -> None:  # noqa: ANN401
        self._heading = None
        name = f"the image “{seen.name(box)}”"
        self._fits(box, name, "make it smaller")
        replacement = box.replacement
        if not hasattr(replacement, "mode") or box.width <= 0:
            return
        dots = min(replacement.width / box.width, replacement.height / box.height) * 96
        if dots < DENSE - 0.5:
            needed = math.ceil(replacement.width * DENSE / dots)
            self._tell(
                "warning",
                name,
                f"has {dots:.0f} dots to the inch as it is printed, and looks coarse: take one "
                f"that is {needed} pixels wide",
            )

    def _fits(self, box: Any, subject: str, mend: str) -> bool:  # noqa: ANN401
        area, holder = _Area.of(box), self._above[-1]
        if area.right - area.left <= 0 or area.bottom - area.top <= 0:
            return True
        left, right = map(sum, zip(seen.hanging(box), seen.hanging(holder), strict=True))
        over = self._sides.beyond(area.left + left, area.right - right)
        if box.is_in_normal_flow() and not holder.tabular_container:
            left, right = seen.hanging(box)
            room = _Area.inside(holder)
            over = max(over, room.beyond(area.left + left, area.right - right))
        if over:
            self._wide(subject, over, mend)
        return self._in_height(area, subject) and not over

    def _line(self, line: Any) -> None:  # noqa: ANN401
        holder = self._above[-1]
        room = _Area.inside(holder)
        left, right, top, bottom = room.left, room.right, math.inf, -math.inf
        for box in seen.leaves(line):
            if not hasattr(box, "text"):
                left = min(left, box.position_x)
                right = max(right, box.position_x + box.margin_width())
                self._enter_inline(box)
            elif (text := box.text.strip()) and box.style["visibility"] == "visible":
                before, after = seen.spaces(box)
                left = min(left, box.position_x + before)
                right = max(right, box.position_x + box.width - after)
                top, bottom = min(top, seen.top(box)), max(bottom, seen.bottom(box))
                self._size(box, text)
        if bottom < top:
            return  # nothing is written in it
        if holder.is_outside_marker:
            over = self._sides.beyond(left + _HANG, right - _HANG)
        else:
            over = max(self._sides.beyond(left, right), room.beyond(left, right))
        if over:
            self._wide(f"“{seen.words(line)}”", over, _BREAK)
        area = _Area(left, top, right, bottom)
        inside = self._in_height(area, f"“{seen.words(line)}”")
        if inside and line is holder.children[-1] and seen.is_limited(holder):
            low = room.above_or_below(area.top, area.bottom)
            if low and not hasattr(holder, "at_keyword"):
                self._tell(
                    "overflow",
                    f"“{seen.words(holder)}”",
                    f"is {seen.mm(low)} too tall for its box",
                )

    def _enter_inline(self, box: Any) -> None:  # noqa: ANN401
        if hasattr(box, "replacement"):
            self._picture(box)
        else:
            self._above.append(box)
            for child in box.children:
                self._enter(child)
            self._above.pop()

    def _wide(self, subject: str, over: float, mend: str) -> None:
        self._tell(
            "overflow",
            subject,
            f"is {seen.mm(over)} wider than its {self._place()}: {mend}",
        )

    def _in_height(self, area: _Area, subject: str) -> bool:
        over = self._room.above_or_below(area.top, area.bottom)
        if over and not self._full:
            self._full = True
            margin = next((box for box in self._above if hasattr(box, "at_keyword")), None)
            low = area.bottom > self._room.bottom + _TOLERANCE
            side = "below the end" if low else "above the top"
            text = f"is {seen.mm(over)} {side} of the page: it would be cut off"
            if margin is not None and margin.at_keyword.startswith("@top"):
                text = f"is {seen.mm(over)} too tall for the head of the page: shorten it"
            elif margin is not None:
                subject = "the line at the foot"  # with another number on each page
                text = f"is {seen.mm(over)} too tall: give the guide a shorter `id`, or file name"
            self._tell("overflow", subject, text)
        return not over

    def _place(self) -> str:
        """What readers call the part of the sheet that is looked at."""
        for box in reversed(self._above):
            if hasattr(box, "at_keyword"):
                return "place in the margin"
            if box.element_tag in _TAGS:
                return _TAGS[box.element_tag]
            for name in (box.element.get("class") or "").split() if box.element is not None else ():
                if name in _CLASSES:
                    return _CLASSES[name]
        return "column"

    def _size(self, box: Any, text: str) -> None:  # noqa: ANN401
        size = box.style["font_size"] * _POINT
        if size not in self.sizes and seen.is_said(text):
            self.sizes[size] = first_words(text), self.number

    def _lonely_lines(self, box: Any) -> None:  # noqa: ANN401
        if len(box.children) > 1 or not box.remove_decoration_sides:
            return
        for side, place in (("bottom", "foot"), ("top", "top")):
            if side in box.remove_decoration_sides:
                text = f"is one line of a paragraph, alone at the {place} of the page"
                self._tell("warning", f"“{seen.words(box)}”", text)
                return
