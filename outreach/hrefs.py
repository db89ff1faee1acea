"""Where the addresses of a guide lead, on its page and on its sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import quote, urljoin

from outreach.addresses import ASSETS, asked_for, by_path, is_kept, relative, resolve
from outreach.model import Language
from outreach.site import Content, Site, page_path

Address = Callable[[str, Literal["href", "src"]], str | None]
"""Gives the address for one written in a guide; None where its words stand without a link."""


def hrefs(
    site: Site,
    guide: str,
    language: Language,
    medium: Literal["web", "print"],
    beside: Language | None = None,
) -> dict[str, str | None]:
    """Where each address of a guide leads on a page of `render_page`, by kind and address."""
    content = site.content(beside or language, guide)
    address = (web_address if medium == "web" else print_address)(site, content, language)
    urls = sorted({*content.links.urls, *content.translations.links.values()})
    images = sorted(content.links.images)
    return {
        **{f"href {url}": address(url, "href") for url in urls},
        **{f"src {url}": address(url, "src") for url in images},
    }


def places(site: Site) -> Iterator[str]:
    """The paths in the project that matter because a guide points there, whether they exist or not.

    They are relative to the project. The same for what catalogs say instead, and for the logo.
    """
    if site.config.partner_logo:
        yield site.config.partner_logo
    for language in site.languages:
        for guide in site.sources:
            if site.offers(language, guide):
                content = site.content(language, guide)
                urls = (*content.links.urls, *content.translations.links.values())
                asked = (place for url in urls for place in asked_for(content.guide, url))
                yield from (place for place in asked if not place.startswith(".."))


def web_address(site: Site, content: Content, language: Language) -> Address:
    """Where an address of a guide leads from its page in a language; None: its words stay."""
    guide, links, gone = content.guide, content.links, site.gone_files
    page = page_path(language, guide.name)
    paths = by_path(site.sources.values())

    def address(url: str, kind: Literal["href", "src"]) -> str | None:
        if url in links.dead:
            return None
        found = resolve(site.config, guide, url, kind, paths)
        if found.kind == "guide":
            target = _page_of(site, language, paths[found.path].guide.name)
            return relative(page, target) + found.rest if target else None
        if kind == "href" and found.kind == "missing" and (content.kept or found.path in gone):
            # What was signed may lead to a guide that is gone: its address says what became of it.
            target = _page_of(site, language, gone.get(found.path, ""))
            return relative(page, target) if target else None
        strange = kind == "src" and found.kind == "outside" and not is_kept(site.config, url)
        if strange or (url not in links.urls and found.kind in ("file", "missing")):
            return None  # only a translation can have such a file, and nothing is copied for one
        if found.kind == "file":
            return relative(page, f"{ASSETS}/{found.path}") + found.rest
        return url

    return address


def _page_of(site: Site, language: Language, guide: str) -> str | None:
    """The page of a guide in a language, or in the source language; None where there is none."""
    pages = [page_path(it, guide) for it in (language, site.source)]
    if guide in site.sources and site.shows(language, guide) == "notice":
        del pages[0]  # the text, if only in the source language, and not why it is not here
    return next((path for path in pages if path in site.files), None)


def print_address(site: Site, content: Content, language: Language) -> Address:
    """On paper a link to another page needs the site's address; images are named by their path."""
    guide = content.guide
    web = web_address(site, content, language)
    page = page_path(language, guide.name)
    paths = by_path(site.sources.values())

    def address(url: str, kind: Literal["href", "src"]) -> str | None:
        if url in content.links.dead:
            return None
        found = resolve(site.config, guide, url, kind, paths)
        if found.kind in ("outside", "here") and (found.kind == "here" or not url.startswith("/")):
            return url
        if kind == "src":
            return found.path if found.kind == "file" else url
        target = web(url, kind)
        if not site.config.site_url or found.kind in ("missing", "outside") or target is None:
            return None
        return urljoin(site.config.site_url + quote(page), target)

    return address
