"""The codes of a font, each with a glyph and a text, and how they come into a PDF.

A font of WeasyPrint's has one code for each of its glyphs. Those beyond stand for a glyph that has
another text as well, or for glyphs that are put together. `finish` adds them to the fonts of a PDF.
Rules: ISO 32000-1, 9.7.4 (codes and glyphs) and 9.10.3 (the text of a code).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import pydyf

from outreach.sheet.truetype import Composite, Part, with_composites

ROOM = 1024
"""Codes after a font's last glyph that WeasyPrint may take for glyphs that are missing."""


class Cluster(NamedTuple):
    """Letters that are drawn together."""

    text: str
    glyphs: tuple[tuple[int, int, int, int], ...]
    """Number, width, and how far right and down of its place; lengths as in Pango."""
    rtl: bool


class Drawn(NamedTuple):
    """What a code stands for."""

    shape: int | tuple[Part, ...]
    """A glyph, or those of which one is to be made; of none, a blank one."""
    advance: int
    """In units of the font; 0 for a glyph that the font has, which brings its own."""
    text: str


@dataclass(slots=True)
class Codes:
    """The codes of a font."""

    more: dict[Drawn, int] = field(default_factory=dict)
    """Codes beyond the font's own glyphs."""
    parts: set[int] = field(default_factory=set)
    """Glyphs that were no more than parts of others so far."""
    shown: dict[float, dict[Cluster, tuple[str, float]]] = field(default_factory=dict)
    """What shows a cluster, by size, and how many thousandths of it that moves on too far."""


OF: WeakKeyDictionary[Any, Codes] = WeakKeyDictionary()
"""The codes of WeasyPrint's fonts, as long as these live."""


def texts(font: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the texts that a font of a document was used for."""
    codes = OF.get(font) or Codes()
    yield from (text for glyph, text in font.to_unicode.items() if glyph not in codes.parts)
    yield from (drawn.text for drawn in codes.more)


def finish(document: Any, pdf: Any) -> None:  # noqa: ANN401
    """Complete the fonts of a PDF with the codes beyond their glyphs, in WeasyPrint's hook."""
    fonts = {font.name: font for font in document.fonts.values()}
    for item in list(pdf.objects):
        if isinstance(item, dict) and item.get("Subtype") == "/Type0":
            font = fonts[item["BaseFont"]]
            codes = OF.get(font) or Codes()
            if codes.more:
                _complete(pdf, item, codes.more, font.upem)


def _complete(pdf: Any, font: Any, more: Mapping[Drawn, int], upem: int) -> None:  # noqa: ANN401
    """Give a font the texts, the glyphs and the widths of codes beyond its glyphs."""
    descendant = _object(pdf, font["DescendantFonts"][0])
    last = min(more.values()) - ROOM - 1
    _add_texts(_object(pdf, font["ToUnicode"]), {code: drawn.text for drawn, code in more.items()})
    widths = _widths(descendant["W"])
    composites = [drawn for drawn in more if not isinstance(drawn.shape, int)]
    numbers = _add_composites(pdf, descendant, composites)
    # WeasyPrint's own map of codes, which tells missing glyphs from others, does not know ours.
    font["Encoding"] = "/Identity-H"
    glyphs = {glyph: glyph for glyph in widths if glyph <= last}
    for drawn, code in more.items():
        own = drawn.shape if isinstance(drawn.shape, int) else None
        width = drawn.advance * 1000 / upem if own is None else widths[own]
        descendant["W"] += [code, pydyf.Array([width])]
        glyphs[code] = numbers[drawn] if own is None else own
    descendant["CIDToGIDMap"] = _map(pdf, glyphs)


def _add_composites(
    pdf: Any,  # noqa: ANN401
    descendant: Any,  # noqa: ANN401
    composites: Sequence[Drawn],
) -> dict[Drawn, int]:
    """Put glyphs together in the embedded font; return their numbers."""
    shapes = dict.fromkeys((drawn.shape, drawn.advance) for drawn in composites)
    file = _object(pdf, _object(pdf, descendant["FontDescriptor"])["FontFile2"])
    made = [Composite(shape, advance) for shape, advance in shapes if not isinstance(shape, int)]
    (data,), first = file.stream, 0
    if made:
        file.stream[0], first = with_composites(data, made)
        file.extra["Length1"] = len(file.stream[0])
    numbers = dict(zip(shapes, range(first, first + len(made)), strict=True))
    return {drawn: numbers[drawn.shape, drawn.advance] for drawn in composites}


def _map(pdf: Any, glyphs: Mapping[int, int]) -> bytes:  # noqa: ANN401
    """Add the table of the glyph behind each code; return its reference."""
    table = bytearray(2 * (max(glyphs) + 1))
    for code, glyph in glyphs.items():
        table[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    stream = pydyf.Stream([bytes(table)], compress=True)
    pdf.add_object(stream)
    return bytes(stream.reference)


def _add_texts(cmap: Any, texts: Mapping[int, str]) -> None:  # noqa: ANN401
    """Add the texts of codes to a `/ToUnicode` stream."""
    rows = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in texts.items()]
    lines: list[bytes] = []
    # A block of rows has no more than 100 of them.
    for start in range(0, len(rows), 100):
        block = rows[start : start + 100]
        lines += (f"{len(block)} beginbfchar".encode(), "\n".join(block).encode(), b"endbfchar")
    end = cmap.stream.index(b"endcmap")
    cmap.stream[end:end] = lines


def _widths(array: Any) -> dict[int, float]:  # noqa: ANN401
    """Read a `/W` array that has a first code and a list of widths for each row of codes."""
    return {
        first + index: width
        for first, widths in zip(array[::2], array[1::2], strict=True)
        for index, width in enumerate(widths)
    }


def _object(pdf: Any, reference: bytes) -> Any:  # noqa: ANN401
    return pdf.objects[int(reference.split()[0])]
