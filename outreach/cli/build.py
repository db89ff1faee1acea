"""`outreach build`: make pages and sheets to print."""

from __future__ import annotations

import time
from pathlib import Path
from typing import get_args

import click

from outreach.cli.asked import FORMATS, Asked, Built
from outreach.cli.codes import PROBLEMS
from outreach.model import Variant
from outreach.proof import unchanged


@click.command()
@click.option("-l", "--language", "languages", multiple=True, help="Only this language.")
@click.option("-g", "--guide", "guides", multiple=True, help="Only this guide.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
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
@click.option("--force", is_flag=True, help="Make everything again, also what is up to date.")
@click.option(
    "--shard",
    default="",
    metavar="PART/PARTS",
    help="Only this part of all, such as 2/5, for several machines. Together they make it all.",
)
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="Draw sheets on the Dask cluster there, such as tcp://10.0.0.1:8786.",
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
    force: bool,
    shard: str,
    scheduler: str,
) -> None:
    """Make pages and sheets to print, in every language: those that are not up to date."""
    started = time.monotonic()
    asked = Asked(
        languages, guides, formats, variants, output, release, required, force, shard, scheduler
    )
    told = None if force else unchanged(ctx.obj, output, asked.name)
    if told is None:
        # What builds is imported where there is something to build.
        from outreach.cli.building import run_build

        built = run_build(ctx, asked)
    else:
        built = Built(told)
    for line in built.told.errors:
        click.echo(line, err=True)
    for line in built.told.lines:
        click.echo(line)
    seconds = f"{time.monotonic() - started:.1f} seconds"
    memory = f"{built.memory} MB a worker" if built.memory else ""
    parts = (built.told.counted, built.made, seconds, memory, built.told.problems)
    click.echo(f"{', '.join(filter(None, parts))}.")
    ctx.exit(PROBLEMS if built.failed else 0)
