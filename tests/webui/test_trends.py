"""Terms compared over time: every number is what its link lists, in the chart, the table and the CSV."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.webui.markup import Page
from webui import trends
from webui.lines import _ends, _strokes

ADDRESSES = [
    "/trends",
    "/trends?term=食堂&term=street:东篱街道",
    "/trends?term=食堂&by=year&freq=relative",
    "/trends?term=食堂&term=书屋&from=2021-03&street=东篱&street=西坡&versions=all",
    "/trends?term=<script>&term=%00&term=(&term=*&by=<b>&freq=<i>",
    "/trends?term=月季&date=1950",
    "/trends?term=绝无此词",
    "/trends?term=一&term=二&term=三&term=四&term=五&term=六&term=一",
    "/trends?term=" + "长" * 1500,
]


def get(client: FlaskClient, address: str) -> Page:
    answer = client.get(address)
    assert answer.status_code == 200
    return Page(answer.text)


def table(client: FlaskClient, state: str) -> list[list[str]]:
    answer = client.get(f"/trends.csv?{state}")
    assert answer.mimetype == "text/csv"
    assert answer.text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"), newline="")))


def total(client: FlaskClient, address: str) -> int:
    return int(client.get(address.replace("/search?", "/search.json?")).json["total"])


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_page_is_well_formed_and_its_links_lead_somewhere(client: FlaskClient, address: str) -> None:
    page = get(client, address)
    inner = sorted({link for link in page.links() if link.startswith("/")})[:40]
    assert {link: client.get(link).status_code for link in inner} == dict.fromkeys(inner, 200)


@pytest.mark.parametrize("by", trends.BY)
def test_a_point_says_how_many_hits_its_link_lists(client: FlaskClient, by: str) -> None:
    answer = client.get(f"/trends?term=食堂&term=主题:教育&street=东篱&street=西坡&street=南浦&by={by}").text
    points = re.findall(r'<a href="([^"]+)" tabindex="-1"><title>(食堂|主题:教育)，[^：]+：([\d,]+) 篇', answer)
    assert {term for _, term, _ in points} == {"食堂", "主题:教育"}
    for address, term, number in points:
        address = address.replace("&amp;", "&")
        assert parse_qs(urlsplit(address).query)["q"] == [term]
        assert total(client, address) == int(number)


def test_the_table_of_the_page_and_the_csv_agree(client: FlaskClient) -> None:
    state = "term=食堂&term=书屋&by=year"
    rows = table(client, state)
    assert rows[0] == ["时间", "库中", "食堂", "食堂（每千篇）", "书屋", "书屋（每千篇）"]
    assert [row[0] for row in rows[1:]] == ["2021", "2022", "未注明"]
    text = get(client, f"/trends?{state}").text
    for year, held, *numbers in rows[1:3]:
        shown = [number if place % 2 == 0 else f"{float(number):.1f}" for place, number in enumerate(numbers)]
        assert f"{year}年 {held} {' '.join(shown)}" in text
    assert sum(int(row[2]) for row in rows[1:]) == total(client, "/search?q=食堂")


def test_months_without_a_newspaper_are_empty_in_the_csv(client: FlaskClient) -> None:
    rows = table(client, "term=食堂&by=month&date=2022")
    assert rows[1][0] == "2022-01"
    assert not [row for row in rows if row[1] == "0" and row[0] != "未注明" and any(row[2:])]


def test_a_spreadsheet_runs_nothing(client: FlaskClient) -> None:
    assert table(client, "term==1%2B1")[0][2] == "'=1+1"


def test_terms_are_added_and_removed_by_links_and_the_form(client: FlaskClient) -> None:
    page = get(client, "/trends?term=食堂&term=书屋&by=year&freq=relative&street=东篱")
    fields = [field["value"] for field in page.all("input", name="term")]
    assert fields == ["食堂", "书屋", "", "", ""]
    assert page.all("input", type="hidden", name="street", value="东篱")
    removing = [link["href"] for link in page.all("a") if link.get("aria-label", "").startswith("去掉 ")]
    asked = parse_qs(urlsplit(removing[0]).query)
    assert asked == {"term": ["书屋"], "street": ["东篱"], "by": ["year"], "freq": ["relative"]}
    assert page.all("a", aria_label="去掉筛选 街道 东篱")


def test_at_most_five_are_compared(client: FlaskClient) -> None:
    page = get(client, "/trends?term=" + "&term=".join("一二三四五六"))
    assert "一次最多比较 5 个" in page.text
    assert len([link for link in page.all("a") if link.get("aria-label", "").startswith("去掉 ")]) == 5


def test_a_term_that_is_too_long_leaves_the_others(client: FlaskClient) -> None:
    page = get(client, f"/trends?term=食堂&term={'长' * 1500}")
    assert "检索式太长" in page.text
    assert [field["value"] for field in page.all("input", name="term")][:2] == ["食堂", ""]


def test_the_start_offers_comparisons(client: FlaskClient) -> None:
    page = get(client, "/trends")
    offered = [link for link in page.links() if link.startswith("/trends?term=")]
    assert len(offered) == 3
    street = parse_qs(urlsplit(offered[0]).query)["term"][0]
    assert total(client, f"/search?q={street}") == total(client, f"/search?street={street.removeprefix('街道:')}") > 0


def test_the_search_leads_to_its_comparison(client: FlaskClient) -> None:
    address = next(
        link for link in get(client, "/search?q=食堂&street=东篱街道").links() if link.startswith("/trends?")
    )
    assert parse_qs(urlsplit(address).query) == {"term": ["食堂"], "street": ["东篱街道"]}


def test_a_year_opens_into_its_months(client: FlaskClient) -> None:
    address = next(link["href"] for link in get(client, "/trends?term=食堂&by=year").all("a", title="看这一年各月"))
    assert parse_qs(urlsplit(address).query) == {"term": ["食堂"], "date": ["2021"], "by": ["month"]}
    assert "2021年1月至2021年12月" in get(client, address).text


def test_an_unreadable_date_is_refused_in_words(client: FlaskClient) -> None:
    assert client.get("/trends?term=食堂&from=2022-13-45").status_code == 400
    assert client.get("/trends.csv?from=2022-13-45").status_code == 400


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*trends.PARAMETERS, "date", "from", "q"]), st.text(max_size=30), max_size=4))
def test_nothing_breaks_the_page(client: FlaskClient, args: dict[str, str]) -> None:
    raw = {name: value.encode("utf-8", "replace") for name, value in args.items()}
    for address in ("/trends", "/trends.csv"):
        assert client.get(address, query_string=raw).status_code in (200, 400)


def test_a_gap_ends_a_stroke() -> None:
    strokes = list(_strokes([10.0, 20.0, None, 30.0]))
    assert [stroke.count("L") for stroke in strokes] == [1, 1]
    assert strokes[1].endswith("30.0L831.2 30.0")


def test_numerals_at_the_ends_stay_apart() -> None:
    heights = [260.0, 258.0, 30.0, 259.0, 31.0]
    moved = sorted(_ends(heights))
    assert all(after - before >= 15 for before, after in pairwise(moved))
    assert max(moved) <= 260
