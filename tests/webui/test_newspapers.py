"""An archive of several newspapers: its calendar and statistics apart, and as before where there is one alone."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from search.archive import Archive
from search.article import Article, Source
from tests.webui.conftest import day
from tests.webui.markup import Page
from webui.app import create_app


def printed(number: int, paper: str | None, when: str) -> Article:
    source = Source(f"{number}.txt", ((1, 2),), "1", paper)
    return Article(id=f"a{number}", source=source, title=f"第{number}件事", body="路灯亮了。", date=day(when))


ARTICLES = (
    *(printed(number, "晨光报", f"2022-01-{number + 1:02}") for number in range(4)),
    *(printed(10 + number, "晚潮报", f"2022-0{number + 1}-03") for number in range(3)),
    printed(20, None, "2022-05-03"),
)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = tmp_path_factory.mktemp("several") / "index"
    Archive.create(path).add(ARTICLES)
    return create_app({"INDEX": path, "TESTING": True}).test_client()


def test_the_calendar_of_each(several: FlaskClient) -> None:
    assert "有报 7 天" in Page(several.get("/dates").text).text
    page = Page(several.get("/dates?newspaper=晚潮报").text)
    assert "有报 3 天" in page.text
    counts = [link for link in page.links() if link.startswith("/search?q=newspaper")]
    assert len(counts) == 4
    for link in counts:
        assert several.get(link).status_code == 200
    assert several.get(counts[0].replace("/search", "/search.json")).json["total"] == 3


def test_a_period_stays_with_its_newspaper(several: FlaskClient) -> None:
    page = Page(several.get("/dates/2022-01?newspaper=晨光报").text)
    assert "有报 4 天" in page.text
    assert all("newspaper=" in link for link in page.links() if link.startswith("/dates/2022-01-"))


def test_a_day_of_both_tells_them_apart(several: FlaskClient) -> None:
    assert {"晨光报 第 1 版", "晚潮报 第 1 版"} <= {
        text.strip() for text in Page(several.get("/dates/2022-01-03").text).words
    }
    one = Page(several.get("/dates/2022-01-03?newspaper=晚潮报").text).text
    assert "第10件事" in one
    assert "第2件事" not in one


def test_statistics_count_each(several: FlaskClient) -> None:
    page = Page(several.get("/statistics").text).text
    assert "晨光报 4 篇" in page
    assert "晚潮报 3 篇" in page


@pytest.mark.parametrize("name", ["无此报", "<b>", "", "%00"])
def test_a_newspaper_that_there_is_not_is_passed_over(several: FlaskClient, name: str) -> None:
    assert "有报 7 天" in Page(several.get(f"/dates?newspaper={name}").text).text


def test_one_newspaper_alone_is_no_choice(client: FlaskClient) -> None:
    for address in ("/dates", "/dates/2022-05", "/dates/2022-05-22", "/statistics"):
        assert not [link for link in Page(client.get(address).text).links() if "newspaper" in link]


def test_the_field_finds_what_the_newspaper_printed(several: FlaskClient) -> None:
    for query, total in (("报纸:晚潮报", 3), ("newspaper:晨光报", 4), ("报纸:未注明", 1), ("-报纸:晨光报", 4)):
        assert several.get(f"/search.json?q={query}").json["total"] == total
