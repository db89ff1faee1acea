"""Rules on the script of translations: its letters, and the two ways to write some of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from outreach.checks.characters import called
from outreach.checks.pair import Finding, Pair
from outreach.languages.letters import (
    ALIEN_LETTERS,
    SIMPLIFIED_ONLY,
    TRADITIONAL_ONLY,
    TWIN_LETTERS,
    foreign_letters,
    name_of,
    own_letters,
    scripts_of,
)

_FEW = 3
"""Letters, characters or words that can be a name in a text of another language."""
_SIMPLIFIED = re.compile(f"[{SIMPLIFIED_ONLY}]")
_TRADITIONAL = re.compile(f"[{TRADITIONAL_ONLY}]")
_CHINESE_NAME = re.compile("[简簡][体體](?:中文|字|版)?|[繁][体體](?:中文|字|版)?|[简簡繁]中")
_WORDS = re.compile(r"[^\W\d_]+")


def script(pair: Pair) -> Iterator[Finding]:
    """Letters of a script in which the language is not written."""
    text, own = pair.new.text, scripts_of(pair.language)
    if text.isascii() or not own:
        return
    runs = [run for run in foreign_letters(own).findall(text) if run not in pair.msgid]
    foreign = sum(map(len, runs))
    if foreign >= _FEW:
        yield from _foreign(pair, runs, foreign)
    elif own[0] in _WITH_HAN and not own_letters(own[:1]).search(text):
        han = own_letters(own[1:]).findall(text)
        if len(han) >= _TITLE and not all(char in pair.msgid for char in han):
            yield Finding(
                f"there are only Chinese characters in the text; write it in "
                f"{pair.language.english_name}",
                "warning",
            )


_WITH_HAN = ("Hrkt", "Hang")
_TITLE = 15
"""Chinese characters that a Japanese title or a Korean one may have in a row."""


def _foreign(pair: Pair, runs: list[str], count: int) -> Iterator[Finding]:
    text, own = pair.new.text, scripts_of(pair.language)
    latin = own == ("Latn",)
    rest = _latin(text) if latin else len(own_letters(own).findall(text))
    if count > 2 * rest and count > 4 * _FEW:
        yield Finding(
            f"the text is in {name_of(runs[0][0])} letters, not in those of "
            f"{pair.language.english_name}; put the translation into the catalog of its own "
            "language"
        )
    elif count * 10 > rest > 0 and not (latin and count * 4 < len(text)):
        yield Finding(
            f"“{max(runs, key=len)}” is in {name_of(runs[0][0])} letters, which "
            f"{pair.language.english_name} does not use; write it in the letters of your "
            "language, or leave it if it is meant",
            "warning",
        )


def _latin(text: str) -> int:
    return sum(map(len, _WORDS.findall(text))) - sum(
        map(len, foreign_letters(("Latn",)).findall(text))
    )


def mixed_letters(pair: Pair) -> Iterator[Finding]:
    """A word in which a letter comes from another alphabet and only looks right."""
    if not _CYRILLIC.search(pair.new.text):
        return
    for found in _TWINS.finditer(pair.new.text):
        word = found.group()
        if word not in pair.msgid:
            odd = next(filter(None, found.groups()))
            yield Finding(
                f"in “{word}” the letter {called(odd)} is from another alphabet; type the word "
                "anew in one alphabet, or it cannot be found or read aloud",
                "warning",
            )
            return


_CYRILLIC = re.compile("[\u0400-\u04ff]")
_TWINS = re.compile(
    r"(?<!\w)(?:"
    r"[\u0400-\u04ff]+(?P<latin>[aceiopxyABCEHKMOPTX])[\u0400-\u04ff]+"
    r"|[A-Za-zÀ-ɏ]+(?P<other>[асеіорхуАВСЕНКМОРТХ])[A-Za-zÀ-ɏ]+"
    r"|(?P<first>[ACEOPXTMHKBaceopx])[\u0400-\u04ff]{3,}|(?P<begin>[АСЕОРХТМНКВасеорх])[A-Za-zÀ-ɏ]{3,}"
    r")(?!\w)"
)
"""Finds a word of one alphabet with one look-alike of the other inside it or before it."""


def chinese(pair: Pair) -> Iterator[Finding]:
    """Simplified characters in traditional Chinese, or the reverse."""
    if pair.language.script not in ("Hans", "Hant") or not pair.language.tag.startswith("zh"):
        return
    text = _CHINESE_NAME.sub("", pair.new.text)
    finds, others = (_TRADITIONAL, _SIMPLIFIED), ("traditional", "simplified")
    if pair.language.script == "Hant":
        finds, others = finds[::-1], others[::-1]
    wrong = [char for char in finds[0].findall(text) if char not in pair.msgid]
    if not wrong:
        return
    right = len(finds[1].findall(text))
    shown = " ".join(dict.fromkeys(wrong[:5]))
    if len(wrong) >= _FEW and len(wrong) > 4 * right:
        yield Finding(
            f"the text is in {others[0]} Chinese ({shown}); write {others[1]} characters, or put "
            "it into the other catalog"
        )
    else:
        yield Finding(
            f"{others[0]} characters in {others[1]} Chinese: {shown}; write the {others[1]} ones",
            "warning",
        )


_MYANMAR = re.compile("[\u1000-\u109f]")
_ZAWGYI = re.compile(
    "(?<![\u1000-\u109f\u200b-\u200d\u2060])[\u1031\u103b]"  # a sign before its letter
    "|[\u102b-\u1030\u1032-\u103a\u1040-\u104f]\u1031[\u1000-\u1021]"
    "|\u1039(?![\u1000-\u1021])"  # a stacker that stacks nothing: Zawgyi's asat
    "|[\u1033\u1034\u105a\u1060-\u1097]"  # stacked forms of Zawgyi; Unicode has other letters there
)


def zawgyi(pair: Pair) -> Iterator[Finding]:
    """Burmese in the Zawgyi encoding, which most devices show as nonsense.

    The signs are those that Unicode Technical Note 11 and Unicode's Myanmar FAQ name: in Unicode
    U+1031 and U+103B follow their consonant, U+1039 stands between two consonants, and U+1060 to
    U+1097 are letters of Karen, Mon and Shan. Only one sign in a long text may be a slip.
    """
    if pair.language.tag.split("-")[0] != "my" or pair.new.text.isascii():
        return
    signs = len(_ZAWGYI.findall(pair.new.text))
    if not signs:
        return
    letters = len(_MYANMAR.findall(pair.new.text))
    if signs * 25 >= letters:
        yield Finding(
            "the text is in Zawgyi, not in Unicode, and most readers would see nonsense; convert "
            "it to Unicode and save it again"
        )
    else:
        yield Finding(
            "the signs of a syllable are in a wrong order, as in Zawgyi; type it anew with a "
            "Unicode keyboard",
            "warning",
        )


def letters(pair: Pair) -> Iterator[Finding]:
    """Letters of a neighbouring language in the same script."""
    base = pair.language.tag.split("-")[0]
    text = pair.new.text
    if base in ALIEN_LETTERS and pair.language.script == "Cyrl" and not text.isascii():
        yield from _alien(pair, *ALIEN_LETTERS[base])
    elif base in TWIN_LETTERS and pair.language.script in ("Arab", "Aran"):
        yield from _twin(pair, TWIN_LETTERS[base])


def _alien(pair: Pair, alien: str, whose: str) -> Iterator[Finding]:
    if not any(map(pair.new.text.__contains__, alien)):
        return
    words = _WORDS.findall(pair.new.text)
    wrong = [word for word in _with(words, alien) if word not in pair.msgid]
    if not wrong:
        return
    if len(wrong) >= _FEW and len(wrong) * 5 > len(words):
        yield Finding(
            f"the text seems to be in another language: “{wrong[0]}” and other words have {whose} "
            f"letters; write it in {pair.language.english_name}"
        )
    else:
        yield Finding(
            f"“{wrong[0]}” has a letter that {pair.language.english_name} does not have; correct "
            "it, unless it is a name",
            "warning",
        )


def _with(words: Iterable[str], letters: str) -> list[str]:
    chosen = set(letters)
    return [word for word in words if not chosen.isdisjoint(word)]


def _twin(pair: Pair, twins: Mapping[str, str]) -> Iterator[Finding]:
    for wrong, right in twins.items():
        if wrong in pair.new.text and wrong not in pair.msgid:
            yield Finding(
                f"{called(wrong)} looks like {called(right)}, but a search for the word does not "
                f"find it; replace it by the letter of {pair.language.english_name}",
                "warning",
            )
            return
