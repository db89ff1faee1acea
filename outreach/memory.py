"""What earlier commands read and checked, so that only what changed is read and checked again."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from outreach.codec import digest, plain, record
from outreach.config import Config
from outreach.inputs import Watched, inputs_digest
from outreach.model import Guide, Language, Problem
from outreach.names import spellings
from outreach.project import (
    INTERFACE,
    LINKS,
    Folders,
    Source,
    catalog_path,
    catalogs_on_disk,
    domains,
)
from outreach.store import Store
from outreach.translations import LanguageTexts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a language once its catalogs are read and checked."""

    texts: LanguageTexts
    label: Mapping[str, str]
    """The interface: msgstr by msgid."""
    problems: tuple[Problem, ...]
    """Of all its catalogs."""
    unprintable: bool
    """Whether no font draws its name."""


@dataclass(frozen=True, slots=True)
class English:
    """What the rules on the English of guides found."""

    problems: tuple[Problem, ...]


class Memory:
    """Remembers records in a store.

    `code` stands for all that makes them. A `fresh` one recalls nothing.
    """

    def __init__(self, store: Store, code: str, *, fresh: bool = False) -> None:
        self._store, self._code, self._fresh = store, code, fresh

    def recall(self, kind: type[T], parts: Callable[[], object], make: Callable[[], T]) -> T:
        """The record that was made of the same parts, else what `make` gives.

        `parts` is asked again afterwards, since somebody may save a file meanwhile.
        """
        key = digest(kind.__name__, self._code, parts())
        found = None if self._fresh else self._store.result(key)
        try:
            if found:
                return record(kind, found)
        except ValueError:
            pass  # written by another version of outreach
        made = make()
        if digest(kind.__name__, self._code, parts()) == key:
            self._store.keep(key, plain(made))
        return made


def language_parts(
    config: Config, language: Language, sources: Sequence[Source], spelled: Folders, asked: object
) -> list[object]:
    """All that is read of a language; `asked` has a digest of the guides, and what is asked."""
    return [
        replace(config, root=Path()),  # a project may be moved
        language,
        asked,
        _files(config, [config.fonts] if config.fonts else []),
        list(_catalogs(config, language, sources, spelled)),
    ]


def english_parts(config: Config, guides: Sequence[Guide], rest: object) -> list[object]:
    """All that the rules on English are asked of."""
    lists = list(filter(None, (config.plain_words, config.glossary)))
    return [replace(config, root=Path()), guides, _files(config, lists), rest]


def _files(config: Config, paths: Collection[str]) -> str:
    """A digest of files and folders of the project."""
    return inputs_digest(os.fspath(config.root), Watched(tuple(paths))) if paths else ""


def _catalogs(
    config: Config, language: Language, sources: Sequence[Source], spelled: Folders
) -> Iterator[tuple[str, str, str]]:
    """The catalogs that may be read of a language, each with where it is and what it holds."""
    named = (*domains(config, sources), LINKS, INTERFACE)
    paths = [catalog_path(config, language, domain, spelled) for domain in named]
    paths += (path for _, path in catalogs_on_disk(config, language, spelled))
    root = os.path.realpath(config.root)
    for name in dict.fromkeys(name for path in paths for name in spellings(path)):
        place = os.path.relpath(os.path.realpath(config.root / name), root)
        yield name, place, inputs_digest(root, Watched(places=(name,)))
