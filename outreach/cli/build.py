"""`outreach build`: make pages and sheets to print."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from outreach import report
from outreach.cli.common import chosen, config_of, finish, known_guides, show
from outreach.model import UsageError, Variant

if TYPE_CHECKING:
    from outreach.reading import Read


@click.command()
@click.option("-l", "--language", "languages", multiple=True, help="Only this language.")
@click.option("-g", "--guide", "guides", multiple=True, help="Only this guide.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["html", "pdf"]),
    help="Only pages, or only sheets to print.",
)
@click.option(
    "--variant",
    "variants",
    multiple=True,
    type=click.Choice([*get_args(Variant), "all"]),
    help="Only sheets of this form.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Build into this folder.",
)
@click.option(
    "--release",
    is_flag=True,
    help="Only what was reviewed, and notices in the place of the rest. Always of all guides.",
)
@click.option(
    "--require",
    "required",
    multiple=True,
    metavar="LANGUAGES",
    help="Release nothing unless every guide is ready in these, such as es,ar.",
)
@click.pass_context
def build(  # noqa: PLR0913  what can be asked of a build
    ctx: click.Context,
    *,
    languages: tuple[str, ...],
    guides: tuple[str, ...],
    formats: tuple[str, ...],
    variants: tuple[str, ...],
    output: Path | None,
    release: bool,
    required: tuple[str, ...],
) -> None:
    """Make pages and sheets to print, in every language."""
    from outreach import build as builds
    from outreach.config import VARIANTS
    from outreach.reading import read_project
    from outreach.release import as_warning
    from outreach.sheet.report import sheet_lines

    started = time.monotonic()
    config = config_of(ctx)
    wanted = formats or builds.FORMATS
    if release and (languages or guides or formats or variants):
        raise UsageError("a release is always whole: leave -l, -g, --format and --variant out")
    if required and not release:
        raise UsageError("--require belongs to --release")
    read = read_project(config, fonts=builds.PDF in wanted, release=release, editions=True)
    if report.has_errors(read.guide_problems):
        show(read.problems)
        click.echo("Nothing was built: mend the guides first.", err=True)
        finish(ctx, read.problems)
    if release:
        _check_release(ctx, read, required)
    selection = builds.Selection(
        frozenset(language.tag for language in chosen(languages, read.site.languages))
        if languages
        else frozenset(),
        frozenset(known_guides(guides, read.site.sources)),
        wanted,
        tuple(it for it in VARIANTS if it in variants or "all" in variants),
    )
    folder = output or config.root / config.build
    result = builds.build(read, selection, folder, _progress)
    found = read.problems_in(selection.languages) if selection.languages else read.problems
    problems = (*found, *result.problems)
    if release and not result.refused:
        problems = tuple(map(as_warning, problems))
    show(problems)
    for text in result.older:
        click.echo(f"older version: {text}", err=True)
    for text in result.skipped:
        click.echo(f"{'left out' if release else 'skipped'}: {text}", err=True)
    if builds.PDF in wanted:
        for line in sheet_lines(result.sheets, result.refused):
            click.echo(line)
    seconds = time.monotonic() - started
    memory = f"{result.memory} MB a worker, " if result.memory else ""
    click.echo(
        f"{report.number_of(result.files, 'file')}, "
        f"{report.number_of(result.pages, 'printed page')}, {seconds:.1f} seconds, {memory}"
        f"{report.counts(problems)}."
    )
    finish(ctx, problems)


def _check_release(ctx: click.Context, read: Read, required: Sequence[str]) -> None:
    """Leave, without a release, when something keeps the project from being released."""
    from outreach.release import contact_problems, release_problems

    named = [tag for item in required for tag in item.split(",") if tag.strip()]
    wanted = chosen(map(str.strip, named), read.site.languages) if named else []
    problems = list(release_problems(read.site, {language.tag for language in wanted}))
    show(contact_problems(read.site))
    if problems:
        show((*read.problems, *problems))
        click.echo("Nothing was released, and nothing was changed.", err=True)
        finish(ctx, problems)


def _progress(done: int, total: int) -> None:
    """A line that counts, on a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r{done} of {total} rendered", err=True, nl=done == total)
