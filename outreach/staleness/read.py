"""What there is to compare: the editions that were signed, or the guides at a revision."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from outreach.changes.guides import renamed
from outreach.changes.snapshot import Past
from outreach.config import Config
from outreach.dates import today
from outreach.guides import document_id, edition, front_matter_text, is_critical
from outreach.model import Language, Message, OutreachError, is_blank
from outreach.project import LINKS, Source, catalog_path, domain_of, folders, read_sources
from outreach.reading import Read
from outreach.review.digests import Pair, source_digest
from outreach.review.editions import (
    kept_guide,
    kept_source,
    kept_text,
    reviews_folder,
    signed_pairs,
)
from outreach.review.record import Record, SignOff
from outreach.review.source import same_page
from outreach.review.standing import Standing, sign_off_problem
from outreach.site import Site
from outreach.staleness.compare import compare, keys_of
from outreach.staleness.records import (
    Comparison,
    GuideReport,
    Key,
    Part,
    Reading,
    Report,
    TextChange,
    Translation,
    Uncompared,
)
from outreach.stored import catalog_at
from outreach.translations import by_msgid

NEVER = "never reviewed"

_NOT_KEPT = "the edition that was signed is not kept as it was"
Pairs = frozenset[Pair]


def since_review(read: Read, languages: Sequence[Language]) -> Report:
    """What changed in each guide since each of the languages was reviewed."""
    reader = _Reader(read.site)
    return _report(
        read.site,
        (_reviewed(reader, source, languages) for source in read.site.sources.values()),
    )


def since_revision(read: Read, languages: Sequence[Language], past: Past, since: str) -> Report:
    """What changed in each guide since a revision, for all of the languages.

    `since` is what was asked for. Raises OutreachError when the guides of then cannot be read.
    """
    now = read.site.sources
    then = {it.guide.name: it for it in read_sources(past.config, addresses=True)[0]}
    names = renamed(then, now)
    reader = _Reader(read.site, _Catalogs(past.config))
    others = _Others(then, now)
    found = [
        _since(reader, then.get(names.get(name, name)), source, others, languages)
        for name, source in now.items()
    ]
    gone = (it for name, it in then.items() if name not in now and name not in names.values())
    found += [_gone(source, others) for source in gone]
    return replace(_report(read.site, found), since=since, commit=past.commit)


def _report(site: Site, guides: Iterable[GuideReport]) -> Report:
    found = sorted(
        guides,
        key=lambda it: (not it.changed, not (it.changed and it.critical), -it.new_words, it.name),
    )
    return Report(site.config.name, site.source, today().isoformat(), tuple(found))


class _Catalogs:
    """The messages of a project's catalogs, each catalog read once."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._folders = folders(config)
        self._read: dict[str, Mapping[str, Message] | None] = {}

    def messages(self, language: Language, domain: str) -> Mapping[str, Message] | None:
        """The live messages of a catalog by msgid; None where it cannot be read."""
        path = catalog_path(self.config, language, domain, self._folders)
        if path not in self._read:
            self._read[path] = self._messages(path)
        return self._read[path]

    def _messages(self, path: str) -> Mapping[str, Message] | None:
        try:
            catalog = catalog_at(self.config, path)
        except OutreachError:
            return None
        return by_msgid(catalog.messages) if catalog else {}


class _Reader:
    """Reads what each language has and had of the texts that changed."""

    def __init__(self, site: Site, then: _Catalogs | None = None) -> None:
        self.site = site
        self._now = _Catalogs(site.config)
        self._then = then
        self._folders = folders(site.config)
        self.kept: dict[tuple[str, str], Source] = {}
        """Guides as they were signed, by name and digest."""

    def standing(self, language: Language, source: Source) -> Standing:
        return self.site.standing(language, source.guide.name)

    def signed(self, language: Language, source: Source) -> tuple[Record, SignOff] | str:
        """The record with a sign-off that counts, whatever was edited since; else why not."""
        retired = self.site.config.retired.get(language.tag, "")
        if language.tag in self.site.retired:
            return f"not kept up any more since {retired}"
        record = self.standing(language, source).record
        if record is None:
            why = self.standing(language, source).why
            return why if "cannot be read" in why else NEVER
        if record.is_withdrawn:
            return f"withdrawn on {record.withdrawn[-1].date}, and not reviewed again"
        if record.signed is None:
            return NEVER
        wrong = sign_off_problem(self.site.config, record, source.guide.name, language.tag)
        return f"the sign-off does not count: {wrong}" if wrong else (record, record.signed)

    def pairs(self, language: Language, source: Source, signed: SignOff) -> Pairs | None:
        """What was signed; None where it is not kept as it was."""
        folder = reviews_folder(self.site.config, language, self._folders)
        return signed_pairs(self.site.config, source.guide.name, folder, signed)

    def then(self, language: Language, source: Source, signed: SignOff) -> Source | None:
        """The guide as it was signed, read once for all languages; None as above."""
        key = (source.guide.name, signed.source)
        if key not in self.kept:
            folder = reviews_folder(self.site.config, language, self._folders)
            data = kept_text(self.site.config, source.guide.name, folder)
            kept = kept_guide(data, source.guide.name, source.guide.path)
            if kept is None or source_digest(kept) != signed.source:
                return None
            self.kept[key] = kept_source(self.site.config, kept)
        return self.kept[key]

    def reading(self, language: Language, source: Source) -> Reading:
        """A language without any of its texts."""
        state, found = self.standing(language, source).state, self.signed(language, source)
        if isinstance(found, str):
            return Reading(language, state)
        _, signed = found
        reviewer = signed.reviewer.name if signed.reviewer.consent else ""
        return Reading(language, state, signed.date, signed.code, reviewer)

    def with_texts(
        self, reading: Reading, guides: tuple[str, str], parts: Iterable[Part], pairs: Pairs
    ) -> Reading:
        """The same with what it has and had of the texts that changed.

        `guides` are the names of the guide then and now.
        """
        texts = [text for part in parts for text in part.texts if text.domain in ("", LINKS)]
        signed = {(domain, msgid): msgstr for domain, _, msgid, msgstr in pairs}
        former, name = guides
        before = dict(self._before(reading.language, former, texts)) | {
            key: signed[key] for text in texts if (key := (text.domain, text.before)) in signed
        }
        now, readable = {}, True
        for text in texts:
            messages = self._now.messages(reading.language, self._domain(text, name))
            readable = readable and messages is not None
            message = (messages or {}).get(text.now)
            if text.now and message and not is_blank(message.msgstr):
                now[text.domain, text.now] = Translation(message.msgstr, message.fuzzy)
        return replace(reading, readable=readable, before=before, now=now)

    def _before(
        self, language: Language, guide: str, texts: Iterable[TextChange]
    ) -> Iterator[tuple[Key, str]]:
        """The translations that could be shown then, where the past is at hand."""
        if self._then is None:
            return
        for text in texts:
            messages = self._then.messages(language, self._domain(text, guide))
            message = (messages or {}).get(text.before)
            if text.before and message and message.translated:
                yield (text.domain, text.before), message.msgstr

    def _domain(self, text: TextChange, guide: str) -> str:
        return text.domain or domain_of(self.site.config, guide)


def _reviewed(reader: _Reader, source: Source, languages: Iterable[Language]) -> GuideReport:
    """A guide beside each of the editions that were signed and still count."""
    groups: dict[str, list[tuple[Language, Pairs]]] = {}
    uncompared: list[Uncompared] = []
    now = source_digest(source.guide)
    for language in languages:
        if not reader.site.wants(language, source.guide.name):
            continue
        found = reader.signed(language, source)
        if isinstance(found, str):
            uncompared.append(Uncompared(language, found))
            continue
        _, signed = found
        if signed.source == now or reader.standing(language, source).state == "reviewed":
            groups.setdefault("", []).append((language, frozenset()))
            continue
        pairs = reader.pairs(language, source, signed)
        if pairs is None or reader.then(language, source, signed) is None:
            uncompared.append(Uncompared(language, _NOT_KEPT))
        else:
            groups.setdefault(signed.source, []).append((language, pairs))
    guide = _guide(source)
    return replace(
        guide,
        critical=guide.critical or any(reader.standing(it, source).critical for it in languages),
        comparisons=tuple(
            _comparison(reader, source, digest, group) for digest, group in groups.items()
        ),
        uncompared=tuple(uncompared),
    )


def _comparison(
    reader: _Reader, source: Source, digest: str, group: Sequence[tuple[Language, Pairs]]
) -> Comparison:
    """A guide beside the one that some languages have signed, by its digest; empty: the same."""
    old = reader.kept.get((source.guide.name, digest))
    readings = [reader.reading(language, source) for language, _ in group]
    parts = compare(old, source) if old else ()
    if old is None or not (parts or _differs(reader.site, old, source)):
        return Comparison("same", readings=tuple(readings))
    names = (source.guide.name, source.guide.name)
    return Comparison(
        "changed",
        edition=edition(old.guide),
        parts=parts,
        readings=tuple(
            reader.with_texts(reading, names, parts, pairs)
            for reading, (_, pairs) in zip(readings, group, strict=True)
        ),
    )


class _Others:
    """The texts of all other guides, then and now."""

    def __init__(self, then: Mapping[str, Source], now: Mapping[str, Source]) -> None:
        self._then = {name: keys_of(source) for name, source in then.items()}
        self._now = {name: keys_of(source) for name, source in now.items()}

    def of(self, former: str, name: str) -> tuple[Collection[Key], Collection[Key]]:
        """Those of then and those of now, for a guide and what it was called."""
        return (
            frozenset[Key]().union(*(it for key, it in self._then.items() if key != former)),
            frozenset[Key]().union(*(it for key, it in self._now.items() if key != name)),
        )


def _since(
    reader: _Reader,
    old: Source | None,
    source: Source,
    others: _Others,
    languages: Iterable[Language],
) -> GuideReport:
    name = source.guide.name
    former = old.guide.name if old else name
    wanted = [it for it in languages if reader.site.wants(it, name)]
    retired = [it for it in wanted if it.tag in reader.site.retired]
    readings = [reader.reading(it, source) for it in wanted if it not in retired]
    parts = compare(old, source, *others.of(former, name))
    changed = parts or old is None or _differs(reader.site, old, source)
    pairs: dict[str, Pairs] = {}
    for language in wanted if changed else ():
        found = reader.signed(language, source)
        signed = None if isinstance(found, str) else reader.pairs(language, source, found[1])
        pairs[language.tag] = signed or frozenset()
    comparison = Comparison(
        "new" if old is None else "changed" if changed else "same",
        former if former != name else "",
        edition(old.guide) if old else "",
        parts,
        tuple(
            reader.with_texts(it, (former, name), parts, pairs.get(it.language.tag, frozenset()))
            for it in readings
        ),
    )
    whys = (Uncompared(it, str(reader.signed(it, source))) for it in retired)
    return replace(_guide(source), comparisons=(comparison,), uncompared=tuple(whys))


def _gone(source: Source, others: _Others) -> GuideReport:
    name = source.guide.name
    parts = compare(source, None, *others.of(name, name))
    comparison = Comparison("gone", edition=edition(source.guide), parts=parts)
    return replace(_guide(source), edition="", comparisons=(comparison,))


def _differs(site: Site, old: Source, new: Source) -> bool:
    """Whether readers see another page, though in no section."""
    return source_digest(old.guide) != source_digest(new.guide) and not same_page(
        old, new, site.source, site.config
    )


def _guide(source: Source) -> GuideReport:
    guide = source.guide
    headings = source.extracted.headings
    title = front_matter_text(guide, "title") or (headings[0].text if headings else guide.name)
    return GuideReport(
        guide.name, title, document_id(guide), guide.path, edition(guide), is_critical(guide)
    )
