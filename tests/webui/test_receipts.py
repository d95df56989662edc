"""Receipts on the web: made, kept under a short link, asked once more; lists and receipts that are sent."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.archive import Archive
from search.article import Article
from search.receipt import Exported, read, write
from tests.webui.conftest import BRIDGE, ROSE, ROSE_AGAIN, UNDATED
from tests.webui.markup import Page
from webui import receipts, shortlinks, uploads
from webui.app import create_app

ASKED = "q=月季&sort=newest"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """An application over an archive of its own, which is written to."""
    path = tmp_path / "archive"
    Archive.create(path).add([ROSE, ROSE_AGAIN, BRIDGE, UNDATED])
    return create_app({"INDEX": path, "TESTING": True, "PROPAGATE_EXCEPTIONS": False})


def send(client: FlaskClient, content: bytes, address: str = "/verify") -> TestResponse:
    return client.post(address, data={"file": (io.BytesIO(content), "file")})


def send_both(client: FlaskClient, listed: bytes, receipt: bytes) -> TestResponse:
    files = {"file": (io.BytesIO(listed), "list"), "receipt": (io.BytesIO(receipt), "receipt")}
    return client.post("/verify", data=files)


def archive(app: Flask) -> Archive:
    return Archive.open(app.config["INDEX"])


class TestTheReceiptOfASearch:
    def test_is_a_file(self, client: FlaskClient) -> None:
        answer = client.get(f"/search.receipt.json?{ASKED}")
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=baoku-")
        found = client.get(f"/search.json?{ASKED}&per_page=100").json
        receipt = read(answer.data)
        assert list(receipt.ids) == [hit["id"] for hit in found["hits"]]
        assert receipt.total == found["total"]
        assert receipt.corpus.version == found["corpus"]["version"]

    def test_does_not_depend_on_the_page(self, client: FlaskClient) -> None:
        first, second = (read(client.get(f"/search.receipt.json?{ASKED}&page={n}&per_page=1").data) for n in (1, 2))
        assert (first.ids, first.request) == (second.ids, second.request)

    def test_is_led_to_from_the_search_with_and_without_hits(self, client: FlaskClient) -> None:
        for query in ("月季", "没有的词"):
            links = Page(client.get(f"/search?q={query}&page=1").text).links()
            (link,) = [link for link in links if link.startswith("/receipt")]
            assert "/search.receipt.json" in " ".join(Page(client.get(link).text).links())

    def test_says_what_was_asked(self, client: FlaskClient) -> None:
        page = Page(client.get("/receipt?q=月季&street=柳荫街道").text)
        assert "包含「月季」；街道：柳荫街道" in page.text

    def test_unreadable_dates_are_told(self, client: FlaskClient) -> None:
        assert client.get("/receipt?from=gestern").status_code == 400
        assert client.get("/search.receipt.json?from=gestern").json["status"] == 400


class TestAShortLink:
    def test_is_made_only_when_asked_for(self, app: Flask, client: FlaskClient) -> None:
        place = Path(f"{app.config['INDEX']}.links.sqlite")
        client.get(f"/receipt?{ASKED}")
        assert client.get("/r/abcdefghij").status_code == 404
        assert not place.exists()
        assert client.post("/r", data={"q": "月季"}).status_code == 303
        assert place.exists()

    def test_leads_to_the_same_receipt_each_time(self, client: FlaskClient) -> None:
        made = [client.post("/r", data={"q": "月季", "sort": "newest"}).headers["Location"] for _ in range(2)]
        assert made[0] == made[1]
        assert (
            read(client.get(made[0] + ".json").data).ids == read(client.get(f"/search.receipt.json?{ASKED}").data).ids
        )
        assert "完全相同" in client.get(made[0]).text

    def test_names_what_has_changed_since(self, app: Flask, client: FlaskClient) -> None:
        made = client.post("/r", data={"q": "月季"}).headers["Location"]
        archive(app).update([], remove=["bridge"])
        page = Page(create_app({"INDEX": app.config["INDEX"]}).test_client().get(made).text)
        assert "减少 1 篇" in page.text
        assert "老桥重修记" in page.text
        assert "已不在库中" in page.text

    def test_can_be_off(self, app: Flask) -> None:
        client = create_app({"INDEX": app.config["INDEX"], "LINKS": "off"}).test_client()
        assert "短链接" not in client.get(f"/receipt?{ASKED}").text
        assert client.post("/r", data={"q": "月季"}).status_code == 503
        assert client.get("/r/abcdefghij").status_code == 404

    def test_that_cannot_be_kept_is_told(self, app: Flask, tmp_path: Path) -> None:
        client = create_app({"INDEX": app.config["INDEX"], "LINKS": str(tmp_path / "no" / "such")}).test_client()
        answer = client.post("/r", data={"q": "月季"})
        assert (answer.status_code, "请下载凭证文件" in answer.text) == (503, True)

    def test_in_a_file_that_is_none_is_told(self, app: Flask, tmp_path: Path) -> None:
        place = tmp_path / "links"
        place.write_bytes(b"no database at all" * 100)
        client = create_app({"INDEX": app.config["INDEX"], "LINKS": str(place)}).test_client()
        assert client.get("/r/abcdefghij").status_code == 503
        assert client.post("/r", data={"q": "月季"}).status_code == 503

    def test_no_stranger_fills_the_disk(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shortlinks, "MOST_BYTES", 100)
        answer = client.post("/r", data={"q": "月季"})
        assert (answer.status_code, "存满" in answer.text) == (503, True)

    def test_of_a_file_that_may_only_be_read(self, app: Flask, client: FlaskClient) -> None:
        made = client.post("/r", data={"q": "月季"}).headers["Location"]
        place = Path(f"{app.config['INDEX']}.links.sqlite")
        place.chmod(0o444)
        assert client.get(made).status_code == 200
        with sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True) as kept:
            assert kept.execute("SELECT count(*) FROM links").fetchone() == (1,)


class TestWhatIsSent:
    def test_a_form_asks_for_it(self, client: FlaskClient) -> None:
        page = Page(client.get("/verify").text)
        assert page.all("input", type="file", name="file")
        assert page.all("input", type="file", name="receipt")
        assert page.all("form", method="post", enctype="multipart/form-data")

    def test_a_receipt_is_asked_once_more(self, app: Flask, client: FlaskClient) -> None:
        receipt = client.get(f"/search.receipt.json?{ASKED}").data
        assert "完全相同" in send(client, receipt).text
        archive(app).add([Article("fresh", BRIDGE.source, title="<i>月季</i>", body="月季。")])
        page = Page(send(create_app({"INDEX": app.config["INDEX"]}).test_client(), receipt).text)
        assert "增加 1 篇" in page.text
        assert "<i>月季</i>" in page.text

    def test_a_whole_list(self, client: FlaskClient) -> None:
        page = Page(send(client, client.get(f"/search.csv?{ASKED}").data).text)
        assert "完整" in page.text
        assert "有改动的 0 行，库中没有的 0 行" in page.text
        assert "只对照了著录" in page.text

    def test_a_list_that_was_cut_off(self, client: FlaskClient) -> None:
        rows = client.get(f"/search.csv?{ASKED}").data.split(b"\r\n")
        assert "写到第 1 行断了，应有 2 行" in send(client, b"\r\n".join([*rows[:2], b""])).text

    def test_an_altered_list(self, client: FlaskClient) -> None:
        text = client.get(f"/search.csv?{ASKED}").data.decode()
        page = Page(send(client, text.replace("小巷里的月季花开了", "小巷里的牡丹花开了").encode()).text)
        assert "改动过" in page.text
        assert "title" in page.text

    def test_a_list_with_its_receipt(self, client: FlaskClient) -> None:
        listed = client.get(f"/search.csv?{ASKED}").data
        receipt = read(client.get(f"/search.receipt.json?{ASKED}").data)
        own = replace(receipt, file=Exported("月季.csv", 2, hashlib.sha256(listed).hexdigest()))
        proof = write(own).encode()
        assert "与检索凭证相符" in send_both(client, listed, proof).text
        assert "与检索凭证相符" in send_both(client, proof, listed).text, "in either field"
        saved = listed.replace(b"\r\n", b"\n")
        page = Page(send_both(client, saved, proof).text)
        assert "另存过" in page.text
        other = client.get("/search.csv?q=桥").data
        page = Page(send_both(client, other, proof).text)
        assert "凭证上" in page.text
        assert "改动过" in page.text

    def test_the_second_file_has_to_be_a_receipt(self, client: FlaskClient) -> None:
        listed = client.get(f"/search.csv?{ASKED}").data
        for other in (listed, b"", b"{}", b'{"baoku_receipt": 1}', b"\xff" * 99):
            answer = send_both(client, listed, other)
            assert answer.status_code == 400
            assert "凭证" in Page(answer.text).text

    def test_both_are_receipts(self, client: FlaskClient) -> None:
        receipt = client.get(f"/search.receipt.json?{ASKED}").data
        assert send_both(client, receipt, receipt).status_code in (200, 400)

    @pytest.mark.parametrize("content", [b"", b"hello", b'{"baoku_receipt": 1}', b"PK\x03\x04" + b"x" * 90])
    def test_something_else_is_told(self, client: FlaskClient, content: bytes) -> None:
        answer = send(client, content)
        assert answer.status_code in (200, 400)
        assert ">完整" not in answer.text
        assert "完全相同" not in answer.text

    def test_no_file(self, client: FlaskClient) -> None:
        answer = client.post("/verify")
        assert (answer.status_code, "没有选文件" in answer.text) == (400, True)

    def test_too_large(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(uploads, "UPLOAD_BYTES", 1000)
        assert send(client, b"x" * 2000).status_code == 413
        assert send(client, b"x" * 2000, "/list.json").json["status"] == 413

    def test_a_bomb_is_not_unpacked(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(uploads, "UNPACKED_BYTES", 1 << 20)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
            bomb.writestr("list.csv", b"0" * (2 << 20))
        answer = send(client, packed.getvalue())
        assert (answer.status_code, "展开后超过 1 兆" in answer.text) == (400, True)

    def test_a_long_list_says_how_much_of_it_was_compared(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        listed = client.get(f"/search.csv?{ASKED}").data
        monkeypatch.setattr(receipts, "MOST_ROWS", 1)
        assert "只对照了前 1 行" in send(client, listed).text


class TestTheServiceForLists:
    def test_says_of_ids_what_the_archive_has(self, client: FlaskClient) -> None:
        good, bad = ROSE.digest()[:8], "0" * 8
        rows = client.get(f"/list.json?id=rose&id=bridge&id=nowhere&digest={good}&digest={bad}").json["rows"]
        assert [(row["id"], row["state"]) for row in rows] == [
            ("rose", "known"),
            ("bridge", "changed"),
            ("nowhere", "unknown"),
        ]
        assert [rows[0][key] for key in ("title", "date", "source", "url")] == [
            "小巷里的月季花开了",
            "2022-05-22",
            "晨光报 第 3 版",
            "/article/rose",
        ]
        assert rows[2]["url"] is None

    def test_reads_any_list(self, client: FlaskClient) -> None:
        listed = client.get(f"/search.csv?{ASKED}").data
        answer = send(client, listed, "/list.json").json
        found = client.get(f"/search.json?{ASKED}&per_page=100").json
        assert [row["id"] for row in answer["rows"]] == [hit["id"] for hit in found["hits"]]
        assert answer["complete"]

    def test_reads_a_receipt(self, client: FlaskClient) -> None:
        answer = send(client, client.get(f"/search.receipt.json?{ASKED}").data, "/list.json").json
        assert {row["state"] for row in answer["rows"]} == {"known"}

    def test_tells_what_is_none(self, client: FlaskClient) -> None:
        answer = send(client, b"hello", "/list.json")
        assert (answer.status_code, json.loads(answer.data)["ok"]) == (400, False)

    def test_of_no_ids(self, client: FlaskClient) -> None:
        assert client.get("/list.json").json == {"ok": True, "complete": True, "rows": []}
