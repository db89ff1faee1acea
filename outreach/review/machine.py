"""Which translations a machine made: digests of them for the records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from outreach.catalog.po import Catalog
from outreach.config import Config
from outreach.model import Language, is_blank
from outreach.project import ONE_DOMAIN, Source, catalog_path, catalogs_on_disk, folders
from outreach.review.digests import text_digest
from outreach.review.plan import own_record, place_of
from outreach.review.record import MACHINE, Record
from outreach.stored import catalog_at
from outreach.translations import by_msgid


@dataclass(frozen=True, slots=True)
class Marked:
    """A record that says which texts of a guide a machine made."""

    path: str
    record: Record
    texts: int
    """Translations that the guide has now and a machine made."""
    new: int
    """Those that the record did not have yet."""
    former: Record | None = None
    """The record as it was; None where there was none."""


def marked_records(
    config: Config, language: Language, sources: Iterable[Source], former: Collection[str] = ()
) -> Iterator[Marked]:
    """Yield the record of each guide that has translations which are not among former ones.

    Raises OutreachError for a catalog or a record that cannot be read.
    """
    for source in sources:
        place = place_of(config, language, source.guide.name)
        catalog = catalog_at(config, place.catalog)
        texts = list(texts_of(source, catalog)) if catalog else []
        there = own_record(place)
        before = there or Record(place.guide, language.tag)
        record = marked(before, texts, former)
        known = {text_digest(text) for text in texts}
        if record.machine & known:
            new = len(record.machine - before.machine)
            yield Marked(place.record, record, len(known & record.machine), new, there)


def texts_of(source: Source, catalog: Catalog) -> Iterator[str]:
    """Yield each translation of a guide, also fuzzy ones; those of links are left out."""
    messages = by_msgid(catalog.messages)
    for msgid in dict.fromkeys(it.msgid for it in source.extracted.segments if not it.domain):
        message = messages.get(msgid)
        if message and not is_blank(message.msgstr):
            yield message.msgstr


def marked(record: Record, texts: Iterable[str], former: Collection[str] = ()) -> Record:
    """Return the record that says of these texts, but for former ones, that a machine made them.

    The method becomes that of a machine's draft where it made all of them, and nothing is signed: a
    sign-off says it for itself, and holds on.
    """
    found = list(texts)
    machine = record.machine | {text_digest(text) for text in found if text not in former}
    made = bool(found) and all(text_digest(text) in machine for text in found)
    method = MACHINE if made and record.signed is None else record.method
    return replace(record, machine=machine, method=method)


def all_texts(config: Config, language: Language) -> set[str]:
    """Every translation in the catalogs of a language.

    Raises OutreachError for a catalog that cannot be read.
    """
    spelled = folders(config)
    paths = [path for _, path in catalogs_on_disk(config, language, spelled)]
    if not config.per_guide:
        paths.append(catalog_path(config, language, ONE_DOMAIN, spelled))
    catalogs = (catalog_at(config, path) for path in paths)
    return {message.msgstr for item in catalogs if item for message in item.messages}
