"""Make outputs on all processors, and say in plain words what became of those that broke down."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from outreach import pool
from outreach.model import Location, OutreachError, Problem, Severity, Variant
from outreach.outputs import Done, Job, Maker
from outreach.pool import METHOD, Limits, Method, NoWorkerError, Outcome
from outreach.sheet import warm
from outreach.sheet.fonts import FontSet, prepare
from outreach.site import Site

MB = 1_000_000
LIMITS = Limits(data=1_000 * MB, resident=300 * MB)
"""A sheet of the specimens takes 30 to 80 MB more than a worker is born with, most of it for fonts
of Chinese; one of 454 pages, from a guide of 1 MB, takes 290 MB. So a sheet that wants 1,000 MB has
something wrong in it, and a worker that took 300 MB gives them back by making room for a new one.
"""

_SETUP = 6_000
"""Characters of a guide that take as long as what every sheet takes, however short it is."""
_WEIGHTS: dict[Variant, float] = {"large-print": 1.3, "bilingual": 2.0, "columns": 2.0}
"""How long a sheet takes, in plain ones."""
_RIGHT_TO_LEFT = 1.4
_PAGE = 0.02
"""How long a web page takes, in plain sheets."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of all jobs."""

    done: tuple[Done, ...]
    """In the order of the jobs."""
    memory: int
    """The most MB that a worker had in the machine's memory; 0 where the system does not say."""


def run(
    site: Site,
    jobs: Sequence[Job],
    folder: Path,
    fonts: FontSet | None,
    finished: Callable[[Done], None],
    *,
    method: Method = METHOD,
    limits: Limits = LIMITS,
) -> Made:
    """Make everything that the jobs ask for. `finished` is told of each as soon as it is made.

    Also a single job is made in a process of its own: a crash does not take the rest along, and
    what it wants to tell is told. Raises OutreachError when print is wanted and its libraries are
    missing, or when the system refuses a process.
    """
    if fonts:
        warm(fonts)
    try:
        with settled():
            ran = pool.run(
                partial(_Worker, site, folder, fonts, limits),
                jobs,
                workers=min(processors(), len(jobs)),
                cost=partial(cost, site),
                limits=limits,
                finished=finished,
                method=method,
            )
    except NoWorkerError as error:
        text = f"no process can be started: {error}; end other programs, and build again"
        raise OutreachError(Problem(Location(site.config.build), text)) from None
    pairs = zip(jobs, ran.outcomes, strict=True)
    done = (_told(site, job, outcome, limits) for job, outcome in pairs)
    return Made(tuple(done), round(ran.memory / MB))


def cost(site: Site, job: Job) -> float:
    """How long a job takes beside others; in characters of a plain sheet, from left to right.

    Measured with the specimens and our own guides, which say how far a script matters.
    """
    source = site.sources.get(job.guide)
    length = _SETUP + (len(source.guide.text) if source else 0)
    forms = sum(_WEIGHTS.get(variant, 1.0) for variant in job.variants) + _PAGE * job.html
    return length * forms * (_RIGHT_TO_LEFT if job.language.direction == "rtl" else 1.0)


@contextmanager
def settled() -> Iterator[None]:
    """Spare the garbage collector what is there to stay: a project, the libraries, styles.

    It would look through all of that at every fifth sheet or so: with the specimens' project, 7
    percent of the time. In forked processes, what it looks at has to be copied as well.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class _Worker:
    """What makes the outputs of jobs, in a process of the pool."""

    def __init__(self, site: Site, folder: Path, fonts: FontSet | None, limits: Limits) -> None:
        self._site = site
        self._limits = limits
        self._maker = Maker(site, folder, fonts)

    def __call__(self, job: Job) -> Done:
        # A library that forgets to look whether it was given memory makes it a SystemError.
        with suppress(MemoryError, SystemError):
            return self._maker.make(job)
        # Here and not earlier: while the exception is there, so is all that filled the memory.
        return Done(job, {}, (too_large(self._site, job, self._limits),), failed=True)


SMALLER = "split the guide, or make its tables and pictures smaller"
"""Advice on what takes too much memory."""
_KILLED = -9
"""The exit code where a system is out of memory, on Linux."""


def too_large(site: Site, job: Job, limits: Limits = LIMITS) -> Problem:
    """What is told of a job that wanted more memory than a worker may have."""
    text = f"takes more than {_most(limits)}, so it was given up; {SMALLER}, and build again"
    return problem(site, job, text)


def _told(site: Site, job: Job, outcome: Outcome[Done], limits: Limits) -> Done:
    """What a job made, with what is to be said of the workers that died of it."""
    if not outcome.deaths:
        return outcome.result or Done(job, {}, failed=True)
    code = outcome.deaths[-1]
    how = f"the process that made it {how_ended(code)}"
    if outcome.result:
        text = f"{how}; made once more by itself, it came out well"
        warning = problem(site, job, text, "warning")
        return replace(outcome.result, problems=(warning, *outcome.result.problems))
    text = f"{how}, also with nothing else running;"
    if code == _KILLED:
        return _given_up(site, job, f"{text} end other programs, {SMALLER}, and build again")
    text = f"{text} perhaps it takes more than {_most(limits)}: {SMALLER}; if that does not help,"
    return _given_up(site, job, f"{text} it is a fault of outreach, so please report it")


def _most(limits: Limits) -> str:
    return f"{limits.data // MB:,} MB of memory" if limits.data else "the memory that there is"


def how_ended(code: int) -> str:
    """Say how a process ended that has this exit code."""
    if code == _KILLED:
        return "was killed, as systems do when memory runs out"
    with suppress(ValueError):
        if code < 0:
            return f"broke down ({signal.Signals(-code).name})"
    return f"broke down (exit code {code})"


def _given_up(site: Site, job: Job, text: str) -> Done:
    return Done(job, {}, (problem(site, job, text),), failed=True)


def problem(site: Site, job: Job, text: str, severity: Severity = "error") -> Problem:
    """What is told of a job: its guide and its language, and what became of it."""
    source = site.sources.get(job.guide)
    path = source.guide.path if source else job.guide
    return Problem(Location(path), f"in {job.language.english_name}: {text}", severity)


def fonts_of(site: Site) -> FontSet:
    """The fonts of all languages of a site, made ready. Raises OutreachError as `prepare` does."""
    families = (family for language in site.languages for family in language.fonts)
    return prepare(families, sources=site.fonts)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
