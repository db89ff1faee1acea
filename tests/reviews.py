"""Small projects whose translations are reviewed by placeholder people."""

from __future__ import annotations

from pathlib import Path

from projects import GUIDE, SPANISH, Outcome, catalog, po, run, write

REVIEWER, OTHER, TRANSLATOR = "Reviewer One", "Reviewer Two", "Translator Two"
CONFIG = f"""\
languages = ["es"]
reviewers = ["{REVIEWER}", {{ name = "{OTHER}", languages = ["ar"] }}]
"""
RECORD = "locale/es/reviews/a.toml"
KEPT = ("locale/es/reviews/a.source.md", "locale/es/reviews/a.signed.json")
FIRST = ("--translator", TRANSLATOR, "--method", "human")
"""What a first review has to say besides the reviewer."""
HEADER = "Language: es"
MACHINE = 'Language: es\\n"\n"X-Translation-Method: machine draft'


def project(root: Path) -> Path:
    """A guide that is wholly translated into Spanish, and that nobody signed off."""
    return write(
        root, {"outreach.toml": CONFIG, "content/en/a.md": GUIDE, catalog("a"): po(SPANISH)}
    )


def review(root: Path, *args: str, guide: str = "a") -> Outcome:
    """Review the Spanish translation as the reviewer, without being asked."""
    return run(root, "review", "es", guide, "--reviewer", REVIEWER, "--yes", *args)


def signed(root: Path) -> Path:
    """The same project, signed off."""
    outcome = review(project(root), *FIRST)
    assert outcome.code == 0, outcome.err
    return root


def state(root: Path, guide: str = "a") -> str:
    """How a guide stands in Spanish, in a word."""
    lines = run(root, "review", "--list", "es").out.splitlines()
    return next(line.split()[0] for line in lines if f"  {guide}: " in f"{line}: ")
