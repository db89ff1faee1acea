"""People in the header of a catalog, which is public: not everybody agreed to that. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from outreach.catalog.po import Catalog, Entry, is_header
from outreach.catalog.scan import TRANSLATOR, kind_of, split_lines
from outreach.checks.file import field_line
from outreach.checks.rules import ignored_by
from outreach.model import Location, Problem, first_words
from outreach.review.names import is_person
from outreach.review.record import Person, same_name

FIELD = "Last-Translator"

_ADDRESS = re.compile(r"[\w.!#$%&'*+=?^`{}~-]+@[\w-]+(?:\.[\w-]+)+")
_AROUND = re.compile(
    r"copyright|\(c\)|©|\b(?:translated|reviewed|updated|edited) by\b|\d{4}|[^\w\s.'’-]",
    re.IGNORECASE,
)
"""What stands beside a name in a line of credits."""
_ROLES = frozenset(
    (
        *("noreply", "no", "donotreply", "bot", "robot", "team", "teams", "list", "lists", "info"),
        *("contact", "office", "mail", "admin", "support", "help", "hello", "l10n", "i18n", "root"),
        *("translation", "translations", "translator", "translators", "webmaster", "weblate"),
    )
)
"""First or last words of addresses that are those of a program or of several people."""
_LISTS = re.compile(r"(?:.*\.)?(?:lists?|groups?|noreply)\..+|googlegroups\.com", re.IGNORECASE)
_MACHINES = re.compile(r"no-?reply-mt\b", re.IGNORECASE)
"""How Weblate signs for programs that translate."""


@dataclass(frozen=True, slots=True)
class Named:
    """A line of a header that tells who somebody is."""

    location: Location
    place: str
    """Such as `Last-Translator`."""
    name: str
    """Empty where there is none of a person."""
    address: bool
    """Whether there is somebody's address."""


def named_people(catalog: Catalog) -> Iterator[Named]:
    """Yield where the header of a catalog names a person, or gives somebody's address.

    Placeholders, programs, teams and their lists are no persons. In comments a name is told by the
    address behind it.
    """
    entry = next((entry for entry in catalog.entries if is_header(entry.message)), None)
    if entry is None or "person" in ignored_by(entry.message):
        return
    line = field_line(catalog, FIELD)
    yield from _named(FIELD, catalog.field(FIELD), Location(catalog.path, line))
    for number, comment in _comments(entry):
        found = _named("a comment", comment, Location(catalog.path, number))
        yield from (item for item in found if item.address)


def person_problems(
    found: Iterable[Named], agreed: Collection[Person], tag: str
) -> Iterator[Problem]:
    """Warn of people who are named and did not agree, and of every address.

    `agreed` are those of whom the records of the language with that tag say that they agreed.
    """
    for item in found:
        unasked = item.name and not any(same_name(item.name, person.name) for person in agreed)
        what = [f"names “{first_words(item.name)}”, of whom no record says that they agreed"]
        what = [*(what if unasked else ()), *(["gives an e-mail address"] if item.address else ())]
        if what:
            text = f"{item.place} in the header {' and '.join(what)}; {_mend(item, tag)}"
            yield Problem(item.location, text, "warning", "person")


def _mend(item: Named, tag: str) -> str:
    clear = "take it out: catalogs are public"
    if item.place == FIELD:
        clear = "leave the field empty (Poedit fills it in from Preferences > General)"
    if item.address:
        return clear
    consent = f"`outreach review {tag} GUIDE … --translator-consent NAME`"
    return f"ask them, and record at the review that they agree ({consent}), or {clear}"


def _named(place: str, text: str, location: Location) -> Iterator[Named]:
    addresses = _ADDRESS.findall(text)
    words = _AROUND.sub(" ", re.sub(r"<[^>]*>?", " ", _ADDRESS.sub(" ", text)))
    name = " ".join(words.split()).strip(" .-")
    own = [address for address in addresses if not _is_role(address)]
    if any(map(_MACHINES.match, addresses)) or not is_person(name):
        name = ""
    elif addresses and not own and len(name.split()) == 1:
        name = ""  # such as `Spanish <spanish-team@…>`
    if name or own:
        yield Named(location, place, name, bool(own))


def _is_role(address: str) -> bool:
    local, _, domain = address.partition("@")
    words = re.split(r"[-_.+]", local.casefold())
    return words[0] in _ROLES or words[-1] in _ROLES or _LISTS.fullmatch(domain) is not None


def _comments(entry: Entry) -> Iterator[tuple[int, str]]:
    """The comments of translators on an entry, each with the line of the file it stands in."""
    lines = split_lines(entry.raw)
    first = entry.message.line - next(
        number for number, line in enumerate(lines) if line.strip().startswith("msgid")
    )
    for number, line in enumerate(lines):
        if kind_of(line) == TRANSLATOR:
            yield first + number, line.strip().removeprefix("#").strip()
