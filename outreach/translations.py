"""What a language has to show: its catalogs read, checked and looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from outreach.catalog.po import Catalog, load_catalog
from outreach.checks import check_charset, check_header, check_links, check_messages
from outreach.config import Config
from outreach.model import Language, Message, OutreachError, Problem, Segment
from outreach.project import LINKS, Folders, Source, catalog_path, domain_of


@dataclass(frozen=True, slots=True)
class Translations:
    """The translations of one guide in one language that may be shown."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """By msgid: translated, not fuzzy, and without an error."""
    links: Mapping[str, str] = field(default_factory=dict)
    method: str = ""
    total: int = 0
    """Distinct messages of the guide."""
    fuzzy: int = 0

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


def read_language(
    config: Config, language: Language, sources: Sequence[Source], spelled: Folders
) -> LanguageTexts:
    """Read and check the catalogs of a language. A missing one counts as untranslated."""
    read = _Reader(config, language, spelled)
    guides: dict[str, Translations] = {}
    links = read.catalog(LINKS)
    targets, problems = check_links(links.messages.values(), links.path) if links else ({}, [])
    for source in sources:
        catalog = read.catalog(domain_of(config, source.guide.name))
        translations, found = _translations(source, catalog, targets)
        guides[source.guide.name] = translations
        problems += found
    for index in read.catalogs.values():
        if index:
            problems += check_charset(index.catalog)
            problems += check_header(index.catalog.header, index.path, language)
    return LanguageTexts(language, guides, (*read.problems, *problems), broken=bool(read.problems))


@dataclass(frozen=True, slots=True)
class _Index:
    """A catalog with its messages by msgid."""

    catalog: Catalog
    messages: Mapping[str, Message]

    @property
    def path(self) -> str:
        return self.catalog.path


class _Reader:
    """Reads each catalog once; one domain may serve many guides."""

    def __init__(self, config: Config, language: Language, spelled: Folders) -> None:
        self.config, self.language, self.spelled = config, language, spelled
        self.catalogs: dict[str, _Index | None] = {}
        self.problems: list[Problem] = []

    def catalog(self, domain: str) -> _Index | None:
        if domain not in self.catalogs:
            self.catalogs[domain] = self._read(domain)
        return self.catalogs[domain]

    def _read(self, domain: str) -> _Index | None:
        path = catalog_path(self.config, self.language, domain, self.spelled)
        try:
            catalog = load_catalog(self.config.root / path, path)
        except OutreachError as error:
            self.problems.append(error.problem)
            return None
        return _Index(catalog, _by_msgid(catalog.messages)) if catalog else None


def _by_msgid(messages: Sequence[Message]) -> dict[str, Message]:
    """The live messages of a catalog. One without context comes before one with.

    Our messages have neither context nor plural; catalogs that other tools began may have both.
    """
    live = [item for item in messages if not item.obsolete and item.msgid_plural is None]
    return {item.msgid: item for item in sorted(live, key=lambda item: item.msgctxt is None)}


def _translations(
    source: Source, index: _Index | None, links: Mapping[str, str]
) -> tuple[Translations, list[Problem]]:
    kinds: dict[str, set[str]] = {}
    for segment in source.extracted.segments:
        if not segment.domain:
            kinds.setdefault(segment.msgid, set()).add(segment.kind)
    if index is None:
        return Translations(total=len(kinds), links=links), []
    messages = [index.messages[msgid] for msgid in kinds if msgid in index.messages]
    found = list(check_messages(source, messages, kinds, index.path))
    wrong = {item.msgid for item in found if item.problem.severity == "error"}
    texts = {m.msgid: m.msgstr for m in messages if m.translated and m.msgid not in wrong}
    fuzzy = sum(message.fuzzy for message in messages)
    method = index.catalog.method
    translations = Translations(texts, links, method, len(kinds), fuzzy)
    return translations, [item.problem for item in found]
