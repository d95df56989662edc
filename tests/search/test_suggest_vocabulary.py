"""The vocabulary of a snapshot, and how it is kept."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from suggest_samples import BODIES, COMMUNITIES, REPORTERS, STREETS, TOPICS, article, stored

from search.archive import Archive
from search.article import Article, Source
from search.suggest import vocabulary
from search.suggest.vocabulary import Shelf, Term, Vocabulary
from search.words import words


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return stored(tmp_path_factory.mktemp("vocabulary") / "index")


def terms(archive: Archive) -> list[Term]:
    with archive._newest.reading() as snapshot:
        return list(Vocabulary.of(snapshot))


def test_names_are_counted_by_stories(archive: Archive) -> None:
    counts = {(term.kind, term.name): term.count for term in terms(archive) if term.text == term.name}
    for kind, names in (("street", STREETS), ("community", COMMUNITIES), ("reporter", REPORTERS), ("topic", TOPICS)):
        for name in names:
            assert counts[kind, name] == archive.search(f"{kind}:{name}").total


def test_words_are_those_of_bodies(archive: Archive) -> None:
    found = {term.text: term.count for term in terms(archive) if term.kind == "word"}
    for word in words(BODIES[1]):
        assert (word in found) == (len(word) > 1)
    assert found["垃圾"] == archive.search("body:垃圾").total
    assert not any(word.isdigit() for word in found)


def test_terms_have_numbers(archive: Archive) -> None:
    with archive._newest.reading() as snapshot:
        made = Vocabulary.of(snapshot)
    everything = list(made)
    assert len(everything) == len(made)
    assert made[2:5] == everything[2:5]
    assert made[-1] == everything[-1]
    assert [term.text for term in everything] == list(made.sounds)
    assert [term.count for term in everything] == made.counts.tolist()
    with pytest.raises(IndexError):
        made[len(made)]


def test_misspellings_are_ready_with_it(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the first reader who misspells something waits for them longer than a correction may take."""
    with archive._newest.reading() as snapshot:
        made = Vocabulary.of(snapshot)
    monkeypatch.delattr(vocabulary, "Edits")
    assert any(made[number].name == "水泊寺街道" for _, _, number in made.edits.near("水泊寺街首"))


def test_stems_stand_behind_the_completions(archive: Archive) -> None:
    with archive._newest.reading() as snapshot:
        made = Vocabulary.of(snapshot)
    stems = {term.text: term.name for term in made[made.completed :]}
    assert stems["水泊寺"] == "水泊寺街道"
    assert stems["绿洲西城"] == "绿洲西城社区"
    assert "水泊寺" not in {term.text for term in made[: made.completed] if term.kind == "street"}


def test_deleted_and_repeated_articles_do_not_count(tmp_path: Path) -> None:
    archive = stored(tmp_path / "index", 4)
    archive.add([Article("v", Source("f"), body="同一件事", reporters=(REPORTERS[1],), duplicate_of="s001")])
    archive.update([], remove=["s000"])
    found = {term.name: term.count for term in terms(archive) if term.kind == "reporter"}
    assert found == {REPORTERS[1]: 1, REPORTERS[2]: 1, REPORTERS[3]: 1}


def test_several_segments_are_one_vocabulary(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    for number in range(6):
        archive.add([article(number)])
    found = {term.text: term.count for term in terms(archive) if term.kind == "word"}
    assert found["水泊寺"] == 2


def test_an_empty_archive(tmp_path: Path) -> None:
    assert terms(Archive.create(tmp_path / "index")) == []


def in_threads(shelf: Shelf, snapshot: Any, count: int) -> list[Vocabulary]:
    got: list[Vocabulary] = []
    threads = [threading.Thread(target=lambda: got.append(shelf.of(snapshot))) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_a_snapshot_has_one_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    monkeypatch.setattr(Vocabulary, "of", lambda snapshot: made.append(snapshot) or Vocabulary([], {}))
    got = in_threads(Shelf(), SimpleNamespace(stamp=1), 8)
    assert len(made) == 1
    assert len(set(map(id, got))) == 1


def test_while_one_is_made_the_one_before_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    old, new = SimpleNamespace(stamp=1), SimpleNamespace(stamp=2)
    going, go_on = threading.Event(), threading.Event()

    def made(snapshot: Any) -> Vocabulary:
        if snapshot is new:
            going.set()
            go_on.wait()
        return Vocabulary([], {})

    monkeypatch.setattr(Vocabulary, "of", made)
    first = shelf.of(old)  # type: ignore[arg-type]
    thread = threading.Thread(target=shelf.of, args=(new,))
    thread.start()
    going.wait()
    assert shelf.of(new) is first  # type: ignore[arg-type]
    go_on.set()
    thread.join()
    assert shelf.of(new) is not first  # type: ignore[arg-type]


def test_no_more_completions_than_promised(monkeypatch: pytest.MonkeyPatch, archive: Archive) -> None:
    monkeypatch.setattr(vocabulary, "MOST_COMPLETED", 3)
    with archive._newest.reading() as snapshot:
        made = Vocabulary.of(snapshot)
    assert sum(term.kind == "word" for term in made[: made.completed]) == 3
