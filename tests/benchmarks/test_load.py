"""The benchmark of a running server: its traffic, its client, its readers, and what it sees of a process."""

from __future__ import annotations

import asyncio
import mmap
import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.__main__ import main
from benchmarks.corpus import synthetic
from benchmarks.load.client import Broken, Connection, Got
from benchmarks.load.crowd import Load, Measured, Tally, _Crowd, under
from benchmarks.load.report import at, report_loads, report_soak
from benchmarks.load.served import serving
from benchmarks.load.soak import Soak, soak
from benchmarks.load.traffic import SHARES, Click, Matter, Traffic, matter
from benchmarks.load.tree import PRESENT, Sample, Watch, family, growth, sample
from search.archive import Archive
from search.errors import BaokuError
from webui.app import create_app

needs_proc = pytest.mark.skipif(not PRESENT, reason="needs Linux's /proc")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("load") / "index"
    Archive.create(path).add(synthetic(150, 7))
    return path


@pytest.fixture(scope="module")
def asked(index: Path) -> Matter:
    return matter(index, 7)


# Traffic


def test_the_same_seed_asks_the_same_and_no_two_readers_do(asked: Matter) -> None:
    def clicks(seed: int, number: int) -> list[Click]:
        traffic = Traffic(asked, seed, number)
        return [traffic.next() for _ in range(50)]

    assert clicks(1, 0) == clicks(1, 0)
    assert clicks(1, 0) != clicks(1, 1)
    assert clicks(1, 0) != clicks(2, 0)


def test_every_kind_has_its_share_and_every_address_is_answered(index: Path, asked: Matter) -> None:
    traffic, client = Traffic(asked, 1), create_app({"INDEX": index, "TESTING": True}).test_client()
    clicks = [traffic.next() for _ in range(400)]
    kinds = Counter(click.kind for click in clicks)
    assert set(kinds) == set(SHARES)
    assert kinds["search"] > kinds["trends"] > 0
    for click in clicks[:120]:
        answer = client.get(click.address)
        assert (click.address, answer.status_code) == (click.address, 200)


def test_popular_questions_are_asked_often(asked: Matter) -> None:
    traffic = Traffic(asked, 1)
    asked_for = Counter(click.address for click in islice(iter(traffic.next, None), 2_000) if click.kind == "suggest")
    assert asked_for.most_common(1)[0][1] > 5


def test_an_empty_archive_has_nothing_to_be_asked_for(tmp_path: Path) -> None:
    Archive.create(tmp_path / "index")
    with pytest.raises(BaokuError, match="没有文章"):
        matter(tmp_path / "index", 7)


# The client, and readers who are refused


@asynccontextmanager
async def _answering(answers: Sequence[bytes]) -> AsyncIterator[tuple[int, list[str]]]:
    """A server that gives these answers one after the other, the last again and again, and what it was asked for."""
    left, heard = list(answers), list[str]()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                heard.append(head.decode().split()[1])
                answer = left.pop(0) if len(left) > 1 else left[0]
                writer.write(answer)
                await writer.drain()
                if b"Connection: close" in answer:
                    break
        except asyncio.IncompleteReadError:
            pass
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], heard


def _said(status: str, headers: str = "", body: bytes = b"") -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


def test_every_way_to_send_a_body_is_read_to_its_end() -> None:
    answers = [
        _said("200 OK", body=b"12345"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n",
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
        _said("503 Busy", "Retry-After: 7\r\n", b"no"),
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end",
        _said("200 OK", body=b"again"),
    ]

    async def read() -> list[tuple[int, int, float | None]]:
        async with _answering(answers) as (port, _):
            connection = Connection(port)
            got = [await connection.get("/") for _ in answers]
            connection.close()
            return [(one.status, one.size, one.retry_after) for one in got]

    assert asyncio.run(read()) == [
        (200, 5, None),
        (200, 7, None),
        (304, 0, None),
        (503, 2, 7.0),
        (200, 10, None),
        (200, 5, None),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n",
    ],
)
def test_an_answer_that_is_cut_off_is_none(answer: bytes) -> None:
    async def read() -> None:
        async with _answering([answer]) as (port, _):
            await Connection(port).get("/")

    with pytest.raises((EOFError, Broken)):
        asyncio.run(read())


def _refused_first(asked: Matter, polite: bool) -> tuple[list[str], Tally]:
    """What one reader asks for of whom the first request is refused, and what is noted."""

    async def read() -> tuple[list[str], Tally]:
        answers = [_said("503 Busy", "Retry-After: 0\r\n"), _said("200 OK", body=b"good")]
        async with _answering(answers) as (port, heard):
            load = Load("one", 1, seconds=0.3, warm_up=0, pause=0.05, polite=polite)
            tally, *_ = await _Crowd(load, port, os.getpid(), asked, 1).run()
            return heard, tally

    return asyncio.run(read())


@pytest.mark.parametrize("polite", [True, False])
def test_only_the_polite_ask_for_the_same_again(asked: Matter, polite: bool) -> None:
    heard, tally = _refused_first(asked, polite)
    assert (heard[0] == heard[1]) is polite
    assert len(tally.refused) == 1
    assert not tally.speechless
    assert len(tally.moments) == len(heard) - 1


def test_refusals_without_a_word_and_wrong_answers_are_told_apart() -> None:
    tally, click = Tally(), Click("search", "/search")
    for got in (Got(200, 0.1, 5), Got(304, 0.1, 0), Got(503, 0.1, 0, 1.0), Got(503, 0.1, 0), Got(500, 0.1, 0)):
        tally.note(click, got, 0.0)
    assert (len(tally.good["search"]), len(tally.refused), tally.speechless) == (2, 2, 1)
    assert tally.wrong == {"500 /search": 1}


# A server of our own


@needs_proc
def test_a_server_under_load_answers_and_what_it_takes_is_seen(index: Path, asked: Matter) -> None:
    with serving(index) as (port, pid):
        measured = under(Load("2 connections", 2, 1.0, warm_up=0.2, every=0.2), port, pid, asked, 7)
    assert measured.times
    assert not measured.tally.wrong
    assert not measured.tally.hung
    assert measured.samples[0].memory > 10_000_000
    assert "2 connections" in report_loads([measured])


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(BaokuError, match="没有索引"), serving(tmp_path):
        pass


@needs_proc
def test_a_soak_writes_while_it_reads_and_leaves_the_index_alone(index: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in index.iterdir())
    done = soak(index, tmp_path, Load("4 readers", 4, 2.0, warm_up=0.0, pause=0.05, every=0.2), 0.3, 7, {})
    assert done.commits > 0
    assert not done.measured.tally.wrong
    assert done.growth
    assert sorted(path.name for path in index.iterdir()) == before
    assert Archive.open(tmp_path / "index").check() == []
    assert "commits; memory grew by" in report_soak(done)


# What is seen of a process


@needs_proc
def test_deleted_files_that_are_mapped_are_seen_and_so_are_open_ones(tmp_path: Path) -> None:
    before = sample(os.getpid())
    path = tmp_path / "file"
    path.write_bytes(b"x" * 10_000)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ):
        path.unlink()
        during = sample(os.getpid())
    assert during.deleted == before.deleted + 1
    assert during.files > before.files
    assert sample(os.getpid()).deleted == before.deleted


@needs_proc
def test_children_belong_to_the_family() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert set(family(os.getpid())) >= {os.getpid(), child.pid}
        child.communicate(b"\n")


@needs_proc
def test_who_watches_has_a_sample_at_least() -> None:
    with Watch({"me": os.getpid()}, 60) as watch:
        pass
    assert watch.samples["me"][0].memory > 0


def _samples(sizes: Sequence[int]) -> list[Sample]:
    return [Sample(float(at), 2 * size, size, at, 0, 0.0, 1) for at, size in enumerate(sizes)]


def test_growth_is_from_the_first_tenth_after_the_warm_up_to_the_last() -> None:
    grown = growth(_samples([1, 1, 100, *range(101, 110), 110]), warm_up=2)
    assert grown
    assert (grown.first.own, grown.last.memory, grown.most_files) == (100, 220, 12)
    assert grown.share == grown.own_share == pytest.approx(0.1)
    assert growth(_samples([1, 2, 3]), warm_up=0) is None


def test_percentiles() -> None:
    assert [at([0.001, 0.002, 0.003, 0.004], share) for share in (0, 0.5, 0.99, 1)] == [1, 3, 4, 4]
    assert at([], 0.5) == 0


def _measured(readers: int, times: Iterator[float]) -> Measured:
    tally = Tally()
    tally.good["search"] = list(times)
    return Measured(Load("", readers, 1.0), tally, 1.0, 0.0, 0.0, [])


def test_the_goal_is_told_where_both_loads_were_measured() -> None:
    one, many = _measured(1, iter([0.01] * 10)), _measured(32, iter([0.05] * 10))
    assert "p99 at 32 connections is 5.0 times the p50 at 1" in report_loads([one, many])
    assert "p99 at 32" not in report_loads([one])
    assert "p99 at 32" not in report_loads([one, replace(many, load=Load("", 32, 1.0, pause=3.5))])


def test_tenths_of_a_soak() -> None:
    measured = _measured(1, iter([]))
    measured.tally.moments += [(0.05, 0.2), (0.06, 0.1), (0.95, 0.3), (1.2, 0.4)]
    assert list(Soak(measured, 0, None).tenths()) == [[0.1, 0.2], *[[]] * 8, [0.3, 0.4]]


def test_wrong_use_of_the_commands(index: Path) -> None:
    run = CliRunner().invoke
    assert "separated by commas" in run(main, ["load", "--index", str(index), "--connections", "many"]).output
    assert "NAME=VALUE" in run(main, ["soak", "--index", str(index), "--set", "rate"]).output
