"""Pictures of dots: how large one is, and whether it is whole. Nothing is unpacked but notes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from outreach.pictures.flaw import Flaw

MOST = 50_000_000
"""More dots than a page has at 600 to the inch; a file of a few kB can claim billions."""
MOST_NOTES = 1_000_000
"""Bytes of a note or a color profile in a PNG, unpacked."""
MOST_SCANS = 100
"""Passes in which a JPEG is drawn; each takes as long as the whole picture. Ten are usual."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_GIF = (b"GIF87a", b"GIF89a")
_OTHERS = (b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0", b"\0\0\0\x0cjP  ", b"\xff\x0a")
_END = 4096
"""Bytes at the end of a file in which its last mark is: cameras add things after it."""
_CUT = Flaw("it is cut off; save it again", "damaged")
_DAMAGED = Flaw("it is damaged; save it again", "damaged")
_MOVES = Flaw(
    "it moves, which readers cannot stop, and print shows one moment of it; save one picture",
    "remark",
)
_PLACE = Flaw("it tells where it was taken (its EXIF data hold a place); take that out", "remark")


def kind_of(data: bytes) -> str:
    """PNG, JPEG, GIF or WebP, by the first bytes; else empty."""
    if data.startswith(_PNG):
        return "PNG"
    if data.startswith(_JPEG):
        return "JPEG"
    if data.startswith(_GIF):
        return "GIF"
    return "WebP" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def is_another(data: bytes) -> bool:
    """Whether it is a picture of another kind that browsers show: AVIF, BMP, TIFF and the like."""
    return data.startswith(_OTHERS) or data[4:8] == b"ftyp"


def flaws(data: bytes) -> Iterator[Flaw]:
    """Yield what is wrong with a picture of a kind that `kind_of` knows."""
    look = {"PNG": _png, "JPEG": _jpeg, "GIF": _gif, "WebP": _webp}[kind_of(data)]
    try:
        yield from look(data)
    except (struct.error, IndexError):  # it ends before what it says is in it
        yield _CUT


def _size(width: int, height: int) -> Iterator[Flaw]:
    if width * height > MOST:
        yield Flaw(f"it has more than {MOST:,} dots; make it smaller", "unsafe")
    elif not width * height:
        yield _DAMAGED


def _place(exif: bytes) -> Iterator[Flaw]:
    """Tell of a place in EXIF data, which are like the first folder of a TIFF file."""
    start = exif.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(start[:2])
    if order is None or len(start) < 8:
        return
    (folder,) = struct.unpack_from(f"{order}I", start, 4)
    entries = start[folder + 2 : folder + 2 + 12 * 100]
    tags = (entries[at : at + 2] for at in range(0, len(entries), 12))
    if struct.pack(f"{order}H", 0x8825) in tags:
        yield _PLACE


def _png(data: bytes) -> Iterator[Flaw]:
    kinds: set[bytes] = set()
    at = len(_PNG)
    while b"IEND" not in kinds:
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">I", data, at + 8 + length)
        if not kinds:
            yield from _size(*struct.unpack_from(">II", body))
        is_needed = not kind[0] & 0x20
        if not (kinds or kind == b"IHDR") or (is_needed and zlib.crc32(kind + body) != check):
            yield _DAMAGED
            return
        yield from _note(kind, body)
        kinds.add(kind)
        at += length + 12
    if b"IDAT" not in kinds:
        yield _DAMAGED
    if b"acTL" in kinds:
        yield _MOVES


def _note(kind: bytes, body: bytes) -> Iterator[Flaw]:
    """Tell of a note in a PNG that is packed, and has no end."""
    if kind == b"eXIf":
        yield from _place(body)
    if kind not in (b"zTXt", b"iCCP", b"iTXt"):
        return
    packed = body.partition(b"\0")[2]
    if kind == b"iTXt":
        if packed[:1] != b"\1":
            return
        packed = packed[2:].partition(b"\0")[2].partition(b"\0")[2]
    else:
        packed = packed[1:]
    try:
        note = zlib.decompressobj().decompress(packed, MOST_NOTES + 1)
    except zlib.error:
        return  # nobody needs it, so it is left out
    if len(note) > MOST_NOTES:
        yield Flaw("it holds a note of many megabytes; save it again without its notes", "unsafe")


def _jpeg(data: bytes) -> Iterator[Flaw]:
    at = 2
    while True:
        if data[at] != 0xFF:
            yield _DAMAGED
            return
        kind = data[at + 1]
        if kind == 0xFF:  # what fills up
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if kind in range(0xC0, 0xD0) and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            yield from _size(width, height)
            break
        if kind in (0xD9, 0xDA):  # its end or its dots, before it said how large it is
            yield _DAMAGED
            return
        if kind == 0xE1:
            yield from _place(data[at + 4 : at + 2 + length])
        at += 2 + length
    if b"\xff\xd9" not in data[-_END:]:
        yield _CUT
    elif data.count(b"\xff\xda") > MOST_SCANS:
        yield Flaw("it is drawn in too many passes; save it again", "unsafe")


def _gif(data: bytes) -> Iterator[Flaw]:
    yield from _size(*struct.unpack_from("<HH", data, 6))
    at = 13 + _colors(data[10])
    frames = 0
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            left, top, width, height = struct.unpack_from("<HHHH", data, at + 1)
            yield from _size(left + width, top + height)
            at += 10 + _colors(data[at + 9]) + 1
            frames += 1
        elif data[at] == 0x21:
            at += 2
        else:
            yield _DAMAGED
            return
        while data[at]:
            at += 1 + data[at]
        at += 1
    yield from [_DAMAGED] * (not frames)
    yield from [_MOVES] * (frames > 1)


def _colors(flags: int) -> int:
    """How many bytes a table of colors has."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _webp(data: bytes) -> Iterator[Flaw]:
    (length,) = struct.unpack_from("<I", data, 4)
    if len(data) < length + 8:
        yield _CUT
        return
    at, kinds = 12, set()
    while at < min(len(data), length + 8):
        kind = data[at : at + 4]
        (size,) = struct.unpack_from("<I", data, at + 4)
        body = data[at + 8 : at + 8 + size]
        kinds.add(kind)
        yield from _size(*_webp_size(kind, body))
        if kind == b"EXIF":
            yield from _place(body)
        at += 8 + size + size % 2
    if not kinds & {b"VP8 ", b"VP8L", b"ANMF"}:
        yield _DAMAGED
    if b"ANIM" in kinds:
        yield _MOVES


def _webp_size(kind: bytes, body: bytes) -> tuple[int, int]:
    """How many dots a part of a WebP says that it has; one for a part without any."""
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", body, 1)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind in (b"VP8X", b"ANMF"):
        sizes = body[4:10] if kind == b"VP8X" else body[6:12]
        if len(sizes) < 6:
            raise struct.error
        return int.from_bytes(sizes[:3], "little") + 1, int.from_bytes(sizes[3:], "little") + 1
    return 1, 1
