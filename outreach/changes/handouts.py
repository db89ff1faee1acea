"""Which pages and sheets will not be what they were. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from outreach.changes.records import Handout, State
from outreach.model import Language
from outreach.review.source import same_page
from outreach.review.standing import Standing
from outreach.site import Site, page_path, sheet_path
from outreach.translations import Translations


@dataclass(frozen=True, slots=True)
class Side:
    """A project then or now."""

    site: Site
    languages: frozenset[str]
    """Tags of those that it has, the source language too."""

    def makes(self, language: Language, guide: str) -> bool:
        """Whether a build makes the guide in that language."""
        return self.has(language, guide) and self.site.offers(language, guide)

    def has(self, language: Language, guide: str) -> bool:
        """Whether there are such a language and guide, and the guide is meant for the language."""
        known = language.tag in self.languages and guide in self.site.sources
        return known and self.site.wants(language, guide)

    def translations(self, language: Language, guide: str) -> Translations:
        """What may be shown of a guide; nothing where there is no such guide."""
        known = guide in self.site.sources
        return self.site.translations(language, guide) if known else Translations()


def touched(
    before: Side,
    now: Side,
    languages: Collection[Language],
    files: Collection[str],
    interfaces: Collection[str],
) -> Iterator[Handout]:
    """The handouts in some languages that change, by language and guide.

    `files` are the files that changed, for the images in guides, and `interfaces` the tags of
    languages in which the words around guides did. Fonts, styles and the configuration are taken to
    be the same.
    """
    guides = sorted(before.site.sources.keys() | now.site.sources.keys())
    source = {guide: _source_differs(before.site, now.site, guide, files) for guide in guides}
    for language in languages:
        for guide in guides:
            differs = source[guide] or language.tag in interfaces
            if differs or _differs(before, now, language, guide):
                yield from _handout(before, now, language, guide)


def _source_differs(before: Site, now: Site, guide: str, files: Collection[str]) -> bool:
    if guide not in before.sources or guide not in now.sources:
        return True
    old, new = before.sources[guide], now.sources[guide]
    if any(path in files for path in now.links[guide].files):
        return True
    if (old.guide.text, old.guide.front_text) == (new.guide.text, new.guide.front_text):
        return False
    return not same_page(old, new, now.source, now.config)


def _differs(before: Side, now: Side, language: Language, guide: str) -> bool:
    """Whether other translations are shown, or other notices because of them."""
    if before.makes(language, guide) != now.makes(language, guide):
        return True
    if _trust(before.site.standing(language, guide)) != _trust(now.site.standing(language, guide)):
        return True
    if before.site.shows(language, guide) == now.site.shows(language, guide) == "kept":
        return False  # what was signed, then and now
    old, new = (side.translations(language, guide) for side in (before, now))
    segments = now.site.sources[guide].extracted.segments
    return old.method != new.method or any(old.lookup(s) != new.lookup(s) for s in segments)


def _trust(standing: Standing) -> tuple[object, ...]:
    """What a page says of how far it may be trusted, and whom it names."""
    record, signed = standing.record, standing.signed
    named = record.consenting if record and signed else ()
    state = "draft" if standing.state in ("missing", "translated") else standing.state
    return (state, standing.method, signed, named, standing.withdrawal, standing.renewed)


def _handout(before: Side, now: Side, language: Language, guide: str) -> Iterator[Handout]:
    was, made = before.makes(language, guide), now.makes(language, guide)
    known = now.has(language, guide)
    if was or made or known:
        sheets = (sheet_path(language, guide, it) for it in now.site.variants(language))
        percent = now.translations(language, guide).percent if known else None
        files = (page_path(language, guide), *sheets)
        yield Handout(guide, language, _state(was=was, made=made), percent, files)


def _state(*, was: bool, made: bool) -> State:
    if made:
        return "changed" if was else "new"
    return "dropped" if was else "skipped"
