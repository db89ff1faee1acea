"""The fonts that a project brings itself, known by the names inside their files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from outreach.config import Config
from outreach.files import inside
from outreach.model import Location, Problem
from outreach.sheet.faces import Face, NoFont, read
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
    own: dict[str, Source] = {}
    if config.fonts:
        families: dict[str, list[_File]] = defaultdict(list)
        for item in _files(config):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                families[item.face.family].append(item)
        for family, files in families.items():
            source = _source(files, problems)
            if _usable(config, family, files, source, problems):
                own[family] = source
    sources = {**SOURCES, **own}
    problems += _unknown(config, own, sources)
    return Fonts(sources, tuple(problems))


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
        try:
            yield _File(path.absolute(), shown, read(path))
        except NoFont as error:
            yield Problem(Location(shown), str(error))
        except OSError as error:
            yield Problem(Location(shown), f"cannot be read: {(error.strerror or '').lower()}")
    if not found:
        yield Problem(Location(config.fonts), "has no fonts in it (.ttf or .otf)", "warning")


def _source(files: list[_File], problems: list[Problem]) -> Source:
    """The styles that are found in a family's files."""
    styles: dict[Style, _File] = {}
    for file in files:
        for style in _styles(file.face):
            other = styles.setdefault(style, file)
            if other is not file:
                text = (
                    f"is {file.face.family} {style}, and so is {other.shown}; keep one of the two"
                )
                problems.append(Problem(Location(file.shown), text))
    return Source("", "", {style: str(file.path) for style, file in styles.items()})


def _styles(face: Face) -> tuple[Style, ...]:
    """The styles that a file has of those we print; none for one that is light or condensed."""
    if face.weights:
        bold = face.weights[1] >= _LIKE_BOLD
        if face.italic:
            return ("Italic", "Bold Italic") if bold else ("Italic",)
        return ("Regular", "Bold") if bold else ("Regular",)
    style = _STYLES.get(face.style.lower())
    return (style,) if style and face.normal_width else ()


def _usable(
    config: Config, family: str, files: list[_File], source: Source, problems: list[Problem]
) -> bool:
    """Whether a family can be printed with; adds what is wrong with it."""
    location = Location(files[0].shown)
    if not _NAME.fullmatch(family):
        text = f"is called “{family}”; only letters, digits, spaces and .+&()- can be in a name"
        problems.append(Problem(location, text))
        return False
    if family in ALWAYS:
        text = f"is called {family}, as is a font that every sheet has from us; rename the family"
        problems.append(Problem(location, text))
        return False
    if "Regular" not in source.styles:
        has = ", ".join(dict.fromkeys(file.face.style or "no style" for file in files))
        text = f"there is no Regular of the family {family} (only {has}); add it"
        problems.append(Problem(location, text))
        return False
    wanted = {name for names in config.language_fonts.values() for name in names}
    if family not in wanted and family not in SOURCES:
        text = f"no language uses the family {family}; name it in `language-fonts`"
        problems.append(Problem(location, text, "warning"))
    elif "Bold" not in source.styles:
        text = f"the family {family} has no Bold, so what should be bold is printed in Regular"
        problems.append(Problem(location, text, "warning"))
    return True


def _unknown(config: Config, own: Collection[str], sources: Sources) -> Iterator[Problem]:
    """An error for each family that a language should use and that is nowhere."""
    where = (
        f"the folder `{config.fonts}` has" if config.fonts else "there is no folder `fonts`, and"
    )
    for tag, families in config.language_fonts.items():
        for family in families:
            if family not in sources:
                have = ", ".join(own) or "none"
                known = f"{where} {have}" if config.fonts else f"{where} we have no such font"
                text = f"`language-fonts`: no font is called “{family}”, for {tag}; {known}"
                yield Problem(Location(config.file), text)
