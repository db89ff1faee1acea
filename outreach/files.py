"""Reading and writing single files. With `writing` and `publish` all that writes to the disk.

A file is written beside its place and renamed into it, and only when its content changes, so that a
reader never sees half a file and an unchanged file keeps its date.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from outreach.limits import MOST_FILE, refuse_file
from outreach.model import Location, OutreachError, Problem

_BOM = b"\xef\xbb\xbf"
_DRAFT = re.compile(r"\.outreach-(\d+)-\d+\.new")
"""The names of drafts: hidden, and with no ending that a reader looks for."""
_NO_FILE = "it is a pipe, a socket or a device, and no file"
_WORDS = {
    errno.ELOOP: "its links lead in a circle",
    errno.ENXIO: _NO_FILE,
}
"""Where the system's own words say too little."""


def read_bytes(path: Path, shown: str, most: int | None = None) -> bytes:
    """The content of a file; with `most`, of one of at most so many bytes.

    Raises OutreachError, naming the file as `shown`, when the system refuses it, when it is larger,
    when somebody writes to it at the same time, and for what is no file: nobody may ever write to a
    pipe, and some devices never end.
    """
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise _refused(shown, "read", _NO_FILE)
            if most is not None:
                refuse_file(before.st_size, most, shown)
            data = file.read()
            after = os.fstat(file.fileno())
    except OSError as error:
        raise refused(error, shown, "read") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        text = "was changed while it was read; run the command again"
        raise OutreachError(Problem(Location(shown), text))
    return data


def decode_text(data: bytes, shown: str) -> str:
    """UTF-8 text with line feeds as line ends and without a byte order mark.

    Raises OutreachError with the line of the first byte that is not UTF-8.
    """
    data = data.removeprefix(_BOM)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        raise OutreachError(
            Problem(
                Location(shown, line),
                f"is not UTF-8 text: found the byte 0x{byte:02X}. Save the file as UTF-8.",
            )
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(path: Path, shown: str) -> str:
    """A text file of at most a megabyte, decoded as `decode_text` says. Raises OutreachError."""
    return decode_text(read_bytes(path, shown, MOST_FILE), shown)


@dataclass(frozen=True, slots=True)
class Found:
    """What lies below a folder."""

    files: list[Path]
    """What is no folder, sorted: also pipes, and links that lead nowhere."""
    folders: list[Path]
    """Folders with such names."""
    links: list[Path]
    """Links to folders. They are not followed: they lead in circles, or out of the project."""


def below(folder: Path, shown: str, *endings: str) -> Found:
    """All files below a folder whose names end so, without hidden files and folders.

    A folder that is not there has nothing in it. Raises OutreachError, naming the folder as below
    `shown`, for one that cannot be read: what is in it would seem to be gone.
    """
    files: list[Path] = []
    folders: list[Path] = []
    links: list[Path] = []
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listed:
                entries = [entry for entry in listed if not entry.name.startswith(".")]
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            place = "/".join(filter(None, (shown, *here.relative_to(folder).parts)))
            raise refused(error, place, "read") from None
        for entry in entries:
            path = here / entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
                folders += [path] if entry.name.endswith(endings) else []
            elif entry.is_symlink() and _is_folder(path):
                links.append(path)
            elif entry.name.endswith(endings):
                files.append(path)
    return Found(sorted(files), sorted(folders), sorted(links))


def as_listed(root: Path, path: str) -> str:
    """The path of what lies in a folder, as its name is written there; empty if there is nothing.

    Case does not count, unless something has just this name.
    """
    found: list[str] = []
    for part in path.split("/"):
        try:
            names = sorted(os.listdir(root.joinpath(*found)))  # noqa: PTH208  names are all it needs
        except (OSError, ValueError):
            return ""
        near = [name for name in names if name.casefold() == part.casefold()]
        if not near:
            return ""
        found.append(part if part in near else near[0])
    return "/".join(found)


def write_bytes(path: Path, data: bytes, shown: str) -> bool:
    """Write a file if its content differs; returns whether it was written. A link is replaced.

    For what can be made again: it is not forced onto the disk, as `writing` does. Raises
    OutreachError when the system refuses it, or it is write-protected; the file is then as it was.
    """
    temporary = path
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        refuse_protected(path, shown)
        temporary = draft_of(path, data)
        temporary.replace(path)
    except OSError as error:
        if temporary != path:
            discard(temporary)
        raise refused(error, shown, "written") from None
    return True


def draft_of(path: Path, data: bytes, number: int = 0, *, sync: bool = False) -> Path:
    """Write what a file is to be beside it, with its mode and owner, and return where.

    With `sync` it is on the disk then, so that a power cut after the rename finds it whole. Raises
    OSError; nothing is left behind then.
    """
    draft = path.with_name(f".outreach-{os.getpid()}-{number}.new")
    draft.unlink(missing_ok=True)  # of another process that had our number
    with ExitStack() as undo:
        undo.callback(discard, draft)
        with draft.open("xb") as file:  # which follows no link
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        _take_after(draft, path)
        undo.pop_all()
    return draft


def discard(draft: Path) -> None:
    """Remove a draft, if the system lets us."""
    with suppress(OSError):
        draft.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove the drafts that processes left in a folder which do not live any more."""
    with suppress(OSError):
        for file in folder.iterdir():
            match = _DRAFT.fullmatch(file.name)
            if match and not lives(int(match[1])):
                discard(file)


def refuse_protected(path: Path, shown: str) -> None:
    """Raise OutreachError for what is not to be written over.

    A rename would replace a file that somebody protected, and even a device.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        return  # There is none, or what opens it tells.
    if stat.S_ISDIR(mode):
        raise _refused(shown, "written", "is a directory")
    if not stat.S_ISREG(mode):
        raise _refused(shown, "written", _NO_FILE)
    if not mode & 0o222:  # which says as much to an administrator, whom the system lets write
        text = "it is write-protected; take the protection away if it may be changed"
        raise _refused(shown, "written", text)
    try:
        os.close(os.open(path, os.O_WRONLY))
    except OSError as error:
        raise refused(error, shown, "written") from None


def remove(path: Path, shown: str) -> None:
    """Remove a file. Raises OutreachError when the system refuses it."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise refused(error, shown, "removed") from None


def inside(path: Path, folder: Path) -> bool:
    """Whether a path, with all links followed, lies in a folder.

    Links that lead in a circle lead nowhere else: who reads the file is told of them.
    """
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def leads_out(file: Path, path: str) -> bool:
    """Whether links lead from a file at this path in a project, or from its folder, out of it."""
    root = str(file).removesuffix(f"/{path}")
    if root == str(file):
        return False  # it has another name in messages
    return _is_strange(file.parent, root) or (file.is_symlink() and not inside(file, Path(root)))


@cache
def _is_strange(folder: Path, root: str) -> bool:
    """Asked once a folder, because following links takes long."""
    return not inside(folder, Path(root))


def refused(error: OSError, shown: str, done: str) -> OutreachError:
    """The error that says in plain words what the system refused: `cannot be written: …`."""
    reason = (error.strerror or str(error)).lower()
    return _refused(shown, done, _WORDS.get(error.errno or 0, reason))


def _refused(shown: str, done: str, reason: str) -> OutreachError:
    return OutreachError(Problem(Location(shown), f"cannot be {done}: {reason}"))


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe without somebody who writes to it is opened, too, and not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _is_folder(path: Path) -> bool:
    """Whether a link leads to a folder; what the system refuses to say is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _take_after(draft: Path, path: Path) -> None:
    """Give a draft the mode of the file that it replaces, and its owner if the system lets us."""
    try:
        old = path.stat()
    except FileNotFoundError:
        return
    new = draft.stat()
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        with suppress(OSError):
            os.chown(draft, old.st_uid, old.st_gid)
        new = draft.stat()  # A change of the owner takes the bits of setgid and setuid away.
    if old.st_mode != new.st_mode:  # Some disks know no modes, and refuse to change them.
        draft.chmod(stat.S_IMODE(old.st_mode))


def lives(process: int) -> bool:
    """Whether there is a process with a number, as far as the system says."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
