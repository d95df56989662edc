"""The short form of readers and a writer together; and the judge finds whatever is of more than one edition."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from search.archive import Archive
from search.article import to_record
from search.entry import Entry
from search.request import FACETS
from tests.torture.together import questions
from tests.torture.together.__main__ import report, sound
from tests.torture.together.crowd import Outcome, Plan, Written, together
from tests.torture.together.doors import Answer, Asked, PythonDoor
from tests.torture.together.editions import (
    BRIEF,
    FEWEST,
    REPORTERS,
    TOPICS,
    briefs,
    chronicle,
    expected,
    passing,
    size_of,
)
from tests.torture.together.questions import QUESTIONS, Reader, Verdict, judged
from tests.torture.together.reading import Told, delays
from tests.torture.together.writing import Writer, wrong_at_the_end

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the torture forks the program")


def test_every_answer_is_of_one_edition_while_each_way_of_writing_writes_one(tmp_path: Path) -> None:
    outcome = together(tmp_path, Plan(readers=3, servers=1, editions=5, pause=0.1))
    findings = [line for line in report(outcome, warm_up=0) if line.startswith("!")]
    assert findings == []
    assert outcome.written.ways == dict.fromkeys(("updated", "indexed", "pruned", "rebuilt", "renewed"), 1)
    assert len(outcome.watchers) == 2


# What is computed from the number of an edition alone


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The third edition, which nobody writes to."""
    archive = Archive.create(tmp_path_factory.mktemp("quiet") / "index")
    archive.add([*briefs(3).values(), *chronicle().values(), *passing().values()])
    return archive


@pytest.fixture
def reader(quiet: Archive) -> Reader:
    return Reader(PythonDoor(quiet), random.Random(1), 3, lambda: 3)


def test_what_is_expected_is_what_a_quiet_archive_answers(quiet: Archive) -> None:
    filters: list[dict[str, str]] = [{}, {"reporter": REPORTERS[1]}, {"topic": TOPICS[2], "reporter": REPORTERS[0]}]
    for only in filters:
        found = quiet.answer(Asked(BRIEF, only).request())
        wanted = expected(3, only=tuple(sorted(only.items())))
        assert {hit.article.id for hit in found.hits} == wanted.ids
        assert {facet: dict(found.counts[facet]) for facet in FACETS} == wanted.counts


@pytest.mark.parametrize("question", [question for question, _ in QUESTIONS])
def test_a_quiet_archive_answers_every_question_rightly(question: questions.Question, reader: Reader) -> None:
    for _ in range(5):
        verdict = question(reader)
        assert verdict.wrong == ()
        assert verdict.edition in (3, None)


def test_neighbouring_editions_have_other_numbers_of_briefs_and_none_that_is_the_same() -> None:
    for edition in range(1, 60):
        assert size_of(edition) != size_of(edition + 1)
        assert size_of(edition) >= FEWEST
        assert not set(map(_body, briefs(edition).values())) & set(map(_body, briefs(edition + 1).values()))


def _body(article: Any) -> str:
    return str(article.body)


# What the judge must find


def _right(edition: int) -> Answer:
    wanted = expected(edition)
    titles = {identity: str(article.title) for identity, article in briefs(edition).items()}
    months = {name: count for name, count in wanted.counts["date"].items() if "-" in name}
    return Answer(len(wanted.ids), titles, wanted.counts, months, size_of(edition) + len(chronicle()))


def test_a_right_answer_is_called_right() -> None:
    assert judged(_right(4)) == Verdict(4)


@pytest.mark.parametrize("part", ["total", "titles", "counts", "timeline", "articles"])
def test_a_part_of_another_edition_is_found(part: str) -> None:
    assert judged(replace(_right(4), **{part: getattr(_right(5), part)})).wrong


def test_one_hit_of_another_edition_is_found() -> None:
    right = _right(4)
    assert judged(replace(right, titles={**right.titles, "brief0000": f"{BRIEF}第3期之0"})).wrong


class _Torn(PythonDoor):
    """A door behind which an edition comes between two pages, and between an article and its list."""

    def __init__(self, archive: Archive, fresh: Archive) -> None:
        super().__init__(archive)
        self._fresh = PythonDoor(fresh)

    def pages(self, asked: Asked) -> Sequence[Answer]:
        return [*super().pages(asked)[:1], *self._fresh.pages(asked)[1:]]

    def export(self, asked: Asked, form: str) -> bytes:
        return super().export(asked, form)[:-200]

    def article(self, identity: str) -> Mapping[str, Any]:
        return to_record(replace(briefs(3)["brief0001"], id=identity, body=briefs(4)["brief0001"].body))

    def timeline(self, query: str) -> Mapping[str, int]:
        return {**super().timeline(query), "1999-01": 1}

    def holdings(self) -> int:
        return super().holdings() + 1000


@pytest.mark.parametrize("name", ["paged", "exported", "article", "over_time", "holdings"])
def test_an_edition_in_the_middle_of_an_answer_is_found(name: str, quiet: Archive, tmp_path: Path) -> None:
    fresh = Archive.create(tmp_path / "index")
    fresh.add([*briefs(4).values(), *chronicle().values()])
    reader = Reader(_Torn(quiet, fresh), random.Random(2), 3, lambda: 4)
    assert getattr(questions, name)(reader).wrong


def test_an_exact_string_that_is_missing_though_its_edition_is_there_is_found(quiet: Archive) -> None:
    class Blind(PythonDoor):
        def search(self, asked: Asked) -> Answer:
            found = super().search(asked)
            return replace(found, total=0) if asked.query.startswith('"') else found

    assert questions.exact(Reader(Blind(quiet), random.Random(3), 3, lambda: 3)).wrong


def test_an_article_that_no_edition_lacks_must_not_be_missing(quiet: Archive) -> None:
    class Empty(PythonDoor):
        def article(self, identity: str) -> Mapping[str, Any] | None:
            return super().article(f"no {identity}")

    verdicts = [questions.article(Reader(Empty(quiet), random.Random(seed), 3, lambda: 3)) for seed in range(20)]
    assert any(verdict.wrong for verdict in verdicts)


# What readers remember


def test_an_edition_after_a_newer_one_is_noted() -> None:
    told = Told()
    last = told.note("some", Verdict(7), 0)
    last = told.note("some", Verdict(None), last)
    assert told.note("some", Verdict(6), last) == 7
    assert told.backwards == ["some: edition 6 after edition 7"]
    assert told.answers["some"] == 3


def test_the_delay_is_that_until_the_edition_or_a_newer_one_was_seen() -> None:
    told = Told(seen={1: 10.5, 3: 12.0})
    assert list(delays(told, {1: 10.0, 2: 11.75, 3: 12.5, 4: 13.0})) == [0.5, 0.25, 0.0]


def test_a_slow_server_is_not_sound() -> None:
    written = Written({"updated": 1}, {1: 10.0}, [])
    quick, slow = Told(seen={1: 10.5}), Told(seen={1: 12.5})
    assert sound(Outcome(1.0, written, {}, {"python": quick}, {}))
    assert not sound(Outcome(1.0, written, {}, {"python": quick, "server": slow}, {}))
    assert not sound(Outcome(1.0, replace(written, wrong=["lost"]), {}, {"python": quick}, {}))


def test_what_the_writer_leaves_is_looked_at(tmp_path: Path) -> None:
    writer = Writer(tmp_path, 1)
    assert list(wrong_at_the_end(writer)) == []
    archive = Archive.open(writer.index)
    archive.update([Entry(replace(briefs(0)["brief0000"], body="别的话"))], ["brief0001"])
    assert len(list(wrong_at_the_end(writer))) == 2
