"""Exports: every format tells the same, reads back whole, and cannot harm a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from export_samples import ARTICLE, HOSTILE, SEVERAL, WANTED, link, listed, written
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from search.archive import Archive
from search.article import Article, Source, from_record, to_record
from search.export import EXPORTS
from search.export.columns import COLUMNS, Value, cell, columns
from search.export.reading import rows_of
from search.request import SearchRequest

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
IDS = st.lists(st.text("abcdef0123456789-", min_size=1, max_size=16), unique=True, min_size=1, max_size=4)
GOLDEN = Path(__file__).parent / "exports"
TEXT = replace(WANTED, text=True)


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode().removeprefix("\ufeff"), newline="")))


def sheet(data: bytes, name: str = "结果") -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(data))[name].values)


def test_columns_are_in_the_agreed_order_with_chinese_headings() -> None:
    assert " ".join(column.key for column in COLUMNS) == (
        "id link title kicker subtitle date date_end date_source newspaper page section kind byline reporters "
        "correspondents photographers authors streets primary_street communities topics complete duplicate_of "
        "versions file snippet"
    )
    assert columns(text=True)[-1].key == "body"
    assert len({column.heading for column in COLUMNS}) == len(COLUMNS)
    assert all("\u4e00" <= column.heading[0] <= "\u9fff" for column in COLUMNS)


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (True, "true"), (False, "false"), (3, "3"), ([], ""), (["甲", "乙"], "甲；乙")]
)
def test_cell(value: Value, text: str) -> None:
    assert cell(value) == text


@pytest.mark.parametrize("form", [form for form in EXPORTS if not EXPORTS[form].binary])
def test_files_are_as_they_were(form: str) -> None:
    """Golden files; when a format is meant to change, BAOKU_GOLDEN=1 writes them anew."""
    place = GOLDEN / f"several.{EXPORTS[form].suffix}"
    data = written(form, SEVERAL).replace(json_software(), b'"software": "VERSION"')
    if os.environ.get("BAOKU_GOLDEN"):
        place.write_bytes(data)
    assert data == place.read_bytes()


def json_software() -> bytes:
    return f'"software": "{json.loads(written("json", ()))["software"]}"'.encode()


# CSV


def test_csv_row() -> None:
    (row,) = table(written("csv", [ARTICLE]))
    assert row["link"] == "http://localhost/article/a1"
    assert row["title"] == ARTICLE.title
    assert (row["date"], row["date_end"], row["date_source"]) == ("2022-05-01", "2022-05-31", "manifest")
    assert (row["newspaper"], row["page"], row["file"]) == ("某报", "三版", "页.txt")
    assert row["reporters"] == "甲乙；丙丁"
    assert (row["subtitle"], row["duplicate_of"], row["complete"], row["versions"]) == ("", "", "true", "2")
    assert row["row"] == "1 of 1"
    assert "body" not in row
    assert table(written("csv", [ARTICLE], TEXT))[0]["body"] == ARTICLE.body


def test_csv_frame_is_bom_header_and_crlf() -> None:
    data = written("csv", SEVERAL[1:3]).decode()
    assert data.startswith("\ufeffid,link,title,")
    assert data.count("\r\n") == 3
    assert data.endswith("\r\n")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_disarmed_in_every_column(start: str) -> None:
    evil = start + "cmd|' /C calc'!A0"
    article = Article(evil, Source(evil, (), evil, evil), evil, evil, evil, evil, evil, (evil,), streets=(evil,))
    (row,) = table(written("csv", [article]))
    for key in ("id", "title", "kicker", "newspaper", "page", "section", "reporters", "streets"):
        assert row[key] == "'" + evil


@pytest.mark.parametrize("form", [form for form in EXPORTS if not EXPORTS[form].binary])
def test_exports_stream_row_by_row(form: str) -> None:
    rows = list(listed(SEVERAL).rows())

    def read_ahead() -> Iterator[Any]:
        yield rows[0]
        raise AssertionError("read ahead")

    pieces = EXPORTS[form].write(replace(listed(SEVERAL), rows=read_ahead), WANTED)
    assert any(b"a1" in piece or "说".encode() in piece for piece in iter(lambda: next(pieces), None))


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_csv_reads_back(titles: list[str]) -> None:
    articles = [Article("a", Source("页.txt"), title=title) for title in titles]
    rows = table(written("csv", articles))
    assert [row["title"].removeprefix("'") for row in rows] == [title.removeprefix("'") for title in titles]


# JSON


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_json_lines_hold_the_record(title: str, body: str) -> None:
    article = Article("a", Source("页.txt"), title=title or None, body=body)
    data = written("jsonl", [article]).decode()
    assert data.endswith("\n")
    assert "\n" not in data[:-1]
    record = json.loads(data)
    assert record | to_record(article) == record
    assert from_record(record) == article
    assert (record["link"], record["versions"], record["row"]) == (link("a"), 2, "1 of 1")


def test_json_is_one_object_that_says_what_it_is() -> None:
    answer = json.loads(written("json", SEVERAL))
    assert (answer["query"], answer["total"], answer["rows"]) == ("正文", 4, 4)
    assert answer["made"] == "2026-11-26T08:30:00+08:00"
    assert [from_record(hit) for hit in answer["hits"]] == list(SEVERAL)
    assert answer["sha256"] == sha256("".join(hit["seal"] for hit in answer["hits"]).encode()).hexdigest()
    assert json.loads(written("json", ()))["hits"] == []


# XLSX


def test_a_workbook_has_real_dates_and_says_what_it_is() -> None:
    header, first, *_ = sheet(written("xlsx", SEVERAL))
    row = dict(zip(header, first, strict=True))
    assert row["date"] == datetime(2022, 5, 1)
    assert (row["complete"], row["versions"], row["title"]) == (True, 2, ARTICLE.title)
    assert row["reporters"] == "甲乙；丙丁"
    told = dict(sheet(written("xlsx", SEVERAL), "凭据"))
    assert (told["检索式"], told["理解为"], told["篇数"]) == ("正文", "含有「正文」", "4")
    assert (told["馆藏版本"], told["行数 rows"]) == ("0123456789abcdef", "4")
    book = load_workbook(io.BytesIO(written("xlsx", SEVERAL)))
    assert book["结果"].freeze_panes == "A2"


def test_a_workbook_runs_nothing_and_tells_what_it_cannot_hold() -> None:
    data = written("xlsx", HOSTILE)
    book = load_workbook(io.BytesIO(data))
    assert {cell.data_type for row in book["结果"].iter_rows() for cell in row} <= {"s", "n", "d", "b", "inlineStr"}
    titles = [row[2] for row in sheet(data)[1:]]
    assert titles[0] == "=cmd|' /C calc'!A0"
    assert titles[6] == "nul\ufffd\ufffd\ufffd\ufffd完"
    assert "控制字符" in dict(sheet(data, "凭据"))
    long = replace(ARTICLE, body="长" * 40_000)
    told = dict(sheet(written("xlsx", [long], TEXT), "凭据"))
    assert "32767" in told["过长的格子"]


def test_a_workbook_tells_the_same_as_the_csv() -> None:
    read = [list(rows_of(io.BytesIO(written(form, SEVERAL)))) for form in ("csv", "xlsx")]
    assert [row.content for row in read[0]] == [row.content for row in read[1]]
    assert [row.seal for row in read[0]] == [row.seal for row in read[1]]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed: not read by it")
def test_libreoffice_reads_the_csv(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(written("csv", SEVERAL))
    convert = ("soffice", "--headless", "--infilter=CSV:44,34,76", "--convert-to", "xlsx", "--outdir", str(tmp_path))
    subprocess.run([*convert, str(tmp_path / "list.csv")], check=True, capture_output=True, timeout=120)
    rows = sheet((tmp_path / "list.xlsx").read_bytes(), "list")
    assert [row[2] for row in rows[1:]] == [article.title for article in SEVERAL]


# References


def test_ris_is_read_by_rispy() -> None:
    read = rispy.loads(written("ris", SEVERAL).decode())
    assert [one["accession_number"] for one in read] == [article.id for article in SEVERAL]
    assert read[0]["authors"] == ["甲乙", "丙丁"]
    assert read[3]["title"] == "路灯亮了"
    assert all(one["type_of_reference"] == "NEWS" for one in read)
    assert [one["custom8"].rpartition(" ")[0] for one in read] == [f"{n} of 4" for n in range(1, 5)]
    assert rispy.loads(written("ris", ()).decode()) == []


@pytest.mark.parametrize("articles", [SEVERAL, HOSTILE], ids=["several", "hostile"])
def test_references_keep_their_number_whatever_the_titles(articles: tuple[Article, ...]) -> None:
    assert len(rispy.loads(written("ris", articles).decode())) == len(articles)
    read = bibtexparser.parse_string(written("bibtex", articles).decode())
    assert (len(read.entries), read.failed_blocks) == (len(articles), [])
    assert len(json.loads(written("csl", articles))) == len(articles)


def test_bibtex_is_read_by_a_parser() -> None:
    read = bibtexparser.parse_string(written("bibtex", SEVERAL).decode())
    fields = [{field.key: field.value for field in entry.fields} for entry in read.entries]
    assert fields[3]["title"] == "路灯亮了"
    assert fields[3]["journal"] == "另一报"
    assert [one["url"] for one in fields] == [link(article.id) for article in SEVERAL]


# The bundle


def test_a_bundle_carries_everything_and_its_checksums() -> None:
    data = written("bundle", SEVERAL, replace(WANTED, receipt=lambda: b'{"receipt": 1}'))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        lines = packed.read("manifest-sha256.txt").decode().splitlines()
        assert [line.partition("  ")[2] for line in lines] == names[:-1]
        for line in lines:
            digest, _, name = line.partition("  ")
            assert sha256(packed.read(name)).hexdigest() == digest
        assert packed.read("list.csv") == written("csv", SEVERAL)
        assert packed.read("receipt.json") == b'{"receipt": 1}'
        texts = [packed.read(name).decode() for name in names if name.startswith("texts/")]
        assert [article.body in text for article, text in zip(SEVERAL, texts, strict=True)] == [True] * 4
        page = packed.read("index.html").decode()
        assert all(name in page for name in names if name.startswith("texts/"))
        crate = json.loads(packed.read("ro-crate-metadata.json"))
    graph = {entity["@id"]: entity for entity in crate["@graph"]}
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert {part["@id"] for part in graph["./"]["hasPart"]} <= set(graph)


def test_the_page_of_a_bundle_is_escaped() -> None:
    with zipfile.ZipFile(io.BytesIO(written("bundle", HOSTILE))) as packed:
        page = packed.read("index.html").decode()
    assert "<script" not in page


def test_a_bundle_is_the_same_each_time() -> None:
    names = ("list.csv", "index.html", "references.ris")
    files = (zipfile.ZipFile(io.BytesIO(written("bundle", SEVERAL))) for _ in range(2))
    one, two = ([packed.read(name) for name in names] for packed in files)
    assert one == two


# The archive's list


def test_a_list_is_the_pages_one_after_another(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(SEVERAL)
    request = SearchRequest("", sort="newest")
    made = archive.listed(request)
    hits = list(archive.every(request))
    assert made.total == len(SEVERAL)
    assert [row.article for row in made.rows()] == [hit.article for hit in hits]
    assert [row.id for row in made.rows()] == [hit.article.id for hit in hits]
    assert made.corpus == archive.corpus()


def test_a_list_belongs_to_one_state_of_the_archive(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(SEVERAL)
    made = archive.listed(SearchRequest(""))
    before = b"".join(EXPORTS["jsonl"].write(made, WANTED))
    rows = EXPORTS["jsonl"].write(made, WANTED)
    first = next(rows)
    archive.add([Article("new", Source(""), body="新的一篇"), replace(ARTICLE, title="换了标题")])
    archive.settle()
    assert first + b"".join(rows) == before
    assert archive.listed(SearchRequest("")).total == made.total + 1


@settings(deadline=None, max_examples=30)
@given(ids=IDS, form=st.sampled_from(list(EXPORTS)))
def test_every_format_gives_its_ids_back(ids: list[str], form: str) -> None:
    articles = [replace(ARTICLE, id=identity) for identity in ids]
    assert [row.id for row in rows_of(io.BytesIO(written(form, articles)))] == ids
