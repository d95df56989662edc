"""What the login closes, for whom, and for how long; what others may keep of it; programs; the audit log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import itsdangerous.timed
import pytest
from flask import Flask

from tests.webui import people
from tests.webui.conftest import ARTICLES
from tests.webui.markup import Page
from tests.webui.people import BROWSER, EDITOR, KEY, PASSWORDS, READER, closed, enter, signed_in, token
from tests.webui.test_hostile import PLACES
from tests.webui.test_serving import Elsewhere
from webui.accounts import door, passwords
from webui.accounts.store import IDLE_SECONDS
from webui.admission import Gate
from webui.app import create_app
from webui.serving import Crowd
from webui.workers.worker import ACCOUNT, ERRAND

LOGGED_IN = {"/", "/search?q=月季", "/article/rose", "/search.json?q=月季", "/search.csv", "/api/v1/stats", "/streets"}
FREE = {"/login", "/healthz", "/readyz", "/metrics", "/favicon.ico"}


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", people.FAST)


@pytest.fixture
def app(index: Path, tmp_path: Path) -> Flask:
    """Nothing of it is answered without an account."""
    return closed(index, tmp_path)


@pytest.fixture
def half(index: Path, tmp_path: Path) -> Flask:
    """The archive is open, the editors' room is not."""
    (tmp_path / "half").mkdir()
    return closed(index, tmp_path / "half", "editors")


def every_address(app: Flask) -> list[str]:
    plain = [rule.rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in rule.methods]
    return sorted(
        {*plain, *PLACES, *LOGGED_IN, "/nowhere", "/sitemap-1.xml", "/article/rose.ris", "/api/v1/article/rose"}
    )


def lines(app: Flask) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(app.config["AUDIT"]).read_text("utf-8").splitlines()]


class TestWithoutAnAccount:
    def test_nothing_is_read(self, app: Flask) -> None:
        client = app.test_client()
        addresses = [address for address in every_address(app) if address not in FREE]
        assert len(addresses) > 40
        for address in addresses:
            for headers in (BROWSER, {}):
                answer = client.get(address, headers=headers)
                assert answer.status_code in (303, 401), address
                assert not any(article.body[:8] in answer.text for article in ARTICLES)
            assert client.head(address).status_code == 401

    def test_nothing_is_done(self, app: Flask) -> None:
        client = app.test_client()
        posts = [rule.rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
        assert len(posts) > 5
        for address in set(posts) - {"/login"}:
            answer = client.post(address.replace("<name>", "x"), data={"q": "月季"}, headers=BROWSER)
            assert (answer.status_code, answer.headers["Location"]) == (303, "/login"), address
            assert client.post(address.replace("<name>", "x")).status_code == 401

    def test_people_are_led_to_the_form_and_back(self, app: Flask) -> None:
        client = app.test_client()
        answer = client.get("/search?q=月季&lang=en", headers=BROWSER, follow_redirects=True)
        page = Page(answer.text)
        (wanted,) = page.all("input", name="next")
        assert unquote(wanted["value"]) == "/search?q=月季&lang=en"
        assert page.all("html", lang="en")
        done = enter(client, READER, PASSWORDS[READER], wanted["value"])
        assert (done.status_code, unquote(done.headers["Location"])) == (303, "/search?q=月季&lang=en")
        assert client.get(done.headers["Location"]).status_code == 200

    def test_the_form_shows_no_way_that_is_closed(self, app: Flask) -> None:
        page = Page(app.test_client().get("/login").text)
        assert {link.partition("?")[0] for link in page.links()} == {"#main", "/", "/login"}
        assert not page.all("input", name="q")

    def test_programs_are_told_how(self, app: Flask) -> None:
        answer = app.test_client().get("/api/v1/stats", headers=BROWSER)
        assert (answer.status_code, answer.json["status"], answer.json["ok"]) == (401, 401, False)
        assert answer.headers["WWW-Authenticate"].startswith('Basic realm="Baoku archive"')

    def test_no_window_pops_up_where_a_page_of_ours_asks(self, app: Flask) -> None:
        client = app.test_client()
        for headers in ({"Sec-Fetch-Mode": "cors"}, {"Referer": "http://localhost/search"}):
            answer = client.get("/suggest?q=月", headers=headers)
            assert (answer.status_code, answer.headers.get("WWW-Authenticate")) == (401, None)

    def test_what_watches_the_server_needs_none(self, app: Flask) -> None:
        client = app.test_client()
        for address in (*FREE, f"{app.static_url_path}/baoku.css"):
            assert client.get(address).status_code in (200, 302), address


class TestOnlyForEditors:
    def test_the_archive_is_open_and_the_room_is_not(self, half: Flask) -> None:
        client = half.test_client()
        for address in LOGGED_IN:
            assert client.get(address).status_code == 200
        for address in ("/editor", "/editor/audit"):
            assert client.get(address, headers=BROWSER).headers["Location"].startswith("/login?next=/editor")
            assert client.get(address).status_code == 401

    @pytest.mark.parametrize("login", ["all", "editors"])
    def test_a_reader_stays_outside(self, index: Path, tmp_path: Path, login: str) -> None:
        client = signed_in(closed(index, tmp_path, login), READER)
        for address in ("/editor", "/editor/audit"):
            answer = client.get(address)
            assert answer.status_code == 403
            assert "只给编辑" in Page(answer.text).text
            assert EDITOR not in answer.text
        assert "/editor" not in client.get("/").text

    def test_editors_find_their_way(self, half: Flask) -> None:
        (link,) = [link for link in Page(half.test_client().get("/").text).links() if link.startswith("/login")]
        assert link == "/login?next=/editor"
        client = signed_in(half, EDITOR)
        assert "/editor" in Page(client.get("/search?q=月季").text).links()
        assert client.get("/editor").status_code == 200


class TestWithoutALogin:
    def test_there_is_none(self, index: Path) -> None:
        client = create_app({"INDEX": index}).test_client()
        for address in ("/login", "/logout", "/editor", "/editor/audit"):
            assert client.get(address).status_code == 404
        assert {client.post(address).status_code for address in ("/login", "/logout")} == {404}
        assert "登录" not in client.get("/").text

    def test_nobody_is_written_down(self, index: Path, tmp_path: Path) -> None:
        client = create_app({"INDEX": index, "AUDIT": str(tmp_path / "audit")}).test_client()
        assert client.get("/search.csv").status_code == 200
        assert not (tmp_path / "audit").exists()

    def test_a_cookie_is_not_even_read(self, index: Path, tmp_path: Path) -> None:
        client = signed_in(closed(index, tmp_path), EDITOR)
        cookie = client.get_cookie("baoku")
        other = create_app({"INDEX": index, "SECRET_KEY": KEY, "ACCOUNTS": str(tmp_path / "accounts.sqlite")})
        client = other.test_client()
        client.set_cookie("baoku", cookie.value)
        answer = client.get("/")
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert EDITOR not in answer.text


class TestSessions:
    @pytest.mark.parametrize("how", ["password", "removed", "signed out", "another key", "idle"])
    def test_when_they_end(self, app: Flask, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
        client, accounts = signed_in(app, READER), people.accounts_of(app)
        stolen = client.get_cookie("baoku").value
        assert client.get("/").status_code == 200
        if how == "password":
            accounts.set_password(READER, passwords.hashed("a third long secret"))
        elif how == "removed":
            accounts.remove(READER)
            accounts.add(READER, passwords.hashed(PASSWORDS[READER]), False)  # who has the name now is someone else
        elif how == "signed out":
            assert client.post("/logout", data={"token": token(client, "/logout")}).status_code == 303
        elif how == "another key":
            app.secret_key = KEY[::-1]
        else:
            now = itsdangerous.timed.time.time()
            monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + IDLE_SECONDS + 2)
        for cookie in (client.get_cookie("baoku"), stolen):
            client.set_cookie("baoku", getattr(cookie, "value", cookie) or "")
            assert client.get("/", headers=BROWSER).status_code == 303

    def test_asking_keeps_them_open(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        client = signed_in(app, READER)
        now = itsdangerous.timed.time.time()
        for hours in (8, 16, 24):
            monkeypatch.setattr("itsdangerous.timed.time.time", lambda hours=hours: now + hours * 3600)
            assert client.get("/").status_code == 200

    def test_who_is_no_longer_an_editor_is_out_at_once(self, app: Flask) -> None:
        client = signed_in(app, EDITOR)
        assert client.get("/editor").status_code == 200
        people.accounts_of(app).set_editor(EDITOR, False)
        assert client.get("/editor").status_code == 403

    def test_nothing_of_the_session_before_remains(self, app: Flask) -> None:
        """Whoever has put their own cookie into a reader's browser knows nothing of the session that follows."""
        client = app.test_client()
        before = token(client)
        enter(client, READER, PASSWORDS[READER])
        assert token(client, "/logout") != before

    @pytest.mark.parametrize(
        ("config", "base", "secure"),
        [({}, "http://localhost", False), ({}, "https://localhost", True), ({"HSTS": 1000}, "http://localhost", True)],
    )
    def test_the_cookie_is_a_careful_one(
        self, index: Path, tmp_path: Path, config: dict[str, Any], base: str, secure: bool
    ) -> None:
        client = closed(index, tmp_path, **config).test_client()
        (field,) = Page(client.get("/login", base_url=base).text).all("input", name="token")
        client.set_cookie("baoku", client.get_cookie("baoku").value)
        fields = {"token": field["value"], "name": READER, "password": PASSWORDS[READER]}
        cookie = client.post("/login", data=fields, base_url=base).headers["Set-Cookie"]
        parts = cookie.split("; ")
        assert parts[0].startswith("baoku=")
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {*parts}
        assert ("Secure" in parts) == secure
        assert "Domain" not in cookie

    def test_a_forged_cookie_is_nobody(self, app: Flask) -> None:
        client = app.test_client()
        stamp = people.accounts_of(app).named(EDITOR).stamp
        for secret in ("guess" * 8, "baoku" * 8):
            other = Flask("other")
            other.secret_key = secret
            signer = other.session_interface.get_signing_serializer(other)
            client.set_cookie("baoku", signer.dumps({"_user_id": stamp, "session": "x"}))
            assert client.get("/", headers=BROWSER).status_code == 303


class TestKept:
    def test_nobody_between_may_keep_what_one_reader_was_answered(self, app: Flask, half: Flask) -> None:
        for client in (signed_in(app, READER), signed_in(half, EDITOR)):
            for address in (
                "/",
                "/search?q=月季",
                "/search.json",
                "/search.csv",
                "/api/v1/stats",
                "/nowhere",
                "/editor",
            ):
                answer = client.get(address)
                kept = answer.cache_control
                assert kept.private or kept.no_store, address
                assert "Cookie" in answer.vary
            answer = client.get(f"{app.static_url_path}/baoku.css")
            assert answer.cache_control.public
            assert "Set-Cookie" not in answer.headers

    def test_a_tag_is_good_for_its_reader_alone(self, half: Flask) -> None:
        reader, editor, stranger = signed_in(half, READER), signed_in(half, EDITOR), half.test_client()
        clients = {"reader": reader, "editor": editor, "stranger": stranger}
        tags = {name: client.get("/streets").headers["ETag"] for name, client in clients.items()}
        assert len(set(tags.values())) == 3
        for name, client in clients.items():
            for other, tag in tags.items():
                status = client.get("/streets", headers={"If-None-Match": tag}).status_code
                assert status == (304 if name == other else 200), (name, other)

    def test_a_tag_opens_no_closed_door(self, app: Flask) -> None:
        tag = signed_in(app, READER).get("/streets").headers["ETag"]
        answer = app.test_client().get("/streets", headers={"If-None-Match": tag, **BROWSER})
        assert answer.status_code == 303

    def test_a_changed_role_changes_the_page(self, half: Flask) -> None:
        client = signed_in(half, READER)
        tag = client.get("/streets").headers["ETag"]
        people.accounts_of(half).set_editor(READER, True)
        answer = client.get("/streets", headers={"If-None-Match": tag})
        assert "编辑室" in answer.text


class TestPrograms:
    def test_they_show_their_password(self, app: Flask) -> None:
        client = app.test_client()
        for address in ("/api/v1/search?q=月季", "/search.csv?q=月季", "/search.json"):
            answer = client.get(address, auth=(READER, PASSWORDS[READER]))
            assert answer.status_code == 200
            assert "Set-Cookie" not in answer.headers
        assert client.get("/api/v1/stats", auth=(READER, "wrong")).status_code == 401
        assert client.get("/api/v1/stats", auth=("nobody", "wrong")).status_code == 401
        assert client.get("/api/v1/stats", auth=(EDITOR, PASSWORDS[EDITOR])).status_code == 200

    def test_argon2_runs_once(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = []
        monkeypatch.setattr("webui.accounts.entrance.passwords.matches", lambda *_: asked.append(1) or True)
        client = app.test_client()
        assert {client.get("/api/v1/stats", auth=(READER, "x")).status_code for _ in range(5)} == {200}
        assert len(asked) == 1
        client.get("/api/v1/stats", auth=(READER, "y"))
        assert len(asked) == 2

    def test_another_password_counts_at_once(self, app: Flask) -> None:
        client, accounts = app.test_client(), people.accounts_of(app)
        shown = (READER, PASSWORDS[READER])
        assert client.get("/api/v1/stats", auth=shown).status_code == 200
        accounts.set_password(READER, passwords.hashed("a third long secret"))
        assert client.get("/api/v1/stats", auth=shown).status_code == 401
        assert client.get("/api/v1/stats", auth=(READER, "a third long secret")).status_code == 200
        accounts.remove(READER)
        assert client.get("/api/v1/stats", auth=(READER, "a third long secret")).status_code == 401

    def test_they_may_not_guess_for_long(self, app: Flask) -> None:
        client = app.test_client()
        statuses = [client.get("/api/v1/stats", auth=(READER, f"guess {number}")).status_code for number in range(12)]
        assert statuses == [401] * 10 + [429] * 2
        answer = client.get("/api/v1/stats", auth=(READER, PASSWORDS[READER]))
        assert (answer.status_code, answer.json["status"]) == (429, 429)

    @pytest.mark.parametrize("shown", ["Basic", "Basic !!!", "Basic bGlu", "Bearer x", "Basic " + "A" * 9000, "\u00e9"])
    def test_what_cannot_be_read_is_nobody(self, app: Flask, shown: str) -> None:
        answer = app.test_client().get("/api/v1/stats", headers={"Authorization": shown})
        assert answer.status_code == 401


class TestWorkers:
    """The front looks at cookies and passwords; a worker is told who asks, and looks at nothing else."""

    def test_the_front_says_who_asks(self, index: Path, tmp_path: Path) -> None:
        elsewhere = Elsewhere()
        app = closed(index, tmp_path, CROWD=Crowd(Gate(9, 1), Gate(9, 1), elsewhere))  # type: ignore[arg-type]
        stamp = people.accounts_of(app).named(READER).stamp
        assert app.test_client().get("/streets", headers={"baoku.account": stamp, **BROWSER}).status_code == 303
        assert elsewhere.told == []
        client = signed_in(app, READER)
        assert client.get("/streets", buffered=True).text == "by a worker"
        app.test_client().get("/streets", auth=(READER, PASSWORDS[READER]), buffered=True)
        assert [told[ACCOUNT] for told in elsewhere.told] == [stamp, stamp]

    def test_a_worker_believes_the_front_alone(self, app: Flask) -> None:
        reader, stamp = signed_in(app, READER), people.accounts_of(app).named(READER).stamp
        before = len(lines(app))
        shown = {"auth": (READER, PASSWORDS[READER]), "headers": BROWSER}
        answer = app.test_client().get("/streets", environ_overrides={ERRAND: True, ACCOUNT: stamp}, **shown)
        assert READER in answer.text
        assert "Set-Cookie" not in answer.headers
        for client in (reader, app.test_client()):
            for said in ("", "made up"):
                answer = client.get("/streets", environ_overrides={ERRAND: True, ACCOUNT: said}, **shown)
                assert answer.status_code == 303
        assert len(lines(app)) == before


class TestAudit:
    def test_who_came_and_left_and_what_they_took(self, app: Flask) -> None:
        client = app.test_client()
        enter(client, READER, "wrong wrong wrong")
        enter(client, "hunter2hunter2", "lin")  # the fields exchanged by mistake
        enter(client, READER, PASSWORDS[READER])
        client.get("/search.csv?q=月季")
        client.get("/export?q=月季&format=ris&street=柳荫街道")
        client.head("/export?q=月季&format=ris")
        client.get("/api/v1/export?q=月季&format=jsonl")
        client.post("/logout", data={"token": token(client, "/logout")})
        found = lines(app)
        shown = [tuple(line.get(key) for key in ("event", "by", "format", "rows", "address")) for line in found]
        assert shown == [
            ("sign-in refused", READER, None, None, "127.0.0.1"),
            ("sign-in refused", None, None, None, "127.0.0.1"),
            ("sign-in", READER, None, None, "127.0.0.1"),
            ("list taken", READER, "csv", 2, None),
            ("list taken", READER, "ris", 2, None),
            ("list taken", READER, "jsonl", 2, None),
            ("sign-out", READER, None, None, None),
        ]
        assert all(len(line["request"]) == 16 and line["time"].endswith("+08:00") for line in found)

    def test_what_was_searched_for_and_every_secret_is_in_no_line(self, app: Flask) -> None:
        client = signed_in(app, EDITOR)
        client.get("/search.csv?q=月季&street=柳荫街道")
        client.get("/api/v1/export?q=月季", auth=(READER, PASSWORDS[READER]))
        written = Path(app.config["AUDIT"]).read_text("utf-8")
        assert "list taken" in written
        for secret in ("月季", "柳荫", *PASSWORDS.values(), KEY, people.accounts_of(app).named(EDITOR).stamp):
            assert secret not in written

    def test_no_secret_is_in_the_programs_own_log(self, app: Flask, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level("DEBUG")
        client = signed_in(app, READER)
        enter(app.test_client(), READER, "a wrong password")
        client.get("/api/v1/stats", auth=(EDITOR, PASSWORDS[EDITOR]))
        written = caplog.text + "".join(str(getattr(record, "answer", "")) for record in caplog.records)
        assert "/login" in written
        for secret in (*PASSWORDS.values(), "a wrong password", KEY, READER, client.get_cookie("baoku").value):
            assert secret not in written

    @pytest.mark.parametrize("place", ["/dev/full", "/nowhere/at/all", "/"])
    def test_a_full_disk_stops_nothing(self, index: Path, tmp_path: Path, place: str) -> None:
        client = signed_in(closed(index, tmp_path, AUDIT=place), EDITOR)
        assert client.get("/search.csv").status_code == 200
        assert client.post("/logout", data={"token": token(client, "/logout")}).status_code == 303

    def test_nothing_is_written_where_it_is_off(self, index: Path, tmp_path: Path) -> None:
        client = signed_in(closed(index, tmp_path, AUDIT="off"), EDITOR)
        assert client.get("/editor").status_code == 200
        assert "不记审计记录" in client.get("/editor/audit").text
        assert not (tmp_path / "audit.jsonl").exists()


class TestSecret:
    @pytest.mark.parametrize("login", ["all", "editors"])
    @pytest.mark.parametrize("secret", ["", "x" * 31])
    def test_a_login_needs_a_key(self, index: Path, login: str, secret: str) -> None:
        with pytest.raises(door.SecretMissing, match="secret"):
            create_app({"INDEX": index, "LOGIN": login, "SECRET_KEY": secret})

    def test_without_a_login_one_is_made_up(self, index: Path) -> None:
        first, second = (create_app({"INDEX": index}).secret_key for _ in range(2))
        assert len(first) >= 32
        assert first != second

    def test_how_to_make_one_is_told(self) -> None:
        with pytest.raises(door.SecretMissing, match=r"token_hex\(32\)"):
            door.check_secret("", needed=True)


@pytest.mark.parametrize("content", [b"no database at all" * 100, b""])
def test_accounts_that_cannot_be_read_are_told_in_words(index: Path, tmp_path: Path, content: bytes) -> None:
    app = closed(index, tmp_path)
    client = signed_in(app, READER)
    Path(app.config["ACCOUNTS"]).write_bytes(content)
    answer = client.get("/streets")
    assert answer.status_code == 503
    assert "账号的文件" in Page(answer.text).text
    assert str(tmp_path) not in answer.text
