"""The whole site as records: which pages there will be, and each page rendered. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import quote, urljoin

from outreach.addresses import ASSETS, Links, by_path, is_kept, links_of, relative, resolve
from outreach.answers import Answer
from outreach.bidi import isolate
from outreach.config import Config
from outreach.guides import document_id, edition, front_matter_text
from outreach.languages import file_name
from outreach.markup.render import Rendered, Translate, render
from outreach.model import Block, Credit, Guide, Heading, Language, Page, Segment, Variant
from outreach.project import Source, guide_paths
from outreach.review.editions import Edition
from outreach.review.source import changed_sections
from outreach.review.standing import Standing
from outreach.sheet.sources import SOURCES, Sources
from outreach.translations import LanguageTexts, Translations

Label = Callable[[str], str]
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


def render_page(
    site: Site,
    guide: str,
    language: Language,
    *,
    medium: Literal["web", "print"],
    beside: Language | None = None,
) -> Page:
    """A guide in one language, with addresses for the web or for paper.

    With `beside` it is what that language shows of the guide, which may be an older version of it.
    """
    content = site.content(beside or language, guide)
    if beside:
        content = replace(content, translations=Translations())
    body = render(
        content.guide,
        language,
        site.source,
        translate=_lookup(content),
        label=site.labels[language.tag],
        address=_web_address(site, content, language)
        if medium == "web"
        else _print_address(site, content, language),
        raw_html=site.config.raw_html,
        leave_out=site.config.leave_out,
    )
    if language.direction == "rtl" and medium == "web":
        # A sheet is isolated as a whole, with the words around the guide.
        body = replace(body, blocks=tuple(_isolated(block, language) for block in body.blocks))
    return _page(site, content, language, body)


def _isolated(block: Block, language: Language) -> Block:
    parts = tuple(isolate(part, language.tag) for part in block.parts)
    return replace(block, html=isolate(block.html, language.tag), parts=parts)


def brief_page(site: Site, guide: str, language: Language) -> Page:
    """The same without the guide's text, for lists: title, main message and counts."""
    content = site.content(language, guide)
    if front_matter_text(content.guide, "title"):
        return _page(site, content, language, Rendered((), ()))
    return render_page(site, guide, language, medium="web")


def _page(site: Site, content: Content, language: Language, body: Rendered) -> Page:
    source, translations = content.guide, content.translations
    title, source_title, title_lang = _title(site, content, language, body)
    summary = front_matter_text(source, "summary")
    own_summary = translations.texts.get(summary)
    page = Page(
        guide=source.name,
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
        assets=tuple(content.links.files.items()),
    )
    return page if page.is_source else _trusted(site, content, page)


def _trusted(site: Site, content: Content, page: Page) -> Page:
    """The page with what its record says of it."""
    standing = site.standing(page.language, page.guide)
    page = replace(page, method=standing.method, retired=page.language.tag in site.retired)
    if not standing.signed:
        return page
    now, outdated = site.sources.get(page.guide), standing.state == "outdated"
    changed = changed_sections(content.source, now) if now and outdated else ()
    return replace(
        page,
        state="outdated" if outdated else "reviewed",
        reviewed=standing.signed.date,
        code=standing.signed.code,
        credits=tuple(_credits(standing)),
        changed=changed,
    )


def _credits(standing: Standing) -> Iterator[Credit]:
    """Those who agreed to be named."""
    if standing.record and standing.signed:
        for person in standing.record.translators:
            if person.consent:
                yield Credit("translator", person.name, person.credential)
        reviewer = standing.signed.reviewer
        if reviewer.consent:
            yield Credit("reviewer", reviewer.name, reviewer.credential)


def _lookup(content: Content) -> Translate:
    """A translation may point a link elsewhere, never an image."""

    def translate(segment: Segment) -> str | None:
        if segment.domain and segment.msgid in content.links.images:
            return None
        return content.translations.lookup(segment)

    return translate


def _title(
    site: Site, content: Content, language: Language, body: Rendered
) -> tuple[str, str, str]:
    """The title, the title in the source language, and the tag of the language of the first."""
    own = front_matter_text(content.guide, "title")
    if own:
        translated = content.translations.texts.get(own)
        return translated or own, own, language.tag if translated else site.source.tag
    if body.headings:
        first = body.headings[0]
        source_title = content.source.extracted.headings[0].text
        return first.text, source_title, first.lang or language.tag
    name = content.guide.name.rpartition("/")[2]
    return name, name, site.source.tag


def _shows_title(guide: Guide, headings: tuple[Heading, ...]) -> bool:
    if front_matter_text(guide, "title"):
        return bool(headings) and headings[0].level == 1
    return bool(headings)


def _web_address(
    site: Site, content: Content, language: Language
) -> Callable[[str, Literal["href", "src"]], str | None]:
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


def _print_address(
    site: Site, content: Content, language: Language
) -> Callable[[str, Literal["href", "src"]], str | None]:
    """On paper a link to another page needs the site's address; images are named by their path."""
    guide = content.guide
    web = _web_address(site, content, language)
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
