"""What stands around a guide on its web page and in lists: links to pages and sheets. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from outreach.config_keys import VARIANTS
from outreach.model import Language, Notice
from outreach.notices import notice_of
from outreach.pages import views
from outreach.rendered import brief_page
from outreach.site import Site, page_path, sheet_path


@dataclass(frozen=True, slots=True)
class Around:
    """The links on the page of a guide that are not its own."""

    languages: tuple[views.LanguageLink, ...]
    """The same page in all languages."""
    downloads: tuple[views.Download, ...]
    targets: tuple[views.GuideLink, ...] = ()
    """The guides that took its place, where it is gone."""


def around(site: Site, guide: str, language: Language, notice: Notice | None = None) -> Around:
    """The links on a page with the text of a guide, or with the notice in its place."""
    path = page_path(language, guide)
    switcher = tuple(
        views.LanguageLink(
            other,
            _switch(site, path, other, guide),
            current=other.tag == language.tag,
            notice=site.shows(other, guide) == "notice",
        )
        for other in site.languages
    )
    if notice is None:
        return Around(switcher, downloads(site, path, guide, language))
    found = (guide_link(site, language, path, target) for target in notice.targets)
    targets = tuple(filter(None, found))
    return Around(switcher, downloads(site, path, guide, site.source), targets)


def guide_links(site: Site, language: Language, path: str) -> Iterator[views.GuideLink]:
    """Every guide as a list shows it; in the source language where this one does not have it.

    A guide that is kept to other languages is not among them.
    """
    wanted = (guide for guide in site.sources if site.wants(language, guide))
    yield from filter(None, (guide_link(site, language, path, guide) for guide in wanted))


def guide_link(site: Site, language: Language, path: str, guide: str) -> views.GuideLink | None:
    """A guide as lists in a language show it; None where it has no page at all.

    Where the language has but a notice, that is linked beside the text in the source language.
    """
    own = page_path(language, guide)
    has_notice = site.shows(language, guide) == "notice"
    shown = language if own in site.files and not has_notice else site.source
    target = page_path(shown, guide)
    if target not in site.files:
        return None
    page, sheets = brief_page(site, guide, shown), downloads(site, path, guide, shown)
    found = views.guide_link(page, views.link(path, target), sheets)
    if not has_notice or own not in site.files:
        return found
    kind = notice_of(site, language, guide).kind
    return replace(found, notice=kind, notice_href=views.link(path, own))


def downloads(site: Site, path: str, guide: str, language: Language) -> tuple[views.Download, ...]:
    """The sheets of a guide in a language, linked from a page."""
    sheets = ((variant, sheet_path(language, guide, variant)) for variant in VARIANTS)
    return tuple(
        views.Download(views.link(path, target), variant)
        for variant, target in sheets
        if target in site.files
    )


def href(site: Site, path: str, target: str) -> str | None:
    """The address of a page from another; None where there will be no such page."""
    return views.link(path, target) if target in site.files else None


def said_of(site: Site) -> views.Site:
    """What all pages and sheets say of the project."""
    config = site.config
    return views.Site(
        site.source,
        config.publisher,
        config.contact,
        config.site_url,
        config.license,
        config.license_url,
        config.disclaimer,
        config.partner,
        config.partner_logo,
        config.local_contacts,
    )


def _switch(site: Site, path: str, language: Language, guide: str) -> str | None:
    """The address of a guide in another language.

    The source's page of a guide that is gone says no more than this one, so none is promised.
    """
    if guide not in site.sources and language.tag == site.source.tag:
        return None
    return href(site, path, page_path(language, guide))
