"""Languages: their tags, names, scripts, plural rules and looks. Our table first, then CLDR.

Importing this package does not import Babel; a language outside our table does.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from outreach.languages.table import LANGUAGES
from outreach.languages.tags import Tag, parse
from outreach.model import Language

__all__ = ["UnknownLanguage", "canonical", "file_name", "find", "known", "month_names", "nearest"]

_BY_TAG = {language.tag: language for language in LANGUAGES}
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}]")


class UnknownLanguage(ValueError):  # noqa: N818 - reads as what happened
    """A text is no language tag, or a tag of no language; says which tags come near."""


def canonical(tag: str) -> str:
    """A tag as BCP 47 writes it, from either spelling: `zh-Hans` for `zh_hans`.

    gettext's `sr@latin` is `sr-Latn`, its `zh_CN` and `zh_TW` are `zh-Hans` and `zh-Hant`; no
    other tag becomes another language's. Raises UnknownLanguage if the text is no tag at all.
    """
    return str(_parsed(tag))


def find(tag: str) -> Language:
    """The language of a tag in either spelling, under its canonical tag.

    Raises UnknownLanguage if neither our table nor CLDR has it, or if it does not say in which
    script it is where that is open, as in `zh`.
    """
    return _BY_TAG.get(tag) or _found(tag)


def nearest(tag: str) -> tuple[str, ...]:
    """Known tags, at most three, for a text that may be a wrong tag, a name or a country."""
    from outreach.languages import suggest  # noqa: PLC0415 - imports Babel, only for errors

    return suggest.nearest_tags(tag)


@cache
def month_names(language: Language) -> tuple[frozenset[str], ...]:
    """The names of the twelve months in small letters; empty sets where CLDR has none."""
    from outreach.languages import cldr  # noqa: PLC0415 - imports Babel, which few texts need

    return cldr.month_names(language)


def known() -> tuple[Language, ...]:
    """The languages of our table; many more are found by their tags."""
    return LANGUAGES


def file_name(language: Language) -> str:
    """A language in the name of a download, for staff: `pt-BR-Portuguese-Brazil`.

    Only ASCII letters, digits and hyphens.
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", language.english_name))
    words = re.findall("[A-Za-z0-9]+", plain.encode("ascii", "ignore").decode())
    return "-".join((language.tag, *words))


@cache
def _found(tag: str) -> Language:
    parsed = _parsed(tag)
    language = _BY_TAG.get(str(parsed)) or _longer(parsed)
    if language is None:
        raise UnknownLanguage(_advice(tag))
    return language


def _parsed(tag: str) -> Tag:
    parsed = parse(tag)
    if parsed is None:
        raise UnknownLanguage(_advice(tag))
    return parsed


def _longer(tag: Tag) -> Language | None:
    """A language that our table does not have under just this tag."""
    from outreach.languages import cldr  # noqa: PLC0415 - imports Babel, which few tags need

    if not cldr.valid(tag) or _wants_script(tag):
        return None
    base = _base(tag, cldr.likely_script(tag) if tag.script or tag.region else "")
    return cldr.with_region(base, tag) if base else cldr.build(tag)


def _base(tag: Tag, script: str) -> Language | None:
    """The nearest entry of our table in the same script; an empty script fits any."""
    parts = ((script, tag.region), (script, ""), ("", tag.region), ("", ""))
    entries = (_BY_TAG.get(str(Tag(tag.language, *part))) for part in parts)
    return next((entry for entry in entries if entry and script in ("", entry.script)), None)


def _wants_script(tag: Tag) -> bool:
    """Whether our table has the language only with a script, and the tag has none."""
    scripted = any(known.startswith(f"{tag.language}-") for known in _BY_TAG)
    return scripted and tag.language not in _BY_TAG and not tag.script


def _advice(tag: str) -> str:
    tags = nearest(tag)
    if not tags:
        return f'no language is known as "{tag}"; write a tag such as es, pt-BR or zh-Hans'
    names = [f"{near} ({_without_brackets(find(near).english_name)})" for near in tags]
    choice = " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    parsed = parse(tag)
    if parsed and _wants_script(parsed):
        return f'"{tag}" does not say in which script the language is written; write {choice}'
    return f'no language is known as "{tag}"; did you mean {choice}?'


def _without_brackets(name: str) -> str:
    return name.replace(" (", ", ").removesuffix(")")
