"""What an editor is told to look at after a run."""

from datetime import date

import pytest

from indexer.review import Review
from search.article import Article, PublicationDate, Source

DAY = PublicationDate(date(2024, 5, 10), date(2024, 5, 10), "manifest")


def article(*spans: tuple[int, int], title: str | None = "河边的灯亮了", complete: bool = True) -> Article:
    return Article(id="a", source=Source("05.txt", spans), title=title, body="灯亮了。", complete=complete, date=DAY)


def lines(*articles: Article) -> list[str]:
    review = Review()
    for one in articles:
        review.add(one)
    return list(review.lines())


def test_a_whole_story_needs_no_look() -> None:
    assert lines(article((1, 9))) == []


@pytest.mark.parametrize(
    ("doubtful", "said"),
    [
        (article((3, 9), title=None), "标题缺失 3 行"),
        (article((3, 9), complete=False), "文字残缺 3 行"),
        (article((3, 9), (21, 30)), "隔着别的报道接合 3–9+21–30 行"),
    ],
)
def test_doubtful_places_are_named_with_their_lines(doubtful: Article, said: str) -> None:
    head, page = lines(doubtful)
    assert "1 个" in head
    assert "--explain" in head
    assert page == f"  05.txt：{said}"


def test_pages_without_a_day_are_named() -> None:
    undated = Article(id="a", source=Source("06.txt", ((1, 2),)), title="灯", body="灯亮了。")
    assert lines(undated) == ["没有日期也推不出日期的版面 1 个，可在 manifest.csv 里写明：06.txt"]


def test_ready_articles_have_no_lines_to_look_at() -> None:
    assert lines(Article(id="a", source=Source("x.jsonl"), body="灯亮了。", complete=False)) == []
