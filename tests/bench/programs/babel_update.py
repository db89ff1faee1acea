"""Brings an old catalog up to date with a template as `pybabel update` does: OLD TEMPLATE NEW."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.pofile import read_po, write_po

if __name__ == "__main__":
    with Path(sys.argv[1]).open("rb") as old, Path(sys.argv[2]).open("rb") as template:
        catalog, wanted = read_po(old), read_po(template)
    catalog.update(wanted)
    with Path(sys.argv[3]).open("wb") as new:
        write_po(new, catalog)
