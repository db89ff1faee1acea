"""How well and how fast catalogs are brought up to date: ours, msgmerge and Babel.

Run with `make bench`, or `make bench ARGS=--quick` for smaller catalogs. Every program is a process
of its own that reads the old catalog and the new template and writes the new catalog. Times are
processor seconds. A match is right when the new text was made from the old one whose translation it
was given; of texts that were written anew every match is wrong. Nothing here is asserted.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import seconds
from edits import Edits, made_edits, score, written_edits

from outreach.catalog.format import format_catalog, header_message
from outreach.catalog.po import load_catalog
from outreach.model import Message

OURS = """
import sys
from pathlib import Path
from outreach.catalog.merge import merge
from outreach.catalog.po import format_catalog_bytes, load_catalog
old, template, out = map(Path, sys.argv[1:])
messages = [message for message in load_catalog(template, "t").messages if message.msgid]
out.write_bytes(format_catalog_bytes(merge(load_catalog(old, "o"), messages)))
"""
BABEL = """
import sys
from babel.messages.pofile import read_po, write_po
with open(sys.argv[1], "rb") as old, open(sys.argv[2], "rb") as template:
    catalog, new = read_po(old), read_po(template)
catalog.update(new)
with open(sys.argv[3], "wb") as out:
    write_po(out, catalog)
"""
MARK = "ES "
"""What our made translations begin with; the old text follows."""


@dataclass(frozen=True, slots=True)
class Program:
    """One that merges catalogs."""

    name: str
    command: Callable[[Sequence[str]], Sequence[str]]
    """From the old catalog, the template and the new catalog."""
    limit: float
    """Seconds after which it is stopped."""


def main(arguments: Sequence[str]) -> None:
    """Print the tables."""
    quick = "--quick" in arguments
    limit = 20 if quick else 120
    programs = (
        Program("outreach", lambda files: [sys.executable, "-c", OURS, *files], limit),
        Program("msgmerge", _msgmerge, limit),
        Program("Babel", lambda files: [sys.executable, "-c", BABEL, *files], limit),
    )
    print("matches of old texts to new ones; processor seconds; megabytes at most")
    with tempfile.TemporaryDirectory() as folder:
        for name, edits in _tables(quick=quick):
            print(f"\n{name}: {len(edits.old)} old, {len(edits.new)} new texts")
            print(f"{len(edits.right)} of the new ones were made from old ones")
            print("            right  wrong  seconds")
            for program in programs:
                print(f"  {program.name:10}{_row(program, edits, Path(folder))}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"\nlargest of all these processes: {peak / (1 << 20 if _MAC else 1 << 10):.0f} MB")


def _tables(*, quick: bool) -> Iterator[tuple[str, Edits]]:
    yield "edits that people wrote, by kind", written_edits()
    size = 10 if quick else 1
    yield "every day: one text in twenty edited", made_edits(4750 // size, 250 // size, 0, 0)
    # The time of the others grows with the square of the size: they end only the small one.
    sizes = (2300, 1400, 902, 2526)
    yield "years later, a fifth of it: much is new", made_edits(*(part // 5 for part in sizes))
    if not quick:
        yield "years later: much is new", made_edits(*sizes)


_MAC = sys.platform == "darwin"


def _msgmerge(files: Sequence[str]) -> Sequence[str]:
    old, template, out = files
    return ["msgmerge", "--quiet", "-o", out, old, template]


def _row(program: Program, edits: Edits, folder: Path) -> str:
    """Right and wrong matches, and processor seconds; or why there are none."""
    old, template, out = (folder / name for name in ("old.po", "new.pot", "out.po"))
    _write(old, [Message(text, msgstr=MARK + text) for text in edits.old])
    _write(template, [Message(text) for text in edits.new])
    command = program.command([str(old), str(template), str(out)])
    if not shutil.which(command[0]):
        return "  is not installed"
    try:
        taken = seconds(command, program.limit)
    except subprocess.TimeoutExpired:
        return f"  was stopped after {program.limit:.0f} s"
    right, wrong = score(edits, _found(out, edits))
    return f"{right:7}{wrong:7}{taken:9.2f}"


def _write(path: Path, messages: Sequence[Message]) -> None:
    fields = [("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=UTF-8")]
    fields += [("Content-Transfer-Encoding", "8bit"), ("Language", "es")]
    path.write_text(format_catalog(header_message(fields, ()), messages), "utf-8")


def _found(path: Path, edits: Edits) -> dict[str, str]:
    """For new texts the old one whose translation they were given."""
    catalog = load_catalog(path, path.name)
    old = set(edits.old)
    return {
        message.msgid: message.msgstr.removeprefix(MARK)
        for message in (catalog.messages if catalog else ())
        if message.msgstr and message.msgid not in old and not message.obsolete and message.msgid
    }


if __name__ == "__main__":
    main(sys.argv[1:])
