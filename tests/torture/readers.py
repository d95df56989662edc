"""Who only reads, while the disk cannot: the very same answer, or a sentence; and the index stays as it is."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from search.archive import Archive
from search.errors import BaokuError, IndexMissing
from tests.torture.rounds import Round, child, told
from tests.torture.scenes import run
from tests.torture.storage import Fault
from webui.app import create_app

KINDS = ("read", "unread")
_WORD = "图书角"
_ADDRESSES = (
    f"/search?q={_WORD}",
    f"/search.csv?q={_WORD}",
    f"/api/v1/search?q={_WORD}&per_page=3",
    "/statistics",
    "/dates",
    "/suggest?q=图书",
    "/healthz",
)


@dataclass(frozen=True, slots=True)
class Reader:
    """What is done with an index; ``folder`` is for what it writes elsewhere."""

    name: str
    act: Callable[[Path], int]

    def __str__(self) -> str:
        return self.name


def _command(*words: str) -> Callable[[Path], int]:
    return lambda index: run([*words, "--index", str(index)])


def _backup(index: Path) -> int:
    return run(["backup", str(index.parent / "kept"), "--index", str(index)])


def _serve(index: Path) -> int:
    """Asks the web application everything, twice: the second time the disk may be well again."""
    app = create_app({"INDEX": index})
    client, passes = app.test_client(), (1, 2)
    for number in passes:
        for address in _ADDRESSES:
            answer = client.get(address)
            body = hashlib.sha256(_lasting(answer.get_data())).hexdigest()[:16] if answer.status_code == 200 else ""
            print(number, answer.status_code, address, body)
    return 0


def _lasting(body: bytes) -> bytes:
    """An answer without what is never the same twice."""
    return b"\n".join(line for line in body.split(b"\n") if b"took" not in line and "毫秒".encode() not in line)


READERS = (
    Reader("search", _command("search", _WORD, "--format", "jsonl")),
    Reader("export", _command("export", _WORD, "--format", "jsonl")),
    Reader("stats", _command("stats")),
    Reader("check", _command("check")),
    Reader("backup", _backup),
    Reader("serve", _serve),
)


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a reader says of an index when nothing is wrong."""

    reader: Reader
    index: Path
    said: str

    @property
    def name(self) -> str:
        return self.reader.name


def listen(reader: Reader, index: Path, folder: Path) -> Undisturbed:
    """The reader without a fault."""
    code = child(partial(reader.act, _stage(index, folder)), folder, Fault("read"))
    said = (folder / "said").read_text("utf-8")
    if code:
        raise AssertionError((folder / "warned").read_text("utf-8"))
    return Undisturbed(reader, index, said)


def looks(known: Undisturbed, folder: Path, kind: str) -> int:
    """How many operations a fault of a kind can strike."""
    child(partial(known.reader.act, _stage(known.index, folder)), folder, Fault(kind))
    return int((folder / "count").read_text())


def disturb(known: Undisturbed, folder: Path, fault: Fault) -> Round:
    """One round."""
    index = _stage(known.index, folder)
    code = child(partial(known.reader.act, index), folder, fault)
    said = (folder / "said").read_text("utf-8")
    wrong = [*told(code, folder), *_answered(known, code, said, fault), *_untouched(known.index, index)]
    struck = 0 < fault.at <= int((folder / "count").read_text())
    return Round(known.name, fault.kind, fault, struck, code, tuple(wrong))


def reads(known: Undisturbed, folder: Path, kind: str, count: int, chance: random.Random) -> Iterator[Round]:
    """Rounds of a kind at random moments."""
    every = looks(known, folder, kind)
    for _ in range(count):
        yield disturb(known, folder, Fault(kind, chance.randint(1, every)))


def _stage(index: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(index, folder / "stage" / "index")
    return folder / "stage" / "index"


def _answered(known: Undisturbed, code: int, said: str, fault: Fault) -> Iterator[str]:
    """Nobody is told anything else than without a fault, unless it is that something cannot be read."""
    if known.name != "serve":
        if code == 0 and said != known.said:
            yield f"another answer: {said[-600:]}"
        return
    for line, expected in zip(said.splitlines(), known.said.splitlines(), strict=True):
        again, status, *_ = line.split()
        if line != expected and (status != "503" or (again == "2" and fault.kind == "read")):
            yield f"another answer: {line} instead of {expected}"


def _untouched(before: Path, index: Path) -> Iterator[str]:
    if _files(index) != _files(before):
        yield "the index is not what it was"
    kept = index.parent / "kept"
    try:
        yield from (f"the backup: {problem}" for problem in Archive.open(kept).check())
    except IndexMissing:
        pass
    except BaokuError as error:
        yield f"the backup does not open: {error}"


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
