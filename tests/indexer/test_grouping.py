from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.grouping import Groups, Match, Version
from indexer.likeness import Reading, Verdict
from tests.indexer.extractions import TEXT, article

SAME, LIKELY, APART = Verdict.SAME, Verdict.LIKELY, Verdict.APART


def version(identity: str, *, days: tuple[int, ...] = (), headline: str = "", signed: bool = True) -> Version:
    """A version whose file is named by the first letter of its id, which also ranks it."""
    return Version(identity, identity[0], days, headline, signed, (False, False, 0, identity))


def match(left: str, right: str, verdict: Verdict = SAME, *, common: int = 100, **more: object) -> Match:
    values = {"agreeing": True, "in_left": (0, common), "in_right": (0, common)} | more
    return Match(left, right, common, verdict=verdict, **values)  # type: ignore[arg-type]


def groups(versions: list[Version], *matches: Match) -> list[list[str]]:
    sizes = Counter(one.origin for one in versions)
    return sorted(Groups({one.id: one for one in versions}, matches, sizes).all())


A, B, C = version("a1"), version("b1"), version("c1")


def test_pairs_chain() -> None:
    assert groups([A, B, C], match("a1", "b1"), match("b1", "c1")) == [["a1", "b1", "c1"]]


def test_without_pairs_there_are_no_groups() -> None:
    assert groups([A, B]) == []


def test_two_stories_of_a_file_are_never_joined_through_a_third() -> None:
    versions = [version("a1"), version("a2"), B]
    assert groups(versions, match("a1", "b1", common=300), match("a2", "b1", common=200)) == [["a1", "b1"]]


def test_of_several_stories_the_one_under_the_same_headline_is_taken() -> None:
    versions = [version("a1"), version("a2"), B]
    pairs = match("a1", "b1", common=300, agreeing=False), match("a2", "b1", common=200)
    assert groups(versions, *pairs) == [["a2", "b1"]]


def test_fragments_of_a_story_stand_with_the_whole() -> None:
    first = version("a1", headline="暑假不打烊", signed=True)
    rest = version("a2", headline="", signed=False)
    whole = version("b1", headline="暑假不打烊社区有了小先生")
    pairs = match("a1", "b1", in_right=(0, 100)), match("a2", "b1", in_right=(95, 200))
    assert groups([first, rest, whole], *pairs) == [["a1", "a2", "b1"]]


@pytest.mark.parametrize(
    ("rest", "place"),
    [
        (version("a2", headline="", signed=True), (100, 200)),
        (version("a2", headline="唱到天黑"), (100, 200)),
        (version("a2", headline="暑假不打烊"), (100, 200)),
        (version("a2", headline="", signed=False), (50, 150)),
    ],
    ids=["a byline of its own", "a headline of its own", "the same headline again", "the same passage again"],
)
def test_what_is_no_fragment_stays_apart(rest: Version, place: tuple[int, int]) -> None:
    first, whole = version("a1", headline="暑假不打烊"), version("b1", headline="暑假不打烊社区有了小先生")
    pairs = match("a1", "b1", common=101, in_right=(0, 100)), match("a2", "b1", in_right=place)
    assert groups([first, rest, whole], *pairs) == [["a1", "b1"]]


def test_days_that_contradict_are_not_joined_through_an_undated_version() -> None:
    versions = [version("a1", days=(5, 5)), B, version("c1", days=(6, 6))]
    assert groups(versions, match("a1", "b1", common=300), match("b1", "c1")) == [["a1", "b1"]]


def test_intervals_narrow_as_they_are_joined() -> None:
    versions = [version("a1", days=(1, 9)), version("b1", days=(5, 20)), version("c1", days=(1, 4))]
    assert groups(versions, match("a1", "b1", common=300), match("a1", "c1")) == [["a1", "b1"]]


def test_stories_known_to_differ_are_not_joined_through_a_third() -> None:
    pairs = match("a1", "b1", common=300), match("b1", "c1"), match("a1", "c1", APART)
    assert groups([A, B, C], *pairs) == [["a1", "b1"]]


def test_a_likely_pair_counts_between_extractions_of_one_page() -> None:
    page = [version(f"{file}{number}") for file in "ab" for number in range(5)]
    likely = match("a3", "b3", LIKELY)
    assert groups(page, match("a1", "b1"), likely) == [["a1", "b1"]]
    assert groups(page, match("a1", "b1"), match("a2", "b2"), likely) == [["a1", "b1"], ["a2", "b2"], ["a3", "b3"]]


@given(st.permutations([match("a1", "b1"), match("c1", "b1", common=90), match("d1", "a1"), match("a2", "c1")]))
def test_the_order_of_the_pairs_makes_no_difference(matches: list[Match]) -> None:
    versions = [version(name) for name in ("a1", "a2", "b1", "c1", "d1")]
    assert groups(versions, *matches) == [["a1", "b1", "d1"], ["a2", "c1"]]


def test_a_crowd_is_one_group() -> None:
    versions = [Version(str(n), str(n), (), "", True, (False, False, 0, f"{n:05}")) for n in range(5000)]
    pairs = [match(str(n), str(n + 1)) for n in range(4999)]
    assert [len(ids) for ids in groups(versions, *pairs)] == [5000]


def test_complete_then_with_a_headline_then_long() -> None:
    best = article("best", title="路灯亮了")
    others = [
        article("bare", TEXT * 2),
        article("brief", TEXT[:99], title="路灯亮了"),
        article("cut", TEXT * 2, title="路灯亮了", complete=False),
    ]
    ranked = sorted([*others, best], key=lambda one: Version.of(Reading(one), "", ()).rank)
    assert [one.id for one in ranked] == ["best", "brief", "bare", "cut"]
