"""One round: a command is struck in a child process, and what is left must be whole and go on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
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
    index = stage(scene, folder)
    start = monotonic()
    code = child(partial(run, scene.command(index)), folder, Fault("kill"))
    if code:
        raise AssertionError((folder / "warned").read_text("utf-8"))
    before = articles(scene.before) if scene.before else {}
    return Expected(scene, before, articles(index), monotonic() - start)


def operations(scene: Scene, folder: Path, kind: str) -> int:
    """How many operations a fault of a kind can strike."""
    index = stage(scene, folder)
    child(partial(run, scene.command(index)), folder, Fault(kind), scene.folder)
    return int((folder / "count").read_text())


def strike(expected: Expected, folder: Path, fault: Fault, after: float = 0.0) -> Round:
    """One round; a child that the clock kills is killed ``after`` so many seconds."""
    scene, index = expected.scene, stage(expected.scene, folder)
    code = child(partial(run, scene.command(index)), folder, fault, scene.folder, after)
    wrong = [*told(code, folder), *left(expected, index), *finished(expected, index, folder)]
    struck = code != 0 or 0 < fault.at <= int((folder / "count").read_text())
    return Round(scene.name, CLOCK if after else fault.kind, fault, struck, code, tuple(wrong))


def stage(scene: Scene, folder: Path) -> Path:
    """An empty folder with nothing but the index in it."""
    shutil.rmtree(folder, ignore_errors=True)
    (stage := folder / "stage").mkdir(parents=True)
    scene.begin(stage / "index")
    return stage / "index"


def child(act: Callable[[], int], folder: Path, fault: Fault, sources: Path | None = None, after: float = 0.0) -> int:
    """The exit code that a fork of this process ends with; what it says is in ``folder / "said"``."""
    for name in ("said", "warned"):  # one that is killed at once says nothing
        (folder / name).touch()
    process = os.fork()
    if not process:
        _perform(act, folder, Storage(folder / "stage", fault, sources))
    timer = Timer(after, os.kill, (process, signal.SIGKILL))
    if after:
        timer.start()
    try:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    finally:
        timer.cancel()


def _perform(act: Callable[[], int], folder: Path, storage: Storage) -> None:
    """Does it in this process, and ends it."""
    code = CRASHED
    try:
        with (
            (folder / "said").open("w", encoding="utf-8") as said,
            (folder / "warned").open("w", encoding="utf-8") as warned,
            redirect_stdout(said),
            redirect_stderr(warned),
        ):
            try:
                storage.install()
                code = act()
            except BaseException:
                traceback.print_exc()
        (folder / "count").write_text(str(storage.count))
    finally:
        os._exit(code)


def told(code: int, folder: Path) -> Iterator[str]:
    """A failure is a sentence."""
    said, warned = ((folder / name).read_text("utf-8") for name in ("said", "warned"))
    if code == CRASHED or "Traceback" in warned:
        yield f"a traceback: {warned[-600:]}"
    elif code > 0 and not (said + warned).strip():
        yield "failed without a word"
    elif "写不出结果" in warned:
        yield f"another reason than the real one: {warned[-600:]}"


def left(expected: Expected, index: Path) -> Iterator[str]:
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


def finished(expected: Expected, index: Path, folder: Path) -> Iterator[str]:
    """The next run finishes the job, and nothing lies about."""
    code = child(partial(run, expected.scene.command(index)), folder, Fault("kill"))
    if code:
        yield f"the next run ends with {code}: {(folder / 'warned').read_text('utf-8')[-600:]}"
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
