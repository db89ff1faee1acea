"""A report as JSON, for other programs. Pure.

`version` grows when a field goes or changes its meaning; new fields may come at any time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from outreach.changes.data import json_text
from outreach.changes.words import Span
from outreach.staleness.records import Comparison, GuideReport, Part, Reading, Report, TextChange
from outreach.staleness.wording import keys_of

VERSION = 1


def as_json(report: Report) -> str:
    """The whole report; every field is there, also where nothing changed."""
    return json_text(
        {
            "version": VERSION,
            "project": report.project,
            "source_language": report.source.tag,
            "date": report.day,
            "since": report.since or None,
            "commit": report.commit or None,
            "guides": [_guide(guide) for guide in report.guides],
        }
    )


def _guide(guide: GuideReport) -> dict[str, Any]:
    return {
        "guide": guide.name,
        "id": guide.document,
        "title": guide.title,
        "path": guide.path,
        "edition": guide.edition or None,
        "critical": guide.critical,
        "comparisons": [_comparison(item) for item in guide.comparisons],
        "not_compared": [
            {"language": item.language.tag, "why": item.why} for item in guide.uncompared
        ],
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "kind": comparison.kind,
        "guide_before": comparison.former or None,
        "edition_before": comparison.edition or None,
        "new_words": comparison.new_words,
        "gone_words": comparison.gone_words,
        "languages": [_reading(reading) for reading in comparison.readings],
        "sections": [_part(part, comparison.readings) for part in comparison.parts],
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "language": reading.language.tag,
        "state": reading.state,
        "reviewed": reading.reviewed or None,
        "edition_code": reading.code or None,
        "readable": reading.readable,
    }


def _part(part: Part, readings: Sequence[Reading]) -> dict[str, Any]:
    return {
        "kind": part.kind,
        "moved": part.moved,
        "heading": part.heading,
        "heading_before": part.former or None,
        "line": part.line,
        "texts": [_text(text, readings) for text in part.texts],
    }


def _text(text: TextChange, readings: Sequence[Reading]) -> dict[str, Any]:
    return {
        "kind": text.kind,
        "block": text.block,
        "domain": text.domain,
        "line": text.line,
        "before": text.before or None,
        "now": text.now or None,
        "before_parts": _spans(text.before_parts),
        "now_parts": _spans(text.now_parts),
        "new_words": text.new_words,
        "gone_words": text.gone_words,
        "again": text.again,
        "same_words": text.same_words,
        "translations": {
            reading.language.tag: _translation(text, reading)
            for reading in readings
            if text.domain != "fixed"
        },
    }


def _translation(text: TextChange, reading: Reading) -> dict[str, Any]:
    before, now = keys_of(text)
    current = reading.now.get(now)
    return {
        "before": reading.before.get(before),
        "now": current.msgstr if current else None,
        "fuzzy": current.fuzzy if current else None,
    }


def _spans(spans: Sequence[Span]) -> list[dict[str, Any]]:
    return [{"text": span.text, "changed": span.changed} for span in spans]
