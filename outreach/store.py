"""What builds keep for later builds, in the user's cache: files by what is in them, results by key.

A key is a digest of exactly what something is made from, so an entry is right or not there. Every
entry is checked when it is read: what was damaged is thrown away and made again. Entries are
written beside their place and renamed into it, so any number of builds may share a store. That it
cannot be written is no reason not to build.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_DIGEST = re.compile(r"[0-9a-f]{64}")

MOST_BYTES = 4_000_000_000
"""How large a store may grow: some 20,000 sheets, at 60 to 200 kB each."""
MOST_DAYS = 60
"""How long an entry is kept that no build asked for."""
_DAY = 86_400


def cache_folder() -> Path:
    """Return where things may be kept that can be made again: `OUTREACH_CACHE`, or the user's."""
    if chosen := os.environ.get("OUTREACH_CACHE"):
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "outreach"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "outreach" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "outreach"


class Store:
    """A folder with files and results."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, data: bytes) -> str:
        """Keep a file; returns the digest that `data` finds it by."""
        digest = hashlib.sha256(data).hexdigest()
        self._write(self._place("files", digest), data)
        return digest

    def data(self, digest: str) -> bytes | None:
        """The file with a digest; None where it is not there as it was."""
        place = self._place("files", digest)
        data = _read(place)
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            _drop(place, data)
            return None
        _touch(place)
        return data

    def keep(self, key: str, result: object) -> None:
        """Keep a result, anything that JSON has."""
        text = json.dumps(result, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )
        head = hashlib.sha256(key.encode() + text).hexdigest().encode()
        self._write(self._place("results", key), head + b"\n" + text)

    def result(self, key: str) -> object:
        """The result with a key; None where it is not there as it was."""
        place = self._place("results", key)
        data = _read(place)
        if data is None:
            return None
        head, _, text = data.partition(b"\n")
        if hashlib.sha256(key.encode() + text).hexdigest().encode() != head:
            _drop(place, data)
            return None
        _touch(place)
        found: object = json.loads(text.decode("utf-8", "surrogatepass"))
        return found

    def prune(self, most_bytes: int = MOST_BYTES, most_days: float = MOST_DAYS) -> None:
        """Remove what nobody asked for in a long time, and the oldest where it is too much."""
        now, room = time.time(), most_bytes
        for used, size, path in sorted(self._entries(), reverse=True):
            room -= size
            if room < 0 or now - used > most_days * _DAY:
                with suppress(OSError):
                    os.unlink(path)

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        """When each entry was used last, its size and its path."""
        for folder, _, names in os.walk(self._folder):
            for name in names:
                with suppress(OSError):
                    path = os.path.join(folder, name)
                    found = os.stat(path)
                    yield found.st_mtime, found.st_size, path

    def _place(self, kind: str, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):  # it may come from a file that somebody wrote
            return self._folder / kind / "none"
        return self._folder / kind / digest[:2] / digest[2:]

    def _write(self, place: Path, data: bytes) -> None:
        draft = place.with_name(f".{place.name}.{os.getpid()}.new")
        with suppress(OSError):
            if place.is_file() and place.stat().st_size == len(data):
                _touch(place)
                return
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                draft.write_bytes(data)
                draft.replace(place)
            finally:
                draft.unlink(missing_ok=True)


def _read(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except OSError:
        return None


def _drop(place: Path, data: bytes | None) -> None:
    if data is not None:
        with suppress(OSError):
            place.unlink()


def _touch(place: Path) -> None:
    with suppress(OSError):
        os.utime(place)
