"""Seals: a list that is whole is called whole, a cut one cut, an altered one altered, at the right row."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from export_samples import ARTICLE, HOSTILE, SEVERAL, written
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from search.export import EXPORTS
from search.export.reading import reader_of, rows_of
from search.export.readrow import ListUnreadable, id_of
from search.export.verify import ALTERED, CUT, UNKNOWN, WHOLE, Verdict, verify, verify_file

MANY = tuple(replace(ARTICLE, id=f"m{number}", title=f"第{number}件事") for number in range(1, 13))
TELL_THEIR_FORM = {"gbt7714": "text", "gbt7714-2025": "text", "apa": "text"}
LINES = ("csv", "jsonl")


@cache
def sample(form: str) -> bytes:
    return written(form, SEVERAL)


def checked(data: bytes) -> Verdict:
    return verify_file(io.BytesIO(data))


@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.parametrize("articles", [SEVERAL, HOSTILE, MANY, SEVERAL[:1]], ids=["several", "hostile", "many", "one"])
def test_what_was_written_is_whole(form: str, articles: tuple[object, ...]) -> None:
    data = written(form, articles)
    assert reader_of(io.BytesIO(data))[0] == TELL_THEIR_FORM.get(form, form)
    verdict = checked(data)
    assert (verdict.state, verdict.rows, verdict.total, verdict.findings) == (WHOLE, len(articles), len(articles), ())


@pytest.mark.parametrize("form", [form for form in EXPORTS if form != "jsonl"])
def test_an_empty_list_is_whole(form: str) -> None:
    assert checked(written(form, ())).state == WHOLE


def test_of_an_empty_file_nothing_proves_that_it_is_whole() -> None:
    assert written("jsonl", ()) == b""
    verdict = checked(b"")
    assert verdict.state == CUT
    assert "空文件" in verdict.findings[0]


@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.parametrize("articles", [SEVERAL, HOSTILE, ()], ids=["several", "hostile", "none"])
def test_what_was_cut_anywhere_is_cut(form: str, articles: tuple[object, ...]) -> None:
    data = written(form, articles)
    draw = random.Random(7)
    for size in sorted({*draw.sample(range(len(data)), min(len(data), 60)), *range(max(0, len(data) - 4), len(data))}):
        assert checked(data[:size]).state == CUT, size


@pytest.mark.parametrize("form", [form for form in EXPORTS if not EXPORTS[form].binary])
def test_a_cut_list_tells_how_many_rows_are_left(form: str) -> None:
    data = written(form, MANY)
    place = data.index("第8件事".encode())
    verdict = checked(data[:place])
    assert (verdict.state, verdict.rows) in {(CUT, 7), (CUT, 8)}


@pytest.mark.parametrize("form", [form for form in EXPORTS if not EXPORTS[form].binary])
def test_an_altered_row_is_named(form: str) -> None:
    data = written(form, MANY).replace("第8件事".encode(), "第八件事".encode())
    verdict = checked(data)
    assert verdict.state == ALTERED
    assert verdict.findings[0].startswith("第 8 行改动过")
    assert len(verdict.findings) == 1


def test_of_many_altered_rows_it_is_told_how_many_more_there_are() -> None:
    articles = [replace(ARTICLE, id=f"m{number}") for number in range(1, 31)]
    verdict = checked(written("csv", articles).replace(ARTICLE.body[:4].encode(), "改过".encode()))
    assert verdict.findings[19:] == ("第 20 行改动过（m20）", "另有 10 处没有列出")


Change = Callable[[list[bytes]], list[bytes]]
CHANGES: dict[str, tuple[Change, str]] = {
    "missing": (lambda lines: [*lines[:4], *lines[6:]], "少了第 5 至 6 行"),
    "first missing": (lambda lines: lines[1:], "少了第 1 行"),
    "twice": (lambda lines: [*lines[:3], lines[2], *lines[3:]], "第 3 行有两次"),
    "exchanged": (lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], "第 3 行排到了第 4 行后面"),
}


@pytest.mark.parametrize("form", LINES)
@pytest.mark.parametrize("change", CHANGES)
def test_rows_that_are_not_in_their_place_are_named(form: str, change: str) -> None:
    lines = written(form, MANY).splitlines(keepends=True)
    head, body = (lines[:1], lines[1:]) if form == "csv" else ([], lines)
    alter, finding = CHANGES[change]
    if form == "csv":
        body = [b"".join(body[at : at + 2]) for at in range(0, len(body), 2)] if len(body) > len(MANY) else body
    verdict = checked(b"".join([*head, *alter(body)]))
    assert (verdict.state, verdict.findings) == (ALTERED, (finding,))


def test_the_last_rows_missing_is_a_cut() -> None:
    lines = written("jsonl", MANY).splitlines(keepends=True)
    verdict = checked(b"".join(lines[:9]))
    assert (verdict.state, verdict.rows, verdict.total) == (CUT, 9, 12)
    assert "写到第 9 行断了，应有 12 行" in verdict.sentence


def test_a_row_of_another_list_is_named() -> None:
    one, other = (written("jsonl", articles).splitlines(keepends=True) for articles in (MANY, HOSTILE[:12]))
    verdict = checked(b"".join([*one[:5], other[5], *one[6:]]))
    assert verdict.state == ALTERED
    assert verdict.findings[0].startswith("第 6 行不是接在第 5 行后面的")
    shorter = written("jsonl", SEVERAL).splitlines(keepends=True)
    assert "另一份清单" in checked(b"".join([*one, shorter[0]])).findings[0]


def test_saving_again_changes_nothing(tmp_path: Path) -> None:
    table = list(csv.reader(io.StringIO(written("csv", MANY).decode("utf-8-sig"), newline="")))
    for encoding, options in (
        ("utf-8", {"quoting": csv.QUOTE_ALL, "lineterminator": "\n"}),
        ("gb18030", {}),
        ("utf-16", {"delimiter": "\t"}),
        ("utf-8-sig", {"delimiter": ";"}),
    ):
        text = io.StringIO(newline="")
        csv.writer(text, **options).writerows(table)
        assert checked(text.getvalue().encode(encoding)).state == WHOLE, encoding
    book = load_workbook(io.BytesIO(written("xlsx", MANY)))
    book.save(tmp_path / "again.xlsx")
    assert verify(tmp_path / "again.xlsx").state == WHOLE
    again = json.dumps(json.loads(written("json", MANY)), indent=4) + "\n"
    assert checked(again.encode()).state == WHOLE
    lines = [json.dumps(json.loads(line)) + "\n" for line in written("jsonl", MANY).splitlines()]
    assert checked("".join(lines).encode()).state == WHOLE


def test_a_spreadsheet_may_write_truth_and_days_its_own_way() -> None:
    text = written("csv", SEVERAL).decode()
    for printed, shown in ((",true,", ",TRUE,"), (",false,", ",False,")):
        text = text.replace(printed, shown)
    for printed, shown in (("2022-05-01", "2022/5/1"), ("2022-05-31", "2022/5/31 0:00")):
        text = text.replace(f",{printed},", f",{shown},").replace(f",{printed},", f",{shown},")
    assert "2022/5/1," in text
    assert checked(text.encode()).state == WHOLE
    assert checked(text.replace("2022/5/1,", "2022/5/2,", 1).encode()).state == ALTERED


def test_truth_saved_as_a_formula() -> None:
    book = load_workbook(io.BytesIO(written("xlsx", SEVERAL)))
    saved = io.BytesIO()
    book.save(saved)
    packed = zipfile.ZipFile(saved)
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as out:
        for name in packed.namelist():
            data = packed.read(name)
            # As LibreOffice saves them.
            out.writestr(name, re.sub(rb't="b"><v>(1|0)</v>', rb't="b"><f>TRUE()</f><v>\1</v>', data))
    assert b"TRUE()" in zipfile.ZipFile(changed).read("xl/worksheets/sheet1.xml")
    assert checked(changed.getvalue()).state == WHOLE


def test_another_archive_file_is_refused_in_words() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("content.xml", "")
    with pytest.raises(ListUnreadable, match="ODS"):
        checked(packed.getvalue())


def test_columns_may_be_moved_and_added() -> None:
    table = list(csv.reader(io.StringIO(written("csv", MANY).decode("utf-8-sig"), newline="")))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([*row[::-1], "我的笔记"] for row in table)
    assert checked(text.getvalue().encode()).state == WHOLE


@settings(deadline=None, max_examples=60)
@given(data=st.data(), form=st.sampled_from([*EXPORTS]))
def test_no_damage_is_called_whole_and_none_raises(data: st.DataObject, form: str) -> None:
    whole = sample(form)
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255))
    damaged = whole[:at] + bytes([byte]) + whole[at + 1 :]
    try:
        verdict = checked(damaged)
    except ListUnreadable:
        return
    if verdict.state == WHOLE:
        # What a reader sees is the same: blanks and line ends, or the numbers of a list.
        before, after = (list(rows_of(io.BytesIO(text))) for text in (whole, damaged))
        assert [row.content for row in before] == [row.content for row in after]
        assert [row.id for row in before] == [row.id for row in after]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_anything_else_is_refused_in_words(data: bytes) -> None:
    try:
        verdict = checked(data)
    except ListUnreadable:
        return
    # "[]" is an empty list of references.
    assert verdict.state != WHOLE or not verdict.rows


def test_a_table_without_seals_proves_nothing() -> None:
    assert checked(b"id,title\r\na,b\r\n").state == UNKNOWN
    with pytest.raises(ListUnreadable, match="没有 id 或 link"):
        checked(b"name,day\r\na,b\r\n")
    with pytest.raises(ListUnreadable):
        verify(Path("does not exist.csv"))


def test_a_member_of_a_bundle_that_was_changed_is_named() -> None:
    packed, changed = io.BytesIO(written("bundle", SEVERAL)), io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            if name != "list.xlsx":
                new.writestr(name, old.read(name) + (b" " if name == "index.html" else b""))
        new.writestr("more.txt", "more")
    verdict = checked(changed.getvalue())
    assert verdict.state == ALTERED
    assert verdict.findings == ("缺 list.xlsx", "多了 more.txt", "index.html 改动过")


def test_rows_of_a_file() -> None:
    found = rows_of(io.BytesIO(written("ris", SEVERAL)))
    assert [row.id for row in found] == [article.id for article in SEVERAL]


@pytest.mark.parametrize(
    ("address", "identity"),
    [("http://x/article/a%2Fb%20c?q=1#top", "a/b c"), ("/article/甲", "甲"), ("http://x/", ""), ("", "")],
)
def test_id_of_a_link(address: str, identity: str) -> None:
    assert id_of(address) == identity
