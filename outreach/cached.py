"""Outputs that earlier builds made and that need not be made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from outreach.codec import plain, record
from outreach.keys import Keys
from outreach.outputs import Done, Job, Output
from outreach.publish import Digests, digest_of, stage
from outreach.site import page_path, sheet_path
from outreach.store import Store

Digest = Callable[[str], str]
"""The digest of a file of the build folder that nobody touched since a build; else empty."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was found of the outputs that are wanted."""

    outputs: Mapping[str, Output]
    """By path: up to date in the build folder, or in the staging folder now."""
    staged: frozenset[str]
    """Those of them that were put into the staging folder."""
    left: tuple[Job, ...]
    """What is still to be made."""


class Cached:
    """The outputs of a build in a store; a `fresh` one is asked nothing, and told what is made."""

    def __init__(self, store: Store, keys: Keys, *, fresh: bool = False) -> None:
        self._store, self._keys, self._fresh = store, keys, fresh
        self._known: dict[str, str] = {}
        """The key of each output that was asked for, by its path."""

    def find(
        self,
        jobs: Sequence[Job],
        build: Path,
        folder: Path,
        ours: Mapping[str, Digests],
        intact: Digest,
    ) -> Known:
        """Find the outputs of jobs, and stage those that the build folder does not have.

        `ours` are the files of the build folder that outreach wrote.
        """
        outputs: dict[str, Output] = {}
        staged: set[str] = set()
        left: list[Job] = []
        for job in jobs:
            missing: set[str] = set()
            for path, key in self._paths(job).items():
                output = self._output(key)
                if output is None:
                    missing.add(path)
                elif not _is_there(build, path, output, ours, intact):
                    data = self._store.data(output.digest)
                    if data is None:
                        missing.add(path)
                        continue
                    stage(folder, path, data)
                    staged.add(path)
                if output and path not in missing:
                    outputs[path] = output
            if missing:
                left.append(_only(job, missing))
        return Known(outputs, frozenset(staged), tuple(left))

    def keep(self, done: Done, folder: Path) -> None:
        """Keep what a job made. Where a picture changed meanwhile nobody knows what it shows."""
        if done.outputs and self._keys.pictures_changed(done.job.language, done.job.guide):
            return
        for path, output in done.outputs.items():
            self._store.add((folder / path).read_bytes())
            self._store.keep(self._known[path], plain(output))

    def _paths(self, job: Job) -> dict[str, str]:
        """The keys of what a job makes, by path."""
        language, guide = job.language, job.guide
        page = {page_path(language, guide): self._keys.page(language, guide)} if job.html else {}
        sheets = {
            sheet_path(language, guide, variant): self._keys.sheet(language, guide, variant)
            for variant in job.variants
        }
        self._known |= page | sheets
        return page | sheets

    def _output(self, key: str) -> Output | None:
        found = None if self._fresh else self._store.result(key)
        try:
            return record(Output, found) if found else None
        except ValueError:  # written by another version of outreach
            return None


def _is_there(
    build: Path, path: str, output: Output, ours: Mapping[str, Digests], intact: Digest
) -> bool:
    """Whether the build folder has an output, from an earlier build."""
    if output.digest not in ours.get(path, ()):
        return False
    if intact(path) == output.digest:
        return True
    file = build / path
    try:
        return file.is_file() and digest_of(file) == output.digest
    except OSError:
        return False


def _only(job: Job, paths: set[str]) -> Job:
    """A job without what need not be made."""
    variants = (it for it in job.variants if sheet_path(job.language, job.guide, it) in paths)
    html = job.html and page_path(job.language, job.guide) in paths
    return replace(job, html=html, variants=tuple(variants))
