"""Whatever happens while catalogs and records are written, no translation is lost."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from faults import (
    FAILED,
    FINISHED,
    SURVIVED,
    every_point,
    io_error,
    kill,
    open_folder,
    read_only,
    small_disk,
    stop,
)
from projects import (
    GUIDE,
    ROOT,
    SPANISH,
    catalog,
    dates,
    everybody_reads_the_program,
    files,
    no_rights,
    po,
    run,
    write,
)

from outreach import moves
from outreach.catalog.merge import refuse_other
from outreach.catalog.po import bytes_to_write, read_catalog
from outreach.catalogs import plan_catalogs
from outreach.config import load_config
from outreach.dates import today
from outreach.model import OutreachError
from outreach.project import languages, read_sources
from outreach.review.record import Person, Record, record_bytes
from outreach.review.sign import write_records
from outreach.update import Update, apply
from outreach.writing import Remove, Write, refusal, write_all

A, B = "content/en/a.md", "content/en/b.md"
ES, FR = catalog("a"), catalog("a", "fr")
BOM = b"\xef\xbb\xbf"
FRENCH = {msgid: f"fr {msgstr}" for msgid, msgstr in SPANISH.items()}
DRAFTS = ".outreach-{}-*.new"
DRAFT = re.compile(r"(?:.*/)?\.outreach-\d+-\d+\.new")

public = pytest.mark.skipif(
    not everybody_reads_the_program(), reason="only its owner may read the program here"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A guide that was edited since its catalogs in two languages were brought up to date."""
    write(tmp_path, {A: GUIDE, ES: po(SPANISH), FR: po(FRENCH, "Language: fr")})
    assert run(tmp_path, "update").code == 0
    return write(tmp_path, {A: f"{GUIDE}\nOne more.\n"})


def planned(root: Path) -> Update:
    """What an update of all languages is going to do to catalogs."""
    config = load_config(root)
    sources, _ = read_sources(config)
    return plan_catalogs(config, sources, languages(config), lambda _: ())


def without_drafts(found: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in found.items() if not DRAFT.fullmatch(path)}


# How files are kept


@pytest.mark.parametrize("bom", [b"", BOM])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_line_ends_and_a_byte_order_mark_are_kept(
    bom: bytes, newline: bytes, project: Path
) -> None:
    path = project / ES
    path.write_bytes(bom + path.read_bytes().replace(b"\n", newline))
    outcome = run(project, "update")
    data = path.read_bytes()
    assert b"One more." in data
    assert data.startswith(BOM) == bool(bom)
    assert data.count(b"\n") == data.count(newline)
    advice = f"{ES}: warning: begins with a byte order mark, which gettext's programs refuse"
    assert (advice in outcome.err) == bool(bom)
    assert run(project, "update").out == "Everything is up to date.\n"


def test_the_mode_is_kept_with_setgid(project: Path) -> None:
    (project / ES).chmod(0o2664)
    run(project, "update")
    assert stat.S_IMODE((project / ES).stat().st_mode) == 0o2664


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_the_owner_is_kept(project: Path) -> None:
    os.chown(project / ES, 12345, 23456)
    run(project, "update")
    found = (project / ES).stat()
    assert (found.st_uid, found.st_gid) == (12345, 23456)


def test_a_write_protected_catalog_is_left_alone_while_others_are_written(project: Path) -> None:
    (project / ES).chmod(0o444)
    before = (project / ES).read_bytes()
    outcome = run(project, "update")
    assert outcome.code == 1
    assert f"{ES}: error: cannot be written: it is write-protected; take the protection" in (
        outcome.err
    )
    assert "2 files written" in outcome.out
    assert (project / ES).read_bytes() == before
    assert b"One more." in (project / FR).read_bytes()


def test_nothing_is_pruned_while_a_catalog_cannot_be_written(project: Path) -> None:
    (project / A).rename(project / B)
    run(project, "update")
    write(project, {B: f"{GUIDE}\nOne more.\n\nTwo more.\n"})
    (project / catalog("b")).chmod(0o444)
    outcome = run(project, "update", "--prune")
    assert f"{ES}: warning: belongs to a guide that is gone; it is kept until" in outcome.err
    assert (project / ES).exists()
    (project / catalog("b")).chmod(0o644)
    assert run(project, "update", "--prune").code == 0
    assert not (project / ES).exists()


def test_a_link_stays_and_the_file_that_it_leads_to_is_written(project: Path) -> None:
    (project / "shared").mkdir()
    (project / ES).rename(project / "shared/a.po")
    (project / ES).symlink_to("../../../shared/a.po")
    assert run(project, "update").code == 0
    assert (project / ES).readlink() == Path("../../../shared/a.po")
    assert b"One more." in (project / "shared/a.po").read_bytes()
    assert [path for path in files(project) if DRAFT.fullmatch(path)] == []


@pytest.mark.parametrize("command", ["update", "check"])
@pytest.mark.parametrize("link", [ES, "locale/es"])
def test_a_link_out_of_the_project_is_refused(link: str, command: str, tmp_path: Path) -> None:
    root = write(tmp_path / "project", {A: GUIDE, ES: po(SPANISH)})
    (root / link).rename(tmp_path / "outside")
    (root / link).symlink_to(tmp_path / "outside")
    before = files(tmp_path)
    outcome = run(root, command, "es")
    if link == ES:
        assert f"{ES}: error: is a link that leads out of the project" in outcome.err
        assert outcome.code == 1
    else:
        assert outcome.code == 2, "a link to a folder is not followed, so there is no language"
    assert files(tmp_path).items() >= before.items()


def test_of_hard_links_only_the_one_that_is_named_changes(project: Path) -> None:
    before = (project / ES).read_bytes()
    os.link(project / ES, project / "backup.po")
    run(project, "update")
    assert (project / "backup.po").read_bytes() == before
    assert b"One more." in (project / ES).read_bytes()


def test_a_pipe_in_the_place_of_a_catalog_is_no_catalog_and_nobody_waits(project: Path) -> None:
    (project / ES).unlink()
    os.mkfifo(project / ES)
    outcome = run(project, "update")
    assert outcome.code == 1
    assert f"{ES}: error: cannot be read: it is a pipe, a socket or a device" in outcome.err
    assert b"One more." in (project / FR).read_bytes()


def test_a_report_never_takes_the_place_of_a_device_or_a_protected_file(project: Path) -> None:
    for name, make, why in (
        ("pipe", os.mkfifo, "it is a pipe, a socket or a device, and no file"),
        ("protected.html", lambda path: path.touch(0o444), "it is write-protected"),
    ):
        make(project / name)
        outcome = run(project, "changes", "-o", str(project / name))
        assert outcome.code == 1
        assert f"{name}: error: cannot be written: {why}" in outcome.err
    assert stat.S_ISFIFO((project / "pipe").stat().st_mode)
    assert (project / "protected.html").read_bytes() == b""


# Somebody else writes at the same time


def test_a_catalog_that_was_saved_meanwhile_is_not_written_over(project: Path) -> None:
    update = planned(project)
    theirs = po({**SPANISH, "After work": "Al salir del trabajo"}).encode()
    (project / ES).write_bytes(theirs)
    applied = apply(load_config(project), update, prune=False)
    text = "was changed by somebody else in the meantime, and is left so; run the command again"
    assert [str(problem) for problem in applied.problems] == [f"{ES}: error: {text}"]
    assert applied.touched == (FR,)
    assert (project / ES).read_bytes() == theirs
    assert run(project, "update").code == 0
    assert "Al salir del trabajo" in (project / ES).read_text("utf-8")


def test_a_catalog_that_was_begun_meanwhile_is_not_written_over(project: Path) -> None:
    (project / ES).unlink()
    write(project, {"outreach.toml": 'languages = ["es", "fr"]\n'})
    update = planned(project)
    write(project, {ES: po(SPANISH)})
    applied = apply(load_config(project), update, prune=False)
    assert [problem.location.path for problem in applied.problems] == [ES]
    assert (project / ES).read_text("utf-8") == po(SPANISH)


def test_a_catalog_that_was_saved_meanwhile_is_not_pruned(project: Path) -> None:
    (project / A).rename(project / B)
    run(project, "update")
    update = planned(project)
    assert [item.path for item in update.gone] == [ES, FR]
    write(project, {ES: po({**SPANISH, "New": "Nuevo"})})
    with pytest.raises(OutreachError, match="was changed by somebody else"):
        apply(load_config(project), update, prune=True)
    assert (project / ES).exists()
    assert (project / FR).exists()


def test_what_somebody_else_wrote_just_so_is_no_conflict(tmp_path: Path) -> None:
    write(tmp_path, {"a": "new"})
    assert write_all(tmp_path, [Write("a", b"new", b"old")]) == []
    assert refusal(tmp_path, Remove("b", b"old")) is None, "it is gone already"


def test_a_record_that_was_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path, config = "locale/es/reviews/a.toml", load_config(tmp_path)
    former, theirs, ours = (
        Record("a", "es", translators=(Person(f"Translator {name}"),))
        for name in ("One", "Two", "Three")
    )
    write(tmp_path, {path: record_bytes(theirs, path)})
    new = {path: record_bytes(ours, path), "locale/es/reviews/a.source.md": b"new"}
    for read in (former, None):
        with pytest.raises(OutreachError, match="was changed by somebody else in the meantime"):
            write_records(config, new, {path: read})
    assert files(tmp_path) == {path: record_bytes(theirs, path)}
    assert write_records(config, new, {path: theirs}) == list(new)


# What cannot be read back


def test_a_catalog_that_would_be_read_otherwise_is_not_written() -> None:
    found = read_catalog(po(SPANISH).encode(), ES)
    assert bytes_to_write(found) == po(SPANISH).encode()
    header, first, *rest = found.entries
    parts = first.raw.partition("msgstr")
    for raw in ("", f"{first.raw}{first.raw}", parts[0], f'{first.raw}"more"\n', f"\n{first.raw}"):
        wrong = replace(found, entries=(header, replace(first, raw=raw), *rest))
        with pytest.raises(OutreachError):
            bytes_to_write(wrong)
    with pytest.raises(OutreachError, match="was left as it is, because what was to be written"):
        bytes_to_write(replace(found, tail='\nmsgid "one more"\nmsgstr ""\n'))
    messages = [entry.message for entry in found.entries]
    refuse_other(found, messages)
    for meant in (messages[:-1], [*messages, messages[0]], [messages[0], *messages[2:]]):
        with pytest.raises(OutreachError, match="would be read otherwise"):
            refuse_other(found, meant)


def test_a_record_that_would_be_read_otherwise_is_not_written() -> None:
    record = Record("a", "es", translators=(Person("Translator One"),))
    assert record_bytes(record, "r.toml").startswith(b"#")
    with pytest.raises(OutreachError, match="was left as it is"):
        record_bytes(replace(record, machine=frozenset({"two words"})), "r.toml")


# Interruptions


@pytest.mark.parametrize("strike", [kill, stop, io_error])
def test_an_update_that_is_broken_off_anywhere_leaves_each_catalog_old_or_new(
    strike: Callable[[], None], project: Path
) -> None:
    config = load_config(project)
    before, update = files(project), planned(project)
    after = {**before, **{write.path: write.data for write in update.writes}}
    assert sum(before[path] != after[path] for path in before) == 2
    ends = set()
    for ended, found in every_point(project, lambda: apply(config, update, prune=False), strike):
        ends.add(ended)
        kept = without_drafts(found)
        assert kept.keys() == before.keys()
        assert all(data in (before[path], after[path]) for path, data in kept.items())
        if ended == FINISHED:
            assert found == after
        elif ended == FAILED:
            assert found == before, "all or nothing, and no drafts"
        elif ended == SURVIVED:
            assert found == kept, "a file that could not be looked at was left alone"
    assert FINISHED in ends
    assert (-signal.SIGKILL if strike is kill else FAILED) in ends


@pytest.mark.parametrize("strike", [kill, io_error])
def test_pruning_that_is_broken_off_anywhere_loses_no_translation(
    strike: Callable[[], None], project: Path
) -> None:
    (project / A).rename(project / B)
    config, update = load_config(project), planned(project)
    before = files(project)
    for ended, found in every_point(project, lambda: apply(config, update, prune=True), strike):
        kept = b"".join(without_drafts(found).values()).decode()
        assert all(text in kept for text in (*SPANISH.values(), *FRENCH.values()))
        if ended == FAILED:
            assert found == before
        if ended == FINISHED:
            assert ES not in found


def move_a_to_b(root: Path) -> None:
    config = load_config(root)
    sources, _ = read_sources(config, addresses=True)
    names = {source.guide.name: source for source in sources}
    moves.apply(config, moves.plan_move(config, names, "a", ["b"], today()))


def test_a_move_that_the_system_breaks_off_anywhere_changes_nothing(project: Path) -> None:
    before = files(project)
    for ended, found in every_point(project, lambda: move_a_to_b(project), io_error):
        assert (found == before) == (ended == FAILED)


def test_a_move_that_was_killed_anywhere_is_finished_by_the_same_command(project: Path) -> None:
    assert run(project, "update").code == 0
    ends = list(every_point(project, lambda: move_a_to_b(project), kill))
    whole = ends[-1][1]
    assert B in whole
    assert A not in whole
    for _, found in ends:
        shutil.rmtree(project)
        write(project, found)
        texts = b"".join(without_drafts(found).values()).decode()
        assert all(text in texts for text in (*SPANISH.values(), *FRENCH.values()))
        if found != whole:
            outcome = run(project, "move", "a", "b")
            assert outcome.code == 0, outcome.err
        assert without_drafts(files(project)) == whole


@pytest.mark.parametrize("strike", [kill, stop])
def test_a_merge_that_is_broken_off_anywhere_leaves_our_side_old_or_merged(
    strike: Callable[[], None], tmp_path: Path
) -> None:
    ours, theirs = {**SPANISH, "After work": "Al salir"}, {**SPANISH, "Clean hands": "Aseo"}
    sides = {"base": po(SPANISH), "ours": po(ours), "theirs": po(theirs)}
    write(tmp_path, sides)
    names = [str(tmp_path / side) for side in sides]
    assert run(tmp_path, "merge-po", *names, "a.po").code == 0
    whole = files(tmp_path)
    write(tmp_path, sides)
    ends = []
    for ended, found in every_point(tmp_path, lambda: run(tmp_path, "merge-po", *names), strike):
        ends.append(ended)
        assert without_drafts(found)["ours"] in (sides["ours"].encode(), whole["ours"])
    assert ends[-1] == FINISHED
    assert len(ends) > 3


@pytest.mark.slow
def test_an_update_that_is_killed_at_any_moment_is_finished_by_the_next(tmp_path: Path) -> None:
    root, clean = tmp_path / "project", tmp_path / "clean/project"
    for part in ("content", "locale"):
        shutil.copytree(ROOT / part, root / part)
    for file in [*(root / "content").rglob("*.md"), *(root / "locale").rglob("*/*/*.po")]:
        for number in range(4):
            shutil.copy(file, file.with_stem(f"{file.stem}-{number}"))
    assert update_process(root).wait() == 0
    for guide in (root / "content").rglob("*.md"):
        guide.write_text(guide.read_text("utf-8") + "\nAnother sentence that is new.\n", "utf-8")
    shutil.copytree(root, clean)
    assert update_process(clean).wait() == 0
    old, new = files(root), files(clean)
    assert sum(new[path] != old[path] for path in new) > 40
    for moment in range(8):
        process = update_process(root)
        while process.poll() is None and not list(root.rglob(DRAFTS.format(process.pid))):
            time.sleep(0.005)
        time.sleep(moment / 50)
        process.kill()
        process.wait()
        found = without_drafts(files(root))
        assert all(data in (old[path], new[path]) for path, data in found.items())
    assert update_process(root).wait() == 0
    assert files(root) == new


def test_two_updates_at_once_do_the_work_once(project: Path) -> None:
    processes = [update_process(project) for _ in range(3)]
    assert {process.wait() for process in processes} <= {0, 1}
    found = files(project)
    assert found == without_drafts(found)
    assert all(b"One more." in found[path] for path in (ES, FR))
    assert run(project, "update").out == "Everything is up to date.\n"


def update_process(root: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "outreach", "--project", str(root), "update"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_drafts_of_the_dead_are_swept_and_those_of_the_living_are_not(project: Path) -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    folder = (project / ES).parent
    names = [f".outreach-{dead.pid}-0.new", f".outreach-{os.getppid()}-0.new", ".outreach.new"]
    write(folder, dict.fromkeys(names, "half"))
    assert run(project, "check").err.count("outreach-") == 0, "no reader sees them"
    run(project, "update")
    assert [(folder / name).exists() for name in names] == [False, True, True]


def test_a_draft_never_follows_a_link(project: Path) -> None:
    write(project, {"precious": "mine"})
    for number in range(9):
        (project / ES).with_name(f".outreach-{os.getpid()}-{number}.new").symlink_to(
            project / "precious"
        )
    run(project, "update")
    assert (project / "precious").read_text() == "mine"


# Disks


def test_on_a_full_disk_every_catalog_stays_as_it_is(tmp_path: Path) -> None:
    many = {f"Text number {number} of this guide.": f"Texto {number}" for number in range(300)}
    guide = "# Clean hands\n\n" + "\n\n".join(many)
    ends = set()
    with small_disk(tmp_path / "disk", 400) as disk:
        for free in range(0, 260, 20):
            root = write(disk / "p", {A: guide, ES: po(many), FR: po(many, "Language: fr")})
            before = files(root)
            filler = disk / "filler"
            left = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
            filler.write_bytes(bytes(max(0, left - free * 1024)))
            outcome = run(root, "update")
            ends.add(outcome.code)
            assert outcome.code == 0 or files(root) == before
            assert outcome.code == 0 or "cannot be written: no space left on device" in outcome.err
            shutil.rmtree(root)
            filler.unlink()
    assert ends == {0, 1}


@pytest.mark.parametrize("limit", [0, 1, 300, 700])
def test_where_files_may_not_be_large_every_catalog_stays_as_it_is(
    limit: int, project: Path
) -> None:
    before = files(project)
    command = [sys.executable, "-B", "-m", "outreach", "--project", str(project), "update"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 1
    assert "error: cannot be written: file too large" in done.stderr
    assert files(project) == before


@public
def test_in_a_folder_without_rights_every_catalog_stays_as_it_is() -> None:
    with open_folder() as root:
        write(root, {A: GUIDE, ES: po({})})
        before = files(root)
        with no_rights():
            outcome = run(root, "update")
        assert outcome.code == 1
        assert "error: cannot be written: permission denied" in outcome.err
        assert files(root) == before


def test_on_a_read_only_file_system_every_catalog_stays_as_it_is(project: Path) -> None:
    before, dated = files(project), dates(project)
    with read_only(project):
        outcome = run(project, "update")
    assert outcome.code == 1
    assert "error: cannot be written: read-only file system" in outcome.err
    assert (files(project), dates(project)) == (before, dated)
    assert run(project, "update").code == 0
    with read_only(project):
        assert run(project, "update").out == "Everything is up to date.\n"
