"""The forms of a sheet: what they are called, what is in them, and what their foot says."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from projects import GUIDE, SPANISH, catalog, files, po, run, write
from pypdf import PdfReader

from outreach.config_keys import VARIANTS
from outreach.languages import find
from outreach.model import Block, Credit, Location, Page
from outreach.pages.views import Site
from outreach.sheet.code import qr_svg
from outreach.sheet.edition import edition_code
from outreach.sheet.view import families, sheet_html

SITE = Site(find("en"), "Partners", "help@example.org", "https://health.example.org/guides")
ADDRESS = "https://health.example.org/guides/es/hands.html"
SIGNS = "[23456789CFGHJKMPQRVWX]{3}"
PLACE = Location("content/en/hands.md", 1)


def page(tag: str, *texts: str, edition: str = "2026-11-21") -> Page:
    blocks = tuple(Block("", PLACE, f'<p id="a">{text}</p>', tag, "translated") for text in texts)
    language = find(tag)
    return Page(
        guide="hands",
        language=language,
        source=find("en"),
        title="Manos limpias" if tag == "es" else "Clean hands",
        title_lang=tag,
        source_title="Clean hands",
        summary="Lávelas." if tag == "es" else "Wash them.",
        summary_lang=tag,
        blocks=blocks,
        headings=(),
        has_title=False,
        translated=1,
        total=1,
        method="" if tag == "en" else "machine draft",
        source_summary="Wash them.",
        document="HE-H1",
        edition=edition,
    )


ES, EN = page("es", "Jabón y agua.", "Todos los días."), page("en", "Soap, water.", "Every day.")


def sheet(made: Page, site: Site = SITE, **form: object) -> str:
    return sheet_html(made, translate=lambda _text: "", site=site, **form)  # type: ignore[arg-type]


def words(document: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", document)).split())


def code_of(document: str) -> str:
    found = set(re.findall(r"\b[2-9A-Z]{3}-[2-9A-Z]{3}\b", words(document)))
    assert len(found) == 1
    return str(found.pop())


def foot(document: str) -> str:
    return words(document.split('<footer class="foot">')[1])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"content/en/hands.md": GUIDE, catalog("hands"): po(SPANISH)})


def sheets(project: Path) -> dict[str, bytes]:
    return files(project / "build", "*.pdf")


def test_letter_and_a4_are_made_of_every_guide(project: Path) -> None:
    assert run(project, "build").code == 0
    assert set(sheets(project)) == {
        f"{tag}/hands.{name}.{paper}.pdf"
        for tag, name in (("en", "en-English"), ("es", "es-Spanish"))
        for paper in ("letter", "a4")
    }


def test_all_forms_are_made_on_request_and_linked(project: Path) -> None:
    assert run(project, "build", "--variant", "all").code == 0
    spanish = {f"es/hands.es-Spanish.{it}.pdf" for it in VARIANTS}
    english = {f"en/hands.en-English.{it}.pdf" for it in ("letter", "a4", "large-print")}
    assert set(sheets(project)) == spanish | english
    made = (project / "build/es/hands.html").read_text("utf-8")
    assert all(f'href="{path.removeprefix("es/")}"' in made for path in spanish)


def test_one_form_leaves_the_others_as_they_are(project: Path) -> None:
    run(project, "build")
    before = set(sheets(project))
    assert run(project, "build", "--variant", "columns", "--format", "pdf").code == 0
    assert set(sheets(project)) - before == {"es/hands.es-Spanish.columns.pdf"}
    assert before <= set(sheets(project))


def test_the_configuration_names_the_forms(project: Path) -> None:
    write(project, {"outreach.toml": 'variants = ["large-print", "a4"]\npaper = "a4"\n'})
    assert run(project, "build").code == 0
    kinds = {path.split(".")[-2] for path in sheets(project)}
    assert kinds == {"large-print", "a4"}
    for data in (project / "build").rglob("*.pdf"):
        box = PdfReader(data).pages[0].mediabox
        assert (round(box.width), round(box.height)) == (595, 842)


def test_an_unknown_form_is_wrong_usage(project: Path) -> None:
    outcome = run(project, "build", "--variant", "poster")
    assert outcome.code == 2
    assert "large-print" in outcome.err


def test_the_foot_says_what_the_sheet_is() -> None:
    text = foot(sheet(ES))
    for part in (
        "Español · Spanish",
        "HE-H1 · es",
        "English version of 2026-11-21",
        "Machine translation, not yet checked by a qualified person.",
        "Partners",
        "help@example.org",
        "health.example.org/guides/es/hands.html",
        "Help near you",
    ):
        assert part in text
    assert "Clean hands" in words(sheet(ES).split('<header class="title">')[1])


def test_a_sheet_in_the_source_language_names_its_own_date() -> None:
    assert "Version of 2026-11-21" in foot(sheet(EN))
    assert "English version" not in foot(sheet(EN))
    assert "ersion of" not in foot(sheet(page("en", "Text", edition="")))


def test_partners_fill_their_places() -> None:
    site = Site(
        find("en"),
        "Partners",
        license="CC BY 4.0",
        disclaimer="Ask a nurse first.",
        partner="Clinic North",
        local_contacts=("Desk: (206) 555-0100", "Monday to Friday"),
    )
    document = sheet(ES, site)
    text = foot(document)
    for part in (
        "Free to copy and hand out. CC BY 4.0",
        "Ask a nurse first.",
        "Clinic North",
        "Desk: (206) \u2060555-0100",
        "Monday to Friday",
    ):
        assert part in text
    assert "to-write" not in document


def test_an_empty_box_waits_for_local_contacts() -> None:
    assert 'class="to-write"' in sheet(ES)
    assert "Free to copy" not in foot(sheet(ES))


def test_without_the_site_s_address_there_is_no_code_to_scan() -> None:
    assert "<svg" in sheet(ES)
    document = sheet(ES, Site(find("en")))
    assert "<svg" not in document
    assert "Read it online" not in document


def test_every_form_of_a_text_has_the_same_edition_code() -> None:
    plain = code_of(sheet(ES))
    assert plain == code_of(sheet(ES, paper="a4")) == code_of(sheet(ES, large=True))
    assert plain != code_of(sheet(page("es", "Jabón y agua.", "Cada día.")))
    assert plain != code_of(sheet(EN))


@given(st.text(), st.text())
def test_other_words_have_another_code(one: str, two: str) -> None:
    codes = [edition_code(page("es", "Jabón", html.escape(text))) for text in (one, two)]
    if words(html.escape(one)) == words(html.escape(two)):
        assert codes[0] == codes[1]
    assert re.fullmatch(f"{SIGNS}-{SIGNS}", codes[0])


@pytest.mark.parametrize("tag", ["a href='x'", "span dir='ltr'", "strong", "code"])
def test_markup_inside_a_sentence_does_not_change_the_code(tag: str) -> None:
    # A link that leads nowhere on paper is no link there, and on the web numbers stand in spans.
    marked = f"See (<{tag}>the rules</{tag.split(maxsplit=1)[0]}>)."
    assert edition_code(page("es", marked)) == edition_code(page("es", "See (the rules)."))
    assert edition_code(page("es", "a <p>b</p>")) != edition_code(page("es", "ab"))


def test_a_sheet_that_was_signed_off_has_the_code_of_the_draft_that_was_read() -> None:
    signed = replace(ES, state="reviewed", reviewed="2026-11-25", edition="2026-11-20")
    assert code_of(sheet(signed)) == code_of(sheet(ES))


def test_the_names_of_people_may_have_letters_of_any_script() -> None:
    people = (Credit("reviewer", "评审员", "مراجع"),)
    assert {"Noto Sans SC", "Noto Sans TC", "Amiri"} <= {*families(replace(ES, credits=people))}
    assert "Noto Sans SC" not in families(ES)


@pytest.mark.parametrize("address", [ADDRESS, "https://x.org/?q=%D8%B9#ب", "HTTPS://A.ORG/1"])
def test_a_code_to_scan_holds_the_address(address: str) -> None:
    wanted = [list(map(bool, row)) for row in segno.make(address, error="m", micro=False).matrix]
    drawn = [[False] * len(wanted) for _ in wanted]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", qr_svg(address, "t")):
        for step in range(int(width)):
            drawn[int(y) - 4][int(x) - 4 + step] = True
    assert drawn == wanted


def test_large_print_has_a_short_mark_and_no_italics() -> None:
    document = sheet(ES, large=True)
    mark = words(document.split('<div class="mark">')[1].split("</div>")[0])
    assert mark == "Machine translation, not checked"
    assert "font-style: italic" not in document
    assert "font-style: italic" in sheet(ES)


def test_blocks_stand_beside_the_same_blocks_in_the_source_language() -> None:
    document = sheet(ES, beside=EN)
    pairs = re.findall(r'<div class="pair">(.*?)</div></div>', document)
    assert [words(pair) for pair in pairs] == [
        "Jabón y agua. Soap, water.",
        "Todos los días. Every day.",
    ]
    assert document.count('id="a"') == 2  # of the translation alone: links lead there
    assert "Wash them." in words(document.split('class="message"')[1].split("</div>")[0])
