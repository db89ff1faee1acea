"""What each output is made from, as a digest: its key. Two outputs with one key are the same bytes.

A key holds what `site` and `outputs` read when they render: the text of the guide, the messages it
shows, how the translation stands, what its links lead to, the words around it, and of the project
what pages and sheets say or depend on. It is taken from records, so nothing is rendered for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from functools import cached_property

from outreach.around import around
from outreach.codec import digest
from outreach.config import Config
from outreach.files import read_bytes
from outreach.hrefs import hrefs
from outreach.model import Language, OutreachError, Variant
from outreach.notices import notice_of
from outreach.outputs import is_notice, picture_files
from outreach.site import Site

_OF_NO_OUTPUT = frozenset(
    {
        "build",
        "file",
        "glossary",
        "ignore",
        "languages",
        "missing_files",
        "plain_words",
        "reading_grade",
        "review_interval",
        "reviewers",
        "root",
        "sentence_words",
        "threshold",
        "variants",
    }
)
"""What the configuration says of other things, or of which outputs there are. A key that is new in
the configuration counts until it is named here."""


class Keys:
    """The keys of a site's outputs; keeps what several of them share."""

    def __init__(self, site: Site, code: str, printing: object = None) -> None:
        """`code` stands for our own files and all packages, `printing` for fonts and libraries."""
        self._site, self._code, self._printing = site, code, printing
        self._labels: dict[str, str] = {}
        self._texts: dict[tuple[str, str], str] = {}
        self._sheets: dict[tuple[str, str], str] = {}
        self._pictures: dict[tuple[str, str], dict[str, str]] = {}

    def page(self, language: Language, guide: str) -> str:
        """The key of a web page."""
        site = self._site
        notice = notice_of(site, language, guide) if is_notice(site, language, guide) else None
        links = {} if notice else hrefs(site, guide, language, "web")
        shown = around(site, guide, language, notice)
        switch = [(it.language.tag, it.href, it.current, it.notice) for it in shown.languages]
        rest = (notice, links, switch, shown.downloads, shown.targets)
        shared = (self._shared, self._languages)
        return digest("page", shared, self._text(language, guide), rest)

    def sheet(self, language: Language, guide: str, variant: Variant) -> str:
        """The key of a sheet."""
        site, beside = self._site, ""
        if variant in ("bilingual", "columns"):
            source = self._text(site.source, guide)
            beside = digest(source, hrefs(site, guide, site.source, "print", beside=language))
        return digest("sheet", variant, self._printed(language, guide), beside)

    def pictures_changed(self, language: Language, guide: str) -> bool:
        """Whether a picture of a sheet is another one than when its key was made."""
        known = self._pictures.get((language.tag, guide), {})
        return any(_digest_of(self._site.config, path) != found for path, found in known.items())

    def _printed(self, language: Language, guide: str) -> str:
        """A digest of what all sheets of a guide in a language depend on."""
        known = (language.tag, guide)
        if known not in self._sheets:
            site = self._site
            paths = picture_files(site, guide, language)
            self._pictures[known] = {path: _digest_of(site.config, path) for path in paths}
            links = hrefs(site, guide, language, "print")
            text = self._text(language, guide)
            pictures = self._pictures[known]
            self._sheets[known] = digest(self._printing, self._shared, text, links, pictures)
        return self._sheets[known]

    @cached_property
    def _shared(self) -> str:
        """What all outputs depend on."""
        site = self._site
        config = {
            item.name: getattr(site.config, item.name)
            for item in fields(Config)
            if item.name not in _OF_NO_OUTPUT
        }
        return digest(self._code, config, site.source)

    @cached_property
    def _languages(self) -> str:
        """What pages say of all languages."""
        return digest(self._site.languages)

    def _label(self, tag: str) -> str:
        """A digest of the interface in a language."""
        if tag not in self._labels:
            self._labels[tag] = digest(self._site.labels[tag].texts)
        return self._labels[tag]

    def _text(self, language: Language, guide: str) -> str:
        """A digest of what a guide says in a language, and of the words around it."""
        known = (language.tag, guide)
        if known not in self._texts:
            self._texts[known] = digest(*self._parts(language, guide))
        return self._texts[known]

    def _parts(self, language: Language, guide: str) -> Iterator[object]:
        site = self._site
        labels = [self._label(tag) for tag in (language.tag, site.source.tag)]
        yield from (language, guide, labels, language.tag in site.retired)
        if guide in site.sources and site.offers(language, guide):
            content, standing = site.content(language, guide), site.standing(language, guide)
            texts, links = content.translations, content.links
            yield from (content.guide, content.kept, texts.texts, texts.links)
            yield from (texts.method, texts.total, standing.state, standing.method)
            yield from (standing.signed, standing.record and standing.record.translators)
            yield from (links.urls, links.images, links.files, links.dead)
            if content.kept:
                yield site.sources[guide].guide


def _digest_of(config: Config, path: str) -> str:
    try:
        return hashlib.sha256(read_bytes(config.root / path, path)).hexdigest()
    except OutreachError:
        return ""
