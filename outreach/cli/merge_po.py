"""`outreach merge-po`: git's merge driver for catalogs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from outreach.cli.codes import PROBLEMS
from outreach.cli.common import show
from outreach.model import OutreachError, UsageError


@click.command(name="merge-po")
@click.argument("files", nargs=-1, metavar="BASE OURS THEIRS [PATH]")
@click.option("--install", is_flag=True, help="Set it up in this repository, and merge nothing.")
@click.option("--ours", "our_label", default="", metavar="NAME", help="What to call our side.")
@click.option("--theirs", "their_label", default="", metavar="NAME", help="And what theirs.")
@click.option(
    "--marker-size",
    type=click.IntRange(7, 500, clamp=True),
    default=7,
    show_default=True,
    help="Length of the marks of a conflict.",
)
@click.pass_context
def merge_po(
    ctx: click.Context,
    *,
    files: tuple[str, ...],
    install: bool,
    our_label: str,
    their_label: str,
    marker_size: int,
) -> None:
    """Merge two versions of a catalog, message by message.

    Git calls it with BASE, what both began with, OURS and THEIRS. The result is written to OURS;
    PATH is what messages call it.
    """
    from outreach import driver
    from outreach.catalog.three_way import Labels
    from outreach.files import write_bytes

    if install:
        if files:
            raise UsageError("--install merges nothing, so it takes no files")
        click.echo("\n".join(driver.install(ctx.obj)))
        return
    versions = driver.Files(*_checked(files))
    labels = Labels(_label(our_label, "ours"), _label(their_label, "theirs"), marker_size)
    try:
        result = driver.merge_files(versions, labels)
        write_bytes(versions.ours, result.data, versions.path)
    except OutreachError as error:
        show([error.problem])
        ctx.exit(driver.FAILED)
    show(result.problems)
    ctx.exit(PROBLEMS if result.conflicts else 0)


def _checked(files: Sequence[str]) -> tuple[Path, Path, Path, str]:
    """The files from the command line. Raises UsageError unless all are named and there."""
    if len(files) not in (3, 4):
        raise UsageError("give three files, and what messages call the second: BASE OURS THEIRS")
    base, ours, theirs = map(Path, files[:3])
    for file in (base, ours, theirs):
        if not file.is_file():
            raise UsageError(f"there is no file {file}")
    return base, ours, theirs, files[-1] if len(files) == 4 else files[1]


def _label(given: str, name: str) -> str:
    """The name that git gives a side; git before 2.44 has none, and leaves `%X` as it is."""
    return name if given in ("", "%X", "%Y") else given
