"""The closed set of fonts that sheets are printed in, made ready once in the user's cache.

The sources come from pinned packages, most of them as variable fonts. A PDF needs one static file
for each weight and style (a variable font would be cut again for every document), so `prepare`
makes those once and writes a fontconfig file that shows our fonts and nothing else: what a sheet
looks like does not depend on the fonts of the machine.

All sources are under the SIL Open Font License; `licenses` says where its texts are.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache as remember
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

from outreach.model import Location, OutreachError, Problem

Style = Literal["Regular", "Bold", "Italic", "Bold Italic"]

RECIPE = "1"
"""Raise it when the fonts are made in another way, so that nobody keeps the old ones."""

SYMBOLS = "Noto Sans Symbols 2"
MONO = "Noto Sans Mono"
ALWAYS = ("Noto Sans", SYMBOLS, MONO)
"""Every sheet has these: English marks, tick boxes and code stand in sheets of all languages."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a family comes from."""

    package: str
    """Import name of the package that carries the files; it is never imported."""
    license: str
    """The license text inside the package."""
    styles: Mapping[Style, str]
    """For each style we print, the file inside the package."""
    variable: bool = True
    """Whether the styles are still to be made, from files with a weight axis."""


@dataclass(frozen=True, slots=True)
class FontSet:
    """Fonts that are ready to print with."""

    families: tuple[str, ...]
    conf: Path
    """The fontconfig file that shows just these families; an absolute path."""
    files: tuple[Path, ...]


def _upright(package: str, folder: str, file: str) -> Source:
    path = f"fonts/ofl/{folder}/{file}"
    return Source(package, f"fonts/ofl/{folder}/OFL.txt", {"Regular": path, "Bold": path})


_NOTO, _NOTO_ITALIC = "files/NotoSans[wdth,wght].ttf", "files/NotoSans-Italic[wdth,wght].ttf"
_CJK, _SEA = "justmytype_intl_cjk", "justmytype_intl_sea"
_INDIC, _RTL = "justmytype_intl_south_asia", "justmytype_intl_rtl"
_WESTERN, _AFRICA = "justmytype_western_core", "justmytype_intl_africa"

SOURCES: Mapping[str, Source] = {
    "Noto Sans": Source(
        "fontpkg_noto_sans",
        "LICENSE",
        {"Regular": _NOTO, "Bold": _NOTO, "Italic": _NOTO_ITALIC, "Bold Italic": _NOTO_ITALIC},
    ),
    "Amiri": Source(
        "fontpkg_amiri",
        "LICENSE",
        {
            "Regular": "files/Amiri-Regular.ttf",
            "Bold": "files/Amiri-Bold.ttf",
            "Italic": "files/Amiri-Italic.ttf",
            "Bold Italic": "files/Amiri-BoldItalic.ttf",
        },
        variable=False,
    ),
    SYMBOLS: Source(
        _WESTERN,
        "fonts/ofl/notosanssymbols2/OFL.txt",
        {"Regular": "fonts/ofl/notosanssymbols2/NotoSansSymbols2-Regular.ttf"},
        variable=False,
    ),
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
    "Noto Sans Ethiopic": _upright(_AFRICA, "notosansethiopic", "NotoSansEthiopic[wdth,wght].ttf"),
    "Noto Sans Arabic": _upright(_RTL, "notosansarabic", "NotoSansArabic[wdth,wght].ttf"),
    "Noto Sans Hebrew": _upright(_RTL, "notosanshebrew", "NotoSansHebrew[wdth,wght].ttf"),
}


def chain(families: Iterable[str]) -> tuple[str, ...]:
    """Return the families that running text is set in, first choice first."""
    return tuple(dict.fromkeys((*families, "Noto Sans", SYMBOLS)))


def licenses() -> Iterator[tuple[str, str, Path]]:
    """Yield family, package and license text of every font, for whoever passes the fonts on."""
    for family, source in SOURCES.items():
        yield family, source.package, _package(family) / source.license


def prepare(families: Iterable[str], cache: Path | None = None) -> FontSet:
    """Return the families and those that every sheet has, made ready to print with.

    What an earlier run made is used again; two runs at the same moment do not disturb each other.
    Raises `OutreachError` when a family or its package is missing, or when the cache folder cannot
    be written.
    """
    wanted = tuple(sorted({*families, *ALWAYS}))
    folder = (cache or cache_folder()).absolute() / "fonts"
    try:
        folders = [_prepared(family, folder) for family in wanted]
        conf = _configured(folders, folder)
    except OSError as error:
        text = f"the fonts cannot be put in {folder} ({error.strerror}); name another folder in"
        problem = Problem(Location(str(folder)), f"{text} OUTREACH_CACHE")
        raise OutreachError(problem) from error
    files = tuple(file for made in folders for file in sorted(made.glob("*.ttf")))
    return FontSet(wanted, conf, files)


def cache_folder() -> Path:
    """Return where things may be kept that can be made again: `OUTREACH_CACHE`, or the user's."""
    if chosen := os.environ.get("OUTREACH_CACHE"):
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "outreach"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "outreach" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "outreach"


def missing_characters(text: str, families: Iterable[str]) -> list[str]:
    """Return the characters of a text that no font of its language has, in order, each once."""
    fonts = chain(families)
    return [char for char in dict.fromkeys(text) if _visible(char) and not _drawn(char, fonts)]


def character_name(char: str) -> str:
    """Return a character as people can look it up: `U+1A2B NAME`."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'UNNAMED')}"


def _visible(char: str) -> bool:
    selector = 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF
    category = unicodedata.category(char)
    return not selector and category[0] != "Z" and category not in {"Cc", "Cf"}


def _drawn(char: str, families: tuple[str, ...]) -> bool:
    """Tell whether a font has the character, or all parts that the shaper would put together."""
    parts = [ord(part) for part in unicodedata.normalize("NFD", char)]
    for family in families:
        known = _characters(family)
        if ord(char) in known or all(part in known for part in parts):
            return True
    return False


@remember
def _characters(family: str) -> frozenset[int]:
    return frozenset(_face(_files(family)["Regular"]).unicodes)


def _face(path: Path) -> Any:  # noqa: ANN401  (uharfbuzz has no types)
    # Most runs find all fonts made and draw no check from them.
    import uharfbuzz  # noqa: PLC0415

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))


def _source(family: str) -> Source:
    if family not in SOURCES:
        known = ", ".join(SOURCES)
        problem = Problem(Location("fonts"), f"no package has the font “{family}”; we have {known}")
        raise OutreachError(problem)
    return SOURCES[family]


@remember
def _package(family: str) -> Path:
    """Return the folder of a family's package, without importing it."""
    package = _source(family).package
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        text = f"the package with the font “{family}” is not installed; run pip install {package}"
        raise OutreachError(Problem(Location("fonts"), text.replace("_", "-")))
    return Path(spec.submodule_search_locations[0])


def _files(family: str) -> dict[Style, Path]:
    return {style: _package(family) / file for style, file in _source(family).styles.items()}


def _digest(family: str) -> str:
    """Return what changes when a source changes.

    A font begins with a table of the lengths and checksums of its parts, so its first bytes stand
    for all of it, and 17 MB need not be read to find out that nothing is to be done.
    """
    digest = hashlib.sha256(RECIPE.encode())
    for style, path in _files(family).items():
        with path.open("rb") as file:
            digest.update(f"{style} {path.stat().st_size} ".encode() + file.read(1024))
    return digest.hexdigest()[:16]


def _prepared(family: str, folder: Path) -> Path:
    """Return the folder with a family's static files; make it when it is not there yet."""
    done = folder / f"{family.replace(' ', '-')}-{_digest(family)}"
    if done.is_dir():
        return done
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    try:
        for style, path in _files(family).items():
            data = _static(path, family, style) if _source(family).variable else path.read_bytes()
            (draft / f"{family} {style}.ttf".replace(" ", "-")).write_bytes(data)
        draft.chmod(0o755)
        _claim(draft, done)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return done


def _claim(draft: Path, done: Path) -> None:
    """Rename a finished folder into place, unless another run was there first."""
    try:
        draft.rename(done)
    except OSError:
        if not done.is_dir():
            raise


def _configured(folders: Iterable[Path], folder: Path) -> Path:
    """Write the fontconfig file that shows the folders and nothing else, and return its path."""
    shown = "".join(f"  <dir>{escape(str(path))}</dir>\n" for path in folders)
    text = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig>\n  <reset-dirs/>\n{shown}"
        f"  <cachedir>{escape(str(folder / 'fontconfig'))}</cachedir>\n</fontconfig>\n"
    )
    conf = folder / f"fonts-{hashlib.sha256(text.encode()).hexdigest()[:16]}.conf"
    if not conf.is_file():
        handle, draft = tempfile.mkstemp(prefix=".new-", dir=folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(draft).replace(conf)
    return conf


def _static(path: Path, family: str, style: Style) -> bytes:
    """Return one style of a variable font as a static font."""
    import uharfbuzz  # noqa: PLC0415

    face = _face(path)
    request = uharfbuzz.SubsetInput()
    request.keep_everything()
    for axis in face.axis_infos:
        weight = 700.0 if "Bold" in style else 400.0
        place = weight if axis.tag == "wght" else axis.default_value
        request.pin_axis_location(face, axis.tag, place)
    return _named(request.subset(face).blob.data, family, style)


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
    postscript = f"{family.replace(' ', '')}-{style.replace(' ', '')}"
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
