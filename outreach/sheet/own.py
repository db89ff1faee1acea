"""The fonts that a project brings itself, known by the names inside their files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from outreach.config import Config
from outreach.files import inside
from outreach.languages import UnknownLanguage, find
from outreach.model import Location, Problem
from outreach.sheet.faces import Face, NoFont, read
from outreach.sheet.rules import ITALIC_SCRIPTS
from outreach.sheet.sources import ALWAYS, SOURCES, Source, Sources, Style

_ENDINGS = frozenset({".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2"})
_NAME = re.compile(r"[\w .+&()-]{1,60}")
"""A name that can stand in a style sheet and in a list of fonts."""
_STYLES: Mapping[str, Style] = {
    **dict.fromkeys(("regular", "normal", "book", "roman"), "Regular"),
    "bold": "Bold",
    **dict.fromkeys(("italic", "oblique"), "Italic"),
    **dict.fromkeys(("bold italic", "bold oblique", "bolditalic"), "Bold Italic"),
}
_LIKE_BOLD = 600


@dataclass(frozen=True, slots=True)
class Fonts:
    """All fonts that a project can print with."""

    sources: Sources
    """Ours, and the project's own; these stand in place of ours of the same name."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    shown: str
    """Relative to the project."""
    face: Face


def read_fonts(config: Config) -> Fonts:
    """Read the folder of fonts that the configuration names, if any; raises nothing.

    With an error among its problems, nothing can be printed.
    """
    problems: list[Problem] = []
    families: dict[str, list[_File]] = defaultdict(list)
    for item in _files(config) if config.fonts else ():
        if isinstance(item, Problem):
            problems.append(item)
        else:
            families[item.face.family].append(item)
    own: dict[str, Source] = {}
    for family, files in families.items():
        styles = _by_style(files)
        problems += _family_problems(config, family, files, styles)
        if "Regular" in styles:
            own[family] = Source("", "", {style: str(it.path) for style, it in styles.items()})
    return Fonts({**SOURCES, **own}, (*problems, *_unknown(config, own)))


def _files(config: Config) -> Iterator[_File | Problem]:
    folder = config.root / config.fonts
    if not folder.is_dir():
        text = f"`fonts`: there is no folder `{config.fonts}`; put fonts there, or take the key out"
        yield Problem(Location(config.file), text)
        return
    found = False
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in _ENDINGS or path.name.startswith(".") or path.is_dir():
            continue
        found = True
        shown = path.relative_to(config.root).as_posix()
        if not inside(path, config.root):
            text = "is a link to a file outside the project; copy the font here"
            yield Problem(Location(shown), text)
            continue
        if not path.is_file():
            yield Problem(Location(shown), "is no file that can be read; remove it")
            continue
        try:
            yield _File(path.absolute(), shown, read(path))
        except NoFont as error:
            yield Problem(Location(shown), str(error))
        except OSError as error:
            yield Problem(Location(shown), f"cannot be read: {(error.strerror or '').lower()}")
    if not found:
        yield Problem(Location(config.fonts), "has no fonts in it (.ttf or .otf)", "warning")


def _by_style(files: Iterable[_File]) -> dict[Style, _File]:
    """The first file of a family for each style."""
    found: dict[Style, _File] = {}
    for file in files:
        for style in _styles(file.face):
            found.setdefault(style, file)
    return found


def _styles(face: Face) -> tuple[Style, ...]:
    """The styles that a file has of those we print; none for one that is light or condensed."""
    if face.weights:
        bold = face.weights[1] >= _LIKE_BOLD
        if face.italic:
            return ("Italic", "Bold Italic") if bold else ("Italic",)
        return ("Regular", "Bold") if bold else ("Regular",)
    style = _STYLES.get(face.style.lower())
    return (style,) if style and face.normal_width else ()


def _family_problems(
    config: Config, family: str, files: Sequence[_File], styles: Mapping[Style, _File]
) -> Iterator[Problem]:
    """What is wrong with a family, and what writers would miss in print."""
    location = Location(files[0].shown)
    refused = _refusal(family, files, styles)
    if refused:
        yield Problem(location, refused)
        return
    for file in files:
        for style in _styles(file.face):
            if styles[style] is not file:
                text = f"is {family} {style}, and so is {styles[style].shown}; keep one of the two"
                yield Problem(Location(file.shown), text)
        if not file.face.embeddable:
            text = "says that it may not be put into documents; ask its maker whether you may"
            yield Problem(Location(file.shown), text, "warning")
    for text in _lacks(config, family, styles):
        yield Problem(location, text, "warning")


def _refusal(family: str, files: Iterable[_File], styles: Collection[Style]) -> str:
    """Why a family cannot be printed with; empty when it can."""
    if not _NAME.fullmatch(family):
        return f"is called “{family}”; only letters, digits, spaces and .+&()- can be in a name"
    if family in ALWAYS:
        return f"is called {family}, as is a font that every sheet has from us; rename the family"
    if "Regular" not in styles:
        has = ", ".join(dict.fromkeys(file.face.style or "no style" for file in files))
        return f"there is no Regular of the family {family} (only {has}); add it"
    return ""


def _lacks(config: Config, family: str, styles: Collection[Style]) -> Iterator[str]:
    users = [tag for tag, names in config.language_fonts.items() if family in names]
    if not users and family not in SOURCES:
        yield f"no language uses the family {family}; name it in `language-fonts`"
        return
    if "Bold" not in styles:
        yield f"the family {family} has no Bold, so what should be bold is printed in Regular"
    slanted = [tag for tag in users if _script(tag) in ITALIC_SCRIPTS]
    if slanted and "Italic" not in styles:
        yield f"the family {family} has no Italic, so emphasis cannot be seen in {slanted[0]}"


def _script(tag: str) -> str:
    """The script of a language; empty for an unknown one."""
    try:
        return find(tag).script
    except UnknownLanguage:
        return ""


def _unknown(config: Config, own: Collection[str]) -> Iterator[Problem]:
    """An error for each language that is none, and for each family that is nowhere."""
    where = f"the folder `{config.fonts}` has" if config.fonts else "without `fonts` there is"
    for tag, families in config.language_fonts.items():
        if not _script(tag):
            text = f"`language-fonts`: no language is known as {tag}"
            yield Problem(Location(config.file), text)
        for family in families:
            if family not in own and family not in SOURCES:
                have = ", ".join(own) or "none"
                text = f"`language-fonts`: no font is called “{family}”, for {tag}; {where} {have}"
                yield Problem(Location(config.file), text)
