"""What the rules on the English of guides say of a guide, in few words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from projects import write

from outreach.checks.source import check_source
from outreach.config import Config, load_config
from outreach.guides import parse_guide
from outreach.languages import find
from outreach.model import Problem

TODAY = date(2026, 11, 25)


def problems(
    text: str, *rules: str, config: Config | None = None, tag: str = "en"
) -> list[Problem]:
    """What is found in a guide with this file; of some rules, or of all."""
    guide = parse_guide(text, "g", "g.md")
    found = check_source(config or Config(Path()), find(tag), [guide], TODAY, rules)
    return [problem for problem in found if not rules or problem.rule in rules]


def told(text: str, *rules: str, config: Config | None = None) -> list[str]:
    """The same as `line: text`."""
    found = problems(text, *rules, config=config)
    return [f"{problem.location.line}: {problem.text}" for problem in found]


def project(root: Path, settings: Iterable[str] = (), **files: str) -> Config:
    """A project with these lines of configuration, and lists by the names of their keys."""
    lines = [*settings, *(f'{key.replace("_", "-")} = "{key}.md"' for key in files)]
    write(root, {f"{key}.md": text for key, text in files.items()})
    write(root, {"outreach.toml": "\n".join(lines)})
    return load_config(root)
