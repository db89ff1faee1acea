"""Sheets as they are drawn: good on an old printer that knows black and white."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from drawn import marks, transparency
from pictures import by_poppler
from PIL import Image, ImageFilter, ImageOps
from pypdf import PdfReader
from sheet_tools import dictionaries, sheet, started
from specimens import document, page

from outreach.sheet.view import families

if TYPE_CHECKING:
    from outreach.model import Paper
    from outreach.sheet.engine import Engine, Pdf

HAIRLINE = 0.5
"""In points."""
DARK = 0.35
"""The tone from which a one-bit picture keeps most dots of a letter black."""
SOLID = 9
"""Side of a square in points, 3 mm, that is black all over only in a large dark area."""
MILLIMETRE = 72 / 25.4
COMMON = (190 * MILLIMETRE, 250 * MILLIMETRE)
"""What Letter and A4 share, with a margin."""
FORMS: dict[str, tuple[Paper, bool]] = {
    "letter": ("letter", False),
    "a4": ("a4", False),
    "large": ("letter", True),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with started(tmp_path_factory) as made:
        yield made


def made(engine: Engine, tag: str, form: str) -> Pdf:
    paper, large = FORMS[form]
    return engine.pdf(document(tag, paper, large=large), families(page(tag)))


@pytest.fixture(scope="module", params=[("es", "letter"), ("ar", "a4"), ("en", "large")])
def pdf(request: pytest.FixtureRequest, engine: Engine) -> Pdf:
    return made(engine, *request.param)


def pictures(pdf: Pdf) -> list[Image.Image]:
    """Its pages at 72 dots to the inch."""
    with pypdfium2.PdfDocument(pdf.data) as drawn:
        return [one.render(scale=1, grayscale=True).to_pil().convert("L") for one in drawn]


def test_nothing_is_transparent(pdf: Pdf) -> None:
    assert transparency(pdf.data) == []


def test_transparency_is_seen(engine: Engine) -> None:
    found = engine.pdf(sheet("en", '<p style="opacity: 0.5">Soap</p>'), ("Noto Sans",))
    assert transparency(found.data)


def test_no_line_is_too_thin(pdf: Pdf) -> None:
    for one in PdfReader(BytesIO(pdf.data)).pages:
        drawn = list(marks(one))
        thin = [mark.thickness for mark in drawn if mark.kind != "text" and mark.tone < 1]
        assert thin
        assert all(thickness == 0 or thickness >= HAIRLINE for thickness in thin)


def test_no_large_area_is_dark(pdf: Pdf) -> None:
    for picture in pictures(pdf):
        solid = picture.filter(ImageFilter.MaxFilter(SOLID)).histogram()
        assert sum(solid[:128]) < 0.002 * picture.width * picture.height
    black = Image.new("L", (100, 100), "white")
    black.paste(0, (40, 40, 60, 60))
    assert sum(black.filter(ImageFilter.MaxFilter(SOLID)).histogram()[:128]) > 0


def test_all_ink_is_dark_enough_for_one_bit(pdf: Pdf) -> None:
    tones = {mark.tone for one in PdfReader(BytesIO(pdf.data)).pages for mark in marks(one)}
    assert 0 in tones
    assert all(tone <= DARK or tone == 1 for tone in tones)


def test_all_ink_lies_where_both_papers_are_printed(pdf: Pdf) -> None:
    for picture in pictures(pdf):
        box = ImageOps.invert(picture).getbbox()
        assert box is not None
        for start, end, side, room in zip(box[:2], box[2:], picture.size, COMMON, strict=True):
            assert start >= (side - room) / 2 - 1
            assert end <= (side + room) / 2 + 1


def test_letters_in_the_accent_keep_their_dots_in_one_bit(engine: Engine, tmp_path: Path) -> None:
    ink = {}
    for name, body in {
        "black": "<b>Wash</b>",
        "accent": '<b><a href="https://a.example">Wash',
    }.items():
        file = tmp_path / f"{name}.pdf"
        style = "a { text-decoration: none }"
        file.write_bytes(engine.pdf(sheet("en", f"<p>{body}", style=style), ("Noto Sans",)).data)
        picture = by_poppler(file, "-mono", dpi=300)
        ink[name] = picture.convert("L").histogram()[0]
    assert ink["accent"] > 0.7 * ink["black"] > 0


def test_both_papers_draw_the_same(engine: Engine) -> None:
    drawn = [
        [list(marks(one)) for one in PdfReader(BytesIO(made(engine, "es", form).data)).pages]
        for form in ("letter", "a4")
    ]
    assert drawn[0] == drawn[1]


def test_a_picture_keeps_its_dots_and_a_drawing_its_lines(engine: Engine, tmp_path: Path) -> None:
    Image.effect_noise((1200, 800), 90).save(tmp_path / "a.png")
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="9"><path d="M0 0H90V9z"/></svg>'
    )
    (tmp_path / "b.svg").write_text(svg)
    images = {name: tmp_path / name for name in ("a.png", "b.svg")}
    body = '<img src="a.png" alt="Noise" style="width: 80mm"><img src="b.svg" alt="">'
    found = engine.pdf(sheet("en", body), ("Noto Sans",), images)
    assert found.problems == ()
    (picture,) = dictionaries(found, "/Subtype", "/Image")
    assert (picture["/Width"], picture["/Height"]) == (1200, 800)
    figures: list[Any] = dictionaries(found, "/S", "/Figure")
    assert [figure["/Alt"] for figure in figures] == ["Noise"]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_a_half_transparent_picture_is_put_on_paper(
    mode: str, engine: Engine, tmp_path: Path
) -> None:
    clear = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 150, 300))
    picture = clear.convert(mode)
    if mode == "P":
        picture.info["transparency"] = 0
    picture.save(tmp_path / "a.png")
    body = '<p>Soap</p><img src="a.png" alt="A" style="width: 20mm">'
    found = engine.pdf(sheet("en", body), ("Noto Sans",), {"a.png": tmp_path / "a.png"})
    assert found.problems == ()
    assert transparency(found.data) == []
    assert dictionaries(found, "/Subtype", "/Image")
