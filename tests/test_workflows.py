"""What runs on GitHub: workflows that may do no more than they need, and the one that updates."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from projects import ROOT, Outcome, write

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WRITERS = {"update.yml": {"contents": "write", "pull-requests": "write"}}
"""Workflows with a job that may write, and what."""
BOT = "41898282+github-actions[bot]@users.noreply.github.com"
PO = "locale/es/LC_MESSAGES/a.po"
FAKE_GH = """#!/bin/sh
echo "$1 $2" >> "$GH_LOG"
[ "$1 $2" = "pr list" ] && cat "$GH_OPEN"
exit 0
"""


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_only_read_but_for_what_it_writes(path: Path) -> None:
    workflow: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in workflow["on"]
    granted = [job["permissions"] for job in workflow["jobs"].values() if "permissions" in job]
    assert granted == [wanted for name, wanted in WRITERS.items() if name == path.name]
    for job in workflow["jobs"].values():
        assert int(job["timeout-minutes"]) <= 60
        for step in job["steps"]:
            assert step.get("uses", "actions/").startswith("actions/")
            assert "${{" not in step.get("run", ""), "what others write must not reach a shell"
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_an_action_is_named_by_a_commit_and_its_release(path: Path) -> None:
    text = path.read_text("utf-8")
    named = re.findall(r"uses:(.*)", text)
    assert named
    for name in named:
        assert re.fullmatch(r" actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", name), name


def test_an_action_has_one_release_in_all_workflows() -> None:
    text = "".join(path.read_text("utf-8") for path in WORKFLOWS)
    used = set(re.findall(r"uses: (\S+)@(\S+ # \S+)", text))
    assert len(used) == len({name for name, _ in used}) > 0


def test_every_lock_file_is_asked_about() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/audit.yml").read_text("utf-8"))
    commands = [step.get("run", "") for step in workflow["jobs"]["audit"]["steps"]]
    asked = {command.split()[-1] for command in commands if command.startswith("pip-audit ")}
    locks = sorted(ROOT.glob("requirements*.lock"))
    assert asked == {path.name for path in locks}
    for path in locks:
        lines = [line for line in path.read_text("utf-8").splitlines() if line[:1].isalnum()]
        assert lines
        assert all("==" in line and line.endswith(" \\") for line in lines), "one without a hash"


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of a small repository, with the script, and a `gh` that notes what it is asked."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    write(tmp_path, {"bin/gh": FAKE_GH, "open": "", "log": ""})
    (tmp_path / "bin/gh").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    monkeypatch.setenv("GH_LOG", str(tmp_path / "log"))
    monkeypatch.setenv("GH_OPEN", str(tmp_path / "open"))
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "origin")
    git(tmp_path, "clone", "-q", "origin", "clone")
    folder = tmp_path / "clone"
    write(
        folder, {PO: "old\n", "outreach/locale/interface.pot": "old\n", "content/en/a.md": "old\n"}
    )
    (folder / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "propose", folder / ".ci" / "propose")
    commit(folder, "Begin")
    git(folder, "push", "-q", "origin", "main")
    return folder


def git(folder: Path, *args: str) -> str:
    return subprocess.run(
        ["git", *args], cwd=folder, capture_output=True, text=True, check=True
    ).stdout


def commit(folder: Path, text: str) -> None:
    git(folder, "add", "-A")
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@a.example")
    git(folder, *who, "commit", "-q", "--allow-empty", "-m", text)


def propose(folder: Path) -> Outcome:
    done = subprocess.run(
        [folder / ".ci" / "propose"], cwd=folder.parent, capture_output=True, text=True, check=False
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def asked(clone: Path) -> list[str]:
    return (clone.parent / "log").read_text().splitlines()


def test_nothing_is_offered_where_nothing_changed(clone: Path) -> None:
    write(clone, {"content/en/a.md": "new\n"})
    assert propose(clone) == Outcome(0, "Everything is up to date.\n", "")
    assert asked(clone) == []
    assert "catalogs" not in git(clone, "ls-remote", "origin")


def test_changed_catalogs_are_offered_and_nothing_else(clone: Path) -> None:
    write(clone, {PO: "new\n", "outreach/locale/interface.pot": "new\n", "content/en/a.md": "x\n"})
    write(clone, {"locale/new.pot": "new\n", ".venv/x": "x\n"})
    outcome = propose(clone)
    assert (outcome.code, outcome.err) == (0, "")
    assert asked(clone) == ["pr list", "pr create"]
    changed = git(clone.parent / "origin", "diff", "--name-only", "main", "catalogs").split()
    assert changed == [PO, "locale/new.pot", "outreach/locale/interface.pot"]
    author = git(clone.parent / "origin", "log", "-1", "--format=%ae|%s", "catalogs").strip()
    assert author == f"{BOT}|Bring the catalogs up to date with the guides"


def test_an_open_pull_request_is_brought_up_to_date(clone: Path) -> None:
    write(clone, {PO: "new\n"})
    assert propose(clone).code == 0
    write(clone.parent, {"open": "7\n", "log": ""})
    git(clone, "reset", "-q", "--hard", "origin/main")
    write(clone, {PO: "newer\n"})
    assert propose(clone).code == 0
    assert asked(clone) == ["pr list"]
    origin = clone.parent / "origin"
    assert git(origin, "show", f"catalogs:{PO}") == "newer\n"
    assert git(origin, "rev-list", "--count", "main..catalogs").strip() == "1"


def test_commits_of_others_on_the_branch_are_not_thrown_away(clone: Path) -> None:
    git(clone, "switch", "-q", "-c", "catalogs")
    write(clone, {PO: "by hand\n"})
    commit(clone, "Translate by hand")
    git(clone, "push", "-q", "origin", "catalogs")
    git(clone, "switch", "-q", "main")
    write(clone, {PO: "new\n"})
    outcome = propose(clone)
    assert outcome.code == 1
    assert "ana@a.example" in outcome.err
    assert "Translate by hand" in outcome.err
    assert git(clone.parent / "origin", "show", f"catalogs:{PO}") == "by hand\n"
