"""The short form of the torture: each kind of fault in some scenes; and the harness sees what it should see."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from search.engine import arrayfile, beside, toc
from tests.torture.__main__ import prepare, report
from tests.torture.helpers import orphans, strike_helpers
from tests.torture.readers import READERS, Reader, disturb, listen, reads
from tests.torture.rounds import CLOCK, Expected, operations, rounds, strike
from tests.torture.storage import KINDS, Fault

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the torture forks the program")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Expected]:
    """Without pages: to read them would take most of the time."""
    return prepare(tmp_path_factory.mktemp("scenes"), ())


def test_nothing_is_lost(known: dict[str, Expected], tmp_path: Path) -> None:
    kinds = (*KINDS, CLOCK, "kill", "power")
    turns = zip(cycle(known.values()), kinds, strict=False)
    done = [one for expected, kind in turns for one in rounds(expected, tmp_path, kind, 1, random.Random(1))]
    assert sum(one.struck for one in done) == len(kinds)
    *_, last = report(done, kinds)
    assert last == f"{len(kinds)} struck, 0 with something wrong"


@pytest.mark.parametrize(("reader", "kind"), [*zip(READERS, cycle(("read", "unread")), strict=False)], ids=str)
def test_who_only_reads_is_told_the_truth_or_why_not(
    known: dict[str, Expected], tmp_path: Path, reader: Reader, kind: str
) -> None:
    index = known["update"].scene.before
    assert index
    undisturbed = listen(reader, index, tmp_path)
    (done,) = reads(undisturbed, tmp_path, kind, 1, random.Random(reader.name))
    assert done.struck
    assert done.wrong == ()


def test_an_answer_that_is_not_the_one_is_found_out(known: dict[str, Expected], tmp_path: Path) -> None:
    index = known["update"].scene.before
    assert index
    careless = Reader("careless", lambda path: print(len(read_or_nothing(path))) or 0)
    undisturbed = listen(careless, index, tmp_path)
    assert disturb(undisturbed, tmp_path, Fault("read", 1)).wrong


def read_or_nothing(path: Path) -> bytes:
    try:
        return (path / "baoku.json").read_bytes()
    except OSError:
        return b""


def test_without_its_helpers_the_writer_does_it_all(known: dict[str, Expected], tmp_path: Path) -> None:
    done = strike_helpers(known["rebuild"], tmp_path, 1, every=False)
    assert done.struck
    assert (done.code, done.wrong) == (0, ())


def test_helpers_end_with_their_writer(known: dict[str, Expected], tmp_path: Path) -> None:
    assert orphans(known["index"], tmp_path) == []


def test_scenes_do_what_they_are_named_for(known: dict[str, Expected]) -> None:
    before, after = known["prune"].before, known["prune"].after
    assert set(before) - set(after)
    assert set(after) - set(before)
    assert [identity for identity in before if identity in after and before[identity].body != after[identity].body]
    assert known["rebuild"].after.keys() == after.keys()
    merge = known["merge"].scene.before
    assert merge
    assert len(toc.read(merge, toc.newest(merge)).segments) == 7


class _Careless:
    """A system that says of everything that it is safe."""

    fsync = staticmethod(bool)

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)


CARELESS: dict[str, tuple[str, Callable[[pytest.MonkeyPatch], None]]] = {
    "names are not synced": ("rebuild", lambda patch: patch.setattr(beside, "sync_folder", bool)),
    "bytes are not synced": ("update", lambda patch: patch.setattr(arrayfile, "os", _Careless())),
    "leftovers stay": ("rebuild", lambda patch: patch.setattr(beside, "clear", bool)),
}


@pytest.mark.parametrize("how", CARELESS)
def test_a_careless_writer_is_found_out(
    known: dict[str, Expected], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    scene, spoil = CARELESS[how]
    spoil(monkeypatch)
    last = operations(known[scene].scene, tmp_path, "power")
    cuts = (Fault("power", last - back, seed) for back in (2, 10) for seed in range(3))
    assert any(strike(known[scene], tmp_path, cut).wrong for cut in cuts)
