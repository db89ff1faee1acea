"""The build folder: nothing half-written, and nothing of somebody else's touched."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from projects import (
    GUIDE,
    HEARING,
    ROOT,
    SPANISH,
    build,
    catalog,
    dates,
    files,
    no_rights,
    po,
    run,
    write,
)

from outreach.files import write_bytes
from outreach.model import OutreachError
from outreach.publish import MANIFEST


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"content/en/a.md": GUIDE, catalog("a"): po(SPANISH)})


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may look into."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_the_manifest_lists_every_file_with_its_digest(project: Path) -> None:
    build(project)
    made = files(project / "build")
    listed = json.loads(made.pop(MANIFEST))["files"]
    assert listed == {path: [sha256(data).hexdigest()] for path, data in made.items()}


def test_files_of_somebody_else_are_kept(project: Path) -> None:
    theirs = {"CNAME": b"a.example", "es/notes.txt": b"mine", "assets/logo.png": b"png"}
    write(project / "build", dict(theirs))
    assert build(project).code == 0
    (project / "content/en/a.md").unlink()
    assert run(project, "build").code == 0
    assert theirs.items() <= files(project / "build").items()


def test_a_strange_file_in_the_way_stops_the_build(project: Path) -> None:
    write(project, {"build/es/a.html": b"mine"})
    outcome = build(project)
    assert outcome.code == 1
    assert "es/a.html: error: stands where a page belongs" in outcome.err
    assert files(project / "build") == {"es/a.html": b"mine"}


def test_a_folder_in_the_way_stops_the_build(project: Path) -> None:
    (project / "build/en/a.html").mkdir(parents=True)
    outcome = build(project)
    assert outcome.code == 1
    assert "en/a.html: error: " in outcome.err
    assert files(project / "build") == {}


@pytest.mark.parametrize("place", ["build", "build/es", "build/assets"])
def test_a_file_where_a_folder_belongs_is_named(place: str, project: Path) -> None:
    write(project, {place: b"mine"})
    outcome = build(project)
    assert outcome.code == 1
    assert ": error: " in outcome.err
    assert (project / place).read_bytes() == b"mine"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"files": 1}',
        '{"files": {"../../secret": "x", "/etc/passwd": "x", "a/../../b": "y"}}',
        '{"version": 1}',
        "null",
        '"x"',
        "\\u0000",
    ],
)
def test_a_manifest_that_is_none_makes_every_file_a_stranger_s(text: str, project: Path) -> None:
    write(project, {"build/es/a.html": "mine", f"build/{MANIFEST}": text})
    outcome = build(project)
    assert outcome.code == 1
    assert "es/a.html: error: stands where a page belongs" in outcome.err
    assert files(project / "build")["es/a.html"] == b"mine"


def test_a_manifest_of_a_stranger_removes_nothing_outside(project: Path, tmp_path: Path) -> None:
    build(project)
    secret = write(tmp_path, {"secret": "keep"}) / "secret"
    manifest = json.loads((project / "build" / MANIFEST).read_text("utf-8"))
    for path in ("../secret", str(secret), "es/../../secret"):
        manifest["files"][path] = [sha256(secret.read_bytes()).hexdigest()]
    write(project / "build", {MANIFEST: json.dumps(manifest)})
    assert run(project, "build").code == 0
    assert secret.read_text("utf-8") == "keep"


def test_a_changed_file_that_is_no_longer_needed_is_kept_and_told(project: Path) -> None:
    write(project, {"content/en/sub/é b.md": "# B\n"})
    assert run(project, "build").code == 0
    (project / "content/en/sub/é b.md").unlink()
    write(project, {"build/en/sub/é b.html": "mine"})
    outcome = run(project, "build")
    assert outcome.code == 0
    assert "en/sub/é b.html: warning: " in outcome.err
    assert files(project / "build/en/sub") == {"é b.html": b"mine"}
    assert run(project, "build").code == 0
    assert files(project / "build/en/sub") == {"é b.html": b"mine"}


def test_pages_that_did_not_change_keep_their_dates(project: Path) -> None:
    build(project)
    before = dates(project / "build")
    write(project, {catalog("a"): po(SPANISH | {"After work": "Al volver del trabajo"})})
    assert build(project).code == 0
    after = dates(project / "build")
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {"es/a.html", MANIFEST}


def test_what_a_killed_build_left_is_swept_away(project: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    write(project, {f"build/.staging-{gone.pid}/es/a.html": "half", "build/.staging-me/x": "mine"})
    alive = project / f"build/.staging-{os.getppid()}"
    alive.mkdir()
    assert build(project).code == 0
    left = {path.name for path in (project / "build").glob(".staging-*")}
    assert left == {".staging-me", alive.name}


def test_the_staging_folder_goes_also_after_an_error(project: Path) -> None:
    write(project, {"build/es/a.html": b"mine"})
    assert build(project).code == 1
    assert not list((project / "build").glob(".staging-*"))


def test_a_folder_without_rights_is_named(open_folder: Path) -> None:
    write(open_folder, {"content/en/a.md": GUIDE})
    assert build(open_folder).code == 0
    write(open_folder, {"content/en/a.md": GUIDE + "\nNew.\n"})
    before = files(open_folder)
    with no_rights():
        outcome = build(open_folder)
        update = run(open_folder, "update")
    assert (outcome.code, update.code) == (1, 1)
    assert "build: error: cannot be written: permission denied" in outcome.err
    assert "cannot be written: permission denied" in update.err
    assert files(open_folder) == before


def test_a_guide_without_rights_is_named(open_folder: Path) -> None:
    write(open_folder, {"content/en/a.md": GUIDE, "content/en/b.md": GUIDE})
    (open_folder / "content/en/a.md").chmod(0)
    with no_rights():
        outcome = run(open_folder, "check")
    assert outcome.code == 1
    assert "content/en/a.md: error: cannot be read: permission denied" in outcome.err


def test_a_file_is_written_whole_or_not_at_all(open_folder: Path) -> None:
    file = write(open_folder, {"a/b.txt": "old"}) / "a" / "b.txt"
    file.chmod(0o640)
    assert not write_bytes(file, b"old", "b.txt")
    assert write_bytes(file, b"new", "b.txt")
    assert file.stat().st_mode & 0o777 == 0o640
    file.chmod(0o644)
    with no_rights(), pytest.raises(OutreachError, match=r"b\.txt: error: cannot be written"):
        write_bytes(file, b"never", "b.txt")
    assert files(open_folder) == {"a/b.txt": b"new"}


def test_a_stop_from_the_keyboard_leaves_everything_as_it_was(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copytree(ROOT / "locale", tmp_path / "locale")
    assert build(tmp_path).code == 0
    before = files(tmp_path / "build")
    write(tmp_path, {"content/en/a.md": GUIDE})
    command = [*HEARING, sys.executable, "-m", "outreach", "build"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while process.poll() is None and not list(tmp_path.glob("build/.staging-*/*/*.pdf")):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode in (1, 130)
    assert "Traceback" not in out + err
    assert files(tmp_path / "build") == before
    assert not list((tmp_path / "build").glob(".staging-*"))
    assert not _lives(process.pid)


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
