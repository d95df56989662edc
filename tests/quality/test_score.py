from datetime import date
from pathlib import Path

import pytest

from search.article import UNDATED, Article, PublicationDate, Source
from tests.quality.__main__ import main
from tests.quality.gold import SETS, GoldPage, GoldStory, gold_pages
from tests.quality.score import Scores, Share, Tally, letters, score

LINES = ["路灯亮了", "巷子里换上新灯泡。", "", "合唱团唱到天黑", "团员们练一支新曲。", "指挥点了头。"]
SPANS = {"路灯亮了": ((1, 2),), "合唱团唱到天黑": ((4, 6),)}


def article(title: str | None, *spans: tuple[int, int], **known: object) -> Article:
    return Article(f"{title}{spans}", Source("a.txt", spans), title=title, body="灯", **known)


def story(title: str, **answers: object) -> GoldStory:
    return GoldStory("a.txt", SPANS[title], title, answers)


def scored(
    folder: Path, articles: list[Article], *stories: GoldStory, day: str | None = None, dated: str = "none"
) -> Scores:
    (folder / "a.txt").write_text("\n".join(LINES), "utf-8")
    return score([GoldPage("a.txt", day, dated, (), stories)], folder, articles)


class TestCutting:
    def test_what_is_cut_as_by_hand_is_right(self, tmp_path: Path) -> None:
        found = scored(tmp_path, [article(title, *spans) for title, spans in SPANS.items()], *map(story, SPANS))
        assert (found.stories, found.titles, found.faults) == (Tally(2, 0, 0), Share(2, 2), [])
        assert found.stories.f1 == 1

    def test_two_stories_in_one_article_are_one_right_or_none(self, tmp_path: Path) -> None:
        found = scored(tmp_path, [article("路灯亮了", (1, 6))], *map(story, SPANS))
        assert (found.stories, found.titles) == (Tally(0, 1, 2), Share(0, 2))
        assert len(found.faults) == 2

    def test_a_story_in_two_pieces_is_wrong_twice(self, tmp_path: Path) -> None:
        pieces = [article("合唱团唱到天黑", (4, 5)), article(None, (6, 6))]
        found = scored(tmp_path, pieces, story("合唱团唱到天黑"))
        assert (found.stories.right, found.stories.wrong, found.stories.missed) == (0, 2, 1)

    def test_a_line_too_many_is_forgiven_below_a_fifth(self, tmp_path: Path) -> None:
        long = [f"{'灯' * 50}。" for _ in range(5)]
        (tmp_path / "a.txt").write_text("\n".join([*long, "灯。"]), "utf-8")
        page = GoldPage("a.txt", None, "none", (), (GoldStory("a.txt", ((1, 5),), "灯", {}),))
        assert score([page], tmp_path, [article("灯", (1, 6))]).stories.f1 == 1

    def test_a_title_counts_by_its_letters(self, tmp_path: Path) -> None:
        found = scored(tmp_path, [article("路 灯 亮了！", (1, 2))], story("路灯亮了"))
        assert found.titles == Share(1, 1)

    def test_a_wrong_title_is_a_fault(self, tmp_path: Path) -> None:
        found = scored(tmp_path, [article("路灯", (1, 2))], story("路灯亮了"))
        assert (found.titles, len(found.faults)) == (Share(0, 1), 1)

    def test_each_article_counts_for_one_story(self, tmp_path: Path) -> None:
        same = [story("路灯亮了"), GoldStory("a.txt", ((1, 2),), "路灯亮了", {})]
        assert scored(tmp_path, [article("路灯亮了", (1, 2))], *same).stories == Tally(1, 0, 1)

    def test_completeness_is_asked_only_of_what_is_found(self, tmp_path: Path) -> None:
        articles = [article("路灯亮了", (1, 2), complete=False)]
        found = scored(tmp_path, articles, story("路灯亮了", complete=False), story("合唱团唱到天黑", complete=True))
        assert found.complete == Share(1, 1)

    def test_a_page_without_articles_misses_all(self, tmp_path: Path) -> None:
        assert scored(tmp_path, [], *map(story, SPANS)).stories == Tally(0, 0, 2)


class TestDescription:
    def test_lists_are_compared_where_there_is_an_answer(self, tmp_path: Path) -> None:
        articles = [article("路灯亮了", (1, 2), reporters=("王小满", "李青"), streets=("古城街道",))]
        found = scored(tmp_path, articles, story("路灯亮了", reporters=["王小满"]))
        assert found.lists["reporters"] == Tally(1, 1, 0)
        assert found.lists["streets"] == Tally()
        assert any("reporters" in fault for fault in found.faults)

    def test_a_street_that_is_nowhere_printed_is_implied(self, tmp_path: Path) -> None:
        articles = [article("路灯亮了", (1, 2), streets=("古城街道",))]
        found = scored(tmp_path, articles, story("路灯亮了", streets=["古城街道"]))
        assert found.streets_implied == Tally(1, 0, 0)

    def test_kinds(self, tmp_path: Path) -> None:
        found = scored(tmp_path, [article("路灯亮了", (1, 2), kind="news")], story("路灯亮了", kind="notice"))
        assert found.kinds == Share(0, 1)


class TestDays:
    ISSUE = date(2022, 5, 22)

    def scored(self, folder: Path, when: PublicationDate, dated: str) -> Scores:
        articles = [article("路灯亮了", (1, 2), date=when)]
        return scored(folder, articles, story("路灯亮了"), day=self.ISSUE.isoformat(), dated=dated)

    @pytest.mark.parametrize(("day", "right"), [(ISSUE, 1), (date(2022, 5, 23), 0), (None, 0)])
    def test_the_day_of_a_dated_page(self, tmp_path: Path, day: date | None, right: int) -> None:
        assert self.scored(tmp_path, PublicationDate(day, day), "masthead").dated == Share(right, 1)

    def test_a_day_on_an_undated_page_is_false_even_if_it_is_that_of_the_issue(self, tmp_path: Path) -> None:
        found = self.scored(tmp_path, PublicationDate(self.ISSUE, self.ISSUE), "none")
        assert (found.false_days, found.intervals) == (1, Share())

    @pytest.mark.parametrize(("last", "right"), [(31, 1), (22, 1), (21, 0)])
    def test_an_interval_on_an_undated_page_holds_the_issue(self, tmp_path: Path, last: int, right: int) -> None:
        found = self.scored(tmp_path, PublicationDate(date(2022, 5, 1), date(2022, 5, last)), "none")
        assert (found.false_days, found.intervals) == (0, Share(right, 1))

    def test_no_day_on_an_undated_page_is_no_fault(self, tmp_path: Path) -> None:
        found = self.scored(tmp_path, UNDATED, "none")
        assert (found.false_days, found.intervals) == (0, Share())


class TestPairs:
    def test_versions_that_are_found(self, tmp_path: Path) -> None:
        one = article("路灯亮了", (1, 2))
        other = article("合唱团唱到天黑", (4, 6), duplicate_of=one.id)
        answers = story("路灯亮了", key="a"), story("合唱团唱到天黑", same_as="a.txt#a")
        assert scored(tmp_path, [one, other], *answers).pairs == Tally(1, 0, 0)

    def test_versions_that_are_missed_are_faults(self, tmp_path: Path) -> None:
        articles = [article(title, *spans) for title, spans in SPANS.items()]
        answers = story("路灯亮了", key="a"), story("合唱团唱到天黑", same_as="a.txt#a")
        found = scored(tmp_path, articles, *answers)
        assert found.pairs == Tally(0, 0, 1)
        assert any("漏" in fault for fault in found.faults)

    def test_versions_that_are_none(self, tmp_path: Path) -> None:
        one = article("路灯亮了", (1, 2))
        other = article("合唱团唱到天黑", (4, 6), duplicate_of=one.id)
        assert scored(tmp_path, [one, other], *map(story, SPANS)).pairs == Tally(0, 1, 0)


@pytest.mark.parametrize(
    ("tally", "f1"), [(Tally(), 0), (Tally(1, 0, 0), 1), (Tally(1, 1, 1), 0.5), (Tally(0, 3, 0), 0)]
)
def test_f1(tally: Tally, f1: float) -> None:
    assert tally.f1 == f1


@pytest.mark.parametrize(("text", "expected"), [(None, ""), ("路 灯，亮了！", "路灯亮了"), ("5G·来了", "5G来了")])
def test_letters(text: str | None, expected: str) -> None:
    assert letters(text) == expected


def test_every_set_has_answers() -> None:
    assert all(any(True for _ in gold_pages(name)) for name in SETS)


def test_the_command_prints_a_line_for_each_set_and_its_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tuned", "--faults"]) == 0
    head, line, *faults, foot = capsys.readouterr().out.splitlines()
    assert head.startswith("集")
    assert line.startswith("tuned")
    assert all(fault.startswith("    ") for fault in faults)
    assert foot.startswith("*")


def test_absent_pages_are_said_to_be_absent(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(SETS, "real", tmp_path / "none")
    assert main(["real"]) == 0
    assert "跳过" in capsys.readouterr().out
