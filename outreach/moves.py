"""Moving a guide: renaming it, splitting it, giving it up. Planned first, then written.

Its catalogs, records and kept editions go along, and the ledger notes what became of its address.
No text of a guide is changed: that would be another text for translators and reviewers. Links to
the old file, and from it, go on leading (see `outreach.addresses`).
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import quote

from outreach.addresses import by_path, resolve
from outreach.answers import title_of
from outreach.catalog.collect import format_reference
from outreach.catalog.lines import with_lines
from outreach.catalog.merge import refuse_other
from outreach.catalog.po import bytes_to_write, read_catalog, with_raw
from outreach.catalog.scan import REFERENCE
from outreach.config import Config
from outreach.files import decode_text, read_bytes
from outreach.guides import guide_name, parse_guide
from outreach.ledger import Fate, Ledger, ledger_bytes, ledger_path, read_ledger, wrong_name
from outreach.markup.extract import extract
from outreach.model import Location, Message, OutreachError, Problem, UsageError
from outreach.project import Source, catalog_paths, guide_paths, is_ours, tag_of, template_path
from outreach.review.carry import parted, renamed
from outreach.review.editions import FOLDER, load_record, pairs_path, record_path, source_path
from outreach.review.record import Record, record_bytes
from outreach.writing import Remove, Write, write_all


@dataclass(frozen=True, slots=True)
class Named:
    """A guide as the command line names it."""

    name: str
    path: str
    """Its file, or where that would be, relative to the project."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a move will do."""

    writes: tuple[Write, ...]
    removes: tuple[Remove, ...]
    notes: tuple[Problem, ...] = ()
    """What a maintainer should know, or mend."""


@dataclass(slots=True)
class _Plan:
    """A move while it is planned."""

    config: Config
    sources: Mapping[str, Source]
    old: Named
    new: tuple[Named, ...]
    writes: dict[str, bytes] = field(default_factory=dict)
    removes: list[str] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    seen: dict[str, bytes] = field(default_factory=dict)
    """What was read."""

    @property
    def others(self) -> tuple[Named, ...]:
        """The new guides but for the old one, where a part of it stays."""
        return tuple(item for item in self.new if item.name != self.old.name)

    @property
    def stays(self) -> bool:
        return len(self.others) < len(self.new)

    @property
    def is_rename(self) -> bool:
        return len(self.new) == 1

    @property
    def takes_file(self) -> bool:
        """Whether the file itself is moved, and not only what belongs to it."""
        return (
            self.is_rename
            and self.old.name in self.sources
            and (self.new[0].name not in self.sources or self._is_half_done())
        )

    def _is_half_done(self) -> bool:
        """Whether the file is in both places, as when this very move was broken off."""
        old, new = (self.sources[item.name].guide for item in (self.old, self.new[0]))
        return (old.text, old.front_text) == (new.text, new.front_text)

    @property
    def old_files(self) -> tuple[str, ...]:
        """The files that the old guide may have been."""
        return guide_paths(self.config, self.old.name)

    def has(self, path: str) -> bool:
        return os.path.lexists(self.config.root / path)

    def read(self, path: str) -> bytes:
        if path not in self.seen:
            self.seen[path] = read_bytes(self.config.root / path, path)
        return self.seen[path]

    def before(self, path: str) -> bytes | None:
        """What is there now; the move is only made while it is so."""
        return self.read(path) if self.has(path) else None

    def keep(self, path: str) -> None:
        """Raise OutreachError where there is a file that the move would write over."""
        if self.has(path):
            text = "is there already, and would be lost; move it away, or note only where the old"
            raise OutreachError(Problem(Location(path), f"{text} address leads: --only-address"))

    def put(self, path: str, data: bytes) -> None:
        """Plan a new file. Raises OutreachError where there is another one."""
        if self.before(path) != data:
            self.keep(path)
        self.writes[path] = data

    def take(self, path: str) -> None:
        """Plan to remove a file of the old guide, unless a part of that stays."""
        if not self.stays:
            self.removes.append(path)


def named(config: Config, text: str) -> Named:
    """A guide from the command line, as a name or a file. Raises UsageError if it can be none."""
    stem = text.removeprefix("./").removeprefix(f"{config.content}/").removesuffix(".md")
    name = guide_name(f"{stem}.md")
    wrong = wrong_name(name)
    if wrong:
        raise UsageError(f"“{text}” {wrong}")
    return Named(name, posixpath.normpath(f"{config.content}/{stem}.md"))


def plan_move(
    config: Config,
    sources: Mapping[str, Source],
    old: str,
    new: Sequence[str],
    day: date,
    *,
    only_address: bool = False,
) -> Move:
    """What it takes to move a guide, by its name or file, to others; to none: it is given up.

    `sources` are the guides that there are, with their addresses. Raises UsageError where a guide
    is not there that should be, and OutreachError where one is in the way, or a record or the
    ledger cannot be read.
    """
    before = named(config, old)
    if before.name in sources:
        before = Named(before.name, sources[before.name].guide.path)
    after = tuple(dict.fromkeys(named(config, text) for text in new))
    plan = _Plan(config, sources, before, after)
    ledger = read_ledger(config)
    _refuse(plan, ledger, only_address=only_address)
    title = _title(plan, ledger)
    if plan.new and not only_address:
        if plan.takes_file:
            plan.put(plan.new[0].path, plan.read(before.path))
            plan.take(before.path)
        _catalogs(plan)
        _template(plan)
        _records(plan)
    plan.notes += [*_links_to(plan), *_links_from(plan)]
    fates = dict(ledger.without({item.name for item in after}).fates)
    if not plan.stays:
        fates[before.name] = Fate(day.isoformat(), title, tuple(item.name for item in after))
    if fates != ledger.fates:
        plan.writes[ledger_path(config)] = ledger_bytes(config, Ledger(fates))
    writes = tuple(Write(path, data, plan.before(path)) for path, data in plan.writes.items())
    removes = tuple(Remove(path, plan.read(path)) for path in plan.removes)
    return Move(writes, removes, tuple(plan.notes))


def apply(config: Config, move: Move) -> list[str]:
    """Do what was planned, all of it or nothing; returns the paths of files that were written.

    Raises OutreachError when the system refuses a file.
    """
    return write_all(config.root, move.writes, move.removes)


def _refuse(plan: _Plan, ledger: Ledger, *, only_address: bool) -> None:
    """Raise an error for a move that cannot be."""
    old, there = plan.old, plan.old.name in plan.sources
    if plan.new == (old,) or (plan.is_rename and plan.stays):
        raise UsageError(f"{old.name} is the name that it has")
    if not (there or old.name in ledger.fates or _left(plan)):
        known = ", ".join(list(plan.sources)[:10]) or "none"
        raise UsageError(f"there is no guide {old.name}, and nothing of one; there is: {known}")
    if there and not plan.stays and (only_address or not plan.takes_file):
        raise OutreachError(Problem(Location(old.path), _still_there(plan)))
    for item in plan.others:
        if item.name not in plan.sources and not plan.takes_file:
            raise UsageError(f"there is no guide {item.name} yet; write {item.path} first")


def _still_there(plan: _Plan) -> str:
    if not plan.new:
        return "is still there: `move` deletes no text; remove the file, then give the guide up"
    names = " ".join(item.name for item in (plan.old, plan.old, *plan.new))
    return (
        "is still there: `move` deletes no text; remove the file if all of it is elsewhere now, or"
        f" name it among the new ones if a part of it stays: `outreach move {names}`"
    )


def _left(plan: _Plan) -> list[str]:
    """The catalogs and records of the old guide."""
    config, name = plan.config, plan.old.name
    catalogs = catalog_paths(config, name) if config.per_guide else []
    records = (record_path(folder, name) for folder in _folders(config))
    return [path for path in (*catalogs, *records) if plan.has(path)]


def _folders(config: Config) -> list[str]:
    """The folders with records of all languages, in all spellings."""
    base = config.root / config.locale
    found = sorted(base.glob(f"*/{FOLDER}")) if base.is_dir() else []
    return [path.relative_to(config.root).as_posix() for path in found]


def _title(plan: _Plan, ledger: Ledger) -> str:
    """The title of the old guide: as it is, as it was noted or signed, else that of the new one."""
    name = plan.old.name
    if name in plan.sources:
        return title_of(plan.sources[name])
    if name in ledger.fates:
        return ledger.fates[name].title
    for folder in _folders(plan.config):
        path = source_path(folder, name)
        if plan.has(path):
            guide = parse_guide(decode_text(plan.read(path), path), name, plan.old.path)
            return title_of(Source(guide, extract(guide)))
    known = plan.sources.get(plan.new[0].name) if plan.is_rename else None
    return title_of(known) if known else name.rpartition("/")[2]


def _catalogs(plan: _Plan) -> None:
    """Plan the catalogs of all languages, also of those that nobody reads."""
    if not plan.config.per_guide:
        return
    there = catalog_paths(plan.config, plan.old.name)
    for item in plan.others:
        for path, target in zip(there, catalog_paths(plan.config, item.name), strict=True):
            if plan.has(path):
                data = plan.read(path)
                if not _was_begun_from(plan, target, data):
                    plan.keep(target)
                plan.writes[target] = _catalog(plan, item, path, data)
    for path in filter(plan.has, there):
        plan.take(path)


def _catalog(plan: _Plan, item: Named, path: str, data: bytes) -> bytes:
    """A catalog of the old guide for a new one; of a renamed one it names the new file."""
    if not plan.is_rename:
        return data
    before = {format_reference(file) for file in plan.old_files}
    after = format_reference(item.path)
    try:
        catalog = read_catalog(data, path)
        raws, meant = [], []
        for entry in catalog.entries:
            found = entry.message.references
            new = tuple(after if text in before else text for text in found)
            lines = [f"#: {text}" for text in new]
            raws.append(
                entry.raw
                if new == found
                else with_lines(entry.raw, REFERENCE, lines, catalog.newline)
            )
            meant.append(replace(entry.message, references=new))
        changed = with_raw(catalog, raws)
        refuse_other(changed, meant)
        return bytes_to_write(changed)
    except OutreachError:
        return data  # its reader tells of it


def _was_begun_from(plan: _Plan, path: str, data: bytes) -> bool:
    """Whether an update began a catalog: it says nothing that the old guide's, `data`, does not."""
    if not plan.has(path):
        return False
    try:
        old, new = (read_catalog(item, path).messages for item in (data, plan.read(path)))
    except OutreachError:
        return False
    return set(_texts(new)) <= {"", *_texts(old)}


def _texts(messages: Iterable[Message]) -> Iterator[str]:
    for message in messages:
        yield from (message.msgstr, *message.msgstr_plural)


def _template(plan: _Plan) -> None:
    """Plan the template: that of a renamed guide is the same, others are for an update to write."""
    path = template_path(plan.config, plan.old.name)
    if not (plan.config.per_guide and plan.has(path) and is_ours(plan.config, path)):
        return
    target = template_path(plan.config, plan.new[0].name)
    if plan.is_rename and not plan.has(target):
        plan.writes[target] = _catalog(plan, plan.new[0], path, plan.read(path))
    plan.take(path)


def _records(plan: _Plan) -> None:
    """Plan the records and the kept editions of all languages."""
    name, lost = plan.old.name, []
    for folder in _folders(plan.config):
        path, tag = record_path(folder, name), tag_of(folder.split("/")[-2])
        record = load_record(plan.config, path)
        kept = [(make(folder, name), make) for make in (source_path, pairs_path)]
        kept = [(file, make) for file, make in kept if plan.has(file)]
        for item in plan.others:
            for file, make in kept:
                plan.put(make(folder, item.name), plan.read(file))
            if record:
                new = _record(plan, record, tag, item)
                target = record_path(folder, item.name)
                plan.put(target, record_bytes(new, target))
        for file, _ in kept:
            plan.take(file)
        if record:
            plan.take(path)
            lost += [tag] if record.signed and not plan.is_rename else []
    if lost:
        names = " and ".join(item.name for item in plan.others)
        text = (
            f"a reviewer signed this off as a whole in {', '.join(lost)}; {names} will be signed"
            " anew, and the review shows what differs from the edition that was signed"
        )
        plan.notes.append(Problem(Location(plan.old.path), text, "warning", "address"))


def _record(plan: _Plan, record: Record, tag: str, item: Named) -> Record:
    if plan.is_rename:
        return renamed(record, tag, plan.old.name, item.name)
    return parted(record, item.name)


def _links_to(plan: _Plan) -> Iterator[Problem]:
    """Tell of links to the old file: of a renamed guide they go on leading, else they are dead."""
    if plan.stays:
        return
    guides = by_path(plan.sources.values())
    files = ", ".join(posixpath.basename(item.path) for item in plan.new)
    advice = f"leads nowhere any more: write another address ({files})"
    if plan.is_rename:
        advice = (
            f"goes on leading there; write the address of {files} when this text is edited anyway"
        )
    elif not plan.new:
        advice = "leads nowhere any more: take the link out"
    for source in plan.sources.values():
        for target in source.extracted.targets:
            found = resolve(plan.config, source.guide, target.url, target.kind, guides)
            if found.kind in ("guide", "missing") and found.path in plan.old_files:
                text = f"`{target.url}` {advice}"
                yield Problem(target.location, text, "warning", "address")


def _links_from(plan: _Plan) -> Iterator[Problem]:
    """Tell of addresses in a file that goes to another folder: they still lead from the old one."""
    if not plan.takes_file:
        return
    source, guides = plan.sources[plan.old.name], by_path(plan.sources.values())
    here, there = (posixpath.dirname(item.path) for item in (plan.old, plan.new[0]))
    for target in source.extracted.targets if here != there else ():
        found = resolve(plan.config, source.guide, target.url, target.kind, guides)
        if found.kind in ("guide", "file"):
            better = quote(posixpath.relpath(found.path, there)) + found.rest
            text = f"`{target.url}` is found from {here} as before; write `{better}` when this"
            place = Location(plan.new[0].path, target.location.line)
            yield Problem(place, f"{text} text is edited anyway", "warning", "address")
