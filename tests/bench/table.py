"""The one table: rows of ratios as Markdown, each with its commands, and the machine's name."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure import PYTHON, ROOT, Taken, Usage, Way

HEAD = ("What", "Beside", "CPU", "Clock", "Memory", "At most", "Remarks", "Commands")
MEASURES = ("CPU", "clock", "memory")


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that a ratio may be."""

    most: float
    of: str = "CPU"
    """One of `MEASURES`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison."""

    what: str
    beside: str
    ratios: tuple[float, ...] = ()
    """Ours / theirs: processor time, time by the clock, peak memory."""
    goal: Goal | None = None
    remarks: str = ""
    commands: tuple[Sequence[str], ...] = ()
    """Ours, then theirs."""
    shown: tuple[str, ...] = ()
    """The ratios in words, where they are not plain numbers."""

    @property
    def missed(self) -> bool:
        """Whether it is worse than its goal."""
        if not (self.goal and self.ratios):
            return False
        return self.ratios[MEASURES.index(self.goal.of)] > self.goal.most


def compared(
    what: str,
    taken: Mapping[str, Taken],
    ours: Way,
    theirs: Way,
    goal: Goal | None = None,
    remarks: str = "",
) -> Row:
    """The row of two ways that ran side by side; its remarks say why there are no ratios."""
    commands = _pinned(ours), _pinned(theirs)
    our, their = taken[ours.name], taken[theirs.name]
    if isinstance(our, str):
        return Row(what, theirs.name, (), goal, f"ours {our}", commands)
    if isinstance(their, str):
        return Row(what, theirs.name, (), goal, joined(their, remarks), commands)
    ratios = tuple(a / b for a, b in zip(our.parts, their.parts, strict=True))
    if ours.tells:
        ratios = ratios[:1]
    return Row(what, theirs.name, ratios, goal, remarks, commands)


def joined(*remarks: str) -> str:
    return "; ".join(filter(None, remarks))


def peer_remark(taken: Mapping[str, Taken], peer: Way, bare: Way) -> str:
    """How much more a peer takes than the bare way."""
    theirs, least = taken[peer.name], taken[bare.name]
    if isinstance(theirs, Usage) and isinstance(least, Usage):
        return f"it takes {number(theirs.cpu / least.cpu)} times {bare.name}"
    return ""


def _pinned(way: Way) -> Sequence[str]:
    return ["taskset", "-c", "0", *way.command] if way.processors == 1 else way.command


def markdown(rows: Iterable[Row], folder: Path) -> Iterator[str]:
    """The lines of the table; paths in the bench's folder begin with `B`."""
    yield _line(HEAD)
    yield _line(["---", "---", "--:", "--:", "--:", "--:", "---", "---"])
    for row in rows:
        cells = list(row.shown or map(number, row.ratios))
        cells += [""] * (3 - len(cells))
        commands = " / ".join(f"`{command_line(one, folder)}`" for one in row.commands)
        yield _line([row.what, row.beside, *cells, _goal(row), row.remarks, commands])


def _goal(row: Row) -> str:
    if not row.goal:
        return ""
    text = number(row.goal.most) + ("" if row.goal.of == "CPU" else f" ({row.goal.of})")
    return f"{text} **missed**" if row.missed else text


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def number(value: float) -> str:
    """A ratio with three digits that count."""
    for limit, digits in ((0.1, 4), (1, 3), (10, 2), (100, 1)):
        if value < limit:
            return f"{value:.{digits}f}"
    return f"{value:.0f}"


def command_line(command: Sequence[str], folder: Path) -> str:
    """A command as one line, without what is different on each machine."""
    words = ["…" if "\n" in word else word for word in command]
    if len(words) > 14:
        words = [*words[:10], "…", *words[-3:]]
    line = " ".join(f'"{word}"' if " " in word else word for word in words)
    line = line.replace(PYTHON, "python").replace(str(folder), "B").replace(f"{ROOT}/", "")
    return line.replace(str(Path.home()), "~")


def machine() -> str:
    """The processor, its number of cores, the memory, the system and Python, in a line."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{_model()}, {cores} cores, {size:.0f} GB, {platform.system()}, {python}"


def _model() -> str:
    """The processor's name, as the system tells it."""
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() in ("model name", "Model"):
                return value.strip()
    return platform.processor() or platform.machine()
