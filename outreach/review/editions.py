"""The last edition that was signed: a copy of the guide and of its pairs, beside the record.

So it can be printed when the English has changed, from any clone, without the history. What lies
there counts only while it has the digests that were signed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from outreach.catalog.format import format_catalog, header_message
from outreach.catalog.po import Catalog, read_catalog
from outreach.config import Config
from outreach.files import decode_text, inside, read_bytes
from outreach.guides import parse_guide
from outreach.markup.extract import extract
from outreach.model import Guide, Language, Message, OutreachError
from outreach.project import Folders, Source
from outreach.review.digests import Pair, source_digest, texts_digest
from outreach.review.record import Record, SignOff, read_record
from outreach.translations import Translations, read_kept

FOLDER = "reviews"
"""Beside `LC_MESSAGES` in the folder of a language."""

_LINKS = "link target"
"""The msgctxt of link targets in kept pairs."""


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
    """Where the pairs that were signed lie: a catalog, called so that no tool takes it for work."""
    return f"{folder}/{guide}.signed.txt"


def load_record(config: Config, path: str) -> Record | None:
    """The record in a file of the project; None where there is none. Raises OutreachError."""
    file = config.root / path
    try:
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        data = read_bytes(file, path)  # says what the system refuses
    return read_record(data, path)


def pairs_text(language: Language, pairs: Iterable[Pair]) -> str:
    """The text of a file with signed pairs, without a word on people."""
    fields = (("Language", language.locale), ("Content-Type", "text/plain; charset=UTF-8"))
    comment = "The texts of the edition that was signed. Written by `outreach`: do not edit."
    messages = (_message(pair) for pair in pairs)
    return format_catalog(header_message(fields, (comment,)), messages)


def load_edition(
    config: Config, language: Language, guide: Guide | str, folder: str, signed: SignOff
) -> Edition | None:
    """The edition that was signed; None where it is not there as it was signed.

    `guide` is the guide as it is now, or the name of one that is gone.
    """
    name, place = (guide, guide) if isinstance(guide, str) else (guide.name, guide.path)
    if isinstance(guide, str):
        place = f"{config.content}/{guide}.md"
    try:
        text = decode_text(_bytes(config, source_path(folder, name)), name)
        catalog = read_catalog(_bytes(config, pairs_path(folder, name)), pairs_path(folder, name))
    except OutreachError:
        return None
    former = () if isinstance(guide, str) else guide.former
    kept = replace(parse_guide(text, name, place), former=former)
    if source_digest(kept) != signed.source:
        return None
    source = Source(
        kept,
        extract(kept, raw_html=config.raw_html, addresses=True, leave_out=config.leave_out),
    )
    pairs = sorted(map(_pair, catalog.messages))
    if texts_digest(pairs) != signed.texts:
        return None
    return Edition(source, _translations(config, language, source, catalog), frozenset(pairs))


def kept_pairs(config: Config, guide: str, folder: str) -> list[Pair]:
    """The pairs that lie beside a record, whatever they are worth; none where there are none."""
    path = pairs_path(folder, guide)
    try:
        catalog = read_catalog(_bytes(config, path), path)
    except OutreachError:
        return []
    return sorted(map(_pair, catalog.messages))


def _bytes(config: Config, path: str) -> bytes:
    """A file of the project, never one that a link leads to outside of it."""
    file = config.root / path
    if file.is_symlink() or not inside(file, config.root):
        return b""
    return read_bytes(file, path)


def _message(pair: Pair) -> Message:
    domain, context, msgid, msgstr = pair
    msgctxt = _LINKS if domain else context[1:] if context else None
    return Message(msgid, msgstr, msgctxt)


def _pair(message: Message) -> Pair:
    if message.msgctxt == _LINKS:
        return ("links", "", message.msgid, message.msgstr)
    context = "" if message.msgctxt is None else f"+{message.msgctxt}"
    return ("", context, message.msgid, message.msgstr)


def _translations(
    config: Config, language: Language, source: Source, catalog: Catalog
) -> Translations:
    links = [message for message in catalog.messages if message.msgctxt == _LINKS]
    texts = [message for message in catalog.messages if message.msgctxt != _LINKS]
    return read_kept(config, language, source, catalog, texts, links)
