"""What a script asks of a page: its direction, its fonts and the room between its lines."""

from __future__ import annotations

from dataclasses import dataclass

from outreach.model import Direction

LATIN = "Noto Sans"
"""Also holds Greek and Cyrillic. It follows every other font, for the Latin text in a page."""


@dataclass(frozen=True, slots=True)
class Script:
    """How text in one script is set."""

    direction: Direction = "ltr"
    fonts: tuple[str, ...] = (LATIN,)
    line_height: float = 1.45


# Amiri comes before Noto Sans Arabic because it does not split a letter from its dots, so the
# text of a PDF can be searched and read aloud. Where a script has marks above and below its
# letters, or fills its square, lines need more room.
_ARABIC = Script("rtl", ("Amiri", LATIN), 1.6)
_JAPANESE = Script(fonts=("Noto Sans JP", LATIN), line_height=1.7)
_KOREAN = Script(fonts=("Noto Sans KR", LATIN), line_height=1.7)
_SIMPLIFIED = Script(fonts=("Noto Sans SC", LATIN), line_height=1.7)
_TRADITIONAL = Script(fonts=("Noto Sans TC", LATIN), line_height=1.7)
_NO_FONT = Script(line_height=1.6)
"""A script with tall letters of which the package brings no font: a check says so."""


def _tall(family: str) -> Script:
    """A script with marks above and below its letters."""
    return Script(fonts=(family, LATIN), line_height=1.6)


_SCRIPTS = {
    "Adlm": Script("rtl", ("Noto Sans Adlam", LATIN)),
    "Arab": _ARABIC,
    "Aran": Script("rtl", ("Noto Nastaliq Urdu", LATIN), 2.1),
    "Armn": Script(fonts=("Noto Sans Armenian", LATIN)),
    "Beng": _tall("Noto Sans Bengali"),
    "Deva": _tall("Noto Sans Devanagari"),
    "Ethi": Script(fonts=("Noto Sans Ethiopic", LATIN), line_height=1.7),
    "Geor": Script(fonts=("Noto Sans Georgian", LATIN)),
    "Gujr": _tall("Noto Sans Gujarati"),
    "Guru": _tall("Noto Sans Gurmukhi"),
    "Hani": _SIMPLIFIED,
    "Hans": _SIMPLIFIED,
    "Hant": _TRADITIONAL,
    "Hebr": Script("rtl", ("Noto Sans Hebrew", LATIN)),
    "Hrkt": _JAPANESE,
    "Jpan": _JAPANESE,
    "Khmr": _tall("Noto Sans Khmer"),
    "Knda": _tall("Noto Sans Kannada"),
    "Hang": _KOREAN,
    "Kore": _KOREAN,
    "Laoo": _tall("Noto Sans Lao"),
    "Mand": Script("rtl"),
    "Mlym": _tall("Noto Sans Malayalam"),
    "Mymr": _tall("Noto Sans Myanmar"),
    "Nkoo": Script("rtl", ("Noto Sans NKo", LATIN)),
    "Orya": _tall("Noto Sans Oriya"),
    "Rohg": Script("rtl"),
    "Samr": Script("rtl"),
    "Sinh": _tall("Noto Sans Sinhala"),
    "Syrc": Script("rtl"),
    "Taml": _tall("Noto Sans Tamil"),
    "Telu": _tall("Noto Sans Telugu"),
    "Thaa": Script("rtl", line_height=1.6),
    "Thai": _tall("Noto Sans Thai"),
    "Tibt": _NO_FONT,
    "Yezi": Script("rtl"),
}

_PLAIN = Script()


def script(code: str) -> Script:
    """How text in the script of an ISO 15924 code is set; like Latin if nothing else is known."""
    return _SCRIPTS.get(code, _PLAIN)
