"""What is made ready for the index is what the articles say, by whichever processes it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from search.article import Article, Source, from_record, to_record
from search.engine import prepare as module
from search.engine.invert import Inverted
from search.engine.pairs import UNIT
from search.engine.prepare import Chunk, prepare, prepare_all
from search.engine.records import unpacked
from search.engine.schema import TEXT_ORDER, TITLE_FIELDS
from search.entry import Entry
from search.errors import ArticleInvalid
from search.text import searchable
from search.words import index_words


def story(number: int, **parts: Any) -> Entry:
    body = f"永泰街道第{number}次推进市域社会治理，x-{number}a。"
    article = Article(f"story:{number}", Source("a.txt"), title=f"網格{number}", body=body, captions=("图一", "图二"))
    return Entry(from_record(to_record(article) | parts), "origin", "print", (1, 2))


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHUNK", 3)
    monkeypatch.setattr(module, "_WORTH_PROCESSES", 1)


def postings(found: Inverted, names: Sequence[Any]) -> dict[tuple[Any, int], int]:
    """How often each key is in each document."""
    keys = [names[key] for key in np.repeat(found.keys, found.counts).tolist()]
    return dict(zip(zip(keys, found.docs.tolist(), strict=True), found.tf.tolist(), strict=True))


def counted(documents: Sequence[Sequence[Any]]) -> dict[tuple[Any, int], int]:
    """The same of documents given as their keys."""
    return {(key, doc): times for doc, keys in enumerate(documents) for key, times in Counter(keys).items()}


def contents(chunks: Iterator[Chunk] | Sequence[Chunk]) -> list[Any]:
    """What can be compared by ==."""
    return [
        (
            chunk.rows,
            {name: postings(found, chunk.vocabulary) for name, found in chunk.words.items()},
            {name: numbers.tolist() for name, numbers in chunk.lengths.items()},
            {name: postings(found, range(1 << 32)) for name, found in chunk.pairs.items()},
            sorted(chunk.vocabulary),
            chunk.text,
            [sizes.tolist() for sizes in (chunk.text_sizes, chunk.title_sizes, chunk.rest_sizes)],
        )
        for chunk in chunks
    ]


def test_a_chunk_holds_the_words_and_the_text_of_its_entries() -> None:
    entries = [story(1), story(2, section="要闻", byline="本报记者 王小满"), story(3, title="", body="")]
    chunk = prepare(entries)
    parts = [searchable(entry.article) for entry in entries]
    bodies = [index_words(part["body"]) for part in parts]
    assert postings(chunk.words["body"], chunk.vocabulary) == counted(bodies)
    assert chunk.lengths["body"].tolist() == [len(body) for body in bodies]
    lines = [[part["byline"], part["section"], *part["captions"].split("\n")] for part in parts]
    rest = [[word for line in found for word in index_words(line)] for found in lines]
    assert postings(chunk.words["rest"], chunk.vocabulary) == counted(rest)
    assert chunk.lengths["rest"].tolist() == list(map(len, rest))
    assert chunk.text.decode("utf-16-le") == "".join(part[name] + "\n" for part in parts for name in TEXT_ORDER)
    assert sum(chunk.text_sizes) * UNIT.itemsize == len(chunk.text)
    assert len(set(chunk.vocabulary)) == len(chunk.vocabulary)


def test_pairs_are_those_of_each_part_with_its_end() -> None:
    entries = [story(1), story(2, section="要闻"), story(3, title="", body="")]
    chunk = prepare(entries)
    parts = [searchable(entry.article) for entry in entries]
    every = [set(pairs(part[name] for name in TEXT_ORDER)) for part in parts]
    titles = [set(pairs(part[name] for name in TITLE_FIELDS)) for part in parts]
    assert list(postings(chunk.pairs["pairs"], range(1 << 32))) == sorted((key, doc) for key, doc in counted(every))
    assert set(postings(chunk.pairs["title_pairs"], range(1 << 32))) == set(counted(titles))


def pairs(lines: Iterable[str]) -> Iterator[int]:
    """The pairs of neighbours of lines, their ends included."""
    for line in "\n".join(lines).split("\n"):
        yield from (ord(one) << 16 | ord(other) for one, other in pairwise(line + "\n"))


def test_rows_are_of_the_article_as_it_will_be_read() -> None:
    (row,) = prepare(
        [Entry(Article("a", Source("a.txt"), title="", body="水", streets=("永泰街道",)), "o", "f", [7])]
    ).rows
    assert row.digest == Article("a", Source("a.txt"), body="水", streets=("永泰街道",)).digest()
    assert (row.origin, row.fingerprint, row.sketch, row.facets["street"]) == ("o", "f", (7,), ("永泰街道",))


def test_values_that_only_equal_those_of_a_record_are_not_stored() -> None:
    entry = Entry(Article("a", Source("a.txt", ((True, 2.0),)), complete=1))  # type: ignore[arg-type]
    (row,) = prepare([entry]).rows
    stored = unpacked(row.record, prepare([entry]).text.decode("utf-16-le")).decode()
    assert '"spans":[[1,2]]' in stored
    assert '"complete":true' in stored
    assert row.complete is True


def test_no_entries_give_an_empty_chunk() -> None:
    assert prepare([]).rows == []
    assert list(prepare_all([])) == []


@pytest.mark.usefixtures("small_chunks")
def test_other_processes_make_the_same_chunks(capfd: pytest.CaptureFixture[str]) -> None:
    entries = [story(number) for number in range(10)]
    here = contents(prepare_all(iter(entries), 1))
    assert here == contents([prepare(entries[at : at + 3]) for at in range(0, 10, 3)])
    assert contents(prepare_all(iter(entries), 2)) == here
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("small_chunks")
def test_few_entries_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WORTH_PROCESSES", 3)
    monkeypatch.setattr(module, "in_processes", None)
    assert [len(chunk.rows) for chunk in prepare_all([story(number) for number in range(5)], 2)] == [3, 2]
    with pytest.raises(TypeError):
        list(prepare_all([story(number) for number in range(7)], 2))


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("processes", [1, 2])
def test_an_entry_that_cannot_be_stored_is_told_in_its_place(processes: int) -> None:
    bad = Entry(Article("bad", Source("a.txt"), body="\ud800"))
    chunks = prepare_all([*map(story, range(4)), bad, story(5)], processes)
    assert [row.id for row in next(chunks).rows] == ["story:0", "story:1", "story:2"]
    with pytest.raises(ArticleInvalid, match="'bad' 含有残缺的字符"):
        next(chunks)


@pytest.mark.usefixtures("small_chunks")
def test_what_is_no_article_is_told_in_words_even_if_it_cannot_travel() -> None:
    with pytest.raises(ArticleInvalid, match="wrong types"):
        list(prepare_all([Entry(Article("a", Source(""), body=lambda: "")), story(1)], 2))  # type: ignore[arg-type]
