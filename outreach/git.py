"""What git knows of a project. The only module that runs git, and it only ever reads."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from outreach.model import Location, OutreachError, Problem


def git(folder: Path, *arguments: str, data: bytes = b"") -> bytes:
    """What a git command prints, run in a folder with `data` on its standard input.

    No hook, pager, external diff or text conversion of the repository's configuration is run.
    Raises OutreachError with git's own last line when it fails, and when there is no git.
    """
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
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise _failed(f"git says: {said[-1] if said else f'exit code {done.returncode}'}")
    return done.stdout


def _failed(text: str) -> OutreachError:
    return OutreachError(Problem(Location("git"), text))
