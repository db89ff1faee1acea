"""Find and read the guides: files of Markdown with optional front matter.

The only module that imports yaml, and only when a guide has front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from outreach.files import below, inside, read_text
from outreach.languages import UnknownLanguage, find
from outreach.limits import refuse_guide
from outreach.model import Guide, Location, OutreachError, Problem, Severity, first_words

RESERVED = frozenset({"index", "interface", "links"})
"""Names of files that outreach itself writes beside those of the guides."""

MAX_FRONT_MATTER = 10_000
"""Characters; the YAML library needs long for deep nesting, and crashes beyond some."""
MOST_VALUES = 2_000
"""Values in front matter, each counted as often as an alias repeats it."""

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_KEY = re.compile(r"[A-Za-z_][\w-]*[ \t]*:")
_COUNT = re.compile(r"[1-9][0-9]{0,3}")
_ID = re.compile(r"[A-Za-z0-9._-]+")
_YES, _NO = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def guide_name(relative: str) -> str:
    """The name of the guide in a file: its path without `.md`.

    A guide at the top called `index`, `interface` or `links` gets `-guide` added, because
    `index.html`, `interface.po` and `links.po` are files of our own.
    """
    name = relative.removesuffix(".md")
    return f"{name}-guide" if name.casefold() in RESERVED else name


def guide_files(name: str) -> tuple[str, ...]:
    """The files below the content folder that give a guide of this name: one, seldom two."""
    short = name.removesuffix("-guide")
    return (f"{name}.md", *([f"{short}.md"] if guide_name(f"{short}.md") != short else []))


def find_guides(content: Path, shown: str) -> tuple[tuple[str, Path], ...]:
    """Every guide below the content folder as (name, file), sorted by name.

    Hidden files and folders are left out, and links to folders are not followed. Raises
    OutreachError when two files would give one name, and for a folder that cannot be read.
    """
    found: dict[str, Path] = {}
    for path in below(content, shown, ".md").files:
        name = guide_name(path.relative_to(content).as_posix())
        if any("\ud800" <= char <= "\udfff" for char in name):  # how Python shows other bytes
            text = f"holds a file with a name that is not UTF-8: {path.name!a}; rename it"
            raise OutreachError(Problem(Location(shown), text))
        if name in found:
            text = f"gives a guide called `{name}`, and so does {found[name].name}; rename one"
            raise OutreachError(Problem(Location(f"{shown}/{path.name}"), text))
        found[name] = path
    return tuple(sorted(found.items()))


def unread_problems(content: Path, shown: str, root: Path) -> Iterator[Problem]:
    """Warn of what lies among the guides, looks like some, and is not read.

    That are files whose names end in `.MD`, and links to folders with guides in them.
    """
    found = below(content, shown, ".MD", ".Md", ".mD")
    for path in found.files:
        text = f"ends in {path.suffix}, so it is not read; guides end in .md, in small letters"
        yield Problem(_place(path, content, shown), text, "warning")
    for link in found.links:
        place = _place(link, content, shown)
        if inside(link.parent, link):
            text = "is a link to a folder that it lies in itself, and is not followed; remove it"
        elif not inside(link, root):
            text = "is a link to a folder outside the project, which is not read"
        elif below(link, place.path, ".md").files:
            text = "is a link to a folder, and guides behind one are not read; put them here"
        else:
            continue
        yield Problem(place, text, "warning")


def _place(path: Path, content: Path, shown: str) -> Location:
    return Location(f"{shown}/{path.relative_to(content).as_posix()}")


def read_guide(path: Path, name: str, shown: str) -> Guide:
    """Read one guide.

    Raises OutreachError when the file cannot be read, is not UTF-8, or is too large.
    """
    return parse_guide(read_text(path, shown), name, shown)


def parse_guide(text: str, name: str, shown: str) -> Guide:
    """A guide from the text of its file, with line feeds as line ends.

    Raises OutreachError when it is too large to be parsed.
    """
    refuse_guide(text, shown)
    block = _FRONT_MATTER.match(text)
    front_matter = _mapping(block.group(1)) if block else None
    if block is None or front_matter is None:
        return Guide(name=name, path=shown, text=text)
    return Guide(
        name=name,
        path=shown,
        text=text[block.end() :],
        first_line=text.count("\n", 0, block.end()) + 1,
        front_matter=front_matter,
        front_text=block.group(1),
    )


def guide_problems(guide: Guide, text: str) -> Iterator[Problem]:
    """What is wrong with the front matter of a guide, whose file holds `text`.

    There is a warning where a block looks like front matter and is no YAML mapping, so counts as
    text. A value that decides what is made is an error if it is wrong; one that is only printed
    gives a warning, since other programs give `id` and `edition` meanings of their own.
    """
    block = _FRONT_MATTER.match(text)
    if block and guide.first_line == 1 and _KEY.match(block.group(1)):
        yield Problem(
            Location(guide.path, 1),
            "the block between the `---` lines is not valid YAML, or too long, and counts as text; "
            'put values that contain `:` or begin with a special character in "quotes"',
            "warning",
            "front-matter",
        )
    yield from _value_problems(guide)


def promised_pages(guide: Guide) -> int | None:
    """On how many printed pages a guide promises to fit in every language; None without promise.

    It is the front matter's `pages`.
    """
    text = front_matter_text(guide, "pages")
    return int(text) if _COUNT.fullmatch(text) else None


def kept_to(guide: Guide) -> frozenset[str] | None:
    """The tags of the languages that a guide is kept to; None where it is meant for all.

    It is the front matter's `languages`, without tags of no language. Whether the source language
    is named there makes no difference: every guide is made in it.
    """
    named = guide.front_matter.get("languages")
    if not isinstance(named, list) or not named:
        return None
    return frozenset(tag for item in named if (tag := _known_tag(item)))


def document_id(guide: Guide) -> str:
    """What staff call a document, such as `HE-G1`: the front matter's `id`, else the guide's name.

    An id has letters from a to z, digits, `.`, `-` and `_`.
    """
    text = front_matter_text(guide, "id")
    return text if _ID.fullmatch(text) else guide.name


def edition(guide: Guide) -> str:
    """The day of a document's edition as an ISO date: the front matter's `edition`, else empty."""
    text = front_matter_text(guide, "edition")
    return text if _is_day(text) else ""


def is_critical(guide: Guide) -> bool:
    """Whether an outdated sheet would do harm: the front matter's `critical`.

    A value that is neither true nor false counts as true: the cautious reading.
    """
    value = guide.front_matter.get("critical")
    return value is not None and front_matter_text(guide, "critical").lower() not in _NO


def front_matter_text(guide: Guide, key: str) -> str:
    """A front matter value as one line of text; empty when it is missing."""
    value = guide.front_matter.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def front_matter_line(guide: Guide, key: str) -> int:
    """The line of the file where a front matter key stands, else 1."""
    for number, line in enumerate(guide.front_text.split("\n"), start=2):
        if line.startswith(f"{key}:"):
            return number
    return 1


def _value_problems(guide: Guide) -> Iterator[Problem]:
    front = guide.front_matter
    if "pages" in front and promised_pages(guide) is None:
        expected = "a whole number of pages from 1 on, such as `pages: 1`"
        yield _wrong_value(guide, "pages", expected)
    if "critical" in front and front_matter_text(guide, "critical").lower() not in _YES | _NO:
        yield _wrong_value(guide, "critical", "true or false, as in `critical: true`")
    if "languages" in front:
        yield from _language_problems(guide)
    if "id" in front and document_id(guide) != front_matter_text(guide, "id"):
        expected = "letters from a to z, digits, `.`, `-` and `_`, such as `id: HE-G1`"
        yield _wrong_value(guide, "id", expected, "warning")
    if "edition" in front and not edition(guide):
        expected = "a day written as year, month and day, such as `edition: 2026-11-21`"
        yield _wrong_value(guide, "edition", expected, "warning")


def _language_problems(guide: Guide) -> Iterator[Problem]:
    if kept_to(guide) is None:
        expected = "a list of language tags, such as `languages: [en, es]`"
        yield _wrong_value(guide, "languages", expected)
        return
    named = guide.front_matter["languages"]
    for item in named if isinstance(named, list) else ():
        if not _known_tag(item):
            yield _in_front(guide, "languages", f"`languages`: {_advice(item)}")


def _known_tag(item: object) -> str:
    """The tag of a language from either spelling; empty where there is no such language."""
    try:
        return find(item).tag if isinstance(item, str) else ""
    except UnknownLanguage:
        return ""


def _advice(item: object) -> str:
    try:
        return find(str(item)).tag
    except UnknownLanguage as error:
        return str(error)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return _DATE.fullmatch(text) is not None


def _wrong_value(guide: Guide, key: str, expected: str, severity: Severity = "error") -> Problem:
    found = first_words(str(guide.front_matter[key]))
    return _in_front(guide, key, f"`{key}` should be {expected}, but is “{found}”", severity)


def _in_front(guide: Guide, key: str, text: str, severity: Severity = "error") -> Problem:
    location = Location(guide.path, front_matter_line(guide, key))
    return Problem(location, text, severity, "front-matter")


def _mapping(text: str) -> Mapping[str, object] | None:
    """The YAML mapping in a text, with scalars as they were written; None for anything else."""
    import yaml  # noqa: PLC0415  only guides with front matter pay for it

    if len(text) > MAX_FRONT_MATTER:
        return None
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        # These loaders know no types, so a guide called `No` keeps its title.
        value = yaml.load(text, Loader=loader)  # noqa: S506  and can make nothing but texts
    except (yaml.YAMLError, RecursionError):
        return None
    return value if isinstance(value, dict) and _is_small(value) else None


def _is_small(value: object) -> bool:
    """Whether few enough values are in this one: aliases can make billions of a few lines."""
    waiting = [value]
    for _ in range(MOST_VALUES):
        if not waiting:
            return True
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += [*item, *item.values()]
        elif isinstance(item, list):
            waiting += item
    return not waiting
