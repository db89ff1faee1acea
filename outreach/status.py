"""How far each guide is translated, and what there is to do first. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from outreach.model import Language
from outreach.review import listing
from outreach.review.listing import Item
from outreach.site import Site
from outreach.translations import LanguageTexts, Translations

Ages = Mapping[str, Mapping[str, str]]
"""For each guide an ISO date by msgid, as `outreach.ages` reads them."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one language has of one guide, or a sum of such rows."""

    guide: str
    """Its name; empty for a sum."""
    translated: int = 0
    fuzzy: int = 0
    missing: int = 0
    """Neither translated nor fuzzy."""
    errors: int = 0
    """Those of the missing that have a translation which is not shown because of an error."""
    words_left: int = 0
    """Words of the source in messages without a translation to show."""
    oldest: str | None = None
    """The ISO date since when the oldest text without a translation stands in the guide. Empty
    where the history does not reach back so far; None where nothing is known."""
    readable: bool = True
    """False where the catalog cannot be read: then nothing was counted."""
    item: Item | None = None
    """How the guide stands; None for a sum."""

    @property
    def total(self) -> int:
        return self.translated + self.fuzzy + self.missing

    @property
    def retired(self) -> bool:
        """Whether nobody looks at the catalog any more, so that there is nothing to do."""
        return self.item is not None and bool(self.item.retired)

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means complete."""
        return self.translated * 100 // self.total if self.total else 100


@dataclass(frozen=True, slots=True)
class Group:
    """The guides of one language, with their sum."""

    language: Language
    total: Row
    rows: tuple[Row, ...]


def untranslated(site: Site) -> set[str]:
    """The guides in which some language has a text to translate."""
    return {
        guide
        for read in site.kept_up.values()
        for guide, texts in read.guides.items()
        if texts.translated < texts.total and not texts.broken
    }


def groups(site: Site, ages: Ages) -> list[Group]:
    """The guides with messages, by language. What cannot be read comes first, then most words."""
    found = []
    for read in site.texts.values():
        rows = tuple(sorted(_rows(site, read, ages), key=_work))
        if rows:
            found.append(Group(read.language, summed(rows), rows))
    return sorted(found, key=lambda group: (*_most(group), group.language.tag))


def summed(rows: Sequence[Row]) -> Row:
    """The sum of those rows that could be read; readable if there is one."""
    read = [row for row in rows if row.readable]
    return Row(
        "",
        sum(row.translated for row in read),
        sum(row.fuzzy for row in read),
        sum(row.missing for row in read),
        sum(row.errors for row in read),
        sum(row.words_left for row in read),
        _oldest(row.oldest for row in read),
        readable=bool(read) or not rows,
    )


def as_json(found: Iterable[Group]) -> str:
    """The rows as a JSON list of objects; what was not counted is null."""
    rows = [_fields(group.language, row) for group in found for row in group.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _fields(language: Language, row: Row) -> dict[str, object]:
    counts = {
        "translated": row.translated,
        "fuzzy": row.fuzzy,
        "missing": row.missing,
        "words_left": row.words_left,
        "percent": row.percent,
        "errors": row.errors,
        "oldest_untranslated_change": row.oldest or None,
    }
    return {
        "language": language.tag,
        "name": language.english_name,
        "guide": row.guide,
        **(counts if row.readable else dict.fromkeys(counts)),
        "readable": row.readable,
        **(listing.fields(row.item) if row.item else {}),
    }


def _rows(site: Site, read: LanguageTexts, ages: Ages) -> Iterator[Row]:
    for guide, texts in read.guides.items():
        if texts.total:
            item = listing.item_of(site, read.language, guide)
            row = _row(site, guide, texts, ages.get(guide, {}))
            yield Row(guide, readable=False, item=item) if texts.broken else replace(row, item=item)


def _row(site: Site, guide: str, texts: Translations, days: Mapping[str, str]) -> Row:
    known = site.sources[guide].extracted
    left = {s.msgid for s in known.segments if not s.domain} - texts.texts.keys() - known.hidden
    return Row(
        guide,
        texts.translated,
        texts.fuzzy,
        texts.total - texts.translated - texts.fuzzy,
        texts.errors,
        sum(len(msgid.split()) for msgid in left),
        _oldest(days.get(msgid) for msgid in left),
    )


def _oldest(dates: Iterable[str | None]) -> str | None:
    """The empty date of a text older than the history comes before all others."""
    return min((date for date in dates if date is not None), default=None)


def _work(row: Row) -> tuple[bool, bool, int, int, str]:
    """Sorts what there is to do to the top."""
    return (row.retired, row.readable, -row.words_left, row.translated - row.total, row.guide)


def _most(group: Group) -> tuple[bool, bool, int, int, str]:
    retired = all(row.retired for row in group.rows)
    return (retired, all(row.readable for row in group.rows), *_work(group.total)[2:])
