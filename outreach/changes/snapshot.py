"""A project as it was at a commit: guides, catalogs and records, laid out in a temporary folder.

So the functions that read a project read both sides, and nothing can be looked up otherwise on one
of them. The configuration is the present one on both; only who may sign is read from both.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from outreach.config import CONFIG_FILES, Config, load_reviewers
from outreach.config_keys import Reviewer
from outreach.files import write_bytes
from outreach.git import changed_since, commit_of, contents, files_at
from outreach.model import OutreachError, Problem
from outreach.review.editions import FOLDER


@dataclass(frozen=True, slots=True)
class Past:
    """A project as it was."""

    revision: str
    commit: str
    config: Config
    """The present configuration, of the folder with the files as they were, and with the reviewers
    of then where they are known."""
    changed: frozenset[str]
    """Files that git keeps and that are not the same now, relative to the project."""
    reviewers: tuple[Reviewer, ...] = ()
    """Who could sign, as the configuration of then says."""
    problems: tuple[Problem, ...] = ()
    """Why that could not be read."""


@contextmanager
def project_at(config: Config, revision: str) -> Iterator[Past]:
    """The project as it was at a revision; its files are there as long as the context lasts.

    Raises UsageError when there is no such revision, and OutreachError when git cannot read it.
    """
    commit = commit_of(config.root, revision)
    files = files_at(config.root, commit)
    wanted = {path: item for path, item in files.items() if _is_read(config, path)}
    data = contents(config.root, wanted.values()) if wanted else {}
    with tempfile.TemporaryDirectory(prefix="outreach-") as name:
        root = Path(name)
        (root / config.content).mkdir(parents=True, exist_ok=True)
        for path, item in wanted.items():
            write_bytes(root / path, data[item], path)
        changed = changed_since(config.root, commit)
        reviewers, problems = _reviewers(root)
        then = replace(config, root=root, reviewers=config.reviewers if problems else reviewers)
        yield Past(revision, commit, then, changed, reviewers, problems)


def _reviewers(root: Path) -> tuple[tuple[Reviewer, ...], tuple[Problem, ...]]:
    try:
        return load_reviewers(root), ()
    except OutreachError as error:
        return (), (error.problem,)


def _is_read(config: Config, path: str) -> bool:
    """Whether a file says what is published, and lies where its path says.

    It does so as a guide or a catalog, a record or a signed edition beside it, or a configuration.
    """
    if {"", ".", "..", ".git"} & set(path.split("/")) or "\\" in path:
        return False
    if path in CONFIG_FILES:
        return True
    if path.startswith(_below(config.locale)) and f"/{FOLDER}/" in path:
        return path.endswith((".toml", ".source.md", ".signed.json"))
    if path.endswith(".md"):
        return path.startswith(_below(config.content))
    catalogs = config.catalogs.replace("{locale}", config.locale).partition("{")[0]
    places = (catalogs.rpartition("/")[0], _below(config.locale))
    return path.endswith(".po") and path.startswith(places)


def _below(folder: str) -> str:
    """What the paths below a folder of the project begin with."""
    return "" if folder == "." else f"{folder}/"
