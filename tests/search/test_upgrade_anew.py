import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from engine_samples import samples

from indexer.duplicates import sketch
from search.archive import Archive
from search.article import Article, from_record
from search.engine.damage import readable
from search.engine.store import FORMAT, MARKER
from search.errors import ArticleInvalid, IndexMissing, IndexUnreadable
from search.upgrade import anew
from search.upgrade.anew import READERS, due, upgrade

FIXTURES = Path(__file__).parents[1] / "fixtures" / "indexes"
EARLIER = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())
NEWEST = EARLIER[-1]


def format_of(name: str) -> int:
    return int(name.partition("-")[0])


def unpacked(name: str, folder: Path) -> Path:
    with ZipFile(FIXTURES / name / "index.zip") as packed:
        packed.extractall(folder / "index")
    return folder / "index"


def expected(name: str) -> Iterator[dict[str, Any]]:
    for line in (FIXTURES / name / "entries.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)


def files(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.iterdir() if not file.name.endswith("LOCK")}


def own_sketch(article: Article) -> tuple[int, ...]:
    """As the indexer made it, before it knew of versions."""
    return sketch(replace(article, duplicate_of=None, completed_from=()))


def no_sketch(article: Article) -> tuple[int, ...]:
    raise AssertionError(f"{article.id} has its sketch")


def test_every_format_has_an_index_and_a_way_to_read_it() -> None:
    assert {format_of(name) for name in EARLIER} == set(READERS) == set(range(1, FORMAT + 1)), (
        "python -m tools.index_fixture adds an index of today's format; search/upgrade/anew.py reads the earlier ones"
    )


@pytest.mark.parametrize("name", EARLIER)
def test_nothing_is_lost(name: str, tmp_path: Path) -> None:
    path = unpacked(name, tmp_path)
    archive = upgrade(path, sketch if format_of(name) == 1 else no_sketch)
    assert archive.check() == []
    lines = {line["record"]["id"]: line for line in expected(name)}
    assert set(archive.identities()) == set(lines)
    for identity, line in lines.items():
        entry = archive.entry(identity)
        assert entry
        assert entry.article == from_record(line["record"])
        assert (entry.origin, entry.fingerprint) == (line["origin"], line["fingerprint"])
        assert list(entry.sketch) == (list(own_sketch(entry.article)) if format_of(name) == 1 else line["sketch"])
    assert due(path) == []
    assert {file.name for file in tmp_path.iterdir()} == {"index"}


@pytest.mark.parametrize("name", [name for name in EARLIER if format_of(name) > 1])
def test_sketches_are_made_as_they_were(name: str) -> None:
    for line in expected(name):
        assert list(own_sketch(from_record(line["record"]))) == line["sketch"]


@pytest.mark.parametrize("name", [name for name in EARLIER if format_of(name) == FORMAT])
def test_an_index_of_this_format_opens_without_an_upgrade(name: str, tmp_path: Path) -> None:
    archive = Archive.open(unpacked(name, tmp_path))
    assert archive.check() == []
    assert archive.search('"图书角"').total == 4


@pytest.mark.parametrize("name", [name for name in EARLIER if format_of(name) < FORMAT])
@pytest.mark.parametrize("use", [Archive.open, Archive.create])
def test_who_opens_an_earlier_format_is_told_what_to_do(name: str, use: Any, tmp_path: Path) -> None:
    path = unpacked(name, tmp_path)
    before = files(path)
    with pytest.raises(IndexUnreadable, match="baoku upgrade"):
        use(path)
    assert files(path) == before


def test_nothing_is_due_in_an_index_of_today(tmp_path: Path) -> None:
    assert due(unpacked(NEWEST, tmp_path)) == []


def test_what_is_due_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert due(unpacked("1-2026-11-22", tmp_path / "first")) == [
        f"格式是第 1 版，现在是第 {FORMAT} 版 (an earlier format)"
    ]
    early = unpacked("4-2026-11-26-04", tmp_path / "early")
    assert due(early) == [
        "还没有库的编号 (no identity yet)",
        "有些文章缺少 newspaper 栏 (columns are missing)",
    ]
    assert Archive.open(early).told("newspaper") == {}
    assert set(upgrade(early, no_sketch).told("newspaper")) == {"平城报"}
    monkeypatch.setattr("search.engine.store.analyser_version", lambda: "another dictionary")
    assert due(early) == ["是用另一版词典建的 (another dictionary)"]


def test_the_archive_stays_the_same(tmp_path: Path) -> None:
    path = unpacked("4-2026-11-26-07", tmp_path)
    before = json.loads((path / MARKER).read_text("utf-8"))["archive"]
    upgrade(path, no_sketch)
    assert json.loads((path / MARKER).read_text("utf-8"))["archive"] == before


def test_another_dictionary_keeps_every_article_and_makes_the_index_writable_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "index"
    Archive.create(path).add(samples(20))
    before = Archive.open(path).corpus()
    monkeypatch.setattr("search.engine.store.analyser_version", lambda: "another dictionary")
    assert Archive.open(path).stale
    renewed = upgrade(path, no_sketch)
    assert not renewed.stale
    assert renewed.corpus() == before
    assert renewed.check() == []
    renewed.add(samples(22)[20:])
    assert renewed.corpus().articles == before.articles + 2


@pytest.mark.parametrize("form", [FORMAT + 1, 1000, 0, -1, True, None, "4", 4.0, [4]])
def test_an_unknown_format_is_refused_and_left_alone(form: object, tmp_path: Path) -> None:
    path = unpacked(NEWEST, tmp_path)
    marker = json.loads((path / MARKER).read_text("utf-8"))
    (path / MARKER).write_text(json.dumps({**marker, "format": form}), "utf-8")
    before = files(path)
    words = "请升级程序" if isinstance(form, int) and form > FORMAT else "已损坏"
    for use in (due, Archive.open, lambda path: upgrade(path, no_sketch)):
        with pytest.raises(IndexUnreadable, match=words):
            use(path)
    assert files(path) == before
    assert {file.name for file in tmp_path.iterdir()} == {"index"}


def test_nowhere_there_is_nothing_to_upgrade(tmp_path: Path) -> None:
    for use in (due, lambda path: upgrade(path, no_sketch)):
        with pytest.raises(IndexMissing):
            use(tmp_path / "nowhere")
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("name", EARLIER)
def test_damage_is_never_another_article(name: str, tmp_path: Path) -> None:
    path = unpacked(name, tmp_path)
    known = {line["record"]["id"]: from_record(line["record"]) for line in expected(name)}
    parts = (".seg", ".dead") if format_of(name) > 2 else ("_stored.col", "card.col")
    damaged = 0
    for file in (file for file in path.iterdir() if file.name.endswith(parts)):
        data = file.read_bytes()
        for place in range(0, len(data), max(1, len(data) // 20)):
            file.write_bytes(data[:place] + bytes([data[place] ^ 8]) + data[place + 1 :])
            try:
                with readable(path):
                    found = [stored.article() for stored in READERS[format_of(name)](path)]
            except (IndexUnreadable, ArticleInvalid):
                damaged += 1
            else:
                assert {article.id: article for article in found} == known
        file.write_bytes(data)
    assert damaged > 10


@pytest.mark.parametrize("name", EARLIER)
def test_a_damaged_index_stays_as_it_is(name: str, tmp_path: Path) -> None:
    path = unpacked(name, tmp_path)
    file = max(path.glob("*.seg" if format_of(name) > 2 else "*_stored.col"), key=lambda file: file.stat().st_size)
    data = file.read_bytes()
    file.write_bytes(data[:-200] + bytes(200))
    before = files(path)
    with pytest.raises(IndexUnreadable):
        upgrade(path, no_sketch)
    assert files(path) == before
    assert {file.name for file in tmp_path.iterdir()} == {"index"}


def test_a_new_index_that_lacks_something_is_not_put_in_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = unpacked("2-2026-11-26", tmp_path)
    before = files(path)
    monkeypatch.setattr(Archive, "check", lambda _: ["something is wrong"])
    with pytest.raises(IndexUnreadable, match="没有换上；1 处，第一处：something is wrong"):
        upgrade(path, no_sketch)
    monkeypatch.setattr(Archive, "check", lambda _: [])
    reader = READERS[2]
    monkeypatch.setitem(anew.READERS, 2, lambda folder: [*reader(folder)] * 2)
    with pytest.raises(IndexUnreadable, match="读出 14 篇"):
        upgrade(path, no_sketch)
    assert files(path) == before


def test_an_article_that_could_not_be_stored_today_is_named(tmp_path: Path) -> None:
    path = unpacked("2-2026-11-26", tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.article.LONGEST_ID", 3)
        with pytest.raises(ArticleInvalid, match=r"库里的文章 .* 现在收不进去：id 超过 3 个字符"):
            upgrade(path, no_sketch)
    assert len(list(upgrade(path, no_sketch).identities())) == 7
