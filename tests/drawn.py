"""What a PDF draws: how thick lines are, how dark everything is, and what is transparent."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn, in points."""

    kind: str
    """`area`, `line` or `text`."""
    tone: float
    """From 0, black, to 1, white."""
    thickness: float = 0.0
    """Of a line; of an area its shorter side."""


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix = PLAIN
    fill: float = 0.0
    stroke: float = 0.0
    width: float = 1.0


@dataclass(slots=True)
class _Path:
    rectangles: list[tuple[float, float, float, float]] = field(default_factory=list)


def marks(page: PageObject) -> Iterator[Mark]:
    """Yield what is drawn on a page, also in the parts that it draws by name."""
    yield from _marks(page.get_contents(), page["/Resources"], page.pdf, _State())


def transparency(data: bytes) -> list[str]:
    """Tell of everything that lets through what is below it."""
    reader = PdfReader(BytesIO(data))
    size: Any = reader.trailer["/Size"]
    return [
        f"{name} {value}"
        for number in range(1, size)
        for name, value in _entries(reader.get_object(number))
        if (name in ("/ca", "/CA") and float(value) < 1)
        or (name in ("/SMask", "/Mask") and value != "/None")
        or (name == "/BM" and value != "/Normal")
    ]


def _entries(item: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Yield all that stands in an object itself, not in those that it refers to."""
    if isinstance(item, dict):
        for name, value in item.items():
            yield name, value
            yield from _entries(value)


def _marks(content: Any, resources: Any, pdf: Any, state: _State) -> Iterator[Mark]:  # noqa: ANN401
    stack, path = [], _Path()
    for operands, operator in ContentStream(content, pdf).operations:
        name = operator.decode()
        if name == "q":
            stack.append(state)
        elif name == "Q":
            state = stack.pop()
        elif name == "re":
            x, y, width, height = map(float, operands)
            path.rectangles.append((x, y, width, height))
        elif name == "Do":
            part = resources.get_object()["/XObject"][operands[0]].get_object()
            if part["/Subtype"] == "/Form":
                inner = part.get("/Resources", resources)
                yield from _marks(part, inner, pdf, _changed(state, "cm", part.get("/Matrix", [])))
        elif name in ("f", "f*", "B", "S", "n", "s", "b"):
            yield from _painted(name, path, state)
            path = _Path()
        elif name in ("Tj", "TJ"):
            yield Mark("text", state.fill)
        else:
            state = _changed(state, name, operands)


def _painted(name: str, path: _Path, state: _State) -> Iterator[Mark]:
    scale = _scale(state.matrix)
    if name in ("S", "s", "B", "b"):
        yield Mark("line", state.stroke, state.width * scale)
    if name in ("f", "f*", "B", "b"):
        for _, _, width, height in path.rectangles:
            yield Mark("area", state.fill, min(abs(width), abs(height)) * scale)


def _changed(state: _State, name: str, operands: Sequence[Any]) -> _State:
    if name == "cm" and len(operands) == 6:
        return replace(state, matrix=_times(tuple(map(float, operands)), state.matrix))
    if name == "w":
        return replace(state, width=float(operands[0]))
    if name in ("rg", "g", "sc", "scn"):
        return replace(state, fill=_tone(operands))
    if name in ("RG", "G", "SC", "SCN"):
        return replace(state, stroke=_tone(operands))
    return state


def _tone(operands: Sequence[Any]) -> float:
    parts: list[float] = [float(part) for part in operands if not isinstance(part, str)]
    if len(parts) == 3:
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    return parts[0] if parts else 0.0


def _times(one: tuple[float, ...], other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    u, v, w, x, y, z = other
    return (
        *(a * u + b * w, a * v + b * x, c * u + d * w, c * v + d * x),
        *(e * u + f * w + y, e * v + f * x + z),
    )


def _scale(matrix: Matrix) -> float:
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))
