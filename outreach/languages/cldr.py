"""What CLDR knows of languages that our table leaves out. The package's only import of Babel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from outreach.languages.plurals import TWO_FORMS, plural_forms
from outreach.languages.scripts import script as setting
from outreach.languages.tags import Tag, parse
from outreach.model import Language

_NO_REGION = "ZZ"
_NO_LANGUAGES = frozenset({"mul", "und", "zxx"})
_NO_SCRIPTS = frozenset({"Zinh", "Zsym", "Zxxx", "Zyyy", "Zzzz"})
_LARGEST_COUNT = 1000
"""Plural categories that only larger counts reach are not worth a form to translate."""


def valid(tag: Tag) -> bool:
    """Whether the script and the region of a tag exist, where it has them."""
    script_exists = tag.script in _english().scripts and tag.script not in _NO_SCRIPTS
    region_exists = tag.region in _english().territories and tag.region != _NO_REGION
    return (not tag.script or script_exists) and (not tag.region or region_exists)


def likely_script(tag: Tag) -> str:
    """The script a language is written in, in the tag's region if it has one; or empty."""
    if tag.script:
        return tag.script
    likely: Mapping[str, str] = get_global("likely_subtags")
    in_region = likely.get(f"{tag.language}_{tag.region}") if tag.region else None
    full = in_region or likely.get(tag.language, "")
    return full.split("_")[1] if full else ""


def alias(language: str) -> str | None:
    """The tag that CLDR would write for an old or a long code: `fa-AF` for `prs`."""
    aliases: Mapping[str, str] = get_global("language_aliases")
    found = aliases.get(language)
    return found.replace("_", "-") if found else None


def language_of(region: str) -> Tag | None:
    """The main language of a country with its script, without the country."""
    likely: Mapping[str, str] = get_global("likely_subtags")
    full = likely.get(f"und_{region.upper()}")
    if full is None:
        return None
    language, script = full.split("_")[:2]
    return Tag(language, script)


@cache
def english_names() -> Mapping[str, str]:
    """English name of each language in CLDR by its tag, without regions and old codes."""
    return {
        code: name
        for code, name in _english().languages.items()
        if str(parse(code)) == code and code not in _NO_LANGUAGES and alias(code) is None
    }


def month_names(language: Language) -> tuple[frozenset[str], ...]:
    """The names of each month in small letters, in dates and alone; with its number, as in `3月`.

    Empty sets for a language of which CLDR has no names.
    """
    tag = parse(language.tag)
    locale = _locale(tag) if tag else None
    if locale is None:
        return (frozenset(),) * 12
    forms = [locale.months[form]["wide"] for form in ("format", "stand-alone")]
    short = locale.months["format"]["abbreviated"]
    return tuple(
        frozenset(names[month].lower() for names in forms)
        | ({short[month].lower()} if not short[month][0].isalpha() else set())
        for month in range(1, 13)
    )


def with_region(base: Language, tag: Tag) -> Language:
    """A language of our table under a longer tag: its names and digits follow the region."""
    script = tag.script or base.script
    locale = _locale(Tag(tag.language, script, tag.region))
    region = "" if tag.region in base.tag.split("-") else tag.region
    own = _qualifiers(locale, Tag(tag.language, "", region, tag.variants))
    english = _qualifiers(_english(), Tag(tag.language, "", region, tag.variants))
    digits = locale.default_numbering_system if locale and locale.territory else base.digits
    return replace(
        base,
        tag=str(tag),
        own_name=_qualified(base.own_name, own),
        english_name=_qualified(base.english_name, english),
        digits=digits,
    )


def build(tag: Tag) -> Language | None:
    """A language from CLDR alone; None for one it does not know, or knows under another tag.

    Where CLDR has no own name or no English one, the other stands for it, to be confirmed.
    """
    script = likely_script(tag) or "Latn"
    locale = _locale(Tag(tag.language, script, tag.region))
    own_name = locale.languages.get(tag.language) if locale else None
    english_name = english_names().get(tag.language)
    name = own_name or english_name
    if name is None or alias(tag.language) is not None:
        return None
    named = replace(tag, script="" if script == likely_script(Tag(tag.language)) else script)
    look = setting(script)
    return Language(
        tag=str(tag),
        own_name=_qualified(_capitalised(name), _qualifiers(locale, named)),
        english_name=_qualified(english_name or _capitalised(name), _qualifiers(_english(), named)),
        script=script,
        direction=look.direction,
        plural_forms=_plural_forms(locale) if locale else TWO_FORMS,
        digits=locale.default_numbering_system if locale else "latn",
        fonts=look.fonts,
        line_height=look.line_height,
        confirmed=bool(own_name and english_name and locale and _in_script(locale, script)),
    )


@cache
def _english() -> Locale:
    return Locale("en")


def _locale(tag: Tag) -> Locale | None:
    """The nearest locale that CLDR has; never under an alias, which would turn tl into fil."""
    script, region = tag.script or None, tag.region or None
    for parts in ((script, region), (None, region), (script, None), (None, None)):
        try:
            locale = Locale(tag.language, script=parts[0], territory=parts[1])
        except UnknownLocaleError:
            continue
        if parts[0] or not region or _in_script(locale, tag.script):
            return locale
    return None


def _in_script(locale: Locale, script: str) -> bool:
    """Whether the texts of a locale are in a script."""
    region = locale.territory or ""
    return script == likely_script(Tag(locale.language, locale.script or "", region))


def _qualifiers(locale: Locale | None, tag: Tag) -> list[str]:
    """Names of a tag's script, region and variants, in a locale's language or else in English."""
    names = []
    if tag.script:
        names.append((locale and locale.scripts.get(tag.script)) or _english().scripts[tag.script])
    if tag.region:
        names.append(
            (locale and locale.territories.get(tag.region)) or _english().territories[tag.region]
        )
    return [*names, *tag.variants]


def _qualified(name: str, qualifiers: list[str]) -> str:
    """`Spanish (Mexico)`; a name that has brackets gets no second pair."""
    if not qualifiers:
        return name
    added = ", ".join(qualifiers)
    return f"{name[:-1]}, {added})" if name.endswith(")") else f"{name} ({added})"


def _capitalised(name: str) -> str:
    """A name with a capital, as on a list of languages; isiZulu has its own already.

    Title case, because Georgian has capitals in Unicode that no name begins with.
    """
    first_word = name.partition(" ")[0]
    return name[:1].title() + name[1:] if first_word == first_word.lower() else name


def _plural_forms(locale: Locale) -> str:
    rule = locale.plural_form
    return plural_forms(rule.rules, {rule(count) for count in range(_LARGEST_COUNT)})
