"""What `outreach build` does when there is something to do."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from outreach import build as builds
from outreach import report, versions, workers
from outreach.cli.asked import UP_TO_DATE, Asked, Built
from outreach.cli.common import chosen, config_of, finish, known_guides, show
from outreach.config import Config
from outreach.config_keys import VARIANTS
from outreach.dates import today
from outreach.hrefs import places
from outreach.inputs import Watched, inputs_digest
from outreach.lock import locked
from outreach.memory import Memory
from outreach.model import Problem, UsageError
from outreach.proof import State, Told, read_state, seen_files, write_state
from outreach.reading import Read, read_project
from outreach.release import as_warning, contact_problems, release_problems
from outreach.shards import Shard, parse_shard
from outreach.sheet.report import sheet_lines
from outreach.store import Store, cache_folder

_SCHEDULER = re.compile(r"(?:tcp|tls)://(?:[\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}")


def run_build(ctx: click.Context, asked: Asked) -> Built:
    """Build, and leave a state for the next build.

    The state is found by what was asked for.
    """
    config = config_of(ctx)
    _check_usage(asked)
    _means(asked.scheduler)  # told of before anything is read
    folder = asked.output or config.root / config.build
    with locked(folder, _waiting):
        return _run(ctx, config_of(ctx), asked, folder)  # read again, after the wait


def _waiting() -> None:
    click.echo("Another build of this folder is under way: waiting until it is done.", err=True)


def _run(ctx: click.Context, config: Config, asked: Asked, folder: Path) -> Built:
    inputs = _Inputs(config)
    code, store = versions.code(), Store(cache_folder() / "outputs")
    read = read_project(
        config,
        fonts=asked.printed,
        release=asked.release,
        editions=True,
        memory=Memory(store, code, fresh=asked.force),
    )
    if report.has_errors(read.guide_problems):
        show(read.problems)
        click.echo("Nothing was built: mend the guides first.", err=True)
        finish(ctx, read.problems)
    if asked.release:
        _check_release(ctx, read, asked.required)
    inputs.add(places(read.site))
    selection = _selection(asked, read)
    intact = read_state(config.root, asked.output).of(folder).intact
    shop = builds.Workshop(
        folder,
        store,
        code,
        versions.libraries,
        intact,
        fresh=asked.force,
        progress=_progress,
        run=_means(asked.scheduler),
    )
    result = builds.build(read, selection, shop)
    store.prune()
    problems = tuple(_problems(asked, read, selection, result))
    told, failed = _told(asked, result, problems), report.has_errors(problems)
    proved = result.proved and not failed and inputs.same() and config_of(ctx) == config
    state = State(
        os.path.realpath(folder),
        seen_files(os.path.realpath(folder), result.published.items()),
        asked.name if proved else "",
        today().isoformat() if config.retired else "",
        inputs.watched,
        inputs.digest,
        code,
        versions.variables(),
        versions.libraries() if asked.printed else (),
        told,
    )
    write_state(config.root, asked.output, state)
    return Built(told, _made(result), result.memory, failed)


def _means(scheduler: str) -> builds.Run:
    """What makes pages and sheets: this machine, or a cluster too.

    Raises UsageError when the address is none, or when the package for clusters is missing.
    """
    if not scheduler:
        return workers.run
    if not _SCHEDULER.fullmatch(scheduler):
        raise UsageError(
            f"--scheduler wants an address such as tcp://10.0.0.1:8786, not {scheduler}"
        )
    from outreach import cluster

    return partial(cluster.run, scheduler)


class _Inputs:
    """The files that a build is made from, and whether somebody changed one meanwhile."""

    def __init__(self, config: Config) -> None:
        """To be made before anything is read."""
        self._root = os.fspath(config.root)
        self._known = {(base := _watched(config)): inputs_digest(self._root, base)}
        self.watched = base

    def add(self, places: Iterable[str]) -> None:
        """Watch what guides point to, too, which is known when they are read."""
        self.watched = replace(self.watched, places=(*self.watched.places, *places))
        self._known[self.watched] = inputs_digest(self._root, self.watched)

    @property
    def digest(self) -> str:
        """Of all that is watched."""
        return self._known[self.watched]

    def same(self) -> bool:
        """Whether everything is as it was when it was looked at first."""
        return all(inputs_digest(self._root, it) == known for it, known in self._known.items())


def _check_usage(asked: Asked) -> None:
    narrowed = asked.languages or asked.guides or asked.formats or asked.variants
    if asked.release and narrowed:
        raise UsageError("a release is always whole: leave -l, -g, --format and --variant out")
    if asked.required and not asked.release:
        raise UsageError("--require belongs to --release")
    _shard(asked)


def _check_release(ctx: click.Context, read: Read, required: Sequence[str]) -> None:
    """Leave, without a release, when something keeps the project from being released."""
    named = [tag for item in required for tag in item.split(",") if tag.strip()]
    wanted = chosen(map(str.strip, named), read.site.languages) if named else []
    problems = list(release_problems(read.site, {language.tag for language in wanted}))
    show(contact_problems(read.site))
    if problems:
        show((*read.problems, *problems))
        click.echo("Nothing was released, and nothing was changed.", err=True)
        finish(ctx, problems)


def _selection(asked: Asked, read: Read) -> builds.Selection:
    languages = chosen(asked.languages, read.site.languages) if asked.languages else ()
    return builds.Selection(
        frozenset(language.tag for language in languages),
        frozenset(known_guides(asked.guides, read.site.sources)),
        asked.formats or builds.FORMATS,
        tuple(it for it in VARIANTS if it in asked.variants or "all" in asked.variants),
        _shard(asked),
    )


def _shard(asked: Asked) -> Shard | None:
    return parse_shard(asked.shard) if asked.shard else None


def _watched(config: Config) -> Watched:
    """Where a project's files lie that a build reads, apart from what guides point to."""
    pattern = config.catalogs.replace("{locale}", config.locale)
    folders = tuple(filter(None, (config.content, config.locale, config.fonts)))
    catalogs = pattern.split("{")[0].rpartition("/")[0]
    return Watched(folders, catalogs, ("outreach.toml", "pyproject.toml"))


def _problems(
    asked: Asked, read: Read, selection: builds.Selection, result: builds.Result
) -> Iterator[Problem]:
    found = read.problems_in(selection.languages) if selection.languages else read.problems
    lighter: Callable[[Problem], Problem] = as_warning
    if not asked.release or result.refused:
        lighter = _as_it_is
    yield from map(lighter, (*found, *result.problems))


def _as_it_is(problem: Problem) -> Problem:
    return problem


def _told(asked: Asked, result: builds.Result, problems: Sequence[Problem]) -> Told:
    kind = "left out" if asked.release else "skipped"
    return Told(
        (
            *report.lines(problems),
            *(f"older version: {text}" for text in result.older),
            *(f"{kind}: {text}" for text in result.skipped),
        ),
        tuple(sheet_lines(result.sheets, result.refused)) if asked.printed else (),
        f"{report.number_of(result.files, 'file')}, "
        f"{report.number_of(result.pages, 'printed page')}",
        report.counts(problems),
    )


def _made(result: builds.Result) -> str:
    """How much of it was made, where it is not all of it."""
    if not result.made:
        return UP_TO_DATE
    return f"{result.made} made anew" if result.made < result.outputs else ""


def _progress(done: int, total: int) -> None:
    """A line that counts, on a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r{done} of {total} rendered", err=True, nl=done == total)
