"""`outreach build`: make pages and sheets to print."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from outreach import report
from outreach.cli.common import chosen, config_of, finish, known_guides, show
from outreach.config import VARIANTS
from outreach.sheet.report import sheet_lines


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
    type=click.Choice([*VARIANTS, "all"]),
    help="Only sheets of this form.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Build into this folder.",
)
@click.pass_context
def build(
    ctx: click.Context,
    languages: tuple[str, ...],
    guides: tuple[str, ...],
    formats: tuple[str, ...],
    variants: tuple[str, ...],
    output: Path | None,
) -> None:
    """Make pages and sheets to print, in every language."""
    from outreach import build as builds

    started = time.monotonic()
    config = config_of(ctx)
    wanted = formats or builds.FORMATS
    read = builds.read_project(config, fonts=builds.PDF in wanted)
    if report.has_errors(read.guide_problems):
        show(read.problems)
        click.echo("Nothing was built: mend the guides first.", err=True)
        finish(ctx, read.problems)
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
    show(problems)
    for text in result.skipped:
        click.echo(f"skipped: {text}", err=True)
    if builds.PDF in wanted:
        for line in sheet_lines(result.sheets, result.refused):
            click.echo(line)
    seconds = time.monotonic() - started
    click.echo(
        f"{report.number_of(result.files, 'file')}, "
        f"{report.number_of(result.pages, 'printed page')}, {seconds:.1f} seconds, "
        f"{report.counts(problems)}."
    )
    finish(ctx, problems)


def _progress(done: int, total: int) -> None:
    """A line that counts, on a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r{done} of {total} rendered", err=True, nl=done == total)
