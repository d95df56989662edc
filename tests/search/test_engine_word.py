"""One word's score against BM25F written down plainly."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest
from engine_samples import ALL, TEXTS, store_all
from whoosh import query

from search.archive import Archive
from search.engine.deadline import Deadline
from search.engine.evaluate import Evaluator
from search.engine.found import Found
from search.engine.schema import BOOSTS, TITLE_FIELDS, WORD_FIELDS, rest_lines
from search.engine.snapshot import Snapshot
from search.engine.word import Word
from search.words import index_words

WORDS = ("社区", "灯会", "的", "大厦", "abc", "12", "张小溪", "新语", "没有这个词", "\ud800")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Several segments with deleted documents."""
    return store_all(tmp_path_factory.mktemp("word") / "index")._newest.snapshot()


def found(snapshot: Snapshot, node: query.Query) -> dict[str, float]:
    result: Found = Evaluator(snapshot, Deadline.never()).find(node)
    return {snapshot.identity(doc): score for doc, score in zip(result.docs.tolist(), result.score, strict=True)}


FIELDS = {
    identity: {
        name: Counter(
            word for line in ([parts[name]] if name in parts else rest_lines(parts)) for word in index_words(line)
        )
        for name in WORD_FIELDS
    }
    for identity, parts in TEXTS.items()
}
MEAN = {
    name: sum(sizes) / len(sizes)
    for name in WORD_FIELDS
    if (sizes := [size for fields in FIELDS.values() if (size := fields[name].total())])
}


def bm25f(word: str, names: tuple[str, ...]) -> dict[str, float]:
    often = {
        identity: sum(
            BOOSTS[name] * fields[name][word] / (0.25 + 0.75 * fields[name].total() / MEAN[name])
            for name in names
            if fields[name][word]
        )
        for identity, fields in FIELDS.items()
    }
    often = {identity: weight for identity, weight in often.items() if weight}
    idf = math.log(1 + (len(ALL) - len(often) + 0.5) / (len(often) + 0.5))
    return {identity: idf * 2.2 * weight / (1.2 + weight) for identity, weight in often.items()}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("names", [WORD_FIELDS, TITLE_FIELDS, ("body",)])
def test_a_word_scores_by_bm25f_over_live_documents(snapshot: Snapshot, word: str, names: tuple[str, ...]) -> None:
    scores = found(snapshot, Word(word, names))
    assert scores == pytest.approx(bm25f(word, names))
    terms = query.Or(
        [query.Term(name, word.encode("utf-8", "surrogatepass").decode("utf-8", "replace")) for name in names]
    )
    assert scores.keys() == found(snapshot, terms).keys()


def test_words_are_equal_by_text_and_fields() -> None:
    assert Word("社区", ("body",)) == Word("社区", ("body",)) != Word("社区", ("title",))
    assert len({Word("社区", ("body",)), Word("社区", ("body",)), Word("小区", ("body",))}) == 2


def test_how_articles_came_in_does_not_matter(snapshot: Snapshot, tmp_path: Path) -> None:
    at_once = Archive.create(tmp_path / "index")
    at_once.add(ALL.values())
    for word in WORDS:
        assert found(at_once._newest.snapshot(), Word(word, WORD_FIELDS)) == pytest.approx(
            found(snapshot, Word(word, WORD_FIELDS)), rel=1e-12
        )
