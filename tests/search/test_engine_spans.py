"""Runs of keys cut into spans: nothing is lost, nothing out of order, and none is too big."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.engine.postings import starts_of
from search.engine.spans import Run, spans

RUNS = st.lists(st.dictionaries(st.integers(0, 40), st.integers(1, 9), max_size=20), min_size=1, max_size=5)


def run(sizes: dict[int, int], lead: int) -> Run:
    """A run that begins behind some keys of another field."""
    counts = [1] * lead + [sizes[key] for key in sorted(sizes)]
    return Run([99] * lead + sorted(sizes), starts_of(counts), lead, len(counts))


@given(RUNS, st.integers(0, 60), st.integers(0, 3))
def test_spans_have_all_keys_in_order_and_no_more_than_fits(sizes: list[dict[int, int]], most: int, lead: int) -> None:
    runs = [run(own, lead) for own in sizes]
    done: set[int] = set()
    places = [lead] * len(runs)
    for span in spans(runs, most):
        assert [first for first, _ in span] == places
        places = [last for _, last in span]
        keys = {key for one, (first, last) in zip(runs, span, strict=True) for key in one.keys[first:last]}
        assert keys
        assert not done or min(keys) > max(done)
        assert len(keys) == 1 or sum(one.weight(*ends) for one, ends in zip(runs, span, strict=True)) <= most
        done |= keys
    assert places == [one.last for one in runs]
    assert done == set().union(*sizes)


def test_what_fits_is_one_span() -> None:
    assert list(spans([run({1: 1, 5: 2}, 0), run({3: 1}, 0), run({}, 0)], 100)) == [[(0, 2), (0, 1), (0, 0)]]
