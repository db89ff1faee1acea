"""One build at a time in a folder: another one waits."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def locked(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Wait until no other process holds the folder, then hold it; `waiting` is called first.

    It is made where it is missing, and removed if it stays empty. The system gives back what a
    killed process held. Where it has no such locks, as on Windows and some file servers, nobody
    waits.
    """
    missing = not folder.exists()
    handle = _opened(folder)
    if handle is None:
        yield
        return
    try:
        _lock(handle, waiting)
        yield
    finally:
        if missing:
            with suppress(OSError):
                folder.rmdir()
        os.close(handle)


def _opened(folder: Path) -> int | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder, os.O_RDONLY)
    except OSError:  # told when something is to be written there
        return None


def _lock(handle: int, waiting: Callable[[], None]) -> None:
    """Lock the folder itself, so that no file has to lie about for it."""
    try:
        fcntl = importlib.import_module("fcntl")
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting()
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
    except (OSError, ImportError):
        pass
