"""A report as one HTML page that a coordinator can send to a translator. Pure.

It fetches nothing and runs nothing, so it can be sent as a file, read on a phone, and printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from outreach.changes.words import Span, one_line, shown
from outreach.pages.environment import render
from outreach.staleness import wording
from outreach.staleness.records import Report


def as_html(report: Report) -> str:
    """The page. Its own words are English; each text says which language it is in."""
    return render(
        "changes.html",
        str,
        report=report,
        source=report.source,
        say=wording,
        one_line=one_line,
        parts=_parts,
    ).strip()


def _parts(spans: Sequence[Span]) -> list[tuple[bool, str]]:
    """Whether each part changed, and how it is shown; line ends stay."""
    return [(span.changed, shown(span)) for span in spans]
