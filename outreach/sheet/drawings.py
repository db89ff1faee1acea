"""Pictures in SVG are drawn whole or not at all, and no more is drawn than was counted on.

WeasyPrint leaves a picture that it cannot draw where it stopped: what follows on the page would be
moved or cut off with it. And it draws what styles bring into a picture, such as a mark at each
corner of a line, as often as they say. `install` wraps the functions that draw such pictures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import weasyprint.images
import weasyprint.svg
from weasyprint.logger import LOGGER

from outreach.pictures.svg import MOST, weight

_FAILS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NameError, RuntimeError),
    *(SyntaxError, TypeError, ValueError),
)
"""What WeasyPrint raises for pictures that nobody should make: all but what stops the program."""
_NO_NUMBER = re.compile(rb"\b(?:nan|inf)\b")
"""What becomes of sizes like 1e999; a reader of PDF would stop at it."""

_draw_node = weasyprint.svg.SVG.draw_node
_work: list[float] = []
"""How much was drawn of a picture, and of those in it which are being drawn."""


class TooMuchError(Exception):
    """A picture draws more than it may."""


def _draw(picture: Any, stream: Any, width: float, height: float, _style: Any) -> None:  # noqa: ANN401
    """Draw a picture; what it has drawn is taken out again when it fails."""
    start, states = len(stream.stream), len(stream._ctm_stack)  # noqa: SLF001
    address = picture._base_url or "in the guide's HTML"  # noqa: SLF001
    _work.append(0.0)
    try:
        picture._svg.draw(stream, width, height, picture._base_url, picture._context)  # noqa: SLF001
        why = "a size in it is beyond measure" if _has_no_number(stream.stream[start:]) else ""
    except TooMuchError:
        why = "it draws too much; make it simpler"
    except _FAILS:
        why = "it has parts that nobody can draw; save it again"
    finally:
        _work.pop()
    if why:
        del stream.stream[start:]
        del stream._ctm_stack[states:]  # noqa: SLF001
        stream.push_state()
        stream.pop_state()  # forgets which colors were set, and leaves nothing behind
        LOGGER.error("Failed to load image at %r: %s", address, why)


def _counted(drawing: Any, node: Any, *how: Any, **more: Any) -> Any:  # noqa: ANN401
    """Draw an element, unless the picture, with those in it, drew too much already."""
    if _work:
        _work[0] += weight(node.tag, node.attrib, (node.text or "",))
        if _work[0] > MOST:
            raise TooMuchError
    return _draw_node(drawing, node, *how, **more)


def _has_no_number(operators: Sequence[Any]) -> bool:
    return any(isinstance(item, bytes) and _NO_NUMBER.search(item) for item in operators)


def install() -> None:
    """Let WeasyPrint draw pictures in this way, in this process."""
    weasyprint.images.SVGImage.draw = _draw
    weasyprint.svg.SVG.draw_node = _counted
