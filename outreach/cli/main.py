"""The command group, and the one place where errors become exit codes.

0 means good, 1 that problems were found in the content, 2 that the command was called wrongly.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from outreach.cli.build import build
from outreach.cli.changes import changes
from outreach.cli.check import check
from outreach.cli.common import INTERRUPTED, PROBLEMS
from outreach.cli.diff import diff
from outreach.cli.fonts import fonts
from outreach.cli.machine import machine
from outreach.cli.merge_po import merge_po
from outreach.cli.move import move
from outreach.cli.review import review
from outreach.cli.status import status
from outreach.cli.update import init, update_
from outreach.cli.withdraw import withdraw
from outreach.model import OutreachError, UsageError


class Group(click.Group):
    """Turns what outreach raises into messages and exit codes."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise click.UsageError(str(error)) from None
        except OutreachError as error:
            click.echo(str(error.problem), err=True)
            ctx.exit(PROBLEMS)
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(PROBLEMS)
        except OSError as error:
            # What no stage could do anything about, such as a full disk behind standard output.
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"{place}error: {(error.strerror or str(error)).lower()}", err=True)
            ctx.exit(PROBLEMS)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="outreach", message="outreach %(version)s")
@click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    show_default="this folder",
    help="Folder of the project.",
)
@click.pass_context
def main(ctx: click.Context, project: Path) -> None:
    """Write health guides in plain Markdown, translate them, print them in any script."""
    ctx.obj = project


for command in (
    *(build, changes, check, diff, fonts, init, machine, merge_po, move, review, status),
    *(update_, withdraw),
):
    main.add_command(command)
