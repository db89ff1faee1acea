"""The command line starts fast: it imports what a command needs, when it needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from projects import GUIDE, ROOT, run, write

import outreach
from outreach.cli import main
from outreach.cli.main import Later

HEAVY = frozenset(
    {
        *("babel", "fontTools", "icu4py", "jinja2", "markdown_it", "polib", "pydyf", "rapidfuzz"),
        *("segno", "textstat", "tomli_w", "uharfbuzz", "weasyprint", "yaml"),
        *("asyncio", "concurrent", "email", "http", "importlib.metadata", "importlib.resources"),
        *("logging", "multiprocessing", "socket", "ssl", "subprocess", "urllib.request", "xml"),
    }
)
LIGHT = frozenset({"outreach", "outreach.cli", "outreach.cli.codes", "outreach.cli.main"})
PROVING = frozenset(
    f"outreach.{name}"
    for name in ("cli.asked", "codec", "dates", "inputs", "proof", "store", "versions")
)
"""What a build needs to know that there is nothing to do."""
COMMANDS = sorted(main.commands)


def imported(code: str, *argv: str) -> frozenset[str]:
    """The modules that are there when a program ends, in a process of its own."""
    program = (
        "import atexit, sys\n"
        "sys.argv = ['outreach', *sys.argv[1:]]\n"
        "before = frozenset(sys.modules)\n"
        "@atexit.register\n"
        "def tell(): print('\\n'.join(['---', *(set(sys.modules) - before)]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program + code, *argv],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return frozenset(done.stdout.split("---\n")[-1].splitlines())


def ours(modules: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in modules if name.split(".")[0] == "outreach")


def heavy(modules: frozenset[str]) -> frozenset[str]:
    return frozenset(
        name for name in modules if any(f"{name}.".startswith(f"{it}.") for it in HEAVY)
    )


ENTRIES = {
    "script": "from outreach.cli import main; main()",
    "module": "import runpy; runpy.run_module('outreach', run_name='__main__')",
}


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_version_and_the_help_import_nothing_of_a_command(entry: str, option: str) -> None:
    modules = imported(ENTRIES[entry], option)
    assert ours(modules) <= LIGHT | {"outreach.__main__"}
    assert "click" in modules
    assert heavy(modules) == frozenset()
    assert not modules & {"dataclasses", "json", "pathlib", "tomllib"}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_imports_that_command_alone(command: str) -> None:
    modules = imported(ENTRIES["script"], command, "--help")
    module = {"init": "update", "merge-po": "merge_po"}.get(command, command)
    shared = {"outreach.cli.common", "outreach.report"} if command != "build" else PROVING
    assert ours(modules) == LIGHT | {*shared, f"outreach.cli.{module}", "outreach.model"}
    assert heavy(modules) == frozenset()


def test_the_list_of_commands_says_what_each_says_of_itself() -> None:
    for listed in main.commands.values():
        assert isinstance(listed, Later)
        command = listed.load()
        assert command.name == listed.name
        for limit in (20, 45, 60, 80, 200):
            assert listed.get_short_help_str(limit) == command.get_short_help_str(limit)
        assert (command.hidden, command.deprecated) == (listed.hidden, listed.deprecated)


def test_every_module_of_the_command_line_has_its_command_in_the_list() -> None:
    shared = {"__init__", "asked", "building", "codes", "common", "main"}
    modules = {path.stem for path in (ROOT / "outreach/cli").glob("*.py")} - shared
    loaded = [item.load() for item in main.commands.values() if isinstance(item, Later)]
    assert modules == {
        command.callback.__module__.split(".")[-1] for command in loaded if command.callback
    }


def test_a_mistyped_command_is_advised_upon() -> None:
    outcome = run(ROOT, "biuld")
    assert outcome.code == 2
    assert "Did you mean 'build'?" in outcome.err


def completed(args: list[str], begun: str) -> dict[str, str | None]:
    """What a shell offers for a word that was begun."""
    found = ShellComplete(main, {}, "outreach", "_OUTREACH_COMPLETE").get_completions(args, begun)
    return {item.value: item.help for item in found}


def test_a_shell_completes_commands_and_their_options() -> None:
    assert completed([], "m") == {
        name: main.commands[name].get_short_help_str() for name in ("machine", "merge-po", "move")
    }
    assert completed(["build"], "--rel").keys() == {"--release"}
    assert completed(["build", "--format"], "").keys() == {"html", "pdf"}


def test_a_project_says_its_version_without_being_read(tmp_path: Path) -> None:
    write(tmp_path, {"outreach.toml": "this is no TOML", "content/en/a.md": GUIDE})
    outcome = run(tmp_path, "--version")
    assert (outcome.code, outcome.out) == (0, f"outreach {outreach.__version__}\n")
