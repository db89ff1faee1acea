"""Odd input from real projects, each of which once went wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from projects import GUIDE, build, catalog, dead_links, po, run, write

from outreach.config import load_config
from outreach.project import languages
from outreach.publish import read_manifest


def test_pattern_lang_guide_in_one_name(tmp_path: Path) -> None:
    config = 'catalogs = "po/{lang}-{guide}.po"\n'
    write(tmp_path, {"outreach.toml": config, "content/en/a-b.md": GUIDE})
    assert run(tmp_path, "init", "zh_Hans").code == 0
    assert [item.tag for item in languages(load_config(tmp_path))] == ["zh-Hans"]


def test_status_tells_of_an_unreadable_guide_by_its_exit_code(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": b"# A\n\ncaf\xe9\n", "content/en/b.md": GUIDE})
    assert run(tmp_path, "status").code == 1


def test_a_deep_manifest(tmp_path: Path) -> None:
    write(tmp_path, {".outreach.json": "[" * 3000})
    assert read_manifest(tmp_path) == {}


def test_a_file_name_that_is_no_utf8(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": GUIDE})
    name = os.fsencode(tmp_path / "content/en") + b"/caf\xe9.md"
    Path(os.fsdecode(name)).write_text(GUIDE, "utf-8")
    for command in (("check",), ("init", "es"), ("status",), ("build", "--format", "html")):
        assert run(tmp_path, *command).code in {0, 1}


def test_key_is_named_for_unknown_languages(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": GUIDE, "outreach.toml": 'languages = ["xq"]\n'})
    assert "`languages`" in run(tmp_path, "check").err


@pytest.mark.parametrize("kind", ["[x]", "![x]"])
def test_a_very_long_address_is_a_missing_file(kind: str, tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": f"{kind}({'a' * 300})\n\n{kind}({'a/' * 3000})\n"})
    assert run(tmp_path, "check").code in {0, 1}


def test_a_very_long_target_in_links_po_does_not_break_the_language(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": "[x][r]\n\n[r]: https://a.example/\n"})
    write(tmp_path, {catalog("a"): po({"[x][r]": "[y][r]"})})
    write(tmp_path, {catalog("links"): po({"https://a.example/": "a" * 300})})
    build(tmp_path)
    assert (tmp_path / "build/es/a.html").is_file()


def test_a_target_in_links_po_that_leads_nowhere_is_no_dead_link(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": "[x][r]\n\n[r]: https://a.example/\n"})
    write(tmp_path, {catalog("a"): po({"[x][r]": "[y][r]"})})
    write(tmp_path, {catalog("links"): po({"https://a.example/": "nowhere.md"})})
    build(tmp_path)
    assert dead_links(tmp_path / "build") == []


@pytest.mark.parametrize("args", [("-g", "b"), ("-l", "es", "-g", "b"), ("-l", "es")])
def test_part_of_a_site_in_a_new_folder_has_no_dead_link(
    args: tuple[str, ...], tmp_path: Path
) -> None:
    other = "# Other\n\nGo to [the hands](a.md).\n"
    texts = {"Other": "Otra", "Go to [the hands](a.md).": "Vea [las manos](a.md)."}
    write(tmp_path, {"content/en/a.md": GUIDE, "content/en/b.md": other, catalog("b"): po(texts)})
    assert build(tmp_path, *args).code == 0
    assert dead_links(tmp_path / "build") == []
