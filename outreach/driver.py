"""Git's merges of catalogs: the three files that git gives, and the set-up in a repository."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from outreach.catalog.po import Catalog, load_catalog
from outreach.catalog.three_way import Conflict, Labels, Merged, merge_three
from outreach.files import read_bytes
from outreach.git import configure, git, merge_text
from outreach.model import Location, OutreachError, Problem, first_words

NAME = "outreach-po"
ATTRIBUTE = f"*.po merge={NAME}"
"""The line for .gitattributes."""
FAILED = 129
"""Git 2.44 and later take an exit code above 128 for a failure; any other is one of conflicts."""


@dataclass(frozen=True, slots=True)
class Result:
    """What is to be written, and what to say about it."""

    data: bytes
    problems: tuple[Problem, ...] = ()
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class Files:
    """The three versions, as git puts them on the disk for a merge driver."""

    base: Path
    ours: Path
    theirs: Path
    path: str
    """What the file is called in the repository."""


def merge_files(files: Files, labels: Labels) -> Result:
    """The merged catalog; by lines, as git does without a driver, where one cannot be read.

    Raises OutreachError when a file cannot be read at all, or is no text.
    """
    try:
        base, ours, theirs = (
            _load(file, f"{files.path} ({side})", may_be_empty=side == "base")
            for file, side in ((files.base, "base"), (files.ours, "ours"), (files.theirs, "theirs"))
        )
        merged = merge_three(base, ours, theirs, labels)
    except OutreachError as error:
        return _merged_by_lines(files, labels, error.problem)
    return Result(merged.data, tuple(_problems(merged, files.path)), len(merged.conflicts))


def _load(file: Path, shown: str, *, may_be_empty: bool) -> Catalog:
    """A version of the catalog. Where both sides added the file, the base is an empty file."""
    data = read_bytes(file, shown)
    if may_be_empty and not data.strip():
        return Catalog(shown)
    catalog = load_catalog(file, shown)
    if catalog is None:
        raise OutreachError(Problem(Location(shown), "is not there any more"))
    return catalog


def _merged_by_lines(files: Files, labels: Labels, why: Problem) -> Result:
    paths = tuple(str(path.resolve()) for path in (files.ours, files.base, files.theirs))
    data, conflicts = merge_text(
        Path(), (paths[0], paths[1], paths[2]), (labels.ours, labels.theirs), labels.length
    )
    told = Problem(
        why.location,
        f"{why.text}. So git merged the file line by line; look at the result with care",
        "warning",
    )
    if not conflicts:
        return Result(data, (told,))
    text = (
        f"git left {conflicts} conflict{'s' if conflicts > 1 else ''} in the file; choose between"
        " what stands above and below each line of equals signs, and remove the marks"
    )
    return Result(data, (told, Problem(Location(files.path), text)), conflicts)


def _problems(merged: Merged, path: str) -> list[Problem]:
    conflicts = [_told(conflict, merged.labels, path) for conflict in merged.conflicts]
    notes = [Problem(Location(path), note, "warning") for note in merged.notes]
    return [*conflicts, *notes]


def _told(conflict: Conflict, labels: Labels, path: str) -> Problem:
    ours, theirs = (
        first_words(message.msgstr or next(filter(None, message.msgstr_plural), ""))
        for message in (conflict.ours, conflict.theirs)
    )
    text = (
        f"two translations of one message: {labels.ours}: “{ours}”, {labels.theirs}: “{theirs}”;"
        " both stand in the file, keep one of them, and remove the other and the lines that"
        " begin with <<<<<<<, ======= and >>>>>>>"
    )
    return Problem(Location(path, conflict.line), text, msgid=conflict.ours.msgid)


def install(folder: Path) -> list[str]:
    """Set the driver up in the repository that a folder belongs to; returns what to say.

    Raises OutreachError when the folder is in no repository, or its configuration is refused.
    """
    settings = {
        f"merge.{NAME}.name": "catalogs, message by message",
        f"merge.{NAME}.driver": driver_command(sys.executable),
        # Between several bases of one merge, conflict marks would make a base that nobody can read.
        f"merge.{NAME}.recursive": "binary",
    }
    configure(folder, settings)
    said = ["Git now merges catalogs message by message here. In its configuration stands:"]
    said += [f"  {name} = {value}" for name, value in settings.items()]
    if not _has_attribute(folder):
        said.append(f"Now add this line to .gitattributes, and commit it:\n  {ATTRIBUTE}")
    return said


def driver_command(python: str) -> str:
    """The command for git's configuration.

    `-P` keeps Python from importing what lies in the work tree. When it fails because Python or
    outreach is not there any more, git's own merge takes its place: git would take our version,
    left as it was, for one that only waits to be mended.
    """
    command = f"{shlex.quote(python).replace('%', '%%')} -P -m outreach"
    merge = f"{command} merge-po --marker-size=%L --ours=%X --theirs=%Y -- %O %A %B %P"
    text_merge = "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
    return f"{merge} || {{ code=$?; {command} --version >/dev/null && exit $code; {text_merge}; }}"


def _has_attribute(folder: Path) -> bool:
    """Whether any catalog in the repository, or one that could be, is merged so."""
    top = Path(git(folder, "rev-parse", "--show-toplevel").decode().removesuffix("\n"))
    listed = git(top, "ls-files", "-z", "--", "*.po") or b"messages.po\0"
    found = git(top, "check-attr", "-z", "--stdin", "merge", data=listed)
    return NAME.encode() in found.split(b"\0")
