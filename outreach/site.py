"""The whole site as records: which pages there will be, and each page rendered. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from outreach.addresses import Links, by_path, links_of
from outreach.answers import Answer
from outreach.config import Config
from outreach.interface import Label
from outreach.languages import file_name
from outreach.model import Guide, Language, Variant
from outreach.project import Source, guide_paths
from outreach.review.editions import Edition
from outreach.review.standing import Standing
from outreach.sheet.sources import SOURCES, Sources
from outreach.translations import LanguageTexts, Translations

Shows = Literal["current", "kept", "notice", "nothing"]
"""`current`: the guide as it is, `kept`: as it was signed off, `notice`: why it is not there."""


@dataclass(frozen=True, slots=True)
class Content:
    """A guide with its translations, as a page shows it."""

    source: Source
    translations: Translations
    links: Links
    kept: bool = False
    """Whether it is an edition that was signed off, of a source that may be another one now."""

    @property
    def guide(self) -> Guide:
        return self.source.guide


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that was read, and what the build folder will hold."""

    config: Config
    source: Language
    languages: tuple[Language, ...]
    """All languages of the project, the source first."""
    sources: Mapping[str, Source]
    """By guide name."""
    texts: Mapping[str, LanguageTexts]
    """By tag; the source language has none."""
    links: Mapping[str, Links]
    labels: Mapping[str, Label]
    """The interface in each language, by tag."""
    files: frozenset[str] = field(default=frozenset())
    """Pages and sheets that will stand in the build folder, also those that are left alone."""
    fonts: Sources = field(default_factory=lambda: SOURCES)
    """Where the fonts of print come from, those of the project among them."""
    standings: Mapping[str, Mapping[str, Standing]] = field(default_factory=dict)
    """How each guide stands in each language, by tag and guide; the source language has none."""
    editions: Mapping[tuple[str, str], Edition] = field(default_factory=dict)
    """The signed editions that are shown, by tag and guide."""
    retired: frozenset[str] = frozenset()
    """Tags of the languages that are not kept up any more."""
    release: bool = False
    """Whether only that is shown which somebody signed off."""
    unprinted: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Why a guide cannot be released in a language although it may be, by tag and guide."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """What stands at the addresses of guides that are gone, or are kept to other languages now."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """The guides that may have a page, also those that are gone."""
        return (*self.sources, *(name for name in self.answers if name not in self.sources))

    @property
    def kept_up(self) -> Mapping[str, LanguageTexts]:
        """What was read of the languages, without those that are retired."""
        return {tag: read for tag, read in self.texts.items() if tag not in self.retired}

    @property
    def gone_files(self) -> Mapping[str, str]:
        """The files that guides were which are gone, with the names of these."""
        return {
            path: name
            for name in self.answers
            if name not in self.sources
            for path in guide_paths(self.config, name)
        }

    def answer(self, language: Language, guide: str) -> Answer | None:
        """What stands at the address of a guide that is gone in a language, if it is."""
        found = self.answers.get(guide)
        return found if found and language.tag in found.languages else None

    def variants(self, language: Language, wanted: tuple[Variant, ...] = ()) -> tuple[Variant, ...]:
        """The sheets that a language has of those wanted, or of those of the configuration.

        The source language has none that shows two languages.
        """
        variants = wanted or self.config.sheets
        if language.tag == self.source.tag:
            return tuple(it for it in variants if it not in ("bilingual", "columns"))
        return variants

    def standing(self, language: Language, guide: str) -> Standing:
        """How a guide stands in a language other than the source's."""
        return self.standings.get(language.tag, {}).get(guide, Standing("missing"))

    def shows(self, language: Language, guide: str) -> Shows:
        """What stands at the address of a guide in a language."""
        if self.answer(language, guide):
            return "notice"
        if not self.wants(language, guide):
            return "nothing"
        if language.tag == self.source.tag:
            return "current"
        standing = self.standing(language, guide)
        if standing.signed and (language.tag, guide) not in self.unprinted:
            return "kept" if standing.kept else "current"
        withdrawn = standing.state == "withdrawn" and not standing.renewed
        if self.release or withdrawn or language.tag in self.retired:
            return "notice"
        enough = self.translations(language, guide).percent >= self.config.threshold
        return "current" if enough else "nothing"

    def content(self, language: Language, guide: str) -> Content:
        """What is shown of a guide in a language: as it is now, or as it was signed off."""
        kept = self.editions.get((language.tag, guide))
        if kept and self.shows(language, guide) == "kept":
            links = links_of(self.config, kept.source, by_path(self.sources.values()))
            return Content(kept.source, kept.translations, links, kept=True)
        translations = self.translations(language, guide)
        return Content(self.sources[guide], translations, self.links[guide])

    def kept_links(self) -> Iterator[Links]:
        """What the kept editions that are shown point to."""
        for language in self.languages:
            for guide in self.sources:
                if self.shows(language, guide) == "kept":
                    yield self.content(language, guide).links

    def translations(self, language: Language, guide: str) -> Translations:
        """What a language has of a guide; nothing for the source language, which needs nothing."""
        if not self.wants(language, guide) or language.tag == self.source.tag:
            return Translations()
        return self.texts[language.tag].guides[guide]

    def wants(self, language: Language, guide: str) -> bool:
        """Whether a guide is meant for a language; all are made in the source language."""
        known = self.sources.get(guide)
        return language.tag == self.source.tag or (known is not None and known.wants(language))

    def offers(self, language: Language, guide: str) -> bool:
        """Whether a guide has a page with its text in that language."""
        return self.shows(language, guide) in ("current", "kept")


def page_path(language: Language, guide: str) -> str:
    """Where the page of a guide lies, below the build folder."""
    return f"{language.tag}/{guide}.html"


def sheet_path(language: Language, guide: str, variant: Variant) -> str:
    """Where a sheet lies; staff can read the language in its name once it is downloaded."""
    return f"{language.tag}/{guide}.{file_name(language)}.{variant}.pdf"
