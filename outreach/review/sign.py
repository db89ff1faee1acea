"""Signing off: from a record and the texts as they are to a sealed record and its kept edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from outreach.config import Config
from outreach.files import inside, read_bytes
from outreach.guides import edition
from outreach.model import Location, OutreachError, Problem
from outreach.project import Source
from outreach.review.digests import pairs_of, source_digest, texts_digest
from outreach.review.editions import pairs_path, pairs_text, record_path, source_path
from outreach.review.record import Person, Record, SignOff, read_record, record_bytes, seal_of
from outreach.translations import Translations
from outreach.writing import Write, write_all

_NONE: Mapping[str, Record | None] = {}


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
    path = record_path(folder, record.guide)
    return {
        source_path(folder, record.guide): guide_text.encode(),
        pairs_path(folder, record.guide): pairs_text(pairs_of(source, texts)).encode(),
        path: record_bytes(record, path),
    }


def write_records(
    config: Config, files: Mapping[str, bytes], former: Mapping[str, Record | None] = _NONE
) -> list[str]:
    """Write all these files of a project or none; returns the paths of those that changed.

    `former` are records as they were read, by path. Raises OutreachError when the system refuses a
    file, when such a record is another one now, and for a path that is a link or lies outside of
    the project: nobody may sign what then stands elsewhere.
    """
    refuse_links(config, files)
    writes = []
    for path, data in files.items():
        file = config.root / path
        before = read_bytes(file, path) if file.is_file() else None
        if path in former and (read_record(before, path) if before else None) != former[path]:
            text = "was changed by somebody else in the meantime; run the command again"
            raise OutreachError(Problem(Location(path), text, rule="record"))
        writes.append(Write(path, data, before))
    return write_all(config.root, writes)


def refuse_links(config: Config, paths: Iterable[str]) -> None:
    """Raise OutreachError for a path that is a link, or leads out of the project by one."""
    for path in paths:
        file = config.root / path
        if file.is_symlink() or not inside(file, config.root):
            text = "is a link, or lies behind one that leads out of the project; remove the link"
            raise OutreachError(Problem(Location(path), text, rule="record"))
