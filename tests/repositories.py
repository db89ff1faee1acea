"""Small git repositories with projects in them, whatever the user's own git is set to."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from projects import catalog, po, write

_SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Writer",
    "GIT_AUTHOR_EMAIL": "writer@example.org",
    "GIT_COMMITTER_NAME": "Writer",
    "GIT_COMMITTER_EMAIL": "writer@example.org",
    "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
    "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
}


def without_settings(monkeypatch: pytest.MonkeyPatch, ceiling: Path) -> None:
    """Let git know no settings of the user, and no repository around a folder."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(ceiling))


def git(folder: Path, *args: str) -> str:
    """What git prints."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-c", "core.hooksPath=/dev/null", "-c", "protocol.file.allow=always", *args],
        cwd=folder,
        env=kept | _SETTINGS,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def begin(folder: Path) -> Path:
    """A repository in a folder, with everything in it committed."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    return commit(folder)


def commit(folder: Path) -> Path:
    """Commit everything in a folder."""
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Change")
    return folder


BEFORE = """\
---
title: Clean hands
---
Wash your hands often.

Use warm water.

- Before you eat
- After work
- After you cough

See [the rules][rules].

Dry them with a towel.

[rules]: https://a.example/rules
"""
NOW = (
    BEFORE.replace("hands often", "hands very often")
    .replace("- After you cough\n", "- After you cough or sneeze\n")
    .replace("Dry them with a towel.", "Soap matters more than the temperature.")
)
PREVIOUS = '#, fuzzy\n#| msgid "Use hot water."\n'


def pull_request(root: Path) -> Path:
    """A project after a made-up pull request: its revision `HEAD` is before, its files are after.

    There is one of everything: guides and catalogs that changed, were renamed, came and went.
    """
    common = {"Clean hands": "Manos limpias", "Before you eat": "Antes de comer"}
    warm = po({"Use warm water.": "Use agua caliente."}).split("\n\n")[1]
    before = po(
        common
        | {
            "Wash your hands often.": "Lávese las manos a menudo.",
            "After work": "Tras el trabajo",
            "See [the rules][rules].": "Vea [las reglas][rules].",
            "After you cough": "Después de toser",
        }
    )
    write(
        root,
        {
            "content/en/hands.md": BEFORE,
            "content/en/old.md": "# Sleep\n\nSleep eight hours.\n\nRest is health.\n",
            "content/en/gone.md": "Gone.\n",
            catalog("hands"): f"{before}\n{PREVIOUS}{warm}",
            catalog("hands", "ar"): po(
                {"Clean hands": "أيدٍ نظيفة", "After work": "بعد العمل"}, "Language: ar"
            ),
            catalog("hands", "fr"): po({"Clean hands": "Mains propres"}, "Language: fr"),
            catalog("hands", "vi"): 'msgid "Clean hands"\nmsgstr "Tay\n',
            catalog("old"): po({"Sleep": "Dormir"}),
        },
    )
    begin(root)
    now = po(
        common
        | {
            "Wash your hands very often.": "Lávese las manos a menudo.",
            "Use warm water.": "Use agua caliente.",
            "After work": "Después del trabajo",
            "See [the rules][rules].": "Vea las reglas <b>aquí</b>.",
            "Soap matters more than the temperature.": "El jabón importa más.",
        },
        'Language: es\\n"\n"X-Translation-Method: machine draft',
    )
    cough = '#, fuzzy\n#| msgid "After you cough"\nmsgid "After you cough or sneeze"\n'
    write(
        root,
        {
            "content/en/hands.md": NOW,
            "content/en/new.md": "# Sleep\n\nSleep eight hours.\n\nRest is healthy.\n",
            catalog("hands"): f'{now}\n{cough}msgstr "Después de toser"\n',
            catalog("hands", "ar"): po(
                {"Clean hands": "", "After work": "بعد انتهاء العمل"}, "Language: ar"
            ),
            catalog("hands", "vi"): po({"Clean hands": "Tay sạch"}, "Language: vi"),
            catalog("new"): "# Begun by hand.\n" + po({"Sleep": "Dormir"}),
        },
    )
    for path in ("content/en/old.md", "content/en/gone.md", catalog("old"), catalog("hands", "fr")):
        (root / path).unlink()
    return root
