"""The pages that list guides, and the files that pages share. They come from records alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from outreach.around import guide_links, href, said_of
from outreach.files import read_bytes
from outreach.model import Language
from outreach.pages import views
from outreach.publish import stage
from outreach.site import Site, page_path

STYLES = Path(__file__).parent / "styles"


def stage_indexes(site: Site, folder: Path, languages: Sequence[Language]) -> dict[str, str]:
    """Stage the pages that list guides, and the files that pages share; returns the digests."""
    files = {path: stage(folder, path, text.encode()) for path, text in _indexes(site, languages)}
    style = read_bytes(STYLES / "screen.css", "screen.css")
    files[views.STYLESHEET] = stage(folder, views.STYLESHEET, style)
    for links in (*site.links.values(), *site.kept_links()):
        for source, target in links.files.items():
            data = read_bytes(site.config.root / source, source)
            files[target] = stage(folder, target, data)
    return files


def _indexes(site: Site, languages: Sequence[Language]) -> Iterable[tuple[str, str]]:
    entries = []
    for language in site.languages:
        path = f"{language.tag}/index.html"
        if language in languages:
            yield path, _language_page(site, language, path)
        if language in languages or path in site.files:
            top = tuple(_top_links(site, language))
            entries.append(views.LanguageEntry(language, views.link("index.html", path), top))
    yield (
        "index.html",
        views.index_page(
            tuple(entries), translate=site.labels[site.source.tag], site=said_of(site)
        ),
    )


def _top_links(site: Site, language: Language) -> Iterator[views.GuideLink]:
    """The guides of a language as the first page lists them, where these are not too many."""
    # What a catalog that cannot be read calls its guides is not known.
    unread = language.tag in site.texts and site.texts[language.tag].broken
    own = [guide for guide in site.sources if _has_page(site, language, guide)]
    if len(own) <= views.MANY_GUIDES and (site.release or not unread):
        yield from guide_links(site, language, "index.html")


def _has_page(site: Site, language: Language, guide: str) -> bool:
    return page_path(language, guide) in site.files and site.offers(language, guide)


def _language_page(site: Site, language: Language, path: str) -> str:
    switcher = tuple(
        views.LanguageLink(
            other,
            href(site, path, f"{other.tag}/index.html"),
            current=other.tag == language.tag,
        )
        for other in site.languages
    )
    return views.language_page(
        language,
        tuple(guide_links(site, language, path)),
        translate=site.labels[language.tag],
        site=said_of(site),
        place=views.Place(path),
        languages=switcher,
    )
