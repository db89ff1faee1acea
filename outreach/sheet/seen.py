"""What is asked of one box that WeasyPrint laid out: its words, its frame, where its letters are.

Only the attributes of boxes are used: nothing of the library is imported here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from outreach.model import first_words

_MM = 25.4 / 96
_ASCENT, _DESCENT = 0.75, 0.25
"""How far letters reach above and below the line they stand on, in parts of their size."""
_SPACE, _WIDEST_SPACE = 0.26, 0.6
"""The width of a space in text, and in code, in parts of its size."""
_FEW = 30
"""Pieces of text that are enough for a few words."""
_CONTROLS = frozenset(("button", "input", "select", "textarea"))


def has_only_the_foot(page: Any) -> bool:  # noqa: ANN401
    """Whether the foot of a sheet begins on a page on which nothing else stands."""
    boxes = [page]
    while [box.element_tag for box in boxes] in ([None], ["html"], ["body"]):
        boxes = [box for box in boxes[0].children if not hasattr(box, "at_keyword")]
    alone = [box.element_tag for box in boxes] == ["footer"]
    return alone and "top" not in boxes[0].remove_decoration_sides


def is_framed(box: Any) -> bool:  # noqa: ANN401
    """Whether a line is seen around a box, or at the end of its lines."""
    return bool(
        getattr(box, "border_left_width", 0)
        or getattr(box, "border_right_width", 0)
        or getattr(box, "border_bottom_width", 0)
    )


def is_limited(box: Any) -> bool:  # noqa: ANN401
    """Whether the height of a box does not follow from what is in it; browsers size buttons."""
    height, most = box.style["height"], box.style["max_height"]
    free = height == "auto" and most.unit != "%" and most.value == math.inf
    return not free and box.element_tag not in _CONTROLS


def hanging(box: Any) -> tuple[float, float]:  # noqa: ANN401
    """How far a box is meant to stand outside, by negative margins."""
    margins = box.style["margin_left"], box.style["margin_right"]
    left, right = (0 if margin == "auto" else max(0, -margin.value) for margin in margins)
    return left, right


def leaves(line: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the texts of a line and what stands in it as a whole."""
    for child in line.children:
        box = getattr(child, "_box", child)
        if hasattr(box, "text") or hasattr(box, "replacement") or not box.children:
            yield box
        elif type(box).__name__ == "InlineBox":
            yield from leaves(box)
        else:
            yield box


def spaces(box: Any) -> tuple[float, float]:  # noqa: ANN401
    """About as much as the spaces take at the left and right of a text; they are not seen."""
    text, size = box.text, box.style["font_size"]
    before, after = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    spaces = before * _SPACE * size, after * _WIDEST_SPACE * size
    return spaces if box.style["direction"] == "ltr" else spaces[::-1]


def top(box: Any) -> float:  # noqa: ANN401
    """About where the letters of a text begin; lines are often taller than their letters."""
    return float(box.position_y + box.baseline - _ASCENT * box.style["font_size"])


def bottom(box: Any) -> float:  # noqa: ANN401
    """About where the letters of a text end."""
    return float(box.position_y + box.baseline + _DESCENT * box.style["font_size"])


def is_said(text: str) -> bool:
    """Whether there are letters or digits in a text; signs and pictures are looked at."""
    return any(map(str.isalnum, text))


def words(box: Any) -> str:  # noqa: ANN401
    """The first words in a box."""
    texts: list[str] = []
    for leaf in box.descendants():
        if hasattr(leaf, "text"):
            texts.append(leaf.text)
        elif hasattr(leaf, "text_overflow"):
            texts.append(" ")  # another line, or another cell
        if len(texts) > _FEW:
            break
    return first_words("".join(texts).replace("\u200b", ""))


def name(box: Any) -> str:  # noqa: ANN401
    """What a picture is called: its description, else its file."""
    element = box.element
    file = element.get("src", "").rsplit("/", 1)[-1]
    return first_words(element.get("alt") or element.get("aria-label") or unquote(file))


def mm(pixels: float) -> str:
    """A length in words, never as nothing."""
    return f"{max(1, round(pixels * _MM))} mm"
