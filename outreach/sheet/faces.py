"""Inside a font file: what it says of itself, what it draws, and one style of it made static.

The only place that uses uharfbuzz and fontTools. Both are slow to import; most runs need neither.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from outreach.sheet.sources import Style

_REGULAR, _BOLD = 400.0, 700.0
_WOFF = {b"wOFF": "WOFF", b"wOF2": "WOFF2"}
_KINDS = {b"\x00\x01\x00\x00", b"true", b"OTTO"}
_NEEDED = {"cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2"}
_TAG = re.compile(rb"[ -~]{4}")
_BROKEN = (KeyError, IndexError, ValueError, OverflowError, AssertionError, struct.error)
"""What the libraries raise for fonts with nonsense in them."""
_DAMAGED = "is a damaged font; get the file again"
_OS2_WEIGHT, _OS2_SELECTION = 4, 62
_RESTRICTED = 2
"""The value of fsType for “must not be embedded without permission of the legal owner”."""
_ITALIC = 1


class NoFont(ValueError):  # noqa: N818  reads as what happened
    """A file is no font that a sheet can be printed in; the text says why, and what would be."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a font file says of itself."""

    family: str
    style: str
    """As the file calls it: `Regular`, `SemiBold`."""
    version: str
    italic: bool
    normal_width: bool
    embeddable: bool
    """Whether it lets itself be put into documents."""
    weights: tuple[float, float] | None = None
    """From the thinnest to the boldest of a variable font, 400 being Regular; None for others."""


def characters(path: Path) -> frozenset[int]:
    """Return the code points that a font has glyphs for."""
    return frozenset(_open(path).unicodes)


def read(path: Path) -> Face:
    """Return what a font file says of itself.

    Raises `NoFont` for anything but one whole TrueType or OpenType font, and `OSError`.
    """
    data = path.read_bytes()
    start = data[:4]
    if start in _WOFF:
        raise NoFont(f"is a {_WOFF[start]} font, made for web pages; put the .ttf or .otf here")
    if start == b"ttcf":
        raise NoFont("is a collection of fonts; put each of them here as a .ttf or .otf of its own")
    tables = _tables(data)
    if start not in _KINDS or not tables >= _NEEDED:
        raise NoFont("is no TrueType or OpenType font, or a damaged one; get the file again")
    if "CFF2" in tables:
        raise NoFont("is variable in a way that cannot be printed (CFF2); put static fonts here")
    if not tables & {"glyf", "CFF "}:
        raise NoFont("has pictures for letters, which print cannot use; put a font with outlines")
    try:
        return _described(_open(path))
    except _BROKEN as error:
        raise error if isinstance(error, NoFont) else NoFont(_DAMAGED) from error


def static(path: Path, family: str, style: Style) -> bytes:
    """Return one style of a font as a static font, under names that fontconfig finds it by.

    Raises `NoFont` when that cannot be done.
    """
    import uharfbuzz  # noqa: PLC0415

    face = _open(path)
    request = uharfbuzz.SubsetInput()
    request.keep_everything()
    for axis in face.axis_infos:
        weight = _BOLD if "Bold" in style else _REGULAR
        place = weight if axis.tag == "wght" else axis.default_value
        request.pin_axis_location(face, axis.tag, place)
    try:
        return _named(request.subset(face).blob.data, family, style)
    except (RuntimeError, *_BROKEN) as error:
        raise NoFont(_DAMAGED) from error


def _tables(data: bytes) -> set[str]:
    """Return the names of a font's tables; none if one of them does not lie wholly in the file."""
    count = int.from_bytes(data[4:6])
    records = [data[12 + 16 * number : 28 + 16 * number] for number in range(count)]
    whole = all(
        len(record) == 16
        and _TAG.fullmatch(record[:4])
        and int.from_bytes(record[8:12]) + int.from_bytes(record[12:]) <= len(data)
        for record in records
    )
    return {record[:4].decode("ascii") for record in records} if whole else set()


def _open(path: Path) -> Any:  # noqa: ANN401  (uharfbuzz has no types)
    # Most runs find all fonts made and draw no check from them.
    import uharfbuzz  # noqa: PLC0415

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))


def _described(face: Any) -> Face:  # noqa: ANN401
    os2 = bytes(face.reference_table("OS/2").data)
    if len(os2) < _OS2_SELECTION + 2:
        raise NoFont(_DAMAGED)
    weight, width, rights = struct.unpack_from(">3H", os2, _OS2_WEIGHT)
    (selection,) = struct.unpack_from(">H", os2, _OS2_SELECTION)
    if not _name(face, 1):
        raise NoFont("does not say what it is called; name the family in a font editor")
    if ord(" ") not in face.unicodes:
        raise NoFont("has no space between words, so it is not for texts; put another font here")
    axes = {axis.tag: (axis.min_value, axis.max_value) for axis in face.axis_infos}
    return Face(
        family=_name(face, 16) or _name(face, 1),
        style=_name(face, 17) or _name(face, 2),
        version=_name(face, 5).split(";")[0].removeprefix("Version ").strip(),
        italic=bool(selection & _ITALIC),
        normal_width=width == 5,
        embeddable=rights & 0xF != _RESTRICTED,
        weights=axes.get("wght", (weight, weight)) if axes else None,
    )


def _name(face: Any, number: int) -> str:  # noqa: ANN401
    """A name in English, or in whatever language the font has it."""
    languages = [entry.language for entry in face.list_names() if entry.name_id == number]
    if not languages:
        return ""
    wanted = next((tag for tag in languages if str(tag).startswith("en")), languages[0])
    return " ".join((face.get_name(number, wanted) or "").split())


def _named(data: bytes, family: str, style: Style) -> bytes:
    """Return a font with the names and marks that fontconfig finds its style by.

    Pinning the weight leaves them as they were, so Bold would still call itself Regular (and the
    Chinese fonts, whose default is the thinnest weight, Thin).
    """
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(BytesIO(data), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    names = font["name"]
    names.names = [name for name in names.names if name.nameID in {0, 5, 8, 9, 11, 13, 14}]
    full = f"{family} {style}"
    plain_name = re.sub(r"[^A-Za-z0-9]", "", family) or "Font"
    postscript = f"{plain_name}-{style.replace(' ', '')}"
    for number, text in {1: family, 2: style, 3: full, 4: full, 6: postscript}.items():
        names.setName(text, number, 3, 1, 0x409)
    bold, italic = "Bold" in style, "Italic" in style
    font["OS/2"].usWeightClass = 700 if bold else 400
    others = font["OS/2"].fsSelection & ~0b1100001
    plain = not bold and not italic
    font["OS/2"].fsSelection = others | italic | bold << 5 | plain << 6
    font["head"].macStyle = bold | italic << 1
    if "STAT" in font:
        del font["STAT"]
    made = BytesIO()
    font.save(made, reorderTables=False)
    return made.getvalue()
