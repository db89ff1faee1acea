"""What a language has to show: its catalogs read, checked and looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from outreach.catalog.po import Catalog, read_catalog
from outreach.checks import check_header, check_links, check_messages
from outreach.config import Config
from outreach.files import read_bytes
from outreach.model import Language, OutreachError, Problem, Segment
from outreach.project import LINKS, Source, catalog_path, domain_of

METHOD_FIELD = "X-Translation-Method"
"""The header field that says how a translation was made, such as `machine draft`."""


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
    config: Config, language: Language, sources: Sequence[Source], spelled: str = ""
) -> LanguageTexts:
    """Read and check the catalogs of a language. A missing one counts as untranslated."""
    read = _Reader(config, language, spelled)
    guides: dict[str, Translations] = {}
    links = read.catalog(LINKS)
    targets, problems = check_links(links.messages, links.path) if links else ({}, [])
    for source in sources:
        catalog = read.catalog(domain_of(config, source.guide.name))
        translations, found = _translations(source, catalog, targets)
        guides[source.guide.name] = translations
        problems += found
    problems += [item for catalog in read.catalogs.values() for item in _header(catalog, language)]
    return LanguageTexts(language, guides, (*read.problems, *problems), broken=bool(read.problems))


def _header(catalog: Catalog | None, language: Language) -> list[Problem]:
    return list(check_header(catalog.header, catalog.path, language)) if catalog else []


class _Reader:
    """Reads each catalog once; one domain may serve many guides."""

    def __init__(self, config: Config, language: Language, spelled: str) -> None:
        self.config, self.language, self.spelled = config, language, spelled
        self.catalogs: dict[str, Catalog | None] = {}
        self.problems: list[Problem] = []

    def catalog(self, domain: str) -> Catalog | None:
        if domain not in self.catalogs:
            self.catalogs[domain] = self._read(domain)
        return self.catalogs[domain]

    def _read(self, domain: str) -> Catalog | None:
        path = catalog_path(self.config, self.language, domain, self.spelled)
        file = self.config.root / path
        if not file.exists():
            return None
        try:
            return read_catalog(read_bytes(file, path), path)
        except OutreachError as error:
            self.problems.append(error.problem)
            return None


def _translations(
    source: Source, catalog: Catalog | None, links: Mapping[str, str]
) -> tuple[Translations, list[Problem]]:
    own = [segment for segment in source.extracted.segments if not segment.domain]
    kinds: dict[str, set[str]] = {}
    for segment in own:
        kinds.setdefault(segment.msgid, set()).add(segment.kind)
    if catalog is None:
        return Translations(total=len(kinds), links=links), []
    messages = [message for message in catalog.messages if message.msgid in kinds]
    live = {message.msgid: message for message in messages if message.translated}
    problems = list(check_messages(source, live.values(), kinds, catalog.path))
    wrong = {item.msgid for item in problems if item.problem.severity == "error"}
    texts = {msgid: item.msgstr for msgid, item in live.items() if msgid not in wrong}
    fuzzy = sum(message.fuzzy and not message.obsolete for message in messages)
    return (
        Translations(texts, links, catalog.field(METHOD_FIELD), len(kinds), fuzzy),
        [item.problem for item in problems],
    )
