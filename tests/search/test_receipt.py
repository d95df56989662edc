"""Receipts: written and read, made of a search, and replayed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.archive import Archive
from search.article import Article, PublicationDate, Source
from search.entry import Entry
from search.errors import ReceiptInvalid
from search.receipt import Exported, Receipt, issue, read, replay, write
from search.receipt.asked import from_json, to_json
from search.receipt.told import in_words
from search.receipt.told import to_json as told
from search.request import SearchRequest

DAY = PublicationDate(date(2022, 5, 22), date(2022, 5, 22), "masthead")
LAMP = Article(
    "lamp", Source("a.txt"), title="路灯亮了", body="柳荫街道的路灯修好了。", streets=("柳荫街道",), date=DAY
)
ROSE = Article("rose", Source("b.txt"), title="月季开了", body="路灯下月季开满小巷。", date=DAY)
BRIDGE = Article("bridge", Source("c.txt"), title="老桥重修", body="石桥修了三个月。")
ASKED = SearchRequest("路灯", sort="newest")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.create(tmp_path / "index")
    archive.add([LAMP, ROSE, BRIDGE])
    return archive


def receipt_of(archive: Archive, request: SearchRequest = ASKED) -> Receipt:
    return issue(archive.listed(request))


def altered(receipt: Receipt, **keys: object) -> str:
    """The receipt's text with some keys changed and its hash made anew, as a forger would who knows how."""
    record = json.loads(write(receipt)) | keys
    del record["sha256"]
    plain = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return json.dumps(record | {"sha256": hashlib.sha256(plain.encode()).hexdigest()})


class TestAReceipt:
    def test_says_what_was_asked_and_found(self, archive: Archive) -> None:
        receipt = receipt_of(archive, SearchRequest("路灯", only={"street": ("柳荫",)}, page=7))
        assert receipt.ids == ("lamp",)
        assert receipt.digests == (LAMP.digest()[:8],)
        assert receipt.named[0].headline == "路灯亮了"
        assert receipt.corpus == archive.corpus()
        assert receipt.understood == "包含「路灯」；街道：柳荫街道"
        assert datetime.fromisoformat(receipt.made).utcoffset() == timedelta(hours=8)

    def test_lists_the_hits_in_the_order_of_the_search(self, archive: Archive) -> None:
        for sort in ("relevance", "newest", "oldest"):
            request = SearchRequest("", sort=sort)
            assert list(receipt_of(archive, request).ids) == [hit.article.id for hit in archive.answer(request).hits]

    def test_is_read_as_it_was_written(self, archive: Archive) -> None:
        receipt = replace(receipt_of(archive), file=Exported("名单.csv", 2, "ab" * 32))
        assert read(write(receipt)) == receipt
        assert read(write(receipt).encode()) == receipt

    def test_of_no_hits(self, archive: Archive) -> None:
        receipt = receipt_of(archive, SearchRequest("没有的词"))
        assert read(write(receipt)) == receipt
        assert (receipt.total, replay(archive, receipt).verdict) == (0, "identical")

    def test_can_be_checked_without_this_program(self, archive: Archive) -> None:
        record = json.loads(write(receipt_of(archive)))
        listed = "".join(f"{one}\n" for one in record["ids"])
        assert record["ids_sha256"] == hashlib.sha256(listed.encode()).hexdigest()
        own = record.pop("sha256")
        plain = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert own == hashlib.sha256(plain.encode()).hexdigest()

    def test_keeps_half_a_surrogate_pair_as_an_escape(self, archive: Archive) -> None:
        receipt = receipt_of(archive, SearchRequest("路灯\udc80"))
        assert "\\udc80" in write(receipt)
        assert read(write(receipt).encode()) == receipt

    @given(
        st.builds(
            SearchRequest,
            query=st.text(max_size=20),
            only=st.dictionaries(st.sampled_from(("street", "kind")), st.tuples(st.text(max_size=5))),
            without=st.dictionaries(st.sampled_from(("date", "topic")), st.tuples(st.text(max_size=5))),
            first_day=st.none() | st.dates(),
            last_day=st.none() | st.dates(),
            sort=st.sampled_from(("relevance", "oldest")),
            all_versions=st.booleans(),
            drop=st.lists(st.text(max_size=5)).map(tuple),
        )
    )
    def test_holds_any_request(self, request: SearchRequest) -> None:
        assert from_json(json.loads(json.dumps(to_json(request)))) == request


class TestWhatIsNoReceipt:
    @pytest.mark.parametrize("text", ["", "[]", "{}", "id,title\r\n", b"\xff\xfe", "[" * 100_000, "1" * 5_000, "null"])
    def test_is_told(self, text: str | bytes) -> None:
        with pytest.raises(ReceiptInvalid, match="不是检索凭证"):
            read(text)

    def test_cut_off(self, archive: Archive) -> None:
        text = write(receipt_of(archive))
        with pytest.raises(ReceiptInvalid, match="不完整"):
            read(text[: len(text) // 2])

    @pytest.mark.parametrize(("old", "new"), [("路灯", "月季"), ('"total": 2', '"total": 3'), ('"lamp"', '"lump"')])
    def test_altered(self, archive: Archive, old: str, new: str) -> None:
        text = write(receipt_of(archive))
        assert old in text
        with pytest.raises(ReceiptInvalid, match="校验和不符"):
            read(text.replace(old, new))

    def test_of_a_later_version(self, archive: Archive) -> None:
        with pytest.raises(ReceiptInvalid, match="第 2 版"):
            read(altered(receipt_of(archive), baoku_receipt=2))

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("total", 5),
            ("ids", ["lamp", "bridge"]),
            ("ids", [1, 2]),
            ("digests", []),
            ("headlines", ["一"]),
            ("corpus", {"version": 1}),
            ("asked", {"q": "路灯"}),
            ("asked", {"q": "路灯", "sort": "best", "versions": "one", "drop": []}),
            ("asked", {"q": "路灯", "sort": "newest", "versions": "one", "drop": [], "from": "gestern"}),
            ("expansions", [{"typed": "路灯"}]),
            ("file", "名单.csv"),
            ("made", None),
        ],
    )
    def test_with_another_value(self, archive: Archive, key: str, value: object) -> None:
        with pytest.raises(ReceiptInvalid, match="凭证里的"):
            read(altered(receipt_of(archive), **{key: value}))

    def test_an_article_listed_twice(self, archive: Archive) -> None:
        receipt = receipt_of(archive)
        twice = replace(receipt, ids=receipt.ids[:1] * 2, digests=receipt.digests[:1] * 2, named=receipt.named[:1] * 2)
        with pytest.raises(ReceiptInvalid, match="ids"):
            read(write(twice))

    def test_keys_of_later_programs_are_ignored(self, archive: Archive) -> None:
        receipt = receipt_of(archive)
        assert read(altered(receipt, weather="晴")) == receipt


class TestReplay:
    def test_identical(self, archive: Archive) -> None:
        done = replay(archive, receipt_of(archive))
        assert (done.verdict, list(done.changes), done.reordered) == ("identical", [], False)

    def test_the_researchers_four(self, archive: Archive) -> None:
        receipt = read(write(receipt_of(archive)))
        fresh = [Article(f"new{n}", Source("d.txt"), title=f"路灯之{n}", body="路灯。", date=DAY) for n in range(3)]
        archive.add([*fresh, replace(LAMP, body="柳荫街道的路灯已经修好了。")])
        done = replay(archive, receipt)
        assert {(change.kind, change.id, change.why) for change in done.changes} == {
            *(("added", f"new{n}", "new") for n in range(3)),
            ("changed", "lamp", "corrected"),
        }
        lines = list(in_words(done))
        assert lines[0].startswith("有变化：当时 2 篇，现在 5 篇；增加 3 篇，减少 0 篇，改动 1 篇")
        assert sum("路灯之" in line for line in lines) == 3
        assert any(line.startswith("改动  路灯亮了  2022-05-22  文字或著录有更正") for line in lines)

    def test_what_left_is_named_by_the_receipt(self, archive: Archive) -> None:
        receipt = receipt_of(archive)
        archive.update([], remove=["rose"])
        (change,) = (done := replay(archive, receipt)).changes
        assert (change.kind, change.why, done.name(change).headline) == ("removed", "gone", "月季开了")

    def test_a_correction_that_no_longer_matches(self, archive: Archive) -> None:
        receipt = receipt_of(archive)
        archive.add([replace(ROSE, body="灯下月季开满小巷。")])
        assert [(change.id, change.why) for change in replay(archive, receipt).changes] == [("rose", "corrected away")]

    def test_another_version_of_the_story(self, archive: Archive) -> None:
        receipt = receipt_of(archive)
        archive.add([replace(ROSE, duplicate_of="best"), replace(ROSE, id="best")])
        changes = replay(archive, receipt).changes
        assert {(one.kind, one.id, one.why) for one in changes} == {
            ("added", "best", "other version"),
            ("removed", "rose", "other version"),
        }

    def test_another_order_alone(self, archive: Archive) -> None:
        receipt = receipt_of(archive)
        ids, digests, named = receipt.ids[::-1], receipt.digests[::-1], receipt.named[::-1]
        done = replay(archive, replace(receipt, ids=ids, digests=digests, named=named))
        assert (done.verdict, list(done.changes)) == ("reordered", [])

    def test_hits_that_a_forger_left_out_are_found_again(self, archive: Archive) -> None:
        receipt = receipt_of(archive)
        fewer = replace(receipt, ids=receipt.ids[:1], digests=receipt.digests[:1], named=receipt.named[:1])
        assert [one.why for one in replay(archive, read(write(fewer))).changes] == ["read otherwise"]

    def test_a_difference_that_nothing_explains_points_at_the_receipt(self, archive: Archive) -> None:
        receipt = receipt_of(archive)
        short = replace(receipt, ids=receipt.ids[1:], digests=receipt.digests[1:], named=receipt.named[1:])
        assert "凭证改动过" in " ".join(in_words(replay(archive, short)))
        assert "凭证改动过" not in " ".join(in_words(replay(archive, receipt)))
        archive.add([replace(ROSE, body="路灯下月季又开了。")])
        assert "凭证改动过" not in " ".join(in_words(replay(archive, receipt)))

    def test_another_archive_is_told(self, archive: Archive, tmp_path: Path) -> None:
        other = Archive.create(tmp_path / "other")
        other.add([LAMP, ROSE, BRIDGE])
        done = replay(other, receipt_of(archive))
        assert done.verdict == "identical"
        assert any("另一个库" in note for note in told(done)["notes"])

    def test_other_dictionary_and_software_are_told(self, archive: Archive) -> None:
        receipt = replace(receipt_of(archive), index_analyser="0" * 12, software="baoku 0.0.1")
        told_of = "".join(told(replay(archive, receipt))["notes"])
        assert "词典或折叠规则与当时不同" in told_of
        assert "当时 baoku 0.0.1" in told_of


class TestTheIdentityOfAnArchive:
    def test_stays_when_it_is_rebuilt(self, archive: Archive, tmp_path: Path) -> None:
        before = receipt_of(archive).archive
        with Archive.rebuilding(tmp_path / "index") as fresh:
            fresh.add([LAMP])
        assert len(before) == 16
        assert receipt_of(Archive.open(tmp_path / "index")).archive == before

    @pytest.mark.usefixtures("archive")
    def test_an_older_index_has_none_until_it_is_written(self, tmp_path: Path) -> None:
        path = tmp_path / "index" / "baoku.json"
        marker = json.loads(path.read_text("utf-8"))
        del marker["archive"]
        path.write_text(json.dumps(marker), "utf-8")
        older = Archive.open(tmp_path / "index")
        receipt = receipt_of(older)
        assert receipt.archive == ""
        older.add([BRIDGE])
        assert len(receipt_of(older).archive) == 16
        assert not any("另一个库" in note for note in told(replay(older, receipt))["notes"])


State = Mapping[str, str]
states = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(("路灯", "月季", "路灯和月季", "石桥")))


@settings(max_examples=30)
@given(before=states, after=states)
def test_a_replay_names_exactly_the_difference(before: State, after: State) -> None:
    """Oracle: the difference of two dictionaries."""

    def found(state: State) -> dict[str, str]:
        return {one: body for one, body in state.items() if "路灯" in body}

    old, new = found(before), found(after)
    with TemporaryDirectory() as folder:
        archive = Archive.create(folder)
        archive.add([Article(one, Source(""), body=body) for one, body in before.items()])
        receipt = read(write(receipt_of(archive, SearchRequest('"路灯"'))))
        entries = [Entry(Article(one, Source(""), body=body)) for one, body in after.items()]
        archive.update(entries, remove=[one for one in before if one not in after])
        done = replay(archive, receipt)
    assert {one.id for one in done.changes if one.kind == "added"} == new.keys() - old.keys()
    assert {one.id for one in done.changes if one.kind == "removed"} == old.keys() - new.keys()
    assert {one.id for one in done.changes if one.kind == "changed"} == {
        one for one in old if new.get(one, old[one]) != old[one]
    }
    assert {one.id for one in done.changes if one.why == "gone"} == {one for one in old if one not in after}
    assert {one.id for one in done.changes if one.why == "corrected away"} == {
        one for one in old if one in after and one not in new
    }
