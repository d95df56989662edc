"""What is made ready for the index is what the articles say, by whichever processes it is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from search.article import Article, Source, from_record, to_record
from search.engine import prepare as module
from search.engine.pairs import UNIT
from search.engine.prepare import Chunk, prepare, prepare_all
from search.engine.schema import TEXT_ORDER
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


def contents(chunks: Iterator[Chunk] | Sequence[Chunk]) -> list[Any]:
    """What can be compared by ==."""
    return [
        (
            chunk.rows,
            {name: [chunk.vocabulary[number] for number in numbers] for name, numbers in chunk.words.items()},
            {name: numbers.tolist() for name, numbers in chunk.lengths.items()},
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
    assert [chunk.vocabulary[number] for number in chunk.words["body"]] == [word for body in bodies for word in body]
    assert chunk.lengths["body"].tolist() == [len(body) for body in bodies]
    lines = [[part["byline"], part["section"], *part["captions"].split("\n")] for part in parts]
    rest = [[word for line in found for word in index_words(line)] for found in lines]
    assert [chunk.vocabulary[number] for number in chunk.words["rest"]] == [word for found in rest for word in found]
    assert chunk.lengths["rest"].tolist() == list(map(len, rest))
    assert chunk.text.decode("utf-16-le") == "".join(part[name] + "\n" for part in parts for name in TEXT_ORDER)
    assert sum(chunk.text_sizes) * UNIT.itemsize == len(chunk.text)
    assert len(set(chunk.vocabulary)) == len(chunk.vocabulary)


def test_rows_are_of_the_article_as_it_will_be_read() -> None:
    (row,) = prepare(
        [Entry(Article("a", Source("a.txt"), title="", body="水", streets=("永泰街道",)), "o", "f", [7])]
    ).rows
    assert row.digest == Article("a", Source("a.txt"), body="水", streets=("永泰街道",)).digest()
    assert (row.origin, row.fingerprint, row.sketch, row.facets["street"]) == ("o", "f", (7,), ("永泰街道",))


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
