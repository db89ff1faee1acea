"""Glyphs that are put together from other glyphs of a TrueType font; pure functions on its bytes.

Tables as in the OpenType specification: `glyf` (composite glyphs), `loca`, `hmtx`, `hhea`, `maxp`.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_WORDS, _OFFSETS, _MORE, _OVERLAP = 0x1, 0x2, 0x20, 0x400
"""Flags of a component: its place follows, in 16 bits, as an offset; another component follows."""
_SCALES = {0x8: 2, 0x40: 4, 0x80: 8}
"""Bytes of a component's scale, by flag."""
_MAGIC = 0xB1B0AFBA


class Part(NamedTuple):
    """A glyph in a composite, and where it stands, in units of the font."""

    glyph: int
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Composite:
    """A glyph made of others; without any, it is blank."""

    parts: tuple[Part, ...]
    advance: int
    """In units of the font."""


class _Size(NamedTuple):
    """What `maxp` has to tell of a glyph, and the box around it."""

    points: int = 0
    contours: int = 0
    depth: int = 0
    box: tuple[int, int, int, int] = (0, 0, 0, 0)


def is_truetype(data: bytes) -> bool:
    """Whether the font has outlines that composites can be made of."""
    return data[:4] in {b"\0\1\0\0", b"true"}


def with_composites(data: bytes, composites: Sequence[Composite]) -> tuple[bytes, int]:
    """Return the font with composites after its last glyph, and the number of the first of them.

    The font must be TrueType, have one face, and leave room for the glyphs: there are 65,535.
    """
    tables = _tables(data)
    glyphs = _Glyphs(tables)
    first = len(glyphs.ends) - 1
    for composite in composites:
        glyphs.add(composite)
    return _assembled(data[:4], tables | glyphs.tables()), first


class _Glyphs:
    """The tables that hold glyphs, taken apart."""

    def __init__(self, tables: Mapping[bytes, bytes]) -> None:
        self._head = bytearray(tables[b"head"])
        self._maxp = bytearray(tables[b"maxp"])
        self._hhea = bytearray(tables[b"hhea"])
        count = struct.unpack_from(">H", self._maxp, 4)[0]
        short = struct.unpack_from(">h", self._head, 50)[0] == 0
        ends = struct.unpack_from(f">{count + 1}{'H' if short else 'I'}", tables[b"loca"])
        self.ends = [2 * end for end in ends] if short else list(ends)
        self._glyf = bytearray(tables[b"glyf"][: self.ends[-1]])
        self._metrics = self._all_metrics(tables[b"hmtx"], count)
        self._sizes: dict[int, _Size] = {}
        self._most = list(struct.unpack_from(">4H", self._maxp, 6))
        self._elements, self._depth = struct.unpack_from(">2H", self._maxp, 28)

    def _all_metrics(self, hmtx: bytes, count: int) -> bytearray:
        """Return advance and side bearing of every glyph, none of them left out."""
        full = struct.unpack_from(">H", self._hhea, 34)[0]
        metrics = bytearray(hmtx[: 4 * full])
        advance = bytes(metrics[-4:-2])
        for start in range(4 * full, 4 * full + 2 * (count - full), 2):
            metrics += advance + hmtx[start : start + 2]
        return metrics

    def add(self, composite: Composite) -> None:
        sizes = ((part, self._size(part.glyph)) for part in composite.parts)
        shown = [(part, size) for part, size in sizes if size.contours]
        box = _around(shown) if shown else (0, 0, 0, 0)
        if shown:
            self._glyf += struct.pack(">5h", -1, *box)
            last = len(shown) - 1
            for index, (part, _) in enumerate(shown):
                flags = _WORDS | _OFFSETS | (0 if index else _OVERLAP)
                flags |= _MORE if index < last else 0
                self._glyf += struct.pack(">HHhh", flags, *part)
            self._remember([size for _, size in shown])
        self._glyf += bytes(-len(self._glyf) % 4)
        self.ends.append(len(self._glyf))
        self._metrics += struct.pack(">Hh", composite.advance, box[0])

    def _remember(self, sizes: Sequence[_Size]) -> None:
        points, contours = _sums(sizes)
        self._most[2:] = max(self._most[2], points), max(self._most[3], contours)
        self._elements = max(self._elements, len(sizes))
        self._depth = max(self._depth, 1 + max(size.depth for size in sizes))

    def _size(self, glyph: int) -> _Size:
        if glyph not in self._sizes:
            start, end = self.ends[glyph], self.ends[glyph + 1]
            self._sizes[glyph] = self._measured(start) if start < end else _Size()
        return self._sizes[glyph]

    def _measured(self, start: int) -> _Size:
        contours, *box = struct.unpack_from(">5h", self._glyf, start)
        corners = (box[0], box[1], box[2], box[3])
        if contours >= 0:
            place = start + 10 + 2 * (contours - 1)
            points = struct.unpack_from(">H", self._glyf, place)[0] + 1 if contours else 0
            return _Size(points, contours, 0, corners)
        parts = [self._size(part) for part in self._parts(start + 10)]
        return _Size(*_sums(parts), 1 + max(size.depth for size in parts), corners)

    def _parts(self, place: int) -> list[int]:
        parts, flags = [], _MORE
        while flags & _MORE:
            flags, glyph = struct.unpack_from(">2H", self._glyf, place)
            parts.append(glyph)
            place += 4 + (4 if flags & _WORDS else 2)
            place += next((size for flag, size in _SCALES.items() if flags & flag), 0)
        return parts

    def tables(self) -> dict[bytes, bytes]:
        """Return the tables, put together again."""
        count = len(self.ends) - 1
        struct.pack_into(">H", self._maxp, 4, count)
        struct.pack_into(">4H", self._maxp, 6, *self._most)
        struct.pack_into(">2H", self._maxp, 28, self._elements, self._depth)
        struct.pack_into(">H", self._hhea, 34, count)
        widest = max(struct.unpack(f">{2 * count}H", self._metrics)[::2])
        struct.pack_into(">H", self._hhea, 10, widest)
        struct.pack_into(">h", self._head, 50, 1)
        return {
            b"glyf": bytes(self._glyf),
            b"loca": struct.pack(f">{count + 1}I", *self.ends),
            b"hmtx": bytes(self._metrics),
            b"hhea": bytes(self._hhea),
            b"maxp": bytes(self._maxp),
            b"head": bytes(self._head),
        }


def _sums(sizes: Sequence[_Size]) -> tuple[int, int]:
    """Return how many points and contours glyphs have together."""
    return sum(size.points for size in sizes), sum(size.contours for size in sizes)


def _around(shown: Sequence[tuple[Part, _Size]]) -> tuple[int, int, int, int]:
    """Return the box around all parts: left, bottom, right, top."""
    left, bottom, right, top = zip(*(_moved(size.box, part) for part, size in shown), strict=True)
    return min(left), min(bottom), max(right), max(top)


def _moved(box: tuple[int, int, int, int], part: Part) -> tuple[int, int, int, int]:
    return box[0] + part.x, box[1] + part.y, box[2] + part.x, box[3] + part.y


def _tables(data: bytes) -> dict[bytes, bytes]:
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4s3I", data, 12 + 16 * index) for index in range(count))
    return {tag: data[start : start + length] for tag, _, start, length in entries}


def _assembled(kind: bytes, tables: Mapping[bytes, bytes]) -> bytes:
    head = bytearray(tables[b"head"])
    head[8:12] = bytes(4)
    content = sorted({**tables, b"head": bytes(head)}.items())
    power = len(content).bit_length() - 1
    search = 16 << power
    file = bytearray(kind)
    file += struct.pack(">4H", len(content), search, power, 16 * len(content) - search)
    place = 12 + 16 * len(content)
    sums = {tag: _checksum(table) for tag, table in content}
    for tag, table in content:
        file += struct.pack(">4s3I", tag, sums[tag], place, len(table))
        place += len(table) + -len(table) % 4
    whole = _checksum(bytes(file)) + sum(sums.values())
    starts = {}
    for tag, table in content:
        starts[tag] = len(file)
        file += table + bytes(-len(table) % 4)
    struct.pack_into(">I", file, starts[b"head"] + 8, (_MAGIC - whole) & 0xFFFFFFFF)
    return bytes(file)


def _checksum(table: bytes) -> int:
    words = array("I", table + bytes(-len(table) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
