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
"""A script with tall letters of which the package brings no font: print reports its letters."""

_SCRIPTS = {
    "Adlm": Script("rtl"),
    "Arab": _ARABIC,
    "Aran": _ARABIC,
    "Beng": Script(fonts=("Noto Sans Bengali", LATIN), line_height=1.6),
    "Deva": Script(fonts=("Noto Sans Devanagari", LATIN), line_height=1.6),
    "Ethi": Script(fonts=("Noto Sans Ethiopic", LATIN), line_height=1.7),
    "Gujr": _NO_FONT,
    "Guru": _NO_FONT,
    "Hani": _SIMPLIFIED,
    "Hans": _SIMPLIFIED,
    "Hant": _TRADITIONAL,
    "Hebr": Script("rtl", ("Noto Sans Hebrew", LATIN)),
    "Hrkt": _JAPANESE,
    "Jpan": _JAPANESE,
    "Khmr": Script(fonts=("Noto Sans Khmer", LATIN), line_height=1.6),
    "Knda": _NO_FONT,
    "Hang": _KOREAN,
    "Kore": _KOREAN,
    "Laoo": Script(fonts=("Noto Sans Lao", LATIN), line_height=1.6),
    "Mand": Script("rtl"),
    "Mlym": _NO_FONT,
    "Mymr": Script(fonts=("Noto Sans Myanmar", LATIN), line_height=1.6),
    "Nkoo": Script("rtl"),
    "Orya": _NO_FONT,
    "Rohg": Script("rtl"),
    "Samr": Script("rtl"),
    "Sinh": _NO_FONT,
    "Syrc": Script("rtl"),
    "Taml": Script(fonts=("Noto Sans Tamil", LATIN), line_height=1.6),
    "Telu": Script(fonts=("Noto Sans Telugu", LATIN), line_height=1.6),
    "Thaa": Script("rtl", line_height=1.6),
    "Thai": Script(fonts=("Noto Sans Thai", LATIN), line_height=1.6),
    "Tibt": _NO_FONT,
    "Yezi": Script("rtl"),
}

_PLAIN = Script()


def script(code: str) -> Script:
    """How text in the script of an ISO 15924 code is set; like Latin if nothing else is known."""
    return _SCRIPTS.get(code, _PLAIN)
