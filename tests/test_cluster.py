"""Builds on a real Dask cluster: what they make, and what becomes of them when it breaks down."""

from __future__ import annotations

import os
import pickle
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest
from clusters import SOON, Cluster, cluster
from conftest import FONTS
from PIL import Image
from projects import (
    GUIDE,
    HEARING,
    ROOT,
    SPANISH,
    Outcome,
    call,
    catalog,
    files,
    po,
    run,
    write,
)
from test_no_font import font
from test_workers import PARAGRAPH, in_proc, processes, until, workers

from outreach import alike
from outreach.config import load_config
from outreach.outputs import Job, drawings
from outreach.reading import read_project
from outreach.sheet.packed import pack, unpack
from outreach.workers import fonts_of

ARABIC = {
    "Clean hands": "أيد نظيفة",
    "Wash them often.": "اغسلها كثيرا.",
    "After work": "بعد العمل",
}
CONFIG = """
fonts = "fonts"
language-fonts = { es = ["My Own"] }
threshold = 50
variants = ["letter", "bilingual"]
"""
INTERRUPTED = 130


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That of the workers, with the fonts that come from packages: to make them takes long."""
    folder = tmp_path_factory.mktemp("workers")
    FONTS.mkdir(parents=True, exist_ok=True)
    (folder / "fonts").symlink_to(FONTS, target_is_directory=True)
    return folder


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("two") / "cluster", cache) as made:
        made.worker()
        made.worker()
        yield made


def project(root: Path) -> Path:
    """Two guides in three languages, with pictures, one of them damaged, and a font of its own."""
    write(
        root,
        {
            "outreach.toml": CONFIG,
            "fonts/a.ttf": font("My Own"),
            "content/en/a.md": f"{GUIDE}\n![A tap](tap.png)\n",
            "content/en/b.md": f"{GUIDE}\n![A tap](gone.png)\n",
            "content/en/gone.png": b"no picture",
            catalog("a"): po({**SPANISH, "After work": "Después ߒߞߏ"}),
            catalog("a", "ar"): po(ARABIC, "Language: ar"),
            catalog("b", "ar"): po(ARABIC, "Language: ar"),
        },
    )
    Image.new("RGB", (400, 300), "gray").save(root / "content/en/tap.png")
    return root


def long_project(root: Path, guides: int = 4, paragraphs: int = 250) -> Path:
    """Guides whose sheets take a second or more."""
    text = f"# Long\n\n{PARAGRAPH * paragraphs}"
    return write(root, {f"content/en/long-{number}.md": text for number in range(guides)})


def build(root: Path, *args: str) -> Outcome:
    return call("--project", str(root), "build", *args)


def told(outcome: Outcome) -> tuple[int, str, str]:
    """How a command ended and what it said, without times and memory."""
    out = re.sub(r"\d+ MB a worker, |\d+\.\d seconds", "", outcome.out)
    return outcome.code, out, outcome.err


@contextmanager
def building(root: Path, address: str, *args: str) -> Iterator[subprocess.Popen[str]]:
    """A build on a cluster, in a process of its own."""
    options = ["--project", str(root), "build", "--format", "pdf", "--variant", "letter"]
    process = subprocess.Popen(
        [*HEARING, sys.executable, "-m", "outreach", *options, "--scheduler", address, *args],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


BEGINNING, DRAWING = 1.0, 0.2
"""Seconds that a process takes at most to begin, and less than a long sheet takes."""


def spent(*drawing: subprocess.Popen[bytes]) -> dict[int, float]:
    """What the processes that earlier builds left with workers took so far, by number."""
    return {pid: _seconds(pid) for worker in drawing for pid in workers(worker.pid)}


def is_drawing(worker: subprocess.Popen[bytes], before: Mapping[int, float] = {}) -> bool:
    """Whether a worker has a process that draws now, and is past its beginning."""
    return any(
        _seconds(pid) - before.get(pid, 0.0) > (DRAWING if pid in before else BEGINNING)
        for pid in workers(worker.pid)
    )


def _seconds(pid: int) -> float:
    """Of the processor that a process took; see proc_pid_stat(5)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# What is made


def test_a_cluster_makes_and_tells_the_same_as_one_machine(
    tmp_path: Path, two_workers: Cluster
) -> None:
    root = project(tmp_path / "project")
    local = build(root, "-o", str(tmp_path / "local"))
    there = build(
        root, "-o", str(tmp_path / "there"), "--force", "--scheduler", two_workers.address
    )
    assert told(there) == told(local)
    assert "the picture “gone.png” is not drawn" in there.err
    assert there.code == 0
    made = files(tmp_path / "there")
    assert made == files(tmp_path / "local")
    assert {path for path in made if path.endswith(".pdf")} == {
        "en/a.en-English.letter.pdf",
        "en/b.en-English.letter.pdf",
        "es/a.es-Spanish.bilingual.pdf",
        "es/a.es-Spanish.letter.pdf",
        "ar/a.ar-Arabic.bilingual.pdf",
        "ar/a.ar-Arabic.letter.pdf",
        "ar/b.ar-Arabic.bilingual.pdf",
        "ar/b.ar-Arabic.letter.pdf",
    }
    assert not list(root.rglob("dask*"))
    until(lambda: not any(workers(it.pid) for it in two_workers.processes))


def test_what_cannot_be_drawn_is_told_as_on_one_machine(
    tmp_path: Path, two_workers: Cluster
) -> None:
    root = project(tmp_path / "project")
    huge = '<p style="transform: scale(0)">x</p>'
    write(root, {"outreach.toml": f"raw-html = true{CONFIG}"})
    write(root, {"content/en/a.md": f"{GUIDE}\n{huge}\n", "content/en/c.md": f"# C\n\n{huge}\n"})
    options = ("--format", "pdf")
    local = build(root, *options, "-o", str(tmp_path / "local"))
    there = build(
        root, *options, "-o", str(tmp_path / "there"), "--scheduler", two_workers.address, "--force"
    )
    assert told(there) == told(local)
    assert there.code == 1
    assert "content/en/a.md: error: cannot be drawn; is there raw HTML" in there.err
    assert files(tmp_path / "there") == files(tmp_path / "local")


def test_only_what_is_not_up_to_date_is_drawn(tmp_path: Path, two_workers: Cluster) -> None:
    root = project(tmp_path)
    there = ("--scheduler", two_workers.address)
    parts = [build(root, "--format", "pdf", "--shard", f"{part}/2", *there) for part in (1, 2)]
    assert [part.code for part in parts] == [0, 0]
    whole = build(root, "--format", "pdf", *there)
    assert "all up to date" in whole.out
    write(root, {catalog("a"): po({**SPANISH, "Clean hands": "Manos muy limpias"})})
    assert "2 made anew" in build(root, "--format", "pdf", *there).out
    assert build(root, "-l", "es", *there).code == 0
    assert (root / "build/es/a.html").is_file()


def test_where_nothing_is_to_be_drawn_no_cluster_is_needed(tmp_path: Path) -> None:
    outcome = build(project(tmp_path), "--format", "html", "--scheduler", "tcp://127.0.0.1:1")
    assert outcome.code == 0
    assert "scheduler" not in outcome.err
    assert "en/a.html" in files(tmp_path / "build")


def test_all_that_a_sheet_is_drawn_from_can_be_sent(tmp_path: Path) -> None:
    site = read_project(load_config(project(tmp_path)), fonts=True).site
    job = Job("a", site.languages[1], html=False, variants=("letter", "bilingual", "large-print"))
    for _, drawing in drawings(site, job):
        assert pickle.loads(pickle.dumps(drawing)) == drawing  # noqa: S301
        assert str(tmp_path) not in pickle.dumps(drawing).decode("latin-1")
        assert list(drawing.pictures) == ["content/en/tap.png"]
    fonts = fonts_of(site)
    packed = pickle.loads(pickle.dumps(pack(fonts, site.fonts)))  # noqa: S301
    assert list(packed.own) == ["My Own"]
    (tmp_path / "fonts/a.ttf").unlink()
    assert unpack(packed) == fonts


# Which workers may draw


def test_a_worker_with_other_files_is_refused(tmp_path: Path, cache: Path) -> None:
    shutil.copytree(ROOT / "outreach", tmp_path / "other" / "outreach")
    style = tmp_path / "other/outreach/styles/sheet.css"
    style.write_text(f"{style.read_text('utf-8')}\n", encoding="utf-8")
    root = long_project(tmp_path / "project", 1, 1)
    with cluster(tmp_path / "cluster", cache) as made:
        made.worker(PYTHONPATH=str(tmp_path / "other"))
        outcome = build(root, "--format", "pdf", "--scheduler", made.address)
    assert (outcome.code, outcome.out) == (1, "")
    assert re.fullmatch(
        rf"{made.address}: error: the worker tcp://127\.0\.0\.1:\d+ would draw other bytes than "
        r"this machine: outreach is [\d.]+, files \w+ there and [\d.]+, files \w+ here; install "
        r"the same there as here, .*\n",
        outcome.err,
    )
    assert files(root / "build") == {}


def test_a_worker_without_the_package_is_refused(tmp_path: Path, cache: Path) -> None:
    root = long_project(tmp_path / "project", 1, 1)
    with cluster(tmp_path / "cluster", cache) as made:
        made.worker(PYTHONPATH=str(made.folder / "bare"))
        outcome = build(root, "--format", "pdf", "--scheduler", made.address)
    assert (outcome.code, outcome.out) == (1, "")
    assert " cannot use outreach: " in outcome.err
    assert "none here" in outcome.err
    assert len(outcome.err.splitlines()) == 1


@in_proc
@pytest.mark.slow
def test_a_worker_that_comes_later_is_looked_at_too(tmp_path: Path, cache: Path) -> None:
    shutil.copytree(ROOT / "outreach", tmp_path / "other" / "outreach")
    (tmp_path / "other/outreach/styles/more.css").write_text("", encoding="utf-8")
    root = long_project(tmp_path / "project", 12, 600)
    with cluster(tmp_path / "cluster", cache) as made:
        worker = made.worker()
        with building(root, made.address) as process:
            until(lambda: is_drawing(worker) or process.poll() is not None)
            made.worker(PYTHONPATH=str(tmp_path / "other"))
            out, err = process.communicate(timeout=2 * SOON)
    assert (process.returncode, out) == (1, "")
    assert "would draw other bytes than this machine: outreach is" in err
    assert len(err.splitlines()) == 1
    assert files(root / "build") == {}


def test_it_is_told_what_two_machines_have_otherwise() -> None:
    here = alike.this_machine()
    assert here == alike.this_machine()
    assert alike.differences(here, dict(reversed(here.items()))) == ""
    assert alike.digest(here) == alike.digest(dict(reversed(here.items())))
    assert here["weasyprint"].startswith("70.")
    assert "pytest" not in here
    there = {**here, "babel": "1.0"}
    del there["pillow"]
    assert alike.digest(here) != alike.digest(there)
    told = f"babel is 1.0 there and {here['babel']} here, pillow is missing there"
    assert alike.differences(here, there) == told
    assert alike.differences(here, {}).endswith(f", and {len(here) - 4} more")


# What breaks down


@in_proc
def test_a_build_is_whole_when_a_worker_is_killed_at_a_sheet(tmp_path: Path, cache: Path) -> None:
    root = long_project(tmp_path / "project")
    local = build(root, "--format", "pdf", "--variant", "letter", "-o", str(tmp_path / "local"))
    with cluster(tmp_path / "cluster", cache) as made:
        first, _ = made.worker(), made.worker()
        with building(root, made.address, "--force") as process:
            until(lambda: is_drawing(first) or process.poll() is not None)
            children = workers(first.pid)
            first.kill()
            out, err = process.communicate(timeout=SOON)
            until(lambda: not {*children} & {pid for pid, _, _ in processes()})
    assert told(Outcome(process.returncode, out, err)) == told(local)
    assert files(root / "build", "*.pdf") == files(tmp_path / "local", "*.pdf")


@in_proc
def test_a_process_that_was_killed_at_a_sheet_is_told_of(
    tmp_path: Path, two_workers: Cluster
) -> None:
    root = long_project(tmp_path, 2)
    worker = two_workers.processes[1]
    before = spent(worker)
    with building(root, two_workers.address) as process:
        until(lambda: is_drawing(worker, before) or process.poll() is not None)
        for pid in workers(worker.pid):
            os.kill(pid, signal.SIGKILL)
        out, err = process.communicate(timeout=SOON)
    assert process.returncode == 0
    assert re.fullmatch(
        r"content/en/long-\d.md: warning: in English: the process that drew its sheet on the "
        r"cluster was killed, as systems do when memory runs out; drawn once more, it came out "
        r"well\n",
        err,
    )
    assert "1 warning" in out
    assert len(files(tmp_path / "build", "*.pdf")) == 2


@in_proc
@pytest.mark.slow
def test_a_sheet_that_kills_workers_is_given_up_and_the_others_are_drawn(
    tmp_path: Path, cache: Path
) -> None:
    root = long_project(tmp_path / "project", 1, 2000)
    write(root, {"content/en/a.md": GUIDE})
    fails = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with cluster(tmp_path / "cluster", cache, **fails) as made:
        two = made.worker(), made.worker()
        with building(root, made.address) as process:
            until(lambda: any(map(is_drawing, two)) or process.poll() is not None)
            number = next(number for number, it in enumerate(two) if is_drawing(it))
            until(lambda: _seconds(workers(two[number].pid)[0]) > 4)
            two[number].kill()
            _, err = process.communicate(timeout=SOON)
    assert process.returncode == 1
    assert err.startswith(
        "content/en/long-0.md: error: in English: every worker of the cluster that was given its "
        "sheet broke down or was lost; split the guide"
    )
    assert len(err.splitlines()) == 1


@in_proc
def test_an_interrupted_build_leaves_nothing(tmp_path: Path, two_workers: Cluster) -> None:
    root = long_project(tmp_path, 2, 1000)
    drawing = two_workers.processes[1:]
    before = spent(*drawing)
    with building(root, two_workers.address) as process:
        until(lambda: any(is_drawing(worker, before) for worker in drawing))
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=SOON)
    assert (process.returncode, out, err) == (INTERRUPTED, "", "Interrupted.\n")
    assert files(root / "build") == {}


@in_proc
@pytest.mark.slow
def test_a_lost_scheduler_is_told_of(tmp_path: Path, cache: Path) -> None:
    root = long_project(tmp_path / "project", 2, 1000)
    with cluster(tmp_path / "cluster", cache) as made:
        worker = made.worker()
        with building(root, made.address) as process:
            until(lambda: is_drawing(worker) or process.poll() is not None)
            os.kill(made.scheduler, signal.SIGKILL)
            out, err = process.communicate(timeout=SOON)
    assert (process.returncode, out) == (1, "")
    assert err == (
        f"{made.address}: error: the scheduler does not answer any more; what was drawn is kept. "
        "Build again when it is there\n"
    )
    assert files(root / "build") == {}


@in_proc
@pytest.mark.slow
def test_a_cluster_that_all_workers_left_is_told_of(tmp_path: Path, cache: Path) -> None:
    root = long_project(tmp_path / "project", 2, 1000)
    with cluster(tmp_path / "cluster", cache) as made:
        worker = made.worker()
        with building(root, made.address) as process:
            until(lambda: is_drawing(worker) or process.poll() is not None)
            worker.kill()
            out, err = process.communicate(timeout=SOON)
    assert (process.returncode, out) == (1, "")
    assert err == (
        f"{made.address}: error: all workers left the cluster; what they drew is kept. Start "
        "some, and build again\n"
    )
    assert files(root / "build") == {}


def test_where_no_scheduler_is_one_line_says_so(tmp_path: Path) -> None:
    root = long_project(tmp_path, 1, 1)
    outcome = build(root, "--format", "pdf", "--scheduler", "tcp://127.0.0.1:1")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "tcp://127.0.0.1:1: error: no scheduler answers there; start one with `dask scheduler`, "
        "or mend the address\n"
    )


@pytest.mark.parametrize(
    "says", [b"HTTP/1.1 400 Bad Request\r\n\r\n" * 4, pytest.param(b"", marks=pytest.mark.slow)]
)
def test_what_is_no_scheduler_is_not_waited_for(tmp_path: Path, says: bytes) -> None:
    root = long_project(tmp_path, 1, 1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        listening = Thread(target=_say, args=(server, says), daemon=True)
        listening.start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        outcome = build(root, "--format", "pdf", "--scheduler", address)
        server.shutdown(socket.SHUT_RDWR)
        listening.join()
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"{address}: error: no scheduler answers there; start one with")
    assert len(outcome.err.splitlines()) == 1


def _say(server: socket.socket, what: bytes) -> None:
    """Answer all that call with the same, and then with silence."""
    with ExitStack() as callers, suppress(OSError):  # that nobody listens any more
        while True:
            caller, _ = server.accept()
            callers.enter_context(caller).sendall(what)


@pytest.mark.slow
def test_a_cluster_without_workers_is_told_of(tmp_path: Path, cache: Path) -> None:
    root = long_project(tmp_path / "project", 1, 1)
    with cluster(tmp_path / "cluster", cache) as made:
        outcome = build(root, "--format", "pdf", "--scheduler", made.address)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        f"{made.address}: error: the cluster has no workers; start some with `dask worker "
        f"{made.address}`\n"
    )


@pytest.mark.parametrize("address", ["10.0.0.1:8786", "tcp://10.0.0.1", "inproc://a:1", "tcp://:1"])
def test_what_is_no_address_is_wrong_usage(tmp_path: Path, address: str) -> None:
    outcome = run(long_project(tmp_path, 1, 1), "build", "--scheduler", address)
    assert outcome.code == 2
    assert "--scheduler wants an address such as tcp://10.0.0.1:8786, not" in outcome.err


def test_without_the_package_it_is_told_how_to_install_it(tmp_path: Path) -> None:
    root = long_project(tmp_path, 1, 1)
    code = (
        "import sys; sys.modules['distributed'] = None; from outreach.cli import main; "
        f"main(['--project', {str(root)!r}, 'build', '--scheduler', 'tcp://127.0.0.1:1'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert 'pip install "outreach[cluster]"' in done.stderr
    assert "Traceback" not in done.stderr
