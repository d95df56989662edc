"""Patterns and nearness against the plainest reading of what they mean."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.glob import finder, is_pattern, literals, plain
from search.query.tree import Exact, Near, Pattern, Words

LINES = st.text(st.sampled_from("水电气a1， -"), max_size=14)
PATTERNS = st.text(st.sampled_from("水电a*?"), min_size=1, max_size=6).filter(is_pattern)


def stands(pattern: str, line: str) -> bool:
    """Every beginning, and every number of characters for each star, one after the other."""
    return any(_matches(pattern, line, at) for at in range(len(line)) if _begins(pattern, line, at))


def _begins(pattern: str, line: str, at: int) -> bool:
    return not (re.match("[a-z0-9]", pattern) and at and re.match("[a-z0-9]", line[at - 1]))


def _matches(pattern: str, line: str, at: int) -> bool:
    if not pattern:
        return True
    if pattern[0] == "*":
        return _matches(pattern[1:], line, at) or (
            at < len(line) and (line[at].isalnum() or line[at] in "'%&+#@·./-") and _matches(pattern, line, at + 1)
        )
    if at == len(line) or pattern[0] not in ("?", line[at]):
        return False
    ended = len(pattern) == 1 and re.match("[a-z0-9]", pattern) and re.match("[a-z0-9]", line[at + 1 : at + 2])
    return not ended and _matches(pattern[1:], line, at + 1)


@settings(max_examples=2000, deadline=None)
@given(PATTERNS, LINES)
def test_a_pattern_is_found_where_it_stands(pattern: str, line: str) -> None:
    spans = list(finder(Pattern(pattern))(line))
    assert bool(spans) == stands(pattern, line)
    assert all(literal in line[start:end] for start, end in spans for literal in literals(Pattern(pattern)))
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@settings(max_examples=1000, deadline=None)
@given(PATTERNS, LINES)
def test_a_plain_pattern_stands_where_its_string_does(pattern: str, line: str) -> None:
    literal = plain(Pattern(pattern))
    assert literal is None or stands(pattern, line) == (literal in line)


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(["水", "水电", "a"]), st.sampled_from(["电", "电气", "水"]), st.integers(0, 4), LINES)
def test_nearness_counts_the_characters_between(left: str, right: str, distance: int, line: str) -> None:
    places = [[m.span() for m in re.finditer(re.escape(side), line)] for side in (left, right)]
    near = any(
        0 <= second[0] - first[1] <= distance or 0 <= first[0] - second[1] <= distance
        for first in places[0]
        for second in places[1]
    )
    assert bool(list(finder(Near(Exact(left), Exact(right), distance))(line))) == near


@pytest.mark.parametrize(
    ("pattern", "line", "marked"),
    [
        ("丁?琴", "记者丁亚琴、丁一琴", ["丁亚琴", "丁一琴"]),
        ("老*区", "老旧小区改造，老街，区政府", ["老旧小区"]),
        ("covid*", "xcovid covid-19", ["covid"]),
        ("*vid", "covid video", ["vid"]),
        ("1?月", "11月和1 月", ["11月", "1 月"]),
        ("老*区", "老，区", []),
    ],
)
def test_what_is_marked(pattern: str, line: str, marked: list[str]) -> None:
    assert [line[start:end] for start, end in finder(Pattern(pattern))(line)] == marked


def test_only_what_is_near_is_marked() -> None:
    line = "水，水电" + "，" * 30 + "电"
    near = Near(Words("水", ("水",)), Pattern("电*"), 3)
    assert list(finder(near)(line)) == [(2, 3), (3, 4)]


def test_a_long_line_takes_no_longer_than_its_length() -> None:
    line = "水" * 300_000
    assert not list(finder(Pattern("水*电"))(line))
    assert not list(finder(Pattern("水?*电"))(line))
    assert not list(finder(Pattern("*".join(["水"] * 50) + "*电"))(line))
    assert not list(finder(Near(Exact("水"), Exact("电"), 100))(line))
