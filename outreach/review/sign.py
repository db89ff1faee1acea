"""Signing off: from a record and the texts as they are to a sealed record and its kept edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from outreach.guides import edition
from outreach.project import Source
from outreach.review.digests import pairs_of, source_digest, texts_digest
from outreach.review.editions import pairs_path, pairs_text, record_path, source_path
from outreach.review.record import Person, Record, SignOff, record_text, seal_of
from outreach.translations import Translations


def sealed(record: Record) -> Record:
    """Return the record with the seal that fits it. Only for what was just signed, or checked."""
    if record.signed is None:
        return record
    return replace(record, signed=replace(record.signed, seal=seal_of(record)))


def sign(
    record: Record,
    source: Source,
    texts: Translations,
    *,
    reviewer: Person,
    day: date,
    code: str,
    method: str,
) -> Record:
    """Return the record with a sign-off of the texts as they are. Nothing is asked here."""
    signed = SignOff(
        reviewer,
        day.isoformat(),
        edition(source.guide),
        source_digest(source.guide),
        texts_digest(pairs_of(source, texts)),
        code,
        method,
    )
    return sealed(replace(record, signed=signed))


def files_of(
    folder: str,
    record: Record,
    guide_text: str,
    source: Source,
    texts: Translations,
) -> Mapping[str, bytes]:
    """Return what a sign-off writes, by path in the project: the kept edition, then the record.

    `guide_text` is the guide's file, front matter and all, with line feeds as line ends.
    """
    return {
        source_path(folder, record.guide): guide_text.encode(),
        pairs_path(folder, record.guide): pairs_text(pairs_of(source, texts)).encode(),
        record_path(folder, record.guide): record_text(record).encode(),
    }
