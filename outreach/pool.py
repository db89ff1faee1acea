"""A pool of processes that knows which job each of them is at. It knows nothing of guides.

Each worker has a pipe of its own to its parent, and ends when that is closed, whatever it does: so
nobody is left behind when the parent is killed. A job that a worker died of is tried once more,
with nothing else running.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, Literal, Protocol, TypeVar

if sys.platform != "win32":
    import resource

JobT = TypeVar("JobT")
ResultT = TypeVar("ResultT")
Method = Literal["fork", "spawn"]

METHOD: Method = "fork" if sys.platform == "linux" else "spawn"
"""Forking is cheap, and safe only where no library of the system starts threads by itself."""
TRIES = 2
"""How many workers may die of a job."""
_PATIENCE = 5.0
"""Seconds in which a worker that is not needed any more leaves by itself."""
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class NoWorkerError(Exception):
    """The system refuses to start a process; says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes of memory a worker may take beyond those it was born with; 0: any number."""

    data: int = 0
    """Of data. It is refused more: Python raises MemoryError then, and libraries may break off."""
    resident: int = 0
    """In the machine's memory. A worker that ever had more is given no further job."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[ResultT]):
    """What became of a job."""

    result: ResultT | None = None
    """None: every worker that tried it died. No job gives None."""
    deaths: tuple[int, ...] = ()
    """Exit codes of the workers that died of it; minus its number for a signal."""

    @property
    def is_final(self) -> bool:
        return self.result is not None or len(self.deaths) == TRIES


@dataclass(frozen=True, slots=True)
class Ran(Generic[ResultT]):
    """What became of all jobs."""

    outcomes: tuple[Outcome[ResultT], ...]
    """In the order of the jobs."""
    memory: int
    """The most bytes that a worker had in the machine's memory; 0 where the system tells nobody."""


def run(
    start: Callable[[], Callable[[JobT], ResultT]],
    jobs: Sequence[JobT],
    *,
    workers: int,
    cost: Callable[[JobT], float],
    limits: Limits = Limits(),
    finished: Callable[[ResultT], None] = lambda _result: None,
    method: Method = METHOD,
) -> Ran[ResultT]:
    """Do all jobs, the longest first, in as many processes as `workers` says.

    `start` is called once in each worker, and gives what does a job there. What a job raises ends
    its worker, as a signal does. `finished` is given each result as soon as it is there. `start`,
    jobs and results are pickled; where workers are forked, `start` is not.

    Raises NoWorkerError, and what `finished` raises. On any exception, all workers are gone when it
    leaves this function.
    """
    crew = _Crew(start, limits, method)
    order = sorted(range(len(jobs)), key=lambda number: -cost(jobs[number]))
    outcomes: list[Outcome[ResultT]] = [Outcome()] * len(jobs)
    for count in (workers, 1):
        left = {number: jobs[number] for number in order if not outcomes[number].is_final}
        with closing(crew.work(left, count)) as ended:
            for number, outcome in ended:
                deaths = (*outcomes[number].deaths, *outcome.deaths)
                outcomes[number] = Outcome(outcome.result, deaths)
                if outcome.result is not None:
                    finished(outcome.result)
    return Ran(tuple(outcomes), crew.memory)


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection

    def leave(self) -> int:
        """Its exit code, when it is gone."""
        self.pipe.close()
        self.process.join(_PATIENCE)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        return self.process.exitcode or 0


@dataclass(slots=True)
class _Crew(Generic[JobT, ResultT]):
    """The workers of a run."""

    start: Callable[[], Callable[[JobT], ResultT]]
    limits: Limits
    method: Method
    memory: int = 0
    busy: dict[Connection, tuple[_Worker, int]] = field(default_factory=dict)
    """Those who have a job, with its number, by their pipes."""
    idle: list[_Worker] = field(default_factory=list)

    def work(
        self, jobs: Mapping[int, JobT], count: int
    ) -> Generator[tuple[int, Outcome[ResultT]], None, None]:
        """Do jobs, `count` of them at a time; yield the number of each as it ends, and how."""
        waiting = iter(jobs.items())
        try:
            while True:
                for number, job in islice(waiting, count - len(self.busy)):
                    self._give(number, job)
                if not self.busy:
                    break
                ready = wait(list(self.busy))
                for pipe in [pipe for pipe in self.busy if pipe in ready]:
                    yield self._take(pipe)
        finally:
            self._dismiss()

    def _give(self, number: int, job: JobT) -> None:
        with _undisturbed():  # a worker that nobody knows of could not be ended
            worker = self.idle.pop() if self.idle else self._hired()
            self.busy[worker.pipe] = (worker, number)
        with suppress(OSError):  # it died meanwhile, as its answer will show
            worker.pipe.send(job)

    def _hired(self) -> _Worker:
        try:
            return self._started()
        except OSError as error:
            raise NoWorkerError((error.strerror or str(error)).lower()) from None

    def _started(self) -> _Worker:
        ours, theirs = Pipe()
        known = [ours, *self.busy, *(worker.pipe for worker in self.idle)]
        process: BaseProcess
        if self.method == "fork":
            arguments = (theirs, known, self.start, self.limits)
            process = get_context("fork").Process(target=work, args=arguments, daemon=True)
        else:
            arguments = (theirs, [], self.start, self.limits)
            process = get_context("spawn").Process(target=work, args=arguments, daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _take(self, pipe: Connection) -> tuple[int, Outcome[ResultT]]:
        worker, number = self.busy.pop(pipe)
        try:
            result, born, most = pipe.recv()
        except (EOFError, OSError):
            return number, Outcome(deaths=(worker.leave(),))
        self.memory = max(self.memory, most)
        if 0 < self.limits.resident < most - born:
            worker.leave()
        else:
            self.idle.append(worker)
        return number, Outcome(result)

    def _dismiss(self) -> None:
        """End all workers: those who are at a job at once, whatever they do."""
        for worker, _ in self.busy.values():
            worker.process.kill()
        everybody = [*(worker for worker, _ in self.busy.values()), *self.idle]
        for worker in everybody:
            worker.pipe.close()
        for worker in everybody:
            worker.leave()
        self.busy.clear()
        self.idle.clear()


class Channel(Protocol):
    """What a worker is given jobs by, and answers by; at its end, `recv` raises EOFError."""

    def recv(self) -> Any: ...  # noqa: ANN401  as a Connection has it

    def send(self, obj: Any, /) -> None: ...  # noqa: ANN401


def work(
    pipe: Channel,
    known: Sequence[Connection],
    start: Callable[[], Callable[[JobT], ResultT]],
    limits: Limits,
) -> None:
    """All that a worker does: jobs, until the pipe to its parent is closed.

    Its answers are the result, and the most bytes that it had when it was born, and ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    for other in known:  # forked along; while they are open, no worker sees its parent end
        other.close()
    born = _most_resident()
    _bound(limits.data)
    do = start()
    gc.freeze()
    for job in _asked(pipe):
        answer = (do(job), born, _most_resident())
        with suppress(BrokenPipeError, ConnectionResetError):
            pipe.send(answer)


def _asked(pipe: Channel) -> Iterator[Any]:
    """Yield jobs. When the pipe is closed, this process ends, also in the midst of a job."""
    jobs: SimpleQueue[Any] = SimpleQueue()

    def listen() -> None:
        try:
            with suppress(EOFError, ConnectionResetError):
                while True:
                    jobs.put(pipe.recv())
        finally:
            os._exit(0)

    Thread(target=listen, daemon=True).start()
    while True:
        yield jobs.get()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C: nobody would clean up, and a new process would print a traceback."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _most_resident() -> int:
    """The most bytes that this process ever had in the machine's memory; 0 if nobody knows."""
    if sys.platform == "win32":
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024  # macOS counts bytes, others kB


def _bound(data: int) -> None:
    """Let the system refuse this process more data than it has and so many bytes, if it can."""
    if sys.platform == "win32" or not data:
        return
    limits = resource.getrlimit(resource.RLIMIT_DATA)
    known = (limit for limit in limits if limit != resource.RLIM_INFINITY)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (min([data + _data(), *known]), limits[1]))


def _data() -> int:
    """Bytes of data that this process has (proc_pid_statm(5), its sixth number, is in pages)."""
    with suppress(OSError):
        pages = Path("/proc/self/statm").read_text("ascii").split()[5]
        return int(pages) * resource.getpagesize()
    return 0
