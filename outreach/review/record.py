"""The record of a translation: who made it, how, and who signed it off.

A record is a small TOML file beside the catalogs of its language, `reviews/<guide>.toml`, outside
`LC_MESSAGES` and without `.po`, so that no translation tool takes it for work. Only `outreach`
writes it: its seal covers all that a sign-off says, so a record that was edited by hand, or copied
to another guide or language, signs nothing.

With `outreach.ledger` the only module that imports tomli_w.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import tomli_w

from outreach.config import parse_toml
from outreach.files import decode_text
from outreach.model import Location, OutreachError, Problem, first_words

HUMAN, EDITED, MACHINE = "human", "machine draft edited by a person", "machine draft"
METHODS = (HUMAN, EDITED, MACHINE)

_HEAD = """\
# Who translated this guide, and who signed the translation off. Written by `outreach`: a sign-off
# that was edited by hand does not count.
"""
_MACHINE_HEAD = (
    "# Translations that a machine made: while a text has one of these digests, it is one."
)
_NAME_KEYS = {"name": str, "consent": bool, "credential": str}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who worked on a translation."""

    name: str
    consent: bool = False
    """Whether they agreed to be named in public."""
    credential: str = ""
    """What makes them qualified, in their words."""

    def is_same(self, other: Person) -> bool:
        """Whether both are one person, however the name is spelled."""
        return same_name(self.name, other.name)


@dataclass(frozen=True, slots=True)
class SignOff:
    """What a reviewer signed."""

    reviewer: Person
    date: str
    """The day of the review, as an ISO date."""
    english: str
    """The date of the source's edition; empty where the guide has none."""
    source: str
    """Digest of the source guide."""
    texts: str
    """Digest of every pair of msgid and msgstr: `digests.texts_digest`."""
    code: str
    """The edition code on paper, such as `K7F-2QX`."""
    method: str
    """How the translation was made, as far as it was known then: one of METHODS."""
    seal: str = ""
    """Digest of all this, and of what the record says besides."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A signed sheet that was called back."""

    date: str
    reason: str
    codes: tuple[str, ...] = ()
    """Edition codes of the sheets that should not be handed out any more."""
    texts: str = ""
    """Digest of the pairs that were withdrawn."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one guide in one language."""

    guide: str
    language: str
    method: str = ""
    """As somebody said; what is true is computed. Empty: nobody said."""
    translators: tuple[Person, ...] = ()
    community_check: str = ""
    """When and with whom the text was tried, in words."""
    signed: SignOff | None = None
    withdrawn: tuple[Withdrawal, ...] = ()
    """All withdrawals so far, the last one last; a sign-off afterwards ends it."""
    machine: frozenset[str] = field(default=frozenset())
    """Digests of translations that a machine made: `digests.text_digest`."""

    @property
    def is_withdrawn(self) -> bool:
        return bool(self.withdrawn) and self.signed is None

    @property
    def consenting(self) -> tuple[Person, ...]:
        """Everybody who agreed to be named."""
        people = [*self.translators, *([self.signed.reviewer] if self.signed else [])]
        return tuple(person for person in people if person.consent)


def same_name(one: str, other: str) -> bool:
    """Whether two names are of one person: letters and their order count, nothing else.

    Case, accents, invisible signs, punctuation, an e-mail address behind the name and the order of
    first and family name make no difference.
    """
    first, second = _name_key(one), _name_key(other)
    return bool(first) and first == second


def seal_of(record: Record) -> str:
    """The digest that binds a sign-off to all that the record says of it; empty without one."""
    signed = record.signed
    if signed is None:
        return ""
    parts = [
        1,
        record.guide,
        record.language,
        record.method,
        [_person(person) for person in record.translators],
        record.community_check,
        _person(signed.reviewer),
        [signed.date, signed.english, signed.source, signed.texts, signed.code, signed.method],
        [[it.date, it.reason, list(it.codes), it.texts] for it in record.withdrawn],
    ]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_record(data: bytes, path: str) -> Record:
    """Return the record in a file.

    Raises OutreachError, naming the file, for what `record_text` would not have written.
    """
    text = decode_text(data, path)
    try:
        return _record(parse_toml(text))
    except RecursionError:
        raise _unreadable(path, "it is nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(path, str(error)) from None
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable(path, f"found {first_words(str(error))}") from None


def record_bytes(record: Record, path: str) -> bytes:
    """Return what is to be written into a record's file.

    Raises OutreachError where another record would be read in it.
    """
    data = record_text(record).encode()
    if read_record(data, path) != record:
        text = "was left as it is, because what was to be written there would be read otherwise"
        raise OutreachError(Problem(Location(path), text, rule="record"))
    return data


def record_text(record: Record) -> str:
    """Return the text of a record's file; `read_record` gives the same record back."""
    table: dict[str, Any] = {"guide": record.guide, "language": record.language}
    if record.method:
        table["method"] = record.method
    if record.community_check:
        table["community-check"] = record.community_check
    if record.translators:
        table["translators"] = [_person(person) for person in record.translators]
    if record.signed:
        table["signed"] = _signed_table(record.signed)
    if record.withdrawn:
        table["withdrawn"] = [_withdrawn_table(item) for item in record.withdrawn]
    text = _HEAD + tomli_w.dumps(table)
    return text + _machine_text(record.machine) if record.machine else text


def _name_key(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", re.sub(r"<[^>]*>|\S+@\S+", " ", name).casefold())
    letters = "".join(
        " " if unicodedata.category(char)[0] in "ZPSC" and char not in "'’" else char
        for char in plain
        if unicodedata.category(char) not in ("Mn", "Cf")
    )
    words = letters.replace("'", "").replace("’", "").split()
    return tuple(sorted(words))


def _person(person: Person) -> dict[str, object]:
    table: dict[str, object] = {"name": person.name, "consent": person.consent}
    return {**table, "credential": person.credential} if person.credential else table


def _signed_table(signed: SignOff) -> dict[str, object]:
    return {
        "reviewer": _person(signed.reviewer),
        "date": signed.date,
        "english": signed.english,
        "edition": signed.code,
        "method": signed.method,
        "source": signed.source,
        "texts": signed.texts,
        "seal": signed.seal,
    }


def _withdrawn_table(item: Withdrawal) -> dict[str, object]:
    return {"date": item.date, "reason": item.reason, "editions": item.codes, "texts": item.texts}


def _machine_text(digests: Iterable[str]) -> str:
    # A literal string, because tomllib reads it at once and a list sign by sign.
    lines = "\n".join(sorted(digests))
    return f"\n{_MACHINE_HEAD}\n[machine]\ntexts = '''\n{lines}\n'''\n"


def _record(table: Mapping[str, Any]) -> Record:
    _only(
        table,
        {
            "guide",
            "language",
            "method",
            "community-check",
            "translators",
            "signed",
            "withdrawn",
            "machine",
        },
    )
    method = _text(table, "method", "")
    if method not in ("", *METHODS):
        raise ValueError(f"the method “{method}”, not one of: {', '.join(METHODS)}")
    machine = table.get("machine", {})
    if not isinstance(machine, dict):
        raise ValueError("a part `machine` that is no table")
    _only(machine, {"texts"})
    return Record(
        _text(table, "guide"),
        _text(table, "language"),
        method,
        tuple(map(_read_person, _list(table, "translators"))),
        _text(table, "community-check", ""),
        _read_signed(table["signed"]) if "signed" in table else None,
        tuple(map(_read_withdrawn, _list(table, "withdrawn"))),
        frozenset(_text(machine, "texts", "").split()),
    )


def _read_person(table: object) -> Person:
    if not isinstance(table, dict):
        raise ValueError("a person that is no table")
    _only(table, set(_NAME_KEYS))
    consent = table.get("consent", False)
    if not isinstance(consent, bool):
        raise ValueError("a consent that is neither true nor false")
    return Person(_text(table, "name"), consent, _text(table, "credential", ""))


def _read_signed(table: object) -> SignOff:
    if not isinstance(table, dict):
        raise ValueError("a sign-off that is no table")
    _only(table, {"reviewer", "date", "english", "edition", "method", "source", "texts", "seal"})
    return SignOff(
        _read_person(table["reviewer"]),
        _day(table, "date"),
        _text(table, "english"),
        _text(table, "source"),
        _text(table, "texts"),
        _text(table, "edition"),
        _text(table, "method"),
        _text(table, "seal"),
    )


def _read_withdrawn(table: object) -> Withdrawal:
    if not isinstance(table, dict):
        raise ValueError("a withdrawal that is no table")
    _only(table, {"date", "reason", "editions", "texts"})
    codes = tuple(str(code) for code in _list(table, "editions"))
    return Withdrawal(_day(table, "date"), _text(table, "reason"), codes, _text(table, "texts", ""))


def _only(table: Mapping[str, Any], known: set[str]) -> None:
    for key in table:
        if key not in known:
            raise ValueError(f"an unknown key `{key}`")


def _text(table: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str):
        raise ValueError(f"no text under `{key}`")
    return value


def _list(table: Mapping[str, Any], key: str) -> list[Any]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise ValueError(f"no list under `{key}`")
    return value


def _day(table: Mapping[str, Any], key: str) -> str:
    text = _text(table, key)
    date.fromisoformat(text)
    return text


def _unreadable(path: str, why: str) -> OutreachError:
    found = re.search(r"at line (\d+)", why)
    text = f"is no record as `outreach` writes it: {why}; take it back from an earlier version"
    return OutreachError(
        Problem(Location(path, int(found[1]) if found else 0), text, rule="record")
    )
