from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.languages import find
from outreach.sheet import start
from outreach.sheet.breaks import break_lines
from outreach.sheet.fonts import chain, prepare

if TYPE_CHECKING:
    # Imported when fonts are ready, and only on machines with Pango.
    from outreach.sheet.engine import Engine

MARKS = re.compile("[\u200b\u2060]")
KHMER = "លាងដៃរបស់អ្នកជាមួយសាប៊ូ និងទឹក។ សូមហៅទូរស័ព្ទទៅ ផ្សេងៗ។"
LAO = "ລ້າງມືຂອງທ່ານດ້ວຍສະບູແລະນໍ້າສະອາດ ຢ່າງໜ້ອຍໆ 20 ວິນາທີ."
BURMESE = "သင့်လက်များကို ဆပ်ပြာနှင့်ရေဖြင့် ဆေးကြောပါ။"
KAREN = "သူၣ်စုၤဒီးဆပွၤဒီးထံကဆှဲကဆှီတက့ၢ်."
MON = "ဘာသာမန်ဂှ် ဒှ်ဘာသာဍုင်မန်ရောင်"
SHAN = "လိၵ်ႈတႆးပဵၼ်လိၵ်ႈလၢႆးႁိုဝ်"
THAI = "ล้างมือของคุณด้วยสบู่และน้ำบ่อยๆ"


def shown(html: str, *, thai: bool = False) -> str:
    """Return the result with marks that can be read: `·` may end a line, `^` may not."""
    return break_lines(html, thai=thai).replace("\u200b", "·").replace("\u2060", "^")


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        (KHMER, "លាងដៃ·របស់·អ្នកជា·មួយ·សាប៊ូ និង·ទឹក។ សូម·ហៅ·ទូរស័ព្ទ·ទៅ ផ្សេងៗ។"),
        (LAO, "ລ້າງມື·ຂອງ·ທ່ານ·ດ້ວຍ·ສະບູ·ແລະ·ນໍ້າ·ສະອາດ ຢ່າງ·ໜ້ອຍໆ 20 ວິນາທີ."),
        (BURMESE, "သင့်·လက်·များ·ကို ဆပ်ပြာ·နှင့်·ရေ·ဖြင့် ဆေးကြော·ပါ။"),
    ],
)
def test_words_without_spaces_between_them_may_break_where_they_end(text: str, broken: str) -> None:
    assert shown(text) == broken


@pytest.mark.parametrize("text", [KAREN, MON, SHAN])
def test_languages_without_a_word_list_break_between_syllables(text: str) -> None:
    pieces = break_lines(text).split("\u200b")
    assert max(map(len, pieces)) < 15
    for piece in pieces:
        # A syllable does not begin with a mark, or with a letter that only ends one.
        assert unicodedata.category(piece[0])[0] in "LN"
        assert not re.match("\\w[\u1039\u103a]", piece)


def test_khmer_words_in_an_english_page_break_too() -> None:
    assert shown("<p>Say លាងដៃរបស់អ្នក now.</p>") == "<p>Say លាងដៃ·របស់·អ្នក now.</p>"


def test_thai_is_left_to_pango_where_it_has_a_word_list() -> None:
    assert break_lines(THAI) == THAI
    assert shown(THAI, thai=True) == "ล้าง·มือ·ของ·คุณ·ด้วย·สบู่·และ·น้ำ·บ่อยๆ"


def test_a_word_that_markup_splits_does_not_break_there() -> None:
    assert shown("<p>ສະ<b>ອາດ</b>ລ້າງມື</p>") == "<p>ສະ<b>ອາດ·</b>ລ້າງມື</p>"
    assert shown("<p>លាងដៃ<strong>របស់អ្នក</strong></p>") == ("<p>លាងដៃ·<strong>របស់·អ្នក</strong></p>")


def test_a_break_does_not_reach_from_one_paragraph_into_the_next() -> None:
    assert shown("<td>លាង</td><td>ដៃ</td>") == "<td>លាង</td><td>ដៃ</td>"


def test_a_translators_own_marks_stay_and_are_trusted() -> None:
    assert shown("សំណួរ\u200bផ្សេងៗ") == "សំណួរ·ផ្សេងៗ"
    assert shown("សំណួរផ្សេងៗ") == "សំ·ណួរ·ផ្សេងៗ"
    assert shown("លាង\u2060ដៃរបស់") == "លាង^ដៃរបស់"
    assert shown("លាងដៃ<wbr>របស់") == "លាងដៃ<wbr>របស់"


@pytest.mark.parametrize(
    "html",
    [
        f"<code>{KHMER}</code>",
        f"<pre><code>{LAO} 50 %</code></pre>",
        f'<img alt="{KHMER}" src="{LAO}">',
        f'<a title="{KHMER} (206) 555-0142">x</a>',
        f"<style>{KHMER}</style><script>'{KHMER}'</script>",
        f"<!-- {KHMER} 50 % -->",
        "<p>Wash your hands. In 2018 we had 20 people; 3 of 5 came.</p>",
    ],
)
def test_code_attributes_and_plain_words_are_left_alone(html: str) -> None:
    assert break_lines(html) == html


def test_korean_breaks_between_words_only() -> None:
    assert shown("<p>안녕하세요 여러분</p>") == "<p>안^녕^하^세^요 여^러^분</p>"
    assert shown("COVID-19에 50%의 (말)은 “말”이라고 20<b>초</b>간") == (
        "COVID-19^에 50%^의 (말)^은 “말”^이^라^고 20^<b>초^</b>간"
    )


def test_a_korean_word_longer_than_a_line_can_still_break() -> None:
    pieces = re.split("(?<!\u2060)(?=[가-힣])", break_lines("가나다라마바사아자차" * 5))
    assert max(len(MARKS.sub("", piece)) for piece in pieces) < 20


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Call (206) 555-0142.", "Call (206) ^555-0142."),
        ("+1 206 555 0142", "+1 ^206 ^555 ^0142"),
        ("1-800-222-1222", "1-800-222-1222"),
        ("$421 or US$ 5 or 421 $", "$421 or US$ ^5 or 421 ^$"),
        ("50 % and 10 percent", "50 ^% and 10 ^percent"),
        ("5 mg/kg", "5 ^mg/^kg"),
        ("10–20 mg", "10–^20 ^mg"),
        ("2018–2022", "2018–^2022"),
        ("9:00 – 17:00", "9:00 ^– ^17:00"),
        ("1 1/2 cups", "1 ^1/^2 cups"),
        ("<b>5</b> mg", "<b>5</b> ^mg"),
        ("<b>5</b> <i>mg</i>", "<b>5</b> ^<i>mg</i>"),
        ("20秒", "20^秒"),
        ("1 000 000 $", "1 ^000 ^000 ^$"),
        ("38&nbsp;°C", "38&nbsp;°C"),
    ],
)
def test_a_number_is_never_cut_and_keeps_its_unit(text: str, held: str) -> None:
    assert shown(text) == held


def test_a_long_row_of_numbers_is_no_telephone_number() -> None:
    row = " ".join(str(number) for number in range(10, 40))
    assert "\u2060" not in break_lines(f"<td>{row}</td>")


def test_long_addresses_may_break_after_their_signs() -> None:
    assert shown("https://www.example.org/one?two=3&amp;four#five") == (
        "https://·www.·example.·org/·one?·two=·3&amp;·four#·five"
    )
    assert shown("health-equity-group@example.org") == "health-^equity-^group@example.·org"
    assert shown("(example.org/one/two/three-four)") == "(example.·org/·one/·two/·three-^four)"
    assert shown("www.example.org") == "www.example.org"


def test_words_that_fit_no_line_may_break_and_shorter_ones_only_in_tables() -> None:
    word = "Krankenversicherungskarte"
    assert shown(f"<p>{word}</p>") == f"<p>{word}</p>"
    assert shown(f"<td>{word}</td>") == "<td>Krankenver·sicherungs·karte</td>"
    assert shown("a" * 80).count("·") == 7


def test_chinese_lines_may_break_outside_of_quotation_marks() -> None:
    assert shown("中文“引号”文") == "中文·“引号”·文"


PIECES = st.sampled_from(
    [
        *(KHMER, LAO, BURMESE, KAREN, MON, SHAN, THAI, "안녕하세요", "20초", "中文“引号”"),
        *("\u200b", "\u2060", " ", "\u00a0", "<b>", "</b>", "<code>", "</code>", "<br>", "<wbr>"),
        *("</p><p>", "<td>", "</td>", '<a title="5 mg ដៃ">', "</a>", "&amp;", "&nbsp;", "<!-- -->"),
        *("5", " mg", "(206) 555-0142", "https://www.example.org/one/two?x=1", "a" * 50, "<", ">"),
    ]
)
HTML = st.lists(PIECES | st.text(alphabet=KHMER + BURMESE + KAREN + "<>&; \u200b"), max_size=12)


@given(HTML.map("".join))
def test_taking_the_marks_out_gives_the_html_back(html: str) -> None:
    assert MARKS.sub("", break_lines(html, thai=True)) == MARKS.sub("", html)


@given(HTML.map("".join))
def test_marks_stand_in_text_only(html: str) -> None:
    tags = re.compile("<[a-z/!][^>]*>")
    assert tags.findall(break_lines(html)) == tags.findall(html)


@given(HTML.map("".join))
def test_doing_it_again_changes_nothing(html: str) -> None:
    once = break_lines(html, thai=True)
    assert break_lines(once, thai=True) == once


@given(HTML.map("".join))
def test_no_break_stands_inside_a_cluster(html: str) -> None:
    for piece in break_lines(MARKS.sub("", html).replace("<wbr>", "")).split("\u200b")[1:]:
        after = re.sub("^(<[^>]*>)+", "", piece)[:1]
        assert not after or unicodedata.category(after)[0] != "M"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    before = os.environ.get("FONTCONFIG_FILE")
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sheet-fonts"
    yield start(prepare({font for tag in LONG for font in find(tag).fonts}, cache))
    os.environ.pop("FONTCONFIG_FILE", None)
    if before is not None:
        os.environ["FONTCONFIG_FILE"] = before


LONG = {
    "km": KHMER * 6,
    "lo": LAO * 6,
    "my": BURMESE * 6,
    "ksw": KAREN * 6,
    "ko": "안녕하세요 여러분의 건강을 위하여 " * 6 + "가나다라마바사아자차카타파하" * 3,
    "zh-Hans": "中文“引号”（括号）、中文。20秒，1,000元！" * 6,
    "ja": "コーヒーを飲んだ、「ちょっと」待って。キャッチ20秒。" * 6,
    "en": f"{'word' * 30} https://www.example.org/one/two/three/four/five?six=seven " * 3,
}
PAGE = (
    '<!DOCTYPE html><html lang="{tag}"><head><meta charset="utf-8"><title>t</title><style>'
    "@page {{ size: 80mm 400mm; margin: 10mm }} p {{ overflow-wrap: break-word }}"
    " html {{ font-family: {families}; font-size: 12pt }}"
    "</style></head><body><p>{text}</p></body></html>"
)


@pytest.mark.parametrize("tag", LONG)
def test_no_line_runs_off_the_page_or_begins_with_a_closing_sign(tag: str, engine: Engine) -> None:
    families = chain(find(tag).fonts)
    html = PAGE.format(
        tag=tag, text=break_lines(LONG[tag]), families=", ".join(map(repr, families))
    )
    pdf = engine.pdf(html, families)
    assert pdf.problems == ()
    page = pypdfium2.PdfDocument(pdf.data)[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars())]
    assert max(right for left, _, right, _ in boxes if right > left) <= page.get_width() - 28
    lines = text.get_text_bounded().split("\r\n")
    assert len(lines) > 3
    assert {line[:1] for line in lines}.isdisjoint("៖។ៗ၊။、。」）”，！ーッっゃ")
