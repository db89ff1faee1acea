"""The text layer of a PDF: what is copied, searched and read aloud.

WeasyPrint gives each glyph the text that it was first drawn for (Kozea/WeasyPrint#2841). That is
wrong wherever a font draws several letters with one glyph (a base without its dots, a no-break
space) or one letter with several; and readers, who go by the place of each glyph, pull a letter
and its marks apart. Here letters that are drawn together become one code with one text:

- A glyph that stands for another text than before has a code of its own, for the same outline.
- Glyphs that are drawn together, or beside their place, are put together in the font, as one glyph
  with a code and a text. In scripts that run from right to left each character has a code, because
  readers turn the line around character by character: the first code shows all, the others nothing.
- Readers take what stands between a Hebrew or Arabic word and a number for a part of the number. A
  mark that nobody sees (U+200F) tells them where it begins.
- A line that was broken at a space ends with one, so that its last word and the next line's first
  stay two words for who reads the parts of a document one after the other.

`install` wraps the function that draws a line of text and the one that cuts off the space at its
end; `finish` completes the fonts, from WeasyPrint's own hook. What is seen stays the same. Rules:
ISO 32000-1, 9.7.4 (codes and glyphs) and 9.10.3 (the text of a code).
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import pydyf
import weasyprint.draw.text
import weasyprint.layout.inline
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from outreach.sheet.truetype import Composite, Part, is_truetype, with_composites

_ROOM = 1024
"""Codes after a font's last glyph that WeasyPrint may take for glyphs that are missing."""
_LAST = 0xFFFF
_HOLD = "\u200f"
_PART = "\u2060"
"""The text of a glyph that is only shown as a part of others; no reader comes to see it."""
_HELPERS = dict.fromkeys(map(ord, "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"))
_HELPERS.update(dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Characters that steer line breaks and directions and are no part of the text."""
_RIGHT_TO_LEFT = frozenset(("R", "AL", "NSM"))
_SPACED = "outreach_ends_with_space"
"""What is set on the boxes of WeasyPrint that lost a space at the end of their line."""

_draw_first_line = weasyprint.draw.text.draw_first_line
_remove_last_whitespace = weasyprint.layout.inline.remove_last_whitespace

_split_text_box = weasyprint.layout.inline.split_text_box


class _Drawn(NamedTuple):
    """What a code stands for."""

    shape: int | tuple[Part, ...]
    """A glyph, or those of which one is to be made; of none, a blank one."""
    advance: int
    """In units of the font; 0 for a glyph that the font has, which brings its own."""
    text: str


@dataclass(slots=True)
class _Codes:
    """The codes of a font."""

    more: dict[_Drawn, int] = field(default_factory=dict)
    """Codes beyond the font's own glyphs."""
    parts: set[int] = field(default_factory=set)
    """Glyphs that were no more than parts of others so far."""


_codes: WeakKeyDictionary[Any, _Codes] = WeakKeyDictionary()


class _Cluster(NamedTuple):
    """Letters that are drawn together."""

    text: str
    glyphs: list[tuple[int, int, int, int]]
    """Number, width, and how far right and down of its place; lengths as in Pango."""
    rtl: bool


class _Face:
    """A font in one size, which gives codes to what is drawn in it."""

    def __init__(self, stream: Any, pango_font: Any) -> None:  # noqa: ANN401
        self.font, self._size = stream.add_font(pango_font)
        self._pango_font = pango_font
        self._codes = _codes.setdefault(self.font, _Codes())
        self.unit = self.font.upem * FROM_UNITS / self._size
        """A length of Pango's in units of the font."""
        font = self.font
        colored = font.bitmap or font.png or font.svg or font.colr
        self.plain = not colored and is_truetype(font.file_content)

    def width(self, glyph: int) -> float:
        """Return how far a glyph moves on by itself, in thousandths of the size."""
        widths = self.font.widths
        if glyph not in widths:
            ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(self._pango_font, glyph, ink, logical)
            widths[glyph] = round(logical.width * 1000 * FROM_UNITS / self._size)
        return float(widths[glyph])

    def code(self, glyph: int, text: str) -> int:
        """Return the code of a glyph that stands for a text."""
        texts = self.font.to_unicode
        if texts.setdefault(glyph, text) == text:
            return glyph
        if glyph in self._codes.parts:
            self._codes.parts.remove(glyph)
            texts[glyph] = text
            return glyph
        return self._more(_Drawn(glyph, 0, text))

    def composite(self, parts: tuple[Part, ...], advance: int, text: str) -> int:
        """Return the code of glyphs that stand together for a text."""
        for part in parts:
            if part.glyph not in self.font.to_unicode:
                self.font.to_unicode[part.glyph] = _PART
                self._codes.parts.add(part.glyph)
                self.width(part.glyph)
        return self._more(_Drawn(parts, advance, text))

    def _more(self, drawn: _Drawn) -> int:
        code = self.font.glyph_count + _ROOM + len(self._codes.more)
        return self._codes.more.setdefault(drawn, code)


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
        stretches = list(_stretches(self._stream, self._textbox))
        if all(face.plain and not _misses(clusters) for face, clusters in stretches):
            self._strings = iter(list(_strings(self._textbox, stretches)))
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


def _misses(clusters: Iterable[_Cluster]) -> bool:
    """Whether there are letters that the font does not have."""
    flag, empty = pango.PANGO_GLYPH_UNKNOWN_FLAG, pango.PANGO_GLYPH_EMPTY
    return any(
        number & flag for cluster in clusters for number, *_ in cluster.glyphs if number != empty
    )


_Stretches = Iterable[tuple[_Face, list[_Cluster]]]


def _stretches(stream: Any, textbox: Any) -> Iterator[tuple[_Face, list[_Cluster]]]:  # noqa: ANN401
    """Yield what a line has in each font that follows another, in the order drawn."""
    text = textbox.pango_layout.text.encode()
    items = _items(textbox.pango_layout.get_first_line()[0])
    for pango_font, same in groupby(items, lambda item: item.item.analysis.font):
        clusters = [cluster for item in same for cluster in _clusters(item, text)]
        yield _Face(stream, pango_font), clusters


def _items(line: Any) -> Iterator[Any]:  # noqa: ANN401
    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next


def _clusters(glyph_item: Any, text: bytes) -> Iterator[_Cluster]:  # noqa: ANN401
    item, glyphs = glyph_item.item, glyph_item.glyphs
    rtl, offset, count = bool(item.analysis.level % 2), item.offset, glyphs.num_glyphs
    if not count:
        return
    begins = [*ffi.unpack(glyphs.log_clusters, count), item.length]
    shapes = [
        (info.glyph, info.geometry.width, info.geometry.x_offset, info.geometry.y_offset)
        for info in glyphs.glyphs[0:count]
    ]
    first, before = 0, item.length
    for index in range(1, count + 1):
        begin = begins[first]
        if begins[index] == begin and index < count:
            continue
        end = before if rtl else begins[index]
        part = text[offset + begin : offset + end].decode()
        yield _Cluster(part, shapes[first:index], rtl)
        first, before = index, begin


def _strings(textbox: Any, stretches: _Stretches) -> Iterator[str]:  # noqa: ANN401
    """Yield what to show of a line in each font."""
    held = _Hold(active=_runs_to_the_left(textbox, stretches))
    ends = getattr(textbox, _SPACED, False)
    drift = 0.0
    last = len(stretches) - 1
    for index, (face, clusters) in enumerate(stretches):
        shown = []
        scale = 1000 / face.font.upem
        if ends and held.active and not index:
            blank = _blank(face)
            shown += blank[1], blank[0]
        for group in _groups(clusters):
            for code, width, advance in _shown(face, group, held):
                if code is not None:
                    shown.append(f"<{code:04x}>")
                drift += width - advance * scale
                if not -0.5 < drift < 0.5:
                    shown.append(str(round(drift)))
                    drift -= round(drift)
        if ends and not held.active and index == last:
            shown.append(_blank(face)[0])
        yield "".join(shown).replace("><", "")


def _blank(face):
    advance = face.font.upem // 4
    return f"<{face.composite((), advance, ' '):04x}>", str(round(advance * 1000 / face.font.upem))


def _runs_to_the_left(textbox: Any, stretches: _Stretches) -> bool:  # noqa: ANN401
    """Whether a line, or the line it is a part of, is in a script that runs to the left."""
    parent = textbox.style.parent_style
    return (
        textbox.style["direction"] == "rtl"
        or (parent is not None and parent["direction"] == "rtl")
        or any(cluster.rtl for _, clusters in stretches for cluster in clusters)
    )


def _groups(clusters: Iterable[_Cluster]) -> Iterator[list[_Cluster]]:
    """Put marks that are drawn for themselves to their letter."""
    group: list[_Cluster] = []
    for cluster in clusters:
        # Drawn from left to right, marks come before their letter in scripts that run to the left.
        marks = group[-1] if group and cluster.rtl else cluster
        if group and not (_only_marks(marks.text) and group[-1].rtl == cluster.rtl):
            yield group
            group = []
        group.append(cluster)
    if group:
        yield group


@functools.cache
def _only_marks(text: str) -> bool:
    return all(unicodedata.category(char).startswith("M") for char in text)


@dataclass(slots=True)
class _Hold:
    """Finds the places where a word that runs to the left and a number meet."""

    active: bool
    begins: bool = True

    def held(self, text: str, *, rtl: bool) -> str:
        """Return a text, drawn after those before, with a mark where one is needed."""
        if not self.active or not text:
            return text
        begins, self.begins = self.begins, text.isspace()
        if not begins or self.begins or unicodedata.bidirectional(text[0]) in _RIGHT_TO_LEFT:
            return text
        return text + _HOLD if rtl else _HOLD + text


def _shown(face, group, held) -> Iterator[tuple[int | None, float, float]]:
    """Yield the codes that show letters, how far each moves on by itself, and how far it should."""
    rtl = group[0].rtl
    text = "".join(cluster.text for cluster in (group[::-1] if rtl else group))
    text = text.translate(_HELPERS) or text
    text = held.held(text, rtl=rtl)
    glyphs = [glyph for cluster in group for glyph in cluster.glyphs]
    unit = face.unit
    advance = sum(glyph[1] for glyph in glyphs) * unit
    drawn = [glyph for glyph in glyphs if glyph[0] != pango.PANGO_GLYPH_EMPTY]
    if not drawn:
        yield None, 0, advance
        return
    if len(drawn) == 1 and not drawn[0][2] and not drawn[0][3] and (len(text) == 1 or not rtl):
        number = drawn[0][0]
        yield face.code(number, text), face.width(number), advance
        return
    parts, pen = [], 0
    for number, width, x, y in glyphs:
        if number != pango.PANGO_GLYPH_EMPTY:
            parts.append(Part(number, round((pen + x) * unit), round(-y * unit)))
        pen += width
    pieces = list(reversed(text)) if rtl else [text]
    each = round(advance / len(pieces))
    for index, piece in enumerate(pieces):
        code = face.composite(() if index else tuple(parts), each, piece)
        yield code, each * 1000 / face.font.upem, advance / len(pieces)


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


def _draw(stream: Any, textbox: Any, *arguments: Any) -> Any:  # noqa: ANN401
    return _draw_first_line(_Line(stream, textbox), textbox, *arguments)


def _cut_space(context: Any, line: Any) -> None:  # noqa: ANN401
    width = line.width
    _remove_last_whitespace(context, line)
    if line.width != width:
        texts = [box for box in line.descendants() if isinstance(box, TextBox) and box.text.strip()]
        if texts:
            setattr(texts[-1], _SPACED, True)


def _split(context: Any, box: Any, available_width: Any, skip: Any, **options: Any) -> Any:  # noqa: ANN401
    result = _split_text_box(context, box, available_width, skip, **options)
    new, resume, _ = result
    if new is not None and resume is not None and not new.text.endswith(" "):
        if box.text.encode()[:resume].endswith(b" "):
            setattr(new, _SPACED, True)
    return result


def install() -> None:
    """Let WeasyPrint draw its lines with our codes, in this process."""
    weasyprint.draw.text.draw_first_line = _draw
    weasyprint.layout.inline.remove_last_whitespace = _cut_space
    weasyprint.layout.inline.split_text_box = _split
