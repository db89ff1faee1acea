"""Faults on request: a process that is struck when it turns to the system, and a full disk."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from projects import files

from outreach.model import OutreachError

FINISHED, SURVIVED, FAILED = 0, 3, 4
"""How a process ends that was not killed: never struck, going on in spite of it, or failing."""
_EVENTS = {"open", "os.chmod", "os.chown", "os.mkdir", "os.remove", "os.rename"}
_MOST = 2_000


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def stop() -> None:
    raise KeyboardInterrupt


def io_error() -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def every_point(
    root: Path, work: Callable[[], object], strike: Callable[[], None]
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """Do a piece of work on a folder again and again, struck each time one step later.

    A step is a file that is opened, made, renamed, removed or changed in its mode. Yields how each
    process ended, and what was in the folder then; at last one that was not struck any more.
    """
    before = files(root)
    for step in range(1, _MOST):
        ended = _struck(work, strike, step)
        yield ended, files(root)
        _put_back(root, before)
        if ended == FINISHED:
            return
    pytest.fail("the work has no end")


def _struck(work: Callable[[], object], strike: Callable[[], None], step: int) -> int:
    """Do the work in a process of its own; returns how it ended, a signal as a negative number."""
    child = os.fork()
    if child == 0:
        code = FAILED
        try:
            left = _strike_at(step, strike)
            work()
            code = FINISHED if left() > 0 else SURVIVED
        except (KeyboardInterrupt, OSError, OutreachError):
            pass
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _strike_at(step: int, strike: Callable[[], None]) -> Callable[[], int]:
    """Let this process be struck; returns what tells how many steps are left until then."""
    left = step

    def hook(event: str, _arguments: object) -> None:
        nonlocal left
        if event in _EVENTS:
            left -= 1
            if left == 0:
                strike()

    sys.addaudithook(hook)
    return lambda: left


def _put_back(root: Path, before: dict[str, bytes]) -> None:
    for path in files(root).keys() - before.keys():
        (root / path).unlink()
    for path, data in before.items():
        file = root / path
        if not file.is_file() or file.read_bytes() != data:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A new folder that every user may look into."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of a few kilobytes; skips the test where none can be mounted."""
    with _mounted(folder, "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs"):
        yield folder


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """While it lasts, nobody can write below a folder; skips the test where that is not allowed."""
    with _mounted(folder, "--bind", str(folder)):
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield


@contextmanager
def _mounted(folder: Path, *options: str) -> Iterator[None]:
    folder.mkdir(exist_ok=True)
    try:
        subprocess.run(["mount", *options, str(folder)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("nobody may mount a file system here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)
