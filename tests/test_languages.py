from __future__ import annotations

import gettext
import pickle
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach import languages
from outreach.languages import UnknownLanguage, cldr, tags
from outreach.languages.plurals import plural_forms
from outreach.model import Language
from outreach.sheet.sources import SOURCES

ROWS = languages.known()
BASE_LOCALES = sorted(code for code in locale_identifiers() if "_" not in code)
# The fonts that the package brings; print closes itself off from all others.
# CLDR's own names where ours are written otherwise.
OWN_NAMES_UNLIKE_CLDR = {
    "km": "ខ្មែរ",
    "lo": "ລາວ",
    "my": "မြန်မာ",
    "quc": "Kʼicheʼ",
}
NAMELESS = {"mhn"}  # CLDR has its data under no name, own or English
IN_ANOTHER_SCRIPT = {"hnj", "rhg", "zh"}  # in our table than in CLDR
PROMISED = """
    en es zh-Hans zh-Hant vi ar tl ko ru ht pt-BR pt fr fa fa-AF ps ur so sw rw am ti uk my km th
    lo ne hi bn ta te gu pa he ja ksw mww-Latn mh chk sm quc mam kjb rhg de it pl el tr id fil hy
    ka ro hr sr om ha yo ig ku ckb
"""


def by_tag(row: Language) -> str:
    return row.tag


def forms(language: Language) -> tuple[int, str]:
    match = re.fullmatch(r"nplurals=(\d); plural=(.+);", language.plural_forms)
    assert match is not None, language.plural_forms
    return int(match[1]), match[2]


def compile_catalog(folder: Path, language: Language) -> None:
    """Run msgfmt on a catalog with one message in all the language's plural forms."""
    count, _ = forms(language)
    lines = [
        'msgid ""',
        'msgstr ""',
        r'"Project-Id-Version: sample\n"',
        r'"PO-Revision-Date: 2026-01-01 00:00+0000\n"',
        r'"Last-Translator: A\n"',
        r'"Language-Team: B\n"',
        rf'"Language: {language.locale}\n"',
        r'"MIME-Version: 1.0\n"',
        r'"Content-Type: text/plain; charset=UTF-8\n"',
        r'"Content-Transfer-Encoding: 8bit\n"',
        rf'"Plural-Forms: {language.plural_forms}\n"',
        "",
        'msgid "page"',
        'msgid_plural "pages"',
        *(f'msgstr[{index}] "{language.own_name} {index}"' for index in range(count)),
    ]
    catalog = folder / f"{language.locale}.po"
    catalog.write_text("\n".join(lines) + "\n", encoding="utf-8")
    compiled = catalog.with_suffix(".mo")
    done = subprocess.run(
        ["msgfmt", "--check", "-o", compiled, catalog], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), language.tag
    with compiled.open("rb") as file:
        translations = gettext.GNUTranslations(file)
    shown = {translations.ngettext("page", "pages", number) for number in range(1000)}
    assert shown == {f"{language.own_name} {index}" for index in range(count)}, language.tag


# The table


def test_table_has_every_language_that_we_promise() -> None:
    listed = {row.tag for row in ROWS}
    assert set(PROMISED.split()) <= listed
    assert len(listed) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=by_tag)
def test_row_is_consistent(row: Language) -> None:
    assert languages.canonical(row.tag) == row.tag
    assert languages.canonical(row.locale) == row.tag
    assert languages.find(row.tag) is row
    assert row.own_name == unicodedata.normalize("NFC", row.own_name).strip()
    assert row.own_name
    assert row.own_name[0] == row.own_name[0].title()
    assert row.english_name[0].isupper()
    assert row.english_name.isascii()
    assert row.fonts[-1] == "Noto Sans"
    assert set(row.fonts) <= set(SOURCES)


@pytest.mark.parametrize("row", ROWS, ids=by_tag)
def test_direction_is_that_of_the_letters_in_the_own_name(row: Language) -> None:
    first = next(letter for letter in row.own_name if unicodedata.category(letter).startswith("L"))
    right_to_left = unicodedata.bidirectional(first) in {"R", "AL"}
    assert row.direction == ("rtl" if right_to_left else "ltr")
    assert (row.script in {"Arab", "Hebr"}) == right_to_left


def test_english_and_own_names_tell_the_languages_apart() -> None:
    assert len({row.english_name for row in ROWS}) == len(ROWS)
    assert len({row.own_name for row in ROWS}) == len(ROWS)


def test_msgfmt_takes_every_plural_rule_of_the_table_and_each_form_is_used(tmp_path: Path) -> None:
    samples = {row.plural_forms: row for row in ROWS}
    assert len(samples) > 10
    for row in samples.values():
        compile_catalog(tmp_path, row)


@pytest.mark.parametrize("row", [row for row in ROWS if row.confirmed], ids=by_tag)
def test_confirmed_own_names_are_those_of_cldr_but_for_capitals(row: Language) -> None:
    if row.tag == "pt-BR":
        in_cldr = Locale("pt", "BR").get_display_name()
    else:
        # Babel has no locale for Tagalog: the Filipino one names it.
        locale = Locale.parse("fil" if row.tag == "tl" else row.locale)
        in_cldr = locale.languages.get(row.locale) or locale.languages[locale.language]
    expected = OWN_NAMES_UNLIKE_CLDR.get(row.tag, row.own_name)
    assert (in_cldr or "").casefold() == expected.casefold()


def test_own_names_outside_cldr_are_marked() -> None:
    unconfirmed = {row.tag for row in ROWS if not row.confirmed}
    assert {"mww-Latn", "ksw", "mh", "chk", "sm", "mam", "kjb", "rhg"} <= unconfirmed
    assert not unconfirmed & {"es", "ht", "fa-AF", "tl", "zh-Hans", "so"}


@pytest.mark.parametrize(
    ("tag", "own", "english"),
    [
        ("es", "Español", "Spanish"),
        ("zh-Hans", "简体中文", "Simplified Chinese"),
        ("zh-Hant", "繁體中文", "Traditional Chinese"),
        ("tl", "Tagalog", "Tagalog"),
        ("fil", "Filipino", "Filipino"),
        ("fa-AF", "دری", "Dari"),
        ("pt-BR", "Português (Brasil)", "Portuguese (Brazil)"),
        ("ht", "Kreyòl ayisyen", "Haitian Creole"),
        ("mww-Latn", "Hmoob Dawb", "Hmong (White)"),
    ],
)
def test_names_where_babel_prints_something_else(tag: str, own: str, english: str) -> None:
    language = languages.find(tag)
    assert (language.tag, language.own_name, language.english_name) == (tag, own, english)


def test_haitian_creole_does_not_count_like_french() -> None:
    haitian, french = languages.find("ht"), languages.find("fr")
    assert haitian.plural_forms != french.plural_forms
    assert gettext.c2py(forms(haitian)[1])(0) == 1
    assert gettext.c2py(forms(french)[1])(0) == 0


@pytest.mark.parametrize(
    ("tag", "digits"),
    [
        ("ar", "arab"),
        ("fa", "arabext"),
        ("fa-AF", "arabext"),
        ("ps", "arabext"),
        ("ur", "latn"),
        ("my", "mymr"),
        ("ne", "deva"),
        ("hi", "latn"),
        ("bn", "beng"),
        ("km", "latn"),
        ("am", "latn"),
    ],
)
def test_digits(tag: str, digits: str) -> None:
    assert languages.find(tag).digits == digits


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.tag not in {"ar", "hnj-Latn", "tl"}], ids=by_tag
)
def test_digits_are_those_of_cldr_except_for_arabic(row: Language) -> None:
    try:
        locale = Locale.parse(row.locale)
    except UnknownLocaleError:
        assert row.digits == "latn"
    else:
        assert row.digits == locale.default_numbering_system


@pytest.mark.parametrize(
    ("tag", "fonts", "line_height"),
    [
        ("es", ("Noto Sans",), 1.45),
        ("el", ("Noto Sans",), 1.45),
        ("ar", ("Amiri", "Noto Sans"), 1.6),
        ("ur", ("Noto Nastaliq Urdu", "Noto Sans"), 2.1),
        ("ur-IN", ("Noto Nastaliq Urdu", "Noto Sans"), 2.1),
        ("pnb", ("Noto Nastaliq Urdu", "Noto Sans"), 2.1),
        ("ps", ("Amiri", "Noto Sans"), 1.6),
        ("ckb", ("Amiri", "Noto Sans"), 1.6),
        ("he", ("Noto Sans Hebrew", "Noto Sans"), 1.45),
        ("zh-Hans", ("Noto Sans SC", "Noto Sans"), 1.7),
        ("zh-Hant", ("Noto Sans TC", "Noto Sans"), 1.7),
        ("ko", ("Noto Sans KR", "Noto Sans"), 1.7),
        ("ti", ("Noto Sans Ethiopic", "Noto Sans"), 1.7),
        ("my", ("Noto Sans Myanmar", "Noto Sans"), 1.6),
        ("ka", ("Noto Sans Georgian", "Noto Sans"), 1.45),
        ("gu", ("Noto Sans Gujarati", "Noto Sans"), 1.6),
        ("ksw", ("Noto Sans Myanmar", "Noto Sans"), 1.6),
        ("bo", ("Noto Sans",), 1.6),
        ("yue", ("Noto Sans TC", "Noto Sans"), 1.7),
    ],
)
def test_fonts_and_line_height(tag: str, fonts: tuple[str, ...], line_height: float) -> None:
    language = languages.find(tag)
    assert (language.fonts, language.line_height) == (fonts, line_height)


# Tags


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("zh-Hans", "zh-Hans"),
        ("zh_Hans", "zh-Hans"),
        ("ZH-hans", "zh-Hans"),
        ("zh_Hans_CN", "zh-Hans-CN"),
        ("zh_CN", "zh-Hans"),
        ("zh-sg", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh_CN.GB2312", "zh-Hans"),
        ("zh", "zh"),
        ("pt_br", "pt-BR"),
        ("pt_BR.UTF-8", "pt-BR"),
        ("es_419", "es-419"),
        ("sr@latin", "sr-Latn"),
        ("sr_RS@latin", "sr-Latn-RS"),
        ("uz@cyrillic", "uz-Cyrl"),
        ("ca@valencia", "ca-valencia"),
        ("sl-rozaj-1994", "sl-rozaj-1994"),
        ("MWW_latn", "mww-Latn"),
        ("tl", "tl"),
        ("tl_PH", "tl-PH"),
    ],
)
def test_both_spellings_are_the_same_tag(text: str, tag: str) -> None:
    assert languages.canonical(text) == tag


@pytest.mark.parametrize(
    "text",
    ["", " es", "es ", "e", "spanish", "C", "es-", "-es", "es--MX", "es/MX", "en@quot", "../es",
     "sr-Cyrl@latin", "esſ", "es\n", "x-pirate", "ésp"],
)  # fmt: skip
def test_what_is_no_tag_is_refused(text: str) -> None:
    with pytest.raises(UnknownLanguage):
        languages.canonical(text)
    with pytest.raises(ValueError, match="no language is known as"):
        languages.find(text)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=12) | st.from_regex(r"[a-zA-Z]{2,3}([-_@][a-zA-Z0-9]{1,8}){0,3}"))
def test_any_text_is_a_language_or_refused_with_tags_that_are_found(text: str) -> None:
    try:
        language = languages.find(text)
    except UnknownLanguage:
        assert all(languages.find(near).tag == near for near in languages.nearest(text))
    else:
        assert language.tag == languages.canonical(text)
        assert languages.find(language.tag) == languages.find(language.locale) == language


# Beyond the table


@pytest.mark.parametrize(
    ("text", "tag", "own", "english"),
    [
        ("es_MX", "es-MX", "Español (México)", "Spanish (Mexico)"),
        ("es-419", "es-419", "Español (Latinoamérica)", "Spanish (Latin America)"),
        ("pt-PT", "pt-PT", "Português (Portugal)", "Portuguese (Portugal)"),
        ("zh_Hans_CN", "zh-Hans-CN", "简体中文 (中国)", "Simplified Chinese (China)"),
        ("tl-PH", "tl-PH", "Tagalog (Philippines)", "Tagalog (Philippines)"),
        ("fa-Arab-AF", "fa-Arab-AF", "دری", "Dari"),
        ("fa-IR", "fa-IR", "فارسی (ایران)", "Persian (Farsi, Iran)"),
        ("sr_ME", "sr-ME", "Srpski (Crna Gora)", "Serbian (Latin, Montenegro)"),
        ("ka-GE", "ka-GE", "ქართული (საქართველო)", "Georgian (Georgia)"),
        ("sm-WS", "sm-WS", "Gagana Sāmoa (Samoa)", "Samoan (Samoa)"),
        ("rhg-Latn", "rhg-Latn", "Ruáingga", "Rohingya"),
        ("ca@valencia", "ca-valencia", "Català (valencia)", "Catalan (valencia)"),
    ],
)
def test_region_of_a_listed_language(text: str, tag: str, own: str, english: str) -> None:
    language = languages.find(text)
    base = languages.find("zh-Hans" if tag.startswith("zh") else tag.partition("-")[0])
    assert (language.tag, language.own_name, language.english_name) == (tag, own, english)
    assert language.plural_forms == base.plural_forms
    assert language.confirmed == base.confirmed


def test_digits_follow_the_region() -> None:
    assert [languages.find(tag).digits for tag in ("ar-EG", "ar-US", "ar-MA")] == [
        "arab",
        "arab",
        "latn",
    ]


@pytest.mark.parametrize(
    ("text", "own", "english", "script", "direction"),
    [
        ("nb", "Norsk bokmål", "Norwegian Bokmål", "Latn", "ltr"),
        ("zu", "isiZulu", "Zulu", "Latn", "ltr"),
        ("kk", "Қазақ тілі", "Kazakh", "Cyrl", "ltr"),
        ("sd", "سنڌي", "Sindhi", "Arab", "rtl"),
        ("dv", "ދިވެހިބަސް", "Divehi", "Thaa", "rtl"),
        ("yue", "粵語", "Cantonese", "Hant", "ltr"),
        ("pa_PK", "پنجابی (عربی, پاکستان)", "Punjabi (Arabic, Pakistan)", "Arab", "rtl"),
        ("uz@cyrillic", "Ўзбекча (Кирил)", "Uzbek (Cyrillic)", "Cyrl", "ltr"),
    ],
)
def test_language_from_cldr_alone(
    text: str, own: str, english: str, script: str, direction: str
) -> None:
    language = languages.find(text)
    assert language.tag == languages.canonical(text)
    assert (language.own_name, language.english_name) == (own, english)
    assert (language.script, language.direction) == (script, direction)
    assert language.confirmed


@pytest.mark.parametrize(
    ("tag", "own", "english"), [("mos", "Mossi", "Mossi"), ("lld", "Ladin", "Ladin")]
)
def test_one_name_for_both_wants_confirmation(tag: str, own: str, english: str) -> None:
    language = languages.find(tag)
    assert (language.own_name, language.english_name) == (own, english)
    assert not language.confirmed


@pytest.mark.parametrize("code", BASE_LOCALES)
def test_plural_rule_sorts_numbers_as_cldr_does(code: str) -> None:
    rule = Locale(code).plural_form
    categories = [rule(number) for number in range(1000)]
    header = plural_forms(rule.rules, set(categories))
    choose = gettext.c2py(header.partition("plural=")[2].removesuffix(";"))
    pairs = {(choose(number), category) for number, category in enumerate(categories)}
    count = len(set(categories))
    assert header.startswith(f"nplurals={count};")
    assert sorted(index for index, _ in pairs) == list(range(count))


def test_msgfmt_takes_the_plural_rules_of_languages_from_cldr(tmp_path: Path) -> None:
    listed = {row.tag.split("-")[0] for row in ROWS}
    others = [languages.find(code) for code in BASE_LOCALES if code not in listed | NAMELESS]
    samples = {language.plural_forms: language for language in others}
    assert len(samples) > 10
    for language in samples.values():
        compile_catalog(tmp_path, language)


@pytest.mark.parametrize("code", sorted(set(BASE_LOCALES) - NAMELESS - IN_ANOTHER_SCRIPT))
def test_direction_from_the_script_is_that_of_cldr(code: str) -> None:
    language = languages.find(code)
    assert language.direction == Locale(code).text_direction
    assert language.own_name


def test_plural_rule_in_an_unknown_wording_is_refused() -> None:
    with pytest.raises(ValueError, match="not a relation of a CLDR plural rule: n is 1"):
        plural_forms({"one": "n is 1"}, {"one", "other"})


# Unknown ones


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("spanish", ("es",)),
        ("Español", ("es",)),
        ("spanich", ("es",)),
        ("sp", ("es",)),
        ("spa", ("es",)),
        ("es-QQ", ("es",)),
        ("chinese", ("zh-Hans", "zh-Hant")),
        ("中文", ("zh-Hans", "zh-Hant")),
        ("zh", ("zh-Hans", "zh-Hant")),
        ("cmn", ("zh-Hans", "zh-Hant")),
        ("cn", ("zh-Hans",)),
        ("jp", ("ja",)),
        ("iw", ("he",)),
        ("sh", ("sr-Latn",)),
        ("prs", ("fa-AF",)),
        ("dari", ("fa-AF",)),
        ("farsi", ("fa",)),
        ("bangla", ("bn",)),
        ("hmong", ("mww-Latn", "hnj-Latn")),
        ("mww", ("mww-Latn",)),
        ("haitian", ("ht",)),
        ("portuguese/brazil", ("pt-BR",)),
        ("Sundanese", ("su",)),
        ("qqq", ()),
        ("", ()),
    ],
)
def test_nearest_tags(text: str, near: tuple[str, ...]) -> None:
    assert languages.nearest(text) == near


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("spanish", 'no language is known as "spanish"; did you mean es (Spanish)?'),
        (
            "chinese",
            (
                'no language is known as "chinese"; did you mean zh-Hans (Simplified Chinese)'
                " or zh-Hant (Traditional Chinese)?"
            ),
        ),
        (
            "zh",
            (
                '"zh" does not say in which script the language is written; write zh-Hans'
                " (Simplified Chinese) or zh-Hant (Traditional Chinese)"
            ),
        ),
        (
            "zh_US",
            (
                '"zh_US" does not say in which script the language is written; write zh-Hans'
                " (Simplified Chinese) or zh-Hant (Traditional Chinese)"
            ),
        ),
        (
            "mww",
            (
                '"mww" does not say in which script the language is written; write mww-Latn'
                " (Hmong, White)"
            ),
        ),
        ("prs", 'no language is known as "prs"; did you mean fa-AF (Dari)?'),
        ("es-ZZ", 'no language is known as "es-ZZ"; did you mean es (Spanish)?'),
        ("es-Zzzz", 'no language is known as "es-Zzzz"; did you mean es (Spanish)?'),
        ("qqq", 'no language is known as "qqq"; write a tag such as es, pt-BR or zh-Hans'),
    ],
)
def test_unknown_language_says_what_to_write(text: str, advice: str) -> None:
    with pytest.raises(UnknownLanguage) as refusal:
        languages.find(text)
    assert str(refusal.value) == advice
    assert str(pickle.loads(pickle.dumps(refusal.value))) == advice  # noqa: S301 - our own


def test_tagalog_never_becomes_filipino() -> None:
    assert languages.find("tl").tag == languages.canonical("TL") == "tl"
    assert "Filipino" not in languages.find("tl_PH").english_name
    assert cldr.build(tags.Tag("tl")) is None


# File names and start-up


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("so", "so-Somali"),
        ("zh_Hans", "zh-Hans-Simplified-Chinese"),
        ("pt_BR", "pt-BR-Portuguese-Brazil"),
        ("fa", "fa-Persian-Farsi"),
        ("ksw", "ksw-Sgaw-Karen"),
        ("quc", "quc-Kiche"),
        ("nb", "nb-Norwegian-Bokmal"),
        ("es-MX", "es-MX-Spanish-Mexico"),
    ],
)
def test_file_name(tag: str, name: str) -> None:
    assert languages.file_name(languages.find(tag)) == name


def test_file_names_are_plain_and_different() -> None:
    names = [languages.file_name(row) for row in ROWS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)+", name) for name in names)


def test_listed_languages_are_found_without_importing_babel() -> None:
    program = (
        "import sys; from outreach import languages as l;"
        "[l.file_name(l.find(row.locale)) for row in l.known()]; l.canonical('zh_CN');"
        "print(sorted(name for name in sys.modules if name.split('.')[0] == 'babel'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    assert done.stdout == "[]\n"
