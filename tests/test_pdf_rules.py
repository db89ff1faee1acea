"""Sheets that everybody can read, now and later: PDF/UA-1 and PDF/A-3a."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import outloud
import pdfua
import pytest
from PIL import Image
from prose import PROSE
from pypdf import PdfReader
from sheet_tools import LANGUAGES, catalog, dictionaries, draw, elements, objects, sheet, started

from outreach.bidi import isolate
from outreach.languages import find
from outreach.sheet.breaks import break_lines
from outreach.sheet.fonts import chain

if TYPE_CHECKING:
    # Imported when fonts are ready, and only on machines with Pango.
    from outreach.sheet.engine import Engine, Pdf

STYLE = """
@page { @top-center { content: element(head) } @bottom-right { content: counter(page) } }
.head { position: running(head) } tr { break-inside: avoid } input { border: 1px solid }
th, td { overflow-wrap: anywhere }
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with started(tmp_path_factory) as engine:
        yield engine


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pictures") / "a.png"
    Image.new("RGB", (40, 20), "black").save(file)
    return file


def everything(tag: str) -> str:
    """Return HTML with all that a guide can have, on several pages."""
    first, second = PROSE[tag][:2]
    rows = f"<tr><td>{first}</td><td>{second}</td></tr>" * 9
    return break_lines(
        isolate(f"""<div class="head"><p>Running head</p></div>
    <h1>{first}</h1><h2 id="part">{second}</h2>
    <p>{first} <strong>{second}</strong> <a href="https://example.org/">{second}</a>
    <sup><a id="ref" href="#note">1</a></sup> <span lang="fr" dir="ltr">C’est la vie.</span></p>
    <ul><li>{first}<ol><li>{second}</li></ol></li><li><p>{second}</p><p>{first}</p></li></ul>
    <ul style="list-style: none"><li><input type="checkbox" disabled="disabled"> {first}</li></ul>
    <table><thead><tr><th>{first}</th><th>{second}</th></tr></thead>
    <tbody><tr><th scope="row">{first}</th><td></td></tr>{rows}</tbody></table>
    <p lang="en" dir="ltr">Not translated.</p><blockquote><p>{first}</p></blockquote>
    <p><img src="a.png" alt="A bar"> <img src="a.png" alt="">
    <a href="https://b.example/"><img src="a.png" alt="A link"></a></p>
    <dl><dt>{first}</dt><dd>{second}</dd></dl><hr><p>{f"{first} {second} " * 30}</p>
    <p><a href="#part">{first}</a></p>
    <section><ol><li id="note"><p>{first} <a href="#ref">back</a></p></li></ol></section>""")
    )


def drawn(engine: Engine, tag: str, picture: Path) -> Pdf:
    html = sheet(tag, everything(tag), style=STYLE)
    pdf = engine.pdf(html, (*chain(find(tag).fonts), "Noto Sans Mono"), {"a.png": picture})
    assert pdf.problems == ()
    assert pdf.pages > 2
    return pdf


@pytest.fixture(scope="module")
def spanish(engine: Engine, picture: Path) -> Pdf:
    return drawn(engine, "es", picture)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_two_checkers_find_no_error(
    tag: str, engine: Engine, picture: Path, tmp_path: Path
) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(drawn(engine, tag, picture).data)
    result = outloud.check(str(file))
    assert result.error is None
    assert [finding for finding in result.findings if finding.severity == "error"] == []
    assert list(pdfua.validate(str(file)).findings) == []


def test_a_sheet_claims_both_rules_and_explains_the_one_that_the_other_does_not_know(
    spanish: Pdf,
) -> None:
    told = catalog(spanish)["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in told
    assert 'pdfaid:conformance="A"' in told
    assert "<pdfuaid:part>1</pdfuaid:part>" in told
    assert "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in told
    assert told.count("</rdf:RDF>") == 1


def test_nothing_is_in_a_sheet_that_an_archive_refuses(spanish: Pdf) -> None:
    document = PdfReader(BytesIO(spanish.data))
    assert "/ID" in document.trailer
    assert "/Encrypt" not in document.trailer
    (intent,) = catalog(spanish)["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_data()[16:20] == b"RGB "
    refused = {"/AA", "/JS", "/OpenAction", "/TR", "/HTP", "/Launch", "/NeedAppearances"}
    for item in objects(spanish):
        if isinstance(item, dict):
            assert refused.isdisjoint(item)
            assert item.get("/Filter") not in {"/LZWDecode", "/Crypt"}
            assert item.get("/S") != "/Transparency"
    for font in dictionaries(spanish, "/Type", "/FontDescriptor"):
        assert "/FontFile2" in font
    for link in dictionaries(spanish, "/Subtype", "/Link"):
        assert link["/F"] == 4


def test_every_code_has_a_text_that_may_stand_in_an_archive(engine: Engine) -> None:
    pdf = draw(engine, "my", f"<p>{'</p><p>'.join(PROSE['my'])}")
    fonts = dictionaries(pdf, "/Subtype", "/Type0")
    assert fonts
    for font in fonts:
        rows = font["/ToUnicode"].get_data().decode().splitlines()
        texts = [row.split("> <")[1].rstrip(">") for row in rows if "> <" in row]
        assert len(texts) > 20
        for text in texts:
            codes = {text[start : start + 4] for start in range(0, len(text), 4)}
            assert codes
            assert codes.isdisjoint({"", "0000", "feff", "fffe"})


def test_printers_are_told_what_to_do(spanish: Pdf) -> None:
    assert catalog(spanish)["/ViewerPreferences"] == {
        "/DisplayDocTitle": True,
        "/PrintScaling": "/None",
        "/Duplex": "/DuplexFlipLongEdge",
    }


def test_parts_in_another_language_say_so(spanish: Pdf) -> None:
    assert catalog(spanish)["/Lang"] == "es"
    told = [(item["/S"], item["/Lang"]) for item in elements(spanish) if "/Lang" in item]
    assert told == [("/Span", "fr"), ("/P", "en")]


def test_links_say_where_they_lead(spanish: Pdf) -> None:
    links = dictionaries(spanish, "/Subtype", "/Link")
    told = {link["/Contents"] for link in links}
    assert told == {PROSE["es"][1], PROSE["es"][0], "1", "back", "A link"}
    linked = [item for item in elements(spanish) if item["/S"] == "/Link"]
    refers = [kid.get_object() for item in linked for kid in item["/K"]]
    objr = [kid["/Obj"] for kid in refers if isinstance(kid, dict) and "/Obj" in kid]
    assert len(objr) == len(links)


def test_pictures_have_their_words_and_their_place(spanish: Pdf) -> None:
    figures = [item for item in elements(spanish) if item["/S"] == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == ["A bar", "A link"]
    for figure in figures:
        left, bottom, right, top = (float(side) for side in figure["/A"]["/BBox"])
        assert (right - left, top - bottom) == pytest.approx((14.4, 7.2), abs=0.1)
        page = figure["/Pg"]["/MediaBox"]
        assert 0 < left < right < page[2]
        assert 0 < bottom < top < page[3]


def test_a_table_on_two_pages_is_one_with_one_head(spanish: Pdf) -> None:
    read = elements(spanish)
    assert len([item for item in read if item["/S"] == "/Table"]) == 1
    heads = [item for item in read if item["/S"] == "/TH"]
    assert [head["/A"]["/Scope"] for head in heads] == ["/Column", "/Column", "/Row"]
    names = {head["/ID"] for head in heads}
    cells = [item for item in read if item["/S"] == "/TD"]
    assert len(cells) == 19
    assert {item["/Pg"].indirect_reference.idnum for item in cells} > {
        cells[0]["/Pg"].indirect_reference.idnum
    }
    for cell in cells:
        assert cell["/A"]["/Headers"]
        assert names.issuperset(cell["/A"]["/Headers"])


def test_a_paragraph_on_two_pages_is_one(engine: Engine) -> None:
    text = " ".join(PROSE["es"] * 20)
    pdf = draw(engine, "es", f"<h1>Uno</h1><p>{text}</p><ul><li>{text}</li></ul>")
    kinds = [item["/S"] for item in elements(pdf) if item["/S"] != "/Span"]
    assert pdf.pages > 2
    assert kinds == ["/Document", "/H1", "/P", "/L", "/LI", "/Lbl", "/LBody"]


def test_what_stands_on_every_page_is_no_part_of_the_text(spanish: Pdf) -> None:
    streams = [page.get_contents() for page in PdfReader(BytesIO(spanish.data)).pages]
    for stream in streams:
        assert stream is not None
        data = stream.get_data()
        assert b"/Subtype /Header" in data
        assert b"/Subtype /Footer" in data


def test_the_structure_has_no_empty_elements(spanish: Pdf) -> None:
    for item in elements(spanish):
        if item["/S"] != "/TD":
            assert item["/K"]
        for kid in item["/K"]:
            found: Any = kid.get_object()
            if isinstance(found, dict) and "/S" in found:
                assert found["/P"] == item


def test_lists_say_how_they_count_and_have_bodies(spanish: Pdf) -> None:
    read = elements(spanish)
    kinds = [item["/A"]["/ListNumbering"] for item in read if item["/S"] == "/L" and "/A" in item]
    assert kinds == ["/Disc", "/Decimal", "/None", "/Decimal"]
    for item in read:
        if item["/S"] == "/LI":
            assert item["/K"][-1].get_object()["/S"] in {"/LBody", "/L"}
