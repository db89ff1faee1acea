"""`outreach status`: say how much of each guide is translated."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from outreach.cli.common import chosen, config_of, finish, show

if TYPE_CHECKING:
    from outreach.status import Group


@click.command()
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.pass_context
def status(ctx: click.Context, *, languages: tuple[str, ...], as_json: bool) -> None:
    """Show how much of each guide is translated, and what there is to do first."""
    from outreach import project as projects
    from outreach import status as statuses
    from outreach.ages import read_ages
    from outreach.reading import read_project

    config = config_of(ctx)
    read = read_project(config, chosen(languages, projects.languages(config)))
    sources = [read.site.sources[guide] for guide in sorted(statuses.untranslated(read.site))]
    groups = statuses.groups(read.site, read_ages(config.root, sources))
    show(problem for problem in read.problems if problem.severity == "error")
    # JSON is UTF-8 everywhere.
    click.echo(statuses.as_json(groups).encode() if as_json else _table(groups))
    finish(ctx, read.problems)


def _table(groups: Sequence[Group]) -> str:
    """The table for where it is shown, with `?` for what cannot be written there."""
    from shutil import get_terminal_size

    from outreach.status_table import as_bars, as_plain

    encoding = sys.stdout.encoding or "utf-8"
    if sys.stdout.isatty():
        table = as_bars(groups, get_terminal_size().columns, encoding)
    else:
        table = as_plain(groups)
    return table.encode(encoding, "replace").decode(encoding)
