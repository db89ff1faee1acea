"""The kinds of pages: a guide, why it is not there, the guides of a language, and all languages.

Every address in these records is relative to the page it stands on and percent-encoded; `link`
makes one from two paths below the build folder.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from outreach.model import Heading, Language, Notice, NoticeKind, Page, Variant
from outreach.pages.environment import Translate, render
from outreach.pages.trust import Trust, both, is_english, mark, short_mark, version, version_of
from outreach.sheet.edition import edition_code

STYLESHEET = "assets/outreach.css"
"""Where pages look for `styles/screen.css`, below the build folder."""

LONG_GUIDE = 4
"""Headings of level 2 from which on a guide gets a table of contents."""

MANY_GUIDES = 12
"""Guides above which the list of languages names only the languages."""

MANY_SECTIONS = 12
"""Changed sections that the notice above an older version names."""

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_WEB_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies below the build folder."""

    path: str
    """Not percent-encoded, with forward slashes: `es/sub/six-ways.html`."""

    @property
    def root(self) -> str:
        """The way from the page to the build folder: `../../`, or nothing."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages say of the project."""

    source: Language
    publisher: str = ""
    contact: str = ""
    """An e-mail address, a web address, or words; the first two become links."""
    url: str = ""
    """Where the build folder will be on the web; empty keeps every address relative."""
    license: str = ""
    license_url: str = ""
    disclaimer: str = ""
    partner: str = ""
    logo: str = ""
    """The partner's picture, by its path in the project."""
    local_contacts: tuple[str, ...] = ()

    @property
    def contact_href(self) -> str:
        """The address behind the contact, empty for plain words."""
        if _ADDRESS.fullmatch(self.contact):
            return f"mailto:{quote(self.contact, safe='@+')}"
        return self.contact if _WEB_ADDRESS.fullmatch(self.contact) else ""

    def absolute(self, place: Place, href: str) -> str:
        """A relative address of a page as one on the web, if the site's address is known."""
        if not self.url:
            return href
        return urljoin(f"{self.url.rstrip('/')}/{quote(place.path)}", href)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """An entry of the language switcher."""

    language: Language
    href: str | None
    """The same page in that language; None where there is none."""
    current: bool = False
    notice: bool = False
    """Whether that page only says why the guide is not there."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to print."""

    href: str
    variant: Variant


@dataclass(frozen=True, slots=True)
class GuideLink:
    """A guide as lists show it."""

    language: Language
    """Of the page behind the link: the source's where a guide was skipped."""
    title: str
    title_language: Language
    source_title: str
    summary: str
    summary_language: Language
    href: str
    downloads: tuple[Download, ...] = ()
    trust: Trust | None = None
    """How far the translation may be trusted; None for a page in the source language."""
    edition: str = ""
    """The date of the text in the source language; may be empty."""
    notice: NoticeKind | None = None
    """Why the guide is not there in the language of the list, and the page that says so."""
    notice_href: str = ""


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """A language with its guides, as the list of languages shows it."""

    language: Language
    href: str
    guides: tuple[GuideLink, ...] = ()

    @property
    def listed(self) -> tuple[GuideLink, ...]:
        """The guides that can be read in this language, or none where they are too many."""
        own = tuple(guide for guide in self.guides if guide.language.tag == self.language.tag)
        return own if len(own) <= MANY_GUIDES else ()


def link(path: str, target: str) -> str:
    """The address of one file from another, both given by their paths below the build folder."""
    return quote(posixpath.relpath(target, posixpath.dirname(path) or "."))


def guide_link(page: Page, href: str, downloads: tuple[Download, ...] = ()) -> GuideLink:
    """The entry of a guide for lists, without the guide's text."""
    return GuideLink(
        language=page.language,
        title=page.title,
        title_language=_either(page, page.title_lang),
        source_title=page.source_title,
        summary=page.summary,
        summary_language=_either(page, page.summary_lang),
        href=href,
        downloads=downloads,
        trust=None if page.is_source else Trust.of(page),
        edition=page.edition,
    )


def guide_page(
    page: Page,
    *,
    translate: Translate,
    site: Site,
    place: Place,
    languages: tuple[LanguageLink, ...],
    downloads: tuple[Download, ...] = (),
) -> str:
    """The page of a guide. `languages` holds all languages of the site, this one marked."""
    contents = _contents(page.headings)
    return render(
        "guide.html",
        translate,
        mark_english=not is_english(page.language),
        language=page.language,
        title=page.title,
        description=page.summary,
        site=site,
        place=place,
        languages=languages,
        page=page,
        title_is_own=page.title_lang == page.language.tag,
        summary_is_own=page.summary_lang == page.language.tag,
        mark=mark(page, translate, most=MANY_SECTIONS),
        kind=_kind(page),
        version=version_of(page, translate, code=edition_code(page)),
        source_href=_source_href(languages, page.source),
        english_source=is_english(page.source),
        missing=0 if page.is_source else page.total - page.translated,
        downloads=downloads,
        contents=contents,
        listed=True,
        aside=bool(contents or downloads),
    )


def notice_page(  # noqa: PLR0913  all but one by name
    notice: Notice,
    *,
    translate: Translate,
    site: Site,
    place: Place,
    languages: tuple[LanguageLink, ...],
    downloads: tuple[Download, ...] = (),
    targets: tuple[GuideLink, ...] = (),
    listed: bool = True,
) -> str:
    """The page that says why a guide is not there in a language, in that language and in English.

    `downloads` are the sheets in the source language, `targets` the guides that took its place.
    `listed` says whether there is a list of the language's guides to go back to.
    """
    facts = both(
        "facts.html",
        translate,
        notice.language,
        notice=notice,
        site=site,
        place=place,
        source_href=_source_href(languages, site.source),
        english_source=is_english(site.source),
        downloads=downloads,
        targets=targets,
        listed=listed,
    )
    return render(
        "notice.html",
        translate,
        mark_english=not is_english(notice.language),
        language=notice.language,
        title=notice.title,
        description="",
        site=site,
        place=place,
        languages=languages,
        notice=notice,
        facts=facts,
        listed=listed,
    )


def language_page(
    language: Language,
    guides: tuple[GuideLink, ...],
    *,
    translate: Translate,
    site: Site,
    place: Place,
    languages: tuple[LanguageLink, ...],
) -> str:
    """The guides of a language; those whose page is in another language come last."""
    return render(
        "language.html",
        translate,
        mark_english=not is_english(language),
        language=language,
        title=language.own_name,
        description="",
        site=site,
        place=place,
        languages=languages,
        english_source=is_english(site.source),
        here=[guide for guide in guides if guide.language.tag == language.tag],
        elsewhere=[guide for guide in guides if guide.language.tag != language.tag],
        short_mark=lambda guide: short_mark(guide.trust, translate, language),
        version=lambda guide: version(guide.trust, guide.edition, translate, language),
        why=lambda guide: both("why.html", translate, language, kind=guide.notice, gone=False),
    )


def index_page(
    entries: tuple[LanguageEntry, ...],
    *,
    translate: Translate,
    site: Site,
    place: Place = Place("index.html"),
) -> str:
    """All languages, in the order given. The page itself is in the source language."""
    return render(
        "index.html",
        translate,
        mark_english=not is_english(site.source),
        language=site.source,
        title=site.publisher or translate("Choose your language"),
        description="",
        site=site,
        place=place,
        languages=(),
        entries=entries,
        short_mark=lambda guide: short_mark(guide.trust, translate, site.source),
    )


def _either(page: Page, tag: str) -> Language:
    """The page's language or its source's, by tag."""
    return page.source if tag == page.source.tag else page.language


def _source_href(languages: tuple[LanguageLink, ...], source: Language) -> str | None:
    """The page with the text in the source language, if there is one."""
    found = (it.href for it in languages if it.language.tag == source.tag and not it.notice)
    return next(found, None)


def _kind(page: Page) -> str:
    """What kind of mark a page has, as style sheets know it."""
    return "retired" if page.retired else page.state


def _contents(headings: tuple[Heading, ...]) -> list[tuple[Heading, list[Heading]]]:
    """Headings of level 2, each with those of level 3 below it; empty for a short guide."""
    entries: list[tuple[Heading, list[Heading]]] = []
    for heading in headings:
        if heading.level == 2:
            entries.append((heading, []))
        elif heading.level == 3 and entries:
            entries[-1][1].append(heading)
    return entries if len(entries) >= LONG_GUIDE else []
