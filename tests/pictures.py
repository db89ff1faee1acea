"""Pictures of sheets, and how much of the ink of one lies elsewhere in the other.

The pictures that are kept were looked at by a person. A new one need not have the same pixels:
another version of a library draws the edge of a letter in another grey, or a line a hair lower.
"""

from __future__ import annotations

import subprocess
import tempfile
from array import array
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageMath
from specimens import SPECIMENS

PICTURES = SPECIMENS / "pictures"
DPI = 72
CELL = 12
"""Side of a cell in pixels: 4.2 mm, about a letter of the text."""
SHADES = 4
"""As few greys as will do keep the files small."""
BLUR = 1.0
"""In pixels: so that a letter's edge counts for less than its shape."""
NEAR = 1
"""How many pixels something may have moved: 0.35 mm."""
ALIKE = 0.5
"""The correlation from which two cells show the same."""
FAINT = 100.0
"""What is weaker, in squares of a 255th, is the noise of a blank cell."""
TOLERANCE = 0.4
"""In percent of the ink. Between two programs that draw the same sheet, and for a sheet moved by
half a pixel, it is at most 0.25: a hairline whose edge fell into the next cell, and the like."""


def by_pdfium(sheet: Path, *, moved: float = 0.0) -> Image.Image:
    """All pages of a sheet side by side; `moved` is by how many points they are drawn aside."""
    return _joined(pages(sheet, moved=moved))


def pages(sheet: Path, *, moved: float = 0.0) -> list[Image.Image]:
    """Each page of a sheet."""
    with pypdfium2.PdfDocument(sheet) as document:
        return [_page(page, moved) for page in document]


def _page(page: pypdfium2.PdfPage, moved: float) -> Image.Image:
    page.set_mediabox(*(side - moved for side in page.get_mediabox()))
    image: Image.Image = page.render(scale=DPI / 72, grayscale=True).to_pil()
    return image.convert("L")


def by_poppler(sheet: Path, *how: str, dpi: int = DPI) -> Image.Image:
    """The same, drawn by another program; `how` are options such as `-mono`."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", *(how or ("-gray",)), "-r", str(dpi), str(sheet), f"{folder}/page"]
        subprocess.run(command, check=True)
        return _joined([_read(path) for path in sorted(Path(folder).iterdir())])


def _read(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("L")


def _joined(pages: list[Image.Image]) -> Image.Image:
    whole = Image.new("L", (sum(page.width for page in pages), pages[0].height), "white")
    across = 0
    for page in pages:
        whole.paste(page, (across, 0))
        across += page.width
    return whole


def keep(image: Image.Image, path: Path) -> None:
    """Write a picture in few greys."""
    step = 255 / (SHADES - 1)
    shades = image.point([round(grey / step) for grey in range(256)])
    few = Image.frombytes("P", image.size, shades.tobytes())
    few.putpalette([round(shade * step) for shade in range(SHADES) for _ in "rgb"])
    few.save(path, optimize=True, bits=2)


def kept(path: Path) -> Image.Image:
    return _read(path)


def elsewhere(expected: Image.Image, got: Image.Image) -> float:
    """How much of the ink of two pictures, in percent, lies in cells that do not show the same.

    A cell shows the same if its pixels go up and down with those of the other picture, at one of
    the places that it may have moved to. The ink itself tells of clipped marks, and its edges from
    left to right tell of other letters, to which rules across the page add nothing; the worse of
    the two counts.
    """
    if expected.size != got.size:
        return 100.0
    first, second = _ink(expected), _ink(got)
    return max(_differing(first, second), _differing(_edges(first), _edges(second)))


def _differing(first: Image.Image, second: Image.Image) -> float:
    mean, power = _cells(first), _cells(_times(first, first))
    weight = [one + other for one, other in zip(power, _cells(_times(second, second)), strict=True)]
    best = [-1.0] * len(weight)
    for place in _places():
        other = ImageChops.offset(second, *place)
        parts = zip(
            mean,
            power,
            _cells(other),
            _cells(_times(other, other)),
            _cells(_times(first, other)),
            strict=True,
        )
        best = [max(was, _alike(*part)) for was, part in zip(best, parts, strict=True)]
    differing = sum(ink for ink, alike in zip(weight, best, strict=True) if alike < ALIKE)
    return 100 * differing / max(sum(weight), FAINT)


def _places() -> Iterable[tuple[int, int]]:
    near = range(-NEAR, NEAR + 1)
    return ((across, down) for across in near for down in near)


def _alike(mean: float, power: float, other: float, other_power: float, both: float) -> float:
    varied = power - mean * mean + other_power - other * other
    return (2 * (both - mean * other) + FAINT) / (varied + FAINT)


def _ink(image: Image.Image) -> Image.Image:
    blurred = ImageChops.invert(image).filter(ImageFilter.GaussianBlur(BLUR))
    return blurred.convert("F")


def _edges(ink: Image.Image) -> Image.Image:
    left = ImageChops.offset(ink, 1, 0)
    edges: Image.Image = ImageMath.lambda_eval(lambda it: it["a"] - it["b"], a=ink, b=left)
    return edges


def _times(one: Image.Image, other: Image.Image) -> Image.Image:
    product: Image.Image = ImageMath.lambda_eval(lambda it: it["a"] * it["b"], a=one, b=other)
    return product


def _cells(image: Image.Image) -> list[float]:
    """The mean of each cell."""
    return array("f", image.reduce(CELL).tobytes()).tolist()
