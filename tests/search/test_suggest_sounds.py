"""Typed texts and the terms that they stand for, against a search character by character."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.suggest.readings import Readings
from search.suggest.sounds import Lattice, Step, Terms, speaking, typing

READINGS = Readings(
    {"a": "啊", "bo": "泊波", "lv": "绿", "si": "寺四", "xi": "西", "an": "安", "xian": "先线", "shi": "寺"}
)
TEXTS = ("水泊寺", "西安", "先", "绿波", "a西", "寺寺四", "啊", "泊泊泊泊")
TERMS = Terms(TEXTS)


def test_terms_are_read_back() -> None:
    assert list(TERMS) == [TERMS[number] for number in range(len(TERMS))] == list(TEXTS)
    assert TERMS[-1] == TEXTS[-1]
    assert TERMS[1:3] == list(TEXTS[1:3])
    with pytest.raises(IndexError):
        TERMS[len(TEXTS)]


def plainly(lattice: Lattice, first: int) -> Iterator[tuple[int, int, int, int, int]]:
    """Term, its piece, the end in the text and the cost of every way."""

    def go(at: int, term: int, start: int, stop: int, cost: int) -> Iterator[tuple[int, int, int, int, int]]:
        if stop > start:
            yield term, start, stop, at, cost
        if at < len(lattice) and stop < len(TEXTS[term]):
            for step in lattice[at]:
                if ord(TEXTS[term][stop]) in step.chars.tolist():
                    yield from go(step.end, term, start, stop + 1, cost + step.cost)

    for term, text in enumerate(TEXTS):
        for start in range(len(text)):
            yield from go(first, term, start, start, 0)


def cheapest(ways: Iterator[tuple[int, int, int, int, int]]) -> dict[tuple[int, int, int, int], int]:
    best: dict[tuple[int, int, int, int], int] = {}
    for *way, cost in ways:
        best[tuple(way)] = min(cost, best.get(tuple(way), cost))  # type: ignore[index,arg-type]
    return best


BASES = [sum(len(text) + 1 for text in TEXTS[:number]) for number in range(len(TEXTS))]

typed = st.text("水泊寺西安先绿波a bolvsixnh'四", min_size=1, max_size=9).filter(lambda text: text[0] not in " '")
lattices = st.sampled_from([typing, speaking])


@given(text=typed, make=lattices, first=st.integers(0, 8))
def test_whole_terms_are_followed_as_a_plain_search_would(
    text: str, make: Callable[[str, Readings], Lattice], first: int
) -> None:
    lattice = make(text, READINGS)
    first %= len(text)
    expected = {
        (term, end): cost
        for (term, start, stop, end), cost in cheapest(plainly(lattice, first)).items()
        if start == 0 and stop == len(TEXTS[term])
    }
    found: dict[tuple[int, int], int] = {}
    for reached in TERMS.follow(lattice, first):
        for term, cost in zip(TERMS.numbers(reached.starts).tolist(), reached.costs.tolist(), strict=True):
            assert (term, reached.end) not in found
            found[term, reached.end] = cost
    assert found == expected


@given(text=typed, make=lattices)
def test_the_whole_text_is_found_within_terms_as_a_plain_search_would(
    text: str, make: Callable[[str, Readings], Lattice]
) -> None:
    lattice = make(text, READINGS)
    expected = {
        (BASES[term] + start, BASES[term] + stop): cost
        for (term, start, stop, end), cost in cheapest(plainly(lattice, 0)).items()
        if end == len(text)
    }
    found = {
        (start, stop): cost
        for reached in TERMS.within(lattice)
        for start, stop, cost in zip(
            reached.starts.tolist(), reached.stops.tolist(), reached.costs.tolist(), strict=True
        )
    }
    assert found == expected


def reached_by(text: str, make: Callable[[str, Readings], Lattice] = typing) -> set[str]:
    ways = TERMS.within(make(text, READINGS))
    return {TEXTS[number] for way in ways for number in TERMS.numbers(way.starts).tolist()}


def test_ways_of_typing() -> None:
    for text in ("水泊寺", "水bosi", "泊s", "bs", "bosh", "b寺", "bo si", "bo'si"):
        assert "水泊寺" in reached_by(text), text
    assert reached_by("lvb") == reached_by("lubo") == {"绿波"}
    assert reached_by("xian") == {"西安", "先"}
    assert reached_by("xi'an") == {"西安"}
    assert reached_by("xyz") == set()


def test_the_less_is_shortened_the_better() -> None:
    costs = {
        text: min(int(way.costs.min()) for way in TERMS.within(typing(text, READINGS)))
        for text in ("泊寺", "bosi", "bos", "bsi", "bs")
    }
    assert costs == {"泊寺": 0, "bosi": 0, "bos": 1, "bsi": 1, "bs": 2}


def test_what_is_complete_is_not_shortened() -> None:
    assert reached_by("bs", speaking) == set()
    assert "水泊寺" in reached_by("波si", speaking)


def test_no_terms() -> None:
    assert list(Terms([]).follow([[Step(1, READINGS.spelt("bo"))]])) == []


def test_characters_beyond_the_basic_plane_stand_for_nothing() -> None:
    assert reached_by("泊\U00020000") == set()
