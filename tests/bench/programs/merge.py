"""Brings an old catalog up to date with a template, as an update does: OLD TEMPLATE NEW."""

from __future__ import annotations

import sys
from pathlib import Path

from outreach.catalog.merge import merge
from outreach.catalog.po import format_catalog_bytes, load_catalog

if __name__ == "__main__":
    old, template, new = map(Path, sys.argv[1:])
    before, wanted = load_catalog(old, old.name), load_catalog(template, template.name)
    if before is None or wanted is None:
        sys.exit("a catalog is missing")
    messages = [message for message in wanted.messages if message.msgid]
    new.write_bytes(format_catalog_bytes(merge(before, messages)))
