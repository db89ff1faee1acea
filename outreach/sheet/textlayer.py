"""The text layer of a PDF: what is copied, searched and read aloud.

WeasyPrint gives each glyph the text that it was first drawn for (Kozea/WeasyPrint#2841). That is
wrong wherever a font draws several letters with one glyph (a base without its dots, a no-break
space) or one letter with several; and readers, who go by the place of each glyph, pull a letter
and its marks apart. Here the letters that are drawn together become one code with one text:

- A glyph that stands for another text than before has a code of its own, for the same outline.
- Glyphs that are drawn together, or beside their place, are put together in the font, as one glyph
  with a code and a text. In scripts that run from right to left each character has a code, so that
  readers, who turn the whole line around, get them in order: the first one shows all.
- Readers take what stands between a Hebrew or Arabic word and a number for a part of the number. A
  mark that nobody sees (U+200F) tells them where it begins.
- A line that was broken at a space ends with a space: its last word and the next line's first one
  are two for who reads the parts of a document one after the other.

`install` wraps the function that draws a line of text and the one that cuts off the space at its
end. `finish` completes the fonts, from WeasyPrint's own hook. What is seen stays the same. Rules:
ISO 32000-1, 9.7.4 (codes and glyphs) and 9.10.3 (the text of a code).
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import pydyf
import weasyprint.draw.text
import weasyprint.layout.inline
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from outreach.sheet.truetype import Composite, Part, is_truetype, with_composites

_ROOM = 1024
"""Codes after a font's last glyph that WeasyPrint may take for glyphs that are missing."""
_LAST = 0xFFFF
_HOLD = "\u200f"
_FILLER = "\u2060"
_HELPERS = dict.fromkeys(map(ord, "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"))
_HELPERS.update(dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Characters that steer line breaks and directions and are no part of the text."""


class _Drawn(NamedTuple):
    """What is behind a code: an outline that the font has, or one that it will have."""

    shape: int | tuple[Part, ...]
    advance: int
    """In units of the font; 0 for an outline that the font has, which brings its own."""
    text: str


@dataclass(slots=True)
class _Codes:
    """What the codes of a font beyond its own glyphs stand for."""

    more: dict[_Drawn, int] = field(default_factory=dict)
    parts: set[int] = field(default_factory=set)
    """Glyphs that are a part of others so far, and do not stand alone."""

    def code(self, font: Any, drawn: _Drawn) -> int:  # noqa: ANN401
        return self.more.setdefault(drawn, font.glyph_count + _ROOM + len(self.more))


_codes: WeakKeyDictionary[Any, _Codes] = WeakKeyDictionary()


class _Glyph(NamedTuple):
    """A glyph of Pango's, in units of the font."""

    number: int
    width: float
    x: float
    y: float


class _Cluster(NamedTuple):
    """Letters that are drawn together."""

    font: Any
    pango_font: Any
    size: float
    text: str
    glyphs: tuple[_Glyph, ...]
    rtl: bool
    held: bool = False


class _Line:
    """Stands before a stream while one line is drawn, and shows the line by our codes."""

    def __init__(self, stream: Any, textbox: Any) -> None:  # noqa: ANN401
        self._stream = stream
        self._textbox = textbox
        self._strings: Iterator[str] | None = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._stream, name)

    def set_text_matrix(self, *values: float) -> None:
        # From here on the line does not change any more, and nothing of it is drawn yet.
        clusters = list(_clusters(self._stream, self._textbox))
        if all(map(_can_be_put_together, clusters)):
            if _in_right_to_left(self._textbox, clusters):
                clusters = list(_held(clusters))
            self._strings = iter(_strings(clusters))
        self._stream.set_text_matrix(*values)

    def set_font_size(self, font: str, size: float) -> None:
        self._stream.set_font_size(font, size)
        if self._strings is not None:
            self._stream.show_text(next(self._strings))

    def set_text_rise(self, rise: float) -> None:
        if self._strings is None:
            self._stream.set_text_rise(rise)

    def show_text(self, string: str) -> None:
        if self._strings is None:
            self._stream.show_text(string)


def _can_be_put_together(cluster: _Cluster) -> bool:
    """Whether nothing is missing, and the font has plain outlines."""
    font, flag = cluster.font, pango.PANGO_GLYPH_UNKNOWN_FLAG
    known = not any(glyph.number & flag for glyph in cluster.glyphs if not _empty(glyph))
    return known and is_truetype(font.file_content) and not (font.bitmap or font.png or font.svg or font.colr)


def _empty(glyph: _Glyph) -> bool:
    return glyph.number == pango.PANGO_GLYPH_EMPTY


def _clusters(stream: Any, textbox: Any) -> Iterator[_Cluster]:  # noqa: ANN401
    text = textbox.pango_layout.text.encode()
    run = textbox.pango_layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        font, size = stream.add_font(item.analysis.font)
        unit = font.upem * FROM_UNITS / size
        rtl = bool(item.analysis.level % 2)
        for begin, end, infos in _spans(glyphs, item.length, rtl=rtl):
            part = text[item.offset + begin : item.offset + end].decode()
            drawn = tuple(
                _Glyph(
                    info.glyph,
                    info.geometry.width * unit,
                    info.geometry.x_offset * unit,
                    -info.geometry.y_offset * unit,
                )
                for info in infos
            )
            yield _Cluster(font, item.analysis.font, size, part, drawn, rtl)
        run = run.next


def _spans(glyphs: Any, length: int, *, rtl: bool) -> Iterator[tuple[int, int, list[Any]]]:  # noqa: ANN401
    """Yield begin and end of each cluster's text in a run, and its glyphs, in the order drawn."""
    count = glyphs.num_glyphs
    begins = ffi.unpack(glyphs.log_clusters, count)
    infos = list(glyphs.glyphs[0:count])
    first, before = 0, length
    for index in range(1, count + 1):
        if index < count and begins[index] == begins[first]:
            continue
        begin, after = begins[first], begins[index] if index < count else length
        yield begin, before if rtl else after, infos[first:index]
        first, before = index, begin


def _in_right_to_left(textbox, clusters):
    style = textbox.style
    parent = style.parent_style
    return style["direction"] == "rtl" or bool(parent) and parent["direction"] == "rtl" or any(c.rtl for c in clusters)


def _held(clusters):
    begins = True
    for c in clusters:
        text = c.text.translate(_HELPERS)
        if text.isspace():
            begins = True
        elif text:
            if begins and unicodedata.bidirectional(text[0]) not in {"R", "AL", "NSM"}:
                c = c._replace(text=text + _HOLD if c.rtl else _HOLD + text, held=True)
            begins = False
        yield c


def _strings(clusters: Sequence[_Cluster]) -> Iterator[str]:
    """Yield what to show of a line in each font that follows another."""
    font: Any = None
    shown: list[str] = []
    drift = 0.0
    for group in _groups(clusters):
        first = group[0]
        if font is not None and first.pango_font != font:
            yield "".join(shown).replace("><", "")
            shown = []
        font = first.pango_font
        for code, width, advance in _codes_of(group):
            if code is not None:
                shown.append(f"<{code:04x}>")
            drift += width - advance * 1000 / first.font.upem
            if abs(drift) >= 0.5:
                shown.append(f"{round(drift)}")
                drift -= round(drift)
    if font is not None:
        yield "".join(shown).replace("><", "")


def _groups(clusters: Iterable[_Cluster]) -> Iterator[list[_Cluster]]:
    """Put marks that are drawn for themselves to their letter."""
    group: list[_Cluster] = []
    for cluster in clusters:
        marks = _only_marks(cluster.text)
        joins = bool(group) and (_only_marks(group[-1].text) if cluster.rtl else marks)
        same = bool(group) and group[-1].pango_font == cluster.pango_font and group[-1].rtl == cluster.rtl
        if group and not (joins and same):
            yield group
            group = []
        group.append(cluster)
    if group:
        yield group


@functools.cache
def _only_marks(text: str) -> bool:
    return all(unicodedata.category(char).startswith("M") for char in text)


def _codes_of(group: list[_Cluster]) -> Iterator[tuple[int | None, float, float]]:
    first = group[0]
    font = first.font
    text = "".join(c.text for c in (group[::-1] if first.rtl else group))
    if not any(c.held for c in group):
        text = text.translate(_HELPERS) or text
    glyphs = [g for c in group for g in c.glyphs]
    advance = sum(g.width for g in glyphs)
    drawn = [g for g in glyphs if not _empty(g)]
    if not drawn:
        yield None, 0, advance
        return
    if len(drawn) == 1 and not round(drawn[0].x) and not round(drawn[0].y) and (len(text) == 1 or not first.rtl):
        number = drawn[0].number
        yield _single(font, number, text), _width(first, number), advance
        return
    parts, pen = [], 0.0
    codes = _codes.setdefault(font, _Codes())
    for g in glyphs:
        if not _empty(g):
            parts.append(Part(g.number, round(pen + g.x), round(g.y)))
            if g.number not in font.to_unicode:
                font.to_unicode[g.number] = _FILLER
                codes.parts.add(g.number)
                _width(first, g.number)
        pen += g.width
    pieces = list(reversed(text)) if first.rtl else [text]
    each = round(advance / len(pieces))
    for index, piece in enumerate(pieces):
        d = _Drawn(() if index else tuple(parts), each, piece)
        yield codes.code(font, d), each * 1000 / font.upem, advance / len(pieces)


def _single(font: Any, glyph: int, text: str) -> int:  # noqa: ANN401
    own = font.to_unicode.get(glyph)
    if own == text:
        return glyph
    if own is None:
        font.to_unicode[glyph] = text
        return glyph
    codes = _codes.setdefault(font, _Codes())
    if glyph in codes.parts:
        codes.parts.remove(glyph)
        font.to_unicode[glyph] = text
        return glyph
    return codes.code(font, _Drawn(glyph, 0, text))


def _width(cluster: _Cluster, glyph: int) -> float:
    widths = cluster.font.widths
    if glyph not in widths:
        ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
        pango.pango_font_get_glyph_extents(cluster.pango_font, glyph, ink, logical)
        widths[glyph] = round(logical.width * 1000 * FROM_UNITS / cluster.size)
    return widths[glyph]


def finish(document: Any, pdf: Any) -> None:  # noqa: ANN401
    """Complete the fonts of a PDF with the codes beyond their glyphs, from WeasyPrint's hook."""
    fonts = {font.name: font for font in document.fonts.values() if font in _codes}
    for item in list(pdf.objects):
        if isinstance(item, dict) and item.get("Subtype") == "/Type0":
            if item["BaseFont"] in fonts:
                f = fonts[item["BaseFont"]]
                _complete(pdf, item, f, _codes[f])


def _object(pdf: Any, reference: bytes) -> Any:  # noqa: ANN401
    return pdf.objects[int(reference.split()[0])]


def _complete(pdf: Any, font: Any, f: Any, codes: _Codes) -> None:  # noqa: ANN401
    if not codes.more:
        return
    descendant = _object(pdf, font["DescendantFonts"][0])
    _add_texts(_object(pdf, font["ToUnicode"]), {code: drawn.text for drawn, code in codes.more.items()})
    widths = _widths(descendant["W"])
    table = {glyph: glyph for glyph in widths}
    composites = {}
    for drawn, code in codes.more.items():
        if isinstance(drawn.shape, int):
            table[code] = drawn.shape
            width = widths[drawn.shape]
        else:
            composites.setdefault((drawn.shape, drawn.advance), []).append(code)
            width = drawn.advance * 1000 / f.upem
        descendant["W"] += [code, pydyf.Array([width])]
    if composites:
        fontfile = _object(pdf, _object(pdf, descendant["FontDescriptor"])["FontFile2"])
        data, number = with_composites(fontfile.stream[0], [Composite(*key) for key in composites])
        fontfile.stream[0] = data
        fontfile.extra["Length1"] = len(data)
        for n, cs in enumerate(composites.values(), number):
            for c in cs:
                table[c] = n
    mapped = bytearray(2 * (max(table) + 1))
    for code, glyph in table.items():
        mapped[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    stream = pydyf.Stream([bytes(mapped)], compress=True)
    pdf.add_object(stream)
    descendant["CIDToGIDMap"] = stream.reference


def _widths(array: Any) -> dict[int, float]:  # noqa: ANN401
    return {
        first + index: width
        for first, widths in zip(array[::2], array[1::2], strict=True)
        for index, width in enumerate(widths)
    }


def _add_texts(cmap: Any, texts: dict[int, str]) -> None:  # noqa: ANN401
    items = list(texts.items())
    lines = []
    for start in range(0, len(items), 100):
        batch = items[start : start + 100]
        lines.append(f"{len(batch)} beginbfchar".encode())
        lines += [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>".encode() for code, text in batch]
        lines.append(b"endbfchar")
    end = cmap.stream.index(b"endcmap")
    cmap.stream[end:end] = lines


_draw_first_line = weasyprint.draw.text.draw_first_line


def _drawn(stream: Any, textbox: Any, *arguments: Any) -> Any:  # noqa: ANN401
    return _draw_first_line(_Line(stream, textbox), textbox, *arguments)


def install() -> None:
    """Let WeasyPrint draw its lines with our codes, in this process."""
    weasyprint.draw.text.draw_first_line = _drawn
