"""From a staging folder into the build folder, language by language, without half-written files.

A manifest in the build folder lists what outreach wrote there. Only files it lists are ever
replaced or removed, and none is removed that somebody changed since.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from outreach.files import lives, read_bytes, refused, sweep, write_bytes
from outreach.model import Location, OutreachError, Problem

MANIFEST = ".outreach.json"
_STAGING = ".staging-"


Digests = tuple[str, ...]
"""What a file of ours may hold: more than one only while, or since, a build was broken off."""


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
        raise refused(error, shown, "written") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def read_manifest(build: Path) -> dict[str, Digests]:
    """The files of a build folder that are ours; none when there is no manifest to read."""
    try:
        data = json.loads(read_bytes(build / MANIFEST, MANIFEST))
        files = {str(path): tuple(map(str, digests)) for path, digests in data["files"].items()}
    except (OutreachError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return {path: digests for path, digests in files.items() if _is_below(path)}


def write_manifest(build: Path, files: Mapping[str, Digests]) -> None:
    """Write the manifest. Raises OutreachError when the system refuses it."""
    text = json.dumps({"version": 1, "files": dict(sorted(files.items()))}, indent=1)
    write_bytes(build / MANIFEST, f"{text}\n".encode(), MANIFEST)


def stage(folder: Path, path: str, data: bytes) -> str:
    """Put a file into the staging folder; returns the digest of its content.

    Raises OutreachError when the system refuses it, as when the disk is full.
    """
    file = folder / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        raise refused(error, path, "written") from None
    return hashlib.sha256(data).hexdigest()


def foreign(build: Path, files: Mapping[str, str], ours: Container[str]) -> list[str]:
    """The paths where a file stands that outreach did not write, and that is not the same."""
    return [path for path in files if path not in ours and _is_strange(build / path, files[path])]


def _is_strange(file: Path, digest: str) -> bool:
    """A file with the right content is ours all the same, such as one from another machine."""
    return file.exists() and not (file.is_file() and digest_of(file) == digest)


def publish(folder: Path, build: Path, files: Mapping[str, str]) -> Iterator[Problem]:
    """Rename staged files into place, sheets first, so that no page comes before its sheets.

    Files that are there already with the same content keep their dates. Stops with a problem at
    the first file that the system refuses.
    """
    for path in sorted(files, key=lambda path: (path.endswith(".html"), path)):
        target = build / path
        try:
            if target.is_file() and digest_of(target) == files[path]:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            (folder / path).replace(target)
        except OSError as error:
            yield refused(error, f"{build.name}/{path}", "written").problem
            return


def remove_files(build: Path, ours: Mapping[str, Digests]) -> Iterator[tuple[str, Problem]]:
    """Remove files of ours that nobody changed, and folders that are empty then.

    Yields each file that was kept, and why: somebody changed it, or the system refused.
    """
    for path, digests in sorted(ours.items()):
        file = build / path
        try:
            if not file.is_file():
                continue
            if digest_of(file) not in digests:
                text = "is not part of the site any more, but somebody changed it, so it was kept"
                yield path, Problem(Location(path), text, "warning", "foreign-file")
                continue
            file.unlink()
            _remove_empty(file.parent, build)
        except OSError as error:
            yield path, refused(error, path, "removed").problem


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
    """Remove what builds left behind that were killed."""
    sweep(build)
    for folder in build.glob(f"{_STAGING}*"):
        number = folder.name.removeprefix(_STAGING)
        # In a container all builds may have one number.
        if number.isdigit() and (int(number) == os.getpid() or not lives(int(number))):
            shutil.rmtree(folder, ignore_errors=True)
