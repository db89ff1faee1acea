"""Calling a signed sheet back: from a record to one without the sign-off. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from outreach.model import is_blank, without_controls
from outreach.project import Source
from outreach.review.digests import pairs_of, texts_digest
from outreach.review.record import Record, Withdrawal
from outreach.review.standing import Standing
from outreach.translations import Translations


def withdrawn(record: Record, reason: str, codes: Iterable[str], day: date, texts: str) -> Record:
    """Return the record with a withdrawal, and without its sign-off.

    So deleting the withdrawal by hand does not bring the sheet back. `codes` are of earlier
    printings; those of the sign-off, and of a withdrawal that holds, come first.
    """
    last = record.withdrawn[-1].codes if record.is_withdrawn else ()
    own = (record.signed.code,) if record.signed and record.signed.code else ()
    found = tuple(dict.fromkeys((*last, *own, *codes)))
    item = Withdrawal(day.isoformat(), reason, found, texts)
    return replace(record, signed=None, withdrawn=(*record.withdrawn, item))


def texts_of(record: Record, standing: Standing, source: Source | None, texts: Translations) -> str:
    """Return the digest of the texts that are called back: while they are as now, no draft shows.

    Those of the sign-off where nobody can read them, or where they were edited since: then a draft
    shows, as it did before.
    """
    if record.is_withdrawn:
        return record.withdrawn[-1].texts
    holds = standing.state in ("reviewed", "outdated") or standing.critical
    if source and holds and not texts.broken:
        return texts_digest(pairs_of(source, texts))
    return record.signed.texts if record.signed else ""


def unfit_reason(reason: str) -> str:
    """Why a reason cannot be printed, in words; empty where it can."""
    if is_blank(reason):
        return "say in a few words, for readers and staff, why the sheet is withdrawn"
    if reason != without_controls(reason) or any("\ud800" <= char <= "\udfff" for char in reason):
        return "write the reason on one line, without signs that nobody sees"
    return ""
