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

`install` wraps the function that draws a line of text and the two that take the space off its end;
`codes` completes the fonts, in WeasyPrint's own hook. What is seen stays the same.
"""

from __future__ import annotations

import contextlib
import functools
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import weasyprint.draw.text
import weasyprint.layout.inline
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from outreach.sheet.codes import OF, ROOM, Cluster, Codes, Drawn
from outreach.sheet.truetype import Part, is_truetype

_LINE, _LAST = 4096, 0xFFFF
"""More codes than any line needs, and the last code there is."""
_GAP = 80
"""In thousandths of the size: readers of PDFs take a gap of 100 between two glyphs for a space."""
_HOLD = "\u200f"
_PART = "\u2060"
"""The text of a glyph that is only shown as a part of others, or has none at all."""
_HELPERS = dict.fromkeys(map(ord, "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"))
_HELPERS.update(dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Characters that steer line breaks and directions and are no part of the text."""
_JOINERS = "\u200c\u200d"
"""Characters that change the letter before them, as marks do."""
_RIGHT_TO_LEFT = frozenset(("R", "AL", "NSM"))
_SPACED = "outreach_ends_with_space"
"""What is set on the boxes of WeasyPrint that lost a space at the end of their line."""

_INFO = struct.Struct("=Iiii4x")
"""Pango's `PangoGlyphInfo`: number, width, how far right and down of its place."""
_EMPTY = pango.PANGO_GLYPH_EMPTY
_MISSING = pango.PANGO_GLYPH_UNKNOWN_FLAG

_draw_first_line = weasyprint.draw.text.draw_first_line
_remove_last_whitespace = weasyprint.layout.inline.remove_last_whitespace
_split_text_box = weasyprint.layout.inline.split_text_box


class _Face:
    """A font in one size, which gives codes to what is drawn in it."""

    def __init__(self, stream: Any, pango_font: Any) -> None:  # noqa: ANN401
        self.font, self.size = stream.add_font(pango_font)
        self._pango_font = pango_font
        self._codes = OF.get(self.font) or OF.setdefault(self.font, Codes())
        self._shown = self._codes.shown.setdefault(self.size, {})

    @property
    def plain(self) -> bool:
        """Whether there is an outline for every glyph, and nothing else."""
        font = self.font
        colored = font.bitmap or font.png or font.svg or font.colr
        room = font.glyph_count + ROOM + len(self._codes.more) + _LINE <= _LAST
        return room and not colored and is_truetype(font.file_content)

    def shown(self, cluster: Cluster) -> tuple[str, float]:
        """Return what shows a cluster, and how many thousandths of the size it moves on too far."""
        known = self._shown.get(cluster)
        if known is None:
            codes, moves = self._coded(Cluster(*cluster))
            width = sum(glyph[1] for glyph in cluster[1]) * FROM_UNITS / self.size
            string = "".join(f"{code:04x}" for code in codes)
            known = self._shown[cluster] = f"<{string}>" if string else "", moves - 1000 * width
        return known

    def blank(self) -> tuple[str, int]:
        """Return what shows a space, and how far that moves on."""
        advance = self.font.upem // 4
        code = self._more(Drawn((), advance, " "))
        return f"<{code:04x}>", round(advance * 1000 / self.font.upem)

    def _coded(self, cluster: Cluster) -> tuple[list[int], float]:
        """Return the codes that show a cluster, and how far they move on."""
        drawn = [glyph for glyph in cluster.glyphs if glyph[0] != _EMPTY]
        if not drawn:
            return [], 0
        (number, width, right, down), text = drawn[0], cluster.text or _PART
        if len(drawn) == 1 and not (right or down) and (len(text) == 1 or not cluster.rtl):
            own = self._width(number)
            if 1000 * width * FROM_UNITS / self.size - own < _GAP:
                return [self._code(number, text)], own
        return self._composed(cluster)

    def _composed(self, cluster: Cluster) -> tuple[list[int], float]:
        """Put the glyphs of a cluster together; of its characters, the first drawn shows all."""
        unit = self.font.upem * FROM_UNITS / self.size
        parts, pen = [], 0
        for number, width, right, down in cluster.glyphs:
            if number != _EMPTY:
                self._keep(number)
                parts.append(Part(number, round((pen + right) * unit), round(-down * unit)))
            pen += width
        text = cluster.text or _PART
        texts = text[::-1] if cluster.rtl else (text,)
        advance = max(0, round(pen * unit / len(texts)))
        first = self._more(Drawn(tuple(parts), advance, texts[0]))
        others = [self._more(Drawn((), advance, text)) for text in texts[1:]]
        return [first, *others], len(texts) * advance * 1000 / self.font.upem

    def _keep(self, glyph: int) -> None:
        """Let a glyph stay in the font although it is not shown for itself."""
        if glyph not in self.font.to_unicode:
            self.font.to_unicode[glyph] = _PART
            self._codes.parts.add(glyph)
            self._width(glyph)

    def _code(self, glyph: int, text: str) -> int:
        """Return the code of a glyph that stands for a text."""
        if glyph in self._codes.parts:
            self._codes.parts.remove(glyph)
            del self.font.to_unicode[glyph]
        if self.font.to_unicode.setdefault(glyph, text) == text:
            return glyph
        return self._more(Drawn(glyph, 0, text))

    def _more(self, drawn: Drawn) -> int:
        code = self.font.glyph_count + ROOM + len(self._codes.more)
        return self._codes.more.setdefault(drawn, code)

    def _width(self, glyph: int) -> float:
        """Return how far a glyph moves on by itself, in thousandths of the size."""
        widths = self.font.widths
        if glyph not in widths:
            logical = ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(self._pango_font, glyph, ffi.NULL, logical)
            widths[glyph] = round(logical.width * 1000 * FROM_UNITS / self.size)
        return float(widths[glyph])


_Stretches = Sequence[tuple[_Face, Sequence[Cluster]]]
"""What a line has in each font that follows another, in the order drawn."""


def _draw(stream: Any, textbox: Any, text_overflow: Any, ellipsis: Any, matrix: Any) -> Any:  # noqa: ANN401
    """Draw a line of text; return the colored glyphs in it, which WeasyPrint draws as pictures."""
    if not textbox.text.strip() or textbox.style["font_size"] < 1e-6:
        return []
    if text_overflow != "ellipsis" and ellipsis == "none":
        pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)  # noqa: FBT003
        stretches = list(_stretches(stream, textbox))
        if all(face.plain and not _misses(clusters) for face, clusters in stretches):
            stream.set_text_matrix(*matrix.values)
            _show(stream, textbox, stretches)
            return []
    with _only_own_texts(stream):
        return _draw_first_line(stream, textbox, text_overflow, ellipsis, matrix)


@contextlib.contextmanager
def _only_own_texts(stream: Any) -> Iterator[None]:  # noqa: ANN401
    """Forget the texts of glyphs that are mere parts, while WeasyPrint draws for itself."""
    parts = [
        (font, glyph, OF[font])
        for font in stream._fonts.values()  # noqa: SLF001
        if font in OF
        for glyph in sorted(OF[font].parts)
    ]
    for font, glyph, _ in parts:
        del font.to_unicode[glyph]
    yield
    for font, glyph, codes in parts:
        if font.to_unicode.setdefault(glyph, _PART) != _PART:
            codes.parts.remove(glyph)


def _misses(clusters: Iterable[Cluster]) -> bool:
    """Whether there are letters that the font does not have."""
    return any(
        glyph[0] >= _EMPTY and glyph[0] != _EMPTY for _, glyphs, _ in clusters for glyph in glyphs
    )


def _stretches(stream: Any, textbox: Any) -> Iterator[tuple[_Face, list[Cluster]]]:  # noqa: ANN401
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


def _clusters(glyph_item: Any, text: bytes) -> Iterable[Cluster]:  # noqa: ANN401
    """Return the clusters of a run, in the order drawn."""
    item, glyphs = glyph_item.item, glyph_item.glyphs
    count, rtl = glyphs.num_glyphs, item.analysis.level % 2 == 1
    if not count:
        return ()
    begins = ffi.unpack(glyphs.log_clusters, count)
    infos = list(_INFO.iter_unpack(ffi.buffer(glyphs.glyphs, count * _INFO.size)))
    run = text[item.offset : item.offset + item.length]
    chars = run.decode()
    if len(chars) == count == len(set(begins)) and not any(map(_special, set(chars))):
        # Each character is drawn by a glyph.
        order = reversed(chars) if rtl else chars
        return [(char, (info,), rtl) for char, info in zip(order, infos, strict=True)]  # type: ignore[misc]
    clusters = list(_spans(run, infos, begins, rtl=rtl))
    joined = any(_only_marks(text) for text, _, _ in clusters)
    return _joined(clusters) if joined else clusters


@functools.cache
def _special(char: str) -> bool:
    return ord(char) in _HELPERS or _only_marks(char)


def _spans(
    run: bytes, infos: Sequence[Any], begins: Sequence[int], *, rtl: bool
) -> Iterator[Cluster]:
    """Yield what Pango calls clusters: glyphs that begin at the same place of the text."""
    count, first, before = len(infos), 0, len(run)
    for index in range(1, count + 1):
        begin = begins[first]
        after = begins[index] if index < count else len(run)
        if after != begin or index == count:
            text = run[begin : before if rtl else after].decode()
            yield Cluster(_plain(text), tuple(infos[first:index]), rtl)
            first, before = index, begin


def _show(stream: Any, textbox: Any, stretches: _Stretches) -> None:  # noqa: ANN401
    """Show a line, in one string for each font."""
    hold = _Hold(active=_runs_to_the_left(textbox, stretches))
    space = "" if not getattr(textbox, _SPACED, False) else "left" if hold.active else "right"
    drift = 0.0
    last = len(stretches) - 1
    for index, (face, clusters) in enumerate(stretches):
        shown: list[str] = []
        if space == "left" and not index:
            code, width = face.blank()
            shown += str(width), code
        for cluster in clusters:
            code, too_far = face.shown(hold.held(cluster) if hold.active else cluster)
            shown.append(code)
            drift += too_far
            if not -0.5 < drift < 0.5:
                shown.append(f" {round(drift)}")
                drift -= round(drift)
        if space == "right" and index == last:
            shown.append(face.blank()[0])
        stream.set_font_size(face.font.hash, face.size)
        if string := "".join(shown).replace("><", ""):
            stream.show_text(string)


def _runs_to_the_left(textbox: Any, stretches: _Stretches) -> bool:  # noqa: ANN401
    """Whether a line, or the line it is a part of, is in a script that runs to the left."""
    style = textbox.style
    # The style of words in an SVG picture is a mere dictionary, without a parent.
    while (parent := getattr(style, "parent_style", None)) is not None:
        if style["direction"] == "rtl" or style["display"][0] != "inline":
            break
        style = parent
    return style["direction"] == "rtl" or any(
        rtl for _, clusters in stretches for _, _, rtl in clusters
    )


def _joined(clusters: Iterable[Cluster]) -> Iterator[Cluster]:
    """Put marks that are drawn for themselves to their letter, and helpers to their neighbor."""
    last: Cluster | None = None
    for cluster in clusters:
        # Drawn from left to right, marks come before their letter in scripts that run to the left.
        marks = last if last and cluster.rtl else cluster
        if last and last.rtl == cluster.rtl and _only_marks(marks.text):
            first, second = (cluster, last) if cluster.rtl else (last, cluster)
            text, glyphs = first.text + second.text, last.glyphs + cluster.glyphs
            last = Cluster(text, glyphs, cluster.rtl)
            continue
        if last:
            yield last
        last = cluster
    if last:
        yield last


@functools.cache
def _only_marks(text: str) -> bool:
    return all(char in _JOINERS or unicodedata.category(char).startswith("M") for char in text)


@functools.cache
def _plain(text: str) -> str:
    """Return a text without helpers."""
    return text.translate(_HELPERS)


@dataclass(slots=True)
class _Hold:
    """Finds the places where a word that runs to the left and a number meet."""

    active: bool
    begins: bool = True
    """Whether a word begins in the script that runs to the left, or a number in it."""
    rtl: bool = True

    def held(self, cluster: Cluster) -> Cluster:
        """Return a cluster, drawn after those before, with a mark where one is needed."""
        text, glyphs, rtl = cluster
        if not text:
            return cluster
        meets = self.begins or self.rtl != rtl
        self.begins, self.rtl = rtl and text.isspace(), rtl
        if not meets or text.isspace() or unicodedata.bidirectional(text[0]) in _RIGHT_TO_LEFT:
            return cluster
        return Cluster(text + _HOLD if rtl else _HOLD + text, glyphs, rtl)


def _cut_space(context: Any, line: Any) -> None:  # noqa: ANN401
    """Cut off the space at the end of a line, and remember that."""
    width = line.width
    _remove_last_whitespace(context, line)
    if line.width != width:
        texts = [box for box in line.descendants() if isinstance(box, TextBox) and box.text.strip()]
        if texts:
            setattr(texts[-1], _SPACED, True)


def _split(
    context: Any,  # noqa: ANN401
    box: Any,  # noqa: ANN401
    available_width: Any,  # noqa: ANN401
    skip: Any,  # noqa: ANN401
    **options: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Break a text, and remember when that was at a space."""
    result = _split_text_box(context, box, available_width, skip, **options)
    new, resume, _ = result
    broken = new is not None and resume is not None
    if broken and box.text.encode()[:resume].endswith(b" ") and not new.text.endswith(" "):
        setattr(new, _SPACED, True)
    return result


def install() -> None:
    """Let WeasyPrint draw its lines with our codes, in this process."""
    weasyprint.draw.text.draw_first_line = _draw
    weasyprint.layout.inline.remove_last_whitespace = _cut_space
    weasyprint.layout.inline.split_text_box = _split
