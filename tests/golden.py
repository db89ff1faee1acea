"""Makes `tests/data/site/expected/` anew: run it when pages are meant to look different.

    python tests/golden.py

Then read the difference as a reviewer would: it is what readers will see.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from projects import SITE, build, files, write

EXPECTED = SITE / "expected"


def pages(folder: Path) -> dict[str, bytes]:
    """All web pages of the small project, built into a folder."""
    outcome = build(SITE, "-o", str(folder))
    if outcome.code:
        raise SystemExit(outcome.err)
    return files(folder, "*.html")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = pages(Path(folder))
    shutil.rmtree(EXPECTED, ignore_errors=True)
    write(EXPECTED, made)


if __name__ == "__main__":
    main()
