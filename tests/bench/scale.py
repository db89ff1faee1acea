"""How time and memory grow with a project: made ones of several sizes, and a fit through them.

`--scale 1` goes up to 20 guides in 6 languages, `--scale 10` up to 200 guides in 60. Of each size
all guides are read, checked and made into pages, and one in forty into sheets. What the same
command takes for a project of one guide is taken off, so that the start does not hide the growth.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.builds import warmed
from bench.measure import Bench, Taken, Usage, Way, emptied, outreach, race
from bench.pages import clean
from bench.project import TAGS, Size, scaled, write_project
from bench.table import MEASURES, Row

PARTS = (0.3, 0.45, 0.65, 0.8, 1)
"""Of the scale; the work grows with their squares."""
SMALLEST = Size(1, 0)
ONE_IN = 40
LARGE = 3
"""The scale from which each size is measured once."""
PATIENCE = 60
"""A build of the largest project takes many minutes."""
MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Fit:
    """What a measure grows with: work to the power of an exponent."""

    exponent: float
    error: float
    """The standard error of the exponent."""

    @property
    def worse(self) -> bool:
        """Whether it is certainly more than proportional: by two standard errors."""
        return self.exponent - 2 * self.error > 1

    def __str__(self) -> str:
        return f"{self.exponent:.2f} ± {self.error:.2f}"


def fit(work: Sequence[float], taken: Sequence[float]) -> Fit | None:
    """The line through logarithms, by least squares; None where nothing grows."""
    points = [(math.log(x), math.log(y)) for x, y in zip(work, taken, strict=True) if y > 0]
    if len({x for x, _ in points}) < 3:
        return None
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    exponent = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    rest = sum((y - mean_y - exponent * (x - mean_x)) ** 2 for x, y in points)
    return Fit(exponent, math.sqrt(rest / (len(points) - 2) / spread))


def rows(bench: Bench) -> Iterator[Row]:
    """The exponents of pages and of sheets."""
    parts = PARTS[:3] if bench.quick else PARTS
    sizes = [scaled(bench.scale * part) for part in parts]
    every_font = bench.folder / "fonts"
    write_project(every_font, Size(1, sizes[-1].languages, 1))
    warmed(bench, every_font)
    pages: list[tuple[float, Taken]] = []
    sheets: list[tuple[float, Taken]] = []
    for size in (SMALLEST, *sizes):
        project, site = emptied(bench.folder / "scale"), bench.folder / "site"
        write_project(project, size)
        build = ["--project", project, "build", "-o", site]
        html = outreach(*build, "--format", "html")
        count, chosen = _sample(size)
        pdf = outreach(*build, "--format", "pdf", "--variant", "letter", *chosen)
        bench.say(f"{size.outputs} pages, {count} sheets")
        for command, work, found in ((html, size.outputs, pages), (pdf, count, sheets)):
            found.append((work, _measured(bench, command, site)))
    largest = sizes[-1]
    first, count = sizes[0].outputs, _sample(largest)[0]
    what = f"growth from {first} to {largest.outputs} pages, read and checked"
    yield _row(what, pages, outreach("--project", "PROJECT", "build", "--format", "html"))
    what = f"growth to {count} sheets, one in {ONE_IN}, of the same"
    yield _row(what, sheets, outreach("--project", "PROJECT", "build", "--format", "pdf"))


def _sample(size: Size) -> tuple[int, list[str]]:
    """How many sheets are made of a project, and the options that choose them."""
    wanted = max(1, round(size.outputs / ONE_IN))
    guides = math.ceil(wanted / (size.languages + 1))
    languages = min(size.languages + 1, round(wanted / guides))
    names = [f"-g=guide-{number + 1:03}" for number in range(guides)]
    tags = [f"-l={tag}" for tag in ("en", *TAGS)[:languages]]
    words = [part for option in (*names, *tags) for part in option.split("=")]
    return guides * languages, words


def _measured(bench: Bench, command: Sequence[str], site: Path) -> Taken:
    rounds = 1 if bench.scale >= LARGE else 2
    way = Way("outreach build", command, lambda: clean(bench, site), rounds=rounds)
    return race(replace(bench, patience=PATIENCE), (way,))[way.name]


def _row(what: str, measured: Sequence[tuple[float, Taken]], command: Sequence[str]) -> Row:
    """The row of one growth: exponents where others have ratios."""
    beside = "in proportion: exponent 1"
    failed = next((taken for _, taken in measured if isinstance(taken, str)), "")
    if failed:
        return Row(what, beside, remarks=failed, commands=(command,))
    (_, start), *sizes = [(work, it) for work, it in measured if isinstance(it, Usage)]
    work = [size for size, _ in sizes]
    taken = [[b - a for a, b in zip(start.parts, it.parts, strict=True)] for _, it in sizes]
    fits = [fit(work, [item[part] for item in taken]) for part in range(3)]
    worse = [name for name, it in zip(MEASURES, fits, strict=True) if it and it.worse]
    verdict = f"**worse than proportional**: {', '.join(worse)}" if worse else "never worse"
    memory = taken[-1][2] / MEGABYTE / work[-1] * 100
    remark = f"{verdict}; {max(memory, 0):.1f} MB for each 100"
    shown = tuple(str(it) if it else "does not grow" for it in fits)
    return Row(what, beside, (), None, remark, (command,), shown)
