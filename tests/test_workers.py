"""The processes of a build: what they make, and what is left when they are ended."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from projects import GUIDE, HEARING, ROOT, SPANISH, build, catalog, files, po, write

from outreach.config import load_config
from outreach.model import Language, OutreachError
from outreach.outputs import Done, Job
from outreach.pool import Limits, Method
from outreach.reading import read_project
from outreach.site import Site
from outreach.workers import Made, cost, fonts_of, run

PARAGRAPH = "Wash *your* hands, and dry them well.\n\n"
LONG = "# A long guide\n\n" + f"{PARAGRAPH.strip()} {PARAGRAPH}" * 12_000
INTERRUPTED = 130
in_proc = pytest.mark.skipif(
    not Path("/proc/self/stat").is_file(), reason="needs to find processes by their parents"
)
SOON = 60.0
"""Seconds after which what should happen at once will not happen any more."""


def site_of(root: Path, *, fonts: bool = False) -> Site:
    return read_project(load_config(root), fonts=fonts).site


def two_languages(root: Path) -> Path:
    return write(
        root, {"content/en/a.md": GUIDE, "content/en/b.md": GUIDE, catalog("a"): po(SPANISH)}
    )


def make(
    site: Site, jobs: list[Job], folder: Path, limits: Limits, method: Method = "fork"
) -> Made:
    folder.mkdir()
    fonts = fonts_of(site) if any(job.variants for job in jobs) else None
    return run(site, jobs, folder, fonts, ignored, limits=limits, method=method)


def ignored(_done: Done) -> None:
    """What nobody has to be told of."""


def web_pages(site: Site) -> list[Job]:
    return [Job(guide, site.source, html=True, variants=()) for guide in site.sources]


# What they make


def test_spawned_workers_make_the_same_bytes_as_forked_ones(tmp_path: Path) -> None:
    site = site_of(two_languages(tmp_path), fonts=True)
    jobs = [
        Job(guide, language, html=True, variants=("letter", "bilingual"))
        for language in site.languages
        for guide in site.sources
        if site.offers(language, guide)
    ]
    forked = make(site, jobs, tmp_path / "forked", Limits(), "fork")
    spawned = make(site, jobs, tmp_path / "spawned", Limits(), "spawn")
    assert spawned.done == forked.done
    assert [done.job for done in forked.done] == jobs
    made = files(tmp_path / "forked")
    assert made == files(tmp_path / "spawned")
    assert {path.rpartition(".")[2] for path in made} == {"html", "pdf"}


def test_the_last_line_tells_the_memory_of_a_worker(tmp_path: Path) -> None:
    outcome = build(two_languages(tmp_path))
    memory = int(outcome.out.splitlines()[-1].split(" MB a worker")[0].split()[-1])
    assert 10 < memory < 1000


def test_a_guide_that_wants_too_much_memory_is_told_of_and_the_others_are_made(
    tmp_path: Path,
) -> None:
    site = site_of(write(tmp_path, {"content/en/a.md": GUIDE, "content/en/long.md": LONG}))
    # Spawned, since what this process had once and gave back would be forked along.
    made = make(site, web_pages(site), tmp_path / "out", Limits(data=40_000_000), "spawn")
    short, long = made.done
    assert (short.failed, short.problems) == (False, ())
    assert long.failed
    assert long.outputs == {}
    [problem] = long.problems
    assert problem.location.path == "content/en/long.md"
    assert problem.severity == "error"
    assert problem.text.startswith(
        "in English: takes more than 40 MB of memory, so it was given up;"
    )
    assert files(tmp_path / "out").keys() == {"en/a.html"}


def test_long_guides_many_forms_and_right_to_left_take_longer(tmp_path: Path) -> None:
    site = site_of(write(tmp_path, {"content/en/a.md": GUIDE, "content/en/long.md": LONG}))
    english, arabic = site.source, Language("ar", "العربية", "Arabic", "Arab", "rtl")
    short, long = (Job(name, english, html=True, variants=("letter",)) for name in ("a", "long"))
    assert cost(site, short) < cost(site, long)
    assert cost(site, short) < cost(site, Job("a", arabic, html=True, variants=("letter",)))
    assert cost(site, short) < cost(site, Job("a", english, html=True, variants=("letter", "a4")))
    assert 0 < cost(site, Job("gone", english, html=True, variants=())) < cost(site, short)


def test_a_system_that_refuses_processes_is_told_of(tmp_path: Path) -> None:
    site = site_of(two_languages(tmp_path))
    (tmp_path / "out").mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        with pytest.raises(OutreachError, match="no process can be started: too many open files"):
            run(site, web_pages(site), tmp_path / "out", None, ignored)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


# What is left when they are ended


@contextmanager
def long_build(
    root: Path, guides: int = 2, paragraphs: int = 5000
) -> Iterator[subprocess.Popen[str]]:
    """A build in a session of its own, in which workers are at sheets that take long.

    With 5000 paragraphs, they take minutes.
    """
    text = f"# Long\n\n{PARAGRAPH * paragraphs}"
    write(root, {f"content/en/long-{number}.md": text for number in range(guides)})
    options = ["--project", str(root), "build", "--format", "pdf", "--variant", "letter"]
    process = subprocess.Popen(
        [*HEARING, sys.executable, "-m", "outreach", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        until(lambda: bool(workers(process.pid)) or process.poll() is not None)
        time.sleep(0.3)  # to be in the midst of it
        yield process
    finally:
        end(session(process.pid))
        process.communicate()


def end(processes: list[int]) -> None:
    for pid in processes:
        with suppress(ProcessLookupError):  # it ended meanwhile
            os.kill(pid, signal.SIGKILL)


def until(is_so: Callable[[], bool]) -> None:
    """Wait, and fail if nothing comes of it."""
    end = time.monotonic() + SOON
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def session(leader: int) -> list[int]:
    """The processes of a session that are alive, its leader among them."""
    return [pid for pid, _, of in processes() if of == leader]


def workers(parent: int) -> list[int]:
    return [pid for pid, of, _ in processes() if of == parent]


def processes() -> Iterator[tuple[int, int, int]]:
    """Yield the number of each living process, of its parent, and of its session.

    See proc_pid_stat(5).
    """
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if fields[0] not in "ZX":
            yield int(folder.name), int(fields[1]), int(fields[3])


@in_proc
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("whom", ["all", "the parent"])
def test_an_interrupted_build_leaves_nothing(number: int, whom: str, tmp_path: Path) -> None:
    with long_build(tmp_path) as process:
        assert len(workers(process.pid)) > 0
        if whom == "all" and number == signal.SIGINT:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        out, err = process.communicate(timeout=SOON)
        assert (process.returncode, out, err) == (INTERRUPTED, "", "Interrupted.\n")
        assert session(process.pid) == []
    assert not (tmp_path / "build").exists()


@in_proc
def test_nobody_outlives_a_build_that_was_killed(tmp_path: Path) -> None:
    with long_build(tmp_path) as process:
        process.kill()
        process.wait()
        until(lambda: session(process.pid) == [])
    [staging] = (tmp_path / "build").iterdir()
    outcome = build(tmp_path)
    assert outcome.code == 0
    assert not staging.exists()


@in_proc
def test_a_killed_worker_is_told_of_and_nothing_is_missing(tmp_path: Path) -> None:
    with long_build(tmp_path, paragraphs=600) as process:
        end(workers(process.pid)[:1])
        out, err = process.communicate(timeout=SOON)
    assert process.returncode == 0
    [line] = err.splitlines()
    assert line.startswith("content/en/long-")
    assert "warning: in English: the process that made it was killed, as systems do when" in line
    assert "1 warning" in out
    assert len(files(tmp_path / "build", "*.pdf")) == 2


@in_proc
def test_a_guide_that_kills_every_worker_is_told_of_in_plain_words(tmp_path: Path) -> None:
    with long_build(tmp_path, guides=1) as process:
        while process.poll() is None:
            end(workers(process.pid))
            time.sleep(0.02)
        out, err = process.communicate()
    assert process.returncode == 1
    [line] = err.splitlines()
    assert line == (
        "content/en/long-0.md: error: in English: the process that made it was killed, as systems "
        "do when memory runs out, also with nothing else running; end other programs, split the "
        "guide, or make its tables and pictures smaller, and build again"
    )
    assert "Traceback" not in out + err
    assert files(tmp_path / "build") == {}
