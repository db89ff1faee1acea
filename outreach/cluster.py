"""Make outputs on a Dask cluster: the same jobs, and the same bytes, as on one machine.

The parent makes web pages and the documents of sheets, because these need the project. Workers
draw: each sheet is one call of `remote.draw`.
"""

from __future__ import annotations

import hashlib
import logging
import operator
import pickle
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from pkgutil import resolve_name
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from outreach import alike, remote, workers
from outreach.drawer import Answer
from outreach.model import Location, OutreachError, Problem, UsageError
from outreach.outputs import Done, Job, Maker, Output, drawings, problem_of
from outreach.publish import stage
from outreach.sheet.fonts import FontSet
from outreach.sheet.packed import pack
from outreach.site import Site, page_path
from outreach.workers import LIMITS, MB, SMALLER, Made, cost, how_ended, problem, too_large

try:
    import dask
    import distributed
    from distributed.client import ClosedClientError
except ImportError as _error:
    raise UsageError(
        "--scheduler needs the package distributed; install it here and on all workers: "
        'pip install "outreach[cluster]"'
    ) from _error

CONNECT = 5.0
"""Seconds in which a scheduler has to answer."""
WAIT = 10.0
"""Seconds in which a cluster has to have a worker."""
TRIES = 2
"""How many processes may die of a sheet."""
_EACH = 3
"""Sheets that are sent for each thread of the cluster, so that none waits for the next one."""
_TICK, _LOOK = 1.0, 5.0
"""Seconds between two looks at a silent cluster, and at one that answers."""
_GRACE = 0.5
"""Seconds in which to say good-bye."""
_OURS = {"distributed.admin.large-graph-warning-threshold": "1 GB"}
"""What is changed in Dask's configuration: sheets with pictures may be large."""

_LOST = (OSError, distributed.TimeoutError, distributed.CancelledError, ClosedClientError)
"""What distributed raises where it does not reach a scheduler."""

_STRANGE = (
    *(ArithmeticError, AssertionError, LookupError, MemoryError),
    *(RuntimeError, TypeError, ValueError),
)
"""What it raises where another program answers than a scheduler, or TLS is not set up."""

_DRAW = f"{remote.draw.__module__}:{remote.draw.__name__}"
_LOUD = ("asyncio", "distributed", "tornado")
for _name in (*_LOUD, *logging.root.manager.loggerDict):
    # What is to be told of a cluster is told in our words.
    if _name.partition(".")[0] in _LOUD:
        _logger = logging.getLogger(_name)
        _logger.handlers, _logger.propagate = [logging.NullHandler()], False


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet that is to be drawn."""

    number: int
    """Of its job."""
    path: str
    drawing: bytes
    deaths: tuple[int, ...] = ()
    """Exit codes of the processes that died of it."""


def run(
    address: str,
    site: Site,
    jobs: Sequence[Job],
    folder: Path,
    fonts: FontSet | None,
    finished: Callable[[Done], None],
) -> Made:
    """Make everything that the jobs ask for, as `workers.run` does; sheets on a cluster.

    Raises OutreachError when there is no cluster at the address, when it has no workers or gets
    lost, and when a worker would draw other bytes than this machine.
    """
    if fonts is None or not any(job.variants for job in jobs):
        return workers.run(site, jobs, folder, None, finished)
    tally = _Tally(site, jobs, folder, finished)
    with _connected(address) as client, workers.settled():
        cluster = _Cluster(address, client, fonts, site)
        waiting, pages = tally.sheets(), tally.pages()
        while True:
            for sheet in islice(waiting, cluster.room()):
                cluster.send(sheet)
            is_busy = next(pages, None) is not None  # a page is made while the cluster draws
            if not is_busy and not cluster.flying:
                break
            for sheet, answer in cluster.arrived(wait=not is_busy):
                for again in tally.take(sheet, answer):
                    cluster.send(again)
        cluster.dismiss()
    return tally.made


class _Cluster:
    """A cluster that is known to draw what this machine would draw."""

    def __init__(self, address: str, client: Any, fonts: FontSet, site: Site) -> None:  # noqa: ANN401
        self._address, self._client = address, client
        self._machine = alike.this_machine()
        self._check()
        packed = pickle.dumps(pack(fonts, site.fonts))
        name = hashlib.sha256(packed).hexdigest()
        self._terms = (alike.digest(self._machine), name, LIMITS.resident)
        with self._reached():
            # Only Python's own functions: a scheduler reads what it is sent, and has no outreach.
            self._draw = client.submit(resolve_name, _DRAW, pure=False)
            self._fonts = client.submit(bytes, packed, pure=False)
        self._queue: SimpleQueue[Any] = SimpleQueue()
        self._threads, self._looked, self._seen = 1, 0.0, time.monotonic()
        self.flying: dict[Any, _Sheet] = {}
        """The sheets that were sent, by what stands for their answers."""

    def room(self) -> int:
        """How many sheets may be sent now."""
        if time.monotonic() - self._looked > _LOOK:
            self._look()
        return max(0, _EACH * max(1, self._threads) - len(self.flying))

    def send(self, sheet: _Sheet) -> None:
        """Let some worker draw a sheet."""
        given = (sheet.drawing, self._fonts, self._terms)
        with self._reached():
            future = self._client.submit(operator.call, self._draw, *given, pure=False)
        self.flying[future] = sheet
        future.add_done_callback(self._queue.put)

    def arrived(self, *, wait: bool) -> Iterator[tuple[_Sheet, remote.Answer]]:
        """Yield a sheet that is answered, if there is one, or if there is soon one to wait for."""
        try:
            future = self._queue.get(block=wait, timeout=_TICK)
        except Empty:
            if wait:
                self._look()
            return
        yield self.flying.pop(future), self._answer(future)

    def dismiss(self) -> None:
        """Let workers end the processes that drew."""
        with suppress(*_LOST):
            self._client.run(remote.dismiss, on_error="ignore")

    def _answer(self, future: Any) -> remote.Answer:  # noqa: ANN401
        answer: remote.Answer
        with self._reached():
            error = future.exception()
            answer = future.result() if error is None else ("failed", error, 0)
        if isinstance(error, distributed.KilledWorker):
            return "killed", None, 0
        if answer[0] in ("refused", "failed"):
            self._check()  # it may be able to say what differs
            text = f"a worker cannot draw: {_brief(error)}" if error else answer[1]
            raise _refused(self._address, f"{text}; {_ALIKE}")
        return answer

    def _look(self) -> None:
        """See to it that the cluster is there, and how large it is now."""
        self._looked = now = time.monotonic()
        if self._client.status != "running":
            raise self._lost()
        with self._reached():
            self._threads = sum(self._client.nthreads().values())
        if self._threads:
            self._seen = now
        elif now - self._seen > WAIT:
            text = "all workers left the cluster; what they drew is kept. Start some, and build"
            raise _refused(self._address, f"{text} again")

    def _check(self) -> None:
        """Raise OutreachError when a worker would draw other bytes than this machine."""
        with self._reached():
            found = self._client.run(remote.machine, on_error="return")
        for worker, machine in sorted(found.items()):
            if isinstance(machine, Exception):
                text = f"the worker {worker} cannot use outreach: {_brief(machine)}"
                raise _refused(self._address, f"{text}; {_ALIKE}")
            if other := alike.differences(self._machine, machine):
                text = f"the worker {worker} would draw other bytes than this machine: {other}"
                raise _refused(self._address, f"{text}; {_ALIKE}")

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Turn what distributed raises without a scheduler into an OutreachError."""
        try:
            yield
        except _LOST as lost:
            raise self._lost() from lost

    def _lost(self) -> OutreachError:
        text = "the scheduler does not answer any more; what was drawn is kept. Build again when"
        return _refused(self._address, f"{text} it is there")


_ALIKE = "install the same there as here, such as the same container, and start the workers anew"


class _Tally:
    """What is made of all jobs, and what is still to be made."""

    def __init__(
        self, site: Site, jobs: Sequence[Job], folder: Path, finished: Callable[[Done], None]
    ) -> None:
        self._site, self._jobs, self._folder = site, jobs, folder
        self._finished = finished
        self._order = sorted(range(len(jobs)), key=lambda number: -cost(site, jobs[number]))
        self._answers: list[dict[str, Output | Problem]] = [{} for _ in jobs]
        self._warnings: list[list[Problem]] = [[] for _ in jobs]
        self._done: dict[int, Done] = {}
        self._memory = 0

    @property
    def made(self) -> Made:
        done = (self._done[number] for number in range(len(self._jobs)))
        return Made(tuple(done), round(self._memory / MB))

    def sheets(self) -> Iterator[_Sheet]:
        """Yield what is to be drawn, the longest jobs first."""
        for number in self._order:
            job = self._jobs[number]
            left = [path for path in job.paths if path.endswith(".pdf")]
            try:
                for path, drawing in drawings(self._site, job):
                    yield _Sheet(number, path, pickle.dumps(drawing))
                    left.remove(path)
            except (OutreachError, OSError) as error:
                for path in left:
                    self._put(number, path, problem_of(error, job.guide))

    def pages(self) -> Iterator[str]:
        """Make the web pages one by one; yield the path of each."""
        maker = Maker(self._site, self._folder, None)
        for number, job in enumerate(self._jobs):
            if job.html:
                path = page_path(job.language, job.guide)
                done = maker.make(replace(job, variants=()))
                self._put(number, path, done.outputs.get(path) or done.problems[0])
                yield path

    def take(self, sheet: _Sheet, answer: remote.Answer) -> Iterator[_Sheet]:
        """Keep what became of a sheet; yield it when it is to be drawn once more."""
        kind, content, most = answer
        job = self._jobs[sheet.number]
        self._memory = max(self._memory, most)
        if kind == "drawn":
            if sheet.deaths:
                text = f"{_died(sheet.deaths[-1])}; drawn once more, it came out well"
                self._warnings[sheet.number].append(problem(self._site, job, text, "warning"))
            self._put(sheet.number, sheet.path, self._staged(job, sheet.path, content))
        elif kind == "died" and len(sheet.deaths) + 1 < TRIES:
            yield replace(sheet, deaths=(*sheet.deaths, content))
        else:
            how = f"{_died(content)}, also when it was drawn once more" if content else _KILLED
            text = f"{how}; {SMALLER}, or give the workers more memory, and build again"
            self._put(sheet.number, sheet.path, problem(self._site, job, text))

    def _staged(self, job: Job, path: str, content: bytes) -> Output | Problem:
        answer: Answer = pickle.loads(content)  # noqa: S301  (of a cluster that is trusted)
        if answer is None:
            return too_large(self._site, job)
        if isinstance(answer, Problem):
            return answer
        try:
            return Output(stage(self._folder, path, answer[0]), answer[1])
        except OutreachError as error:
            return error.problem

    def _put(self, number: int, path: str, answer: Output | Problem) -> None:
        """Keep an answer; when it is the last one of a job, that is done."""
        job, answers = self._jobs[number], self._answers[number]
        answers[path] = answer
        if len(answers) == len(job.paths):
            done = _merged(job, answers, self._warnings[number])
            self._done[number] = done
            self._finished(done)


def _merged(job: Job, answers: Mapping[str, Output | Problem], warnings: Sequence[Problem]) -> Done:
    """What a job made, up to the first output that could not be made, as `Maker.make` has it."""
    outputs: dict[str, Output] = {}
    for path in job.paths:
        answer = answers[path]
        if isinstance(answer, Problem):
            return Done(job, outputs, (*warnings, answer), failed=True)
        outputs[path] = answer
    return Done(job, outputs, tuple(warnings))


_KILLED = "every worker of the cluster that was given its sheet broke down or was lost"


def _died(code: int) -> str:
    return f"the process that drew its sheet on the cluster {how_ended(code)}"


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """Give a client of a cluster that has workers. Nothing of it is printed or left behind."""
    with dask.config.set(_OURS), warnings.catch_warnings():
        # Of versions, which we look at more closely.
        warnings.filterwarnings("ignore", module="distributed|dask|tornado")
        client = _client(address)
        try:
            _wait(address, client)
            yield client
        finally:
            with suppress(*_LOST):
                client.close(timeout=_GRACE)


def _client(address: str) -> Any:  # noqa: ANN401
    """A client of the scheduler at an address.

    It is made in a thread, because distributed waits for ever where something else answers.
    """
    made: SimpleQueue[Any] = SimpleQueue()

    def make() -> None:
        try:
            made.put(distributed.Client(address, timeout=CONNECT, set_as_default=False))
        except (*_LOST, *_STRANGE) as error:
            made.put(error)

    Thread(target=make, daemon=True).start()
    try:
        found = made.get(timeout=2 * CONNECT)
    except Empty:
        found = None
    if found is None or isinstance(found, Exception):
        text = "no scheduler answers there; start one with `dask scheduler`, or mend the address"
        if address.startswith("tls:"):
            text = f"{text}, or the certificates in Dask's configuration (distributed.comm.tls)"
        raise _refused(address, text) from found
    return found


def _wait(address: str, client: Any) -> None:  # noqa: ANN401
    try:
        client.wait_for_workers(1, timeout=WAIT)
    except _LOST as error:
        text = f"the cluster has no workers; start some with `dask worker {address}`"
        raise _refused(address, text) from error


def _brief(error: BaseException) -> str:
    """The first line of an error, and its kind."""
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _refused(address: str, text: str) -> OutreachError:
    return OutreachError(Problem(Location(address), text))
