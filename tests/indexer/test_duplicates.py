import random
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.duplicates import candidates, group, same_story, shingles, sketch
from search.article import Article, PublicationDate, Source
from tests.indexer.pages import made_up_text

TEXT = made_up_text(7, 400)
WIDE = str.maketrans("，。！：；（）", ",.!:;()")


def article(identity: str, body: str = TEXT, *, day: date | None = None, file: str = "", **more) -> Article:
    when = PublicationDate(day, day, "manifest") if day else PublicationDate()
    return Article(identity, Source(file or identity), body=body, date=when, **more)


def proposed(*articles: Article) -> set[tuple[str, str]]:
    return candidates({a.id: sketch(a) for a in articles}, {a.id: a.source.file for a in articles})


def noisy(text: str, seed: int) -> str:
    """The text with one character in a hundred misread."""
    letters = list(text)
    for place in random.Random(seed).sample(range(len(letters)), len(letters) // 100):
        letters[place] = "囗"
    return "".join(letters)


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        *(noisy(TEXT, seed) for seed in range(5)),
        TEXT.translate(WIDE),
        TEXT[:240],
        TEXT[160:],
        TEXT.replace("，", "\n"),
    ],
    ids=["equal", *(f"noise {n}" for n in range(5)), "other punctuation", "first 60 %", "last 60 %", "other lines"],
)
def test_versions_of_one_story_are_found(other: str) -> None:
    left, right = article("a"), article("b", other)
    assert proposed(left, right) == {("a", "b")}
    assert same_story(left, right)


@pytest.mark.parametrize("seed", range(5))
def test_different_stories_are_not_proposed(seed: int) -> None:
    assert proposed(article("a"), article("b", made_up_text(seed + 100, 400))) == set()


def test_stories_of_the_same_file_are_never_paired() -> None:
    assert proposed(article("a", file="05.txt"), article("b", file="05.txt")) == set()


def test_the_same_text_of_different_days_stays_apart() -> None:
    assert not same_story(article("a", day=date(2023, 7, 21)), article("b", day=date(2023, 7, 22)))


def test_an_undated_version_is_found() -> None:
    assert same_story(article("a", day=date(2023, 7, 21)), article("b"))


def test_an_interval_agrees_with_a_day_in_it() -> None:
    july = PublicationDate(date(2023, 7, 1), date(2023, 7, 31), "inferred")
    assert same_story(article("a", day=date(2023, 7, 21)), Article("b", Source("b"), body=TEXT, date=july))


def test_notices_alike_but_for_their_numbers_stay_apart() -> None:
    notice = "因检修线路，{}日{}时至{}时东巷停电，请住户提前做好准备，给您带来不便敬请谅解，咨询请拨打值班室电话。" * 2
    left, right = notice.format(3, 8, 11, 3, 8, 11), notice.format(16, 9, 15, 16, 9, 15)
    assert not same_story(article("a", left), article("b", right))


def test_short_texts_have_no_sketch() -> None:
    assert sketch(article("a", TEXT[:30])) == ()


def test_a_sketch_is_an_ascending_sample_of_the_shingles() -> None:
    one = article("a")
    assert list(sketch(one)) == sorted(h for h in shingles(one) if h % 8 == 0)


def test_a_set_phrase_of_a_crowd_proposes_nothing() -> None:
    assert proposed(*(article(f"{n:03}") for n in range(60))) == set()


class TestGroup:
    VERSIONS = {  # noqa: RUF012
        "cut": article("cut", complete=False, title="路灯亮了", body=TEXT * 2),
        "bare": article("bare", body=TEXT * 2),
        "best": article("best", title="路灯亮了"),
        "brief": article("brief", title="路灯亮了", body=TEXT[:99]),
        "other": article("other"),
    }

    def test_complete_then_with_a_headline_then_long(self) -> None:
        pairs = combinations(["cut", "bare", "best", "brief"], 2)
        assert group(pairs, self.VERSIONS) == dict.fromkeys(["cut", "bare", "brief"], "best")

    def test_pairs_chain(self) -> None:
        assert group([("cut", "bare"), ("bare", "best")], self.VERSIONS) == {"cut": "best", "bare": "best"}

    def test_equal_versions_are_led_by_the_first_id(self) -> None:
        twins = {name: article(name) for name in "ab"}
        assert group([("b", "a")], twins) == {"b": "a"}

    @given(st.permutations([("cut", "bare"), ("bare", "best"), ("brief", "cut"), ("best", "cut")]), st.booleans())
    def test_the_order_of_the_pairs_makes_no_difference(self, pairs: list[tuple[str, str]], turned: bool) -> None:
        given_pairs = [(b, a) for a, b in pairs] if turned else pairs
        assert group(given_pairs, self.VERSIONS) == dict.fromkeys(["cut", "bare", "brief"], "best")

    def test_nothing_is_grouped_without_pairs(self) -> None:
        assert group([], self.VERSIONS) == {}
