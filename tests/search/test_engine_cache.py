"""The cache: bounded in bytes, the oldest leave first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from search.engine.cache import Cache


@dataclass(frozen=True)
class Blob:
    nbytes: int


def never() -> Blob:
    raise AssertionError("it is cached")


def test_a_value_is_made_once() -> None:
    cache: Cache[Blob] = Cache(100)
    first = cache.get("a", lambda: Blob(10))
    assert cache.get("a", never) is first


def test_the_one_not_used_for_longest_leaves_first() -> None:
    cache: Cache[Blob] = Cache(60)
    for key in ("a", "b", "c", "d"):
        cache.get(key, lambda: Blob(15))
    cache.get("a", never)
    cache.get("e", lambda: Blob(15))
    assert cache.get("a", never)
    assert cache.get("b", lambda: Blob(2)) == Blob(2)


def test_a_big_value_is_not_kept() -> None:
    cache: Cache[Blob] = Cache(100)
    cache.get("a", lambda: Blob(26))
    assert cache.nbytes == 0
    assert cache.get("a", lambda: Blob(25)) == Blob(25)
    assert cache.nbytes == 25


def test_cleared() -> None:
    cache: Cache[Blob] = Cache(100)
    cache.get("a", lambda: Blob(10))
    cache.clear()
    assert cache.nbytes == 0
    assert cache.get("a", lambda: Blob(5)) == Blob(5)


@given(uses=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 60))), limit=st.integers(0, 200))
def test_it_never_holds_more_than_its_limit(uses: list[tuple[int, int]], limit: int) -> None:
    cache: Cache[Blob] = Cache(limit)
    for key, size in uses:
        cache.get(key, lambda size=size: Blob(size))
        assert cache.nbytes <= limit


def test_many_threads() -> None:
    cache: Cache[Blob] = Cache(1000)
    with ThreadPoolExecutor(8) as pool:
        sizes = list(pool.map(lambda n: cache.get(n % 50, lambda: Blob(n % 50)).nbytes, range(5000)))
    assert sizes == [n % 50 for n in range(5000)]
    assert cache.nbytes <= 1000
