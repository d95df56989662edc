"""Pages, and the index of these pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.words import BOOKS, CHESS, KITES, baoku


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Two pages with three stories."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{BOOKS}\n{CHESS}", "utf-8")
    (folder / "b.txt").write_text(KITES, "utf-8")
    return folder


@pytest.fixture
def index(pages: Path, tmp_path: Path) -> Path:
    """The index of these pages."""
    assert baoku("index", pages, "--index", tmp_path / "index").exit_code == 0
    return tmp_path / "index"
