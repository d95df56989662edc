"""Browsing: every number is that of the search it leads to, and what is missing is never drawn as nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient

from search.archive import Archive
from search.article import Article, PublicationDate, Source
from tests.webui.conftest import ARTICLES
from tests.webui.markup import Page
from webui.app import create_app

LIST = """
[[street]]
name = "柳荫街道"
since = 2021-03-02
communities = ["槐树社区", "没写到社区"]
[[street]]
name = "无人街道"
[[former]]
names = ["柳树街街道"]
until = 2021-03-02
street = "柳荫街道"
"""
PAGES = (
    *("/dates", "/dates/2022", "/dates/2022-05", "/dates/2022-05-22", "/dates/2022-06", "/dates/2022-06-01"),
    *("/streets", "/streets?sort=name", "/reporters", "/reporters?sort=name", "/topics", "/statistics"),
    *("/street/柳荫街道", "/street/石桥街道", "/street/未注明", "/street/无人街道"),
    *("/reporter/林小禾", "/reporter/未注明", "/topic/教育", "/topic/未注明"),
)
LINK = re.compile(r'<a\b[^>]*?href="(/search[^"]*)"[^>]*>(.*?)</a>', re.S)


@pytest.fixture(autouse=True)
def _places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gazetteer.toml").write_text(LIST, "utf-8")
    monkeypatch.setenv("BAOKU_DATA", str(tmp_path))


def counted(html: str) -> Iterator[tuple[str, int]]:
    """The links to searches whose words say how many stories there are."""
    for address, inside in LINK.findall(html):
        words = unescape(re.sub("<[^>]+>", " ", inside))
        if numbers := re.findall("[0-9][0-9,]*", words):
            yield unescape(address), int(numbers[-1].replace(",", ""))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_well_formed(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    page = Page(answer.text)
    assert len(page.all("nav", aria_label="浏览")) == 1
    assert len(page.all("a", aria_current="page") + page.all("a", aria_current="true")) == 1


def test_every_number_is_the_total_of_the_search_it_leads_to(client: FlaskClient) -> None:
    links = dict(link for path in PAGES for link in counted(client.get(path).text))
    assert len(links) > 100
    totals = {link: client.get(link.replace("/search", "/search.json", 1)).json["total"] for link in links}
    assert totals == links


def test_two_links_to_one_search_agree(client: FlaskClient) -> None:
    links = [link for path in PAGES for link in counted(client.get(path).text)]
    assert len(set(links)) == len(dict(links))


def test_the_totals_of_the_statistics(client: FlaskClient) -> None:
    text = Page(client.get("/statistics").text).text
    assert f"报道 {len(ARTICLES) - 1} 文章（各版本都算） {len(ARTICLES)} 有几个版本的报道 1 " in text
    for words in ("日期未注明 版面上没有，也推不出 1", "就算 1", "认不出地点的 1", "只署通讯员的 2", "被截断的 2"):
        assert words in text


def test_a_day_lists_its_printed_pages(client: FlaskClient) -> None:
    page = Page(client.get("/dates/2022-05-22").text)
    assert "这一天的报纸，库中有 1 篇。另有 1 篇只知道大致日期，可能是这一天的。 检索全部 2 篇" in page.text
    assert "第 3 版 1 篇" in page.text
    assert "/article/rose" in page.links()
    assert "/article/bridge" not in page.links()
    assert [link["href"] for link in page.all("a", rel="prev")] == ["/dates/2022-05-14"]
    assert [link["href"] for link in page.all("a", rel="next")] == ["/dates/2022-05-25"]


def test_days_without_an_issue_are_told_as_such(client: FlaskClient) -> None:
    text = Page(client.get("/dates/2022-06-01").text).text
    assert "没有确知是这一天的报纸。另有 1 篇只知道大致日期" in text


@pytest.mark.parametrize(
    ("written", "value"), [("2022-5", "2022-05"), ("2022年5月22日", "2022-05-22"), ("2022/05/22", "2022-05-22")]
)
def test_a_date_written_otherwise_leads_to_its_page(client: FlaskClient, written: str, value: str) -> None:
    answer = client.get(f"/dates/{written}")
    assert (answer.status_code, answer.location) == (302, f"/dates/{value}")


@pytest.mark.parametrize(
    "path", ["/dates/2022-13", "/dates/昨天", "/dates/1899", "/dates/0001-01", "/dates/9999-12-31"]
)
def test_dates_that_are_not_held_or_none_are_answered_in_words(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    page = Page(answer.text)
    assert "这不是日期" in page.text or "库中没有" in page.text
    assert any(link.startswith("/dates") for link in page.links()[7:])


def test_a_street_with_its_places_and_former_names(client: FlaskClient) -> None:
    text = Page(client.get("/street/柳荫街道").text).text
    for words in ("设立 2021年3月2日", "柳树街街道 （至 2021-03-02）", "槐树社区 1 篇", "没写到社区"):
        assert words.replace(" ", "") in text.replace(" ", "")


def test_a_street_of_the_gazetteer_without_stories_has_a_page(client: FlaskClient) -> None:
    assert "库中还没有写到这里的文章" in client.get("/street/无人街道").text
    assert "无人街道" in client.get("/streets").text


def test_a_street_may_be_written_without_its_ending(client: FlaskClient) -> None:
    answer = client.get("/street/柳荫")
    assert (answer.status_code, answer.location) == (302, "/street/" + quote("柳荫街道"))


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/street/柳阴街道", "柳荫街道"),
        ("/street/柳树街街道", "柳荫街道"),
        ("/reporter/林小和", "林小禾"),
        ("/topic/文化", "文化旅游"),
    ],
)
def test_an_unknown_name_leads_to_near_ones(client: FlaskClient, path: str, near: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert path.rsplit("/", 1)[0] + "/" + quote(near) in Page(answer.text).links()


def test_a_reporter_has_a_first_and_a_last_story(client: FlaskClient) -> None:
    page = Page(client.get("/reporter/林小禾").text)
    assert "最早 2021-01-04" in page.text
    assert {"/article/n000", "/article/n056"} <= set(page.links())


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "x" * 20_000, "%00", "a/b", "..", "'\"&"])
def test_hostile_names_are_harmless(client: FlaskClient, name: str) -> None:
    for room in ("street", "reporter", "topic", "dates"):
        answer = client.get(f"/{room}/{quote(name, safe='')}")
        assert answer.status_code in (404, 308, 414)
        assert "<script>alert" not in answer.text


def test_unknown_parameters_are_ignored(client: FlaskClient) -> None:
    odd, plain = (Page(client.get(address).text).text for address in ("/reporters?sort=x&y=z", "/reporters"))
    assert odd == plain


def test_names_are_sorted_by_number_or_by_sound(client: FlaskClient) -> None:
    def shown(path: str) -> list[str]:
        return re.findall('class="name" href="[^"]*">([^<]*)<', client.get(path).text)

    assert shown("/reporters")[0] == "林小禾"
    assert shown("/reporters?sort=name") == ["林小禾", "欧阳知秋", "沈砚", "周一川"]


def article(identity: str, first: str, last: str | None = None) -> Article:
    when = PublicationDate(
        date.fromisoformat(first), date.fromisoformat(last or first), "inferred" if last else "masthead"
    )
    return Article(identity, Source(f"{identity}.txt"), title=identity, body="路灯亮了。", date=when)


@pytest.fixture(scope="module")
def gaps(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Issues of January 2020 and of May 2022, and a story of February or March 2020."""
    path = tmp_path_factory.mktemp("gaps") / "index"
    issues = [article("a", "2020-01-10"), article("b", "2022-05-05"), article("c", "2020-02-20", "2020-03-02")]
    Archive.create(path).add(issues)
    return create_app({"INDEX": path, "TESTING": True}).test_client()


def test_missing_months_are_told_from_those_outside(gaps: FlaskClient) -> None:
    html = gaps.get("/dates").text
    states = re.findall('<li class="(held|vague|missing|outside)">', html)
    assert states[:12] == ["missing"] * 4 + ["held"] + ["outside"] * 7
    assert states[12:] == ["held", "vague", "vague"] + ["missing"] * 9
    assert "2021年 库中没有这一年的报纸" in Page(html).text


def test_a_year_without_any_paper_is_no_zero(gaps: FlaskClient) -> None:
    text = Page(gaps.get("/street/未注明").text).text
    assert "2021 库中无报" in text


def test_a_missing_month_leads_to_the_issues_around_it(gaps: FlaskClient) -> None:
    answer = gaps.get("/dates/2021-03")
    assert answer.status_code == 404
    assert {"/dates/2020-01", "/dates/2022-05"} <= set(Page(answer.text).links())


def test_an_empty_archive_can_be_browsed(tmp_path: Path) -> None:
    Archive.create(tmp_path / "index")
    client = create_app({"INDEX": tmp_path / "index", "TESTING": True}).test_client()
    for path in ("/dates", "/streets", "/reporters", "/topics", "/statistics"):
        answer = client.get(path)
        assert answer.status_code == 200
        Page(answer.text)


@pytest.mark.parametrize(("address", "term"), [("/reporter/林小禾", "reporter:林小禾"), ("/topic/教育", "topic:教育")])
def test_a_profile_leads_to_its_trend(client: FlaskClient, address: str, term: str) -> None:
    (link,) = [link for link in Page(client.get(address).text).links() if link.startswith("/trends?")]
    assert Page(client.get(link).text).all("input", name="term", value=term)


def test_a_list_of_one_name_leads_to_its_profile(client: FlaskClient) -> None:
    links = Page(client.get("/search?reporter=林小禾&street=东篱").text).links()
    assert {"/street/东篱街道", "/reporter/林小禾"} <= {unquote(link) for link in links}


def test_names_of_writers_lead_to_all_that_they_wrote(client: FlaskClient) -> None:
    """The same everywhere: in a byline, in the record, among the hits, in an issue."""
    for address in ("/article/rose", "/search?q=月季", "/dates/2022-05-22"):
        assert "/search?reporter=林小禾" in {unquote(link) for link in Page(client.get(address).text).links()}
