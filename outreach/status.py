"""How far each guide is translated."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from outreach.site import Site


@dataclass(frozen=True, slots=True)
class Row:
    """One guide in one language."""

    language: str
    """Its tag."""
    name: str
    """Its English name."""
    guide: str
    translated: int
    fuzzy: int
    missing: int
    words_left: int
    """Words of the source in messages without a translation to show."""
    percent: int


def rows(site: Site) -> list[Row]:
    """A row for each guide with messages in each language, those with most work left first."""
    found = list(_rows(site))
    return sorted(found, key=lambda row: (-row.words_left, row.language, row.guide))


def as_json(items: Sequence[Row]) -> str:
    """The rows as a JSON list."""
    return json.dumps([asdict(row) for row in items], ensure_ascii=False, indent=2)


def as_table(items: Sequence[Row]) -> str:
    """The rows as aligned columns, with a line of totals."""
    if not items:
        return "No language has been started; begin one with `outreach init LANGUAGE`."
    head = ("language", "guide", "translated", "fuzzy", "missing", "words left", "%")
    lines = [head, *(_cells(row) for row in items), _total(items)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(_line(line, widths) for line in lines)


def _rows(site: Site) -> Iterator[Row]:
    for tag, read in site.texts.items():
        for guide, texts in read.guides.items():
            if not texts.total:
                continue
            segments = site.sources[guide].extracted.segments
            left = {s.msgid for s in segments if not s.domain and s.msgid not in texts.texts}
            yield Row(
                tag,
                read.language.english_name,
                guide,
                texts.translated,
                texts.fuzzy,
                texts.total - texts.translated - texts.fuzzy,
                sum(len(msgid.split()) for msgid in left),
                texts.percent,
            )


def _cells(row: Row) -> tuple[str, ...]:
    counts = (row.translated, row.fuzzy, row.missing, row.words_left, row.percent)
    return (f"{row.language} {row.name}", row.guide, *map(str, counts))


def _total(items: Sequence[Row]) -> tuple[str, ...]:
    sums = [
        sum(row.translated for row in items),
        sum(row.fuzzy for row in items),
        sum(row.missing for row in items),
        sum(row.words_left for row in items),
    ]
    share = sums[0] * 100 // sum(sums[:3])
    return ("total", "", *map(str, sums), str(share))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    texts = [cell.ljust(width) for cell, width in zip(cells[:2], widths[:2], strict=True)]
    numbers = [cell.rjust(width) for cell, width in zip(cells[2:], widths[2:], strict=True)]
    return "  ".join([*texts, *numbers])
