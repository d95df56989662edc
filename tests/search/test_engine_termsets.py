"""Patterns, misspellings and ranges against trying every term."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lexicon_samples import segment
from rapidfuzz.distance import Levenshtein
from whoosh import fields, query

from search.engine import termsets
from search.engine.lexicon import Lexicon

LETTERS = "ab城墙灯会\U00020000"
words = st.text(st.sampled_from(LETTERS), max_size=6)
vocabularies = st.sets(words, max_size=40)
patterns = st.text(st.sampled_from("ab城墙*?*?[]!"), max_size=7)


def lexicon(folder: str | Path, terms: Iterable[str | bytes]) -> Lexicon:
    known = {term.encode() if isinstance(term, str) else term: {0: [0]} for term in terms}
    other = {"another": {"城墙".encode(): {0: [0]}}, "field": known, "the last": {b"ab": {0: [0]}}}
    return segment(Path(folder) / "a", other, 1).lexicon


def chosen(lexicon: Lexicon, spans: termsets.Spans) -> set[str]:
    numbers = [number for first, last in spans for number in range(first, last)]
    assert numbers == sorted(set(numbers))
    return {lexicon.text(number) for number in numbers}


@given(vocabulary=vocabularies, pattern=patterns)
def test_a_pattern_means_what_it_means_to_fnmatch(vocabulary: set[str], pattern: str) -> None:
    """Only a lone star fits the empty term."""
    with TemporaryDirectory() as folder:
        known = lexicon(folder, vocabulary)
        expected = {word for word in vocabulary if fnmatch.fnmatchcase(word, pattern) and (word or pattern == "*")}
        assert chosen(known, termsets.matching(known, query.Wildcard("field", pattern))) == expected


def test_a_piece_may_cross_two_terms_before_it_is_in_one(tmp_path: Path) -> None:
    known = lexicon(tmp_path, ("xa", "xaa", "xab"))
    assert chosen(known, termsets.matching(known, query.Wildcard("field", "*aa*"))) == {"xaa"}


@given(vocabulary=vocabularies, text=words, maxdist=st.integers(0, 3), prefix=st.integers(0, 3))
def test_misspellings_are_levenshtein_s(vocabulary: set[str], text: str, maxdist: int, prefix: int) -> None:
    with TemporaryDirectory() as folder:
        known = lexicon(folder, vocabulary)
        node = query.FuzzyTerm("field", text, maxdist=maxdist, prefixlength=prefix)
        expected = {
            word
            for word in vocabulary
            if word and word.startswith(text[:prefix]) and Levenshtein.distance(text, word) <= maxdist
        }
        assert chosen(known, termsets.alike(known, node)) == expected


def test_letters_that_change_places_are_two_edits(tmp_path: Path) -> None:
    known = lexicon(tmp_path, ("ab", "ba"))
    assert chosen(known, termsets.alike(known, query.FuzzyTerm("field", "ab", prefixlength=0))) == {"ab"}


@given(vocabulary=vocabularies, prefix=words)
def test_prefixes(vocabulary: set[str], prefix: str) -> None:
    with TemporaryDirectory() as folder:
        known = lexicon(folder, vocabulary)
        expected = {word for word in vocabulary if word.startswith(prefix)}
        assert chosen(known, termsets.prefixed(known, query.Prefix("field", prefix))) == expected


NUMBERS = fields.NUMERIC(int, bits=32, signed=True, shift_step=8)


@given(
    values=st.sets(st.integers(-300, 300), max_size=30),
    ends=st.tuples(*[st.none() | st.integers(-310, 310)] * 2),
    open_=st.tuples(st.booleans(), st.booleans()),
)
def test_ranges(values: set[int], ends: tuple[int | None, int | None], open_: tuple[bool, bool]) -> None:
    with TemporaryDirectory() as folder:
        known = lexicon(folder, {term for value in values for term, *_ in NUMBERS.index(value)})
        spans = termsets.between(known, query.NumericRange("field", *ends, *open_), NUMBERS)
        got = {NUMBERS.from_bytes(known[number]) for first, last in spans for number in range(first, last)}
        assert got == {value for value in values if inside(value, ends, open_)}


def inside(value: int, ends: tuple[int | None, int | None], open_: tuple[bool, bool]) -> bool:
    (start, end), (after, before) = ends, open_
    low = start is None or (start < value if after else start <= value)
    return low and (end is None or (value < end if before else value <= end))


@pytest.mark.parametrize("node", [query.Wildcard("no", "*a"), query.FuzzyTerm("no", "a"), query.Prefix("no", "a")])
def test_an_unknown_field_has_no_terms(tmp_path: Path, node: query.Query) -> None:
    ways = {query.Wildcard: termsets.matching, query.FuzzyTerm: termsets.alike, query.Prefix: termsets.prefixed}
    known = lexicon(tmp_path, ("a",))
    assert chosen(known, ways[type(node)](known, node)) == set()


def test_terms_as_bytes() -> None:
    assert termsets.as_bytes("城") == termsets.as_bytes("城".encode()) == "城".encode()
    assert termsets.as_bytes("\ud800") == b"\xed\xa0\x80"


@given(numbers=st.sets(st.integers(0, 30)))
def test_spans_hold_the_numbers(numbers: set[int]) -> None:
    spans = termsets._runs(np.array(sorted(numbers)))
    assert [number for first, last in spans for number in range(first, last)] == sorted(numbers)
    assert all(last < first for (_, last), (first, _) in pairwise(spans))
