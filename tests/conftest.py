"""Every test has a cache of its own, so that none is served what another one made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.store import cache_folder

FONTS = cache_folder().absolute() / "fonts"
"""Shared by all tests and kept, since it takes long to make them ready."""


def _cache(folder: Path) -> str:
    FONTS.mkdir(parents=True, exist_ok=True)
    (folder / "fonts").symlink_to(FONTS, target_is_directory=True)
    return str(folder)


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For what many tests share."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OUTREACH_CACHE", _cache(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _cache_of_the_test(
    _cache_of_the_session: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    monkeypatch.setenv("OUTREACH_CACHE", _cache(tmp_path_factory.mktemp("cache")))
