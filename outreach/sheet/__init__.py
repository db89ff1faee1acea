"""The printed sheet: fonts, the view of a page, and the engine that draws it.

First `prepare` the fonts, once, in the user's cache. Then, in each process, `start` an engine. For
each page `sheet_html` gives the document, and `Engine.pdf` draws it.
"""

from __future__ import annotations

import importlib
import os
from importlib.resources import files
from typing import TYPE_CHECKING

from outreach.sheet.fonts import FontSet

if TYPE_CHECKING:
    from outreach.sheet.engine import Engine


def warm(fonts: FontSet) -> None:
    """Load the engine's code, so that processes forked from this one need not.

    Raises `OutreachError` when a native library is missing.
    """
    # Read by fontconfig as soon as WeasyPrint is imported.
    os.environ["FONTCONFIG_FILE"] = str(fonts.conf)
    # It would be put before the path of every font, so that none is found, and Pango breaks down.
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    # Else Pango goes by `LANGUAGE` for phrases in another script than the text around them.
    os.environ["PANGO_LANGUAGE"] = "en"
    importlib.import_module("outreach.sheet.engine")


def start(fonts: FontSet) -> Engine:
    """Return an engine that draws with these fonts; raises `OutreachError` as `warm` does."""
    warm(fonts)
    from outreach.sheet.engine import Engine  # noqa: PLC0415  (needs the fonts first)

    return Engine(fonts, stylesheet())


def stylesheet() -> str:
    """Return the style sheet that all sheets share."""
    return (files("outreach") / "styles" / "sheet.css").read_text(encoding="utf-8")
