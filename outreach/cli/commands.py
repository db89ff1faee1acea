"""The commands: each loads, calls, writes and reports."""

from __future__ import annotations

import difflib
import sys
import time
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import click

from outreach import project as projects
from outreach import report, update
from outreach.cli.common import chosen, config_of, finish, known_tag, show
from outreach.guides import guide_name
from outreach.languages import find
from outreach.model import Language, Message, UsageError


@click.command()
@click.argument("language")
@click.pass_context
def init(ctx: click.Context, *, language: str) -> None:
    """Start a LANGUAGE, such as es, zh-Hans or pt_BR: begin its catalogs."""
    config = config_of(ctx)
    tag = known_tag(language)
    if tag == config.source_language:
        raise UsageError(f"{tag} is the language of the guides; it needs no catalogs")
    if config.languages and tag not in config.languages:
        click.echo(f'Add "{tag}" to `languages` in {config.file}, so that it is built.', err=True)
    _update(ctx, [find(tag)])


@click.command(name="update")
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@click.option("--templates", is_flag=True, help="Only extract: write the templates (.pot).")
@click.option("--prune", is_flag=True, help="Remove the catalogs of guides that are gone.")
@click.pass_context
def update_(
    ctx: click.Context, *, languages: tuple[str, ...], templates: bool, prune: bool
) -> None:
    """Bring templates and catalogs up to date with the guides."""
    if templates and languages:
        raise UsageError("--templates writes no catalogs, so it takes no languages")
    known = () if templates else chosen(languages, projects.languages(config_of(ctx)))
    _update(ctx, known, prune=prune)


def _update(ctx: click.Context, languages: Sequence[Language], *, prune: bool = False) -> None:
    config = config_of(ctx)
    sources, problems = projects.read_sources(config)
    if report.has_errors(problems):
        show(problems)
        click.echo("Nothing was written: mend the guides first.", err=True)
        finish(ctx, problems)
    plans = [update.plan_templates(config, sources)]
    if languages:
        plans.append(update.plan_catalogs(config, sources, languages, _interface))
    plan = update.joined(plans)
    touched = update.apply(config, plan, prune=prune)
    problems += plan.problems
    if not prune:
        problems += map(update.gone_problem, plan.gone)
    show(problems)
    for path in touched:
        click.echo(path)
    if touched or not report.has_errors(problems):
        written = f"{report.number_of(len(touched), 'file')} written."
        click.echo(written if touched else "Everything is up to date.")
    finish(ctx, problems)


def _interface(language: Language) -> tuple[Message, ...]:
    """The interface's messages, for a language in which the package does not have them."""
    from outreach.interface import packaged_template, ships

    return () if ships(language) else packaged_template()


@click.command()
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@click.pass_context
def check(ctx: click.Context, *, languages: tuple[str, ...]) -> None:
    """Read guides and catalogs, and say what should be mended, and where."""
    from outreach.build import read_project

    config = config_of(ctx)
    wanted = chosen(languages, projects.languages(config))
    problems = read_project(config, wanted).problems
    show(problems)
    checked = report.number_of(len(wanted), "language")
    click.echo(f"{checked} checked: {report.counts(problems)}.")
    finish(ctx, problems)


@click.command()
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.pass_context
def status(ctx: click.Context, *, languages: tuple[str, ...], as_json: bool) -> None:
    """Show how much of each guide is translated."""
    from outreach import status as statuses
    from outreach.build import read_project

    config = config_of(ctx)
    wanted = chosen(languages, projects.languages(config))
    read = read_project(config, wanted)
    rows = statuses.rows(read.site)
    show(problem for problem in read.problems if problem.severity == "error")
    click.echo(statuses.as_json(rows) if as_json else statuses.as_table(rows))
    finish(ctx, read.problems)


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
    output: Path | None,
) -> None:
    """Make pages and sheets to print, in every language."""
    from outreach import build as builds

    started = time.monotonic()
    config = config_of(ctx)
    read = builds.read_project(config)
    if report.has_errors(read.guide_problems):
        show(read.problems)
        click.echo("Nothing was built: mend the guides first.", err=True)
        finish(ctx, read.problems)
    selection = builds.Selection(
        frozenset(language.tag for language in chosen(languages, read.site.languages))
        if languages
        else frozenset(),
        frozenset(_known_guides(guides, read.site.sources)),
        formats or builds.FORMATS,
    )
    folder = output or config.root / config.build
    result = builds.build(read, selection, folder, _progress)
    found = read.problems_in(selection.languages) if selection.languages else read.problems
    problems = (*found, *result.problems)
    show(problems)
    for text in result.skipped:
        click.echo(f"skipped: {text}", err=True)
    seconds = time.monotonic() - started
    click.echo(
        f"{report.number_of(result.files, 'file')}, "
        f"{report.number_of(result.pages, 'printed page')}, {seconds:.1f} seconds, "
        f"{report.counts(problems)}."
    )
    finish(ctx, problems)


def _known_guides(names: Iterable[str], known: Collection[str]) -> list[str]:
    """Guide names from the command line, as files or as names. Raises UsageError if unknown."""
    wanted = [guide_name(f"{name.removesuffix('.md')}.md") for name in names]
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3) or list(known)[:10]
            raise UsageError(f"there is no guide {name}; there is: {', '.join(near) or 'none'}")
    return wanted


def _progress(done: int, total: int) -> None:
    """A line that counts, on a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r{done} of {total} rendered", err=True, nl=done == total)


ALL = (build, check, init, status, update_)
