"""Run jobs on all processors. Workers are forked after one warm import of what they all need."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from outreach.model import Location, OutreachError, Problem
from outreach.outputs import Done, Job, Maker
from outreach.sheet import warm
from outreach.sheet.fonts import FontSet, prepare
from outreach.site import Site

_FEW = 2
"""Jobs below which a pool costs more than it saves."""

_maker: Maker | None = None
"""In a worker process: set once when it starts, so that jobs need to carry only their names."""


def run(
    site: Site,
    jobs: Sequence[Job],
    folder: Path,
    fonts: FontSet | None,
    finished: Callable[[Done], None],
) -> list[Done]:
    """Make everything that the jobs ask for; returns what each made, in the order of the jobs.

    `finished` is told of each as soon as it is made. Raises OutreachError when print is wanted and
    its libraries are missing, or when the system kills a worker.
    """
    if not jobs:
        return []
    count = min(_processors(), len(jobs))
    if count < _FEW or "fork" not in multiprocessing.get_all_start_methods():
        maker = Maker(site, folder, fonts)
        with settled():
            return _run_here(maker, jobs, finished)
    if fonts:
        warm(fonts)
    with settled():
        return _run_forked(site, jobs, folder, fonts, count, finished)


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


def _run_here(maker: Maker, jobs: Sequence[Job], finished: Callable[[Done], None]) -> list[Done]:
    done = []
    for job in jobs:
        done.append(maker.make(job))
        finished(done[-1])
    return done


def _run_forked(
    site: Site,
    jobs: Sequence[Job],
    folder: Path,
    fonts: FontSet | None,
    count: int,
    finished: Callable[[Done], None],
) -> list[Done]:
    context = multiprocessing.get_context("fork")
    made: dict[int, Done] = {}
    pool = ProcessPoolExecutor(count, context, _start, (site, folder, fonts))
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        futures = {pool.submit(_make, job): number for number, job in enumerate(jobs)}
        for future in as_completed(futures):
            made[futures[future]] = future.result()
            finished(made[futures[future]])
    except BrokenProcessPool:
        text = "a worker process was killed by the system; is there enough memory?"
        raise OutreachError(Problem(Location(folder.parent.name), text)) from None
    except KeyboardInterrupt:
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    finally:
        signal.signal(signal.SIGTERM, before)
        pool.shutdown(cancel_futures=True)
    return [made[number] for number in range(len(jobs))]


def _start(site: Site, folder: Path, fonts: FontSet | None) -> None:
    global _maker  # noqa: PLW0603  a worker has no other place for it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _maker = Maker(site, folder, fonts)
    gc.freeze()


def _make(job: Job) -> Done:
    if _maker is None:
        raise RuntimeError("the worker was not started")
    return _maker.make(job)


def fonts_of(site: Site) -> FontSet:
    """The fonts of all languages of a site, made ready. Raises OutreachError as `prepare` does."""
    families = (family for language in site.languages for family in language.fonts)
    return prepare(families, sources=site.fonts)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
