"""Rules on the English of guides: what makes them hard to read, to translate, or to trust.

A translator and a reader both need a source that is plain. These rules are for `outreach check`
alone: nothing of theirs keeps a guide or a translation from being built, so all of them warn. They
look at guides in English, never at translations: a reading grade means nothing in another language.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from outreach.checks.rules import SOURCE_RULES, refusal
from outreach.checks.source.glossary import COLUMNS as TERMS
from outreach.checks.source.glossary import GLOSSARY, Glossary, glossary_of, same_terms
from outreach.checks.source.grade import GRADE, reading_grade
from outreach.checks.source.message import MESSAGE, main_message
from outreach.checks.source.pictures import ALT, alt_text
from outreach.checks.source.review import REVIEW, review_date
from outreach.checks.source.sentences import LONG, long_sentence
from outreach.checks.source.tables import Table, read_table
from outreach.checks.source.texts import SourceGuide, read_guide
from outreach.checks.source.words import COLUMNS as EXPRESSIONS
from outreach.checks.source.words import WORDS, Expression, expressions, plain_words
from outreach.config import Config
from outreach.guides import front_matter_line
from outreach.model import Guide, Language, Location, Problem


@dataclass(frozen=True, slots=True)
class Lists:
    """What the rules are given besides a guide."""

    config: Config
    today: date
    expressions: tuple[Expression, ...] = ()
    glossary: Glossary = field(default_factory=Glossary)


RULES: Mapping[str, Callable[[SourceGuide, Lists], Iterable[Problem]]] = {
    GRADE: lambda guide, given: reading_grade(guide, given.config.reading_grade),
    LONG: lambda guide, given: long_sentence(guide, given.config.sentence_words),
    WORDS: lambda guide, given: plain_words(guide, given.expressions),
    GLOSSARY: lambda guide, given: same_terms(guide, given.glossary),
    MESSAGE: lambda guide, _given: main_message(guide),
    ALT: lambda guide, _given: alt_text(guide),
    REVIEW: lambda guide, given: review_date(guide, given.config.review_interval, given.today),
}
"""Every rule on the English of guides, by its id."""


def check_source(
    config: Config,
    language: Language,
    guides: Iterable[Guide],
    today: date,
    asked: Collection[str] = (),
) -> Iterator[Problem]:
    """Yield what the rules find in guides that are written in English: `en`, `en-GB`.

    `asked` are the rules that somebody asks for; empty: all. What the project silences is left
    out. A wrong row in a list of the project is an error.
    """
    if language.tag.split("-")[0] != "en":
        return
    wanted = [rule for rule in RULES if rule not in config.ignore and rule in (asked or RULES)]
    given, problems = read_lists(config, today, wanted)
    yield from problems
    for guide in guides:
        read = read_guide(guide)
        yield from _ignore_problems(read)
        for rule in wanted:
            if rule not in read.ignored:
                yield from RULES[rule](read, given)


def read_lists(
    config: Config, today: date, wanted: Collection[str]
) -> tuple[Lists, tuple[Problem, ...]]:
    """The lists that the wanted rules need, and what is wrong in them."""
    table, terms = Table(), Table()
    if config.plain_words and WORDS in wanted:
        table = read_table(config.root, config.plain_words, EXPRESSIONS, WORDS)
    if config.glossary and GLOSSARY in wanted:
        terms = read_table(config.root, config.glossary, TERMS, GLOSSARY)
    listed, wrong_words = expressions(table)
    glossary, wrong_terms = glossary_of(terms)
    problems = (*table.problems, *terms.problems, *wrong_words, *wrong_terms)
    return Lists(config, today, tuple(listed), glossary), problems


def _ignore_problems(guide: SourceGuide) -> Iterator[Problem]:
    """Warn of names in comments and front matter that silence nothing in a guide."""
    front = Location(guide.guide.path, front_matter_line(guide.guide, "ignore"))
    if "ignore" in guide.guide.front_matter and not guide.ignored:
        text = "`ignore` should be a list of rules, such as `ignore: [reading-grade]`"
        yield Problem(front, text, "warning", "front-matter")
    places = [(name, front) for name in sorted(guide.ignored)]
    places += [(name, text.location) for text in guide.texts for name in sorted(text.ignored)]
    places += [(name, item.location) for item in guide.pictures for name in sorted(item.ignored)]
    for name, place in dict(reversed(places)).items():
        if name not in SOURCE_RULES:
            can = ", ".join(SOURCE_RULES)
            text = refusal(name) or f"nothing in a guide silences the rule `{name}`, only: {can}"
            yield Problem(place, f"`ignore`: {text}", "warning", "ignore")
