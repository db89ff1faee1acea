"""QR codes: the only place that uses segno."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import segno

_QUIET = 4
"""Modules of white around a code, as ISO/IEC 18004 asks."""
_KEPT = 4
"""Codes: the sheets of a guide are made one after the other, and have the same two addresses."""


@lru_cache(_KEPT)
def qr_svg(address: str, title: str) -> str:
    """Return an address as a QR code in SVG, of black squares on nothing; its size is left to CSS.

    It bears 15 percent of damage, such as a fold or a poor copy. `title` is what a screen reader
    says instead. Raises `ValueError` for an address that is too long for a code.
    """
    code = segno.make(address, error="m", micro=False)
    rows = [bytes(row) for row in code.matrix]
    size = len(rows) + 2 * _QUIET
    path = "".join(_row(row, number + _QUIET) for number, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<title>{escape(title)}</title><path d="{path}"/></svg>'
    )


def _row(row: bytes, y: int) -> str:
    """Return one row as closed rectangles, one for each run of dark modules."""
    parts, start = [], None
    for x, dark in enumerate((*row, 0)):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            parts.append(f"M{start + _QUIET} {y}h{x - start}v1h{start - x}z")
            start = None
    return "".join(parts)
