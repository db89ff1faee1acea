"""Reading and writing files. Nothing else in outreach writes to the disk.

A file is written beside its place and renamed into it, and only when its content changes, so that a
reader never sees half a file and an unchanged file keeps its date.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from outreach.limits import MOST_FILE, refuse_file
from outreach.model import Location, OutreachError, Problem

_BOM = b"\xef\xbb\xbf"


def read_bytes(path: Path, shown: str, most: int | None = None) -> bytes:
    """The content of a file; with `most`, of one of at most so many bytes.

    Raises OutreachError, naming the file as `shown`, when the system refuses it, when it is larger,
    and for what is no file, such as a link to a device that never ends.
    """
    try:
        status = path.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise OutreachError(Problem(Location(shown), "is no plain file; put one in its place"))
        if most is not None:
            refuse_file(status.st_size, most, shown)
        return path.read_bytes()
    except OSError as error:
        raise refused(error, shown, "read") from None


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


def write_bytes(path: Path, data: bytes, shown: str) -> bool:
    """Write a file if its content differs; returns whether it was written.

    Raises OutreachError when the system refuses it; the file is then as it was.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise refused(error, shown, "written") from None
    return True


def remove(path: Path, shown: str) -> None:
    """Remove a file. Raises OutreachError when the system refuses it."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise refused(error, shown, "removed") from None


def inside(path: Path, folder: Path) -> bool:
    """Whether a path, with all links followed, lies in a folder."""
    return path.resolve().is_relative_to(folder.resolve())


def refused(error: OSError, shown: str, done: str) -> OutreachError:
    """The error that says in plain words what the system refused: `cannot be written: …`."""
    reason = (error.strerror or str(error)).lower()
    return OutreachError(Problem(Location(shown), f"cannot be {done}: {reason}"))
