"""Exports: every format tells the same, reads back whole, and cannot harm a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.article import Article, PublicationDate, Source, from_record, to_record
from search.export.columns import COLUMNS, cell
from search.export.csv_file import write_csv
from search.export.json_lines import write_jsonl
from search.results import Hit

ARTICLE = Article(
    id="a1",
    source=Source("页.txt", ((1, 9),), "三版", "某报"),
    title='说"好"，\n再说',
    reporters=("甲乙", "丙丁"),
    kind="feature",
    body="正文",
    date=PublicationDate(date(2022, 5, 1), date(2022, 5, 31), "manifest"),
    streets=("某街道",),
    primary_street="某街道",
)
HIT = Hit(ARTICLE, 1.5, "…甲&amp;<mark>乙</mark>&lt;mark&gt;", versions=2)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def link(identity: str) -> str:
    return f"http://localhost/article/{identity}"


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_columns_are_in_the_agreed_order_with_chinese_headings() -> None:
    assert " ".join(column.key for column in COLUMNS) == (
        "id link title kicker subtitle date date_end date_source newspaper page section kind byline reporters "
        "correspondents photographers authors streets primary_street communities topics complete duplicate_of "
        "versions file snippet"
    )
    assert len({column.heading for column in COLUMNS}) == len(COLUMNS)
    assert all("\u4e00" <= column.heading[0] <= "\u9fff" for column in COLUMNS)


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (True, "true"), (False, "false"), (3, "3"), ((), ""), (("甲", "乙"), "甲；乙")]
)
def test_cell(value: str | int | tuple[str, ...] | None, text: str) -> None:
    assert cell(value) == text


def test_csv_row() -> None:
    (row,) = read_csv("".join(write_csv([HIT], link)))
    assert row["link"] == "http://localhost/article/a1"
    assert row["title"] == ARTICLE.title
    assert (row["date"], row["date_end"], row["date_source"]) == ("2022-05-01", "2022-05-31", "manifest")
    assert (row["newspaper"], row["page"], row["file"]) == ("某报", "三版", "页.txt")
    assert row["reporters"] == "甲乙；丙丁"
    assert (row["kicker"], row["duplicate_of"], row["complete"], row["versions"]) == ("", "", "true", "2")
    assert row["snippet"] == "…甲&乙<mark>"


def test_csv_frame_is_bom_header_and_crlf() -> None:
    text = "".join(write_csv([HIT, HIT], link))
    assert text.startswith("\ufeffid,link,title,")
    assert text.count("\r\n") == 3
    assert text.endswith("\r\n")


def test_undated_article_has_empty_date_cells() -> None:
    (row,) = read_csv("".join(write_csv([Hit(Article("a", Source("")), 0, "")], link)))
    assert (row["date"], row["date_end"], row["date_source"]) == ("", "", "none")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_disarmed_in_every_column(start: str) -> None:
    evil = start + "cmd|' /C calc'!A0"
    article = Article(evil, Source(evil, (), evil, evil), evil, evil, evil, evil, evil, (evil,), streets=(evil,))
    (row,) = read_csv("".join(write_csv([Hit(article, 0, evil)], str)))
    for key in ("id", "link", "title", "kicker", "newspaper", "page", "section", "reporters", "streets", "snippet"):
        assert row[key] == "'" + evil


def test_exports_stream_row_by_row() -> None:
    def hits() -> Iterator[Hit]:
        yield HIT
        raise AssertionError("read ahead")

    rows = write_csv(hits(), link)
    assert next(rows).startswith("\ufeffid")
    assert next(rows).startswith("a1,")
    assert next(write_jsonl(hits(), link))


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_csv_reads_back(titles: list[str]) -> None:
    hits = [Hit(Article("a", Source("页.txt"), title=title), 0, "") for title in titles]
    rows = read_csv("".join(write_csv(hits, link)))
    assert [row["title"].removeprefix("'") for row in rows] == [title.removeprefix("'") for title in titles]


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_json_lines_hold_the_record(title: str, body: str) -> None:
    article = Article("a", Source("页.txt"), title=title or None, body=body)
    (line,) = write_jsonl([Hit(article, 0, "<mark>甲</mark>&lt;", 3)], link)
    assert line.endswith("\n")
    assert "\n" not in line[:-1]
    record = json.loads(line)
    assert record | to_record(article) == record
    assert from_record(record) == article
    assert (record["link"], record["versions"], record["snippet"]) == (link("a"), 3, "甲<")
