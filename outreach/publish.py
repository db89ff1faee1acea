"""From a staging folder into the build folder, language by language, without half-written files.

A manifest in the build folder lists what outreach wrote there. Only files it lists are ever
replaced or removed, and not even those when somebody changed them since.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from outreach.files import write_bytes
from outreach.model import Location, OutreachError, Problem

MANIFEST = ".outreach.json"
_STAGING = ".staging-"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a build folder that are ours, with their digests."""

    files: Mapping[str, str]


@contextmanager
def staging(build: Path, shown: str) -> Iterator[Path]:
    """A folder beside the files to come, removed at the end however it ends.

    Raises OutreachError when the build folder cannot be made.
    """
    folder = build / f"{_STAGING}{os.getpid()}"
    try:
        build.mkdir(parents=True, exist_ok=True)
        _sweep(build)
        folder.mkdir()
    except OSError as error:
        text = f"cannot be written: {(error.strerror or str(error)).lower()}"
        raise OutreachError(Problem(Location(shown), text)) from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def read_manifest(build: Path) -> Manifest:
    """The manifest of a build folder; empty when there is none that can be read."""
    try:
        data = json.loads((build / MANIFEST).read_text("utf-8"))
        files = {str(path): str(digest) for path, digest in data["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest({})
    return Manifest({path: digest for path, digest in files.items() if _is_below(path)})


def write_manifest(build: Path, files: Mapping[str, str]) -> None:
    """Write the manifest. Raises OutreachError when the system refuses it."""
    text = json.dumps({"version": 1, "files": dict(sorted(files.items()))}, indent=1)
    write_bytes(build / MANIFEST, f"{text}\n".encode(), MANIFEST)


def stage(folder: Path, path: str, data: bytes) -> str:
    """Put a file into the staging folder; returns the digest of its content."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def foreign(build: Path, paths: Iterable[str], ours: Mapping[str, str]) -> list[str]:
    """Those of the paths where a file stands that outreach did not write."""
    return [path for path in paths if path not in ours and (build / path).exists()]


def publish(folder: Path, build: Path, files: Mapping[str, str]) -> None:
    """Rename staged files into place, pages last, so that no page comes before what it links to.

    Files that are there already with the same content keep their dates. Raises OutreachError when
    the system refuses one.
    """
    for path in sorted(files, key=lambda path: (path.endswith(".html"), path)):
        target = build / path
        if target.is_file() and digest_of(target) == files[path]:
            continue
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            (folder / path).replace(target)
        except OSError as error:
            text = f"cannot be written: {(error.strerror or str(error)).lower()}"
            raise OutreachError(Problem(Location(str(target)), text)) from None


def remove_files(build: Path, paths: Iterable[str], ours: Mapping[str, str]) -> list[str]:
    """Remove files of ours that nobody changed, and folders that are empty then.

    Returns the paths that were kept because somebody changed them.
    """
    kept = []
    for path in sorted(paths):
        file = build / path
        if not file.is_file():
            continue
        if digest_of(file) != ours[path]:
            kept.append(path)
            continue
        file.unlink()
        _remove_empty(file.parent, build)
    return kept


def digest_of(file: Path) -> str:
    """The digest of a file's content."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _remove_empty(folder: Path, build: Path) -> None:
    while folder != build and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _is_below(path: str) -> bool:
    return not path.startswith("/") and ".." not in path.split("/")


def _sweep(build: Path) -> None:
    """Remove what a build left behind that was killed."""
    for folder in build.glob(f"{_STAGING}*"):
        number = folder.name.removeprefix(_STAGING)
        if number.isdigit() and not _alive(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
