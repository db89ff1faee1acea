"""What a language has to show: its catalogs read, checked and looked up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from outreach.catalog.po import Catalog
from outreach.checks import INTERFACE as INTERFACE_TEXT
from outreach.checks import (
    Context,
    check_file,
    check_links,
    check_message,
    inconsistent,
    refusal,
    syntax_rule,
)
from outreach.checks.people import Named, named_people
from outreach.config import Config
from outreach.model import Language, Location, Message, OutreachError, Problem, Segment
from outreach.project import (
    INTERFACE,
    LINKS,
    Folders,
    Source,
    catalog_path,
    catalogs_on_disk,
    domain_of,
    is_of_program,
    source_language,
    wanted_in,
)
from outreach.sheet.glyphs import Glyphs
from outreach.stored import catalog_at


@dataclass(frozen=True, slots=True)
class Translations:
    """The translations of one guide in one language that may be shown."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """By msgid: translated, not fuzzy, and without an error."""
    links: Mapping[str, str] = field(default_factory=dict)
    method: str = ""
    total: int = 0
    """Distinct messages of the guide, without those of parts that are left out."""
    fuzzy: int = 0
    errors: int = 0
    """Messages with a translation that is not shown because of an error in it."""
    broken: bool = False
    """Whether its catalog cannot be read, so that nobody knows how much is translated."""
    contexts: Mapping[str, str] = field(default_factory=dict)
    """The msgctxt, after a `+`, of those of the texts that have one; ours have none."""
    translator: str = ""
    """Who translated last, as the catalog's header says."""

    @property
    def translated(self) -> int:
        return len(self.texts)

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means complete; a guide without messages is complete."""
        return self.translated * 100 // self.total if self.total else 100

    def lookup(self, segment: Segment) -> str | None:
        """The translation of a text; None where there is none to show."""
        return (self.links if segment.domain else self.texts).get(segment.msgid)


@dataclass(frozen=True, slots=True)
class LanguageTexts:
    """All that was read of a language."""

    language: Language
    guides: Mapping[str, Translations]
    problems: tuple[Problem, ...] = ()
    broken: bool = False
    """Whether a catalog could not be read, so that the language cannot be built."""
    msgids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The live messages of each catalog that was read, by its path."""
    named: tuple[Named, ...] = ()
    """Where their headers tell who somebody is."""


def refuse_ignored(config: Config) -> None:
    """Raise OutreachError for a rule that the configuration wants to silence and cannot."""
    for name in config.ignore:
        text = refusal(name)
        if text:
            raise OutreachError(Problem(Location(config.file), f"`ignore`: {text}"))


def read_language(
    config: Config,
    language: Language,
    sources: Sequence[Source],
    spelled: Folders,
    *,
    unused: bool = False,
    glyphs: Glyphs | None = None,
) -> LanguageTexts:
    """Read and check the catalogs of a language. A missing one counts as untranslated.

    Guides that are kept to other languages are left out.
    With `unused`, also what no guide shows: messages of texts that are gone, and whole catalogs.
    `glyphs` knows what print can draw; None where nothing is printed.
    """
    read = _Reader(config, language, spelled, glyphs)
    guides: dict[str, Translations] = {}
    links = read.catalog(LINKS)
    targets, problems = check_links(links.messages.values(), links.path) if links else ({}, [])
    used: dict[str, set[str]] = {}
    for source in wanted_in(language, sources):
        domain = domain_of(config, source.guide.name)
        index, context = read.catalog(domain), read.context(source)
        kinds = _kinds(source)
        found = index.problems(kinds, context, config.ignore) if index else []
        shown = [msgid for msgid in kinds if msgid not in source.extracted.hidden]
        translations = _translations(shown, index, found, targets)
        unread = bool(read.broken & {domain, LINKS})
        guides[source.guide.name] = replace(translations, broken=unread)
        used.setdefault(domain, set()).update(kinds)
        problems += found
    problems += inconsistent(read.shown(used), config.ignore)
    if unused:
        problems += read.unused(used)
    for index in read.catalogs.values():
        if index:
            problems += check_file(index.catalog, language)
    problems = [problem for problem in problems if problem.rule not in config.ignore]
    msgids = {item.path: item.live for item in read.catalogs.values() if item}
    named = (it for item in read.catalogs.values() if item for it in named_people(item.catalog))
    return LanguageTexts(
        language,
        guides,
        (*read.problems, *problems),
        bool(read.problems),
        msgids,
        tuple(named),
    )


def read_kept(
    config: Config,
    language: Language,
    source: Source,
    texts: Sequence[Message],
    links: Sequence[Message],
) -> Translations:
    """What may be shown of a kept edition: it is checked like any catalog."""
    index = _Index(Catalog(source.guide.path), by_msgid(texts))
    known = source.extracted
    context = Context(language, source_language(config), known.references, known.footnotes)
    kinds = _kinds(source)
    targets, _problems = check_links(links, index.path)
    found = index.problems(kinds, context, config.ignore)
    shown = [msgid for msgid in kinds if msgid not in known.hidden]
    return _translations(shown, index, found, targets)


def check_interface(
    config: Config, language: Language, catalog: Catalog, glyphs: Glyphs | None = None
) -> list[Problem]:
    """What is wrong with a project's own texts around guides."""
    context = Context(language, source_language(config), glyphs=glyphs)
    problems = list(check_file(catalog, language))
    for message in catalog.messages:
        if message.msgid_plural is None:
            kinds = (INTERFACE_TEXT,)
            problems += check_message(message, kinds, context, catalog.path, config.ignore)
    return [problem for problem in problems if problem.rule not in config.ignore]


@dataclass(frozen=True, slots=True)
class _Index:
    """A catalog with its messages by msgid."""

    catalog: Catalog
    messages: Mapping[str, Message]

    @property
    def path(self) -> str:
        return self.catalog.path

    @property
    def live(self) -> frozenset[str]:
        """Every live msgid, those with plural forms too, which no guide can show."""
        return frozenset(message.msgid for message in self.catalog.messages if not message.obsolete)

    def problems(
        self, kinds: Mapping[str, Collection[str]], context: Context, ignored: Collection[str]
    ) -> list[Problem]:
        """What is wrong with the messages of these msgids, each of some kinds of text."""
        return [
            problem
            for msgid, sorts in kinds.items()
            if (message := self.messages.get(msgid))
            for problem in check_message(message, sorts, context, self.path, ignored)
        ]


class _Reader:
    """Reads each catalog once; one domain may serve many guides."""

    def __init__(
        self, config: Config, language: Language, spelled: Folders, glyphs: Glyphs | None
    ) -> None:
        self.config, self.language, self.spelled = config, language, spelled
        self.glyphs = glyphs
        self.source = source_language(config)
        self.catalogs: dict[str, _Index | None] = {}
        self.problems: list[Problem] = []
        self.broken: set[str] = set()

    def catalog(self, domain: str) -> _Index | None:
        if domain not in self.catalogs:
            self.catalogs[domain] = self._read(domain)
        return self.catalogs[domain]

    def context(self, source: Source) -> Context:
        """What the rules have to know of a guide."""
        known = source.extracted
        return Context(
            self.language,
            self.source,
            known.references,
            known.footnotes,
            self.glyphs,
            known.shapes,
        )

    def unused(self, used: Mapping[str, Collection[str]]) -> Iterator[Problem]:
        """What is wrong with messages that no guide has; `used` has the others, by domain."""
        for domain in {**used, **dict.fromkeys(self._gone())}:
            index = self.catalog(domain)
            left = index.messages.keys() - set(used.get(domain, ())) if index else ()
            kinds = {msgid: () for msgid in index.messages if msgid in left} if index else {}
            if index and kinds:
                context = Context(self.language, self.source, glyphs=self.glyphs)
                yield from index.problems(kinds, context, self.config.ignore)

    def shown(self, used: Mapping[str, Collection[str]]) -> Iterator[tuple[str, Iterator[Message]]]:
        """The path of each catalog with its messages that guides have, by domain in `used`."""
        for domain, msgids in used.items():
            if index := self.catalog(domain):
                yield index.path, (index.messages[it] for it in index.messages if it in msgids)

    def _gone(self) -> Iterator[str]:
        """The domains of catalogs that belong to no guide, without those of programs."""
        for domain, path in catalogs_on_disk(self.config, self.language, self.spelled):
            if domain not in (LINKS, INTERFACE) and not is_of_program(self.config, path):
                yield domain

    def _read(self, domain: str) -> _Index | None:
        path = catalog_path(self.config, self.language, domain, self.spelled)
        try:
            catalog = catalog_at(self.config, path)
        except OutreachError as error:
            self.problems.append(replace(error.problem, rule=syntax_rule(error.problem)))
            self.broken.add(domain)
            return None
        return _Index(catalog, by_msgid(catalog.messages)) if catalog else None


def by_msgid(messages: Sequence[Message]) -> dict[str, Message]:
    """The live messages of a catalog. One without context comes before one with.

    Our messages have neither context nor plural; catalogs that other tools began may have both.
    """
    live = [item for item in messages if not item.obsolete and item.msgid_plural is None]
    return {item.msgid: item for item in sorted(live, key=lambda item: item.msgctxt is None)}


def _kinds(source: Source) -> dict[str, set[str]]:
    """The msgids of a guide in order, each with the kinds of text that it is."""
    kinds: dict[str, set[str]] = {}
    for segment in source.extracted.segments:
        if not segment.domain:
            kinds.setdefault(segment.msgid, set()).add(segment.kind)
    return kinds


def _translations(
    msgids: Sequence[str],
    index: _Index | None,
    problems: Sequence[Problem],
    links: Mapping[str, str],
) -> Translations:
    """What of these messages may be shown."""
    if index is None:
        return Translations(total=len(msgids), links=links)
    messages = [index.messages[msgid] for msgid in msgids if msgid in index.messages]
    wrong = {problem.msgid for problem in problems if problem.severity == "error"}
    texts = {m.msgid: m.msgstr for m in messages if m.translated and m.msgid not in wrong}
    fuzzy = sum(message.fuzzy for message in messages)
    errors = sum(message.translated for message in messages if message.msgid in wrong)
    return Translations(
        texts,
        links,
        index.catalog.method,
        len(msgids),
        fuzzy,
        errors,
        contexts={m.msgid: f"+{m.msgctxt}" for m in messages if m.msgctxt is not None},
        translator=index.catalog.field("Last-Translator"),
    )
