"""Whether an edit that is said to change nothing for readers may have changed the meaning.

Numbers, negations and links decide what readers do. An edit that touches one of them is never taken
for the mending of a comma, whatever its author says. What other words mean is for people to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

Kind = Literal["number", "unit", "day", "negation", "code", "link", "word"]
_NAMES: dict[Kind, str] = {
    "number": "a number",
    "unit": "a unit",
    "day": "a day or time",
    "negation": "a negation",
    "code": "code",
    "link": "a link",
}

SMALL_EDIT = 0.8
"""How similar, from 0 to 1, the texts before and after it are: four of five signs stay."""
_LONG = 2000

_TOKEN = re.compile(
    r"""
    (?P<code> (?P<mark>`+) .+? (?P=mark) | \{[\w.]+\} )  # and placeholders
    | (?P<link>
        \]\( [^()]* (?:\([^()]*\)[^()]*)* \)           # where an inline link or image leads
        | \]\[ [^\[\]]* \] | \[ [^\[\]]+ \] (?![\[(])   # labels
        | <[^<>\s][^<>]*>                            # addresses and tags
        | (?:https?://|www\.) [^\s<>()\[\]]* [^\s<>()\[\].,;:!?'"’”]
        | [\w.+-]+ @ [\w-]+ (?:\.[\w-]+)+
        | (?:[\w-]+\.)+ (?:com|net|org|gov|edu|int|info|health|us|uk|ca|mx|eu) \b (?:/[^\s<>()]*\w)?
    )
    | (?P<number>
        (?: (?<![^\s(]) [-−] )? [$€£¥₹]? \d+ (?:[.,:/]\d+)* (?:st|nd|rd|th)?
        \s? (?: °\s?[CF]\b | [%‰°€] )?
        | [½⅓⅔¼¾⅛]
    )
    | (?P<unit> \b [ap]\.m\b\.? )
    | (?P<word> [^\W\d_]+ (?:['’][^\W\d_]+)* )
    """,
    re.VERBOSE,
)
_GROUP = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
)
_VALUES = {word: str(value) for value, word in enumerate(_SMALL.split())}
_LARGE = (
    "thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million"
    " millions billion billions dozen dozens half halves third thirds quarter quarters once twice"
    " thrice single double triple first second fourth fifth sixth seventh eighth ninth tenth couple"
    " pair both percent"
)
_NUMBERS = frozenset((*_VALUES, *_LARGE.split()))
_NEGATIONS = {
    language: frozenset(words.split())
    for language, words in {
        "en": (
            "not no nor neither never none nobody nothing nowhere without cannot unless except only"
            " non avoid avoids avoided avoiding stop stops stopped stopping refuse refuses refused"
            " hardly barely rarely seldom"
        ),
        "es": (
            "no nunca jamás sin ningún ninguna ninguno nadie nada ni tampoco excepto salvo solo"
            " sólo evite evitar"
        ),
        "fr": "ne n non pas jamais sans aucun aucune rien personne ni sauf seulement évitez éviter",
        "pt": (
            "não nunca jamais sem nenhum nenhuma ninguém nada nem exceto salvo só somente apenas"
            " evite evitar"
        ),
        "de": (
            "nicht kein keine keinen keinem keiner keines nie niemals ohne niemand nichts weder"
            " außer nur vermeiden"
        ),
    }.items()
}
_CONTRACTED = re.compile(
    r"(ca|could|did|do|does|had|has|have|is|are|must|need|should|was|were|wo|would)n'?t"
)
"""A mark left out by mistake, as in `dont`, is no other word."""
_MEASURES = (
    "am pm mg mcg µg μg g kg ml dl cl l oz lb lbs tsp tbsp mm cm m km ft mi mph second seconds"
    " minute minutes hour hours day days week weeks month months year years"
)
_UNITS = frozenset(_MEASURES.split())
_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april june"
    " july august september october november december hourly daily nightly weekly monthly yearly"
    " annually today tomorrow yesterday tonight noon midnight"
)
_DAYS = frozenset(_CALENDAR.split())
_PAIRS = (
    "before/after above/below over/under more/less more/fewer and/or increase/decrease"
    " increases/decreases inside/outside always/sometimes hot/cold high/low higher/lower left/right"
    " open/closed start/end day/night earlier/later all/some"
)
_TURNED = frozenset(frozenset(pair.split("/")) for pair in _PAIRS.split())
"""Two words of which one says the opposite of the other, or nearly so."""
_OPPOSITES = ("un", "non", "in", "im", "il", "ir", "dis", "mis", "anti")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Kind
    text: str
    """As it is written."""
    value: str
    """What it is compared by: `five` is 5, and capitals do not count."""


def is_small(old: str, new: str) -> bool:
    """Return whether an edit is small enough to be called the mending of a comma or a typo."""
    if max(len(old), len(new)) <= _LONG:
        return SequenceMatcher(None, old, new, autojunk=False).ratio() >= SMALL_EDIT
    # Characters would take long, and in a long text a word more or less is a small edit too.
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio() >= SMALL_EDIT


def changes(old: str, new: str, language: str = "en") -> list[str]:
    """Return in plain words what numbers, negations and links an edit changed; empty if none.

    `language` is the tag of the language that the texts are in. Words for numbers are known in
    English, negations in five languages, digits and links in all.
    """
    base = language.partition("-")[0]
    before, after = list(_tokens(old, base)), list(_tokens(new, base))
    gone, come = _difference(before, after)
    found = [
        _told(
            name, [t.text for t in gone if t.kind == kind], [t.text for t in come if t.kind == kind]
        )
        for kind, name in _NAMES.items()
    ]
    pairs = filter(None, (_opposite(gone, come), _moved(before, after)))
    found += [_told("the meaning", [first], [second]) for first, second in pairs]
    return [text for text in found if text]


def _told(name: str, gone: Sequence[str], come: Sequence[str]) -> str:
    first, second = (" ".join(f"“{text}”" for text in texts) for texts in (gone, come))
    if first and second:
        return f"{name} changed: {first} is now {second}"
    if first:
        return f"{name} was taken out: {first}"
    return f"{name} was put in: {second}" if second else ""


def _tokens(text: str, language: str) -> Iterator[_Token]:
    end = -2
    """Where the last number ended."""
    for match in _TOKEN.finditer(text):
        found = match.group()
        if match["link"]:
            yield _Token("link", found, found)
        elif match["code"]:
            yield _Token("code", found, found)
        elif match["unit"] or (match.start() - end <= 1 and found.casefold() in _UNITS):
            yield _Token("unit", found, found.replace(".", "").casefold().removesuffix("s"))
        elif match["number"]:
            value = _GROUP.sub("", found) if language == "en" else found
            yield _Token("number", found.strip(), "".join(value.split()))
            end = match.end()
        else:
            yield from _words(found.replace("’", "'").casefold(), language)


def _words(word: str, language: str) -> Iterator[_Token]:
    if language != "en":
        for part in word.split("'"):
            yield _word(part, part, language)
    elif word.endswith("n't") or word == "cannot" or _CONTRACTED.fullmatch(word):
        stem = re.sub("n'?t$|not$", "", word)
        yield _Token("word", word, {"ca": "can", "wo": "will", "sha": "shall"}.get(stem, stem))
        yield _Token("negation", word, "not")
    else:
        yield _word(word, word, language)


def _word(text: str, value: str, language: str) -> _Token:
    if value in _NEGATIONS.get(language, ()):
        return _Token("negation", text, value)
    if language == "en" and value in _DAYS:
        return _Token("day", text, value)
    if language == "en" and value in _NUMBERS:
        return _Token("number", text, _VALUES.get(value, value))
    return _Token("word", text, value)


def _difference(
    before: Sequence[_Token], after: Sequence[_Token]
) -> tuple[list[_Token], list[_Token]]:
    """Return what an edit took out and what it put in; what moved is in both."""
    values = [token.value for token in before], [token.value for token in after]
    gone: list[_Token] = []
    come: list[_Token] = []
    for kind, a, b, c, d in SequenceMatcher(None, *values, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += before[a:b]
            come += after[c:d]
    return gone, come


def _opposite(gone: Sequence[_Token], come: Sequence[_Token]) -> tuple[str, str] | None:
    """Return two words of which an edit made one into the other's opposite: safe and unsafe."""
    for old in gone:
        for new in come:
            short, long = sorted((old.value, new.value), key=len)
            turned = long.endswith(short) and long.removesuffix(short) in _OPPOSITES
            with_out = {old.value[-3:], new.value[-4:]} == {"ful", "less"} or (
                {old.value[-4:], new.value[-3:]} == {"ful", "less"}
            )
            turned = turned or {old.value, new.value} in _TURNED
            if turned or (with_out and _stem(old.value) == _stem(new.value)):
                return old.text, new.text
    return None


def _stem(word: str) -> str:
    return word.removesuffix("ful").removesuffix("less")


def _moved(before: Sequence[_Token], after: Sequence[_Token]) -> tuple[str, str] | None:
    """Return what a number or negation stood before, and the other word that took its place."""
    pairs = zip(_followed(before), _followed(after), strict=False)
    known = {token.value for token in before} & {token.value for token in after}
    for (mark, old), (other, new) in pairs:
        if mark.value == other.value and old.value != new.value and {old.value, new.value} <= known:
            return f"{mark.text} {old.text}", f"{other.text} {new.text}"
    return None


def _followed(tokens: Sequence[_Token]) -> Iterator[tuple[_Token, _Token]]:
    for token, follower in pairwise(tokens):
        if token.kind in ("number", "negation"):
            yield token, follower
