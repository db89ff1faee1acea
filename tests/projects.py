"""Small projects on disk, the command line run on them, and a look at what it made."""

from __future__ import annotations

import fcntl
import os
import posixpath
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner

from outreach.cli import main

ROOT = Path(__file__).parent.parent
SITE = Path(__file__).parent / "data" / "site"
NOBODY = 65534
HEARING = ("env", "--default-signal=INT")
"""Before a command: a shell that runs us in the background has told us to ignore Ctrl-C."""

GUIDE = "# Clean hands\n\nWash them often.\n\n- Before you eat\n- After work\n"
SPANISH = {
    "Clean hands": "Manos limpias",
    "Wash them often.": "Lávelas a menudo.",
    "Before you eat": "Antes de comer",
    "After work": "Después del trabajo",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Put files into a folder, given by their paths; returns the folder."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def run(root: Path, *args: str) -> Outcome:
    """Run a command on a project, in this process. An exception that leaves it is a failure."""
    result = CliRunner().invoke(
        main, ["--project", str(root), *args], prog_name="outreach", catch_exceptions=False
    )
    return Outcome(result.exit_code, result.stdout, result.stderr)


def build(root: Path, *args: str) -> Outcome:
    """Build the web pages of a project: sheets to print take seconds, and few tests need them."""
    return run(root, "build", "--format", "html", *args)


def call(*args: str, cwd: Path = ROOT) -> Outcome:
    """Run `python -m outreach` in a process of its own."""
    command = [sys.executable, "-m", "outreach", *args]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    return Outcome(done.returncode, done.stdout, done.stderr)


def po(messages: Mapping[str, str], header: str = "Language: es", *, fuzzy: str = "") -> str:
    """A catalog with these translations; the one of the msgid `fuzzy` is marked so."""
    parts = [f'msgid ""\nmsgstr ""\n"{header}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n']
    for msgid, msgstr in messages.items():
        flag = "#, fuzzy\n" if msgid == fuzzy else ""
        parts.append(f"{flag}msgid {quoted(msgid)}\nmsgstr {quoted(msgstr)}\n")
    return "\n".join(parts)


def quoted(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


def catalog(guide: str, language: str = "es") -> str:
    """Where a catalog lies in a project without a configuration."""
    return f"locale/{language}/LC_MESSAGES/{guide}.po"


def files(folder: Path, pattern: str = "*") -> dict[str, bytes]:
    """The content of all files below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob(pattern))
        if path.is_file()
    }


def dates(folder: Path) -> dict[str, int]:
    """When each file below a folder was written, by path."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file()
    }


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that is made once for a whole test run, also where several processes share it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@dataclass(slots=True)
class Look(HTMLParser):
    """What a page holds that others can point to, and what it points to."""

    ids: set[str] = field(default_factory=set)
    addresses: list[tuple[str, str, str]] = field(default_factory=list)
    """Element, attribute and value."""

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            if name in ("href", "src", "action", "data", "srcset", "poster") and value is not None:
                self.addresses.append((tag, name, value))


def look(html: str) -> Look:
    found = Look()
    found.feed(html)
    return found


def dead_links(folder: Path) -> list[str]:
    """Every address in the pages below a folder that leads nowhere, or out of the folder.

    Links to other sites are left alone. Everything that a page loads has to lie in the folder.
    """
    pages = {path: look(data.decode()) for path, data in files(folder, "*.html").items()}
    everything = set(files(folder))
    return [
        f"{path}: {value}"
        for path, page in pages.items()
        for tag, name, value in page.addresses
        if not _alive(path, (tag, name, value), pages, everything)
    ]


def _alive(
    path: str, address: tuple[str, str, str], pages: Mapping[str, Look], everything: set[str]
) -> bool:
    tag, _, value = address
    parts = urlsplit(value)
    if parts.scheme or parts.netloc:
        return (tag == "a" and parts.scheme in ("http", "https", "mailto", "tel")) or (
            tag == "link" and value == "data:,"
        )
    if value.startswith("/"):
        return False
    target = path
    if parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    if target not in everything:
        return False
    return not parts.fragment or unquote(parts.fragment) in pages[target].ids


def body(html: str) -> str:
    """The guide's own text in a page."""
    return html.split(' id="guide">', 1)[1].rpartition("</article>")[0]


def everybody_reads_the_program() -> bool:
    """Whether it lies where also a user without rights may read it."""
    with no_rights():
        return os.access(ROOT / "outreach" / "locale", os.R_OK | os.X_OK, effective_ids=True)


@contextmanager
def no_rights() -> Iterator[None]:
    """While it lasts, this process has no more rights than any other user's."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(me)
