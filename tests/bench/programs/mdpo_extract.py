"""Extracts guides with mdpo's library, a catalog for each: CONTENT OUT. Run with mdpo's Python.

Its command puts all into one catalog, which takes the square of the number of guides.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mdpo.md2po import markdown_to_pofile  # type: ignore[import-not-found]

if __name__ == "__main__":
    for path in sorted(Path(sys.argv[1]).rglob("*.md")):
        target = Path(sys.argv[2]) / f"{path.stem}.po"
        markdown_to_pofile(str(path), save=True, po_filepath=str(target))
