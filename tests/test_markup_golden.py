"""The msgid format, version 1: what is extracted never changes by accident."""

from __future__ import annotations

import pytest
from golden_markup import ALLOWED, FOLDER, cases, extracted
from markup_tools import html, plain, put_in

CASES = [
    pytest.param(path.stem, guide, expected, id=f"{path.stem}: {title}")
    for path in sorted(FOLDER.glob("*.md"))
    for title, guide, expected in cases(path)
]


@pytest.mark.parametrize(("name", "guide", "expected"), CASES)
def test_extracted(name: str, guide: str, expected: str) -> None:
    assert extracted(guide, raw_html=name == ALLOWED) == expected


@pytest.mark.parametrize(("name", "guide", "expected"), CASES)
def test_a_msgid_put_in_its_place_changes_nothing(name: str, guide: str, expected: str) -> None:
    assert name
    assert plain(html(guide, put_in, raw_html=True)) == plain(html(guide, raw_html=True)), expected
