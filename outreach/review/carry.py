"""What becomes of a record when its guide gets another name, or is split. Pure."""

from __future__ import annotations

from dataclasses import replace

from outreach.review.record import Record, seal_of
from outreach.review.sign import sealed


def renamed(record: Record, language: str, guide: str, new: str) -> Record:
    """Return the record of a guide in a language under the guide's new name.

    A sign-off goes along: it is of texts, which are the same. One that was changed by hand, or is
    another guide's, goes along without a seal, so that it counts as little as before.
    """
    moved = replace(record, guide=new)
    if record.signed is None:
        return moved
    ours = (record.guide, record.language) == (guide, language)
    if ours and record.signed.seal == seal_of(record):
        return sealed(moved)
    return replace(moved, signed=replace(record.signed, seal=""))


def parted(record: Record, new: str) -> Record:
    """Return the record of a guide for one that holds a part of its text.

    Without a sign-off: the reviewer saw other texts around these. A withdrawal that holds goes on
    holding; one that a sign-off had ended is history of the whole.
    """
    withdrawn = record.withdrawn if record.is_withdrawn else ()
    return replace(record, guide=new, signed=None, withdrawn=withdrawn)
