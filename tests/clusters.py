"""A real Dask cluster on this machine: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from projects import ROOT

SOON = 60.0
"""Seconds after which what should happen soon will not happen any more."""


@dataclass(slots=True)
class Cluster:
    """Its processes know nothing of any project: they run in a folder without one."""

    folder: Path
    """Where they run."""
    cache: Path
    """What the workers keep."""
    address: str = ""
    scheduler: int = 0
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, module: str, *args: str, **variables: str) -> subprocess.Popen[bytes]:
        """Start a part of the cluster, with more variables in its environment."""
        command = [sys.executable, "-m", f"distributed.cli.{module}", *args]
        log = (self.folder / f"{module}-{len(self.processes)}.log").open("wb")
        environment = {**os.environ, "OUTREACH_CACHE": str(self.cache), **variables}
        environment.setdefault("PYTHONPATH", str(ROOT))
        process = subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=log, stderr=log
        )
        log.close()
        self.processes.append(process)
        return process

    def worker(self, threads: int = 1, **variables: str) -> subprocess.Popen[bytes]:
        """Start a worker, which need not be there yet when this returns."""
        options = ["--nthreads", str(threads), "--no-nanny", "--no-dashboard"]
        scratch = ["--local-directory", str(self.folder)]
        return self.start("dask_worker", self.address, *options, *scratch, **variables)

    def kill(self) -> None:
        """End all that is left of it."""
        for process in self.processes:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
            process.wait()


@contextmanager
def cluster(folder: Path, cache: Path, **variables: str) -> Iterator[Cluster]:
    """A scheduler, which has no outreach, and as yet no workers."""
    folder.mkdir()
    made = Cluster(folder, cache)
    file = folder / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0"]
    try:
        variables["PYTHONPATH"] = str(_without_outreach(folder / "bare"))
        made.start("dask_scheduler", *options, "--scheduler-file", str(file), **variables)
        made.scheduler = made.processes[0].pid
        made.address = _address(file)
        yield made
    finally:
        made.kill()


def _without_outreach(folder: Path) -> Path:
    """What a path begins with where our package is not installed."""
    (folder / "outreach").mkdir(parents=True)
    (folder / "outreach/__init__.py").write_text("raise ImportError('none here')", "utf-8")
    return folder


def _address(file: Path) -> str:
    end = time.monotonic() + SOON
    while True:
        with suppress(OSError, ValueError):
            found: Mapping[str, str] = json.loads(file.read_text("utf-8"))
            return found["address"]
        assert time.monotonic() < end
        time.sleep(0.05)
