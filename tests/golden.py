"""Makes `tests/data/site/expected/` and `tests/data/diff/` anew, when they are meant to differ.

    python tests/golden.py

Then read the difference as a reviewer would: it is what readers, and reviewers, will see.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from projects import SITE, build, files, run, write
from repositories import git, pull_request

EXPECTED = SITE / "expected"
CHANGES = SITE.parent / "diff"
FORMATS = {"text": "text.txt", "json": "data.json", "markdown": "summary.md"}


def pages(folder: Path) -> dict[str, bytes]:
    """All web pages of the small project, built into a folder."""
    outcome = build(SITE, "-o", str(folder))
    if outcome.code:
        raise SystemExit(outcome.err)
    return files(folder, "*.html")


def changes(root: Path) -> dict[str, str]:
    """What `outreach diff` says of the made-up pull request, by the file that it stands in."""
    full = git(root, "rev-parse", "HEAD")
    found: dict[str, str] = {}
    for form, name in FORMATS.items():
        outcome = run(root, "diff", "HEAD", "--format", form)
        if outcome.code != 1:  # a translation in it has errors
            raise SystemExit(outcome.err)
        text = outcome.out.replace(full, "0" * len(full))
        found[name] = text.replace(full[:12], "0" * 12)
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(CHANGES, changes(pull_request(Path(folder))))
    with tempfile.TemporaryDirectory() as folder:
        made = pages(Path(folder))
    shutil.rmtree(EXPECTED, ignore_errors=True)
    write(EXPECTED, made)


if __name__ == "__main__":
    main()
