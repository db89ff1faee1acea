"""Addresses in guides: what each leads to, and what it is called in the build."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote

from outreach.config import Config
from outreach.files import as_listed, inside
from outreach.markup.render import Target
from outreach.model import Guide, Location, Problem, first_words
from outreach.names import composed, spellings
from outreach.project import Source

ASSETS = "assets/files"
"""Where files of the project go, below the build folder, by their paths in the project."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//")


@dataclass(frozen=True, slots=True)
class Address:
    """What an address in a guide leads to."""

    kind: Literal["outside", "here", "guide", "file", "missing"]
    """`outside`: another site or a fixed path, `here`: the same page, `file`: one to copy."""
    path: str = ""
    """Of the file, relative to the project."""
    rest: str = ""
    """Query and fragment, with their `?` and `#`."""


@dataclass(frozen=True, slots=True)
class Links:
    """What a guide points to."""

    urls: frozenset[str]
    """All its addresses, as written."""
    images: frozenset[str]
    """The sources of its images, as written."""
    files: Mapping[str, str]
    """Files of the project to copy: by path in the project, their path below the build folder."""
    pictures: frozenset[str] = frozenset()
    """Those of the files that are shown as images."""
    places: Mapping[str, Location] = field(default_factory=dict)
    """Where each of the files is shown or offered first."""
    problems: tuple[Problem, ...] = ()
    dead: frozenset[str] = frozenset()
    """Addresses, as written, of headings that are left out: their words stay, without a link."""


def resolve(config: Config, guide: Guide, url: str, kind: str, guides: Container[str]) -> Address:
    """Find out what an address in a guide leads to; `guides` are the paths of all guides."""
    if _SCHEME.match(url) or url.startswith("/"):
        return Address("outside")
    path, mark, rest = _split(url)
    if not path:
        return Address("here", guide.path, mark + rest)
    places = _places(guide, path)
    found = (_found(config, place, mark + rest, kind, guides) for place in places)
    return next(filter(None, found), Address("missing", places[0], mark + rest))


def asked_for(guide: Guide, url: str) -> list[str]:
    """The paths in the project at which `resolve` looks for what an address leads to."""
    path = "" if _SCHEME.match(url) or url.startswith("/") else _split(url)[0]
    return [it for place in _places(guide, path) for it in spellings(place)] if path else []


def by_path(sources: Collection[Source]) -> dict[str, Source]:
    """The guides by their files, also by those that they were before they moved."""
    found = {path: source for source in sources for path in source.guide.former}
    return found | {source.guide.path: source for source in sources}


def links_of(config: Config, source: Source, guides: Mapping[str, Source]) -> Links:
    """Everything a guide points to, with a problem for each address that leads nowhere.

    `guides` holds all guides, as `by_path` gives them.
    """
    urls: set[str] = set()
    images: set[str] = set()
    files: dict[str, str] = {}
    pictures: set[str] = set()
    places: dict[str, Location] = {}
    dead: set[str] = set()
    problems: list[Problem] = []
    for target in source.extracted.targets:
        address = resolve(config, source.guide, target.url, target.kind, guides)
        urls.add(target.url)
        if target.kind == "src":
            images.add(target.url)
        if address.kind == "file":
            files[address.path] = f"{ASSETS}/{address.path}"
            places.setdefault(address.path, target.location)
            pictures.update([address.path] if target.kind == "src" else ())
        elif _is_hidden(address, guides):
            dead.add(target.url)
        problems += _problems(config, target, address, guides)
    return Links(
        frozenset(urls),
        frozenset(images),
        files,
        frozenset(pictures),
        places,
        tuple(problems),
        frozenset(dead),
    )


def _places(guide: Guide, path: str) -> list[str]:
    # Where it moved, its texts stay as they were signed, so an address leads on from there, too.
    folders = dict.fromkeys(map(posixpath.dirname, (guide.path, *guide.former)))
    return [posixpath.normpath(posixpath.join(folder, unquote(path))) for folder in folders]


def _found(
    config: Config, place: str, rest: str, kind: str, guides: Container[str]
) -> Address | None:
    """What there is at a place in the project, however the accents in its name are stored."""
    for spelled in spellings(place):
        if kind == "href" and spelled in guides:
            return Address("guide", spelled, rest)
        if _may_copy(config, spelled, kind):
            return Address("file", spelled, rest)
    if kind == "href" and place[:2] != ".." and _exists(Path.is_dir, config.root / place):
        return Address("outside")
    return None


def relative(page: str, target: str) -> str:
    """The address of one file of the build from another, percent-encoded."""
    return quote(posixpath.relpath(target, posixpath.dirname(page) or "."))


def _split(url: str) -> tuple[str, str, str]:
    match = re.match(r"([^?#]*)([?#]?)(.*)", url, re.DOTALL)
    assert match is not None  # noqa: S101  every part may be empty
    return match.group(1), match.group(2), match.group(3)


def _may_copy(config: Config, path: str, kind: str) -> bool:
    """Whether a file is one that a guide may show or offer.

    Images may lie anywhere in the project, other files only beside the guides; nothing hidden and
    nothing outside, also not by way of a link in the file system.
    """
    parts = path.split("/")
    if ".." in parts or any(part.startswith(".") for part in parts) or "\0" in path:
        return False
    if kind == "href" and (not path.startswith(f"{config.content}/") or path.endswith(".md")):
        return False
    file = config.root / path
    found = _exists(Path.is_file, file) and inside(file, config.root)
    return found and not _is_other_case(config, path)


def _is_other_case(config: Config, path: str) -> bool:
    """Whether a file is found only because this system takes no notice of case: others do."""
    if not _exists(Path.is_file, config.root / path.swapcase()):
        return False
    return composed(as_listed(config.root, path)) != composed(path)


def _exists(test: Callable[[Path], bool], path: Path) -> bool:
    """Ask the system of a path that a stranger wrote; what it refuses is not there."""
    try:
        return test(path)
    except (OSError, ValueError):
        return False


def _problems(
    config: Config, target: Target, address: Address, guides: Mapping[str, Source]
) -> Iterator[Problem]:
    image = target.kind == "src"
    if image and address.kind == "outside":
        yield _strange_image(config, target)
    elif address.kind == "missing":
        serious = config.missing_files == "error" and (image or address.path.endswith(".md"))
        what = "image" if image else "file"
        yield Problem(
            target.location,
            f"there is no {what} {address.path} in the project; correct the address `{target.url}`"
            f"{_hint(config, address.path)}",
            "error" if serious else "warning",
            "missing-file",
        )
    elif address.kind in ("guide", "here") and address.rest.startswith("#"):
        yield from _anchor(target, address, guides)


def _hint(config: Config, path: str) -> str:
    near = as_listed(config.root, path) if path[:2] != ".." else ""
    if not near or near == path or not inside(config.root / near, config.root):
        return ""
    return f" (there is {near}: capital letters count)"


def _strange_image(config: Config, target: Target) -> Problem:
    """Say what becomes of an image that lies elsewhere."""
    text = f"the image {first_words(target.url, 80)} is no file of the project; it is not fetched, "
    if is_kept(config, target.url):
        text += "and print shows its description instead"
    else:
        text += "and its description stands in its place; save it in the project"
    return Problem(target.location, text, "warning", "image")


def is_kept(config: Config, url: str) -> bool:
    """Whether an image that is no file of the project is shown on pages: from the site itself.

    From elsewhere readers' browsers would fetch it, and who has it would learn who reads the page.
    Where a project allows raw HTML, that is its own affair.
    """
    own = bool(config.site_url) and url.startswith(config.site_url)
    fixed = url.startswith("/") and not re.match(r"/[/\\\t\n\r]", url)
    return config.raw_html or own or fixed or url[:11].lower() == "data:image/"


def _anchor(target: Target, address: Address, guides: Mapping[str, Source]) -> Iterator[Problem]:
    wanted, source = unquote(address.rest[1:]), guides.get(address.path)
    if not wanted or source is None or wanted.startswith("fn"):
        return
    if _is_hidden(address, guides):
        text = (
            f"the heading #{wanted} in {address.path} is in a part that `leave-out` leaves out, so"
            " the words stand there without a link"
        )
        yield Problem(target.location, text, "warning", "anchor")
    elif wanted not in {heading.id for heading in source.extracted.headings}:
        text = f"no heading in {address.path} has the anchor #{wanted}"
        yield Problem(target.location, text, "warning", "anchor")


def _is_hidden(address: Address, guides: Mapping[str, Source]) -> bool:
    """Whether an address leads to a heading in a part that is left out."""
    source = guides.get(address.path) if address.kind in ("guide", "here") else None
    hidden = source.extracted.hidden_anchors if source else frozenset()
    return address.rest[:1] == "#" and unquote(address.rest[1:]) in hidden
