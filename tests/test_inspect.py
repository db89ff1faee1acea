"""What does not fit on a sheet is found before it is published, and told; the rest is not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from projects import GUIDE, SPANISH, catalog, files, po, run, write

from outreach.languages import find
from outreach.sheet import start
from outreach.sheet.fonts import chain, prepare
from outreach.sheet.report import Sheet, sheet_lines

if TYPE_CHECKING:
    # Imported when fonts are ready, and only on machines with Pango.
    from outreach.sheet.engine import Engine, Pdf

FONTS = chain(("Noto Sans",))
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
PAGE = "@page { size: 100mm 100mm; margin: 10mm } body { font: 10pt 'Noto Sans'; margin: 0 }"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    before = os.environ.get("FONTCONFIG_FILE")
    yield start(prepare([], shared / "sheet-fonts"))
    os.environ.pop("FONTCONFIG_FILE", None)
    if before is not None:
        os.environ["FONTCONFIG_FILE"] = before


def document(body: str, style: str = "") -> str:
    """A small page with the style of sheets."""
    head = f"<title>t</title><style>{PAGE} {style}</style>"
    return f'<html lang="en">{head}<body class="ltr">{body}</body></html>'


def draw(engine: Engine, body: str, style: str = "", *, least: float = 8.0) -> Pdf:
    return engine.pdf(document(body, style), FONTS, least=least)


def test_a_page_on_which_all_fits_is_silent(engine: Engine) -> None:
    pdf = draw(engine, "<h2>Wash</h2><p>Soap and <em>water</em>.</p><ul><li>One</li></ul>")
    assert pdf.problems == ()
    assert pdf.fonts == ("Noto Sans",)
    assert pdf.smallest == pytest.approx(10)


def test_a_table_wider_than_its_column_is_an_error(engine: Engine) -> None:
    pdf = draw(engine, f"<table><tr><td>{WORD}<td>{WORD}</table>")
    (told,) = pdf.overflow
    assert told.startswith("the table “")
    assert " on page 1 is " in told
    assert " mm wider than its column: " in told
    assert pdf.errors == pdf.overflow


def test_a_word_wider_than_its_cell_is_an_error(engine: Engine) -> None:
    table = f"<table><tr><td>{WORD}<td>b</table>"
    (told,) = draw(
        engine, table, "table { table-layout: fixed } td { white-space: nowrap }"
    ).overflow
    assert told.startswith("“Donaudampf")
    assert "wider than its table cell" in told


@pytest.mark.parametrize("side", ["left", "right"])
def test_text_beyond_either_side_of_its_part_is_an_error(engine: Engine, side: str) -> None:
    style = f"p {{ direction: {'ltr' if side == 'right' else 'rtl'}; white-space: nowrap }}"
    card = f'<div class="callout"><p>{WORD}</p></div>'
    (told,) = draw(engine, card, style).overflow
    assert "wider than its callout" in told


def test_an_image_wider_than_its_column_is_an_error(engine: Engine) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" aria-label="A map" viewBox="0 0 9 9"/>'
    (told,) = draw(engine, svg, "svg { height: 10mm; width: 95mm }").overflow
    assert told.startswith("the image “A map” on page 1 is 15 mm wider than its column")


def test_what_would_be_cut_off_below_is_an_error(engine: Engine) -> None:
    lines = "<br>".join(["line"] * 6)
    for style in ("height: 10mm", "max-height: 10mm; overflow: hidden"):
        (told,) = draw(engine, f'<p style="{style}">{lines}</p>').overflow
        assert told.startswith("“line line line")
        assert "too tall for its box" in told
    svg = '<svg xmlns="http://www.w3.org/2000/svg" aria-label="A map" viewBox="0 0 9 9"/>'
    (told,) = draw(engine, svg, "svg { height: 95mm; width: 10mm }").overflow
    assert told.startswith("the image “A map” on page 1 is ")
    assert told.endswith("below the end of the page: it would be cut off")


def test_a_head_taller_than_its_room_is_an_error_told_once(engine: Engine) -> None:
    head = f'<div class="head next-head"><p>{"words " * 60}</p></div>'
    pages = '<p style="break-before: page">Text</p>' * 3
    pdf = draw(engine, f"{head}{pages}", "@page { @top-center { content: element(next-head) } }")
    (told,) = pdf.overflow
    assert " on pages 1 to 3 is " in told
    assert told.endswith("too tall for the head of the page: shorten it")


def test_what_would_be_cut_off_above_is_an_error(engine: Engine) -> None:
    (told,) = draw(engine, '<p style="margin-top: -15mm">Soap</p>').overflow
    assert told.endswith("above the top of the page: it would be cut off")


def test_hundreds_of_places_are_counted(engine: Engine) -> None:
    words = "".join(f"<p>{number}{WORD}</p>" for number in range(100))
    told = draw(engine, words, "p { white-space: nowrap }").overflow
    assert len(told) == 9
    assert told[-1] == "other places like these: 92"


def test_a_long_name_in_the_foot_is_told_once_for_all_pages(engine: Engine) -> None:
    foot = f'<p style="position: running(foot)">{"long-name-" * 30}</p>'
    pages = '<p style="break-before: page">Text</p>' * 4
    margins = "@bottom-left { content: element(foot) } @bottom-right { content: counter(page) }"
    (told,) = draw(engine, foot + pages, f"@page {{ margin-bottom: 9mm; {margins} }}").overflow
    assert told.startswith("the line at the foot on pages 1 to 4 is ")


def test_a_foot_that_stands_alone_is_a_warning(engine: Engine) -> None:
    foot = '<p>Text</p><footer class="foot" style="break-before: page"><p>Foot</p></footer>'
    assert draw(engine, foot).warnings == ("the foot of the sheet on page 2 stands alone there",)


@pytest.mark.parametrize(
    "body",
    [
        '<ol><li value="100000">Text</li></ol>',
        '<div style="margin-left: 9mm"><h2 style="margin-left: -9mm">Text</h2></div>',
        f'<p style="visibility: hidden; white-space: nowrap">{WORD * 2}</p>',
        f'<pre style="white-space: pre-wrap">{"Ten chars " * 30}</pre>',
        f'<div dir="rtl"><pre style="white-space: pre-wrap">{"Ten chars " * 30}</pre></div>',
        '<p style="font-style: italic; text-align: right">Text</p>',
        "<button>Text</button> <select><option>Text</option></select>",
    ],
)
def test_what_looks_right_is_not_told(engine: Engine, body: str) -> None:
    assert draw(engine, body).overflow == ()


def test_what_hangs_on_purpose_is_no_error(engine: Engine) -> None:
    body = """<main id="guide"><p>Text</p><h2>Head</h2><ul class="contains-task-list">
    <li class="task-list-item"><input class="task-list-item-checkbox" type="checkbox"> Box</li></ul>
    <ol><li>One</ol></main>"""
    body += f"<pre>code with spaces after it{' ' * 60}\n</pre>"
    assert draw(engine, body).problems == ()


def test_small_letters_are_an_error_and_signs_are_not(engine: Engine) -> None:
    body = '<p>Text <span style="font-size: 7pt">tiny</span> <span style="font-size: 5pt">•</span>'
    pdf = draw(engine, body)
    assert pdf.small == (
        "“tiny” on page 1 is printed in 7.0 points; nothing may be smaller than 8",
    )
    assert pdf.smallest == pytest.approx(7)
    (first, second) = draw(engine, body, least=18.0).small
    assert "7.0 points" in first
    assert "10.0 points; nothing may be smaller than 18" in second


def test_a_coarse_image_is_a_warning(engine: Engine, tmp_path: Path) -> None:
    Image.new("RGB", (100, 100), "black").save(tmp_path / "a.png")
    images = {"a.png": tmp_path / "a.png"}
    for width, warned in (("50mm", True), ("15mm", False)):
        html = document('<img src="a.png" alt="A">', f"img {{ width: {width} }}")
        pdf = engine.pdf(html, FONTS, images)
        assert pdf.errors == ()
        told = [text for text in pdf.warnings if "dots to the inch" in text]
        assert bool(told) == warned
    assert not told


def test_a_heading_alone_at_the_foot_of_a_page_is_a_warning(engine: Engine) -> None:
    body = '<h2 style="break-after: page">Soap</h2><p>Text</p>'
    assert draw(engine, body).warnings == ("the heading “Soap” on page 1 stands alone there",)
    assert draw(engine, "<p>Text</p><h2>The end</h2>").warnings == ()


def test_a_line_alone_is_a_warning(engine: Engine) -> None:
    lines = "<br>".join(f"line {number}" for number in range(60))
    assert draw(engine, f"<p>{lines}</p>").warnings == ()
    style = "p { orphans: 1; widows: 1 } .gap { height: 75mm }"
    told = draw(engine, '<div class="gap"></div><p>one<br>two<br>three</p>', style).warnings
    assert told == ("“one” on page 1 is one line of a paragraph, alone at the foot of the page",)


def test_the_pages_of_both_documents_are_looked_at(engine: Engine) -> None:
    back = document(f'<p style="white-space: nowrap">{WORD}</p>')
    (told,) = engine.pdf(document("<p>Text</p>"), FONTS, behind=back).overflow
    assert " on page 2 is " in told


COLUMNS = 40
TABLE = f"# Clean hands\n\n{'|A' * COLUMNS}|\n{'|-' * COLUMNS}|\n{'|b' * COLUMNS}|\n"


def test_a_sheet_that_does_not_fit_is_not_published(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": TABLE})
    outcome = run(tmp_path, "build", "--variant", "letter")
    assert outcome.code == 1
    assert "content/en/a.md: error: in the sheet in English (letter): the table “" in outcome.err
    assert files(tmp_path, "*.pdf") == {}
    assert "something outside of its place in 1 sheet, none was published" in outcome.out
    assert "nothing overflows" not in outcome.out


def test_a_translation_too_long_for_the_head_keeps_only_its_language_back(tmp_path: Path) -> None:
    mark = "Draft translation, not checked"
    project = {
        "content/en/hands.md": GUIDE + "\n~~~\n" + "code\n" * 60 + "~~~\n",
        catalog("hands"): po(SPANISH),
        catalog("interface"): po({mark: "WWWWWW MMMMMM. " * 30 + "Borrador."}),
    }
    write(tmp_path, project)
    outcome = run(tmp_path, "build", "--variant", "a4")
    assert outcome.code == 1
    assert "too tall for the head of the page: shorten it" in outcome.err
    assert list(files(tmp_path / "build", "*.pdf")) == ["en/hands.en-English.a4.pdf"]
    lines = outcome.out.splitlines()
    assert lines[0].startswith("English (en): 1 sheet, ")
    assert "every letter drawn, nothing overflows; smallest text 9 pt" in lines[0]
    assert "Spanish (es): " in lines[1]
    assert "something outside of its place in 1 sheet, none was published" in lines[1]


def test_nothing_is_said_of_sheets_when_none_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/hands.md": GUIDE})
    assert len(run(tmp_path, "build", "--format", "html").out.splitlines()) == 1


ARABIC = find("ar")


def sheet(variant: str = "a4", **found: object) -> Sheet:
    fonts = ("Amiri", "Noto Sans")
    return Sheet(ARABIC, variant, 3, fonts, 8.4, **found)  # type: ignore[arg-type]


def test_the_report_says_what_was_found_good() -> None:
    (line,) = sheet_lines([sheet("letter"), sheet(), sheet("columns"), sheet("bilingual")])
    assert line == (
        "Arabic (ar): 4 sheets, 12 pages; fonts Amiri, Noto Sans; every letter drawn, nothing "
        "overflows; smallest text 8.4 pt"
    )


def test_the_report_says_what_is_wrong() -> None:
    sheets = [sheet(letters=2, overflow=1), sheet("letter", overflow=3, small=1)]
    (line,) = sheet_lines(sheets, [ARABIC])
    assert line == (
        "Arabic (ar): 2 sheets, 6 pages; fonts Amiri, Noto Sans; letters without a font of the "
        "language in 1 sheet, something outside of its place in 2 sheets, letters too small in "
        "1 sheet, none was published; smallest text 8.4 pt"
    )
    (line,) = sheet_lines([sheet(long=True)])
    assert "more pages than promised in 1 sheet, every letter drawn" in line


def test_a_language_without_sheets_is_named_too() -> None:
    (line,) = sheet_lines([], [ARABIC])
    assert line == "Arabic (ar): no new sheets, because of the errors above"


def test_the_size_of_large_print_stands_by_itself() -> None:
    large = Sheet(ARABIC, "large-print", 5, ("Amiri",), 18.0)
    (line,) = sheet_lines([large, sheet()])
    assert line.endswith("smallest text 8.4 pt, 18 pt in large print")
