"""The command: measure, and print the table.

python -m bench [--quick] [--peers] [--only TOPIC]… [--scale N] [-o FILE]
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bench import builds, catalogs, extraction, pages, reviews, scale, sheets
from bench.measure import Bench
from bench.peers import peers_folder
from bench.table import Row, machine, markdown
from outreach.model import OutreachError
from outreach.store import cache_folder

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
    "reviews": reviews.rows,
    "scale": scale.rows,
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
        shared_fonts(bench)
        for line in report(bench, chosen.only or list(TOPICS)):
            print(line, flush=True)
    return 0


def report(bench: Bench, topics: Sequence[str]) -> Iterator[str]:
    """The lines of the report: how it was measured, the machine, and the table."""
    rows = []
    for topic in topics:
        bench.say(f"--- {topic}")
        rows += list(_rows(bench, topic))
    yield f"Ours / theirs; the least of {bench.rounds} rounds, in turn. Machine: {machine()}."
    yield ""
    yield from markdown(rows, bench.folder)
    missed = [f"{row.what} beside {row.beside}" for row in rows if row.missed]
    yield ""
    yield f"Goals missed: {'; '.join(missed) or 'none'}."


def shared_fonts(bench: Bench) -> None:
    """Copy the fonts that the user's cache has: to make them anew takes a minute."""
    for folder in (cache_folder() / "fonts").glob("[A-Z]*"):
        shutil.copytree(folder, bench.cache / "fonts" / folder.name)


def _rows(bench: Bench, topic: str) -> Iterator[Row]:
    """The rows of a topic; one that says so when it cannot go on, since the others still can."""
    try:
        yield from TOPICS[topic](bench)
    except (OSError, RuntimeError, subprocess.SubprocessError, OutreachError) as error:
        bench.say(traceback.format_exc())
        yield Row(topic, "", remarks=f"stopped: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description="Measure outreach beside others.")
    parser.add_argument("--quick", action="store_true", help="small inputs and few rounds")
    parser.add_argument("--peers", action="store_true", help="install what is missing")
    parser.add_argument("--only", action="append", choices=TOPICS, help="only this topic")
    parser.add_argument("--scale", type=float, default=1, help="how large the projects get")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
