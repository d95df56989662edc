"""The evaluator against Whoosh's own searcher: the same documents, the same scores."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import whoosh_oracle as oracle
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.searching import Searcher

from search.engine import codec
from search.engine.deadline import Deadline
from search.engine.evaluate import Evaluator
from search.engine.found import Found
from search.engine.snapshot import Snapshot

Chance = random.Random


def evaluated(snapshot: Snapshot, node: query.Query) -> oracle.Scored:
    return scored(Evaluator(snapshot, Deadline.never()).find(node))


def scored(found: Found) -> oracle.Scored:
    assert found.docs.tolist() == sorted(set(found.docs.tolist()))
    return dict(zip(found.docs.tolist(), found.score.tolist(), strict=True))


def ranked(snapshot: Snapshot, scores: oracle.Scored) -> oracle.Scored:
    """The same by the place of each document among the live ones."""
    places = {doc: place for place, doc in enumerate(snapshot.everything.tolist())}
    return {places[doc]: score for doc, score in scores.items()}


def same(ours: oracle.Scored, theirs: oracle.Scored) -> bool:
    return ours == pytest.approx(theirs, rel=1e-6, abs=1e-6)


def batches(chance: Chance, documents: int) -> list[list[oracle.Document]]:
    cuts = sorted(chance.randint(0, documents) for _ in range(2))
    docs = [oracle.document(chance) for _ in range(documents)]
    return [docs[: cuts[0]], docs[cuts[0] : cuts[1]], docs[cuts[1] :]]


@settings(max_examples=50)
@given(chance=st.randoms(use_true_random=False))
def test_any_query_on_any_documents_is_answered_as_by_whoosh(chance: Chance) -> None:
    """Three segments, some documents deleted; Whoosh has an index of the live ones."""
    parts = batches(chance, chance.randint(1, 12))
    count = sum(map(len, parts))
    dead = set(chance.sample(range(count), chance.choice((0, 0, count // 2))))
    numbers = iter(range(count))
    live = [[one for one in part if next(numbers) not in dead] for part in parts]
    with TemporaryDirectory() as folder, oracle.by_whoosh(Path(folder), live) as theirs:
        snapshot = oracle.by_us(Path(folder), parts, sorted(dead))
        for _ in range(5):
            node = oracle.tree(chance)
            expected = oracle.found(theirs, oracle.mended(node))
            ours = ranked(snapshot, evaluated(snapshot, node))
            assert same(ours, expected), node
            with codec.searcher(snapshot) as whole:
                stock = oracle.found(whole, oracle.mended(node))
            live_stock = ranked(snapshot, {doc: score for doc, score in stock.items() if snapshot.live[doc]})
            assert same(live_stock, expected), node


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshot, Searcher]]:
    """300 documents in three segments, as ours and as Whoosh's."""
    folder, documents = tmp_path_factory.mktemp("oracle"), batches(Chance(7), 300)
    with oracle.by_whoosh(folder, documents) as theirs:
        yield oracle.by_us(folder, documents), theirs


@pytest.mark.parametrize("kind", oracle.KINDS, ids=lambda kind: kind.__name__)
def test_a_thousand_queries_of_all_kinds(both: tuple[Snapshot, Searcher], kind: Callable[..., query.Query]) -> None:
    snapshot, theirs = both
    nodes = [
        oracle.tree(Chance(f"{kind.__name__} {number}"), kind=kind) for number in range(1000 // len(oracle.KINDS) + 1)
    ]
    answers = [(node, evaluated(snapshot, node), oracle.found(theirs, oracle.mended(node))) for node in nodes]
    for node, ours, expected in answers:
        assert same(ours, expected), node
    assert sum(bool(ours) for _, ours, _ in answers) > 10 or kind is oracle._nothing


UNTOUCHED = (oracle._term, oracle._phrase, oracle._range, oracle._dates, oracle._every)


def untouched(chance: Chance, depth: int = 2) -> query.Query:
    """A query of the nodes that work in Whoosh as they are."""
    kind = chance.choice((*UNTOUCHED, query.And, query.Or, query.Not) if depth else UNTOUCHED)
    if kind in UNTOUCHED:
        return kind(chance)
    if kind is query.Not:
        return query.Not(untouched(chance, depth - 1))
    return kind([untouched(chance, depth - 1) for _ in range(chance.randint(1, 4))], boost=chance.choice((1.0, 2.0)))


@pytest.mark.parametrize("seed", range(200))
def test_whoosh_as_it_is(both: tuple[Snapshot, Searcher], seed: int) -> None:
    node = untouched(Chance(seed))
    assert same(evaluated(both[0], node), oracle.found(both[1], node)), node
