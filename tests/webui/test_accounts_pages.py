"""The form by which someone signs in: what it says, where it leads, who can send it; and the editors' room."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask

from search.audit import audit_of
from tests.webui import people
from tests.webui.markup import Page
from tests.webui.people import BROWSER, EDITOR, PASSWORDS, READER, closed, enter, signed_in, token
from tests.webui.test_hostile import EVIL, Active
from tests.webui.test_language import CHINESE, Said
from webui.accounts import passwords
from webui.accounts.pages import own_path

ROOMS = ("/login", "/logout", "/editor", "/editor/audit", "/editor/audit?event=sign-in&by=lin&day=2026")
ENGLISH_READER = "ada"


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", people.FAST)


@pytest.fixture
def app(index: Path, tmp_path: Path) -> Flask:
    return closed(index, tmp_path)


def plain(page: str) -> str:
    """A page without its token."""
    return re.sub(r'name="token" value="[^"]*"', "", page)


class TestForm:
    def test_unknown_names_and_wrong_passwords_are_told_apart_by_nothing(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = app.test_client()
        verified = []
        original = type(people.FAST).verify

        def counted(self: object, kept: str, password: str) -> bool:
            verified.append(kept.split("$")[1:4])
            return original(self, kept, password)

        monkeypatch.setattr(type(people.FAST), "verify", counted)
        answers = [enter(client, name, "wrong wrong wrong") for name in (READER, "nobody", "\x00", "'; DROP TABLE x")]
        assert {answer.status_code for answer in answers} == {403}
        assert len({plain(answer.text) for answer in answers}) == 1
        assert "名字或密码不对" in answers[0].text
        assert verified == [verified[0]] * 4  # once for each, and as dear

    def test_a_name_is_the_same_however_it_is_typed(self, app: Flask) -> None:
        for name in (" LIN ", "ｌｉｎ", "lin"):
            assert enter(app.test_client(), name, PASSWORDS[READER]).status_code == 303

    @pytest.mark.parametrize("name", EVIL)
    def test_nothing_evil_comes_back(self, app: Flask, name: str) -> None:
        answer = enter(
            app.test_client(), name.encode("utf-8", "replace").decode(), name[:300].encode("utf-8", "replace")
        )
        assert answer.status_code == 403
        assert "boom" not in answer.text
        Page(answer.text)

    def test_after_so_many_failures_even_the_right_password_is_refused(self, app: Flask) -> None:
        for number in range(10):
            base = {"REMOTE_ADDR": f"192.0.2.{number}"}
            assert enter(app.test_client(), READER, "wrong", environ_base=base).status_code == 403
        answer = enter(app.test_client(), READER, PASSWORDS[READER], environ_base={"REMOTE_ADDR": "192.0.2.99"})
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
        assert "请等 15 分钟" in Page(answer.text).text
        assert enter(app.test_client(), EDITOR, PASSWORDS[EDITOR]).status_code == 303

    def test_one_address_may_not_try_many_names(self, app: Flask) -> None:
        client = app.test_client()
        for number in range(30):
            assert enter(client, f"guess{number}", "wrong").status_code == 403
        assert enter(client, EDITOR, PASSWORDS[EDITOR]).status_code == 429
        assert enter(client, EDITOR, PASSWORDS[EDITOR], environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 303

    def test_who_may_come_in_is_not_counted(self, app: Flask) -> None:
        for _ in range(35):
            assert enter(app.test_client(), READER, PASSWORDS[READER]).status_code == 303

    def test_who_is_in_already_is_led_on(self, app: Flask) -> None:
        client = signed_in(app, READER)
        assert client.get("/login?next=/streets").headers["Location"] == "/streets"

    def test_a_password_kept_in_an_older_way_is_kept_anew(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        accounts = people.accounts_of(app)
        before = accounts.named(READER)
        stronger = type(people.FAST)(time_cost=2, memory_cost=16, parallelism=1)
        monkeypatch.setattr(passwords, "HASHER", stronger)
        client = signed_in(app, READER)
        after = accounts.named(READER)
        assert "m=16,t=2" in after.password
        assert (after.stamp, after.seen > before.seen) == (before.stamp, True)
        assert client.get("/").status_code == 200


class TestWhereItLeads:
    @pytest.mark.parametrize(
        "address",
        [
            *("//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "e.cn"),
            *("/\t/evil.example", "\n//evil.example", " //evil.example", "http:evil", "///evil.example", "/\x00/", ""),
            *("/login", "/logout?x=1", "/login?next=/login", "http://[evil", "//[", "@evil.example", "/\r\nX: y"),
        ],
    )
    def test_to_no_other_site(self, app: Flask, address: str) -> None:
        answer = enter(app.test_client(), READER, PASSWORDS[READER], address)
        assert answer.headers["Location"] == "/"
        page = Page(app.test_client().get("/login", query_string={"next": address}).text)
        (wanted,) = page.all("input", name="next")
        assert wanted["value"] == "/"

    @pytest.mark.parametrize("address", ["/", "/search?q=月季&from=2022#hits", "/article/a//b", "/r/x?next=//evil"])
    def test_to_every_page_of_ours(self, app: Flask, address: str) -> None:
        with app.test_request_context("/"):
            assert own_path(address) == address


class TestOtherSites:
    def test_the_form_is_only_good_with_its_token(self, app: Flask) -> None:
        client = app.test_client()
        known = {"name": READER, "password": PASSWORDS[READER]}
        for sent in ({}, {"token": ""}, {"token": "x"}, {"token": token(app.test_client())}, {"token": "é"}):
            answer = client.post("/login", data={**known, **sent})
            assert answer.status_code == 400
            assert "再试一次" in Page(answer.text).text
        assert client.get("/", headers=BROWSER).status_code == 303

    def test_nobody_is_signed_out_by_another(self, app: Flask) -> None:
        client = signed_in(app, READER)
        for sent in ({}, {"token": "x"}):
            assert client.post("/logout", data=sent).status_code == 400
        assert client.get("/logout").status_code == 200  # a picture on another site asks for no more than that
        assert client.get("/").status_code == 200

    @pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
    def test_whatever_is_sent_must_come_from_here(self, app: Flask, headers: dict[str, str]) -> None:
        client = signed_in(app, EDITOR)
        fields = {"token": token(client, "/logout"), "q": "月季", "format": "csv"}
        posts = {rule.rule for rule in app.url_map.iter_rules() if "POST" in rule.methods}
        assert {"/login", "/logout", "/r", "/export", "/verify", "/list.json"} <= posts
        for address in posts:
            answer = client.post(address.replace("<name>", "x"), data=fields, headers=headers)
            assert answer.status_code == 403, address
        assert client.get("/").status_code == 200

    def test_the_tokens_page_is_neither_kept_nor_compressed(self, app: Flask) -> None:
        for client, address in ((app.test_client(), "/login?next=/" + "x" * 2000), (signed_in(app, READER), "/logout")):
            answer = client.get(address, headers={"Accept-Encoding": "gzip"})
            assert "Content-Encoding" not in answer.headers
            assert answer.cache_control.no_store


class TestEditorsRoom:
    def test_what_is_missing_and_who_may_come_in(self, app: Flask) -> None:
        client = signed_in(app, EDITOR)
        page = Page(client.get("/editor").text)
        assert "馆藏 64 篇" in page.text
        (undated,) = [link for link in page.links() if link.startswith(f"/search?date={quote('未注明')}")]
        assert "无题的短诗" in client.get(undated).text
        assert "lin 读者" in page.text
        assert f"{EDITOR} 编辑" in page.text
        assert "没有过" in page.text  # lin has never signed in
        assert "argon2" not in client.get("/editor").text

    def test_when_the_archive_was_looked_after(self, app: Flask) -> None:
        kept = audit_of("", app.config["AUDIT"])
        for problems in (3, 0):
            kept.write("check", by="baoku", problems=problems)
        text = Page(signed_in(app, EDITOR).get("/editor").text).text
        assert re.search(r"核对索引 \d{4}-\d\d-\d\d \d\d:\d\d baoku · 问题 0", text)
        assert "备份 没有记录" in text

    def test_the_log_is_filtered(self, app: Flask) -> None:
        kept = audit_of("", app.config["AUDIT"])
        kept.write("index", by="baoku", articles=64, rejected=1)
        kept.write("made up", by="<b>x</b>", rows=1)
        client = signed_in(app, EDITOR)

        def rows(**asked: str) -> int:
            return len(Page(client.get("/editor/audit", query_string=asked).text).all("tr")) - 1

        assert rows() == 3
        assert [rows(event=event) for event in ("index", "sign-in", "backup")] == [1, 1, -1]
        assert [rows(by=by) for by in ("baoku", EDITOR, "nobody")] == [1, 1, -1]
        assert [rows(day=day) for day in ("2", "1999")] == [3, -1]
        assert rows(event="index", by=EDITOR) == -1

    def test_long_logs_and_broken_lines_are_told(self, app: Flask) -> None:
        kept = audit_of("", app.config["AUDIT"])
        for number in range(205):
            kept.write("index", by="baoku", articles=number)
        with Path(app.config["AUDIT"]).open("a") as file:
            file.write("{broken\n[]\n")
        text = Page(signed_in(app, EDITOR).get("/editor/audit?event=index").text).text
        assert "还有 5 行" in text
        assert "有 2 行读不出" in text

    def test_a_log_that_cannot_be_read_is_told(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        client = signed_in(app, EDITOR)

        def refused(self: Path, *_: object) -> None:
            raise PermissionError(13, "no", str(self))

        monkeypatch.setattr(Path, "open", refused)
        answer = client.get("/editor/audit")
        assert answer.status_code == 500
        assert "审计记录读不了" in answer.text

    @pytest.mark.parametrize("evil", EVIL)
    def test_nothing_evil_comes_back(self, app: Flask, evil: str) -> None:
        client = signed_in(app, EDITOR)
        answer = client.get(
            "/editor/audit", query_string={name: evil.encode("utf-8", "replace") for name in ("event", "by", "day")}
        )
        assert answer.status_code in (200, 414)
        assert Active(answer.text).found == []
        Page(answer.text)


class TestEnglish:
    @pytest.mark.parametrize("path", ROOMS)
    def test_nothing_is_said_in_chinese(self, app: Flask, path: str) -> None:
        people.accounts_of(app).add(ENGLISH_READER, passwords.hashed("a third long secret"), True)
        kept = audit_of("", app.config["AUDIT"])
        kept.write("check", by="baoku", problems=0)
        kept.write("account changed", by="baoku", account="lin", change="password")
        client = app.test_client()
        if path != "/login":
            enter(client, ENGLISH_READER, "a third long secret")
        answer = client.get(f"{path}{'&' if '?' in path else '?'}lang=en")
        assert answer.status_code == 200
        strange = [text for text in Said(answer.text).texts if CHINESE.search(text) and text not in (EDITOR, "中文")]
        assert not strange
        links = Page(answer.text).all("a")
        assert all(
            "lang=en" in one["href"] for one in links if one["href"][0] == "/" and one.get("hreflang") != "zh-Hans"
        )

    @pytest.mark.parametrize("status", [400, 403, 429])
    def test_what_is_wrong_is_said_in_english(self, app: Flask, status: int) -> None:
        client = app.test_client()
        for _ in range(10 if status == 429 else 0):
            enter(client, READER, "wrong")
        fields = {"token": "" if status == 400 else token(client), "name": READER, "password": "wrong"}
        answer = client.post("/login?lang=en", data=fields)
        assert answer.status_code == status
        assert [text for text in Said(answer.text).texts if CHINESE.search(text)] == []
