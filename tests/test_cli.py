"""The command line: exit codes, help, and what each command prints."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from projects import GUIDE, ROOT, SPANISH, build, call, catalog, files, po, run, write

COMMANDS = (
    "build",
    "changes",
    "check",
    "diff",
    "fonts",
    "init",
    "machine",
    "merge-po",
    "move",
    "review",
    "status",
    "update",
    "withdraw",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A guide in Spanish, complete, and in Arabic, with one message and one that is fuzzy."""
    arabic = dict.fromkeys(SPANISH, "") | {"Clean hands": "أيدٍ نظيفة", "After work": "بعد العمل"}
    return write(
        tmp_path,
        {
            "content/en/a.md": GUIDE,
            catalog("a"): po(SPANISH),
            catalog("a", "ar"): po(arabic, "Language: ar", fuzzy="After work"),
        },
    )


def test_python_m_outreach_is_the_command() -> None:
    outcome = call("--version")
    assert (outcome.code, outcome.out) == (0, f"outreach {version('outreach')}\n")
    script = Path(sys.executable).with_name("outreach")
    command = subprocess.run([script, "--version"], capture_output=True, check=False)
    assert command.stdout.decode() == outcome.out


def test_help_lists_every_command() -> None:
    for flag in ("-h", "--help"):
        outcome = run(ROOT, flag)
        assert outcome.code == 0
        listed = outcome.out.split("Commands:\n")[1]
        assert re.findall(r"^  ([\w-]+)  +[A-Z].*\.$", listed, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_has_help(command: str) -> None:
    for flag in ("-h", "--help"):
        outcome = run(ROOT, command, flag)
        assert outcome.code == 0
        assert outcome.out.startswith(f"Usage: outreach {command} [OPTIONS]")
        options = outcome.out.split("Options:\n")[1]
        each = re.split(r"\n(?=  -)", options.strip("\n"))
        assert all(part.endswith((".", "]")) for part in each)


def test_without_a_command_there_is_help() -> None:
    outcome = call()
    assert outcome.code == 2
    assert "Commands:" in outcome.out + outcome.err


@pytest.mark.parametrize(
    "args",
    [
        ("bild",),
        ("--projekt", ".", "check"),
        ("check", "--json"),
        ("check", "xq"),
        ("check", "fr"),
        ("status", "fr"),
        ("update", "fr"),
        ("init",),
        ("init", "es", "ar"),
        ("build", "-l"),
        ("build", "--format", "epub"),
    ],
)
def test_a_wrong_call_is_exit_2_with_advice(args: tuple[str, ...], project: Path) -> None:
    before = files(project)
    outcome = run(project, *args)
    assert outcome.code == 2
    assert "Error: " in outcome.err
    assert outcome.out == ""
    assert files(project) == before


def test_the_project_is_this_folder_or_another(project: Path) -> None:
    here = call("check", cwd=project)
    there = call("--project", project.name, "check", cwd=project.parent)
    assert (here.code, here.out) == (there.code, there.out)
    assert here.code == 0


def test_a_project_that_is_a_file_is_a_wrong_call(project: Path) -> None:
    assert run(project / "content/en/a.md", "check").code == 2


def test_output_can_be_cut_off(project: Path) -> None:
    cut = f"{sys.executable} -m outreach --project {project} status --json | head -n 1"
    done = subprocess.run(["bash", "-c", cut], capture_output=True, text=True, check=True)
    assert done.stdout == "[\n"
    assert "Traceback" not in done.stderr


def test_works_without_a_terminal_s_encoding(project: Path) -> None:
    command = ["env", "-i", "LC_ALL=C", "PYTHONUTF8=0", "PYTHONCOERCECLOCALE=0"]
    command += [sys.executable, "-m", "outreach", "--project", str(project)]
    write(project, {catalog("a"): po(SPANISH | {"Clean hands": "健康 <b>"})})
    for args in (("check",), ("status",), ("status", "--json")):
        done = subprocess.run([*command, *args], capture_output=True, check=False)
        assert done.returncode in (0, 1)
        assert b"Traceback" not in done.stderr


# check


def test_check_of_a_good_project_says_so(project: Path) -> None:
    outcome = run(project, "check")
    assert outcome.code == 0
    assert outcome.out == "2 languages checked: no problems.\n"
    assert outcome.err == ""


def test_check_tells_every_problem_once_in_order_and_writes_nothing(project: Path) -> None:
    write(
        project,
        {
            "content/en/b.md": "# B\n\n![x](y.png)\n\n![x](https://a.example/z.png)\n",
            catalog("a"): po(SPANISH | {"After work": "[x](javascript:alert(1))"}),
        },
    )
    before = files(project)
    outcome = run(project, "check")
    assert outcome.code == 1
    lines = outcome.err.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        ["content/en/b.md:3", "error"],
        ["content/en/b.md:5", "warning"],
        ["locale/es/LC_MESSAGES/a.po:15", "error"],
        ["locale/es/LC_MESSAGES/a.po:15", "error"],
    ]
    assert outcome.out == "2 languages checked: 3 errors, 1 warning.\n"
    assert files(project) == before


def test_check_of_one_language_reads_no_other(project: Path) -> None:
    write(project, {catalog("a"): b'msgid "x\n'})
    assert run(project, "check", "ar").code == 0
    outcome = run(project, "check", "es")
    assert outcome.code == 1
    assert outcome.err.startswith(f"{catalog('a')}:1: error: ")


def test_check_warns_of_a_catalog_in_the_wrong_place(project: Path) -> None:
    write(project, {catalog("a"): po(SPANISH, "Language: fr")})
    outcome = run(project, "check", "es")
    assert outcome.code == 0
    assert "the header says that the language is fr" in outcome.err


# Exit codes of build


def test_untranslated_text_and_skipped_guides_are_no_failure(project: Path) -> None:
    outcome = build(project)
    assert outcome.code == 0
    assert outcome.err == "skipped: Arabic: a (25 percent)\n"


def test_problems_go_to_standard_error_and_results_to_standard_output(project: Path) -> None:
    write(project, {"content/en/b.md": "![x](y.png)\n"})
    outcome = build(project)
    assert outcome.out == ""
    assert outcome.err.splitlines()[-1] == "Nothing was built: mend the guides first."
