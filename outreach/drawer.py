"""A process that draws sheets for another machine. `outreach.remote` starts it and talks to it."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from outreach import pool
from outreach.alike import digest, this_machine
from outreach.model import Location, OutreachError, Problem
from outreach.outputs import problem_of
from outreach.remote import Channel
from outreach.sheet import start, warm
from outreach.sheet.drawing import Drawing, draw
from outreach.sheet.fonts import FontSet
from outreach.sheet.packed import unpack
from outreach.sheet.report import Drawn
from outreach.workers import LIMITS

Answer = tuple[bytes, Drawn] | Problem | None
"""A sheet and what was found in it; or why there is none, where None stands for too much memory."""


def main() -> None:
    """Draw what standard input asks for, until it ends; answers go to standard output."""
    channel = Channel(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb"))
    os.dup2(sys.stderr.fileno(), 1)  # what a library prints is no answer
    machine, packed = channel.recv()
    try:
        fonts = _fonts(machine, packed)
    except OutreachError as error:
        channel.send(error.problem.text)
        return
    channel.send("")
    pool.work(channel, [], partial(_start, fonts), LIMITS)


def _fonts(machine: str, packed: bytes) -> FontSet:
    """Make the fonts ready. Raises OutreachError where other bytes would be drawn than wanted."""
    if digest(this_machine()) != machine:
        text = "is not like the machine that builds, so it would draw other bytes"
        raise OutreachError(Problem(Location("outreach"), text))
    fonts = unpack(pickle.loads(packed))  # noqa: S301  (who may call us may do anything: SECURITY.md)
    warm(fonts)
    return fonts


def _start(fonts: FontSet) -> Callable[[bytes], bytes]:
    engine = start(fonts)

    def answer(job: bytes) -> Answer:
        drawing: Drawing = pickle.loads(job)  # noqa: S301
        # A library that forgets to look whether it was given memory makes it a SystemError.
        with suppress(MemoryError, SystemError):
            try:
                pdf = draw(engine, drawing)
            except (OutreachError, OSError) as error:
                return problem_of(error, drawing.shown)
            return pdf.data, pdf.drawn
        return None

    return lambda job: pickle.dumps(answer(job))
