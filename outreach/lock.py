"""One build at a time in a folder: another one waits."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until no other process holds the folder, then hold it.

    The system gives back what a killed process held. Where it has no such locks, as on Windows and
    some file servers, nobody waits.
    """
    handle = _opened(folder)
    if handle is None:
        yield
        return
    try:
        with suppress(OSError, ImportError):
            # A lock of the folder itself, so that no file has to lie about for it.
            fcntl = importlib.import_module("fcntl")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _opened(folder: Path) -> int | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder, os.O_RDONLY)
    except OSError:  # told when something is to be written there
        return None
