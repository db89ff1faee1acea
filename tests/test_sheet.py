from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from pypdf import PdfReader

from outreach.bidi import isolate
from outreach.languages import find
from outreach.model import Block, Location, Page, Paper
from outreach.pages.views import Site
from outreach.sheet import start
from outreach.sheet.fonts import prepare
from outreach.sheet.rules import PAPERS
from outreach.sheet.view import families, sheet_html

if TYPE_CHECKING:
    # Imported when fonts are ready, and only on machines with Pango.
    from outreach.sheet.engine import Engine, Pdf

ENGLISH = find("en")
SITE = Site(ENGLISH, "Example Partners", "health@example.org", "https://health.example.org")
LOCATION = Location("content/en/six-ways.md", 1)
MACHINE = "Machine translation, not yet checked by a qualified person."
SHORT = "Machine translation, not checked"
INTERFACE: Mapping[str, Mapping[str, str]] = {
    "es": {
        MACHINE: "Traducción automática, aún no revisada por una persona cualificada.",
        SHORT: "Traducción automática, no revisada",
    },
    "ar": {MACHINE: "ترجمة آلية لم يراجعها شخص مؤهل بعد.", SHORT: "ترجمة آلية غير مراجعة"},
    "zh-Hans": {MACHINE: "机器翻译，尚未经合格人员审核。", SHORT: "机器翻译，未经审核"},
    "am": {MACHINE: "የማሽን ትርጉም፣ ብቁ በሆነ ሰው ገና ያልተረጋገጠ።", SHORT: "የማሽን ትርጉም፣ ያልተረጋገጠ"},
}
TEXTS: Mapping[str, tuple[str, str, str]] = {
    "en": ("Six ways", "Small actions help.", "Good health should be possible for everybody."),
    "es": ("Seis maneras", "Ayudan.", "La buena salud debe estar al alcance de todos."),
    "ar": ("ست طرق", "الأعمال الصغيرة تساعد.", "اتصل بالرقم (206) 555-0142 اليوم."),
    "zh-Hans": ("六种方法", "小小的行动就能有所帮助。", "每个人都应该有机会拥有健康。"),
    "am": ("ስድስት መንገዶች", "ትናንሽ ተግባሮች ይረዳሉ።", "ጥሩ ጤና ለእያንዳንዱ ሰው የሚቻል መሆን አለበት።"),
}
REST = """<h2 id="table">{title}</h2>
<table><thead><tr><th>{title}</th><th>{title}</th></tr></thead>
<tbody><tr><td>{text}</td><td>{text}</td></tr></tbody></table>
<p><em>{title}</em> <strong>{title}</strong> <a href="https://example.org/">{title}</a></p>
<ul class="contains-task-list"><li class="task-list-item"><input class="task-list-item-checkbox"
 disabled="disabled" type="checkbox"> {text}</li></ul>
<div class="callout warning"><p class="callout-title">{title}</p><p>{text}</p></div>
"""


def page(tag: str, *, html: str | None = None, paragraphs: int = 30, translated: int = 9) -> Page:
    language = find(tag)
    title, summary, text = TEXTS[tag]
    body = REST.format(title=title, text=text) + f"<p>{text}</p>\n" * paragraphs
    if language.direction == "rtl":
        body = isolate(body, tag)
    blocks = (
        Block("", LOCATION, f"<h1>{title}</h1>\n", tag, "translated"),
        Block("", LOCATION, body if html is None else html, tag, "translated"),
    )
    return Page(
        guide="six-ways",
        language=language,
        source=ENGLISH,
        title=title,
        title_lang=tag,
        source_title="Six ways",
        summary=summary,
        summary_lang=tag,
        blocks=blocks,
        headings=(),
        has_title=True,
        translated=translated,
        total=9,
        method="" if tag == "en" else "machine draft",
    )


def html_of(page: Page, paper: Paper = "letter") -> str:
    strings = INTERFACE.get(page.language.tag, {})
    return sheet_html(page, translate=lambda text: strings.get(text, ""), site=SITE, paper=paper)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fonts for all test processes: preparing them is safe from races, and takes a moment."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sheet-fonts"


@pytest.fixture(scope="module")
def engine(cache: Path) -> Iterator[Engine]:
    before = os.environ.get("FONTCONFIG_FILE")
    yield start(prepare([font for tag in TEXTS for font in find(tag).fonts], cache))
    os.environ.pop("FONTCONFIG_FILE", None)
    if before is not None:
        os.environ["FONTCONFIG_FILE"] = before


@pytest.fixture(scope="module")
def sheets(engine: Engine) -> dict[str, Pdf]:
    return {tag: engine.pdf(html_of(page(tag)), families(page(tag))) for tag in TEXTS}


def reader(pdf: Pdf) -> PdfReader:
    return PdfReader(BytesIO(pdf.data))


def page_texts(pdf: Pdf, tmp_path: Path) -> list[str]:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf.data)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    plain = "".join(char for char in done.stdout.decode() if not "\u202a" <= char <= "\u2069")
    return plain.split("\f")[:-1]


def objects(pdf: Pdf, name: str, value: str) -> list[Any]:
    document = reader(pdf)
    size: Any = document.trailer["/Size"]
    found: list[Any] = [document.get_object(number) for number in range(1, size)]
    return [item for item in found if isinstance(item, dict) and item.get(name) == value]


def test_the_style_sheet_is_understood(engine: Engine) -> None:
    assert engine.problems == ()


@pytest.mark.parametrize("tag", TEXTS)
def test_a_sheet_says_what_it_is(tag: str, sheets: dict[str, Pdf]) -> None:
    sheet, document = sheets[tag], reader(sheets[tag])
    assert sheet.problems == ()
    assert sheet.pages == len(document.pages) > 1
    catalog: Any = document.trailer["/Root"]
    assert catalog["/Lang"] == tag
    assert catalog["/MarkInfo"]["/Marked"]
    assert document.metadata is not None
    assert document.metadata.title == TEXTS[tag][0]
    assert "/CreationDate" not in document.metadata
    assert document.outline
    assert b"pdfuaid" in catalog["/Metadata"].get_data()


@pytest.mark.parametrize("tag", TEXTS)
def test_only_our_fonts_are_embedded(tag: str, sheets: dict[str, Pdf]) -> None:
    fonts = {item["/FontName"] for item in objects(sheets[tag], "/Type", "/FontDescriptor")}
    allowed = {name.replace(" ", "-") for name in families(page(tag))}
    assert fonts
    for name in fonts:
        plain = str(name).split("+")[1].removesuffix("-Italic").removesuffix("-Bold")
        assert plain in allowed
    assert all("/FontFile2" in item for item in objects(sheets[tag], "/Type", "/FontDescriptor"))


def test_only_latin_is_slanted(sheets: dict[str, Pdf]) -> None:
    slanted = {
        tag
        for tag, sheet in sheets.items()
        if any("Italic" in item["/FontName"] for item in objects(sheet, "/Type", "/FontDescriptor"))
    }
    assert slanted == {"en", "es"}


@pytest.mark.parametrize("tag", ["es", "zh-Hans", "am"])
def test_every_page_of_a_draft_says_so_in_both_languages(
    tag: str, sheets: dict[str, Pdf], tmp_path: Path
) -> None:
    first, *others = page_texts(sheets[tag], tmp_path)
    assert INTERFACE[tag][MACHINE] in first
    assert f"{MACHINE} Compare it with the English sheet." in first
    for text in others:
        assert INTERFACE[tag][SHORT] in text
        assert SHORT in text
    for text in (first, *others):
        assert find(tag).own_name in text
        assert find(tag).english_name in text


def test_a_source_sheet_has_no_mark(sheets: dict[str, Pdf], tmp_path: Path) -> None:
    assert all(MACHINE not in text for text in page_texts(sheets["en"], tmp_path))


def test_a_mark_without_translation_stands_once() -> None:
    html = sheet_html(page("es"), translate=lambda _text: "", site=SITE)
    head = html.split('<div class="head">')[1].split('class="label"')[0]
    assert head.count(MACHINE) == 1
    assert f'<p class="english" lang="en" dir="ltr">{MACHINE} Compare it' in head


def test_the_mark_tells_a_person_s_draft_from_a_machine_s() -> None:
    draft = html_of(page("es")).replace(MACHINE, "")
    assert "Draft translation" not in draft
    person = Page(
        **{**{name: getattr(page("es"), name) for name in Page.__slots__}, "method": "human"}
    )
    assert "Draft translation, not yet checked by a qualified person." in html_of(person)
    assert MACHINE not in html_of(person)


def test_a_sheet_tells_when_parts_are_not_translated() -> None:
    sentence = "Some parts of this sheet are not translated yet."
    assert sentence in html_of(page("es", translated=8))
    assert sentence not in html_of(page("es"))


def test_telephone_numbers_keep_their_order_in_arabic(
    sheets: dict[str, Pdf], tmp_path: Path
) -> None:
    assert "(206) 555-0142" in page_texts(sheets["ar"], tmp_path)[0]


def test_pages_are_counted_in_the_digits_of_the_language(
    sheets: dict[str, Pdf], tmp_path: Path
) -> None:
    for tag, first in (("es", f"1/{sheets['es'].pages}"), ("ar", "١")):
        last_line = page_texts(sheets[tag], tmp_path)[0].strip().splitlines()[-1]
        assert first in last_line.replace(" ", "")


def test_table_heads_and_links_are_ready_for_screen_readers(sheets: dict[str, Pdf]) -> None:
    heads = objects(sheets["en"], "/S", "/TH")
    assert [head["/A"]["/Scope"] for head in heads if "/A" in head] == ["/Column", "/Column"]
    links = objects(sheets["en"], "/Subtype", "/Link")
    assert links
    assert all(link["/F"] == 4 for link in links)
    kinds = {
        kind for kind in ("/H1", "/H2", "/Table", "/L", "/P") if objects(sheets["en"], "/S", kind)
    }
    assert kinds == {"/H1", "/H2", "/Table", "/L", "/P"}


def test_both_papers_hold_the_same_pages(engine: Engine, sheets: dict[str, Pdf]) -> None:
    a4 = engine.pdf(html_of(page("es"), "a4"), families(page("es")))
    assert a4.pages == sheets["es"].pages
    both: tuple[tuple[Pdf, Paper], ...] = ((a4, "a4"), (sheets["es"], "letter"))
    for sheet, paper in both:
        box = reader(sheet).pages[0].mediabox
        sizes = [float(side) / 72 * 25.4 for side in (box.width, box.height)]
        assert sizes == pytest.approx(PAPERS[paper], abs=0.1)


def test_a_character_without_a_font_is_named(engine: Engine) -> None:
    made = page("es", html="<p>Runas: ᚠ</p>")
    pdf = engine.pdf(html_of(made), families(made))
    assert pdf.problems == (
        "no font of this language has “ᚠ” (U+16A0 RUNIC LETTER FEHU FEOH FE F)",
    )


def test_the_font_of_another_language_is_named(engine: Engine) -> None:
    made = page("es", html="<p>健</p>")
    pdf = engine.pdf(html_of(made), families(made))
    named = "“健” (U+5065 CJK UNIFIED IDEOGRAPH-5065)"
    told = f"the font of another language, Noto Sans SC, was used for {named}"
    assert pdf.problems == (told,)


def test_nothing_is_read_that_was_not_given(engine: Engine, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g/></svg>')
    uri = secret.as_uri()
    hostile = f"""<style>@import url({uri}); p {{ background: url({uri}) }}</style>
    <p><img src="{uri}" alt="one"> <img src="http://127.0.0.1:9/x.png" alt="two">
    <img src="../secret.svg" alt="three"> <img src="data:image/gif;base64,R0lGODdhAQ" alt="four">
    <object data="{uri}">five</object> <a rel="attachment" href="{uri}">six</a></p>
    <link rel="stylesheet" href="{uri}"><link rel="attachment" href="{uri}">"""
    made = page("en", html=hostile)
    pdf = engine.pdf(html_of(made), families(made))
    (text,) = page_texts(pdf, tmp_path)
    assert " ".join(text.split()).count("one two three four five six") == 1
    assert not objects(pdf, "/Type", "/EmbeddedFile")
    assert not objects(pdf, "/Subtype", "/Image")
    assert len([problem for problem in pdf.problems if problem.startswith("the image ")]) == 4
    refused = [problem for problem in pdf.problems if "not one of the guide's own files" in problem]
    assert len(refused) >= 3


def test_the_images_of_a_guide_are_drawn(engine: Engine, tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), "black").save(tmp_path / "a b.png")
    made = page("en", html='<p><img src="../assets/a%20b.png" alt="A square"></p>')
    images = {"../assets/a b.png": tmp_path / "a b.png"}
    pdf = engine.pdf(html_of(made), families(made), images)
    assert pdf.problems == ()
    assert objects(pdf, "/Subtype", "/Image")
    alts = [item["/Alt"] for item in objects(pdf, "/S", "/Figure")]
    assert alts == ["A square", "https://health.example.org/en/six-ways.html"]


def test_a_link_to_nowhere_is_a_problem(engine: Engine) -> None:
    made = page("en", html='<p><a href="#gone">here</a></p>')
    pdf = engine.pdf(html_of(made), families(made))
    assert pdf.problems == ("a link leads to “#gone”, which is not in the sheet",)


def test_links_to_other_guides_lead_to_the_web(engine: Engine) -> None:
    html = '<h2 id="here"><a href="b.html#part">b</a> <a href="#here">here</a></h2>'
    made = page("es", html=html)
    pdf = engine.pdf(html_of(made), families(made))
    assert pdf.problems == ()
    links = objects(pdf, "/Subtype", "/Link")
    addresses = [link["/A"]["/URI"] for link in links if "/A" in link]
    assert "https://health.example.org/es/b.html#part" in addresses
    assert [link["/Dest"] for link in links if "/Dest" in link] == ["here"]


def test_without_the_native_libraries_there_is_advice(cache: Path) -> None:
    code = (
        "import sys; from pathlib import Path; import cffi\n"
        "from outreach.model import OutreachError\n"
        "from outreach.sheet import start; from outreach.sheet.fonts import prepare\n"
        "def dlopen(*names): raise OSError(names)\n"
        "cffi.FFI.dlopen = dlopen\n"
        "try: start(prepare([], Path(sys.argv[1])))\n"
        "except OutreachError as error: print(error)"
    )
    command = [sys.executable, "-c", code, str(cache)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert len(done.stdout.splitlines()) == 1
    assert not done.stderr
    for manager in ("apt-get install", "dnf install", "brew install", "pacman -S"):
        assert manager in done.stdout


def test_the_same_page_gives_the_same_bytes_in_every_process(engine: Engine, cache: Path) -> None:
    code = (
        "import hashlib, json, sys; from pathlib import Path\n"
        "from outreach.sheet import start; from outreach.sheet.fonts import prepare\n"
        "html, allowed, fonts, cache = json.load(sys.stdin)\n"
        "pdf = start(prepare(fonts, Path(cache))).pdf(html, allowed)\n"
        "print(hashlib.sha256(pdf.data).hexdigest())"
    )
    made = page("ar")
    given = [html_of(made), families(made), find("ar").fonts, str(cache)]
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(given).encode(),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    here = hashlib.sha256(engine.pdf(html_of(made), families(made)).data).hexdigest()
    assert len(digests) == 1
    # Other families were shown to this process, which may change nothing.
    assert digests == {f"{here}\n".encode()}
