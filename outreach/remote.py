"""What a worker of a cluster does: hand sheets on to processes of its own, which draw them.

So each sheet has the limits of time and memory that it has on one machine, and what breaks down
takes nothing along. All that is given and returned is made of Python's own types: whatever version
of outreach a worker has, it can say so.
"""

from __future__ import annotations

import os
import pickle
import platform
import subprocess
import sys
from contextlib import suppress
from threading import Lock
from typing import Any, BinaryIO

from outreach import alike

Terms = tuple[str, str, int]
"""What a machine has to be like, a name for the fonts, and how many bytes a process may keep."""
Answer = tuple[str, Any, int]
"""`drawn`, the pickled answer, and the most bytes that it took; `died` and the exit code of the
process; or `refused` and why, because a worker is not as it has to be."""

_PATIENCE = 5.0
"""Seconds in which a process that is not needed any more leaves by itself."""
_idle: list[_Drawer] = []
_lock = Lock()


class Channel:
    """Sends and receives objects through two streams of bytes."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._reader, self._writer = reader, writer

    def recv(self) -> Any:  # noqa: ANN401  as a Connection has it
        """Wait for an object. Raises EOFError when there will be none."""
        try:
            return pickle.load(self._reader)  # noqa: S301
        except pickle.UnpicklingError:  # it ends in the midst of one
            raise EOFError from None

    def send(self, obj: Any, /) -> None:  # noqa: ANN401
        """Send an object. Raises BrokenPipeError when nobody listens."""
        pickle.dump(obj, self._writer)
        self._writer.flush()


def machine() -> dict[str, str]:
    """What the worker's machine is like."""
    return alike.this_machine()


def draw(job: bytes, fonts: bytes, terms: Terms) -> Answer:
    """Have a sheet drawn. A worker with several threads draws in as many processes."""
    try:
        drawer = _taken(fonts, terms)
    except (OSError, EOFError) as error:
        return "refused", f"{_here()} cannot start a process: {_reason(error)}", 0
    if drawer.refused:
        drawer.leave()
        return "refused", f"{_here()} {drawer.refused}", 0
    try:
        drawer.channel.send(job)
        answer, born, most = drawer.channel.recv()
    except (OSError, EOFError):
        return "died", drawer.leave(), 0
    if most - born > terms[2]:
        drawer.leave()
    else:
        with _lock:
            _idle.append(drawer)
    return "drawn", answer, most


def dismiss() -> None:
    """End the processes that have nothing to do: a build is over."""
    with _lock:
        gone = list(_idle)
        _idle.clear()
    for drawer in gone:
        drawer.leave()


class _Drawer:
    """A process that runs `outreach.drawer`."""

    def __init__(self, fonts: bytes, terms: Terms) -> None:
        self.terms = terms
        # Not by multiprocessing: workers that a nanny started may have no such children.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from outreach.drawer import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
        )
        reader, writer = self._process.stdout, self._process.stdin
        if reader is None or writer is None:
            raise EOFError
        self._writer = writer
        self.channel = Channel(reader, writer)  # type: ignore[arg-type]
        try:
            self.channel.send((terms[0], fonts))
            self.refused: str = self.channel.recv()
        except (OSError, EOFError):
            self.leave()
            raise

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def leave(self) -> int:
        """Its exit code, when it is gone."""
        with suppress(OSError):
            self._writer.close()
        try:
            return self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()
        finally:
            if self._process.stdout:
                self._process.stdout.close()


def _taken(fonts: bytes, terms: Terms) -> _Drawer:
    """A process that has nothing to do and has these fonts, or a new one."""
    with _lock:
        others = [it for it in _idle if it.terms != terms or not it.alive]
        for it in others:
            _idle.remove(it)
        found = _idle.pop() if _idle else None
    for it in others:
        it.leave()
    return found or _Drawer(fonts, terms)


def _reason(error: OSError | EOFError) -> str:
    return str(error) or "it ended at once"


def _here() -> str:
    return f"a worker on {platform.node()} (process {os.getpid()})"
