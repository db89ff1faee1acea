"""`outreach diff`: show what changed since a revision, for a reviewer."""

from __future__ import annotations

import os
import sys

import click

from outreach.cli.common import chosen, config_of, finish


@click.command()
@click.argument("base")
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="For people, for other programs, or for the summary of a CI job.",
)
@click.pass_context
def diff(ctx: click.Context, *, base: str, languages: tuple[str, ...], form: str) -> None:
    """Show what changed in guides and translations since BASE.

    BASE is a revision of git, such as main or HEAD~1. `main...` means where the work here began to
    differ from main: right for a pull request. The files are compared as they are now, committed or
    not, and both sides are read with the present configuration.
    """
    from outreach import changes

    config = config_of(ctx)
    with changes.project_at(config, base) as past:
        wanted = chosen(languages, changes.languages(config, past))
        found = changes.compare(config, past, wanted)
    if form == "text":
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        click.echo(changes.as_text(found, colour=colour))
    else:
        click.echo(changes.as_json(found) if form == "json" else changes.as_markdown(found))
    finish(ctx, found.problems)
