"""What the commands share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

import click

from outreach import report
from outreach.cli.codes import PROBLEMS
from outreach.model import Language, Problem, UsageError

if TYPE_CHECKING:
    from outreach.config import Config


def config_of(ctx: click.Context) -> Config:
    """The configuration of the project that the command was called for."""
    from outreach.config import load_config

    return load_config(ctx.obj)


def chosen(tags: Iterable[str], among: Sequence[Language]) -> list[Language]:
    """The languages named on the command line, all of them when none is named.

    Raises UsageError for one that the project does not have.
    """
    by_tag = {language.tag: language for language in among}
    wanted = list(dict.fromkeys(known_tag(tag) for tag in tags))
    for tag in wanted:
        if tag not in by_tag:
            have = ", ".join(by_tag) or "none"
            raise UsageError(
                f"the project has no language {tag} (it has: {have}); "
                f"start it with `outreach init {tag}`"
            )
    return [by_tag[tag] for tag in wanted] or list(among)


def kept_up(config: Config, languages: Iterable[Language]) -> list[Language]:
    """The languages without those that are retired, of which a line tells."""
    from outreach.dates import today

    retired = config.retired_on(today())
    kept = []
    for language in languages:
        if language.tag in retired:
            since = f"retired since {config.retired[language.tag]}"
            click.echo(f"{language.english_name} ({language.tag}) is {since}: left alone", err=True)
        else:
            kept.append(language)
    return kept


def known_tag(tag: str) -> str:
    """A language's tag from either spelling. Raises UsageError when there is no such language."""
    from outreach.languages import UnknownLanguage, canonical, find

    try:
        return find(canonical(tag)).tag
    except UnknownLanguage as error:
        raise UsageError(str(error)) from None


def known_guides(names: Iterable[str], known: Collection[str]) -> list[str]:
    """Guide names from the command line, as files or as names. Raises UsageError if unknown."""
    from difflib import get_close_matches

    from outreach.guides import guide_name

    wanted = [guide_name(f"{name.removesuffix('.md')}.md") for name in names]
    for name in wanted:
        if name not in known:
            near = get_close_matches(name, known, n=3) or list(known)[:10]
            raise UsageError(f"there is no guide {name}; there is: {', '.join(near) or 'none'}")
    return wanted


def show(problems: Iterable[Problem]) -> None:
    """Print problems, one a line, to standard error."""
    for line in report.lines(problems):
        click.echo(line, err=True)


def finish(ctx: click.Context, problems: Sequence[Problem]) -> NoReturn:
    """Leave with the exit code that the problems call for."""
    ctx.exit(PROBLEMS if report.has_errors(problems) else 0)
