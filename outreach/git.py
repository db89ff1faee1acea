"""What git knows of a project. The only module that runs git.

It only ever reads, but for `configure`, which writes into the repository's own configuration.
"""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from outreach.model import Location, OutreachError, Problem, UsageError, first_words

_LINK_MODE, _FILE_MODES = "120000", ("100644", "100755")
_LINKS = 8
"""Links that are followed from one to the next."""

_ENTRY = re.compile(r"([0-9a-f]{40,}) \d+ (\d+) (\d+)")
"""A line of `git blame --incremental` that says which lines a commit wrote."""

_SHALLOW = (
    "this clone is shallow, so it lacks older commits: run `git fetch --unshallow`, "
    "or in a CI job check out with `fetch-depth: 0`"
)

MOST_CONFLICTS = 127
"""`git merge-file` exits with the number of conflicts, this at the most, and above it on errors."""


def git(folder: Path, *arguments: str, data: bytes = b"") -> bytes:
    """What a git command prints, run in a folder with `data` on its standard input.

    No hook, pager, external diff or text conversion of the repository's configuration is run.
    Raises OutreachError with git's own last line when it fails, and when there is no git.
    """
    return _run(folder, arguments, data).stdout


def merge_text(
    folder: Path, files: tuple[str, str, str], labels: tuple[str, str], mark_length: int
) -> tuple[bytes, int]:
    """What git makes of two versions of a text, line by line, and how many conflicts are left.

    `files` are our version, the base and their version. Raises OutreachError as `git` does, also
    when they are no text.
    """
    ours, theirs = labels
    done = _run(
        folder,
        (
            *("merge-file", "-p", "-q", f"--marker-size={mark_length}"),
            *("-L", ours, "-L", "base", "-L", theirs, "--", *files),
        ),
        good=range(MOST_CONFLICTS + 1),
    )
    return done.stdout, done.returncode


def configure(folder: Path, settings: dict[str, str]) -> None:
    """Write settings into the configuration of the repository that a folder belongs to.

    Raises OutreachError as `git` does.
    """
    for name, value in settings.items():
        git(folder, "config", "--local", "--replace-all", name, value)


def _run(
    folder: Path, arguments: Collection[str], data: bytes = b"", good: Collection[int] = (0,)
) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [*command, *arguments],
            cwd=folder,
            env=environment,
            input=data,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise _failed(f"git cannot be run: {(error.strerror or str(error)).lower()}") from None
    if done.returncode not in good:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise _failed(f"git says: {said[-1] if said else f'exit code {done.returncode}'}")
    return done


def is_shallow(folder: Path) -> bool:
    """Whether the history is cut off, as in many clones for CI.

    Raises OutreachError when the folder is in no repository.
    """
    return git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


def blame(folder: Path, path: str, *, shallow: bool = False) -> dict[int, str]:
    """When each line of a file came, as an ISO date by line from 1; a change of indent is none.

    The date is the committer's, when the line came into the history. It is empty where the history
    is cut off before that, or the clock was far off. Lines that are not committed are left out.
    Raises OutreachError when git knows no such file.
    """
    said = git(folder, "blame", "--incremental", "-w", "-M", "--", path).decode(errors="replace")
    facts: dict[str, dict[str, str]] = {}
    lines: dict[int, str] = {}
    commit = ""
    for line in said.split("\n"):
        entry = _ENTRY.fullmatch(line)
        if entry:
            commit = entry[1]
            lines |= dict.fromkeys(range(int(entry[2]), int(entry[2]) + int(entry[3])), commit)
        else:
            name, _, value = line.partition(" ")
            facts.setdefault(commit, {}).setdefault(name, value)
    dates = {
        name: _date(found, shallow=shallow) for name, found in facts.items() if name.strip("0")
    }
    return {line: dates[name] for line, name in lines.items() if name in dates}


def _date(commit: Mapping[str, str], *, shallow: bool) -> str:
    """The day on the committer's own calendar."""
    if shallow and "boundary" in commit:  # as the first commit of a whole history is, too
        return ""
    with suppress(KeyError, ValueError, OverflowError):
        zone = int(commit["committer-tz"])
        ahead = timedelta(hours=abs(zone) // 100, minutes=abs(zone) % 100) * (1 if zone > 0 else -1)
        seconds = timedelta(seconds=int(commit["committer-time"]))
        return (datetime(1970, 1, 1, tzinfo=UTC) + seconds + ahead).date().isoformat()
    return ""


def commit_of(folder: Path, revision: str) -> str:
    """The full name of the commit that a revision means for the work tree around a folder.

    `A...` means where the history of `A` and that of the files here part, as for `git diff`. Raises
    UsageError, in plain words, when the folder is in no work tree or there is no such commit.
    """
    _be_in_repository(folder)
    if revision.endswith("..."):
        return _fork_point(folder, revision.removesuffix("..."))
    commit = _commit(folder, revision)
    if not commit:
        shown = first_words(revision)
        raise UsageError(f"git knows no revision `{shown}` here; {_advice(folder, revision)}")
    return commit


def commit_before(folder: Path, day: date) -> str:
    """The commit that was the last one here when a day began, where the user is.

    Of a merge only the side that it was made on counts: what came from elsewhere was not here
    before. Raises UsageError, in plain words, when there is none.
    """
    _be_in_repository(folder)
    if not _commit(folder, "HEAD"):
        raise UsageError("nothing is committed here yet, so there is nothing to compare with")
    begin = int(datetime(day.year, day.month, day.day).astimezone().timestamp())
    older = f"--min-age={max(0, begin - 1)}"
    commit = git(folder, "rev-list", "--first-parent", "-1", older, "HEAD").decode().strip()
    if commit:
        return commit
    if is_shallow(folder):
        raise UsageError(f"git knows nothing from before {day} here; {_SHALLOW}")
    raise UsageError(f"the history here begins later than {day}, so give a later day")


def files_at(folder: Path, commit: str) -> dict[str, str]:
    """The files that a folder held at a commit: paths below it, with the ids of their content.

    A link to another of the files has that file's id; other links, submodules and names that are
    not UTF-8 are left out. It is empty where the folder was not there.
    """
    found: dict[str, str] = {}
    links: dict[str, str] = {}
    for line in git(folder, "ls-tree", "-r", "-z", commit).split(b"\0")[:-1]:
        about, _, name = line.partition(b"\t")
        mode, _, item = about.decode().split()
        try:
            path = name.decode()
        except UnicodeDecodeError:
            continue
        if mode in _FILE_MODES:
            found[path] = item
        elif mode == _LINK_MODE:
            links[path] = item
    return found | _followed(folder, found, links)


def contents(folder: Path, items: Collection[str]) -> dict[str, bytes]:
    """The contents with these ids. Raises OutreachError when the repository lacks one of them."""
    wanted = list(dict.fromkeys(items))
    answer = git(folder, "cat-file", "--batch", data="".join(f"{i}\n" for i in wanted).encode())
    found: dict[str, bytes] = {}
    start = 0
    for item in wanted:
        end = answer.index(b"\n", start)
        words = answer[start:end].split()
        if words[1:2] != [b"blob"]:
            raise _failed(f"the repository lacks the content {item}; `git fetch` may bring it")
        start = end + 1 + int(words[2])
        found[item] = answer[end + 1 : start]
        start += 1  # the line feed that ends each content
    return found


def changed_since(folder: Path, commit: str) -> frozenset[str]:
    """The paths below a folder whose files differ from a commit; files new to git are left out."""
    options = (
        "--no-ext-diff",
        "--no-textconv",
        "--no-renames",
        "--ignore-submodules",
        "--relative",
    )
    names = git(folder, "diff", "--name-only", "-z", *options, commit, "--", ".")
    return frozenset(os.fsdecode(name) for name in names.split(b"\0")[:-1])


def _be_in_repository(folder: Path) -> None:
    """Raise UsageError when a folder is in no work tree."""
    try:
        git(folder, "rev-parse", "--show-prefix")
    except OutreachError as error:
        text = f"changes are found with git, but not here: {error.problem.text}"
        raise UsageError(text) from None


def _commit(folder: Path, revision: str) -> str:
    """The full name of a commit, empty when there is none of that name."""
    asked = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    try:
        name = git(folder, "rev-parse", *asked).decode().strip()
    except OutreachError:
        return ""
    return "" if name.startswith("^") else name  # as for `^main`, which leaves commits out


def _fork_point(folder: Path, revision: str) -> str:
    commit = commit_of(folder, revision)
    try:
        return git(folder, "merge-base", commit, "HEAD").decode().split()[0]
    except OutreachError:
        raise UsageError(
            f"`{first_words(revision)}` and what is checked out here have no commit in common; "
            + _advice(folder, revision)
        ) from None


def _advice(folder: Path, revision: str) -> str:
    """What to do about a revision that is not there."""
    if ".." in revision:
        return "give one revision to compare the files here with, or `A...` for where they part"
    if git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true":
        return _SHALLOW
    if _commit(folder, f"origin/{revision}"):
        return f"but there is `origin/{revision}`: is it meant?"
    return "look for a mistake in the name, or fetch it first, as with `git fetch origin main`"


def _followed(folder: Path, files: Mapping[str, str], links: Mapping[str, str]) -> dict[str, str]:
    """The ids of the files that links lead to, by the paths of the links."""
    texts = contents(folder, links.values()) if links else {}
    found: dict[str, str] = {}
    for link in links:
        path = link
        for _ in range(_LINKS):
            if path not in links:
                break
            target = texts[links[path]].decode(errors="replace")
            path = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if path in files:
            found[link] = files[path]
    return found


def _failed(text: str) -> OutreachError:
    return OutreachError(Problem(Location("git"), text))
