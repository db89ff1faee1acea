"""`pybabel extract` reads guides as we do."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from projects import SITE, run, write

from outreach.babel_extract import Extracted, extract


def extracted(data: bytes, name: str = "content/en/a.md") -> list[Extracted]:
    file = io.BytesIO(data)
    file.name = name
    return list(extract(file, {}, [], {}))


def entries(*files: Path) -> list[tuple[str, str]]:
    """Msgids with the comments for translators, in order, without repetitions."""
    found = [(item.msgid, item.comment) for file in files for item in polib.pofile(str(file))]
    return list(dict.fromkeys(found))


def test_pybabel_extracts_the_messages_of_our_templates(tmp_path: Path) -> None:
    project = tmp_path / "site"
    shutil.copytree(SITE, project)
    assert run(project, "update", "--templates").code == 0
    write(project, {"babel.cfg": "[outreach: **.md]\n"})
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg"]
    command += ["--width", "9999", "-o", "babel.pot", "content/en"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    templates = sorted((project / "locale").rglob("*.pot"))
    ours = entries(*(path for path in templates if path.name != "links.pot"))
    assert len(ours) > 20
    assert entries(project / "babel.pot") == ours
    lines = {item.msgid: item.occurrences for item in polib.pofile(str(project / "babel.pot"))}
    assert lines["Clean hands"][0] == ("content/en/hand-washing.md", "2")


def test_each_text_comes_with_its_line_and_what_translators_should_know() -> None:
    guide = "---\ntitle: Hands\n---\n\n# Soap\n\n<!-- note: Any soap. -->\n"
    guide += "Use [it][x].\n\n[x]: http://a.example\n"
    assert extracted(b"\xef\xbb\xbf" + guide.replace("\n", "\r\n").encode()) == [
        (2, None, "Hands", ["title of the guide"]),
        (5, None, "Soap", ["heading"]),
        (8, None, "Use [it][x].", ["paragraph, under ‘Soap’", "Note: Any soap."]),
    ]


def test_a_guide_with_mistakes_gives_its_texts_all_the_same() -> None:
    found = extracted(b"A <b>bold</b> word.\n\n<div>In a box.</div>\n\n::: nothing\n")
    assert [msgid for _, _, msgid, _ in found] == [
        "A <b>bold</b> word.",
        "In a box.",
        "::: nothing",
    ]
    assert extracted(b"") == []


def test_a_guide_that_is_not_utf_8_is_named_with_its_line() -> None:
    with pytest.raises(ValueError, match=r"^content/en/a\.md:2: error: is not UTF-8 text"):
        extracted(b"One\ncaf\xe9\n")
