"""What a sheet asks of a printer: its ink as the file says it, and as two programs draw it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFilter
from projects import catalog, once, po, run, write
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, StreamObject

from outreach.config_keys import VARIANTS
from outreach.model import Variant

GUIDE = """---
title: Clean hands
summary: Soap and water are enough.
id: HE-1
edition: 2026-05-01
---

Wash them *often* and **well**, as [these pages](https://example.org/hands) say.[^1] Ask for `EC-7`.

## What you need

| What | Why |
|---|---|
| Soap | It takes germs off |
| Water | It takes [soap](https://example.org/soap) off |

> “I wash them before I eat,” says *Amina*.

```text
Press 2, then #
```

::: warning When to call 9-1-1
If somebody cannot breathe.
:::

::: note Good to know
Ash helps too.
:::

::: steps
1. Wet your hands
2. Take soap
:::

- [ ] Soap
- [x] Water

1. One
   - Two

---

::: lines 3
My questions
:::

::: card At home
Wash before you eat.
:::

::: card At work
Wash after work.
:::

::: module local-help
### Local help

Ask the nurse H~2~O, 5^th^ floor.
:::

[^1]: [Report](https://example.org/report), page `3`, *2026*.
"""
SPANISH = {
    "Clean hands": "Manos limpias",
    "Soap and water are enough.": "Bastan agua y jabón.",
    "What you need": "Qué necesita",
    "Wash before you eat.": "Láveselas antes de comer.",
    "My questions": "Mis preguntas",
}
ARABIC = {"Clean hands": "أيد نظيفة", "Soap and water are enough.": "الماء والصابون يكفيان."}
CONFIG = """languages = ["es", "ar"]
threshold = 0
publisher = "Example Community Clinic"
contact = "help@example.org"
site-url = "https://health.example.org/"
license = "CC BY 4.0"
"""


PICTURES = """# Pictures

![A grey step](grey.png)

![A frame](frame.svg)

Words ![](grey.png) and ![](frame.svg) more words.
"""
FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="160" height="80">'
    '<path d="M2 2h36v16h-36z" fill="none" stroke="#000"/>'
    '<text x="4" y="14" font-size="8">Soap</text></svg>'
)
SIZE = (1200, 640)
"""Of a picture in pixels; printed 6 inches wide."""

SHARED = (190.0, 250.0)
"""Width and height of what both papers can print, in millimetres."""
HAIRLINE = 0.5
"""In points."""
MOST = 0.02
"""Of a page: how much a single area may fill."""
LARGE = 18.0
"""The least size of letters in large print, in points."""
FAST = (("es", "letter"), ("ar", "letter"), ("es", "large-print"), ("es", "columns"))
SHEETS = [
    pytest.param(tag, it, marks=() if (tag, it) in FAST else pytest.mark.slow)
    for tag in ("es", "ar")
    for it in VARIANTS
]
every_sheet = pytest.mark.parametrize(("tag", "variant"), SHEETS)


def make_sheets(folder: Path, tag: str, *variants: Variant) -> None:
    write(
        folder,
        {
            "outreach.toml": CONFIG,
            "content/en/hands.md": GUIDE,
            catalog("hands"): po(SPANISH),
            catalog("hands", "ar"): po(ARABIC, "Language: ar"),
        },
    )
    words = [word for it in variants for word in ("--variant", it)]
    outcome = run(folder, "build", "--format", "pdf", "-l", tag, *words)
    assert (outcome.code, outcome.err) == (0, "")


@pytest.fixture
def sheet(tag: str, variant: Variant, tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        make_sheets(folder, tag, variant)

    folder = once(tmp_path_factory, f"ink-{tag}-{variant}", make)
    (found,) = folder.glob(f"build/{tag}/hands.*.{variant}.pdf")
    return found


# What the file says


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def sides(self) -> tuple[float, float]:
        return self.right - self.left, self.top - self.bottom

    @property
    def area(self) -> float:
        wide, high = self.sides
        return wide * high

    def within(self, other: Box) -> Box:
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.left, other.left, min(self.right, other.right)),
            max(self.bottom, other.bottom, min(self.top, other.top)),
        )


Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class State:
    """What an operator of a page finds."""

    matrix: Matrix
    clip: Box
    width: float = 1.0
    shade: float = 0.0
    """Of what is filled: 0 is black."""

    def moved(self, by: Matrix) -> State:
        return replace(self, matrix=times(by, self.matrix))

    @property
    def scale(self) -> float:
        a, b, c, d, *_ = self.matrix
        return float(abs(a * d - b * c) ** 0.5)


def times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    across, up = e * g + f * i + k, e * h + f * j + m
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, across, up


@dataclass(slots=True)
class Page:
    """What is drawn on a page, read from its operators."""

    page: Any
    strokes: list[float]
    """Widths."""
    fills: list[tuple[float, float, float]]
    """Shade, thickness and area of each."""
    texts: list[tuple[str, float]]
    """Font and size."""
    images: list[str]

    @classmethod
    def read(cls, page: Any) -> Page:  # noqa: ANN401
        found = cls(page, [], [], [], [])
        left, bottom, right, top = (float(side) for side in page.mediabox)
        start = State((1, 0, 0, 1, 0, 0), Box(left, bottom, right, top))
        found._draw(page["/Contents"], page["/Resources"], start)
        return found

    def _draw(self, stream: Any, resources: Any, state: State) -> None:  # noqa: ANN401, C901, PLR0912
        stack: list[State] = []
        paths: list[list[tuple[float, float]]] = []
        clips, font, size, scale = False, "", 0.0, 0.0
        for values, operator in ContentStream(stream, self.page.pdf).operations:
            name = operator.decode()
            if name == "q":
                stack.append(state)
            elif name == "Q":
                state = stack.pop()
            elif name == "cm":
                state = state.moved(tuple(map(float, values)))  # type: ignore[arg-type]
            elif name == "w":
                state = replace(state, width=float(values[0]))
            elif name in ("rg", "g"):
                state = replace(state, shade=sum(map(float, values)) / len(values))
            elif name in ("k", "cs", "scn", "sc", "sh", "b", "B", "b*", "B*", "s", "Td", "T*"):
                pytest.fail(f"the operator {name} is not looked at")
            elif name in ("m", "re", "l", "c", "v", "y"):
                paths = self._path(paths, name, list(map(float, values)), state)
            elif name in ("W", "W*"):
                clips = True
            elif name == "S":
                self.strokes.append(state.width * state.scale)
                paths = []
            elif name in ("f", "f*", "n"):
                boxes = [box_of(path) for path in paths]
                if clips:
                    state = replace(state, clip=whole(boxes).within(state.clip))
                if name != "n":
                    self._fill(boxes, state)
                paths, clips = [], False
            elif name == "Tf":
                fonts: Any = resources["/Font"]
                font, size = fonts[values[0]]["/BaseFont"], float(values[1])
            elif name == "Tm":
                scale = state.moved(tuple(map(float, values))).scale  # type: ignore[arg-type]
            elif name in ("Tj", "TJ"):
                self.texts.append((font, size * scale))
            elif name == "Do":
                item = resources["/XObject"][values[0]]
                if item["/Subtype"] == "/Image":
                    self.images.append(values[0])
                else:
                    matrix = tuple(map(float, item.get("/Matrix", (1, 0, 0, 1, 0, 0))))
                    self._draw(item, item["/Resources"], state.moved(matrix))  # type: ignore[arg-type]

    @staticmethod
    def _path(
        paths: list[list[tuple[float, float]]], name: str, values: list[float], state: State
    ) -> list[list[tuple[float, float]]]:
        if name == "re":
            x, y, wide, high = values
            values = [x, y, x + wide, y + high]
        a, b, c, d, e, f = state.matrix
        pairs = zip(values[::2], values[1::2], strict=True)
        points = [(a * x + c * y + e, b * x + d * y + f) for x, y in pairs]
        if name in ("m", "re"):
            return [*paths, points]
        return [*paths[:-1], paths[-1] + points]

    def _fill(self, boxes: list[Box], state: State) -> None:
        """Borders are two boxes, one in the other, of which a side may be cut out."""
        seen = [box.within(state.clip) for box in boxes]
        if len(boxes) == 2 and is_frame(boxes):
            inner, outer = sorted(boxes, key=lambda box: box.area)
            gaps = (
                inner.left - outer.left,
                inner.bottom - outer.bottom,
                outer.right - inner.right,
                outer.top - inner.top,
            )
            area = max(seen[0].area, seen[1].area) - min(seen[0].area, seen[1].area)
            self.fills.append((state.shade, min(gap for gap in gaps if gap > 0.001), area))
            return
        for box in seen:
            if box.area:
                self.fills.append((state.shade, min(box.sides), box.area))


def is_frame(boxes: list[Box]) -> bool:
    inner, outer = sorted(boxes, key=lambda box: box.area)
    return inner.within(outer) == inner


def box_of(path: list[tuple[float, float]]) -> Box:
    across, up = zip(*path, strict=True)
    return Box(min(across), min(up), max(across), max(up))


def whole(boxes: list[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


@cache
def pages(sheet: Path) -> list[Page]:
    return [Page.read(page) for page in PdfReader(sheet).pages]


def objects(sheet: Path) -> Iterator[Any]:
    document = PdfReader(sheet)
    size: Any = document.trailer["/Size"]
    for number in range(1, size):
        found = document.get_object(number)
        if isinstance(found, DictionaryObject):
            yield from dictionaries(found)


def dictionaries(item: Any) -> Iterator[DictionaryObject]:  # noqa: ANN401
    """A dictionary and those that stand in it, but not those that it only refers to."""
    if isinstance(item, DictionaryObject):
        yield item
        for inner in item.values():
            yield from dictionaries(inner)


@every_sheet
def test_nothing_is_transparent(sheet: Path) -> None:
    found = list(objects(sheet))
    assert len(found) > 100
    for item in found:
        assert item.get("/ca", 1) == item.get("/CA", 1) == 1
        assert item.get("/SMask", "/None") == "/None"
        assert item.get("/BM", "/Normal") == "/Normal"
        assert item.get("/S") != "/Transparency"


@every_sheet
def test_every_line_is_thick_enough(sheet: Path) -> None:
    found = pages(sheet)
    assert any(page.strokes for page in found)
    assert any(page.fills for page in found)
    for page in found:
        assert [it for it in page.strokes if it < HAIRLINE] == []
        assert [it for it in page.fills if it[1] < HAIRLINE and it[0] < 1] == []


@every_sheet
def test_no_large_area_is_dark(sheet: Path) -> None:
    for page in pages(sheet):
        wide, high = (float(side) for side in page.page.mediabox[2:])
        assert [it for it in page.fills if it[0] < 1 and it[2] > MOST * wide * high] == []


@every_sheet
def test_printers_do_not_scale_and_turn_pages_over_the_long_edge(sheet: Path) -> None:
    root: Any = PdfReader(sheet).trailer["/Root"]
    assert root["/ViewerPreferences"] == {
        "/DisplayDocTitle": True,
        "/PrintScaling": "/None",
        "/Duplex": "/DuplexFlipLongEdge",
    }


@pytest.mark.parametrize(
    ("tag", "variant"),
    [("es", "large-print"), pytest.param("ar", "large-print", marks=pytest.mark.slow)],
)
def test_large_print_is_large_everywhere_and_never_slanted(sheet: Path) -> None:
    texts = [text for page in pages(sheet) for text in page.texts]
    assert len(texts) > 60
    assert [it for it in texts if it[1] < LARGE - 0.01] == []
    assert [font for font, _ in texts if "Italic" in font or "Oblique" in font] == []


@pytest.mark.parametrize(("tag", "variant"), [("es", "letter")])
def test_sizes_and_slants_are_found(sheet: Path) -> None:
    texts = [text for page in pages(sheet) for text in page.texts]
    assert min(size for _, size in texts) == pytest.approx(8.4, abs=0.01)
    assert any("Italic" in font for font, _ in texts)
    assert {round(it, 2) for page in pages(sheet) for it in page.strokes} >= {0.57, 1.42}


# What is drawn


# The second document of a bilingual sheet begins on a new sheet of paper: a page may be blank.


def drawn(sheet: Path, *how: str, dpi: int) -> list[Image.Image]:
    prefix = sheet.with_suffix("")
    subprocess.run(["pdftoppm", *how, "-r", str(dpi), str(sheet), str(prefix)], check=True)
    made = []
    for file in sorted(sheet.parent.glob(f"{prefix.name}-*.p[gb]m")):
        with Image.open(file) as image:
            made.append(image.convert("L"))
        file.unlink()
    return made


def darkest_elsewhere(page: Image.Image, dpi: int) -> int:
    wide, high = (size * dpi / 25.4 for size in SHARED)
    left, top = int((page.width - wide) / 2), int((page.height - high) / 2)
    page.paste(255, (left, top, page.width - left, page.height - top))
    return min(page.tobytes())


@every_sheet
def test_all_ink_is_where_both_papers_can_print(sheet: Path) -> None:
    made = drawn(sheet, "-gray", dpi=50)
    assert min(made[0].tobytes()) < 100
    for page in made:
        assert darkest_elsewhere(page, 50) > 250


@every_sheet
def test_no_black_square_is_as_large_as_a_finger(sheet: Path) -> None:
    for page in drawn(sheet, "-gray", dpi=50):
        assert min(page.filter(ImageFilter.MaxFilter(15)).tobytes()) > 200


@every_sheet
def test_letters_stay_whole_in_black_and_white(sheet: Path) -> None:
    """A printer that has no grey makes dots of it: where there is ink, most of it has to be black.

    What is near an edge is left out, since there the two may differ by a dot.
    """
    both = zip(drawn(sheet, "-mono", dpi=300), drawn(sheet, "-gray", dpi=300), strict=True)
    total = 0
    for dots, grey in both:
        ink = grey.point([255 * (shade < 160) for shade in range(256)])
        inside = ink.filter(ImageFilter.MinFilter(3))
        white = ImageChops.multiply(inside, dots)
        total += inside.histogram()[255]
        assert white.histogram()[255] <= inside.histogram()[255] / 1000
    assert total > 100_000


@pytest.mark.parametrize("variant", ["letter", pytest.param("large-print", marks=pytest.mark.slow)])
def test_steps_and_cards_may_stand_at_either_end_of_a_page(variant: str, tmp_path: Path) -> None:
    steps = "::: steps\n1. Soap\n2. Water\n3. Ash\n:::\n"
    cards = "::: card At home\nOne\n:::\n\n::: card At work\nTwo\n:::\n\n" * 5
    for number in range(8):
        text = "# Hands\n\n" + "One line.\n\n" * number + steps * 8 + "\n" + cards
        write(tmp_path, {f"content/en/a{number}.md": text.replace(":::\n::: s", ":::\n\n::: s")})
    outcome = run(tmp_path, "build", "--format", "pdf", "--variant", variant)
    told = [line for line in outcome.err.splitlines() if "stands alone" not in line]
    assert (outcome.code, told) == (0, [])


# Pictures


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pictures")
    write(root, {"content/en/a.md": PICTURES, "content/en/frame.svg": FRAME})
    Image.linear_gradient("L").resize(SIZE).save(root / "content/en/grey.png")
    outcome = run(root, "build", "--format", "pdf", "--variant", "letter")
    assert (outcome.code, outcome.err) == (0, "")
    return next(root.glob("build/en/*.pdf"))


def test_a_picture_keeps_its_pixels_and_a_drawing_stays_one(illustrated: Path) -> None:
    made = [it for it in objects(illustrated) if it.get("/Subtype") == "/Image"]
    assert {(it["/Width"], it["/Height"]) for it in made} == {SIZE}
    for item in made:
        assert isinstance(item, StreamObject)
        (channels,) = {len(item.get_data()) // (SIZE[0] * SIZE[1])}
        step = item.get_data()[:: SIZE[0] * channels]
        with Image.open(illustrated.parents[2] / "content/en/grey.png") as kept:
            assert step == kept.convert("L").tobytes()[:: SIZE[0]]
    found = pages(illustrated)
    assert sum(len(page.images) for page in found) == 2
    assert sum(it == pytest.approx(3.0) for page in found for it in page.strokes) == 2


def test_pictures_with_words_are_figures_and_others_are_not(illustrated: Path) -> None:
    figures = [it for it in objects(illustrated) if it.get("/S") == "/Figure"]
    assert [it["/Alt"] for it in figures] == ["A grey step", "A frame"]
