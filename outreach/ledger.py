"""What became of the guides that are gone: `addresses.toml`, beside the folders of the languages.

A QR code on paper outlives a rename, so an address that was given out goes on answering. Only
`outreach move` writes the file. Where a guide has an address again, the guide comes first.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import tomli_w

from outreach.config import Config, read_toml
from outreach.files import read_text
from outreach.guides import RESERVED
from outreach.model import Location, OutreachError, Problem, first_words, without_controls
from outreach.project import Source, guide_paths

FILE = "addresses.toml"

_HEAD = """\
# Where the addresses of guides lead that moved or were given up. Printed codes need it: keep it.
# Written by `outreach move`.
"""
_KEYS = {"title", "since", "moved-to"}


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a guide."""

    since: str
    """The day on which it moved or was given up, as an ISO date."""
    title: str = ""
    """In the source language."""
    targets: tuple[str, ...] = ()
    """Names of the guides that took its place; none: it was given up."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The fates of guides, by their names."""

    fates: Mapping[str, Fate] = field(default_factory=dict)

    def targets(self, name: str, guides: Container[str]) -> tuple[str, ...]:
        """Return the guides at which an address leads in the end; none where it was given up."""
        return tuple(end for end in self.ends(name) if end in guides)

    def ends(self, name: str) -> tuple[str, ...]:
        """Return the names that nothing is known to have become of, by the way from this one."""
        found: dict[str, None] = {}
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            item = waiting.pop()
            fate = self.fates.get(item)
            if fate is None:
                found[item] = None
            elif item not in seen:
                seen.add(item)
                waiting += reversed(fate.targets)
        return tuple(found)

    def without(self, names: Container[str]) -> Ledger:
        """Return the ledger without these names."""
        return Ledger({name: fate for name, fate in self.fates.items() if name not in names})


def ledger_path(config: Config) -> str:
    """Where the ledger lies, relative to the project."""
    return FILE if config.locale == "." else f"{config.locale}/{FILE}"


def read_ledger(config: Config) -> Ledger:
    """Return the ledger; an empty one where there is none. Raises OutreachError, with the line."""
    path = ledger_path(config)
    if not (config.root / path).exists():
        return Ledger()
    table = read_toml(config.root / path, path)
    fates: dict[str, Fate] = {}
    for name, value in table.items():
        try:
            fates[name] = _fate(name, value)
        except ValueError as error:
            text = f"“{first_words(name)}”: {error}; take the file back from an earlier version"
            raise OutreachError(Problem(Location(path, _line(config, path, name)), text)) from None
    return Ledger(fates)


def ledger_bytes(config: Config, ledger: Ledger) -> bytes:
    """Return what is to be written into the file.

    Raises OutreachError where another ledger would be read in it.
    """
    text = ledger_text(ledger)
    if {name: _fate(name, value) for name, value in tomllib.loads(text).items()} != ledger.fates:
        said = "was left as it is, because what was to be written there would be read otherwise"
        raise OutreachError(Problem(Location(ledger_path(config)), said))
    return text.encode()


def ledger_text(ledger: Ledger) -> str:
    """Return the text of the file; `read_ledger` gives the same ledger back."""
    table = {name: _table(fate) for name, fate in sorted(ledger.fates.items())}
    return f"{_HEAD}\n{tomli_w.dumps(table)}"


def wrong_name(name: str) -> str:
    """Why no guide can have a name, in words; empty where one can.

    What has none of this lies below the build folder and is no page of another kind.
    """
    parts = name.split("/")
    if not all(parts) or name != without_controls(name) or "\\" in name:
        return "is no path of a guide below the content folder"
    if any(part.startswith(".") for part in parts):
        return "begins with a full stop, or has a part that does, and such files are no guides"
    if name.casefold() in RESERVED:
        return "is the name of a file that `outreach` itself writes"
    return ""


def with_former(config: Config, sources: Sequence[Source], ledger: Ledger) -> list[Source]:
    """Return the guides with the files that each was before; one that was split is in none.

    The ledger is one without guides that there are.
    """
    names = {source.guide.name for source in sources}
    former: dict[str, list[str]] = {}
    for name in sorted(ledger.fates):
        targets = ledger.targets(name, names)
        if len(targets) == 1:
            former.setdefault(targets[0], []).extend(guide_paths(config, name))
    return [
        replace(item, guide=replace(item.guide, former=tuple(former.get(item.guide.name, ()))))
        for item in sources
    ]


def _table(fate: Fate) -> dict[str, object]:
    table: dict[str, object] = {"title": fate.title, "since": fate.since}
    return {**table, "moved-to": list(fate.targets)} if fate.targets else table


def _fate(name: str, value: object) -> Fate:
    if wrong_name(name):
        raise ValueError(wrong_name(name))
    if not isinstance(value, dict) or not value.keys() <= _KEYS:
        raise ValueError(f"expected a table with {', '.join(sorted(_KEYS))}")
    title, targets = value.get("title", ""), value.get("moved-to", [])
    if not isinstance(title, str):
        raise ValueError("`title` should be a text")
    if not isinstance(targets, list) or not all(isinstance(item, str) for item in targets):
        raise ValueError("`moved-to` should be a list of names of guides")
    return Fate(_day(value.get("since", "")), title, tuple(dict.fromkeys(targets)))


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError("`since` should be a day such as 2027-01-31") from None


def _line(config: Config, path: str, name: str) -> int:
    """The first line on which a name stands as that of a table; 0 where it is written otherwise."""
    lines = read_text(config.root / path, path).split("\n")
    heads = {f"[{name}]", f'["{name}"]', f"['{name}']"}
    return next((number for number, line in enumerate(lines, 1) if line.strip() in heads), 0)
