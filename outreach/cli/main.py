"""The command group, and the one place where errors become exit codes.

0 means good, 1 that problems were found in the content, 2 that the command was called wrongly.
What is imported here is imported for `outreach --version` too: click, and nothing else.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from outreach import __version__
from outreach.cli.codes import INTERRUPTED, PROBLEMS

_COMMANDS = {
    "build": "Make pages and sheets to print, in every language: those that are not up to date.",
    "changes": "Show what changed in the guides since each translation was reviewed.",
    "check": "Read guides and catalogs, and say what should be mended, and where.",
    "diff": "Show what changed in guides and translations since BASE.",
    "fonts": "List the fonts of printed sheets, where they come from, and their licences.",
    "init": "Start a LANGUAGE, such as es, zh-Hans or pt_BR: begin its catalogs.",
    "machine": "Record that a machine made the translations that LANGUAGE has now.",
    "merge-po": "Merge two versions of a catalog, message by message.",
    "move": "Rename the guide OLD to NEW, with its catalogs, sign-offs and kept editions.",
    "review": "Sign off the translation of GUIDE into LANGUAGE, after showing what is signed.",
    "status": "Show how much of each guide is translated, and what there is to do first.",
    "update": "Bring templates and catalogs up to date with the guides.",
    "withdraw": "Call back the signed sheet of a GUIDE in a LANGUAGE.",
}
"""The first paragraph of each command's help, so that the list needs none of their modules."""
_MODULES = {"init": "update"}
"""The module of a command that has another name."""


class Group(click.Group):
    """Turns what outreach raises into messages and exit codes."""

    def invoke(self, ctx: click.Context) -> object:
        from outreach.model import OutreachError, UsageError

        try:
            with _ended_like_ctrl_c():
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
            _give_output_up()
            ctx.exit(PROBLEMS)


def _give_output_up() -> None:
    """Let what is left of standard output go nowhere: Python tries again at its end, and fails."""
    import os
    from contextlib import suppress

    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    """Let what systems send to end a program, SIGTERM, end a command as Ctrl-C does."""
    import signal
    from threading import current_thread, main_thread

    if current_thread() is not main_thread():  # there, signals cannot be asked for
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Later(click.Command):
    """A command as it stands in the list; its module is imported when it is called."""

    def load(self) -> click.Command:
        """The command itself."""
        name = str(self.name).replace("-", "_")
        command = getattr(import_module(f"outreach.cli.{_MODULES.get(name, name)}"), name)
        if not isinstance(command, click.Command):
            raise TypeError(name)
        return command

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401  as click has it
    ) -> click.Context:
        """That of the command itself, in which click finds all that it does next."""
        return self.load().make_context(info_name, args, parent, **extra)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="outreach %(version)s")
@click.option(
    "--project",
    type=click.Path(file_okay=False),
    default=".",
    show_default="this folder",
    help="Folder of the project.",
)
@click.pass_context
def main(ctx: click.Context, project: str) -> None:
    """Write health guides in plain Markdown, translate them, print them in any script."""
    from pathlib import Path

    ctx.obj = Path(project)


# Else Python looks for garbage in all that was read, when it is about to throw all of it away.
atexit.register(gc.freeze)

for _name, _help in _COMMANDS.items():
    main.add_command(Later(_name, help=_help))
