"""`outreach changes`: what changed in the guides since translations were reviewed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from outreach.cli.common import chosen, config_of, finish, show
from outreach.model import Problem

_ENDINGS = {".html": "html", ".htm": "html", ".json": "json"}


@click.command()
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@click.option(
    "--since",
    metavar="DATE|REV",
    help="Since the beginning of a day, such as 2026-03-01, or a revision of git.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    help="For a terminal, for other programs, or as a page for a translator.  "
    "[default: as the file's name ends, else text]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write it into this file.",
)
@click.pass_context
def changes(
    ctx: click.Context,
    *,
    languages: tuple[str, ...],
    since: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Show what changed in the guides since each translation was reviewed.

    With --since all languages are compared with the guides as they were then. The guides are read
    as they are now, committed or not.
    """
    from outreach import project as projects
    from outreach import staleness
    from outreach.changes import project_at
    from outreach.changes.compare import unreadable
    from outreach.reading import read_project

    config = config_of(ctx)
    wanted = chosen(languages, projects.languages(config))
    revision = None if since is None else staleness.revision_of(config, since)
    read = read_project(config, wanted, fonts=False)
    if revision is None:
        report = staleness.since_review(read, wanted)
    else:
        with project_at(config, revision) as past:
            report = staleness.since_revision(read, wanted, past, since or "")
    kind = form or _ENDINGS.get(output.suffix.lower() if output else "", "text")
    if kind == "text":
        colour = output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
        text = staleness.as_text(report, colour=colour)
    else:
        text = staleness.as_json(report) if kind == "json" else staleness.as_html(report)
    _write(text, output, plain=kind == "text")
    problems = [*unreadable(read), *_of_records(read.catalog_problems.values())]
    show(problems)
    finish(ctx, problems)


def _write(text: str, output: Path | None, *, plain: bool) -> None:
    """Put a report into a file, or print it: text with `?` for what cannot be written there."""
    from outreach.files import write_bytes

    if output:
        write_bytes(output, f"{text}\n".encode(), str(output))
    elif plain:
        encoding = sys.stdout.encoding or "utf-8"
        click.echo(text.encode(encoding, "replace").decode(encoding))
    else:
        click.echo(text.encode())


def _of_records(found: Iterable[Iterable[Problem]]) -> Iterator[Problem]:
    """What is wrong with the records, so that something was not compared."""
    return (problem for problems in found for problem in problems if problem.rule == "record")
