"""What git knows of a project. The only module that runs git.

It only ever reads, but for `configure`, which writes into the repository's own configuration.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection
from pathlib import Path

from outreach.model import Location, OutreachError, Problem

MOST_CONFLICTS = 127
"""`git merge-file` exits with the number of conflicts, this at the most, and above it on errors."""


def git(folder: Path, *arguments: str, data: bytes = b"") -> bytes:
    """What a git command prints, run in a folder with `data` on its standard input.

    No hook, pager, external diff or text conversion of the repository's configuration is run.
    Raises OutreachError with git's own last line when it fails, and when there is no git.
    """
    return _run(folder, arguments, data).stdout


def merge_text(
    folder: Path, files: tuple[str, str, str], labels: tuple[str, str], mark_length: int
) -> tuple[bytes, int]:
    """What git makes of two versions of a text, line by line, and how many conflicts are left.

    `files` are our version, the base and their version. Raises OutreachError as `git` does, also
    when they are no text.
    """
    ours, theirs = labels
    done = _run(
        folder,
        (
            *("merge-file", "-p", "-q", f"--marker-size={mark_length}"),
            *("-L", ours, "-L", "base", "-L", theirs, "--", *files),
        ),
        good=range(MOST_CONFLICTS + 1),
    )
    return done.stdout, done.returncode


def configure(folder: Path, settings: dict[str, str]) -> None:
    """Write settings into the configuration of the repository that a folder belongs to.

    Raises OutreachError as `git` does.
    """
    for name, value in settings.items():
        git(folder, "config", "--local", "--replace-all", name, value)


def _run(
    folder: Path, arguments: Collection[str], data: bytes = b"", good: Collection[int] = (0,)
) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [*command, *arguments],
            cwd=folder,
            env=environment,
            input=data,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise _failed(f"git cannot be run: {(error.strerror or str(error)).lower()}") from None
    if done.returncode not in good:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise _failed(f"git says: {said[-1] if said else f'exit code {done.returncode}'}")
    return done


def _failed(text: str) -> OutreachError:
    return OutreachError(Problem(Location("git"), text))
