"""The folder for long exports: others' are left alone, and what a killed process has left is swept away."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from webui.jobs.room import PREFIX, Room, sweep


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_rooms_in_use_are_left_alone(place: Path) -> None:
    first, second = Room(), Room()
    sweep()
    assert {first.path, second.path} == set(place.iterdir())
    second.close()
    assert set(place.iterdir()) == {first.path}
    first.close()
    assert list(place.iterdir()) == []


def test_what_a_killed_process_has_left_is_swept_away(place: Path) -> None:
    killed = Room()
    (killed.folder("job") / "list").write_bytes(b"half")
    os.close(killed._lock)
    room = Room()
    assert list(place.iterdir()) == [room.path]
    room.close()


def test_what_is_no_room_is_left_alone(place: Path) -> None:
    (place / f"{PREFIX}other").mkdir()
    (place / f"{PREFIX}file").write_text("no folder")
    (place / f"{PREFIX}link").symlink_to(place / "elsewhere")
    sweep()
    assert len(list(place.iterdir())) == 3


def test_the_size_is_that_of_all_files() -> None:
    room = Room()
    (room.folder("a") / "list").write_bytes(b"x" * 10)
    (room.folder("b") / "inner").mkdir()
    (room.path / "b" / "inner" / "list").write_bytes(b"x" * 5)
    assert room.size() == 15
    room.close()
