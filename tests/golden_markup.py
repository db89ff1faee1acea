"""The golden files of the msgid format, in `tests/data/markup/`.

Each holds cases of the form `title . guide . extracted .`. To write the last part anew, where the
format is meant to change:

    python tests/golden_markup.py

A difference in there is serious: every existing translation of such a text would be orphaned.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from markdown_it.utils import read_fixture_file

from outreach.guides import parse_guide
from outreach.markup.extract import extract

FOLDER = Path(__file__).parent / "data" / "markup"
ALLOWED = "raw-html-allowed"
"""The file whose cases may hold raw HTML."""


def cases(path: Path) -> Iterator[tuple[str, str, str]]:
    """Title, guide and what should be extracted, for each case of a file."""
    for _line, title, guide, extracted in read_fixture_file(path):
        yield title, guide, extracted


def extracted(text: str, *, raw_html: bool) -> str:
    """What is extracted from a guide, one line each: where, what, under which heading, msgid.

    Notes to translators stand below their text, and problems of the guide at the end.
    """
    found = extract(parse_guide(text, "guide", "guide.md"), raw_html=raw_html)
    lines: list[str] = []
    for segment in found.segments:
        words = json.dumps(segment.msgid, ensure_ascii=False)
        kind = f"{segment.kind} ({segment.domain})" if segment.domain else segment.kind
        lines.append(f"{segment.location.line} | {kind} | {segment.section} | {words}")
        lines += [f"  note: {note}" for note in segment.notes]
    lines += [f"! {item.location.line} {item.severity} {item.rule}" for item in found.problems]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def main() -> None:
    for path in sorted(FOLDER.glob("*.md")):
        parts = [
            f"{title}\n.\n{guide}.\n{extracted(guide, raw_html=path.stem == ALLOWED)}.\n"
            for title, guide, _old in cases(path)
        ]
        path.write_text("\n".join(parts), "utf-8")


if __name__ == "__main__":
    main()
