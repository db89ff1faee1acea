"""A limit of time for what strangers' files make the print engine do."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator

_AGAIN = 0.5
"""Seconds after which it is raised again, where a library caught it."""


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `TimeoutError` in what is done meanwhile, after some seconds of the processor.

    It is the last guard, against what goes on without end: how long something takes depends on the
    machine, so what is drawn must not depend on it. Therefore `TimeoutError` leaves the block also
    where a library caught it and went on. Only a process's main thread can have limits, and not on
    Windows; elsewhere nothing is raised.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or not hasattr(signal, "setitimer"):
        yield
        return
    late = False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal late
        late = True
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    if late:
        raise TimeoutError
