"""What changed in the list of reviewers and in the records of translations.

These are what decides which sheets are handed out, so an owner of the project should see each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from outreach.changes.records import ReviewChange, ReviewKind
from outreach.config import Config
from outreach.config_keys import Reviewer
from outreach.files import read_bytes
from outreach.languages import UnknownLanguage, find
from outreach.model import Location, OutreachError
from outreach.report import number_of
from outreach.review.editions import FOLDER, pairs_path, source_path
from outreach.review.record import Person, Record, SignOff, Withdrawal, read_record
from outreach.review.standing import sign_off_problem

Said = tuple[ReviewKind, str]


@dataclass(frozen=True, slots=True)
class _Side:
    """What lies at the place of a record, then or now."""

    record: Record | None = None
    wrong: str = ""
    """Why it cannot be read, or why its sign-off does not count."""
    kept: tuple[bytes, ...] = ()
    """The files of the edition that was signed."""


def compare_reviewers(
    old: Sequence[Reviewer], new: Sequence[Reviewer], path: str
) -> Iterator[ReviewChange]:
    """What changed in the list of the configuration, in its order; then who is gone."""
    before, now = _by_name(old), _by_name(new)
    place = Location(path)
    for name, items in now.items():
        if name not in before:
            yield ReviewChange("reviewer-added", place, f"{_may(items)} from now on")
        elif items != before[name]:
            text = f"{_may(items)}; before: {_may(before[name])}"
            yield ReviewChange("reviewer-changed", place, text)
    for name in before:
        if name not in now:
            yield ReviewChange("reviewer-removed", place, f"{name} is no longer a reviewer")


def compare_records(
    then: Config, now: Config, left_out: Collection[str] = ()
) -> Iterator[ReviewChange]:
    """What changed in each record of a project, by path; `left_out` are tags of languages."""
    for path in sorted({*_records(then), *_records(now)}):
        folder, _, name = path.partition(f"/{FOLDER}/")
        tag, guide = _tag(folder.rpartition("/")[2]), name.removesuffix(".toml")
        if tag in left_out:
            continue
        old, new = (_side(it, path, (guide, tag)) for it in (then, now))
        for kind, text in _compare(old, new):
            yield ReviewChange(kind, Location(path), text, tag, guide)


def _compare(old: _Side, new: _Side) -> Iterator[Said]:
    was, now = old.record, new.record
    if new.wrong and new != old:
        yield "void", new.wrong
    if now is None:
        if was is not None and not new.wrong:
            yield "removed", f"the record was removed{_with_sign_off(was)}"
        return
    was = was or Record(now.guide, now.language)
    yield from _signed(was.signed, now.signed)
    yield from _withdrawn(was.withdrawn, now.withdrawn)
    yield from _people(was, now)
    if was.method != now.method:
        yield "method", f"the method is “{now.method}”, was {_quoted(was.method)}"
    if was.community_check != now.community_check:
        text = f"the community check is {_quoted(now.community_check)}"
        yield "community-check", f"{text}, was {_quoted(was.community_check)}"
    yield from _machine(was.machine, now.machine)
    if old.kept and old.kept != new.kept and _bare(was.signed) == _bare(now.signed):
        yield "kept", "the copy of the signed edition changed, and the sign-off did not"


def _signed(was: SignOff | None, now: SignOff | None) -> Iterator[Said]:
    if now and _bare(was) != _bare(now):
        yield (
            "signed",
            f"signed off by {_person(now.reviewer)} on {now.date}, edition {now.code}, {now.method}"
            + (f"; before by {was.reviewer.name} on {was.date}, {was.code}" if was else ""),
        )
    elif was and not now:
        yield "unsigned", f"the sign-off by {was.reviewer.name} of {was.date} is gone"


def _withdrawn(was: Sequence[Withdrawal], now: Sequence[Withdrawal]) -> Iterator[Said]:
    for item in now:
        if item not in was:
            codes = f" (editions {', '.join(item.codes)})" if item.codes else ""
            yield "withdrawn", f"withdrawn on {item.date}: {item.reason}{codes}"
    for item in was:
        if item not in now:
            yield "withdrawn", f"the withdrawal of {item.date} was taken out: {item.reason}"


def _people(was: Record, now: Record) -> Iterator[Said]:
    before = {person.name: person for person in was.translators}
    present = {person.name: person for person in now.translators}
    for name, person in present.items():
        if name not in before:
            yield "people", f"translator added: {_person(person)}"
        elif before[name].credential != person.credential:
            yield "people", f"the credential of {name} is {_quoted(person.credential)}"
    yield from (("people", f"translator removed: {it}") for it in before if it not in present)
    if was.signed and now.signed and was.signed.reviewer.name == now.signed.reviewer.name:
        before, present = (
            {**people, f"{side.reviewer.name} (reviewer)": side.reviewer}
            for people, side in ((before, was.signed), (present, now.signed))
        )
    for name, person in present.items():
        if name in before and before[name].consent != person.consent:
            agreed = "agreed" if person.consent else "does not agree any more"
            yield "consent", f"{name} {agreed} to be named"


def _machine(was: frozenset[str], now: frozenset[str]) -> Iterator[Said]:
    if now - was:
        yield "machine", f"{number_of(len(now - was), 'text')} recorded as made by a machine"
    if was - now:
        gone = number_of(len(was - now), "text")
        yield "machine", f"{gone} no longer recorded as made by a machine"


def _bare(signed: SignOff | None) -> SignOff | None:
    """A sign-off without what can change while nobody signs: consent, and the seal with it."""
    if signed is None:
        return None
    return replace(signed, seal="", reviewer=replace(signed.reviewer, consent=False))


def _with_sign_off(record: Record) -> str:
    signed = record.signed
    return f", with the sign-off by {signed.reviewer.name} of {signed.date}" if signed else ""


def _records(config: Config) -> Iterator[str]:
    """The paths of all records of a project."""
    base = config.root / config.locale
    for path in base.glob(f"*/{FOLDER}/**/*.toml"):
        yield path.relative_to(config.root).as_posix()


def _side(config: Config, path: str, place: tuple[str, str]) -> _Side:
    file = config.root / path
    if not file.is_file():
        return _Side()
    try:
        record = read_record(read_bytes(file, path), path)
    except OutreachError as error:
        return _Side(wrong=f"the record {error.problem.text}")
    wrong = sign_off_problem(config, record, *place)
    kept = tuple(
        (config.root / name).read_bytes() if (config.root / name).is_file() else b""
        for name in _kept(path)
    )
    return _Side(record, f"the sign-off does not count: {wrong}" if wrong else "", kept)


def _kept(path: str) -> Iterator[str]:
    folder, name = str(Path(path).parent), Path(path).stem
    yield source_path(folder, name)
    yield pairs_path(folder, name)


def _tag(spelled: str) -> str:
    try:
        return find(spelled).tag
    except UnknownLanguage:
        return spelled


def _by_name(reviewers: Sequence[Reviewer]) -> dict[str, list[Reviewer]]:
    found: dict[str, list[Reviewer]] = {}
    for item in reviewers:
        found.setdefault(item.name, []).append(item)
    return found


def _may(items: Sequence[Reviewer]) -> str:
    """What somebody may sign."""
    parts = [
        (", ".join(item.languages) or "every language")
        + (f" until {item.until}" if item.until else "")
        for item in items
    ]
    return f"{items[0].name} may sign {'; '.join(parts)}"


def _person(person: Person) -> str:
    named = "agreed to be named" if person.consent else "did not agree to be named"
    return f"{person.name} ({', '.join(filter(None, (person.credential, named)))})"


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "not said"
