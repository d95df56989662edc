"""The timeline of a search: every number on it is what its link lists, and what is not held is no zero."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from search.archive import Archive
from search.article import Article, Source
from tests.webui.conftest import day
from tests.webui.markup import Page
from webui import chart
from webui.app import create_app

SEARCHES = [
    "/search",
    "/search?q=食堂",
    "/search?q=月季&versions=all",
    "/search?street=东篱街道&date=2021",
    "/search?date=2022-05&topic=教育",
    "/search?from=2021-06-10&to=2022-03&not_topic=教育",
    "/search?not_date=2021&q=街道",
    "/search?q=食堂&page=2&per_page=1&sort=newest&freq=relative",
]


def get(client: FlaskClient, address: str) -> Page:
    answer = client.get(address)
    assert answer.status_code == 200
    return Page(answer.text)


def bars(page: Page) -> list[dict[str, str]]:
    return [link for link in page.all("a") if re.match(r"[0-9]+年.*：", link.get("aria-label", ""))]


def total(client: FlaskClient, address: str) -> int:
    return int(client.get(address.replace("/search?", "/search.json?")).json["total"])


@pytest.mark.parametrize("address", SEARCHES)
def test_a_bar_says_how_many_hits_its_link_lists(client: FlaskClient, address: str) -> None:
    found = bars(get(client, address))
    assert found
    said = [int(re.search(r"：([\d,]+) 篇", bar["aria-label"])[1].replace(",", "")) for bar in found]
    assert said == [total(client, bar["href"]) for bar in found]


def test_a_bar_keeps_all_but_the_dates_and_the_page(client: FlaskClient) -> None:
    bar = bars(get(client, "/search?q=食堂&not_topic=教育&from=2021&sort=newest&page=2&per_page=1"))[0]
    asked = parse_qs(urlsplit(bar["href"]).query)
    assert asked.pop("date")
    assert asked == {"q": ["食堂"], "not_topic": ["教育"], "sort": ["newest"], "per_page": ["1"]}


def test_the_table_says_the_same_as_the_bars(client: FlaskClient) -> None:
    page = get(client, "/search?q=食堂")
    links = page.links()
    assert all(links.count(bar["href"]) >= 2 for bar in bars(page))
    assert "没有报纸" not in page.text
    assert len(page.all("th", scope="row")) == 22


def test_chosen_dates_are_marked_among_their_year(client: FlaskClient) -> None:
    found = bars(get(client, "/search?date=2021-02&topic=教育"))
    assert len(found) > 3
    assert [bar["aria-label"][:7] for bar in found if "class" in bar] == ["2021年2月"]


def test_the_undated_are_told_beside_it(client: FlaskClient) -> None:
    page = get(client, "/search")
    assert "另有 1 篇日期未注明" in page.text
    assert total(client, next(link for link in page.links() if "%E6%9C%AA%E6%B3%A8%E6%98%8E" in link)) == 1


def test_without_a_dated_hit_there_is_none(client: FlaskClient) -> None:
    for address in ("/search?q=绝无此词", "/search?q=短诗"):
        assert not get(client, address).all("figure")


def test_dates_without_a_hit_show_where_there_are_some(client: FlaskClient) -> None:
    page = get(client, "/search?q=月季&date=2021")
    assert "没有找到" in page.text
    assert [bar["aria-label"][:7] for bar in bars(page)] == ["2022年5月", "2022年6月"]


def test_hits_among_a_thousand_articles(client: FlaskClient) -> None:
    page = get(client, "/search?q=月季&freq=relative")
    (may, june) = bars(page)
    assert "2 篇，库中 5 篇，每千篇 400.0 篇" in may["aria-label"]
    assert "1 篇，库中 4 篇，每千篇 250.0 篇" in june["aria-label"]
    assert "每千篇 400 篇" in page.text


def test_the_choice_is_kept_wherever_one_goes(client: FlaskClient) -> None:
    page = get(client, "/search?q=食堂&freq=relative")
    inner = [link for link in page.links() if link.startswith("/search?")]
    back = [link for link in inner if "freq=relative" not in link]
    assert back == ["/search?q=%E9%A3%9F%E5%A0%82"]
    assert page.all("input", name="freq", value="relative")
    article = next(link for link in page.links() if link.startswith("/article/"))
    assert "freq=relative" in next(link for link in get(client, article).links() if link.startswith("/search?q="))
    assert not any("freq" in link for link in page.links() if link.startswith("/search."))


def test_an_unknown_frequency_is_told_and_ignored(client: FlaskClient) -> None:
    page = get(client, "/search?q=食堂&freq=<b>")
    assert "freq 的值“<b>”不可用" in page.text
    assert not any("freq" in link for link in page.links() if not re.search("freq=relative|lang=", link))


@pytest.fixture
def sparse(tmp_path: Path) -> FlaskClient:
    """A newspaper of which only a few months are held."""
    days = ("2021-01-05", "2021-01-09", "2021-03-02", "2021-12-31")
    stories = [
        Article(f"s{number}", Source("s.txt"), title="旧闻", body=f"{'一二三四'[number]}号", date=day(when))
        for number, when in enumerate(days)
    ]
    Archive.create(tmp_path / "index").add(stories)
    return create_app({"INDEX": tmp_path / "index"}).test_client()


def test_months_that_are_not_held_are_hatched(sparse: FlaskClient) -> None:
    page = get(sparse, "/search?q=一号")
    assert len(page.all("rect", fill="url(#hatch)")) == 9 + 1
    assert page.text.count("库中没有这段时间的报纸") == 9 + 1
    assert "2021年3月：0 篇，库中 1 篇" in page.text
    assert page.text.count("没有报纸") == 9


def test_a_year_says_how_many_months_it_misses(sparse: FlaskClient) -> None:
    page = Page(sparse.get("/trends?term=一号&by=year").text)
    assert "2021年：1 篇，库中 4 篇，每千篇 250.0 篇；缺 9 个月的报纸" in page.text


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (0.4, 1), (1, 1), (1.2, 1.5), (7, 8), (11, 15), (101, 150), (999, 1000), (2500, 3000)]
)
def test_an_axis_ends_in_a_round_number(value: float, top: float) -> None:
    assert chart.ceiling(value) == top


def test_labels_leave_room() -> None:
    months = [date(2020 + number // 12, number % 12 + 1, 1).isoformat()[:7] for number in range(36)]
    assert chart.labels(months[:12], 12) == [f"{month}月" for month in range(1, 13)]
    assert [label for label in chart.labels(months, 12) if label][:5] == ["2020", "4月", "7月", "10月", "2021"]
    assert [label for label in chart.labels(months, 3) if label] == ["2020", "2021", "2022"]
    assert [label for label in chart.labels([str(year) for year in range(1949, 2027)], 9) if label] == [
        *("1950", "1960", "1970", "1980", "1990", "2000", "2010", "2020")
    ]
