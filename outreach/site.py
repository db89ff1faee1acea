"""The whole site as records: which pages there will be, and each page rendered. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import quote, urljoin

from outreach.addresses import ASSETS, Links, relative, resolve
from outreach.bidi import isolate
from outreach.config import Config
from outreach.guides import document_id, edition, front_matter_text
from outreach.languages import file_name
from outreach.markup.render import Rendered, Translate, render
from outreach.model import Block, Guide, Heading, Language, Page, Segment, Variant
from outreach.project import Source
from outreach.sheet.sources import SOURCES, Sources
from outreach.translations import LanguageTexts, Translations

Label = Callable[[str], str]


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

    def variants(self, language: Language, wanted: tuple[Variant, ...] = ()) -> tuple[Variant, ...]:
        """The sheets that a language has of those wanted, or of those of the configuration.

        The source language has none that shows two languages.
        """
        variants = wanted or self.config.sheets
        if language.tag == self.source.tag:
            return tuple(it for it in variants if it not in ("bilingual", "columns"))
        return variants

    def translations(self, language: Language, guide: str) -> Translations:
        """What a language has of a guide; nothing for the source language, which needs nothing."""
        if not self.wants(language, guide) or language.tag == self.source.tag:
            return Translations()
        return self.texts[language.tag].guides[guide]

    def wants(self, language: Language, guide: str) -> bool:
        """Whether a guide is meant for a language; all are made in the source language."""
        return language.tag == self.source.tag or self.sources[guide].wants(language)

    def offers(self, language: Language, guide: str) -> bool:
        """Whether enough of a guide is translated for a page in that language."""
        if language.tag == self.source.tag:
            return True
        enough = self.translations(language, guide).percent >= self.config.threshold
        return enough and self.wants(language, guide)


def page_path(language: Language, guide: str) -> str:
    """Where the page of a guide lies, below the build folder."""
    return f"{language.tag}/{guide}.html"


def sheet_path(language: Language, guide: str, variant: Variant) -> str:
    """Where a sheet lies; staff can read the language in its name once it is downloaded."""
    return f"{language.tag}/{guide}.{file_name(language)}.{variant}.pdf"


def render_page(
    site: Site, guide: str, language: Language, *, medium: Literal["web", "print"]
) -> Page:
    """A guide in one language, with addresses for the web or for paper."""
    source = site.sources[guide].guide
    translations = site.translations(language, guide)
    body = render(
        source,
        language,
        site.source,
        translate=_lookup(site, guide, translations),
        label=site.labels[language.tag],
        address=_web_address(site, source, language)
        if medium == "web"
        else _print_address(site, source, language),
        raw_html=site.config.raw_html,
        leave_out=site.config.leave_out,
    )
    if language.direction == "rtl" and medium == "web":
        # A sheet is isolated as a whole, with the words around the guide.
        body = replace(body, blocks=tuple(_isolated(block, language) for block in body.blocks))
    return _page(site, guide, language, body)


def _isolated(block: Block, language: Language) -> Block:
    parts = tuple(isolate(part, language.tag) for part in block.parts)
    return replace(block, html=isolate(block.html, language.tag), parts=parts)


def brief_page(site: Site, guide: str, language: Language) -> Page:
    """The same without the guide's text, for lists: title, main message and counts."""
    if front_matter_text(site.sources[guide].guide, "title"):
        return _page(site, guide, language, Rendered((), ()))
    return render_page(site, guide, language, medium="web")


def _page(site: Site, guide: str, language: Language, body: Rendered) -> Page:
    source, translations = site.sources[guide].guide, site.translations(language, guide)
    title, source_title, title_lang = _title(site, source, language, body)
    summary = front_matter_text(source, "summary")
    own_summary = translations.texts.get(summary)
    return Page(
        guide=guide,
        language=language,
        source=site.source,
        title=title,
        title_lang=title_lang,
        source_title=source_title,
        summary=own_summary or summary,
        summary_lang=language.tag if own_summary else site.source.tag,
        source_summary=summary,
        document=document_id(source),
        edition=edition(source),
        blocks=body.blocks,
        headings=body.headings,
        has_title=_shows_title(source, body.headings),
        translated=translations.translated,
        total=translations.total,
        method=translations.method,
        assets=tuple(site.links[guide].files.items()),
    )


def _lookup(site: Site, guide: str, translations: Translations) -> Translate:
    """A translation may point a link elsewhere, never an image."""
    images = site.links[guide].images

    def translate(segment: Segment) -> str | None:
        if segment.domain and segment.msgid in images:
            return None
        return translations.lookup(segment)

    return translate


def _title(site: Site, guide: Guide, language: Language, body: Rendered) -> tuple[str, str, str]:
    """The title, the title in the source language, and the tag of the language of the first."""
    own = front_matter_text(guide, "title")
    if own:
        translated = site.translations(language, guide.name).texts.get(own)
        return translated or own, own, language.tag if translated else site.source.tag
    if body.headings:
        first = body.headings[0]
        return first.text, _source_heading(site, guide), first.lang or language.tag
    name = guide.name.rpartition("/")[2]
    return name, name, site.source.tag


def _source_heading(site: Site, guide: Guide) -> str:
    """The text of the first heading, without its markup, in the source language."""
    return site.sources[guide.name].extracted.headings[0].text


def _shows_title(guide: Guide, headings: tuple[Heading, ...]) -> bool:
    if front_matter_text(guide, "title"):
        return bool(headings) and headings[0].level == 1
    return bool(headings)


def _web_address(
    site: Site, guide: Guide, language: Language
) -> Callable[[str, Literal["href", "src"]], str | None]:
    page = page_path(language, guide.name)
    links = site.links[guide.name]
    by_path = {source.guide.path: name for name, source in site.sources.items()}

    def address(url: str, kind: Literal["href", "src"]) -> str | None:
        if url in links.dead:
            return None
        found = resolve(site.config, guide, url, kind, by_path)
        if found.kind == "guide":
            name = by_path[found.path]
            pages = (page_path(language, name), page_path(site.source, name))
            target = next((path for path in pages if path in site.files), None)
            return relative(page, target) + found.rest if target else None
        if url not in links.urls and found.kind in ("file", "missing"):
            return None  # only a translation can have it, and nothing is copied for one
        if found.kind == "file":
            return relative(page, f"{ASSETS}/{found.path}") + found.rest
        return url

    return address


def _print_address(
    site: Site, guide: Guide, language: Language
) -> Callable[[str, Literal["href", "src"]], str | None]:
    """On paper a link to another page needs the site's address; images are named by their path."""
    web = _web_address(site, guide, language)
    page = page_path(language, guide.name)
    by_path = {source.guide.path: name for name, source in site.sources.items()}

    def address(url: str, kind: Literal["href", "src"]) -> str | None:
        if url in site.links[guide.name].dead:
            return None
        found = resolve(site.config, guide, url, kind, by_path)
        if found.kind in ("outside", "here") and (found.kind == "here" or not url.startswith("/")):
            return url
        if kind == "src":
            return found.path if found.kind == "file" else url
        target = web(url, kind)
        if not site.config.site_url or found.kind in ("missing", "outside") or target is None:
            return None
        return urljoin(site.config.site_url + quote(page), target)

    return address
