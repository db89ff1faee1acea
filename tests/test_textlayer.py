"""What comes back when a sheet is copied, searched or read aloud."""

from __future__ import annotations

import hashlib
import inspect
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import weasyprint
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from prose import PROSE, found, words
from pypdf import PdfReader
from sheet_tools import LANGUAGES, aloud, article, by_pdfium, by_poppler, draw, started

from outreach.bidi import isolate
from outreach.sheet.truetype import Composite, Part, is_truetype, with_composites

if TYPE_CHECKING:
    # Imported when fonts are ready, and only on machines with Pango.
    from outreach.sheet.engine import Engine, Pdf

WRAPPED = {
    "draw.text.draw_first_line": "1bb8eae6d88e71b1",
    "layout.inline.split_text_box": "8c564329599ef23f",
    "layout.inline.remove_last_whitespace": "53f0c79c9fbbda50",
    "pdf.fonts.Font": "1888854798bf8726",
    "pdf.fonts.build_fonts_dictionary": "fc551bef35d0d6c3",
    "pdf.fonts._build_vector_font_dictionary": "aa6eea312c6e3375",
    "pdf.stream.Stream.add_font": "e4226e1117477217",
    "images.SVGImage": "91c26b229879fc1c",
    "svg.SVG": "b08393091c55aea2",
    "stacking._dispatch": "003563d2565b4d30",
    "stacking._dispatch_children": "664961378e41dc05",
    "pdf.generate_pdf": "626343ef25c396e8",
    "pdf.metadata.DocumentMetadata": "caea48480357554f",
    "pdf.tags.add_tags": "f0e74575b0bafaf3",
    "pdf.tags._build_box_tree": "f716251a83e7096e",
    "pdf.stream.Stream.marked": "aebcd07876ea7c67",
    "draw.draw_stacking_context": "c5811b178bdff82e",
    "draw.draw_inline_level": "068162a401d00efd",
}
"""What our modules wrap or rely on, with a digest of its source in WeasyPrint 70.0."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with started(tmp_path_factory) as engine:
        yield engine


@pytest.mark.parametrize("tag", LANGUAGES)
def test_words_come_back_in_order(tag: str, engine: Engine, tmp_path: Path) -> None:
    # Korean words are kept whole by what stands before the engine.
    pdf = draw(engine, tag, article(tag), style="@page { size: 200mm 250mm }")
    numbered = (f"{number}. {sentence}" for number, sentence in enumerate(PROSE[tag], 1))
    source = "\n".join((*PROSE[tag], *numbered, *PROSE[tag]))
    for read in (by_poppler(pdf, tmp_path), by_pdfium(pdf)):
        assert found(source, read, tag) >= 99


@pytest.mark.parametrize("tag", ["es", "vi", "hi", "am"])
def test_words_of_two_lines_are_two_when_read_aloud(
    tag: str, engine: Engine, tmp_path: Path
) -> None:
    pdf = draw(engine, tag, "".join(f"<p>{sentence}</p>" for sentence in PROSE[tag]))
    assert words(aloud(pdf, tmp_path), tag) == words("\n".join(PROSE[tag]), tag)


def test_what_is_read_has_no_characters_that_nobody_wrote(engine: Engine) -> None:
    for tag in ("hi", "km", "vi"):
        text = PROSE[tag][0]
        helped = text.replace(" ", " \u2060").replace("\u1793", "\u1793\u200b")
        pdf = draw(engine, tag, f"<p>{helped}", style="@page { size: 400mm 100mm }")
        assert by_pdfium(pdf).split() == text.split()


def test_a_no_break_space_does_not_become_every_space(engine: Engine, tmp_path: Path) -> None:
    pdf = draw(engine, "en", "<p>5\u00a0ml of syrup\u2011like juice, well-made")
    text = "5\u00a0ml of syrup\u2011like juice, well-made"
    assert by_pdfium(pdf) == text
    # Poppler shows all kinds of space as one.
    assert by_poppler(pdf, tmp_path).strip() == text.replace("\u00a0", " ")


def test_zero_width_joiners_stay(engine: Engine, tmp_path: Path) -> None:
    text = "دست\u200cهای خود"
    assert text in by_poppler(draw(engine, "fa", f"<p>{text}"), tmp_path)


@pytest.mark.parametrize(
    ("text", "readers"),
    [
        ("חום, שיעול 20 שניות", 2),
        ("טלפון 206-555-0142, שעה 10:30, מחיר $15", 2),
        # PDFium turns around what has spaces or signs between letters of the other direction.
        ("חייגו (206) 555-0142 או a@example.org לפרטים", 1),
        ("המרפאה Example Health Center פתוחה", 1),
    ],
)
def test_numbers_and_latin_words_keep_their_place_in_hebrew(
    text: str, readers: int, engine: Engine, tmp_path: Path
) -> None:
    # Poppler takes the direction that most letters of a page have.
    body = "".join(f"<p>{line}</p>" for line in (*PROSE["he"], f"{text} היום"))
    pdf = draw(engine, "he", isolate(body))
    wanted = words("\n".join((*PROSE["he"], f"{text} היום")), "he")
    for read in (by_poppler(pdf, tmp_path), by_pdfium(pdf))[:readers]:
        assert words(read, "he") == wanted


def test_english_in_an_arabic_sheet_is_read_from_its_beginning(
    engine: Engine, tmp_path: Path
) -> None:
    english = "".join(f'<p lang="en" dir="ltr">{sentence}</p>' for sentence in PROSE["en"])
    pdf = draw(engine, "ar", "".join(f"<p>{sentence}</p>" for sentence in PROSE["ar"]) + english)
    # On a page in Arabic, poppler moves signs at either end of an English line.
    for read, least in ((by_poppler(pdf, tmp_path), 95), (by_pdfium(pdf), 100)):
        assert found("\n".join(PROSE["ar"]), read, "ar") == 100
        assert found("\n".join(PROSE["en"]), read, "en") >= least


def test_letters_with_marks_are_one_with_them(engine: Engine, tmp_path: Path) -> None:
    text = "اَلْعَرَبِيَّةُ لُغَةٌ جَمِيلَةٌ"
    pdf = draw(engine, "ar", f"<p>{text}")
    assert words(by_poppler(pdf, tmp_path), "ar") == text.split()
    assert words(by_pdfium(pdf), "ar") == text.split()


def fonts_of(pdf: Pdf) -> Iterator[tuple[Any, Any, TTFont]]:
    document = PdfReader(BytesIO(pdf.data))
    size: Any = document.trailer["/Size"]
    for number in range(1, size):
        font: Any = document.get_object(number)
        if isinstance(font, dict) and font.get("/Subtype") == "/Type0":
            below = font["/DescendantFonts"][0].get_object()
            yield font, below, TTFont(BytesIO(below["/FontDescriptor"]["/FontFile2"].get_data()))


@pytest.mark.parametrize("tag", ["hi", "ar", "my"])
def test_widths_are_those_of_the_embedded_glyphs(tag: str, engine: Engine) -> None:
    fonts = list(fonts_of(draw(engine, tag, article(tag))))
    assert fonts
    for _, below, font in fonts:
        names, metrics = font.getGlyphOrder(), font["hmtx"].metrics
        table = below["/CIDToGIDMap"]
        table = None if table == "/Identity" else table.get_data()
        row = list(below["/W"])
        for first, widths in zip(row[::2], row[1::2], strict=True):
            for code, width in enumerate(widths, first):
                glyph = int.from_bytes(table[2 * code : 2 * code + 2]) if table else code
                told = metrics[names[glyph]][0] * 1000 / font["head"].unitsPerEm
                assert float(width) == pytest.approx(told, abs=1)


def test_emphasis_underlines_and_hidden_text_stay_as_they_are(
    engine: Engine, tmp_path: Path
) -> None:
    style = """u { text-decoration: underline } .hidden { visibility: hidden }
    .short { width: 60mm; max-lines: 1; block-ellipsis: auto; continue: discard }"""
    seen = '<p><u>हिन्दी</u> <span class="hidden">नहीं</span> में</p>'
    body = f'{seen}<p class="short">{PROSE["hi"][0]}'
    pdf = draw(engine, "hi", body, style=style)
    assert pdf.problems == ()
    assert by_poppler(pdf, tmp_path).split()[:2] == ["हिन्दी", "में"]
    assert "…" in by_pdfium(pdf)


def test_text_with_a_missing_letter_is_still_drawn(engine: Engine, tmp_path: Path) -> None:
    pdf = draw(engine, "hi", "<p>हिन्दी ᚠ में</p><p>क्लिनिक")
    assert len(pdf.problems) == 1
    assert "क्लिनिक" in by_poppler(pdf, tmp_path)


def test_composites_show_their_parts_where_they_belong(engine: Engine) -> None:
    (_, below, font), *_ = fonts_of(draw(engine, "en", "<p>Hands"))
    data = below["/FontDescriptor"]["/FontFile2"].get_data()
    glyph = font.getGlyphID("H") if "H" in font.getGlyphOrder() else 0
    glyph = glyph or max(font.getGlyphID(name) for name in font.getGlyphOrder())
    made, first = with_composites(
        data,
        [Composite((Part(glyph), Part(glyph, 300, -50)), 900), Composite((), 250)],
    )
    grown = TTFont(BytesIO(made), checkChecksums=2)
    assert grown["maxp"].numGlyphs == first + 2 == font["maxp"].numGlyphs + 2
    outlines, names = grown.getGlyphSet(), grown.getGlyphOrder()
    boxes = []
    for number in (glyph, first):
        pen = BoundsPen(outlines)
        outlines[names[number]].draw(pen)
        boxes.append(pen.bounds)
    left, bottom, right, top = boxes[0]
    assert boxes[1] == (left, bottom - 50, right + 300, top)
    assert grown["hmtx"].metrics[names[first]] == (900, left)
    assert grown["hmtx"].metrics[names[first + 1]] == (250, 0)
    again, after = with_composites(made, [Composite((Part(first), Part(first, 10)), 900)])
    assert TTFont(BytesIO(again))["maxp"].maxComponentDepth == 2
    assert after == first + 2
    assert is_truetype(again)


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("name", WRAPPED)
def test_the_library_is_the_one_that_we_wrap(name: str) -> None:
    """If this fails, read what changed in WeasyPrint, look at sheets, then note the new digest."""
    digest = hashlib.sha256(inspect.getsource(wrapped(name)).encode()).hexdigest()
    assert digest[:16] == WRAPPED[name]


@pytest.mark.usefixtures("engine")
def test_glyphs_are_laid_out_in_memory_as_we_read_them() -> None:
    from weasyprint.text.ffi import ffi  # noqa: PLC0415  (needs the fonts first)

    assert ffi.sizeof("PangoGlyphInfo") == 20
    glyph = ffi.new("PangoGlyphInfo *")
    glyph.glyph, glyph.geometry.width = 1, 2
    glyph.geometry.x_offset, glyph.geometry.y_offset = 3, 4
    assert struct.unpack("=Iiii4x", ffi.buffer(glyph)[:]) == (1, 2, 3, 4)


def wrapped(name: str) -> Any:  # noqa: ANN401
    """Return a part of WeasyPrint as it is without us."""
    # They need the fonts first.
    from outreach.sheet import markers, tags, textlayer  # noqa: PLC0415

    module, _, own = name.rpartition(".")
    for ours in (textlayer, markers, tags):
        kept = getattr(ours, f"_{own.lstrip('_')}", None)
        if kept is not None and kept.__module__ == f"weasyprint.{module}":
            return kept
    part: Any = weasyprint
    for step in name.split("."):
        part = getattr(part, step)
    return part
