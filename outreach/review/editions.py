"""The last edition that was signed: a copy of the guide and of its pairs, beside the record.

So it can be printed when the English has changed, from any clone, without the history. What lies
there counts only while it has the digests that were signed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace

from outreach.config import Config
from outreach.files import decode_text, inside, read_bytes
from outreach.guides import parse_guide
from outreach.limits import MOST_CATALOG, MOST_FILE
from outreach.markup.extract import extract
from outreach.model import Guide, Language, Message, OutreachError
from outreach.project import Folders, Source
from outreach.review.digests import Pair, source_digest, texts_digest
from outreach.review.record import Record, SignOff, read_record
from outreach.translations import Translations, read_kept

FOLDER = "reviews"
"""Beside `LC_MESSAGES` in the folder of a language."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A guide and its translation as they were signed."""

    source: Source
    translations: Translations
    pairs: frozenset[Pair]
    """All that were signed, also those of parts that are left out now."""


def reviews_folder(config: Config, language: Language, spelled: Folders) -> str:
    """Where the records of a language lie, relative to the project."""
    name = spelled.own.get(language.tag) or spelled.catalogs.get(language.tag) or language.locale
    for folder in dict.fromkeys((name, language.locale, language.tag)):
        path = f"{config.locale}/{folder}/{FOLDER}"
        if (config.root / path).is_dir():
            return path
    return f"{config.locale}/{name}/{FOLDER}"


def record_path(folder: str, guide: str) -> str:
    """Where the record of a guide lies in the folder of its language's records."""
    return f"{folder}/{guide}.toml"


def source_path(folder: str, guide: str) -> str:
    """Where the guide as it was signed lies."""
    return f"{folder}/{guide}.source.md"


def pairs_path(folder: str, guide: str) -> str:
    """Where the pairs that were signed lie: as no tool for translators would read them."""
    return f"{folder}/{guide}.signed.json"


def load_record(config: Config, path: str) -> Record | None:
    """The record in a file of the project; None where there is none. Raises OutreachError."""
    file = config.root / path
    found = os.path.lexists(file)
    return read_record(read_bytes(file, path, MOST_FILE), path) if found else None


def pairs_text(pairs: Iterable[Pair]) -> str:
    """The text of a file with signed pairs: a JSON list with a pair on each line."""
    lines = ",\n".join(json.dumps(pair, ensure_ascii=False) for pair in pairs)
    return f"[\n{lines}\n]\n"


def kept_pairs(config: Config, guide: str, folder: str) -> list[Pair]:
    """The pairs that lie beside a record, whatever they are worth; none where there are none."""
    try:
        found = list(map(tuple, json.loads(_bytes(config, pairs_path(folder, guide)))))
    except (OutreachError, ValueError, TypeError, RecursionError):
        return []
    texts = {type(text) for pair in found for text in pair} <= {str}
    return found if texts and {len(pair) for pair in found} <= {4} else []


def signed_pairs(
    config: Config, guide: str, folder: str, signed: SignOff
) -> frozenset[Pair] | None:
    """The pairs that were signed; None where they are not there as they were signed."""
    pairs = kept_pairs(config, guide, folder)
    return frozenset(pairs) if texts_digest(pairs) == signed.texts else None


def kept_text(config: Config, guide: str, folder: str) -> bytes:
    """The source guide that lies beside a record, whatever it is worth; empty without one."""
    try:
        return _bytes(config, source_path(folder, guide))
    except OutreachError:
        return b""


def kept_guide(data: bytes, name: str, path: str) -> Guide | None:
    """The guide in a kept file, in the place of the one that is at a path now."""
    try:
        return parse_guide(decode_text(data, path), name, path)
    except OutreachError:
        return None


def load_edition(
    config: Config, language: Language, guide: Guide | str, folder: str, signed: SignOff
) -> Edition | None:
    """The edition that was signed; None where it is not there as it was signed.

    `guide` is the guide as it is now, or the name of one that is gone.
    """
    name = guide if isinstance(guide, str) else guide.name
    path = f"{config.content}/{guide}.md" if isinstance(guide, str) else guide.path
    kept = kept_guide(kept_text(config, name, folder), name, path)
    pairs = signed_pairs(config, name, folder, signed)
    if kept is None or pairs is None or source_digest(kept) != signed.source:
        return None
    former = () if isinstance(guide, str) else guide.former
    source = kept_source(config, replace(kept, former=former))
    return Edition(source, _translations(config, language, source, pairs), pairs)


def kept_source(config: Config, guide: Guide) -> Source:
    """A kept guide with its texts."""
    return Source(
        guide,
        extract(guide, raw_html=config.raw_html, addresses=True, leave_out=config.leave_out),
    )


def _bytes(config: Config, path: str) -> bytes:
    """A file of the project, never one that a link leads to outside of it."""
    file = config.root / path
    if file.is_symlink() or not inside(file, config.root):
        return b""
    return read_bytes(file, path, MOST_CATALOG)


def _translations(
    config: Config, language: Language, source: Source, pairs: Iterable[Pair]
) -> Translations:
    texts: list[Message] = []
    links: list[Message] = []
    for domain, context, msgid, msgstr in pairs:
        message = Message(msgid, msgstr, context[1:] if context else None)
        (links if domain else texts).append(message)
    return read_kept(config, language, source, texts, links)
