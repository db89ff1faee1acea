"""Commands side by side: they take turns for some rounds, and the least of each counts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = Path(__file__).parent / "programs"
LAUNCHER = Path(__file__).with_name("launcher.py")
PYTHON = sys.executable
PAST = 20
"""Lines that are shown of what a command said that failed."""


@dataclass(frozen=True, slots=True)
class Bench:
    """How to measure, and where files may lie."""

    folder: Path
    """For inputs and outputs; removed at the end."""
    quick: bool = False
    scale: float = 1
    peers: Path | None = None
    """Where peers are installed on request; None when they are not asked for."""
    say: Callable[[str], object] = print
    """Told what each command took."""
    patience: float = 1
    """How many times the usual a command may take."""

    @property
    def rounds(self) -> int:
        return 2 if self.quick else 5

    @property
    def limit(self) -> float:
        """Seconds after which a command is stopped."""
        return (30 if self.quick else 600) * self.patience

    @property
    def cache(self) -> Path:
        """The cache folder of our commands."""
        return self.folder / "cache" / "outreach"

    @property
    def environment(self) -> dict[str, str]:
        """What every command is given."""
        own = {"OUTREACH_CACHE": str(self.cache), "XDG_CACHE_HOME": str(self.cache.parent)}
        path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        return {**os.environ, **own, "PYTHONPATH": path, "PYTHONWARNINGS": "ignore"}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to do something."""

    name: str
    command: Sequence[str]
    prepare: Callable[[], object] = field(default=lambda: None)
    """Called before each round; not measured."""
    tells: bool = False
    """Whether its last line of output says its processor seconds, in the place of the process's."""
    codes: tuple[int, ...] = (0,)
    """The exit codes with which it did its work."""
    processors: int = 0
    """It may use so many; 0: all."""
    rounds: int = 0
    """At most so many; 0: as many as the others."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a way took at least."""

    cpu: float
    """Seconds, user and system together, with all children."""
    clock: float
    """Seconds."""
    memory: float
    """Bytes, of the largest process."""

    def least(self, other: Usage) -> Usage:
        pairs = zip(self.parts, other.parts, strict=True)
        return Usage(*(min(pair) for pair in pairs))

    @property
    def parts(self) -> tuple[float, float, float]:
        return self.cpu, self.clock, self.memory

    def __str__(self) -> str:
        return f"{self.cpu:.3f} s, {self.clock:.3f} s by the clock, {self.memory / 2**20:.0f} MB"


Taken = Usage | str
"""What a way took, or why it cannot be told."""


def race(bench: Bench, ways: Iterable[Way]) -> dict[str, Taken]:
    """Run all ways in turn; returns what each took, by name.

    A way that fails, is missing or is stopped has the reason in its place, and is not run again.
    """
    taken: dict[str, Taken] = {}
    chosen = list(ways)
    for number in range(bench.rounds):
        for way in chosen:
            before = taken.get(way.name)
            if isinstance(before, str) or (way.rounds and number >= way.rounds):
                continue
            way.prepare()
            now = run(bench, way)
            taken[way.name] = before.least(now) if before and isinstance(now, Usage) else now
    for way in chosen:
        bench.say(f"{way.name}: {taken[way.name]}")
    return taken


def run(bench: Bench, way: Way, environment: Mapping[str, str] | None = None) -> Taken:
    """What one run of a way took, or why it did not work."""
    if not shutil.which(way.command[0]):
        return f"{Path(way.command[0]).name} is not installed here"
    if way.processors and not hasattr(os, "sched_setaffinity"):
        return "this system cannot keep a process on one processor"
    output = bench.folder / "said.txt"
    given = dict(environment or bench.environment)
    if way.command[0] not in (PYTHON, "sh"):
        del given["PYTHONPATH"]  # others find their own modules alone
    launcher = [PYTHON, "-I", "-S", str(LAUNCHER), str(bench.limit), str(way.processors)]
    said = _told([*launcher, str(output), *way.command], given, bench.folder)
    return _understood(json.loads(said), way, output, bench)


def _told(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> str:
    """What the launcher says; when we are interrupted, it first stops what it started."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, cwd=folder, env=environment, text=True
    ) as process:
        try:
            said, _ = process.communicate()
        except KeyboardInterrupt:
            process.terminate()
            raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return said


def _understood(found: Mapping[str, float], way: Way, output: Path, bench: Bench) -> Taken:
    if "late" in found:
        if not found["late"]:
            raise KeyboardInterrupt
        return f"was stopped after {bench.limit:.0f} s"
    lines = output.read_text("utf-8", errors="replace").splitlines()
    if found["code"] not in way.codes:
        bench.say("\n".join([f"{way.name} failed:", *lines[-PAST:]]))
        last = next((line.strip() for line in reversed(lines) if line.strip()), "without a word")
        return f"failed: {last[:80]}"
    cpu = float(lines[-1]) if way.tells else found["cpu"]
    return Usage(cpu, cpu if way.tells else found["clock"], found["memory"])


def outreach(*words: object) -> list[str]:
    """A command of ours."""
    return [PYTHON, "-m", "outreach", *map(str, words)]


def program(name: str, *words: object) -> list[str]:
    """A command that runs one of the small programs beside this module."""
    return [PYTHON, str(PROGRAMS / name), *map(str, words)]


def emptied(folder: Path) -> Path:
    """The folder, without anything in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
