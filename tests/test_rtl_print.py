"""Right-to-left text on paper: what stands left and right of what, as in a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from test_browser import BROWSER, browse

from outreach.bidi import isolate
from outreach.languages import find
from outreach.sheet import start
from outreach.sheet.breaks import break_lines
from outreach.sheet.fonts import chain, prepare

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "ar": (
        "اتصل بالرقم (206) 555-0142 الآن.",
        "اتصل <strong>(206) 555-0142</strong>، أو 9-1-1.",
        "الرقم +1 (206) 555-0142 ext. 5 مجاني.",
        "السعر $421 أو 421 $ أو €5.50 فقط.",
        "من $10–$20 كل يوم.",
        "الصفحات 10–20 و 5-7.",
        "من 9:00–17:00 كل يوم.",
        "الأعوام 2018–2022 كلها.",
        "نسبة 50 % أو 50% من الناس.",
        "نسبة <b>50</b>% من الناس.",
        "جرعة 5 mg/kg كل يوم.",
        "جرعة <strong>5</strong> mg كل يوم.",
        "نصف 1/2 أو 1 1/2 كوب.",
        "مرض COVID-19، ولغة C++ و #123.",
        "من U.S. Department of Health and Human Services (HHS) اليوم.",
        "برنامج <strong>Apple Health</strong> for Kids هنا.",
        "برنامج (Medicaid) وبرنامج “CHIP”.",
        'برنامج "Medicaid" هنا.',
        "اقرأ <a href='https://example.org/'>Health for all</a>.",
        "اقرأ <a href='https://example.org/'>عن Medicaid (WA) هنا</a>.",
        "اقرأ www.example.org/a-b، أو help@example.org.",
        "قائمة a, b, c ثم Medicaid.",
        "العنوان 401 5th Ave, Suite 800, Seattle, WA 98104.",
        "من ١٠–٢٠ ونسبة ٥٠٪ هنا.",
        "تاريخ 2026-03-05 أو 3/5/2026 اليوم.",
        "كل 24/7 لمن هم 65+ هنا.",
        "قال <em>Dr. Smith</em> نعم.",
        "نعم <em>(Medicaid)</em>: لا.",
        "حرارة 38 °C أو 100.4°F.",
        "ب50% من <b>الناس</b> و<i>غيرهم</i>!",
    ),
    "fa-AF": (
        "صفحه 10–20 یا ۱۰–۲۰ است.",
        "شماره (206) 555-0142 است.",
        "نسبت ۵۰٪ یا 50% است.",
        "برنامه <strong>Medicaid</strong> (WA) است.",
        "سال 2018–2022 بود.",
    ),
    "ur": (
        "فون (206) 555-0142 ہے۔",
        "صفحہ 10–20 ہے۔",
        "قیمت $421 ہے، 50% کم۔",
        "پروگرام <em>Apple Health</em> ہے۔",
    ),
    "he": (
        "טלפון (206) 555-0142 עכשיו.",
        "עמודים 10–20 או 5-7.",
        "מחיר $421 או 50% פחות.",
        "תוכנית <strong>Apple Health</strong> (WA) כאן.",
        "טמפרטורה -5 או 38 °C.",
        "שנים 2018–2022 “Medicaid” כאן.",
        "מינון 5 mg/kg (ליום).",
    ),
}

_FROM_RIGHT = re.compile(
    "[\u0590-\u05ff\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufeff]"
)

PROBE = """<script>
addEventListener("load", () => {
  const told = [...document.querySelectorAll("p")].map((line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let at = 0; at < node.length; at++) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        found.push([node.data[at], box.left, box.right]);
      }
    }
    return found;
  });
  document.querySelector("pre").textContent = JSON.stringify(told);
});
</script>"""

KNOWN = {
    ("ar", 0): ".א|206|555-0142א",
    ("ar", 4): ".א$20–$10א",
    ("ar", 5): ".7-5א20–10א",
    ("ar", 10): ".א5mg/kgא",
    ("ar", 14): ".אU.S.DepartmentofHealthandHumanServices|HHS|א",
    ("ar", 15): ".אAppleHealthforKidsא",
    ("ar", 22): ".4015thAve,Suite800,Seattle,WA98104א",
    ("ar", 23): ".א٪٥٠א٢٠–١٠א",
    ("fa-AF", 0): ".א۱۰–۲۰א10–20א",
    ("he", 1): ".5-7א10–20א",
}
"""What the browser shows too, written down by hand. Words from right to left are one sign."""


def document(tag: str) -> str:
    """Return a page with the sentences of a language, each on a line of its own."""
    language = find(tag)
    lines = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[tag])
    families = ", ".join(f"'{family}'" for family in chain(language.fonts))
    return (
        f'<!DOCTYPE html><html lang="{tag}" dir="rtl"><head><meta charset="utf-8"><title>t</title>'
        "<style>@page { size: 300mm 420mm; margin: 10mm }"
        " p { line-height: 36pt; margin: 0; white-space: nowrap }"
        f" body {{ font-family: {families}; font-size: 12pt }}</style></head><body>"
        f"{break_lines(isolate(lines, tag))}</body></html>"
    )


def visual(chars: list[tuple[str, float, float]]) -> str:
    """Return characters as they stand from left to right.

    Letters from right to left are one sign a word, since letters join into glyphs, and brackets of
    both sides are one, since a mirrored one is drawn as the other.
    """
    order = sorted(chars, key=lambda char: char[1] + char[2])
    seen = "".join(_sign(char) for char, left, right in order if right > left)
    return re.sub("א+", "א", re.sub(r"[\s\u200b-\u200f\u2060-\u2069]", "", seen))


def _sign(char: str) -> str:
    if re.match(
        "[\u0590-\u05ff\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufeff]", char
    ):
        return "א"
    return {"(": "|", ")": "|", "“": '"', "”": '"'}.get(char, char)


def printed(data: bytes, count: int) -> list[str]:
    """Return the lines of a PDF as they are seen: the characters by where they are drawn."""
    page = pypdfium2.PdfDocument(data)[0]
    top = page.get_height() - 10 / 25.4 * 72
    text = page.get_textpage()
    lines: list[list[tuple[str, float, float]]] = [[] for _ in range(count)]
    for at in range(text.count_chars()):
        left, bottom, right, upper = text.get_charbox(at)
        char = chr(pypdfium2.raw.FPDFText_GetUnicode(text.raw, at))
        if right > left and not char.isspace():
            lines[int((top - (bottom + upper) / 2) / 36)].append((char, left, right))
    return [visual(line) for line in lines]


@pytest.fixture(scope="module")
def on_paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, list[str]]]:
    before = os.environ.get("FONTCONFIG_FILE")
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sheet-fonts"
    families = {font for tag in SENTENCES for font in chain(find(tag).fonts)}
    engine = start(prepare(families, cache))
    drawn = {tag: engine.pdf(document(tag), families) for tag in SENTENCES}
    assert [pdf.problems for pdf in drawn.values()] == [()] * len(drawn)
    yield {tag: printed(pdf.data, len(SENTENCES[tag])) for tag, pdf in drawn.items()}
    os.environ.pop("FONTCONFIG_FILE", None)
    if before is not None:
        os.environ["FONTCONFIG_FILE"] = before


@pytest.mark.parametrize(("tag", "number"), KNOWN)
def test_runs_stand_in_the_order_in_which_they_are_read(
    tag: str, number: int, on_paper: Mapping[str, list[str]]
) -> None:
    assert on_paper[tag][number] == KNOWN[tag, number]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which(BROWSER), reason="needs a browser")
@pytest.mark.parametrize("tag", SENTENCES)
def test_paper_and_a_browser_show_the_same_order(
    tag: str, on_paper: Mapping[str, list[str]], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(document(tag).replace("</body>", f"<pre></pre>{PROBE}</body>"), "utf-8")
    dump = browse(tmp_path / "profile", "--dump-dom", page.as_uri()).stdout.decode()
    told = json.loads(unescape(dump.split("<pre>")[1].split("</pre>")[0]))
    shown = [visual([(char, left, right) for char, left, right in line]) for line in told]
    assert on_paper[tag] == shown
