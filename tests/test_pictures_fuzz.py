"""Any bytes as a picture: no traceback, no hang, nothing from elsewhere, and the page is whole."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from projects import run, write
from pypdf import PdfReader
from sheet_tools import sheet, started
from test_print_hostile import SVG, listening

from outreach.languages import find
from outreach.pictures import flaws, refusal
from outreach.sheet.fonts import chain

if TYPE_CHECKING:
    from outreach.sheet.engine import Engine

SETTINGS = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def small(kind: str) -> bytes:
    """A small picture that has all that its kind can have."""
    data = BytesIO()
    image = Image.linear_gradient("L").resize((12, 9)).convert("RGBA")
    image = image.convert("RGB") if kind == "JPEG" else image
    more = {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0"} if kind != "GIF" else {}
    image.save(data, kind, **more)
    return data.getvalue()


DOTS = {ending: small(kind) for ending, kind in (("png", "PNG"), ("jpg", "JPEG"), ("gif", "GIF"))}
DOTS["webp"] = small("WEBP")

NUMBERS = st.sampled_from(
    ("0", "1", "-1", "9", "1e9", "1e999", "nan", "50%", "1em", "x", "", "1 2")
)
IDS = st.sampled_from(("a", "b", "c"))
ADDRESSES = st.one_of(
    IDS.map("#{}".format),
    st.sampled_from(("file:///etc/passwd", "//a.example/b.svg#c", "data:image/png;base64,AAAA")),
)
PATHS = st.lists(
    st.sampled_from(
        ("M0 0", "L5 5", "l1,1", "A1 1 0 0 1 5 5", "a1 1 0 015 5", "z", "H1e9", "Q", "t1-1")
    ),
    max_size=8,
).map("".join)
PAINTS = st.one_of(
    IDS.map("url(#{})".format), st.sampled_from(("red", "none", "context-fill", "currentColor"))
)
ATTRIBUTES: dict[str, st.SearchStrategy[str]] = {
    **dict.fromkeys(
        (
            *("x", "y", "width", "height", "r", "rx", "cx", "x1", "x2", "stroke-width", "opacity"),
            *("stroke-miterlimit", "font-size", "letter-spacing", "rotate", "dx", "refX", "offset"),
            *("viewBox", "points", "stroke-dasharray", "stroke-dashoffset", "textLength", "orient"),
        ),
        NUMBERS,
    ),
    **dict.fromkeys(
        ("fill", "stroke", "clip-path", "mask", "filter", "marker", "marker-end"), PAINTS
    ),
    "id": IDS,
    "href": ADDRESSES,
    "d": PATHS,
    "transform": st.sampled_from(("scale(0)", "rotate(45)", "matrix(1 2 3)", "skewX(90)", "x(1)")),
    "preserveAspectRatio": st.sampled_from(("none", "xMinYMax slice", "x")),
    "style": st.sampled_from(("fill: url(#a)", "d: path('M0 0')", "display: none", "font: x")),
    "gradientUnits": st.sampled_from(("userSpaceOnUse", "objectBoundingBox")),
}
TAGS = st.sampled_from(
    (
        *("g", "rect", "circle", "ellipse", "line", "path", "polyline", "polygon", "text", "tspan"),
        *("use", "image", "svg", "defs", "symbol", "marker", "pattern", "mask", "clipPath", "a"),
        *("linearGradient", "radialGradient", "stop", "filter", "feOffset", "feFlood", "feBlend"),
        *("textPath", "style", "title", "switch", "tref", "x"),
    )
)


def attributes() -> st.SearchStrategy[str]:
    named = st.sampled_from(sorted(ATTRIBUTES)).flatmap(
        lambda name: ATTRIBUTES[name].map(lambda value: (name, value))
    )
    return st.lists(named, max_size=5, unique_by=lambda item: item[0]).map(
        lambda items: "".join(f' {name}="{value}"' for name, value in items)
    )


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = st.tuples(TAGS, attributes(), st.lists(inner, max_size=4).map("".join))
    return parts.map(lambda it: f"<{it[0]}{it[1]}>{it[2]}</{it[0]}>")


DRAWINGS = st.lists(
    st.recursive(st.just("words"), element, max_leaves=12),
    max_size=4,
).map(lambda parts: f"{SVG}{''.join(parts)}</svg>".encode())


def changed(data: bytes) -> st.SearchStrategy[bytes]:
    """A file of which some bytes are others, or are gone, or are there twice."""
    places = st.integers(0, len(data))
    edit = st.tuples(places, places, st.one_of(st.binary(max_size=6), st.just(b"\xff" * 4)))

    def apply(edits: list[tuple[int, int, bytes]]) -> bytes:
        found = data
        for start, end, new in edits:
            found = found[:start] + new + found[max(start, min(end, start + 8)) :]
        return found

    return st.one_of(st.lists(edit, max_size=4).map(apply), places.map(lambda end: data[:end]))


ANY = st.one_of(DRAWINGS, *(changed(data) for data in DOTS.values()), DRAWINGS.flatmap(changed))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with started(tmp_path_factory) as engine:
        yield engine


def test_the_pictures_that_are_changed_are_good_ones() -> None:
    for ending, data in DOTS.items():
        assert list(flaws(data, f"a.{ending}")) == []


@settings(SETTINGS, max_examples=400)
@given(st.one_of(ANY, st.binary(max_size=60)))
def test_any_bytes_have_an_answer_of_one_line(data: bytes) -> None:
    for name in ("a.svg", "a.png"):
        for flaw in flaws(data, name):
            assert flaw.text.startswith("it")
            assert flaw.line <= data.count(b"\n") + data.count(b"\r") + 1
    assert refusal(data) == refusal(data)


@SETTINGS
@given(ANY)
def test_any_picture_is_drawn_whole_or_not_at_all(engine: Engine, data: bytes) -> None:
    html = sheet("en", '<p>Before.</p><img src="p" alt="Words"><p>The end.</p>')
    with tempfile.TemporaryDirectory() as folder, listening() as (_, came):
        file = write(Path(folder), {"p": data}) / "p"
        pdf = engine.pdf(html, chain(find("en").fonts), {"p": file})
        again = engine.pdf(html, chain(find("en").fonts), {"p": file})
    assert came == []
    assert pdf == again
    page = PdfReader(BytesIO(pdf.data)).pages[0]
    assert "The end." in page.extract_text()
    content = page.get_contents()
    assert content is not None
    saved = 0
    for operands, operator in content.operations:
        saved += {b"q": 1, b"Q": -1}.get(operator, 0)
        assert saved >= 0
        assert not any(str(operand) in ("nan", "inf", "-inf") for operand in operands)
    assert saved == 0
    assert b"root:" not in pdf.data


@settings(SETTINGS, max_examples=25)
@given(ANY, st.sampled_from(("svg", "png", "jpg", "gif", "webp")))
def test_any_file_of_a_project_as_a_picture(data: bytes, ending: str) -> None:
    text = f"# A\n\n![Words](p.{ending})\n\n[the file](p.{ending})\n"
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), {"content/en/a.md": text, f"content/en/p.{ending}": data})
        write(root, {"outreach.toml": f'partner-logo = "content/en/p.{ending}"\n'})
        checked = run(root, "check")
        built = run(root, "build", "--variant", "letter")
        unsafe = "[unsafe-file]" in checked.err
        assert (checked.code, built.code) == ((1, 1) if unsafe else (0, 0))
        assert (root / "build/en/a.html").exists() is not unsafe
        if not unsafe:
            assert (root / f"build/assets/files/content/en/p.{ending}").read_bytes() == data
