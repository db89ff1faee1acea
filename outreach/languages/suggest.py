"""The known tags that are nearest to what somebody wrote instead of one."""

from __future__ import annotations

import re
from difflib import get_close_matches

from outreach.languages import cldr
from outreach.languages.table import LANGUAGES

_MOST = 3
_SHORTEST_PREFIX = 2

Names = list[tuple[str, str]]
"""Tag and name, the name in lower case."""


def nearest_tags(text: str) -> tuple[str, ...]:
    """At most three tags, from the first way to look at the text that finds any."""
    wanted = text.strip().casefold().replace("_", "-")
    for look in (_same_language, _alias, _main_language, _by_name, _by_close_tag):
        if found := look(wanted):
            return tuple(dict.fromkeys(found))[:_MOST]
    return ()


def _same_language(wanted: str) -> list[str]:
    """Tags that begin as the text does: both Chinese ones for `zh`."""
    code = re.split("[-@.]", wanted)[0]
    rows = [row.tag for row in LANGUAGES if row.tag.split("-")[0] == code]
    return rows or [tag for tag in cldr.english_names() if tag == code]


def _alias(wanted: str) -> list[str]:
    """The tag in use for an old or a long code: `he` for `iw`."""
    target = cldr.alias(wanted.partition("-")[0])
    if target is None:
        return []
    if any(row.tag == target for row in LANGUAGES):
        return [target]
    return _same_language(target)


def _main_language(wanted: str) -> list[str]:
    """The language of a country whose code was taken for a tag: `ja` for `jp`."""
    tag = cldr.language_of(wanted.partition("-")[0])
    if tag is None:
        return []
    rows = [row.tag for row in LANGUAGES if row.tag in (str(tag), tag.language)]
    return rows or _same_language(tag.language)


def _by_name(wanted: str) -> list[str]:
    """Languages that have the text as a name, or in it, or nearly: our own names first."""
    own = [
        (row.tag, name.casefold()) for row in LANGUAGES for name in (row.english_name, row.own_name)
    ]
    ours = {row.tag.split("-")[0] for row in LANGUAGES} - {row.tag for row in LANGUAGES}
    cldrs = [
        (tag, name.casefold()) for tag, name in cldr.english_names().items() if tag not in ours
    ]
    exact = (_named, _with_words, _begun)
    tries = [(way, own) for way in exact] + [(way, cldrs) for way in exact]
    tries += [(_close, own), (_close, cldrs)]
    return next((found for way, names in tries if (found := way(wanted, names))), [])


def _named(wanted: str, names: Names) -> list[str]:
    return [tag for tag, name in names if name == wanted]


def _with_words(wanted: str, names: Names) -> list[str]:
    words = set(re.findall(r"\w+", wanted))
    return [tag for tag, name in names if words and words <= set(re.findall(r"\w+", name))]


def _begun(wanted: str, names: Names) -> list[str]:
    if len(wanted) < _SHORTEST_PREFIX:
        return []
    begun = [tag for tag, name in names if name.startswith(wanted)]
    if begun or wanted.isascii():
        return begun
    return [tag for tag, name in names if wanted in name]  # Chinese has no spaces between words


def _close(wanted: str, names: Names) -> list[str]:
    close = get_close_matches(wanted, [name for _, name in names], n=_MOST, cutoff=0.75)
    return [tag for match in close for tag, name in names if name == match]


def _by_close_tag(wanted: str) -> list[str]:
    tags = {row.tag.casefold(): row.tag for row in LANGUAGES}
    return [tags[match] for match in get_close_matches(wanted, tags, n=_MOST, cutoff=0.7)]
