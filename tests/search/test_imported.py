"""Exported lists and receipts read back beside the archive."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from export_samples import HOSTILE as STRANGE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.archive import Archive
from search.article import Article, PublicationDate, Source
from search.errors import ReceiptInvalid
from search.export import EXPORTS
from search.export.form import Wanted
from search.export.readrow import ListUnreadable
from search.export.verify import verify_file
from search.imported import CHANGED, KNOWN, UNKNOWN, Item, identified, in_a_line, items
from search.receipt import issue, write
from search.request import SearchRequest

DAY = PublicationDate(date(2022, 5, 22), date(2022, 5, 22), "masthead")
LAMP = Article("lamp", Source("a.txt"), title="路灯亮了", body="路灯修好了。", topics=("民生服务", "其他"), date=DAY)
HOSTILE = Article(
    "odd", Source("b.txt"), title='=cmd|"路灯"&{}\\%$#_😀', body="路灯\n“换行”，逗号。", reporters=("林小禾",)
)
ROSE = Article("rose", Source("c.txt"), title="月季", body="路灯下的月季。")
ASKED = SearchRequest("路灯", sort="newest")
WITH_TEXT = ("csv", "xlsx", "jsonl", "json")
"""Formats in which a corrected text shows."""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.create(tmp_path / "index")
    archive.add([LAMP, HOSTILE, ROSE])
    return archive


def exported(archive: Archive, form: str, text: bool = True) -> io.BytesIO:
    return io.BytesIO(b"".join(EXPORTS[form].write(archive.listed(ASKED), Wanted(lambda one: f"/article/{one}", text))))


def receipt(archive: Archive) -> io.BytesIO:
    return io.BytesIO(write(issue(archive.listed(ASKED))).encode())


def by_id(archive: Archive, file: io.BytesIO) -> dict[str, Item]:
    return {item.id: item for item in items(archive, file)}


@pytest.mark.parametrize("form", EXPORTS)
def test_every_format_leads_back_to_the_same_ids(archive: Archive, form: str) -> None:
    read = list(items(archive, exported(archive, form)))
    assert [item.id for item in read] == archive.listed(ASKED).ids
    assert [(item.state, item.differs) for item in read] == [(KNOWN, ())] * 3
    assert [item.number for item in read] == [1, 2, 3]


@pytest.mark.parametrize("form", EXPORTS)
def test_what_a_format_cannot_hold_is_no_change(tmp_path: Path, form: str) -> None:
    archive = Archive.create(tmp_path / "hostile")
    titles = (*(article.title for article in STRANGE), "零\x00字符\x07", "长" * 40000)
    archive.add([Article(f"s{number}", Source(""), title=title, body="路灯") for number, title in enumerate(titles)])
    read = list(items(archive, exported(archive, form)))
    assert [(item.id, item.state, item.differs) for item in read if item.state != KNOWN] == []
    assert len(read) == len(titles)


def test_an_item_is_one_line() -> None:
    assert "\n" not in in_a_line(Item(1, "a", UNKNOWN, "两\n行"))


def test_a_receipt_leads_back_to_the_same_ids(archive: Archive) -> None:
    assert [(item.id, item.state) for item in items(archive, receipt(archive))] == [
        (one, KNOWN) for one in archive.listed(ASKED).ids
    ]


@pytest.mark.parametrize("form", EXPORTS)
def test_what_the_archive_no_longer_has_is_named(archive: Archive, form: str) -> None:
    file = exported(archive, form)
    archive.update([], remove=["lamp"])
    read = by_id(archive, file)
    assert (read["lamp"].state, read["rose"].state, read["odd"].state) == (UNKNOWN, KNOWN, KNOWN)
    assert "路灯亮了" in read["lamp"].headline
    assert "库中没有" in in_a_line(read["lamp"])


@pytest.mark.parametrize("form", EXPORTS)
def test_another_headline_is_a_change_in_every_format(archive: Archive, form: str) -> None:
    file = exported(archive, form)
    archive.add([replace(LAMP, title="灯又亮了")])
    read = by_id(archive, file)
    assert (read["lamp"].state, read["lamp"].differs) == (CHANGED, ("title",))
    assert read["odd"].state == read["rose"].state == KNOWN


@pytest.mark.parametrize("form", WITH_TEXT)
def test_a_corrected_text_is_a_change_where_the_list_has_it(archive: Archive, form: str) -> None:
    file = exported(archive, form)
    archive.add([replace(LAMP, body="路灯都修好了。")])
    item = by_id(archive, file)["lamp"]
    assert (item.state, item.differs, item.read) == (CHANGED, ("body",), True)


def test_a_list_without_texts_says_that_they_were_not_compared(archive: Archive) -> None:
    assert not any(item.read for item in items(archive, exported(archive, "csv", text=False)))


def test_a_corrected_text_is_a_change_for_a_receipt(archive: Archive) -> None:
    file = receipt(archive)
    archive.add([replace(LAMP, body="路灯都修好了。")])
    assert by_id(archive, file)["lamp"].differs == ("text",)


def test_a_list_that_a_spreadsheet_saved_again_is_still_the_same(archive: Archive) -> None:
    text = exported(archive, "csv").getvalue().decode("utf-8-sig")
    again = text.replace("2022-05-22", "2022/5/22").replace(",true,", ",TRUE,")
    assert again != text
    assert {item.state for item in items(archive, io.BytesIO(again.encode("gb18030")))} == {KNOWN}


def test_ids_alone(archive: Archive) -> None:
    read = list(identified(archive, ["rose", "nowhere", "lamp", "odd"], ["", "", "00000000"]))
    assert [item.state for item in read] == [KNOWN, UNKNOWN, CHANGED, KNOWN]


@pytest.mark.parametrize("content", [b"hello", b"\x00\xff" * 50, b"a,b\r\n1,2\r\n"])
def test_what_is_no_list_is_told(archive: Archive, content: bytes) -> None:
    with pytest.raises(ListUnreadable):
        list(items(archive, io.BytesIO(content)))


@pytest.mark.parametrize("content", [b"", b'{"a": 1}', b"PK\x03\x04nothing", b"[1] \xff", b"TY  - NEWS\nAN  - lamp"])
def test_of_a_damaged_list_nothing_is_known_that_is_not_there(archive: Archive, content: bytes) -> None:
    assert {item.id for item in items(archive, io.BytesIO(content)) if item.state != UNKNOWN} <= {"lamp"}


def test_a_broken_receipt_is_told(archive: Archive) -> None:
    with pytest.raises(ReceiptInvalid):
        list(items(archive, io.BytesIO(receipt(archive).getvalue()[:-40])))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.sampled_from([*EXPORTS]), data=st.data())
def test_whatever_happened_to_a_file_it_is_read_or_told(archive: Archive, form: str, data: st.DataObject) -> None:
    content = bytearray(exported(archive, form).getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        at, more = int(data.draw(st.floats(0, 1)) * len(content)), data.draw(st.binary(max_size=4))
        content[at : at + data.draw(st.sampled_from((0, 1, 100)))] = more
    with suppress(ListUnreadable):
        assert {item.state for item in items(archive, io.BytesIO(content))} <= {KNOWN, CHANGED, UNKNOWN}
        verify_file(io.BytesIO(content))
