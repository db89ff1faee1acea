"""Makes `tests/data/site/expected/`, `tests/data/released/`, `tests/data/diff/` and
`tests/data/specimens/pictures/` anew, when they are meant to differ.

    python tests/golden.py

Then read the difference as a reviewer would, and look at the pictures that it names: it is what
readers, and reviewers, will see.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from pictures import PICTURES, TOLERANCE, by_pdfium, elsewhere, keep, kept
from projects import SITE, build, files, run, write
from released import project, release
from repositories import git, pull_request
from specimens import FIRST, LANGUAGES, make, sheet

EXPECTED = SITE / "expected"
RELEASED = SITE.parent / "released"
CHANGES = SITE.parent / "diff"
FORMATS = {"text": "text.txt", "json": "data.json", "markdown": "summary.md"}


def pages(folder: Path) -> dict[str, bytes]:
    """All web pages of the small project, built into a folder."""
    outcome = build(SITE, "-o", str(folder))
    if outcome.code:
        raise SystemExit(outcome.err)
    return files(folder, "*.html")


def released(folder: Path) -> dict[str, bytes]:
    """The web pages of its release, in all languages but English, made in a folder."""
    outcome = release(project(folder))
    if outcome.code:
        raise SystemExit(outcome.err)
    made = files(folder / "build", "*.html")
    return {path: data for path, data in made.items() if not path.startswith("en/")}


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


def pictures(folder: Path) -> None:
    """Keep a picture of each specimen that does not look as it did, or has none."""
    make(FIRST, folder=folder)
    for tag in LANGUAGES:
        path, made = PICTURES / f"{tag}.png", by_pdfium(sheet(folder, tag))
        if not path.exists() or elsewhere(kept(path), made) > TOLERANCE:
            print(f"look at {path}")
            keep(made, path)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        pictures(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        write(CHANGES, changes(pull_request(Path(folder))))
    with tempfile.TemporaryDirectory() as folder:
        made = pages(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        kept_pages = released(Path(folder))
    shutil.rmtree(EXPECTED, ignore_errors=True)
    write(EXPECTED, made)
    shutil.rmtree(RELEASED, ignore_errors=True)
    write(RELEASED, kept_pages)


if __name__ == "__main__":
    main()
