"""Whether a picture of dots is whole and can be unpacked; only its ends are looked at."""

from __future__ import annotations

import struct

MOST = 50_000_000
"""More dots than a page has at 600 to the inch; a file of a few kB can claim billions."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_END = 4096
"""Bytes at the end of a file in which its last mark is: cameras add things after it."""


def refusal(data: bytes) -> str:
    """Return why a file cannot be drawn; empty where nothing is against it, or it is no picture.

    WeasyPrint would fill up one that is cut off with grey, without a word.
    """
    if data.startswith(_PNG):
        if len(data) < len(_PNG) + 16 or b"IEND" not in data[-_END:]:
            return "it is cut off"
        width, height = struct.unpack_from(">II", data, len(_PNG) + 8)
        return f"it has more than {MOST:,} dots" if width * height > MOST else ""
    if data.startswith(_JPEG) and b"\xff\xd9" not in data[-_END:]:
        return "it is cut off"
    return ""
