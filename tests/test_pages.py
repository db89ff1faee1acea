"""The web pages: valid HTML, right languages and directions, and nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

import outreach
from outreach.languages import find
from outreach.model import Block, Heading, Language, Location, Page, Variant
from outreach.pages.views import (
    Download,
    GuideLink,
    LanguageEntry,
    LanguageLink,
    Place,
    Site,
    guide_link,
    guide_page,
    index_page,
    language_page,
    link,
)

EN, ES, AR, ZH, AM = (find(tag) for tag in ("en", "es", "ar", "zh-Hans", "am"))
LANGUAGES = (EN, ES, AR, ZH, AM)
TITLES = {
    "en": "What health equity is",
    "es": "Qué es la equidad en salud",
    "ar": "ما هي العدالة الصحية",
    "zh-Hans": "什么是健康公平",
    "am": "የጤና ፍትሃዊነት ምንድን ነው",
}
ARABIC = {
    "Print this guide": "اطبع هذا الدليل",
    "Machine translation, not yet checked by a qualified person.": "ترجمة آلية.",
    "Machine translation, not checked": "ترجمة آلية غير مراجعة",
    "This text can contain mistakes.": "قد يحتوي هذا النص على أخطاء.",
    "Not translated yet: %(missing)s of %(total)s parts.": "لم يُترجم: %(missing)s من %(total)s.",
}
SITE = Site(source=EN, publisher="Health <in> Reach", contact="guides@example.org")
DOWNLOADS = (Download("six.letter.pdf", "letter"), Download("six.a4.pdf", "a4"))
HEADINGS = tuple(
    Heading(level, anchor, anchor.title())
    for level, anchor in [(1, "top"), (2, "a"), (3, "b"), (2, "c"), (2, "d"), (3, "e"), (2, "f")]
)


def arabic(msgid: str) -> str:
    return ARABIC.get(msgid, msgid)


def page(language: Language = ES, html: str = "<p>Texto</p>") -> Page:
    tag = language.tag
    return Page(
        guide="six",
        language=language,
        source=EN,
        title=TITLES[tag],
        title_lang=tag,
        source_title=TITLES["en"],
        summary=f"Summary in {tag}",
        summary_lang=tag,
        blocks=(Block("", Location("content/en/six.md"), html, tag, "translated"),),
        headings=(),
        has_title=False,
        translated=40,
        total=40,
        method="" if language is EN else "machine draft",
    )


def switcher(current: Language, name: str = "six.html") -> tuple[LanguageLink, ...]:
    here = f"{current.tag}/{name}"
    return tuple(
        LanguageLink(item, link(here, f"{item.tag}/{name}"), item is current) for item in LANGUAGES
    )


def shown(item: Page, **options: Any) -> str:  # noqa: ANN401 - guide_page's own
    tag = item.language.tag
    defaults: dict[str, Any] = {
        "translate": arabic if tag == "ar" else str,
        "site": SITE,
        "place": Place(f"{tag}/six.html"),
        "languages": switcher(item.language),
    }
    return guide_page(item, **{**defaults, **options})


def parsed(html: str) -> Element:
    """The element tree of a page that has no parse error."""
    parser = HTMLParser(namespace_html_elements=False)
    tree: Element = parser.parse(html)
    assert parser.errors == []
    return tree


def every_page() -> Iterator[tuple[Language, str]]:
    skipped = guide_link(page(EN), "../en/b.html")
    for language in LANGUAGES:
        translate = arabic if language is AR else str
        yield language, shown(page(language), downloads=DOWNLOADS)
        long = replace(page(language), headings=HEADINGS, translated=9, has_title=True, summary="")
        yield language, shown(long)
        yield (
            language,
            language_page(
                language,
                (guide_link(page(language), "six.html", DOWNLOADS), skipped),
                translate=translate,
                site=SITE,
                place=Place(f"{language.tag}/index.html"),
                languages=switcher(language, "index.html"),
            ),
        )
    yield EN, index_page(entries(), translate=str, site=SITE)


def entries() -> tuple[LanguageEntry, ...]:
    return tuple(
        LanguageEntry(
            item, f"{item.tag}/index.html", (guide_link(page(item), f"{item.tag}/six.html"),)
        )
        for item in LANGUAGES
    )


def find_all(tree: Element, kind: str) -> list[Element]:
    return list(tree.iter(kind))


def by_class(tree: Element, name: str) -> list[Element]:
    return [item for item in tree.iter() if name in str(item.get("class") or "").split()]


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_every_page_is_valid_and_says_its_language_and_direction() -> None:
    for language, html in every_page():
        tree = parsed(html)
        assert html.startswith("<!DOCTYPE html>")
        assert (tree.get("lang"), tree.get("dir")) == (language.tag, language.direction)
        assert len(find_all(tree, "main")) == 1
        ids = [item.get("id") for item in tree.iter() if item.get("id")]
        assert len(ids) == len(set(ids))


def test_no_markup_stands_in_an_attribute() -> None:
    for _language, html in every_page():
        values = [value for item in parsed(html).iter() for value in item.attrib.values()]
        assert not [value for value in values if "<" in value]


def test_no_page_asks_for_anything_from_elsewhere() -> None:
    for _language, html in every_page():
        assert "http" not in html
        assert "<script" not in html
        assert "url(" not in html
    package = Path(outreach.__file__).parent
    style = (package / "styles" / "screen.css").read_text(encoding="utf-8")
    assert not re.search(r"url\(|@import|//\w", style)


def runs(element: Element, lang: str) -> Iterator[tuple[str, str]]:
    """Yield every run of text with the language in which a browser takes it."""
    lang = element.get("lang") or lang
    yield lang, element.text or ""
    for child in element:
        yield from runs(child, lang)
        yield lang, child.tail or ""


def test_every_run_of_another_script_has_its_language() -> None:
    scripts = {"ar": "[\u0600-\u06ff]", "am": "[\u1200-\u137f]", "zh-Hans": "[\u4e00-\u9fff]"}
    for _language, html in every_page():
        for lang, run in runs(parsed(html), ""):
            for tag, script in scripts.items():
                assert lang == tag or not re.search(script, run), run


def test_the_guide_stands_alone_in_its_element() -> None:
    body = '<h2 id="x">A</h2>\n<p>B &amp; C</p>'
    html = shown(page(html=body), downloads=DOWNLOADS)
    assert f'<article id="guide">{body}</article>' in html


def test_text_from_guides_and_configuration_is_escaped() -> None:
    item = replace(page(), title='A <b> & "c"', summary='"><script>')
    html = shown(item)
    assert "<h1>A &lt;b&gt; &amp; &#34;c&#34;</h1>" in html
    assert '<meta name="description" content="&#34;&gt;&lt;script&gt;">' in html
    assert "Health &lt;in&gt; Reach" in html


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda item: item.tag)
def test_the_switcher_has_every_language_by_its_own_name(language: Language) -> None:
    nav = by_class(parsed(shown(page(language))), "languages")[0]
    links = find_all(nav, "a")
    assert [text(item) for item in links] == [item.own_name for item in LANGUAGES]
    for item, target in zip(links, LANGUAGES, strict=True):
        assert item.get("lang") == item.get("hreflang") == target.tag
        assert item.get("dir") == target.direction
    current = [item for item in links if item.get("aria-current") == "page"]
    assert [item.get("lang") for item in current] == [language.tag]


def test_a_language_without_the_page_is_named_but_not_linked() -> None:
    languages = (*switcher(ES)[:2], LanguageLink(AR, None))
    tree = parsed(shown(page(), languages=languages))
    nav = by_class(tree, "languages")[0]
    assert AR.own_name in text(nav)
    assert "ar" not in [item.get("hreflang") for item in tree.iter()]


def test_many_languages_fold_into_a_list_that_needs_no_script() -> None:
    tags = ["en", "es", "ar", "zh-Hans", "am", "vi", "ko", "ru", "so", "fr"]
    languages = tuple(LanguageLink(find(tag), f"../{tag}/six.html") for tag in tags)
    nav = by_class(parsed(shown(page(), languages=languages)), "languages")[0]
    assert len(find_all(find_all(nav, "details")[0], "a")) == len(tags)


def test_alternates_are_relative_without_the_site_s_address() -> None:
    tree = parsed(shown(page()))
    links = [item for item in find_all(tree, "link") if item.get("rel") == "alternate"]
    expected = ["../en/six.html", "six.html", "../ar/six.html"]
    assert [item.get("href") for item in links][:3] == expected
    assert not [item for item in find_all(tree, "link") if item.get("rel") == "canonical"]


@pytest.mark.parametrize("url", ["https://example.org/x", "https://example.org/x/"])
def test_alternates_are_absolute_with_the_site_s_address(url: str) -> None:
    html = shown(page(), site=replace(SITE, url=url), place=Place("es/two words/six.html"))
    tree = parsed(html)
    links = {item.get("rel"): item.get("href") for item in find_all(tree, "link")}
    assert links["canonical"] == "https://example.org/x/es/two%20words/six.html"
    assert str(links["alternate"]).startswith("https://example.org/x/es/")
    assert links["stylesheet"] == "../../assets/outreach.css"


def test_the_title_is_shown_once() -> None:
    assert [text(h) for h in find_all(parsed(shown(page())), "h1")] == [TITLES["es"]]
    inside = replace(page(html=f"<h1>{TITLES['es']}</h1>"), has_title=True)
    assert len(find_all(parsed(shown(inside)), "h1")) == 1


def test_the_english_title_stands_beneath_a_translated_one() -> None:
    source = by_class(parsed(shown(page(AR))), "source-title")[0]
    assert text(source) == TITLES["en"]
    assert (source[0].get("lang"), source[0].get("dir")) == ("en", "ltr")
    assert not by_class(parsed(shown(page(EN))), "source-title")


def test_a_title_that_is_not_translated_is_marked_as_english() -> None:
    item = replace(page(AR), title=TITLES["en"], title_lang="en", summary_lang="en")
    tree = parsed(shown(item))
    heading, message = find_all(tree, "h1")[0], by_class(tree, "message")[0]
    assert [heading.get("lang"), heading.get("dir")] == ["en", "ltr"]
    assert [message.get("lang"), message.get("dir")] == ["en", "ltr"]
    assert not by_class(tree, "source-title")


def test_a_machine_draft_says_so_in_both_languages_and_links_to_english() -> None:
    notice = by_class(parsed(shown(page(AR))), "draft")[0]
    own, english, source = find_all(notice, "p")
    assert text(own) == "ترجمة آلية. قد يحتوي هذا النص على أخطاء."
    assert text(english).startswith("Machine translation, not yet checked")
    assert (english.get("lang"), english.get("dir")) == ("en", "ltr")
    assert find_all(source, "a")[0].get("href") == "../en/six.html"


def test_another_draft_is_not_called_machine_translation() -> None:
    html = shown(replace(page(), method="human"))
    assert "Draft translation, not yet checked" in html
    assert "Machine translation" not in html


def test_the_notice_is_not_said_twice_where_the_interface_is_english() -> None:
    assert shown(page(ES)).count("Machine translation") == 1


def test_the_source_language_has_no_notice() -> None:
    tree = parsed(shown(replace(page(EN), translated=0)))
    assert not by_class(tree, "notice")


def test_the_reader_learns_how_much_is_not_translated() -> None:
    notice = by_class(parsed(shown(replace(page(AR), translated=37))), "missing")[0]
    assert "لم يُترجم: 3 من 40." in text(notice)
    assert "These parts are shown in English." in text(notice)
    assert not by_class(parsed(shown(page(AR))), "missing")


def test_another_source_language_is_named_by_itself() -> None:
    french = find("fr")
    item = replace(page(ES), source=french, translated=37)
    html = shown(item, site=replace(SITE, source=french))
    assert "shown in the original language: <bdi>Français</bdi>." in html
    assert "in English" not in html


def test_downloads_say_what_they_are() -> None:
    others: tuple[Variant, ...] = ("large-print", "bilingual", "columns")
    downloads = (*DOWNLOADS, *(Download(f"six.{it}.pdf", it) for it in others))
    tree = parsed(shown(page(EN), downloads=downloads))
    links = find_all(by_class(tree, "downloads")[0], "a")
    assert [(item.get("href"), text(item)) for item in links] == [
        ("six.letter.pdf", "PDF for US Letter paper"),
        ("six.a4.pdf", "PDF for A4 paper"),
        ("six.large-print.pdf", "PDF in large print"),
        ("six.bilingual.pdf", "PDF with English on the back"),
        ("six.columns.pdf", "PDF with English beside the text"),
    ]


def test_without_downloads_nothing_speaks_of_them() -> None:
    html = shown(page(EN))
    assert "PDF" not in html
    assert "Print this guide" not in html


def test_a_long_guide_has_a_table_of_contents_of_two_levels() -> None:
    tree = parsed(shown(replace(page(), headings=HEADINGS)))
    nav = by_class(tree, "contents")[0]
    assert [item.get("href") for item in find_all(nav, "a")] == ["#a", "#b", "#c", "#d", "#e", "#f"]
    outer = find_all(nav, "ol")[0]
    assert [len(find_all(item, "a")) for item in outer] == [2, 1, 2, 1]


def test_a_short_guide_has_no_table_of_contents() -> None:
    headings = tuple(item for item in HEADINGS if item.id != "f")
    assert not by_class(parsed(shown(replace(page(), headings=headings))), "contents")


def test_headings_that_are_not_translated_are_marked_in_the_contents() -> None:
    headings = tuple(replace(item, lang="en") if item.id == "c" else item for item in HEADINGS)
    nav = by_class(parsed(shown(replace(page(AR), headings=headings))), "contents")[0]
    marked = [item for item in find_all(nav, "a") if item.get("lang")]
    assert [(item.get("href"), item.get("dir")) for item in marked] == [("#c", "ltr")]


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("guides@example.org", "mailto:guides@example.org"),
        ("https://example.org/help?a=1&b=2", "https://example.org/help?a=1&b=2"),
        ("javascript:alert(1)", ""),
        ("Ask at the front desk", ""),
    ],
)
def test_a_contact_becomes_a_link_only_where_it_is_an_address(contact: str, href: str) -> None:
    site = replace(SITE, contact=contact)
    assert site.contact_href == href
    foot = by_class(parsed(shown(page(), site=site)), "foot")[0]
    assert contact in text(foot)
    assert [item.get("href") for item in find_all(foot, "a")] == ([href] if href else [])


def test_the_foot_names_the_license_when_there_is_one() -> None:
    site = replace(SITE, license="CC BY 4.0", license_url="https://example.org/by")
    foot = by_class(parsed(shown(page(), site=site)), "foot")[0]
    assert "License: CC BY 4.0" in text(foot)
    assert "License" not in shown(page())


def test_a_page_without_publisher_and_contact_stays_valid() -> None:
    html = shown(page(), site=Site(source=EN), languages=switcher(ES)[1:2])
    assert "Published by" not in html
    assert f"<title>{TITLES['es']}</title>" in html
    assert not by_class(parsed(html), "languages")


def language_tree(language: Language, *guides: GuideLink) -> Element:
    return parsed(
        language_page(
            language,
            guides,
            translate=arabic if language is AR else str,
            site=SITE,
            place=Place(f"{language.tag}/index.html"),
            languages=switcher(language, "index.html"),
        )
    )


def test_the_language_s_page_shows_titles_in_both_languages() -> None:
    tree = language_tree(AR, guide_link(page(AR), "six.html", DOWNLOADS))
    card = by_class(tree, "card")[0]
    assert text(find_all(card, "h3")[0]) == TITLES["ar"]
    assert text(by_class(card, "source-title")[0]) == TITLES["en"]
    assert [text(mark) for mark in by_class(card, "mark")] == [
        "ترجمة آلية غير مراجعة",
        "Machine translation, not checked",
    ]
    assert len(find_all(by_class(card, "downloads")[0], "a")) == len(DOWNLOADS)
    assert text(find_all(tree, "h1")[0]) == f"{AR.own_name} Arabic"


def test_a_skipped_guide_is_linked_in_english_with_a_word_of_explanation() -> None:
    tree = language_tree(AR, guide_link(page(EN), "../en/b.html"))
    anchor = find_all(by_class(tree, "card")[0], "a")[0]
    attributes = [anchor.get(name) for name in ("href", "hreflang", "lang", "dir")]
    assert attributes == ["../en/b.html", "en", "en", "ltr"]
    assert "You can read them in English." in text(find_all(tree, "main")[0])
    assert not by_class(tree, "mark")


def test_the_list_of_languages_has_own_names_first_and_links_to_guides() -> None:
    tree = parsed(index_page(entries(), translate=str, site=SITE))
    items = list(by_class(tree, "tongues")[0])
    assert [(item.get("lang"), item.get("dir")) for item in items] == [
        (item.tag, item.direction) for item in LANGUAGES
    ]
    assert text(find_all(items[2], "h2")[0]) == f"{AR.own_name} Arabic"
    assert [item.get("href") for item in find_all(items[2], "a")] == [
        "ar/index.html",
        "ar/six.html",
    ]


def test_a_project_with_many_guides_lists_only_its_languages() -> None:
    many = tuple(guide_link(page(ES), f"es/{n}.html") for n in range(13))
    skipped = (guide_link(page(EN), "en/six.html"),)
    html = index_page(
        (LanguageEntry(ES, "es/index.html", many), LanguageEntry(AR, "ar/index.html", skipped)),
        translate=str,
        site=SITE,
    )
    hrefs = [item.get("href") for item in find_all(by_class(parsed(html), "tongues")[0], "a")]
    assert hrefs == ["es/index.html", "ar/index.html"]


@pytest.mark.parametrize(
    ("path", "target", "href"),
    [
        ("index.html", "es/six.html", "es/six.html"),
        ("es/six.html", "es/six.html", "six.html"),
        ("es/sub/a.html", "ar/sub/a.html", "../../ar/sub/a.html"),
        ("es/a.html", "es/sub/two words é.html", "sub/two%20words%20%C3%A9.html"),
        ("es/a.html", "es/a:b.html", "a%3Ab.html"),
    ],
)
def test_link_is_relative_and_encoded(path: str, target: str, href: str) -> None:
    assert link(path, target) == href


def luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_colors_have_the_contrast_of_wcag_aa_in_both_schemes() -> None:
    package = Path(outreach.__file__).parent
    style = (package / "styles" / "screen.css").read_text(encoding="utf-8")
    schemes = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(schemes) == 3
    for scheme in schemes:
        colors = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", scheme))
        paper = luminance(colors["paper"])
        for name in ("ink", "quiet", "accent", "accent-deep"):
            ink = luminance(colors[name])
            assert (max(paper, ink) + 0.05) / (min(paper, ink) + 0.05) >= 4.5, name
