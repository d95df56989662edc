"""The lines of the page beside the text of an article."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.entry import Entry
from search.errors import OriginalMissing
from tests.webui.markup import Page
from webui.app import create_app
from webui.original import Original

LINES = [f"第{number}行" for number in range(1, 61)]
LINES[4] = "<script>alert(5)</script>"
VIEW = "/article/rose?view=original"


def lines(entry: Entry) -> Sequence[str]:
    assert entry.article.id == "rose"
    return LINES


def gone(_: Entry) -> Sequence[str]:
    raise OriginalMissing("版面文件已经不在原处")


def opened(index: Path, original: Original | None) -> FlaskClient:
    return create_app({"INDEX": index, "ORIGINAL": original}).test_client()


def get(client: FlaskClient, address: str) -> Page:
    answer = client.get(address)
    assert answer.status_code == 200
    return Page(answer.text)


def numbers(client: FlaskClient, css_class: str) -> list[int]:
    rows = client.get(VIEW).text.split("<tr")[1:]
    own = [row for row in rows if row.startswith(css_class)]
    return [int(row.partition('<th scope="row">')[2].partition("<")[0]) for row in own]


def test_the_lines_of_the_article_stand_beside_its_text(index: Path) -> None:
    client = opened(index, lines)
    assert numbers(client, '><th scope="row"') == [*range(3, 19), *range(40, 53)]
    assert numbers(client, ' class="other"') == [1, 2, 19, 20, 38, 39, 53, 54]
    page = get(client, f"{VIEW}&q=月季")
    assert "<script>alert(5)</script>" in page.text
    assert "居民们推着小车，把碎砖一车车运走。" in page.text
    assert page.all("mark")
    assert "/article/rose?q=%E6%9C%88%E5%AD%A3" in page.links()
    assert len(page.all("th", aria_label="略")) == 2


def test_the_article_leads_there_where_pages_can_be_read(index: Path) -> None:
    assert "/article/rose?q=%E6%9C%88&view=original" in get(opened(index, lines), "/article/rose?q=月").links()
    assert VIEW not in get(opened(index, None), "/article/rose").links()


@pytest.mark.parametrize(
    ("original", "address", "reason"),
    [
        (gone, VIEW, "看不了原始文字：版面文件已经不在原处。"),
        (None, VIEW, "看不了原始文字：这个网站没有接上版面文件。"),
        (lines, "/article/poem?view=original", "看不了原始文字：记录里没有这篇文章的行号。"),
    ],
)
def test_why_there_are_no_lines(index: Path, original: Original | None, address: str, reason: str) -> None:
    page = get(opened(index, original), address)
    assert reason in page.text
    assert not page.all("table")


def test_other_views_and_articles(index: Path) -> None:
    client = opened(index, lines)
    assert "引用本文" in get(client, "/article/rose?view=nonsense").text
    assert client.get("/article/nothing?view=original").status_code == 404
