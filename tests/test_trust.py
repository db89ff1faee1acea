"""What readers and staff see of trust: on pages and lists, and on every page of every sheet."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from golden import RELEASED, released
from projects import dead_links, files, look, once, run, write
from pypdf import PdfReader
from released import HANDS, REASON, VISIT, change, project

from outreach.config import load_config
from outreach.languages import find
from outreach.model import Block, Credit, Heading, Location, Notice, Page
from outreach.pages.trust import Trust, mark, named, short_mark, version_of
from outreach.pages.views import GuideLink, LanguageLink, Place, Site, guide_page, notice_page
from outreach.reading import read_project
from outreach.rendered import render_page
from outreach.sheet.edition import edition_code
from outreach.sheet.view import sheet_html

EN, ES, AR, VI, FR = (find(tag) for tag in ("en", "es", "ar", "vi", "fr"))
FORMS = ("letter", "large-print", "bilingual", "columns")
UNCHECKED = ("not yet checked", "todavía no revisad", "not checked", "no revisad", "borrador")
OLDER = "Older version: the English has changed"
OLDER_AR = "إصدار أقدم"
HEADINGS = (Heading(2, "when-to-wash", "Cuándo lavarse"), Heading(2, "soap", "Soap", "en"))
PAGES = sorted(files(RELEASED, "*.html"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "released-site", released)


@pytest.fixture(scope="session")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same project built with its drafts, and with Arabic given up."""

    def make(root: Path) -> None:
        project(root)
        config = (root / "outreach.toml").read_text("utf-8")
        write(root, {"outreach.toml": config + "retired = { ar = 2026-01-01 }\n"})
        change(root, HANDS, ("Make your hands wet", "Make both your hands wet"))
        outcome = run(root, "build")
        assert outcome.code == 0, outcome.err

    return once(tmp_path_factory, "drafts-site", make)


def page_of(root: Path, path: str) -> str:
    return (root / "build" / path).read_text("utf-8")


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def pdf(root: Path, tag: str, guide: str, form: str) -> Path:
    (file,) = (root / "build" / tag).glob(f"{guide}.*.{form}.pdf")
    return file


def links(file: Path) -> set[str]:
    """The addresses on the web that a sheet leads to."""
    notes: list[Any] = [it for page in PdfReader(file).pages for it in page.get("/Annots", ())]
    actions = [note.get_object().get("/A", {}) for note in notes]
    return {str(action["/URI"]) for action in actions if "/URI" in action}


def sheet(root: Path, tag: str, guide: str, form: str) -> list[str]:
    """The text of each page of a sheet on which there is any, without line ends."""
    file = pdf(root, tag, guide, form)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    text = "".join(c for c in done.stdout.decode() if not "\u202a" <= c <= "\u2069")
    return [" ".join(part.split()) for part in text.split("\f") if part.strip()]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_a_release_is_as_expected(path: str, site: Path) -> None:
    advice = "the page changed; if it should have, run `python tests/golden.py`"
    assert page_of(site, path) == (RELEASED / path).read_text("utf-8"), advice


def test_every_address_of_a_release_leads_somewhere(site: Path) -> None:
    dead = dead_links(site / "build")
    assert [it for it in dead if not it.endswith(".html") or "https://" not in it] == []
    # Where a language has but a notice, guides link to the text in English.
    hands = page_of(site, "ar/hand-washing.html")
    assert "../en/sub/clinic-visit.html#bring-these" in [it[2] for it in look(hands).addresses]


def test_a_reviewed_page_says_when_and_by_whom_and_is_clean(site: Path) -> None:
    html = page_of(site, "es/hand-washing.html")
    assert 'class="notice' not in html
    for text in (
        "English version of 2026-11-24 · reviewed 2026-11-25 · HE-H1 · Edition",
        "Traducción: Translator Two",
        "Revisión: Reviewer One (Certified placeholder)",
    ):
        assert text in plain(html).replace(" .", ".")
    cards = page_of(site, "es/index.html")
    for words in UNCHECKED:
        assert words not in plain(html + cards).lower()
    assert "reviewed 2026-11-25" in plain(cards)


def test_only_those_who_agreed_are_named(site: Path) -> None:
    assert "Translator Two" in page_of(site, "ar/hand-washing.html")
    assert "Reviewer One" not in page_of(site, "ar/hand-washing.html")


@pytest.mark.parametrize("form", FORMS)
def test_a_reviewed_sheet_has_no_mark(form: str, site: Path) -> None:
    pages = sheet(site, "es", HANDS, form)
    assert len(pages) > 1
    whole = " ".join(pages)
    for words in (*UNCHECKED, "Older version", "Versión anterior"):
        assert words.lower() not in whole.lower()
    foot = re.sub(r"\s", "", whole)
    assert "Versióneninglésdel2026-11-24" in foot
    assert "reviewed2026-11-25" in foot.replace("Versión", "") or form == "large-print"
    assert "TranslatorTwo" in foot
    assert "ReviewerOne" in foot


@pytest.mark.parametrize("form", FORMS)
def test_every_page_of_an_older_version_says_so(form: str, site: Path) -> None:
    first, *others = sheet(site, "ar", HANDS, form)
    assert "This is an older version." in first
    assert "When to wash" in first
    assert "How to do it" in first
    assert others
    back = [text for text in others if "This is an older version." in text]
    assert len(back) == (form == "bilingual")  # the English on the back is the older one, too
    for text in others:
        assert OLDER in text or text in back
    assert "2026-11-20" in " ".join((first, *others))
    english = "https://clinic.example/guides/en/hand-washing.html"
    assert english in links(pdf(site, "ar", HANDS, form))
    assert english not in links(pdf(site, "es", HANDS, "letter"))


@pytest.mark.parametrize("form", FORMS)
def test_every_page_of_a_draft_says_so(form: str, drafts: Path) -> None:
    pages = sheet(drafts, "zh-Hans", HANDS, form)
    assert len(pages) > 1
    for text in pages:
        assert "Draft translation, not" in text
    backs = [text for text in pages if "Simplified Chinese: Draft translation, not" in text]
    assert bool(backs) == (form == "bilingual")
    fronts = [text for text in pages if text not in backs]
    assert all("翻译草稿" in text for text in fronts)


@pytest.mark.parametrize("form", FORMS)
def test_every_page_in_a_language_that_is_given_up_says_so(form: str, drafts: Path) -> None:
    first, *others = sheet(drafts, "ar", HANDS, form)
    assert "This translation is not kept up to date any more. Last reviewed 2026-11-25." in first
    for text in others:
        assert "not kept up to date" in text or OLDER in text or "older version" in text
    html = page_of(drafts, "ar/hand-washing.html")
    assert 'class="notice marked retired"' in html


def test_lists_follow_the_state(site: Path, drafts: Path) -> None:
    index = plain(page_of(site, "index.html"))
    assert f"أيدٍ نظيفة {OLDER}" in index
    assert "Draft" not in index
    assert "干净的手 Draft translation, not checked" in plain(page_of(drafts, "index.html"))
    older = page_of(site, "ar/index.html")
    assert OLDER in older
    assert OLDER_AR in older


def test_a_guide_with_a_notice_is_listed_in_english_with_the_reason(site: Path) -> None:
    here, elsewhere = page_of(site, "es/index.html").split("Todavía no disponibles")
    assert "clinic-visit" not in here
    assert 'href="../en/sub/clinic-visit.html" hreflang="en" lang="en"' in elsewhere
    assert '<a href="sub/clinic-visit.html"><bdi lang="en" dir="ltr">This translation was' in (
        elsewhere
    )
    assert "su visita" not in elsewhere.lower()  # no word of what nobody signed off


@pytest.mark.parametrize(
    ("path", "own", "english"),
    [
        (f"es/{VISIT}", "Esta traducción fue retirada.", "This translation was withdrawn."),
        (f"ar/{VISIT}", "هذه الترجمة قديمة وقد سُحبت.", "This translation is out of date"),
        (f"zh-Hans/{HANDS}", "本译文尚未审核。", "This translation is not reviewed yet."),
    ],
)
def test_a_notice_says_why_in_both_languages(path: str, own: str, english: str, site: Path) -> None:
    html = page_of(site, f"{path}.html")
    tag = path.split("/", maxsplit=1)[0]
    first, second = html.split('<div class="facts" ')[1:]
    assert first.startswith(f'lang="{tag}" dir="{find(tag).direction}">')
    assert second.startswith('lang="en" dir="ltr">')
    assert own in first
    assert english in second
    for part in (first, second):
        assert f"/en/{path.removeprefix(f'{tag}/')}.html" in part
        assert ".letter.pdf" in part
        assert 'href="mailto:guides@clinic.example"' in part
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="alternate"' not in html
    assert not re.search(rf'"[^"]*\.{tag}-[^"]*\.pdf"', html)


def test_the_reason_of_a_withdrawal_is_text_in_english(site: Path) -> None:
    html = page_of(site, f"es/{VISIT}.html")
    escaped = "Step 2 said “bleach” &amp; &lt;not&gt; “soap”."
    assert html.count(f'<bdi lang="en" dir="ltr">{escaped}</bdi>') == 2
    assert REASON not in html


def test_a_page_and_its_paper_have_the_same_code(site: Path) -> None:
    read = read_project(load_config(site), fonts=False).site
    for language in read.languages:
        for guide in read.sources:
            web, paper = (
                edition_code(replace(render_page(read, guide, language, medium=medium), code=""))
                for medium in ("web", "print")
            )
            assert web == paper, (language.tag, guide)
    code = re.findall(r"[2-9A-Z]{3}-[2-9A-Z]{3}\b", sheet(site, "es", HANDS, "letter")[0])[0]
    assert f'Edition <bdi class="whole" dir="ltr">{code}</bdi>' in page_of(
        site, "es/hand-washing.html"
    )


def page(**changes: object) -> Page:
    made = Page(
        guide="hands",
        language=ES,
        source=EN,
        title="Manos",
        title_lang="es",
        source_title="Hands",
        summary="",
        summary_lang="es",
        blocks=(Block("", Location("content/en/hands.md"), "<p>Uno</p>", "es", "translated"),),
        headings=HEADINGS,
        has_title=False,
        translated=1,
        total=1,
        document="HE-H1",
        edition="2026-11-20",
        state="outdated",
        reviewed="2026-11-25",
        changed=("", "When to wash", "Soap", "New <part>"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def spanish(msgid: str) -> str:
    texts = {
        "This is an older version.": "Versión anterior.",
        "The English text has changed since in: %(sections)s": "Cambió: %(sections)s",
        "and %(count)s more": "y %(count)s más",
    }
    return texts.get(msgid, msgid)


def test_changed_sections_have_their_own_headings_where_there_are_any() -> None:
    (own, _), (english, _) = mark(page(), spanish, most=3)
    assert "<bdi>Cuándo lavarse</bdi>" in own
    assert '<bdi lang="en" dir="ltr">Soap</bdi>' in own  # a heading that is not translated
    assert "y 1 más" in own
    assert "Cuándo" not in english
    assert plain(english).endswith("in: the beginning · When to wash · Soap · and 1 more")


def test_a_mark_stays_small_however_much_has_changed() -> None:
    many = page(changed=tuple(f"Section {n} {'word ' * 40}" for n in range(400)), headings=())
    document = sheet_html(many, translate=str, site=Site(EN))
    words = plain(document.split('<div class="mark">')[2].split("</div>")[0])
    assert len(words) < 450
    assert "and 397 more" in words
    assert "New &lt;part&gt;" in mark(page(), str, most=9)[0][0]


def test_without_sections_an_older_version_is_marked_all_the_same() -> None:
    assert "The English text has changed since." in plain(mark(page(changed=()), str, most=3)[0][0])


def test_a_mark_is_in_english_whatever_the_translation_says() -> None:
    for state in ("draft", "outdated"):
        said = mark(page(state=state), lambda _: "Reviewed by a doctor", most=3)
        assert [language.tag for _, language in said] == ["es", "en"]
        assert "Reviewed by a doctor" not in said[-1][0]
        assert said[-1] == mark(page(state=state), str, most=3)[-1]
        trust = Trust.of(page(state=state))
        assert short_mark(trust, lambda _: "Reviewed", ES)[-1] == short_mark(trust, str, ES)[-1]


def test_english_alone_is_said_once() -> None:
    assert [language.tag for _, language in mark(page(language=VI), str, most=3)] == ["en"]
    assert len(short_mark(Trust.of(page(language=VI)), str, VI)) == 1


def test_another_source_language_is_the_original() -> None:
    (text, language), *_ = mark(page(source=FR), str, most=3)
    assert language.tag == "en"
    assert "original text" in text
    assert "English" not in text
    assert 'lang="fr"' in text
    assert version_of(page(source=FR), str)[0][0].startswith("Original version of")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "English version of 2026-11-20 · reviewed 2026-11-25"),
        ({"edition": ""}, "Reviewed 2026-11-25"),
        ({"state": "draft", "reviewed": ""}, "English version of 2026-11-20"),
        ({"language": EN, "reviewed": ""}, "Version of 2026-11-20"),
    ],
)
def test_the_foot_dates_what_was_translated(changes: dict[str, Any], said: str) -> None:
    assert [plain(text) for text, _ in version_of(page(**changes), str)] == [said]
    assert version_of(page(edition="", state="draft", reviewed=""), str) == ()


def test_a_language_that_is_given_up_is_marked_even_where_nothing_changed() -> None:
    kept = page(state="reviewed", retired=True, changed=())
    assert plain(mark(kept, str, most=3)[0][0]) == (
        "This translation is not kept up to date any more. Last reviewed 2026-11-25 ."
    )
    assert mark(page(state="reviewed"), str, most=3) == ()
    assert named(short_mark(Trust.of(kept), str, EN), ES)[0][0].startswith("Spanish: Translation")


def test_a_name_is_text() -> None:
    credit = Credit("translator", "<b>One</b>", "a & b")
    html = guide_page(
        page(credits=(credit,)),
        translate=str,
        site=Site(EN),
        place=Place("es/a.html"),
        languages=(),
    )
    assert "<bdi>&lt;b&gt;One&lt;/b&gt; (a &amp; b)</bdi>" in html


def notice(kind: str, language: str = "es", **facts: Any) -> str:  # noqa: ANN401
    targets = tuple(
        GuideLink(ES, f"Guía {n}", ES, f"Guide {n}", "", ES, f"new-{n}.html") for n in range(2)
    )
    return notice_page(
        Notice(kind, "old", find(language), EN, "Old guide", **facts),  # type: ignore[arg-type]
        translate=str,
        site=Site(EN, contact="help@example.org"),
        place=Place(f"{language}/old.html"),
        languages=(LanguageLink(EN, "../en/old.html", notice=True),),
        targets=targets if kind == "moved" else (),
    )


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_guide_that_moved_links_to_those_in_its_place(language: str) -> None:
    html = notice("moved", language)
    assert "This guide has moved." in html
    assert "Guía 0" in html
    assert "new-1.html" in html
    assert "old.html" not in html.split("<main")[1]  # that is a notice in English, too
    assert f'href="../{language}/index.html"' in html.split("<main")[1]


def test_a_guide_that_is_gone_says_so() -> None:
    assert "This guide is not published any more." in notice("retired")
    assert 'Date: <bdi class="whole">2026-11-25</bdi>.' in notice("retired", date="2026-11-25")


def test_codes_of_sheets_are_named() -> None:
    one, two = notice("withdrawn", codes=("K7F-2QX",)), notice("withdrawn", codes=("A-1", "B-2"))
    assert 'with the code <bdi class="whole" dir="ltr">K7F-2QX</bdi>, please do not use it' in one
    assert "please do not use it: A-1 · B-2" in plain(two)
    assert "If you have a printed sheet, please do not use it." in notice("withdrawn")
