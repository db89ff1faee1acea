"""Runs one command, and prints what it and its children took, as JSON.

    python -I -S launcher.py SECONDS PROCESSORS OUTPUT COMMAND…

It is a small process of its own because the system counts the memory of the process that starts a
command as the command's own, until the command has more.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from types import FrameType

UNIT = 1 if sys.platform == "darwin" else 1024
"""Of the peak memory that the system tells, in bytes."""
FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def main(limit: float, processors: int, output: str, command: list[str]) -> None:
    """Run a command, its output into a file; 0 processors are all."""
    if processors:
        chosen = sorted(os.sched_getaffinity(0))[:processors]
        os.sched_setaffinity(0, chosen)
    signal.signal(signal.SIGALRM, _late)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    actions = [(os.POSIX_SPAWN_OPEN, 1, output, FLAGS, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]
    start = time.monotonic()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions, setpgroup=0)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        _, status, used = os.wait4(child, 0)
    except (TimeoutError, KeyboardInterrupt) as error:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print(json.dumps({"late": isinstance(error, TimeoutError)}))
        return
    signal.setitimer(signal.ITIMER_REAL, 0)
    found = {
        "cpu": used.ru_utime + used.ru_stime,
        "clock": time.monotonic() - start,
        "memory": used.ru_maxrss * UNIT,
        "code": os.waitstatus_to_exitcode(status),
    }
    print(json.dumps(found))


def _late(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
