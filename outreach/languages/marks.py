"""Punctuation of scripts and languages: how sentences end, and which languages repeat words."""

from __future__ import annotations

import re

from outreach.model import Language

STOPS = ".。．｡।॥۔։።။។៕᙮᠃⸼꓿܀܁܂߸"
QUESTIONS = "?？؟፧՞⁇⁈⁉‽⸮❓❔︖"
EXCLAMATIONS = "!！՜¡‼❗❕︕߹"
COLONS = ":：፥፦፡︓︰"
ELLIPSES = "…‥⋯"
_GREEK_QUESTIONS = ";\u037e"
"""A semicolon asks in Greek. U+037E is its twin that Unicode replaces."""

ENDS_FREE = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Tibt", "Java", "Bali", "Lana", "Talu"})
"""Scripts in which a sentence needs no mark at its end, or asks with a word."""
ENDS_LOOSE = frozenset({"ja", "ko"})
"""Languages that leave the full stop out where a sentence ends with a noun."""
UNSPACED = ENDS_FREE | {"Hans", "Hant", "Hani", "Jpan", "Hrkt"}
"""Scripts without spaces between words."""

_ASKING = {
    "ja": re.compile("[かの](?:[。．（(」]|$)"),
    "ko": re.compile("[까요나](?:[.(]|$)"),
    "zh": re.compile("[吗嗎呢么麼](?:[。（(]|$)"),
}
"""How a question may end without a mark."""

REPEATING = frozenset(
    {"id", "ms", "jv", "su", "min", "tl", "fil", "ceb", "ilo", "hil", "war", "pam", "bik", "mg"}
    | {"haw", "mi", "sm", "to", "ty", "fj", "mh", "chk", "pon", "kos", "tvl", "gil", "ch", "pau"}
    | {"vi", "hmn", "mww", "hnj", "km", "th", "lo", "my", "ksw", "zh", "ja", "yue", "ko"}
    | {"hi", "ur", "bn", "ne", "mr", "pa", "gu", "ta", "te", "ml", "kn", "or", "si", "as", "sd"}
    | {"sw", "rw", "rn", "ln", "lg", "ny", "sn", "zu", "xh", "st", "tn", "ts", "ve", "nr", "ss"}
    | {"yo", "ig", "ha", "wo", "ff", "ak", "tw", "ee", "bm", "om", "so", "am", "ti", "aa", "kab"}
    | {"ht", "gcf", "mfe", "pap", "tpi", "bi", "srn", "quc", "mam", "kjb", "qu", "ay", "gn", "nah"}
    | {"tr", "az", "uz", "kk", "ky", "tk", "tt", "ug", "mn", "hy", "ka", "fa", "ps", "ckb", "ku"}
    | {"kmr", "tg", "he", "yi", "rhg", "chr", "nv", "kha", "lus", "mni", "sat", "bho", "mai"}
)
"""Languages in which a word is said twice to mean more, each, or slowly."""

TWICE = {
    "de": "die der das sie den dem wenn was",
    "fr": "nous vous que tout bien très",
    "en": "had that",
    "it": "man mano via piano poco passo",
    "pt": "que tudo se",
    "gl": "que se",
    "es": "que",
    "nl": "dat die het",
    "hu": "az ez",
}
"""By language: words that stand twice in good sentences."""


def asks(text: str, language: Language) -> bool:
    """Whether a text has a question mark of the language, or ends with a word that asks."""
    base = language.tag.split("-")[0]
    marks = QUESTIONS + _GREEK_QUESTIONS if base == "el" else QUESTIONS
    if any(mark in text for mark in marks):
        return True
    asking = _ASKING.get(base)
    return bool(asking and asking.search(text.rstrip()))
