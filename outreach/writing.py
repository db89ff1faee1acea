"""Writing what people made: catalogs, records, guides. Nothing that was there is ever lost.

All files of a command are written beside their places first, and renamed into them when every one
is whole. Until then a full disk, a stop or a power cut changes nothing; afterwards each file is the
old one or the new one. What is removed goes last. A link stays, and the file that it leads to is
written, if that is in the project; of several hard links only the one that is named gets the new
content.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import EllipsisType

from outreach.files import (
    discard,
    draft_of,
    inside,
    read_bytes,
    refuse_protected,
    refused,
    remove,
    sweep,
)
from outreach.model import Location, OutreachError, Problem

Before = bytes | None | EllipsisType
"""What a file held when it was read; None: there was none; `...`: nobody asked."""


@dataclass(frozen=True, slots=True)
class Write:
    """A file to write."""

    path: str
    """Relative to the project, with forward slashes."""
    data: bytes
    before: Before = ...
    """The file is written only if it is still so."""


@dataclass(frozen=True, slots=True)
class Remove:
    """A file to remove."""

    path: str
    before: Before = ...


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file that is written and waits for its rename."""

    item: Write
    target: Path
    """The file itself, where the path is a link."""
    file: Path
    old: bytes | None
    """What is in its place."""


@dataclass(frozen=True, slots=True)
class _Changed:
    """A file that is in its place, or removed."""

    file: Path
    old: bytes | None
    new: bytes | None


def write_all(root: Path, writes: Sequence[Write], removes: Sequence[Remove] = ()) -> list[str]:
    """Write files of a project, then remove others; returns the paths of those that changed.

    All or nothing: raises OutreachError when the system refuses one, and for one that `refusal`
    tells of; then everything is as it was. Broken off by force, what has its place is whole, and
    nothing is removed yet that is not elsewhere.
    """
    drafts: list[_Draft] = []
    changed: list[_Changed] = []
    done = False
    try:
        for number, item in enumerate(writes):
            draft = _draft(root, item, number, sync=bool(removes))
            if draft:
                drafts.append(draft)
        for folder in {draft.target.parent for draft in drafts}:
            sweep(folder)
        for draft in drafts:
            _place(draft)
            changed.append(_Changed(draft.target, draft.old, draft.item.data))
        if removes:
            _sync_folders(draft.target.parent for draft in drafts)
        for gone in removes:
            target, old = _checked(root, gone)
            remove(root / gone.path, gone.path)
            changed.append(_Changed(target, old, None))
        done = True
    finally:
        if not done:
            for draft in drafts:
                discard(draft.file)
            _undo(changed)
    return [draft.item.path for draft in drafts]


def refusal(root: Path, item: Write | Remove) -> Problem | None:
    """Why a file cannot be written or removed: somebody changed or protected it, or it is no file.

    None where nothing speaks against it. A link out of the project is not followed.
    """
    try:
        _checked(root, item)
    except OutreachError as error:
        return error.problem
    return None


def refuse_outside(root: Path, path: str) -> None:
    """Raise OutreachError for a path that leads out of the project by a link."""
    if _has_link(root, path) and not inside(root / path, root):
        text = "is a link that leads out of the project, or lies behind one; put the file here"
        raise OutreachError(Problem(Location(path), text))


def _has_link(root: Path, path: str) -> bool:
    """Whether a part of a path is a link: that takes a tenth of the time of following them."""
    here = str(root)
    for part in path.split("/"):
        here = f"{here}/{part}"
        if os.path.islink(here):  # noqa: PTH114  which would take longer than the question
            return True
    return False


def _checked(root: Path, item: Write | Remove) -> tuple[Path, bytes | None]:
    """Return the file itself and what it holds. Raises OutreachError as `refusal` tells."""
    refuse_outside(root, item.path)
    target = Path(os.path.realpath(root / item.path))
    old = read_bytes(target, item.path) if os.path.lexists(target) else None
    if old == (item.data if isinstance(item, Write) else None):
        return target, old  # There is nothing to do, which nothing can stand in the way of.
    refuse_protected(target, item.path)
    if item.before is not ... and old != item.before:
        raise _meanwhile(item.path)
    return target, old


def _meanwhile(path: str) -> OutreachError:
    text = "was changed by somebody else in the meantime, and is left so; run the command again"
    return OutreachError(Problem(Location(path), text))


def _draft(root: Path, item: Write, number: int, *, sync: bool) -> _Draft | None:
    """Write the draft of a file; None where the file is so already."""
    target, old = _checked(root, item)
    if old == item.data:
        return None
    # What takes the place of nothing, or of what can be made again, need not be on the disk.
    is_work = isinstance(item.before, bytes)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        file = draft_of(target, item.data, number, sync=sync or is_work)
    except OSError as error:
        raise refused(error, item.path, "written") from None
    return _Draft(item, target, file, old)


def _place(draft: _Draft) -> None:
    """Rename a draft into its place, unless somebody changed what is there since it was read.

    Another process that does the same work may have been there first.
    """
    path = draft.item.path
    there = read_bytes(draft.target, path) if os.path.lexists(draft.target) else None
    if there not in (draft.old, draft.item.data):
        raise _meanwhile(path)
    try:
        draft.file.replace(draft.target)
    except OSError as error:
        raise refused(error, path, "written") from None


def _sync_folders(folders: Iterable[Path]) -> None:
    """Have renames on the disk before something is removed, where the system can do that."""
    for folder in dict.fromkeys(folders):
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _undo(changed: Sequence[_Changed]) -> None:
    """Put back what was there before, unless somebody wrote since, as far as the system lets us."""
    for number, item in enumerate(reversed(changed)):
        with suppress(OSError):
            there = item.file.read_bytes() if os.path.lexists(item.file) else None
            if there != item.new:
                continue
            if item.old is None:
                item.file.unlink(missing_ok=True)
            else:
                draft_of(item.file, item.old, number, sync=True).replace(item.file)
