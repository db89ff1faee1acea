"""Who worked on a translation, as somebody says at a review; and who agreed to be named. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from outreach.config import Config
from outreach.model import Location, OutreachError, Problem, UsageError
from outreach.review.names import person_name, plain_text
from outreach.review.record import EDITED, HUMAN, MACHINE, METHODS, Person, Record, same_name
from outreach.review.sign import sealed

SHORT = {"human": HUMAN, "machine-edited": EDITED, "machine": MACHINE}
"""What the command line calls the methods."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says of a translation when they sign it off."""

    reviewer: str
    translators: tuple[str, ...] = ()
    method: str = ""
    credential: str = ""
    """The reviewer's."""
    consent: bool = False
    """The reviewer's, to be named."""
    consenting: tuple[str, ...] = ()
    """Translators who agreed to be named."""
    community_check: str = ""


def checked(claim: Claim) -> Claim:
    """Return the claim in normal form. Raises UsageError for what cannot be a name or a text."""
    if not claim.reviewer:
        raise UsageError("say who reviewed it, as in --reviewer NAME")
    return Claim(
        _name("--reviewer", claim.reviewer),
        tuple(_name("--translator", name) for name in claim.translators),
        method_named(claim.method),
        _text("--credential", claim.credential),
        claim.consent,
        tuple(_name("--translator-consent", name) for name in claim.consenting),
        _text("--community-check", claim.community_check),
    )


def method_named(name: str) -> str:
    """Return the method that a record calls so, from its short or long name, or an empty text.

    Raises UsageError for a name that is none.
    """
    wanted = " ".join(name.split()).lower()
    if wanted and wanted not in (*SHORT, *METHODS):
        raise UsageError(f"there is no method “{wanted}”; there is: {', '.join(SHORT)}")
    return SHORT.get(wanted, wanted)


def claimed(record: Record, claim: Claim) -> Record:
    """Return the record with what a claim says of it besides the reviewer.

    Raises UsageError where neither says who translated and how, and for the consent of a stranger.
    """
    translators = _joined(record.translators, claim.translators)
    if not translators:
        raise UsageError(
            "the record names no translator yet: say who translated, as in --translator NAME. Of a "
            "machine draft, that is the person who went through it"
        )
    method = claim.method or record.method
    if not method:
        raise UsageError(
            f"the record has no method yet: say how it was translated, with --method and one of "
            f"{', '.join(SHORT)}"
        )
    for name in claim.consenting:
        if not any(same_name(person.name, name) for person in translators):
            raise UsageError(f"--translator-consent: {name} is no translator of this guide")
    agreed = (
        replace(person, consent=True) if _is_among(person.name, claim.consenting) else person
        for person in translators
    )
    return replace(
        record,
        translators=tuple(agreed),
        method=method,
        community_check=claim.community_check or record.community_check,
    )


def reviewer_of(config: Config, claim: Claim, former: Person | None) -> Person:
    """Return who reviews: spelled as in the configuration, with what they said of themselves.

    `former` is who signed last, whose consent and credential hold on. Raises UsageError where the
    configuration has more than a name.
    """
    listed = [item.name for item in config.reviewers]
    near = list(dict.fromkeys(name for name in listed if same_name(name, claim.reviewer)))
    name = near[0] if claim.reviewer not in listed and len(near) == 1 else claim.reviewer
    _name(f"`reviewers` in {config.file}", name)
    if former is None or not same_name(former.name, name):
        return Person(name, claim.consent, claim.credential)
    return Person(name, claim.consent or former.consent, claim.credential or former.credential)


def with_consent(
    record: Record, path: str, yes: Sequence[str] = (), no: Sequence[str] = ()
) -> Record:
    """Return the record with the consent of some people given or taken back, sealed anew.

    Raises UsageError for what cannot be a name, and OutreachError, naming the record, for somebody
    who is not in it.
    """
    given = [_name("--consent-of", name) for name in yes]
    taken = [_name("--no-consent-of", name) for name in no]
    both = [name for name in given if _is_among(name, taken)]
    if both:
        raise UsageError(f"{both[0]} cannot both agree and not agree to be named")
    people = [*record.translators, *([record.signed.reviewer] if record.signed else [])]
    for name in (*given, *taken):
        if not _is_among(name, (person.name for person in people)):
            known = ", ".join(person.name for person in people) or "nobody"
            text = f"the record does not name {name}; it names: {known}"
            raise OutreachError(Problem(Location(path), text, rule="record"))

    def changed(person: Person) -> Person:
        consent = _is_among(person.name, given) or (
            person.consent and not _is_among(person.name, taken)
        )
        return replace(person, consent=consent)

    signed = record.signed
    return sealed(
        replace(
            record,
            translators=tuple(map(changed, record.translators)),
            signed=replace(signed, reviewer=changed(signed.reviewer)) if signed else None,
        )
    )


def _joined(known: Sequence[Person], names: Iterable[str]) -> list[Person]:
    """The people with those added who are not yet among them, however a name is spelled."""
    people = list(known)
    for name in names:
        if not _is_among(name, (person.name for person in people)):
            people.append(Person(name))
    return people


def _is_among(name: str, names: Iterable[str]) -> bool:
    return any(same_name(name, other) for other in names)


def _name(option: str, text: str) -> str:
    try:
        return person_name(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None


def _text(option: str, text: str) -> str:
    try:
        return plain_text(text) if text.strip() else ""
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None
