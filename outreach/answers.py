"""What the addresses answer of guides that were once given out and are not there any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from outreach.config import Config
from outreach.files import below
from outreach.guides import front_matter_text
from outreach.ledger import Ledger, ledger_path, wrong_name
from outreach.model import Language, Location, OutreachError, Problem, Severity
from outreach.project import Folders, Source, tag_of
from outreach.review.editions import FOLDER, load_edition, load_record, reviews_folder
from outreach.review.record import Record, Withdrawal


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands at the addresses of a guide that is not there, in some languages."""

    guide: str
    languages: frozenset[str]
    """The tags of those in which it is not there; all, where the guide is gone."""
    title: str = ""
    """In the source language; empty where there is the guide, in other languages."""
    since: str = ""
    """The day on which it moved or was given up, as an ISO date; empty where nobody said."""
    targets: tuple[str, ...] = ()
    """Names of the guides that took its place; none: it is not kept up any more."""
    withdrawn: Mapping[str, Withdrawal] = field(default_factory=dict)
    """Withdrawals that hold, by language."""


@dataclass(frozen=True, slots=True)
class Released:
    """A record that says that a guide was given out in a language."""

    path: str
    folder: str
    language: Language
    record: Record | None
    """None where it cannot be read, so that nobody knows."""


def read_answers(
    config: Config,
    source: Language,
    languages: Sequence[Language],
    spelled: Folders,
    sources: Mapping[str, Source],
    ledger: Ledger,
) -> tuple[dict[str, Answer], list[Problem]]:
    """What answers at the addresses of guides that are gone, by their names, and what is wrong.

    `languages` are all of the project; the ledger is one without guides that there are. A guide of
    which nobody said what became of it was given out where somebody signed it off.
    """
    released = _released(config, languages, spelled, sources)
    everywhere = frozenset((source.tag, *(language.tag for language in languages)))
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for name in sorted({*ledger.fates, *released}):
        found, fate = released.get(name, []), ledger.fates.get(name)
        withdrawn = {
            item.language.tag: item.record.withdrawn[-1]
            for item in found
            if item.record and item.record.is_withdrawn
        }
        answer = Answer(name, frozenset(item.language.tag for item in found), withdrawn=withdrawn)
        if fate:
            targets, title = ledger.targets(name, sources), fate.title or _last(name)
            answer = replace(
                answer, languages=everywhere, title=title, since=fate.since, targets=targets
            )
            problems += _lost(config, ledger, name, sources)
        elif name not in sources:
            tags, title = answer.languages | {source.tag}, _kept_title(config, name, found)
            answer = replace(answer, languages=tags, title=title)
            problems.append(_gone(name, found[0]))
        answers[name] = answer
    return answers, problems


def dropped_problems(
    config: Config, languages: Sequence[Language], severity: Severity
) -> Iterator[Problem]:
    """Tell of languages with signed records that the project does not name any more."""
    known = {config.source_language, *(language.tag for language in languages)}
    folder = config.root / config.locale
    found = sorted(folder.glob(f"*/{FOLDER}")) if folder.is_dir() else []
    for path in found:
        tag = tag_of(path.parent.name)
        shown = path.relative_to(config.root).as_posix()
        if tag and tag not in known and any(_records(config, shown)):
            text = (
                f"`languages` does not name {tag}, in which sheets were signed off, so their"
                " printed addresses stop answering; name it there, or put it under `retired`:"
                f" retired = {{ {tag} = 2027-01-31 }}"
            )
            yield Problem(Location(config.file), text, severity, "address")


def title_of(source: Source) -> str:
    """The title of a guide in the language that it is written in."""
    headings = source.extracted.headings
    own = front_matter_text(source.guide, "title")
    return own or (headings[0].text if headings else "") or _last(source.guide.name)


def _released(
    config: Config, languages: Sequence[Language], spelled: Folders, sources: Mapping[str, Source]
) -> dict[str, list[Released]]:
    """The records of guides that are not there in a language, and were once given out in it."""
    found: dict[str, list[Released]] = {}
    for language in languages:
        folder = reviews_folder(config, language, spelled)
        for name, path in _names(config, folder):
            if name in sources and sources[name].wants(language):
                continue
            record, was = _was_signed(config, path)
            if was:
                found.setdefault(name, []).append(Released(path, folder, language, record))
    return found


def _names(config: Config, folder: str) -> Iterator[tuple[str, str]]:
    """The names of guides with a record in a folder, and the paths of the records."""
    base = config.root / folder
    for path in below(base, folder, ".toml").files:
        name = path.relative_to(base).as_posix().removesuffix(".toml")
        if not wrong_name(name):  # no guide has it, and it may not be the address of a page
            yield name, f"{folder}/{name}.toml"


def _records(config: Config, folder: str) -> Iterator[str]:
    """The records in a folder with a sign-off, by their paths."""
    return (path for _, path in _names(config, folder) if _was_signed(config, path)[1])


def _was_signed(config: Config, path: str) -> tuple[Record | None, bool]:
    """A record, and whether its guide was given out, as far as anybody knows."""
    try:
        record = load_record(config, path)
    except OutreachError:
        return None, True
    return record, record is not None and bool(record.signed or record.withdrawn)


def _kept_title(config: Config, name: str, found: Sequence[Released]) -> str:
    for item in found:
        signed = item.record.signed if item.record else None
        kept = signed and load_edition(config, item.language, name, item.folder, signed)
        if kept:
            return title_of(kept.source)
    return _last(name)


def _gone(name: str, found: Released) -> Problem:
    text = (
        f"there is no guide {name} any more, and its address was given out; say what became of it:"
        f" `outreach move {name} NEW`, or without NEW where nothing took its place"
    )
    return Problem(Location(found.path), text, "warning", "address")


def _lost(
    config: Config, ledger: Ledger, name: str, sources: Mapping[str, Source]
) -> Iterator[Problem]:
    for end in ledger.fates[name].targets:
        if end not in sources and end not in ledger.fates:
            text = f"`{name}` moved to `{end}`, which is no guide; say what became of that: "
            text += f"`outreach move {end} NEW`, or without NEW where nothing took its place"
            yield Problem(Location(ledger_path(config)), text, "warning", "address")


def _last(name: str) -> str:
    return name.rpartition("/")[2]
