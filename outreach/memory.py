"""What earlier builds read of a language, so that only catalogs that changed are read again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from outreach.codec import digest, plain, record
from outreach.config import Config
from outreach.files import read_bytes
from outreach.inputs import Watched, inputs_digest
from outreach.model import Language, OutreachError, Problem
from outreach.project import INTERFACE, LINKS, Folders, Source, catalog_path, domains
from outreach.store import Store
from outreach.translations import LanguageTexts


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


class Memory:
    """Remembers, in a store, what was read of languages.

    `code` stands for all that reads them, `letters` for whether it is asked what print can draw. A
    `fresh` one recalls nothing.
    """

    def __init__(self, store: Store, code: str, *, letters: bool, fresh: bool = False) -> None:
        self._store, self._code, self._letters, self._fresh = store, code, letters, fresh
        self._guides: tuple[Sequence[Source], str] = ((), "")

    def recall(
        self,
        config: Config,
        language: Language,
        sources: Sequence[Source],
        spelled: Folders,
        read: Callable[[], Known],
    ) -> Known:
        """What is known of a language, else what `read` gives.

        It is kept without what only checks ask for: live messages, and people named in headers.
        """
        key = self._key(config, language, sources, spelled)
        found = None if self._fresh else self._store.result(key)
        try:
            if found:
                return record(Known, found)
        except ValueError:
            pass  # written by another version of outreach
        known = read()
        known = replace(known, texts=replace(known.texts, msgids={}, named=()))
        if self._key(config, language, sources, spelled) == key:  # nobody saved a catalog meanwhile
            self._store.keep(key, plain(known))
        return known

    def _key(
        self, config: Config, language: Language, sources: Sequence[Source], spelled: Folders
    ) -> str:
        fonts = Watched((config.fonts,)) if config.fonts else Watched()
        return digest(
            "language",
            self._code,
            self._letters,
            replace(config, root=Path()),  # a project may be moved
            language,
            self._digest_of(sources),
            inputs_digest(os.fspath(config.root), fonts) if config.fonts else "",
            list(_catalogs(config, language, sources, spelled)),
        )

    def _digest_of(self, sources: Sequence[Source]) -> str:
        """Of all that the guides say; what was extracted follows from it. Taken once for all."""
        if self._guides[0] is not sources:
            self._guides = (sources, digest([source.guide for source in sources]))
        return self._guides[1]


def _catalogs(
    config: Config, language: Language, sources: Sequence[Source], spelled: Folders
) -> Iterator[tuple[str, str]]:
    """The catalogs that a build may read of a language, each with a digest of its content."""
    for domain in (*domains(config, sources), LINKS, INTERFACE):
        path = catalog_path(config, language, domain, spelled)
        try:
            yield path, hashlib.sha256(read_bytes(config.root / path, path)).hexdigest()
        except OutreachError as error:
            yield path, error.problem.text
