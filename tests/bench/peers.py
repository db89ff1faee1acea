"""Others that do what we do, each installed on request into an environment of its own.

`make bench` uses what is there; `make bench-peers` installs what is missing below the user's cache
folder, po4a with apt. A peer that cannot be had is a row of the table too, with the reason.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Bench

REQUEST = "is not installed here; `make bench-peers` installs it"
LAST = 120
"""Characters of what an installer said last."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A program of others."""

    name: str
    program: str
    requirements: tuple[str, ...] = ()
    """Of pip, in versions that were tried; empty: a package of the system of the peer's name."""


MDPO = Peer("mdpo", "python", ("mdpo==2.1.4",))
TOOLKIT = Peer("translate-toolkit", "md2po", ("translate-toolkit[markdown]==3.20.4",))
POFILTER = Peer("translate-toolkit", "pofilter", TOOLKIT.requirements)
SPHINX = Peer("Sphinx", "sphinx-build", ("sphinx==9.0.4", "myst-parser==5.0.0"))
PO4A = Peer("po4a", "po4a-updatepo")


def peers_folder() -> Path:
    """Where peers are installed: below the user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "outreach-bench"


def found(bench: Bench, peer: Peer) -> str:
    """The path of a peer's program, installed if that was asked for; raises LookupError if none."""
    there = _path(peer)
    if there:
        return there
    if bench.peers is None:
        raise LookupError(REQUEST)
    bench.say(f"installing {peer.name} …")
    reason = _pip(peer, bench.peers / peer.name) if peer.requirements else _apt(peer)
    there = _path(peer, bench.peers)
    if reason or not there:
        raise LookupError(f"cannot be installed: {reason or 'it has no ' + peer.program}")
    return there


def _path(peer: Peer, folder: Path | None = None) -> str | None:
    """Where the program is: in its environment, else on the path."""
    own = (folder or peers_folder()) / peer.name / "bin" / peer.program
    if own.is_file():
        return str(own)
    # mdpo has a `md2po` too, and `python` is anyone's, so only others are looked for.
    return None if peer.program in ("md2po", "python") else shutil.which(peer.program)


def _pip(peer: Peer, folder: Path) -> str:
    """Install into an environment; returns why that did not work."""
    shutil.rmtree(folder, ignore_errors=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    steps = [
        [sys.executable, "-m", "venv", str(folder)],
        [*pip, "--disable-pip-version-check", "--no-input", *peer.requirements],
    ]
    reason = next(filter(None, map(_said, steps)), "")
    if reason:
        shutil.rmtree(folder, ignore_errors=True)
    return reason


def _apt(peer: Peer) -> str:
    """Install a package of the system without a question; returns why that did not work."""
    if not shutil.which("apt-get"):
        return "there is no apt-get here"
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    return _said([*root, *quiet, "--no-install-recommends", "install", peer.name])


def _said(command: Sequence[str]) -> str:
    """What a command said last when it failed; empty when it worked."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        return str(error)
    if not done.returncode:
        return ""
    return (_last(done.stderr.splitlines()) or _last(done.stdout.splitlines()) or "it failed")[
        :LAST
    ]


def _last(lines: Iterable[str]) -> str:
    return next((line.strip() for line in reversed(list(lines)) if line.strip()), "")
