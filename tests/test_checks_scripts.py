"""Rules on the script of translations, and on characters that nobody sees."""

from __future__ import annotations

import unicodedata

import pytest
from check_tools import said
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.checks import RULES as ALL
from outreach.languages import known
from outreach.languages.letters import SIMPLIFIED_ONLY, TRADITIONAL_ONLY
from outreach.model import Language

RULES = (
    *("script", "mixed-letters", "chinese", "zawgyi", "letters", "bidi", "characters"),
    "nfc",
)
WASH = "Wash your hands with soap before you eat."


def told(msgstr: str, tag: str, msgid: str = WASH) -> list[str]:
    return said(msgid, msgstr, tag, rules=RULES)


@pytest.mark.parametrize(
    ("tag", "msgstr"),
    [
        ("es", "Lávese las manos con jabón antes de comer."),
        ("es", "La vitamina B₁₂ y los rayos β, 5 µm, 10 Ω, ½ taza ✓ 😀 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️"),
        ("vi", "Hãy rửa tay bằng xà phòng trước khi ăn."),
        ("zh-Hans", "吃饭前请用肥皂洗手。皇后在后面，台湾的茶几上放着一只杯子。"),
        ("zh-Hant", "吃飯前請用肥皂洗手。皇后在後面，公里，茶几，批准，豐富，乾淨。"),
        ("zh-Hant", "請選擇「简体中文」或「繁體中文」。"),
        ("zh-HK", "食飯之前請用番梘洗手，跟住抹乾。"),
        ("ja", "食事の前に石けんで手を洗ってください。"),
        ("ko", "식사 전에 비누로 손을 씻으십시오(手)."),
        ("my", "အစားမစားမီ သင့်လက်ကို ဆပ်ပြာဖြင့် ဆေးပါ။ ကျေးဇူးတင်ပါတယ်။ ဥက္ကဋ္ဌ၊ ဩဂုတ်၊ မဂ္ဂဇင်း၊ သတ္တဝါ"),
        ("my", "ကျွန်ုပ်တို့၏ ကျန်းမာရေး၊ ပြည်သူ့ဆေးရုံ၊ ခွဲစိတ်ကုသမှု၊ နှလုံး၊ ၁၉၅၀"),
        ("my", "နံပါတ် ၅၊ ယောက်ျား၊ မိန်းမ၊ သမ္မာကျမ်းစာ၊ တက္ကသိုလ်၊ ကလေးငယ်\u200bများ"),
        ("ksw", "ကညီကျိာ် နၢ်ဟူဘၣ် လၢပှၤကညီအဂီၢ်"),
        ("shn", "ၵႂၢမ်းတႆး လိၵ်ႈတႆး"),
        ("th", "โปรดล้างมือ\u200bด้วยสบู่ก่อนรับประทานอาหาร"),
        ("km", "សូមលាងដៃ\u200bជាមួយសាប៊ូ មុនពេលញ៉ាំ"),
        ("lo", "ລ້າງມືດ້ວຍສະບູກ່ອນກິນເຂົ້າ"),
        ("hi", "खाना खाने से पहले साबुन से हाथ धोएँ। क्\u200dष"),
        ("bn", "খাওয়ার আগে সাবান দিয়ে হাত ধুয়ে নিন।"),
        ("ta", "சாப்பிடுவதற்கு முன் சோப்பால் கைகளைக் கழுவுங்கள்."),
        ("ml", "കഴിക്കുന്നതിനു മുമ്പ് കൈ കഴുകുക. അവന്\u200d"),
        ("pa", "ਖਾਣਾ ਖਾਣ ਤੋਂ ਪਹਿਲਾਂ ਸਾਬਣ ਨਾਲ ਹੱਥ ਧੋਵੋ।"),
        ("ar", "اغسل يديك بالصابون قبل الأكل. مدرّسة، مُدَرِّس، قرآن، على"),
        ("ar", "اتصل بالرقم \u2066(206) 555-0142\u2069 أو زر موقع CDC."),
        ("fa", "پیش از خوردن دست‌های خود را با صابون بشویید."),
        ("fa-AF", "می‌خواهم آب بنوشم."),
        ("ps", "له خوړو مخکې خپل لاسونه په صابون ومینځئ. يې، ښځې، دي"),
        ("ur", "کھانے سے پہلے صابن سے ہاتھ دھوئیں۔"),
        ("ckb", "پێش نانخواردن دەستەکانت بە سابوون بشۆ."),
        ("he", "שִׁטְפוּ את הידיים בסבון לפני האוכל."),
        ("yi", "וואַשט די הענט מיט זייף פֿאַרן עסן."),
        ("am", "ከመብላትዎ በፊት እጆችዎን በሳሙና ይታጠቡ።"),
        ("ti", "ቅድሚ ምብላዕኩም ኣእዳውኩም ብሳሙና ተሓጸቡ።"),
        ("ru", "Мойте руки с мылом перед едой. Сайт CDC, USB-кабель, PDF-файл, ё, 5 мкг"),
        ("uk", "Мийте руки з милом перед їжею. Ґанок, під’їзд, єдність."),
        ("be", "Мыйце рукі з мылам перад ядой. Ўсё, дзень, цікава."),
        ("bg", "Мийте ръцете си със сапун преди ядене."),
        ("sr", "Перите руке сапуном пре јела."),
        ("sr-Latn", "Perite ruke sapunom pre jela. Đak, žaba, ćuk."),
        ("mk", "Мијте ги рацете со сапун пред јадење. Ѓорѓи, ќерка, ѕвезда"),
        ("mn", "Хоол идэхийн өмнө гараа савандаж угаа. Үүд, өглөө"),
        ("kk", "Тамақтанар алдында қолыңызды сабындап жуыңыз. Ғылым, ұл, һ, і"),
        ("uz", "Овқатланишдан олдин қўлингизни совунлаб ювинг."),
        ("uz", "Ovqatlanishdan oldin qo‘lingizni sovunlab yuving."),
        ("el", "Πλύνετε τα χέρια σας με σαπούνι πριν φάτε."),
        ("hy", "Ուտելուց առաջ լվացեք ձեռքերը օճառով։"),
        ("ka", "ჭამამდე დაიბანეთ ხელები საპნით."),
        ("tl", "Maghugas ng kamay gamit ang sabon bago kumain."),
        ("mh", "Kwaḷe peiṃ kōn joob ṃokta jān aṃ ṃōñā. M̧ajeļ, ļ, o̧"),
        ("yo", "Fọ ọwọ́ rẹ pẹ̀lú ọṣẹ kí o tó jẹun."),
        ("so", "Gacmahaaga ku dhaq saabuun ka hor intaadan wax cunin."),
        ("rhg", "Háana háiba age háat dúio."),
        ("mww-Latn", "Ntxuav koj txhais tes ua ntej noj mov."),
    ],
)
def test_good_text_passes(tag: str, msgstr: str) -> None:
    assert told(msgstr, tag) == []


@pytest.mark.parametrize(
    ("tag", "msgstr", "text"),
    [
        ("es", "Мойте руки с мылом перед едой.", "in Cyrillic letters, not in those of Spanish"),
        ("ar", "吃饭前请用肥皂洗手。请勿忘记漱口。", "in Chinese letters, not in those of Arabic"),
        ("so", "ከመብላትዎ በፊት እጆችዎን በሳሙና ይታጠቡ።", "in Ethiopic letters, not in those of Somali"),
        ("my", "โปรดล้างมือด้วยสบู่ก่อนรับประทานอาหาร", "in Thai letters, not in those of Burmese"),
        ("hi", "খাওয়ার আগে সাবান দিয়ে হাত ধুয়ে নিন।", "in Bengali letters, not in those of Hindi"),
        (
            "sr-Latn",
            "Перите руке сапуном пре јела.",
            "in Cyrillic letters, not in those of Serbian",
        ),
    ],
)
def test_a_text_in_another_script_is_found(tag: str, msgstr: str, text: str) -> None:
    found = told(msgstr, tag)
    assert len(found) == 1
    assert found[0].startswith(f"error script: the text is {text}")
    assert found[0].endswith("; put the translation into the catalog of its own language")


def test_words_in_another_script_are_found() -> None:
    assert told("اغسل يديك мылом قبل الأكل.", "ar") == [
        (
            "warning script: “мылом” is in Cyrillic letters, which Arabic does not use; write it "
            "in "
            "the letters of your language, or leave it if it is meant"
        )
    ]
    assert told("Мойте руки (שלום).", "ru", "Wash your hands (שלום).") == []


def test_english_left_in_another_script_is_found() -> None:
    english = "Wash the hands with soap before you eat."
    assert said(WASH, english, "am", rules=("untranslated",)) == [
        (
            "warning untranslated: there are no letters of Amharic in the text; translate it, or "
            "leave it "
            "empty until someone does"
        )
    ]
    names = "Python, Django, Flask"
    assert said("Python, Django and Flask", names, "am", rules=("untranslated",)) == []


def test_chinese_in_place_of_japanese_or_korean_is_found() -> None:
    chinese = "吃飯前請用肥皂洗手，這樣對健康有好處。"
    for tag, name in (("ja", "Japanese"), ("ko", "Korean")):
        assert told(chinese, tag) == [
            f"warning script: there are only Chinese characters in the text; write it in {name}"
        ]
    assert told("個人情報保護方針", "ja", "Privacy policy") == []


def test_a_letter_of_another_alphabet_in_a_word_is_found() -> None:
    assert told("Мойте p\u0443ки.", "ru")[:1] == [
        (
            "warning mixed-letters: in “p\u0443ки” the letter U+0070 LATIN SMALL LETTER P is from "
            "another alphabet; type the word anew in one alphabet, or it cannot be found or read "
            "aloud"
        )
    ]
    assert told("Las man\u043es limpias.", "es") == [
        (
            "warning mixed-letters: in “man\u043es” the letter U+043E CYRILLIC SMALL LETTER O is "
            "from "
            "another alphabet; type the word anew in one alphabet, or it cannot be found or read "
            "aloud"
        )
    ]


def test_simplified_characters_in_traditional_chinese_are_found() -> None:
    assert told("吃饭前请用肥皂洗手，这样对健康有好处。", "zh-Hant") == [
        (
            "error chinese: the text is in simplified Chinese (饭 请 这 样 对); write traditional "
            "characters, or put it into the other catalog"
        )
    ]
    assert told("吃飯前請用肥皂洗手，这樣對健康有好處。", "zh-Hant") == [
        (
            "warning chinese: simplified characters in traditional Chinese: 这; write the "
            "traditional "
            "ones"
        )
    ]


def test_traditional_characters_in_simplified_chinese_are_found() -> None:
    assert told("吃飯前請用肥皂洗手，這樣對健康有好處。", "zh-Hans") == [
        (
            "error chinese: the text is in traditional Chinese (飯 請 這 樣 對); write simplified "
            "characters, or put it into the other catalog"
        )
    ]


def test_no_character_belongs_to_both_kinds_of_chinese() -> None:
    assert not set(SIMPLIFIED_ONLY) & set(TRADITIONAL_ONLY)
    assert len(SIMPLIFIED_ONLY) == len(set(SIMPLIFIED_ONLY))
    assert len(TRADITIONAL_ONLY) == len(SIMPLIFIED_ONLY)


@pytest.mark.parametrize(
    "msgstr",
    [
        "ေက်းဇူးတင္ပါတယ္",
        "အစာမစားခင္ လက္ကို ဆပ္ျပာနဲ႔ ေဆးပါ။",
        "က်န္းမာေရး",
        "ျမန္မာႏိုင္ငံ",
    ],
)
def test_zawgyi_is_found(msgstr: str) -> None:
    assert told(msgstr, "my") == [
        (
            "error zawgyi: the text is in Zawgyi, not in Unicode, and most readers would see "
            "nonsense; "
            "convert it to Unicode and save it again"
        )
    ]


def test_one_syllable_in_a_wrong_order_is_a_warning() -> None:
    good = "အစားမစားမီ သင့်လက်ကို ဆပ်ပြာဖြင့် ဆေးပါ။ ကျန်းမာရေးအတွက် အရေးကြီးပါသည်။ "
    assert told(f"{good}ေက", "my") == [
        (
            "warning zawgyi: the signs of a syllable are in a wrong order, as in Zawgyi; type it "
            "anew "
            "with a Unicode keyboard"
        )
    ]


def test_letters_of_a_neighbour_are_found() -> None:
    assert told("Мойте руки з милом перед їжею, щоб не захворіти й бути здоровим.", "ru") == [
        (
            "warning letters: “їжею” has a letter that Russian does not have; correct it, unless "
            "it is "
            "a name"
        )
    ]
    assert told("Миріть їжу і її кількість.", "ru") == [
        (
            "error letters: the text seems to be in another language: “Миріть” and other words "
            "have "
            "Ukrainian or Belarusian letters; write it in Russian"
        )
    ]
    assert told("Мийте рукы.", "uk") == [
        (
            "warning letters: “рукы” has a letter that Ukrainian does not have; correct it, "
            "unless it "
            "is a name"
        )
    ]


def test_letters_that_only_look_alike_are_found() -> None:
    assert told("دستهاي خود را بشویید.", "fa") == [
        (
            "warning letters: U+064A ARABIC LETTER YEH looks like U+06CC ARABIC LETTER FARSI "
            "YEH, but "
            "a search for the word does not find it; replace it by the letter of Persian (Farsi)"
        )
    ]


def test_an_override_that_is_not_closed_is_found() -> None:
    assert told("Lávese \u202elas manos.", "es") == [
        "error bidi: U+202E RIGHT-TO-LEFT OVERRIDE turns the rest of the text around; delete it"
    ]
    assert told("اغسل \u2066CDC يديك.", "ar") == [
        (
            "warning bidi: the mark of direction U+2066 LEFT-TO-RIGHT ISOLATE has no partner; "
            "delete "
            "it, or put U+2066 before and U+2069 after the words that need it"
        )
    ]
    assert told("اغسل CDC\u202c يديك.", "ar") == [
        (
            "warning bidi: the mark of direction U+202C POP DIRECTIONAL FORMATTING has no partner; "
            "delete it, or put U+2066 before and U+2069 after the words that need it"
        )
    ]


@pytest.mark.parametrize(
    ("tag", "char", "text"),
    [
        (
            "es",
            "\u200b",
            "warning characters: U+200B ZERO WIDTH SPACE {} cannot be seen; delete it",
        ),
        (
            "es",
            "\u200d",
            "warning characters: U+200D ZERO WIDTH JOINER {} cannot be seen; delete it",
        ),
        ("es", "\xad", "warning characters: U+00AD SOFT HYPHEN {} cannot be seen; delete it"),
        (
            "ar",
            "\ufeff",
            "warning characters: U+FEFF ZERO WIDTH NO-BREAK SPACE {} cannot be seen; delete it",
        ),
        ("es", "\x07", "error characters: U+0007 {} is no letter or sign for readers; delete it"),
        (
            "zh-Hans",
            "\ue000",
            "error characters: U+E000 {} is no letter or sign for readers; delete it",
        ),
        (
            "es",
            "\ufffd",
            (
                "error characters: U+FFFD REPLACEMENT CHARACTER {} stands for a letter that was "
                "lost; "
                "write it again"
            ),
        ),
        (
            "es",
            "\U000e0041",
            "warning characters: U+E0041 TAG LATIN CAPITAL LETTER A {} cannot be seen; delete it",
        ),
        (
            "es",
            "\u0378",
            "warning characters: U+0378 {} is no character that Unicode knows; delete it",
        ),
        (
            "es",
            "\U00050000",
            "warning characters: U+50000 {} is no character that Unicode knows; delete it",
        ),
    ],
)
def test_a_character_that_nobody_sees_is_found(tag: str, char: str, text: str) -> None:
    found = told(f"A1 {char}", tag, "A1")
    assert found[:1] == [text.format("after “A1”")]


def test_a_hidden_character_of_the_source_passes() -> None:
    assert told("Lá\u200bvese", "es", "Wa\u200bsh") == []


@pytest.mark.parametrize(("tag", "letter"), [("es", "á"), ("vi", "ệ"), ("ja", "が"), ("ko", "가")])
def test_letters_in_parts_are_found(tag: str, letter: str) -> None:
    parts = unicodedata.normalize("NFD", letter)
    assert told(f"{letter} {parts}", tag, "A1") == [
        (
            f"warning nfc: “{letter}” is written as {len(parts)} characters, so a search does not "
            "find "
            "it; save the text with composed letters (NFC)"
        )
    ]


LETTERS = st.text(st.characters(exclude_categories=()), max_size=60)
SIGNS = "aе5٥५①½一万亿IX.,:;!?。؟()（「“”«»\"'-–/@$€% \n\u00a0\u200b\u200d\u202e\u2066\u2069ေ္ကျ"
SAMPLES = st.one_of(
    LETTERS,
    st.text(SIGNS, max_size=40),
    st.lists(
        st.sampled_from(
            [
                "(206) 555-0142",
                "a@b.org",
                "https://a.org/b",
                "March 5, 2026",
                "10,000",
                "3 p.m.",
                "5 mL",
                "the",
                "the",
                "$5",
                "1.000,5",
                "१०",
                "三百",
                "2 million",
                "wash",
                "?",
            ]
        )
    ).map(" ".join),
)


@settings(deadline=None)
@given(
    SAMPLES,
    SAMPLES,
    st.sampled_from(known()),
    st.sampled_from(["paragraph", "preformatted text", "text in raw HTML", "title of the guide"]),
)
def test_no_rule_raises_on_any_text(msgid: str, msgstr: str, language: Language, kind: str) -> None:
    ids = {rule.id for rule in ALL} | {"blank"}
    found = said(msgid, msgstr, language.tag, kinds=(kind,))
    assert {problem.split()[1].rstrip(":") for problem in found} <= ids
