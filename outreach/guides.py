"""Find and read the guides: files of Markdown with optional front matter.

The only module that imports yaml, and only when a guide has front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from outreach.files import read_text
from outreach.model import Guide, Location, OutreachError, Problem

RESERVED = frozenset({"index", "interface", "links"})
"""Names of files that outreach itself writes beside those of the guides."""

MAX_FRONT_MATTER = 10_000
"""Characters; the YAML library needs long for deep nesting, and crashes beyond some."""

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_KEY = re.compile(r"[A-Za-z_][\w-]*[ \t]*:")


def guide_name(relative: str) -> str:
    """The name of the guide in a file: its path without `.md`.

    A guide at the top called `index`, `interface` or `links` gets `-guide` added, because
    `index.html`, `interface.po` and `links.po` are files of our own.
    """
    name = relative.removesuffix(".md")
    return f"{name}-guide" if name.casefold() in RESERVED else name


def find_guides(content: Path, shown: str) -> tuple[tuple[str, Path], ...]:
    """Every guide below the content folder as (name, file), sorted by name.

    Hidden files and folders are left out. Raises OutreachError when two files would give one name.
    """
    found: dict[str, Path] = {}
    for path in sorted(_markdown_files(content)):
        name = guide_name(path.relative_to(content).as_posix())
        if any("\ud800" <= char <= "\udfff" for char in name):  # how Python shows other bytes
            text = f"holds a file with a name that is not UTF-8: {path.name!a}; rename it"
            raise OutreachError(Problem(Location(shown), text))
        if name in found:
            text = f"gives a guide called `{name}`, and so does {found[name].name}; rename one"
            raise OutreachError(Problem(Location(f"{shown}/{path.name}"), text))
        found[name] = path
    return tuple(sorted(found.items()))


def read_guide(path: Path, name: str, shown: str) -> Guide:
    """Read one guide. Raises OutreachError when the file cannot be read or is not UTF-8."""
    return parse_guide(read_text(path, shown), name, shown)


def parse_guide(text: str, name: str, shown: str) -> Guide:
    """A guide from the text of its file, with line feeds as line ends."""
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
    """Warn of a block that looks like front matter and is no YAML mapping, so counts as text."""
    block = _FRONT_MATTER.match(text)
    if block and guide.first_line == 1 and _KEY.match(block.group(1)):
        yield Problem(
            Location(guide.path, 1),
            "the block between the `---` lines is not valid YAML, or too long, and counts as text; "
            'put values that contain `:` or begin with a special character in "quotes"',
            "warning",
            "front-matter",
        )


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


def _markdown_files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*.md"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file():
            yield path


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
    return value if isinstance(value, dict) else None
