"""What the last build of a project left, and whether there is anything to do since.

A build that went well leaves a state in the user's cache: a digest of all that it was made from,
what it told, and how each of its files looked to the system. While all of that is as it was, the
next build tells the same again and reads no guide. This module imports little, so that this is
quick.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from outreach import versions
from outreach.codec import plain, record
from outreach.dates import today
from outreach.inputs import Watched, inputs_digest
from outreach.store import cache_folder

_VERSION = 1

Seen = tuple[str, int, int, int]
"""The digest of a file, its size, and when its content and its inode changed, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a build printed, without what it says of time."""

    errors: tuple[str, ...] = ()
    """Lines for standard error."""
    lines: tuple[str, ...] = ()
    """Lines for standard output."""
    counted: str = ""
    """`28 files, 96 printed pages`."""
    problems: str = ""
    """`no problems`."""


@dataclass(frozen=True, slots=True)
class State:
    """What a build left, and what it was made from."""

    folder: str
    """Where the files are: an absolute path."""
    files: Mapping[str, Seen] = field(default_factory=dict)
    """By path below the folder."""
    asked: str = ""
    """What the build was asked for; empty where it did not go well, so that nothing is proved."""
    day: str = ""
    """The day of the build where it matters, because languages are retired on a day."""
    watched: Watched = field(default_factory=Watched)
    inputs: str = ""
    code: str = ""
    variables: tuple[str, ...] = ()
    libraries: tuple[versions.Library, ...] = ()
    told: Told = field(default_factory=Told)

    def of(self, folder: Path) -> State:
        """The state, if it is about a folder; else one that knows nothing."""
        return self if self.folder == os.path.realpath(folder) else State("")

    def intact(self, path: str) -> str:
        """The digest of a file that nobody touched since; empty for any other."""
        known = self.files.get(path)
        return known[0] if known and seen(self.folder, path, known[0]) == known else ""


def unchanged(project: Path, output: Path | None, asked: str) -> Told | None:
    """What the last build told, if another one would do and tell the same; else None."""
    state = read_state(project, output)
    if not (state.asked and state.asked == asked):
        return None
    same = (
        state.day in ("", today().isoformat())
        and state.variables == versions.variables()
        and versions.same_libraries(state.libraries)
        and all(map(state.intact, state.files))
        and state.inputs == inputs_digest(os.fspath(project), state.watched)
        and state.code == versions.code()
    )
    return state.told if same else None


def seen(folder: str, path: str, digest: str) -> Seen | None:
    """How a file looks to the system, which changes when somebody writes it; None: not there."""
    try:
        found = os.stat(f"{folder}/{path}")
    except OSError:
        return None
    return digest, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def seen_files(folder: str, files: Iterable[tuple[str, str]]) -> dict[str, Seen]:
    """How files look, each given with its digest; those that are not there are left out."""
    found = {path: seen(folder, path, digest) for path, digest in files}
    return {path: item for path, item in found.items() if item}


def read_state(project: Path, output: Path | None) -> State:
    """What the last build of a project into a folder left; an empty state when nothing is known."""
    try:
        found = json.loads(_place(project, output).read_text("utf-8"))
        return record(State, found["state"]) if found["version"] == _VERSION else State("")
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return State("")


def write_state(project: Path, output: Path | None, state: State) -> None:
    """Leave a state for the next build. Where the cache cannot be written, that one does more."""
    text = json.dumps({"version": _VERSION, "state": plain(state)}, separators=(",", ":"))
    place = _place(project, output)
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=".new-", dir=place.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(draft).replace(place)


def _place(project: Path, output: Path | None) -> Path:
    """Where the state of a project's builds into a folder lies."""
    name = "\0".join((os.path.realpath(project), os.path.realpath(output) if output else ""))
    digest = hashlib.sha256(os.fsencode(name)).hexdigest()
    return cache_folder() / "states" / f"{digest}.json"
