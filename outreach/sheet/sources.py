"""The closed set of fonts that we bring: where each family comes from, and which follows which.

Most come from pinned packages, as variable fonts. Those that no package has lie in
`outreach/fonts`, where README.md says what they are. All are under the SIL Open Font License.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from outreach.model import Location, OutreachError, Problem

Style = Literal["Regular", "Bold", "Italic", "Bold Italic"]

SYMBOLS = "Noto Sans Symbols 2"
ARROWS = "Noto Sans Symbols"
"""Arrows, and numbers in circles."""
EMOJI = "Noto Emoji"
"""In one colour, as a black-and-white printer has it."""
MONO = "Noto Sans Mono"
ALWAYS = ("Noto Sans", SYMBOLS, ARROWS, MONO, EMOJI)
"""Every sheet has these: English marks, tick boxes and code stand in sheets of all languages.

The pictures are last, because their font has numbers and signs of the others too.
"""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a family comes from."""

    package: str
    """Import name of the package that carries the files; empty for the project's own fonts."""
    license: str
    """The licence text inside the package; empty for the project's own fonts."""
    styles: Mapping[Style, str]
    """For each style we print, the file: inside the package, or its absolute path."""
    variable: bool = True
    """Whether the styles are still to be made, from files with a weight axis."""


Sources = Mapping[str, Source]
"""By family."""


def _upright(package: str, folder: str, file: str) -> Source:
    path = f"fonts/ofl/{folder}/{file}"
    return Source(package, f"fonts/ofl/{folder}/OFL.txt", {"Regular": path, "Bold": path})


def _weights(name: str) -> Source:
    path = f"{name}[wght].ttf"
    return Source(_MORE, _MORE_LICENSE, {"Regular": path, "Bold": path})


def _static(package: str, license_text: str, path: str, styles: Iterable[Style]) -> Source:
    """Files that are ready; `{}` in the path stands for a style without its space."""
    files = {style: path.format(style.replace(" ", "")) for style in styles}
    return Source(package, license_text, files, variable=False)


def _vendored(name: str, *styles: Style) -> Source:
    return _static("outreach", f"fonts/{name}/OFL.txt", f"fonts/{name}/{name}-{{}}.ttf", styles)


_NOTO, _NOTO_ITALIC = "files/NotoSans[wdth,wght].ttf", "files/NotoSans-Italic[wdth,wght].ttf"
_CJK, _SEA = "justmytype_intl_cjk", "justmytype_intl_sea"
_INDIC, _RTL = "justmytype_intl_south_asia", "justmytype_intl_rtl"
_WESTERN, _AFRICA = "justmytype_western_core", "justmytype_intl_africa"
_MORE, _MORE_LICENSE = (
    "manimgx_fonts",
    "../manimgx_fonts-2026.9.26.post1.dist-info/licenses/LICENSE",
)

SOURCES: Sources = {
    "Noto Sans": Source(
        "fontpkg_noto_sans",
        "LICENSE",
        {"Regular": _NOTO, "Bold": _NOTO, "Italic": _NOTO_ITALIC, "Bold Italic": _NOTO_ITALIC},
    ),
    "Amiri": _static(
        "fontpkg_amiri",
        "LICENSE",
        "files/Amiri-{}.ttf",
        ("Regular", "Bold", "Italic", "Bold Italic"),
    ),
    "Noto Nastaliq Urdu": _vendored("NotoNastaliqUrdu", "Regular", "Bold"),
    SYMBOLS: _static(
        _WESTERN,
        "fonts/ofl/notosanssymbols2/OFL.txt",
        "fonts/ofl/notosanssymbols2/NotoSansSymbols2-{}.ttf",
        ("Regular",),
    ),
    ARROWS: _weights("NotoSansSymbols"),
    EMOJI: _weights("NotoEmoji"),
    MONO: _upright(_WESTERN, "notosansmono", "NotoSansMono[wdth,wght].ttf"),
    "Noto Sans SC": _upright(_CJK, "notosanssc", "NotoSansSC[wght].ttf"),
    "Noto Sans TC": _upright(_CJK, "notosanstc", "NotoSansTC[wght].ttf"),
    "Noto Sans JP": _upright(_CJK, "notosansjp", "NotoSansJP[wght].ttf"),
    "Noto Sans KR": _upright(_CJK, "notosanskr", "NotoSansKR[wght].ttf"),
    "Noto Sans Thai": _upright(_SEA, "notosansthai", "NotoSansThai[wdth,wght].ttf"),
    "Noto Sans Lao": _upright(_SEA, "notosanslao", "NotoSansLao[wdth,wght].ttf"),
    "Noto Sans Khmer": _upright(_SEA, "notosanskhmer", "NotoSansKhmer[wdth,wght].ttf"),
    "Noto Sans Myanmar": _upright(_SEA, "notosansmyanmar", "NotoSansMyanmar[wdth,wght].ttf"),
    "Noto Sans Devanagari": _upright(
        _INDIC, "notosansdevanagari", "NotoSansDevanagari[wdth,wght].ttf"
    ),
    "Noto Sans Bengali": _upright(_INDIC, "notosansbengali", "NotoSansBengali[wdth,wght].ttf"),
    "Noto Sans Tamil": _upright(_INDIC, "notosanstamil", "NotoSansTamil[wdth,wght].ttf"),
    "Noto Sans Telugu": _upright(_INDIC, "notosanstelugu", "NotoSansTelugu[wdth,wght].ttf"),
    "Noto Sans Gujarati": _weights("NotoSansGujarati"),
    "Noto Sans Gurmukhi": _weights("NotoSansGurmukhi"),
    "Noto Sans Kannada": _weights("NotoSansKannada"),
    "Noto Sans Malayalam": _weights("NotoSansMalayalam"),
    "Noto Sans Oriya": _weights("NotoSansOriya"),
    "Noto Sans Sinhala": _weights("NotoSansSinhala"),
    "Noto Sans Armenian": _weights("NotoSansArmenian"),
    "Noto Sans Georgian": _weights("NotoSansGeorgian"),
    "Noto Sans Ethiopic": _upright(_AFRICA, "notosansethiopic", "NotoSansEthiopic[wdth,wght].ttf"),
    "Noto Sans Adlam": _vendored("NotoSansAdlam", "Regular", "Bold"),
    "Noto Sans NKo": _vendored("NotoSansNKo", "Regular"),
    "Noto Sans Arabic": _upright(_RTL, "notosansarabic", "NotoSansArabic[wdth,wght].ttf"),
    "Noto Sans Hebrew": _upright(_RTL, "notosanshebrew", "NotoSansHebrew[wdth,wght].ttf"),
}


def chain(families: Iterable[str]) -> tuple[str, ...]:
    """Return the families that running text is set in, first choice first."""
    return tuple(dict.fromkeys((*families, *ALWAYS)))


def files(family: str, sources: Sources = SOURCES) -> dict[Style, Path]:
    """Return the file of each style of a family; the same one where it is variable.

    Raises `OutreachError` when the family or its package is missing.
    """
    if family not in sources:
        known = ", ".join(sources)
        text = f"no package has the font “{family}”; we have {known}"
        raise OutreachError(Problem(Location("fonts"), text))
    source = sources[family]
    base = folder(family, source)
    return {style: base / file for style, file in source.styles.items()}


def folder(family: str, source: Source) -> Path:
    """Return the folder of a family's package, without importing it; raises `OutreachError`."""
    if not source.package:
        return Path()
    found = _folder(source.package)
    if found is None:
        name = source.package.replace("_", "-")
        text = f"the package with the font “{family}” is not installed; run pip install {name}"
        raise OutreachError(Problem(Location("fonts"), text))
    return found


@cache
def _folder(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec else None
    return Path(places[0]) if places else None
