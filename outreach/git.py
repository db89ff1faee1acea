"""What git knows of a project. The only module that runs git, and it only ever reads."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from outreach.model import Location, OutreachError, Problem

_ENTRY = re.compile(r"([0-9a-f]{40,}) \d+ (\d+) (\d+)")
"""A line of `git blame --incremental` that says which lines a commit wrote."""


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


def is_shallow(folder: Path) -> bool:
    """Whether the history is cut off, as in many clones for CI.

    Raises OutreachError when the folder is in no repository.
    """
    return git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


def blame(folder: Path, path: str, *, shallow: bool = False) -> dict[int, str]:
    """When each line of a file came, as an ISO date by line from 1; a change of indent is none.

    The date is the committer's, when the line came into the history. It is empty where the history
    is cut off before that, or the clock was far off. Lines that are not committed are left out.
    Raises OutreachError when git knows no such file.
    """
    said = git(folder, "blame", "--incremental", "-w", "-M", "--", path).decode(errors="replace")
    facts: dict[str, dict[str, str]] = {}
    lines: dict[int, str] = {}
    commit = ""
    for line in said.split("\n"):
        entry = _ENTRY.fullmatch(line)
        if entry:
            commit = entry[1]
            lines |= dict.fromkeys(range(int(entry[2]), int(entry[2]) + int(entry[3])), commit)
        else:
            name, _, value = line.partition(" ")
            facts.setdefault(commit, {}).setdefault(name, value)
    dates = {
        name: _date(found, shallow=shallow) for name, found in facts.items() if name.strip("0")
    }
    return {line: dates[name] for line, name in lines.items() if name in dates}


def _date(commit: Mapping[str, str], *, shallow: bool) -> str:
    """The day on the committer's own calendar."""
    if shallow and "boundary" in commit:  # as the first commit of a whole history is, too
        return ""
    with suppress(KeyError, ValueError, OverflowError):
        zone = int(commit["committer-tz"])
        ahead = timedelta(hours=abs(zone) // 100, minutes=abs(zone) % 100) * (1 if zone > 0 else -1)
        seconds = timedelta(seconds=int(commit["committer-time"]))
        return (datetime(1970, 1, 1, tzinfo=UTC) + seconds + ahead).date().isoformat()
    return ""


def _failed(text: str) -> OutreachError:
    return OutreachError(Problem(Location("git"), text))
