"""Numbers of lists are drawn with their items.

WeasyPrint draws all that stands outside of the text after the text, so that who reads a page in the
order in which it was drawn (as PDFium does, which Chrome uses) finds the numbers of all lists at
its end. `install` wraps the two functions that decide on the order. Nothing else changes: a number
and its item do not overlap.
"""

from __future__ import annotations

from typing import Any

import weasyprint.draw
import weasyprint.stacking
from weasyprint.formatting_structure.boxes import BlockLevelBox, LineBox
from weasyprint.layout.absolute import AbsolutePlaceholder

_MARKERS = "outreach_markers"
"""What is set on a line, to be drawn before it."""

_dispatch = weasyprint.stacking._dispatch  # noqa: SLF001
_draw_inline_level = weasyprint.draw.draw_inline_level
_waiting: list[Any] = []
"""Numbers whose first line has not come yet."""


def _sort(box: Any, page: Any, contexts: list[Any], *others: Any) -> Any:  # noqa: ANN401
    """Decide when a box is drawn: the number of an item with the item's first line."""
    real = box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001
    if getattr(real, "is_outside_marker", False):
        context = weasyprint.stacking.StackingContext.from_box(real, page, contexts)
        _waiting.append(context)
        return None
    before = len(_waiting)
    result = _dispatch(box, page, contexts, *others)
    if isinstance(result, LineBox) and _waiting:
        setattr(result, _MARKERS, tuple(_waiting))
        _waiting.clear()
    elif isinstance(real, BlockLevelBox):
        # An item without a line: its number is drawn last, as ever.
        contexts.extend(_waiting[before:])
        del _waiting[before:]
    return result


def _draw_in_line(stream: Any, page: Any, box: Any, *options: Any, **more: Any) -> Any:  # noqa: ANN401
    for context in getattr(box, _MARKERS, ()):
        weasyprint.draw.draw_stacking_context(stream, context)
    return _draw_inline_level(stream, page, box, *options, **more)


def forget() -> None:
    """Forget the numbers of a document that could not be laid out: they belong to no other."""
    _waiting.clear()


def install() -> None:
    """Let WeasyPrint draw the numbers of lists with their items, in this process."""
    weasyprint.stacking._dispatch = _sort  # noqa: SLF001
    weasyprint.draw.draw_inline_level = _draw_in_line
