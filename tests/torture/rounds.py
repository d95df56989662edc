"""One round: a command is struck in a child process, and what is left must be whole and go on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import traceback
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from time import monotonic

from search.archive import Archive
from search.engine import toc
from search.errors import BaokuError, IndexMissing
from tests.torture.scenes import Articles, Scene, articles, run
from tests.torture.storage import Fault, Storage

CRASHED = 70
"""The exit code of a child that ended with a traceback."""

CLOCK = "clock"
"""Killed by the clock instead of at an operation."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a scene holds before and after, and how many seconds it takes."""

    scene: Scene
    before: Articles
    after: Articles
    seconds: float


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one: whether the child was struck, how it ended (a negative number: by a signal), what is wrong."""

    scene: str
    kind: str
    fault: Fault
    struck: bool
    code: int
    wrong: tuple[str, ...]


def rehearse(scene: Scene, folder: Path) -> Expected:
    """The scene without a fault."""
    index = _stage(scene, folder)
    start = monotonic()
    code = _child(scene.command(index), folder, Fault("kill"))
    if code:
        raise AssertionError((folder / "said").read_text("utf-8"))
    before = articles(scene.before) if scene.before else {}
    return Expected(scene, before, articles(index), monotonic() - start)


def operations(scene: Scene, folder: Path, kind: str) -> int:
    """How many operations a fault of a kind can strike."""
    index = _stage(scene, folder)
    _child(scene.command(index), folder, Fault(kind))
    return int((folder / "count").read_text())


def strike(expected: Expected, folder: Path, fault: Fault, after: float = 0.0) -> Round:
    """One round; a child that the clock kills is killed ``after`` so many seconds."""
    scene, index = expected.scene, _stage(expected.scene, folder)
    code = _child(scene.command(index), folder, fault, after)
    wrong = [*_told(code, folder), *_left(expected, index), *_finished(expected, index, folder)]
    struck = code != 0 or 0 < fault.at <= int((folder / "count").read_text())
    return Round(scene.name, CLOCK if after else fault.kind, fault, struck, code, tuple(wrong))


def _stage(scene: Scene, folder: Path) -> Path:
    """An empty folder with nothing but the index in it."""
    shutil.rmtree(folder, ignore_errors=True)
    (stage := folder / "stage").mkdir(parents=True)
    scene.begin(stage / "index")
    return stage / "index"


def _child(command: list[str], folder: Path, fault: Fault, after: float = 0.0) -> int:
    """The exit code of the command, run by a fork of this process."""
    child = os.fork()
    if not child:
        _perform(command, folder, fault)
    timer = Timer(after, os.kill, (child, signal.SIGKILL))
    if after:
        timer.start()
    try:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        timer.cancel()


def _perform(command: list[str], folder: Path, fault: Fault) -> None:
    """Runs the command in this process, and ends it."""
    code = CRASHED
    storage = Storage(folder / "stage", fault)
    try:
        with (folder / "said").open("w", encoding="utf-8") as said, redirect_stdout(said), redirect_stderr(said):
            try:
                storage.install()
                code = run(command)
            except BaseException:
                traceback.print_exc()
        (folder / "count").write_text(str(storage.count))
    finally:
        os._exit(code)


def _told(code: int, folder: Path) -> Iterator[str]:
    """A failure is a sentence."""
    said = (folder / "said").read_text("utf-8")
    if code == CRASHED or "Traceback" in said:
        yield f"a traceback: {said[-600:]}"
    elif code > 0 and not said.strip():
        yield "failed without a word"


def _left(expected: Expected, index: Path) -> Iterator[str]:
    """What is there now: an index that opens, is whole, has lost nothing and finds everything."""
    try:
        archive, held = Archive.open(index), articles(index)
    except IndexMissing:
        if expected.scene.before:
            yield "the index is gone"
        return
    except BaokuError as error:
        yield f"the index does not open: {error}"
        return
    yield from (f"check: {problem}" for problem in archive.check())
    yield from _lost(expected, held)
    yield from (f"{identity} is not found" for identity in held if not _found(archive, held, identity))


def _lost(expected: Expected, held: Articles) -> Iterator[str]:
    before, after = expected.before, expected.after
    yield from (f"{identity} is lost" for identity in before if identity in after and identity not in held)
    for identity, article in held.items():
        texts = {own[identity].body for own in (before, after) if identity in own}
        if article.body not in texts:
            yield f"{identity} is neither the old one nor the new one"


def _found(archive: Archive, held: Articles, identity: str) -> bool:
    words = held[identity].body[:12].replace('"', "").partition("\n")[0]
    hits = archive.search(f'"{words}"', per_page=100, all_versions=True).hits
    return not words or identity in {hit.article.id for hit in hits}


def _finished(expected: Expected, index: Path, folder: Path) -> Iterator[str]:
    """The next run finishes the job, and nothing lies about."""
    code = _child(expected.scene.command(index), folder, Fault("kill"))
    if code:
        yield f"the next run ends with {code}: {(folder / 'said').read_text('utf-8')[-600:]}"
        return
    if articles(index) != expected.after:
        yield "the next run does not finish the job"
    yield from (f"check after the next run: {problem}" for problem in Archive.open(index).check())
    named = toc.read(index, toc.newest(index)).files() | {"baoku.json", "MAIN_WRITELOCK"}
    strays = {path.name for path in index.iterdir()} - named
    strays |= {path.name for path in index.parent.iterdir()} - {"index", "index.audit.jsonl"}
    if strays:
        yield f"left over: {sorted(strays)}"


def rounds(expected: Expected, folder: Path, kind: str, count: int, chance: random.Random) -> Iterator[Round]:
    """Rounds of a kind at random moments, until so many have struck."""
    every = 0 if kind == CLOCK else operations(expected.scene, folder, kind)
    while count > 0:
        if kind == CLOCK:
            done = strike(expected, folder, Fault("kill"), chance.uniform(0.01, expected.seconds))
        else:
            done = strike(expected, folder, Fault(kind, chance.randint(1, every), chance.randrange(1 << 32)))
        count -= done.struck
        yield done
