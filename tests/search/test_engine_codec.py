"""Whoosh on the segments of this engine: what its readers say, what its writer keeps, what its matchers find."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
import whoosh_oracle as oracle
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields, formats, query
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query.spans import SpanFirst
from whoosh.reading import IndexReader, TermNotFound
from whoosh.searching import Searcher

from search.article import Article, PublicationDate, Source
from search.engine import codec
from search.engine.builder import build
from search.engine.codec import ArrayCodec
from search.engine.deadline import Deadline
from search.engine.evaluate import Evaluator
from search.engine.exact import ExactString
from search.engine.prepare import prepare
from search.engine.schema import DAY_FIELDS, SCHEMA, WORD_FIELDS
from search.engine.segment import Segment
from search.engine.snapshot import Snapshot
from search.entry import Entry
from search.errors import QueryRefused
from search.request import MISSING
from search.text import searchable
from search.words import index_words

Both = tuple[Snapshot, Searcher]
START = oracle.START
TEXTS = ("body", "title", "tag", "kind")


def batches(count: int, seed: int = 1) -> list[list[oracle.Document]]:
    chance = random.Random(seed)
    docs = [oracle.document(chance) for _ in range(count)]
    return [docs[: count // 2], docs[count // 2 : count // 2 + 2], docs[count // 2 + 2 :]]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("codec")
    with oracle.by_whoosh(folder, batches(40)) as theirs:
        yield oracle.by_us(folder, batches(40)), theirs


def scored(found: Any) -> oracle.Scored:
    return dict(zip(found.docs.tolist(), found.score.tolist(), strict=True))


# What the readers say.


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 15))
def test_readers_say_the_same(seed: int, count: int) -> None:
    parts = batches(count, seed)
    with (
        TemporaryDirectory() as folder,
        oracle.by_whoosh(Path(folder), parts) as theirs,
        codec.searcher(oracle.by_us(Path(folder), [part for part in parts if part])) as ours,
    ):
        assert facts(ours.reader()) == facts(theirs.reader())
        for (mine, _), (other, _) in zip(ours.leaf_searchers(), theirs.leaf_searchers(), strict=True):
            assert facts(mine.reader()) == facts(other.reader())
            assert details(mine.reader()) == details(other.reader())


def facts(reader: IndexReader) -> dict[str, Any]:
    """What every reader knows."""
    docs = range(reader.doc_count_all())
    return {
        "terms": list(reader.all_terms()),
        "counts": [(reader.doc_frequency(*term), reader.frequency(*term)) for term in reader.all_terms()],
        "absent": [reader.doc_frequency("body", "没有"), reader.frequency("body", "没有"), ("body", "没有") in reader],
        "documents": (reader.doc_count(), reader.has_deletions(), list(reader.all_doc_ids())),
        "total": [reader.field_length(name) for name in ("body", "title", "kind", "size")],
        "lengths": [reader.doc_field_length(doc, name, -1) or -1 for doc in docs for name in ("body", "title", "kind")],
        "stored": [reader.stored_fields(doc) for doc in docs],
        "prefixed": list(reader.expand_prefix("body", "城")),
        "postings": [posting for term in reader.all_terms() for posting in postings(reader, *term)],
        "fields": sorted(reader.indexed_field_names()),
    }


def postings(reader: IndexReader, field: str, term: bytes) -> Iterator[tuple[Any, ...]]:
    matcher = reader.postings(field, term)
    while matcher.is_active():
        positions = matcher.value_as("positions") if field == "body" else None
        yield matcher.id(), matcher.weight(), positions, matcher.value() or b""
        matcher.next()


def details(reader: IndexReader) -> dict[str, Any]:
    """What the reader of a single segment knows besides."""
    infos = [(term, sorted(vars(info).items())) for term, info in reader]
    names = ("_weight", "_df", "_minlength", "_maxlength", "_maxweight", "_minid", "_maxid")
    column = reader.column_reader("size", reverse=True)
    return {
        "infos": [(term, [pair for pair in info if pair[0] in names]) for term, info in infos],
        "from": list(reader.terms_from("tag", "灯")),
        "near": sorted(word for field in TEXTS for word in reader.terms_within(field, "城墙", 1)),
        "walk": [cursor(reader, field, start) for field in (*TEXTS, "size") for start in (None, "", "b", "灯")],
        "column": [(column[doc], column.sort_key(doc)) for doc in range(reader.doc_count_all())],
    }


def cursor(reader: IndexReader, field: str, start: str | None) -> list[Any]:
    place = reader.cursor(field)
    if start is not None and field != "size":
        place.find(start)
    seen = []
    while place.is_valid():
        seen.append((place.text(), place.term_info().doc_frequency()))
        place.next()
    return [*seen, place.text()]


def test_what_is_not_there(both: Both) -> None:
    with codec.searcher(both[0]) as ours:
        part = ours.leaf_searchers()[0][0].reader()
        with pytest.raises(TermNotFound):
            part.term_info("body", "没有")
        with pytest.raises(TermNotFound):
            part.postings("body", "没有")
        with pytest.raises(ValueError, match="characters"):
            part.postings("body", part.schema["body"].from_bytes(next(part.lexicon("body")))).value_as("characters")
        assert not part.has_vector(0, "body")


def test_a_matcher_skips_resets_and_is_copied(both: Both) -> None:
    with codec.searcher(both[0]) as ours:
        part = ours.leaf_searchers()[0][0]
        docs = list(part.postings("body", "城").all_ids())
        matcher = part.postings("body", "城")
        matcher.skip_to(docs[2])
        twin = matcher.copy()
        twin.next()
        assert (matcher.id(), twin.id(), matcher.score()) == (docs[2], docs[3], twin.copy().reset() or matcher.score())
        matcher.skip_to(docs[-1] + 1)
        assert not matcher.is_active()
        matcher.reset()
        assert (matcher.id(), matcher.block_min_id(), matcher.block_max_id()) == (docs[0], docs[0], docs[-1])


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_the_best_by_block_quality_are_the_best(both: Both, limit: int) -> None:
    node = query.Or([query.Term("body", word) for word in ("城", "灯会")])
    with codec.searcher(both[0]) as ours:
        best = [hit.score for hit in ours.search(node, limit=limit)]
        assert best == pytest.approx(sorted(oracle.found(ours, node).values(), reverse=True)[:limit])


# What the writer keeps.


def test_the_writer_updates_deletes_and_merges(tmp_path: Path) -> None:
    schema = fields.Schema(id=fields.ID(unique=True, stored=True), body=fields.TEXT(analyzer=oracle.SPACED))
    indexes = [FileIndex.create(FileStorage(str(made(tmp_path / name))), schema, "i") for name in ("ours", "theirs")]
    for index, options in zip(indexes, ({"codec": ArrayCodec()}, {}), strict=True):
        work_on(index, options)
    ours, theirs = (index.searcher() for index in indexes)
    with ours, theirs:
        for node in (query.Every(), query.Term("body", "城"), query.Phrase("body", ["城", "墙"])):
            assert stored(ours, node) == stored(theirs, node)
        assert ours.doc_count_all() == theirs.doc_count_all() == 7
    assert sum(file.suffix == ".arrays" for file in (tmp_path / "ours").iterdir()) == 1


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def work_on(index: FileIndex, options: dict[str, Any]) -> None:
    for first in (0, 5):
        with index.writer(**options) as writer:
            writer.merge = False
            for number in range(first, first + 5):
                writer.add_document(id=str(number), body="城 墙 " * number + "灯")
    with index.writer(**options) as writer:
        writer.merge = False
        writer.update_document(id="3", body="城 墙 改 过")
        writer.delete_by_term("id", "4")
        writer.delete_by_term("id", "8")
    writer = index.writer(**options)
    writer.add_document(id="不 要")
    writer.cancel()
    with index.writer(**options) as writer:
        writer.delete_by_term("id", "0")
    index.optimize(**options)


def stored(searcher: Searcher, node: query.Query) -> dict[str, float]:
    return {hit["id"]: pytest.approx(hit.score) for hit in searcher.search(node, limit=None)}


def test_stored_values_and_columns_come_back(tmp_path: Path) -> None:
    schema = fields.Schema(
        a=fields.STORED,
        word=fields.ID(sortable=True),
        big=fields.NUMERIC(int, bits=64, sortable=True),
        flag=fields.BOOLEAN(stored=True),
        time=fields.DATETIME(stored=True, sortable=True),
    )
    index = FileIndex.create(FileStorage(str(tmp_path)), schema, "i")
    now = datetime(2021, 3, 4, 5, 6, 7, 8)
    with index.writer(codec=ArrayCodec()) as writer:
        writer.add_document(a={"甲": [1, 2.5, None, now]}, word="城", big=-(2**60), flag=True, time=now)
        writer.add_document(a="", word="b", time=START)
    with index.reader() as reader:
        assert reader.stored_fields(0) == {"a": {"甲": [1, 2.5, None, now]}, "flag": True, "time": now}
        assert reader.stored_fields(1) == {"a": "", "time": START}
        columns = {name: list(reader.column_reader(name)) for name in ("word", "big", "time")}
        assert (columns["word"], columns["big"][0]) == (["城", "b"], -(2**60))
        assert columns["time"] == [now, START]


def test_what_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    vector = fields.TEXT(vector=formats.Frequency())
    schema = fields.Schema(body=fields.TEXT, other=fields.STORED, vector=vector)
    index = FileIndex.create(FileStorage(str(tmp_path)), schema, "i")
    writer = index.writer(codec=ArrayCodec())
    with pytest.raises(TypeError, match="cannot be stored"):
        writer.add_document(other=object())
    writer.cancel()
    writer = index.writer(codec=ArrayCodec())
    with pytest.raises(ValueError, match="vectors"):
        writer.add_document(vector="城")
    writer.cancel()
    writer = index.writer(codec=ArrayCodec())
    writer.add_document(body="城墙", _body_boost=1.5)
    with pytest.raises(ValueError, match=r"weighs 1\.5"):
        writer.commit()
    assert not [file for file in tmp_path.iterdir() if ".arrays" in file.name]


# What the matchers find.

OTHERS = (
    query.Regex("body", "^[城灯].*"),
    query.TermRange("body", "古", "灯"),
    query.Variations("body", "ab"),
    query.Prefix("body", "城", constantscore=False),
    query.Or([query.Term("body", "城"), query.Term("body", "灯")], scale=0.9),
    query.Otherwise(query.Term("body", "没有"), query.Term("title", "城")),
    query.Phrase("body", ["城", "灯"], slop=3, boost=2.0),
    query.Sequence([query.Term("body", "城"), query.Term("body", "灯")]),
    query.Ordered([query.Term("body", "城"), query.Term("body", "灯")]),
    SpanFirst(query.Term("body", "城"), limit=1),
)


@pytest.mark.parametrize("node", OTHERS, ids=lambda node: type(node).__name__)
def test_whoosh_itself_answers_what_we_do_not_know(both: Both, node: query.Query) -> None:
    expected = oracle.found(both[1], node)
    assert expected
    assert scored(codec.matched(both[0], node, Deadline.never())) == pytest.approx(expected)
    together = query.And([node, query.Term("body", "的")])
    expected_together = expected.keys() & oracle.found(both[1], query.Term("body", "的"))
    assert scored(Evaluator(both[0], Deadline.never()).find(together)).keys() == expected_together


@pytest.mark.parametrize("node", OTHERS, ids=lambda node: type(node).__name__)
def test_deleted_documents_are_not_among_them(both: Both, node: query.Query) -> None:
    dead = [0, 3, 21, 30]
    snapshot = Snapshot(both[0].segments, np.array(dead), schema=oracle.SCHEMA)
    assert set(scored(codec.matched(snapshot, node, Deadline.never()))) == set(oracle.found(both[1], node)) - {*dead}


def test_an_unknown_field_has_nothing(both: Both) -> None:
    for node in (query.Regex("no", ".*"), query.Every("no"), query.Term("no", "城"), query.Phrase("no", ["城", "墙"])):
        assert scored(Evaluator(both[0], Deadline.never()).find(node)) == {}
        assert scored(codec.matched(both[0], node, Deadline.never())) == {}


def test_a_phrase_where_no_positions_are_is_an_error_as_in_whoosh(both: Both) -> None:
    with pytest.raises(query.QueryError, match="no positions"):
        Evaluator(both[0], Deadline.never()).find(query.Phrase("title", ["城", "灯"]))


def test_an_empty_snapshot() -> None:
    for node in (*OTHERS[:2], query.Every(), query.Term("body", "城"), query.Not(query.Term("body", "城"))):
        assert (
            scored(codec.matched(Snapshot([], np.empty(0, np.int64), schema=oracle.SCHEMA), node, Deadline.never()))
            == {}
        )


def test_the_deadline_is_kept(tmp_path: Path) -> None:
    snapshot = oracle.by_us(tmp_path, batches(300))
    with pytest.raises(QueryRefused):
        codec.matched(snapshot, query.Every(), Deadline(-1))


def test_threads_do_not_disturb_one_another(both: Both) -> None:
    nodes = [*OTHERS, query.And([query.Term("body", "的"), query.Phrase("body", ["城", "灯"], slop=2)])] * 8
    expected = [scored(codec.matched(both[0], node, Deadline.never())) for node in nodes]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda node: codec.matched(both[0], node, Deadline.never()), nodes))
    finally:
        sys.setswitchinterval(interval)
    assert [scored(one) for one in found] == expected


# The segments that the builder writes.

SENTENCES = (
    "社区食堂今天开张，老人们排队尝鲜。",
    "志愿者把口袋公园打扫得干干净净。",
    "古城墙下的灯会吸引了大批游客。",
    "学校请来老匠人教孩子们剪纸。",
    "ABC 大厦一楼的图书角每天开放12小时。",
)


def article(number: int) -> Article:
    chance = random.Random(number)
    day = date(2021, 10, 1) + timedelta(days=chance.randrange(90))
    return Article(
        id=f"a{number}",
        source=Source("page.txt", ((1, 9),)),
        title=chance.choice(SENTENCES)[:8],
        body="\n".join(chance.sample(SENTENCES, 2) * chance.randint(1, 9)),
        streets=tuple(chance.sample(("北关街道", "南关街道"), chance.randint(0, 2))),
        date=PublicationDate(day, day, "masthead") if number % 6 else PublicationDate(),
    )


ARTICLES = [article(number) for number in range(30)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """The articles in two segments of the builder, and in an index of Whoosh."""
    folder = tmp_path_factory.mktemp("built")
    for name, part in (("a", ARTICLES[:19]), ("b", ARTICLES[19:])):
        build(folder / name, [prepare([Entry(one) for one in part[:5]]), prepare([Entry(one) for one in part[5:]])])
    index = FileIndex.create(FileStorage(str(made(folder / "whoosh"))), SCHEMA, "i")
    with index.writer() as writer:
        for one in ARTICLES:
            writer.add_document(**document(one))
    with index.searcher() as theirs:
        yield Snapshot([Segment(folder / name) for name in "ab"], np.empty(0, np.int64)), theirs


def document(one: Article) -> dict[str, Any]:
    parts = searchable(one)
    words = {name: index_words(parts[name]) for name in WORD_FIELDS if name in parts}
    days = {name: day.toordinal() for name, day in zip(DAY_FIELDS, (one.date.start, one.date.end), strict=True) if day}
    return words | {"street": list(one.streets) or [MISSING], "kind": [one.kind]} | days


NODES = (
    query.Term("body", "社区"),
    query.And([query.Term("body", "志愿者"), query.Not(query.Term("title", "社区", boost=2.0))]),
    query.Or([query.Term("body", "的"), query.Term("body", "灯会"), query.Term("street", "北关街道")]),
    query.Term("street", MISSING),
    query.And([query.Every(), query.NumericRange("first_day", date(2021, 11, 1).toordinal(), None)]),
    query.ConstantScoreQuery(query.Wildcard("body", "*会"), 2.0),
)


@pytest.mark.parametrize("node", NODES, ids=lambda node: type(node).__name__)
def test_built_segments_answer_as_whoosh_s_own(built: Both, node: query.Query) -> None:
    expected = oracle.found(built[1], node)
    assert expected
    assert scored(Evaluator(built[0], Deadline.never()).find(node)) == pytest.approx(expected)
    assert scored(codec.matched(built[0], node, Deadline.never())) == pytest.approx(expected)


@pytest.mark.parametrize("dead", [[], [0, 1, 20, 29]])
@pytest.mark.parametrize("text", ["城墙下的灯会", "社区食堂", "的", "abc", "没有"])
def test_whoosh_runs_exact_strings(built: Both, text: str, dead: list[int]) -> None:
    snapshot = Snapshot(built[0].segments, np.array(dead, dtype=np.int64))
    exact = ExactString(text)
    for node in (exact, query.Or([exact, query.Term("body", "社区")]), query.And([query.Term("body", "的"), exact])):
        ours = scored(Evaluator(snapshot, Deadline.never()).find(node))
        assert scored(codec.matched(snapshot, node, Deadline.never())) == pytest.approx(ours)
    holding = {doc for doc, one in enumerate(ARTICLES) if any(text in part for part in searchable(one).values())}
    assert scored(codec.matched(snapshot, exact, Deadline.never())).keys() == holding - {*dead}
