"""The pool of processes, with jobs that know nothing of guides."""

from __future__ import annotations

import faulthandler
import itertools
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.pool import TRIES, Limits, Method, Outcome, run

METHODS: tuple[Method, ...] = ("fork", "spawn")
FOREVER = 600.0


def doubling() -> Callable[[int], int]:
    return twice


def twice(job: int) -> int:
    return job * 2


def sleeping() -> Callable[[float], float]:
    return slept


def slept(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def counting() -> Callable[[int], tuple[int, int]]:
    """Jobs that give themselves and how many the worker did before."""
    counter = itertools.count()
    return lambda job: (job, next(counter))


def worker() -> Callable[[int], int]:
    """Jobs that take as many MB as they say, and give the process that did them."""
    return lambda size: (len(bytearray(size * 1_000_000)), os.getpid())[1]


def mortal(log: Path) -> Callable[[str], str]:
    """Jobs that write down when they begin and end; their names say how they end."""

    def do(job: str) -> str:
        note(log, f"{job} begins")
        if job == "kills" or (job == "kills once" and times(log, job) == 1):
            os.kill(os.getpid(), signal.SIGKILL)
        if job == "aborts":
            faulthandler.disable()  # that of the test run, which would tell of it
            os.abort()
        if job == "leaves":
            os._exit(7)
        if job == "takes memory":
            bytearray(400_000_000)
        if job == "waits":
            time.sleep(0.3)
        note(log, f"{job} ends")
        return job

    return do


def note(log: Path, line: str) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def times(log: Path, job: str) -> int:
    return log.read_text("utf-8").splitlines().count(f"{job} begins")


def same(_job: object) -> float:
    return 1.0


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_jobs(method: Method, workers: int) -> None:
    jobs = [5, 3, 8, 1]
    told: list[int] = []
    ran = run(
        doubling,
        jobs,
        workers=workers,
        cost=float,
        finished=told.append,
        method=method,
    )
    assert ran.outcomes == tuple(Outcome(job * 2) for job in jobs)
    assert sorted(told) == [2, 6, 10, 16]
    assert multiprocessing.active_children() == []


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 9), max_size=12), st.integers(1, 3))
def test_every_job_is_done_once(jobs: list[int], workers: int) -> None:
    ran = run(doubling, jobs, workers=workers, cost=float)
    assert [outcome.result for outcome in ran.outcomes] == [job * 2 for job in jobs]


def test_the_longest_jobs_come_first_and_equal_ones_as_they_were() -> None:
    jobs = [10, 31, 20, 30, 11]
    ran = run(counting, jobs, workers=1, cost=lambda job: job // 10)
    by_turn = sorted((outcome.result for outcome in ran.outcomes if outcome.result), key=turn)
    assert [job for job, _ in by_turn] == [31, 30, 20, 10, 11]


def turn(result: tuple[int, int]) -> int:
    return result[1]


def test_no_jobs_are_done_at_once() -> None:
    assert run(doubling, [], workers=2, cost=float).outcomes == ()


def test_a_job_whose_worker_was_killed_is_done_again_alone(tmp_path: Path) -> None:
    log = tmp_path / "log"
    jobs = ["a", "kills once", "waits", "b"]
    told: list[str] = []
    ran = run(
        partial(mortal, log),
        jobs,
        workers=2,
        cost=same,
        finished=told.append,
    )
    killed = -signal.SIGKILL
    assert [outcome.result for outcome in ran.outcomes] == jobs
    assert [outcome.deaths for outcome in ran.outcomes] == [(), (killed,), (), ()]
    assert log.read_text("utf-8").splitlines()[-2:] == ["kills once begins", "kills once ends"]
    assert times(log, "kills once") == 2
    assert told[-1] == "kills once"
    assert sorted(told) == sorted(jobs)


@pytest.mark.parametrize(
    ("job", "code"),
    [("kills", -signal.SIGKILL), ("aborts", -signal.SIGABRT), ("leaves", 7)],
)
def test_a_job_that_kills_again_is_given_up_and_the_others_are_done(
    job: str, code: int, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    jobs = ["a", job, "b", job, "c"]
    ran = run(partial(mortal, log), jobs, workers=2, cost=same)
    assert [outcome.result for outcome in ran.outcomes] == ["a", None, "b", None, "c"]
    assert [outcome.deaths for outcome in ran.outcomes if not outcome.result] == [
        (code,) * TRIES
    ] * 2
    assert times(log, job) == 2 * TRIES
    assert multiprocessing.active_children() == []


def test_what_a_job_raises_ends_it_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    limits = Limits(data=100_000_000)
    jobs = ["a", "takes memory", "b"]
    ran = run(partial(mortal, tmp_path / "log"), jobs, workers=2, cost=same, limits=limits)
    assert [outcome.result for outcome in ran.outcomes] == ["a", None, "b"]
    assert capfd.readouterr().err.count("\nMemoryError") == TRIES


def test_a_worker_that_grew_makes_room_for_a_new_one() -> None:
    limits = Limits(resident=50_000_000)
    ran = run(worker, [200, 1, 1, 1], workers=1, cost=float, limits=limits)
    first, *others = [outcome.result for outcome in ran.outcomes]
    assert first not in others
    assert len(set(others)) == 1


def test_the_most_memory_of_a_worker_is_told() -> None:
    small = run(worker, [1, 1], workers=2, cost=float).memory
    large = run(worker, [1, 300, 1], workers=2, cost=float).memory
    assert large - small > 200_000_000


@pytest.mark.parametrize("method", METHODS)
def test_an_interruption_ends_all_workers_whatever_they_do(method: Method) -> None:
    def interrupt(_result: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(
            sleeping,
            [0.0, FOREVER, FOREVER],
            workers=3,
            cost=same,
            finished=interrupt,
            method=method,
        )
    assert multiprocessing.active_children() == []
