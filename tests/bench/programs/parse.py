"""Parses every Markdown file below a folder, and does nothing else: the bare parse.

markdown-it-py with what the dialect of our guides needs, as it comes: tables, strikethrough, task
lists, footnotes, definition lists, front matter and containers. Says its processor seconds without
those of its start.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

NAMES = ("card", "example", "lines", "module", "note", "steps", "warning")


def dialect() -> MarkdownIt:
    """A parser for guides."""
    markdown = MarkdownIt("commonmark", {"tasklists": True}).enable(["table", "strikethrough"])
    markdown.use(front_matter_plugin).use(footnote_plugin).use(deflist_plugin)
    for name in NAMES:
        markdown.use(container_plugin, name)
    return markdown


if __name__ == "__main__":
    start = time.process_time()
    parser = dialect()
    for path in sorted(Path(sys.argv[1]).rglob("*.md")):
        parser.parse(path.read_text("utf-8"))
    print(time.process_time() - start)
