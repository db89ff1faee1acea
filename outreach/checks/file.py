"""Rules on a catalog as a whole. That it can be read at all is the reader's duty."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from outreach.catalog.charset import UTF_8
from outreach.catalog.po import Catalog, is_header
from outreach.catalog.scan import STRING, kind_of, split_lines
from outreach.checks.rules import ignored_by
from outreach.languages import UnknownLanguage, canonical
from outreach.model import Language, Location, Message, Problem, Severity, is_blank

_PLURALS = re.compile(
    r"nplurals\s*=\s*([1-9])\s*;\s*plural\s*=\s*([n\d\s%<>=!&|?:()*/+-]{1,500}?)\s*;?"
)
_MOST_RULE = 1_000
"""Signs of a whole plural rule; the longest in use has 300."""
_COUNTS = range(1_001)
"""What plural rules are compared for. What 0 has differs by custom, as in French."""
_SYNTAX = (
    ("a merge conflict", "conflict"),
    ("stands in the file twice", "duplicate"),
    ("charset", "charset"),
    ("bytes that are no", "charset"),
)
"""Words of the reader's messages, and the rule that they belong to."""


@dataclass(frozen=True, slots=True)
class _Plurals:
    """A rule that says which form of a message belongs to a number."""

    count: int
    forms: tuple[int, ...]
    """By number."""


def syntax_rule(problem: Problem) -> str:
    """The rule that a problem belongs to for which a catalog could not be read."""
    found = (rule for words, rule in _SYNTAX if words in problem.text)
    return problem.rule or next(found, "syntax")


def check_file(catalog: Catalog, language: Language) -> Iterator[Problem]:
    """What is wrong with a header, with the encoding, and with messages that have plural forms."""
    yield from check_charset(catalog)
    yield from _header_problems(catalog, language)
    yield from _plural_problems(catalog, language)


def _header_problems(catalog: Catalog, language: Language) -> Iterator[Problem]:
    """Warn of a header that is missing, or names another language than the catalog's place."""
    if not catalog.header:
        text = "the header is missing; `outreach update` writes it"
        yield Problem(Location(catalog.path), text, "warning", "header")
        return
    declared = catalog.field("Language")
    if not declared:
        yield _field_problem(
            catalog,
            "Language",
            f"the header does not name the language; write `Language: {language.locale}` there",
        )
    elif not _same(declared, language):
        yield _field_problem(
            catalog,
            "Language",
            f"the header says that the language is {declared}, but the file lies where "
            f"{language.tag} ({language.english_name}) belongs; move the file or mend the header",
        )
    if "charset=" not in catalog.field("Content-Type").lower():
        yield _field_problem(
            catalog,
            "Content-Type",
            "the header does not say how the file is encoded; write "
            "`Content-Type: text/plain; charset=UTF-8` there",
            rule="charset",
        )


def _plural_problems(catalog: Catalog, language: Language) -> Iterator[Problem]:
    found = [message for message in catalog.messages if _has_forms(message)]
    declared = catalog.field("Plural-Forms")
    rule, customary = _plurals(declared), _plurals(language.plural_forms)
    mend = f"for {language.tag} it is: {language.plural_forms}"
    text = ""
    if declared and rule is None:
        text = f"Plural-Forms in the header is no rule; {mend}"
    elif found and rule is None:
        text = f"the header has no Plural-Forms, but messages have plural forms; {mend}"
    elif found and rule and customary and not _alike(rule.forms, customary.forms):
        text = f"Plural-Forms in the header is not the rule of this language; {mend}"
    if text:
        yield _field_problem(catalog, "Plural-Forms", text, rule="plural-forms")
    for message in found:
        if "plural-forms" not in ignored_by(message):
            yield from _form_problems(message, rule, catalog.path)


def _form_problems(message: Message, rule: _Plurals | None, path: str) -> Iterator[Problem]:
    """A message with too few or too many forms, or with one that is empty."""
    forms = message.msgstr_plural
    if rule and len(forms) != rule.count:
        text = (
            f"the header says that there are {rule.count} plural forms, but this message has "
            f"{len(forms)}; write msgstr[0] to msgstr[{rule.count - 1}]"
        )
        yield _message_problem(message, text, path, "error")
    elif any(map(is_blank, forms)):
        empty = next(number for number, form in enumerate(forms) if is_blank(form))
        text = f"msgstr[{empty}] is empty, but other forms are not; fill it in"
        yield _message_problem(message, text, path, "warning")


def _message_problem(message: Message, text: str, path: str, severity: Severity) -> Problem:
    return Problem(
        Location(path, message.line),
        text,
        severity,
        "plural-forms",
        msgid=message.msgid,
        msgstr=message.msgstr_plural[0],
    )


def _has_forms(message: Message) -> bool:
    """Whether readers may see plural forms of a message."""
    forms = message.msgstr_plural
    return bool(forms) and not (message.obsolete or message.fuzzy or all(map(is_blank, forms)))


@lru_cache(maxsize=256)  # the same in all catalogs of a language; counting takes 2 ms
def _plurals(declared: str) -> _Plurals | None:
    """The rule in a header; None where there is none that works."""
    found = _PLURALS.fullmatch(declared) if len(declared) <= _MOST_RULE else None
    if not found:
        return None
    count = int(found[1])
    try:
        choose = gettext.c2py(found[2])
        forms = tuple(choose(number) for number in _COUNTS)
    except (ValueError, ArithmeticError):
        return None
    return _Plurals(count, forms) if all(0 <= form < count for form in forms) else None


def _alike(first: Iterable[int], second: Iterable[int]) -> bool:
    """Whether two rules tell the same numbers apart, whatever the order of their forms."""
    pairs = set(list(zip(first, second, strict=True))[1:])
    return len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})


def _field_problem(catalog: Catalog, name: str, text: str, rule: str = "header") -> Problem:
    return Problem(Location(catalog.path, field_line(catalog, name)), text, "warning", rule)


def field_line(catalog: Catalog, name: str) -> int:
    """The line in which a field of the header stands; that of the header where it has none."""
    entry = next((entry for entry in catalog.entries if is_header(entry.message)), None)
    if entry is None:
        return 0
    lines = split_lines(entry.raw)
    first = next(number for number, line in enumerate(lines) if kind_of(line) == STRING)
    start = entry.message.line - first
    pattern = re.compile(rf'(?:msgstr\s*)?"{re.escape(name)}\s*:', re.IGNORECASE)
    found = (start + number for number, line in enumerate(lines) if pattern.match(line.strip()))
    return next(found, entry.message.line)


def check_charset(catalog: Catalog) -> Iterator[Problem]:
    """Warn of a catalog that is not in UTF-8, or says that it is not."""
    if catalog.charset != UTF_8:
        name = catalog.charset.upper()
        yield Problem(
            Location(catalog.path),
            f"is read as {name}, not UTF-8; save it as UTF-8, with charset=UTF-8 in its header "
            "(`outreach update` does so with the first change that it writes)",
            "warning",
            "charset",
        )
    elif catalog.declared_charset not in ("", UTF_8):
        yield Problem(
            Location(catalog.path),
            f"says charset={catalog.declared_charset.upper()} in its header, but is in UTF-8 and "
            "is read so; write charset=UTF-8 there",
            "warning",
            "charset",
        )
    elif catalog.bom:
        yield Problem(
            Location(catalog.path),
            "begins with a byte order mark, which gettext's programs refuse; save it as “UTF-8”, "
            "not as “UTF-8 with BOM” (`outreach update` keeps the mark)",
            "warning",
            "charset",
        )


def _same(declared: str, language: Language) -> bool:
    try:
        tag = canonical(declared)
    except UnknownLanguage:
        return False
    return tag.split("-")[0] == language.tag.split("-")[0] and (
        tag == language.tag or "-" not in tag or "-" not in language.tag
    )
