"""The command: measure, and print the table.

    python -m bench [--quick] [--peers] [--only TOPIC]… [--scale N] [-o FILE]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bench import builds, catalogs, extraction, pages, sheets
from bench.measure import Bench
from bench.peers import peers_folder
from bench.table import Row, machine, markdown

Topic = Callable[[Bench], Iterator[Row]]
TOPICS: Mapping[str, Topic] = {
    "extraction": extraction.rows,
    "update": catalogs.update_rows,
    "check": catalogs.check_rows,
    "html": pages.rows,
    "pdf": sheets.rows,
    "start": builds.start_rows,
    "clean": builds.clean_rows,
    "again": builds.again_rows,
}


def main(arguments: Sequence[str]) -> int:
    """Print the table as Markdown; what is measured meanwhile goes to standard error."""
    chosen = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="outreach-bench-") as name:
        bench = Bench(
            Path(name).resolve(),
            chosen.quick,
            chosen.scale,
            peers_folder() if chosen.peers else None,
            lambda text: print(text, file=sys.stderr, flush=True),
        )
        for line in report(bench, chosen.only or TOPICS):
            print(line, flush=True)
    return 0


def report(bench: Bench, topics: Sequence[str] | Mapping[str, Topic]) -> Iterator[str]:
    """The lines of the report: how it was measured, the machine, and the table."""
    rows = []
    for topic in topics:
        bench.say(f"--- {topic}")
        rows += list(TOPICS[topic](bench))
    yield f"Ours / theirs; the least of {bench.rounds} rounds, in turn. Machine: {machine()}."
    yield ""
    yield from markdown(rows, bench.folder)
    missed = [f"{row.what} beside {row.beside}" for row in rows if row.missed]
    yield ""
    yield f"Goals missed: {'; '.join(missed) or 'none'}."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description="Measure outreach beside others.")
    parser.add_argument("--quick", action="store_true", help="small inputs and few rounds")
    parser.add_argument("--peers", action="store_true", help="install what is missing")
    parser.add_argument("--only", action="append", choices=TOPICS, help="only this topic")
    parser.add_argument("--scale", type=float, default=1, help="how large the projects get")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
