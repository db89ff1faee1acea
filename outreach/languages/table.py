"""The languages that outreach knows by itself, one a line.

It is a table of our own because the names are those that readers and clinic staff use, and
because some languages of our readers are in no other table. What it leaves out, CLDR answers.

- The own name has a capital where the script has them. `confirmed=False` marks own names that
  are not in CLDR and that a native reader has not yet seen.
- Plural forms are the customary ones of gettext, since existing catalogs and editors use them.
  CLDR's differ where they count fractions or millions, which no sheet does.
- Digits are CLDR's, with one exception. CLDR gives Arabic as such Latin digits, but Arabic-Indic
  ones to Egypt, Iraq, Jordan, Lebanon, Saudi Arabia, Somalia, Sudan, Syria and Yemen, where many
  who read Arabic in the United States come from; `ar-MA` still gets Morocco's, Latin ones. Only
  page numbers and list markers follow this: telephone numbers stay as the translator wrote them.
"""

from __future__ import annotations

from outreach.languages.plurals import TWO_FORMS
from outreach.languages.scripts import script as setting
from outreach.model import Language

_ONE_FORM = "nplurals=1; plural=0;"
_OVER_ONE = "nplurals=2; plural=(n > 1);"
_ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 :"
    " n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
)
_CZECH = "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);"
_EAST_SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 :"
    " n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
_LATVIAN = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);"
_LITHUANIAN = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
_POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
_ROMANIAN = "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2);"
_SLOVENE = "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);"


def _row(  # noqa: PLR0913  each is a column of the table
    tag: str,
    english_name: str,
    script: str,
    plural_forms: str,
    own_name: str,
    *,
    digits: str = "latn",
    confirmed: bool = True,
    style: str = "",
) -> Language:
    """A language; `style` is the code of a way of writing its script that has fonts of its own."""
    look = setting(style or script)
    return Language(
        tag,
        own_name,
        english_name,
        script,
        look.direction,
        plural_forms,
        digits,
        look.fonts,
        look.line_height,
        confirmed,
    )


LANGUAGES = (
    _row("en", "English", "Latn", TWO_FORMS, "English"),
    _row("es", "Spanish", "Latn", TWO_FORMS, "Español"),
    _row("zh-Hans", "Simplified Chinese", "Hans", _ONE_FORM, "简体中文"),
    _row("zh-Hant", "Traditional Chinese", "Hant", _ONE_FORM, "繁體中文"),
    _row("vi", "Vietnamese", "Latn", _ONE_FORM, "Tiếng Việt"),
    _row("ar", "Arabic", "Arab", _ARABIC, "العربية", digits="arab"),
    _row("tl", "Tagalog", "Latn", _OVER_ONE, "Tagalog"),
    _row("ko", "Korean", "Kore", _ONE_FORM, "한국어"),
    _row("ru", "Russian", "Cyrl", _EAST_SLAVIC, "Русский"),
    # The noun does not change for number; the customary rule is not that of French.
    _row("ht", "Haitian Creole", "Latn", TWO_FORMS, "Kreyòl ayisyen"),
    _row("pt-BR", "Portuguese (Brazil)", "Latn", _OVER_ONE, "Português (Brasil)"),
    _row("pt", "Portuguese", "Latn", TWO_FORMS, "Português"),
    _row("fr", "French", "Latn", _OVER_ONE, "Français"),
    _row("fa", "Persian (Farsi)", "Arab", _OVER_ONE, "فارسی", digits="arabext"),
    _row("fa-AF", "Dari", "Arab", _OVER_ONE, "دری", digits="arabext"),
    _row("ps", "Pashto", "Arab", TWO_FORMS, "پښتو", digits="arabext"),
    _row("ur", "Urdu", "Arab", TWO_FORMS, "اردو", style="Aran"),
    _row("pnb", "Punjabi (Shahmukhi)", "Arab", TWO_FORMS, "پنجابی", style="Aran", confirmed=False),
    _row("so", "Somali", "Latn", TWO_FORMS, "Soomaali"),
    _row("sw", "Swahili", "Latn", TWO_FORMS, "Kiswahili"),
    _row("rw", "Kinyarwanda", "Latn", TWO_FORMS, "Ikinyarwanda"),
    _row("rn", "Kirundi", "Latn", TWO_FORMS, "Ikirundi"),
    _row("am", "Amharic", "Ethi", _OVER_ONE, "አማርኛ"),
    _row("ti", "Tigrinya", "Ethi", _OVER_ONE, "ትግርኛ"),
    _row("om", "Oromo", "Latn", TWO_FORMS, "Oromoo"),
    _row("uk", "Ukrainian", "Cyrl", _EAST_SLAVIC, "Українська"),
    _row("my", "Burmese", "Mymr", _ONE_FORM, "မြန်မာဘာသာ", digits="mymr"),
    _row("ksw", "S'gaw Karen", "Mymr", _ONE_FORM, "ကညီကျိာ်", confirmed=False),
    _row("km", "Khmer", "Khmr", _ONE_FORM, "ភាសាខ្មែរ"),
    _row("th", "Thai", "Thai", _ONE_FORM, "ไทย"),
    _row("lo", "Lao", "Laoo", _ONE_FORM, "ພາສາລາວ"),
    _row("mww-Latn", "Hmong (White)", "Latn", _ONE_FORM, "Hmoob Dawb", confirmed=False),
    _row("hnj-Latn", "Hmong (Green)", "Latn", _ONE_FORM, "Moob Leeg", confirmed=False),
    _row("ne", "Nepali", "Deva", TWO_FORMS, "नेपाली", digits="deva"),
    _row("hi", "Hindi", "Deva", _OVER_ONE, "हिन्दी"),
    _row("mr", "Marathi", "Deva", TWO_FORMS, "मराठी", digits="deva"),
    _row("bn", "Bengali", "Beng", _OVER_ONE, "বাংলা", digits="beng"),
    _row("ta", "Tamil", "Taml", TWO_FORMS, "தமிழ்"),
    _row("te", "Telugu", "Telu", TWO_FORMS, "తెలుగు"),
    _row("ml", "Malayalam", "Mlym", TWO_FORMS, "മലയാളം"),
    _row("gu", "Gujarati", "Gujr", _OVER_ONE, "ગુજરાતી"),
    _row("pa", "Punjabi", "Guru", _OVER_ONE, "ਪੰਜਾਬੀ"),
    _row("he", "Hebrew", "Hebr", TWO_FORMS, "עברית"),
    _row("yi", "Yiddish", "Hebr", TWO_FORMS, "ייִדיש"),
    _row("ja", "Japanese", "Jpan", _ONE_FORM, "日本語"),
    _row("mh", "Marshallese", "Latn", TWO_FORMS, "Kajin M̧ajeļ", confirmed=False),
    _row("chk", "Chuukese", "Latn", TWO_FORMS, "Kapasen Chuuk", confirmed=False),
    _row("sm", "Samoan", "Latn", TWO_FORMS, "Gagana Sāmoa", confirmed=False),
    _row("to", "Tongan", "Latn", _ONE_FORM, "Lea fakatonga"),
    _row("quc", "K'iche'", "Latn", TWO_FORMS, "K'iche'"),
    _row("mam", "Mam", "Latn", TWO_FORMS, "Qyol Mam", confirmed=False),
    _row("kjb", "Q'anjob'al", "Latn", TWO_FORMS, "Q'anjob'al", confirmed=False),
    # CLDR takes `rhg` for Hanifi letters; this is the Latin spelling, rhg-Rohg has the others.
    _row("rhg", "Rohingya", "Latn", TWO_FORMS, "Ruáingga", confirmed=False),
    _row("ku", "Kurdish", "Latn", TWO_FORMS, "Kurdî (kurmancî)"),
    _row("kmr", "Kurdish (Kurmanji)", "Latn", TWO_FORMS, "Kurmancî", confirmed=False),
    _row("ckb", "Kurdish (Sorani)", "Arab", TWO_FORMS, "کوردیی ناوەندی", digits="arab"),
    _row("ha", "Hausa", "Latn", TWO_FORMS, "Hausa"),
    _row("ig", "Igbo", "Latn", _ONE_FORM, "Igbo"),
    _row("yo", "Yoruba", "Latn", _ONE_FORM, "Èdè Yorùbá"),
    _row("ln", "Lingala", "Latn", _OVER_ONE, "Lingála"),
    _row("wo", "Wolof", "Latn", _ONE_FORM, "Wolof"),
    _row("fil", "Filipino", "Latn", _OVER_ONE, "Filipino"),
    _row("ceb", "Cebuano", "Latn", _OVER_ONE, "Cebuano"),
    _row("id", "Indonesian", "Latn", _ONE_FORM, "Indonesia"),
    _row("de", "German", "Latn", TWO_FORMS, "Deutsch"),
    _row("it", "Italian", "Latn", TWO_FORMS, "Italiano"),
    _row("nl", "Dutch", "Latn", TWO_FORMS, "Nederlands"),
    _row("pl", "Polish", "Latn", _POLISH, "Polski"),
    _row("cs", "Czech", "Latn", _CZECH, "Čeština"),
    _row("sk", "Slovak", "Latn", _CZECH, "Slovenčina"),
    _row("sl", "Slovenian", "Latn", _SLOVENE, "Slovenščina"),
    _row("hr", "Croatian", "Latn", _EAST_SLAVIC, "Hrvatski"),
    _row("bs", "Bosnian", "Latn", _EAST_SLAVIC, "Bosanski"),
    _row("sr", "Serbian", "Cyrl", _EAST_SLAVIC, "Српски"),
    _row("sr-Latn", "Serbian (Latin)", "Latn", _EAST_SLAVIC, "Srpski"),
    _row("bg", "Bulgarian", "Cyrl", TWO_FORMS, "Български"),
    _row("be", "Belarusian", "Cyrl", _EAST_SLAVIC, "Беларуская"),
    _row("lt", "Lithuanian", "Latn", _LITHUANIAN, "Lietuvių"),
    _row("lv", "Latvian", "Latn", _LATVIAN, "Latviešu"),
    _row("ro", "Romanian", "Latn", _ROMANIAN, "Română"),
    _row("hu", "Hungarian", "Latn", TWO_FORMS, "Magyar"),
    _row("sq", "Albanian", "Latn", TWO_FORMS, "Shqip"),
    _row("ca", "Catalan", "Latn", TWO_FORMS, "Català"),
    _row("el", "Greek", "Grek", TWO_FORMS, "Ελληνικά"),
    _row("tr", "Turkish", "Latn", TWO_FORMS, "Türkçe"),
    _row("uz", "Uzbek", "Latn", TWO_FORMS, "O‘zbek"),
    _row("mn", "Mongolian", "Cyrl", TWO_FORMS, "Монгол"),
    _row("hy", "Armenian", "Armn", TWO_FORMS, "Հայերեն"),
    _row("ka", "Georgian", "Geor", TWO_FORMS, "ქართული"),
)
