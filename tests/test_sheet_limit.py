"""The limit of time for what is drawn."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading

import pytest

from outreach.sheet.limit import limited

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such timer")


def forever() -> None:
    while True:
        pass


def stubborn() -> None:
    """Work that catches what stops it, as a library may."""
    caught = 0
    while caught < 2:
        try:
            forever()
        except TimeoutError:
            caught += 1
    forever()


@pytest.mark.parametrize("work", [forever, stubborn])
def test_work_without_end_is_stopped(work: object) -> None:
    with pytest.raises(TimeoutError), limited(0.05):
        work()  # type: ignore[operator]
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_what_is_in_time_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with limited(5):
        assert sum(range(1000)) == 499500
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) == before


def given_up() -> None:
    """Work of which a library catches that it was stopped, and goes on."""
    with contextlib.suppress(TimeoutError):
        forever()


def test_work_that_was_stopped_does_not_count_as_done() -> None:
    with pytest.raises(TimeoutError), limited(0.05):
        given_up()


def test_elsewhere_than_in_the_main_thread_there_is_no_limit() -> None:
    done: list[int] = []

    def work() -> None:
        with limited(0.001):
            done.append(sum(range(300_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [sum(range(300_000))]
