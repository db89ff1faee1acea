"""A guide in one language, rendered into a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from outreach.bidi import isolate
from outreach.guides import document_id, edition, front_matter_text
from outreach.hrefs import print_address, web_address
from outreach.markup.render import Rendered, Translate, render
from outreach.model import Block, Credit, Guide, Heading, Language, Page, Segment
from outreach.review.source import changed_sections
from outreach.review.standing import Standing
from outreach.site import Content, Site
from outreach.translations import Translations

_OPENING = re.compile(r"#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
"""The heading on the first line of a guide."""


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
    body = _body(site, content, content.guide, language, medium)
    if language.direction == "rtl" and medium == "web":
        # A sheet is isolated as a whole, with the words around the guide.
        body = replace(body, blocks=tuple(_isolated(block, language) for block in body.blocks))
    return _page(site, content, language, body)


def _body(
    site: Site, content: Content, guide: Guide, language: Language, medium: Literal["web", "print"]
) -> Rendered:
    """A guide, or a part of it, with its translations."""
    return render(
        guide,
        language,
        site.source,
        translate=_lookup(content),
        label=site.labels[language.tag],
        address=web_address(site, content, language)
        if medium == "web"
        else print_address(site, content, language),
        raw_html=site.config.raw_html,
        leave_out=site.config.leave_out,
    )


def _isolated(block: Block, language: Language) -> Block:
    parts = tuple(isolate(part, language.tag) for part in block.parts)
    return replace(block, html=isolate(block.html, language.tag), parts=parts)


def brief_page(site: Site, guide: str, language: Language) -> Page:
    """The same without the guide's text, for lists: title, main message and counts."""
    content = site.content(language, guide)
    if front_matter_text(content.guide, "title"):
        return _page(site, content, language, Rendered((), ()))
    opening = _opening(content)
    if opening is None:
        return render_page(site, guide, language, medium="web")
    return _page(site, content, language, _body(site, content, opening, language, "web"))


def _opening(content: Content) -> Guide | None:
    """A guide cut after the heading that it begins with, where nothing else matters for the title.

    A list of hundreds of guides needs only their titles.
    """
    first, _, _ = content.guide.text.lstrip("\n").partition("\n")
    found = _OPENING.fullmatch(first)
    if found is None:
        return None
    texts = (first, content.translations.texts.get(found.group(1), ""))
    # A label or a footnote in it is explained further below.
    return None if any("[" in text for text in texts) else replace(content.guide, text=first)


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
