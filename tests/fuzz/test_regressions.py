"""What fuzzing has found, each as a test of its own; the inputs are made anew here, as small as they can be."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from flask import Flask
from flask_login.utils import encode_cookie

from indexer.describe.reference import Reference
from indexer.layout import lay_out
from indexer.layout_rules import LayoutRules
from indexer.page import Page
from indexer.segment import segment
from indexer.sources.manifest import Manifest
from indexer.strands import Weights
from search.archive import Archive
from search.article import from_record
from search.engine.arrayfile import _TAIL, ArrayFile
from search.errors import ArticleInvalid, BaokuError, IndexUnreadable
from search.export import EXPORTS
from search.export.form import Wanted
from search.export.verify import verify_file
from search.forms.synonyms import read_synonyms
from search.gazetteer import gazetteer
from search.imported import items
from search.query.parse import parse
from search.query.tree import And, Words
from search.receipt import issue, write
from search.receipt.asked import from_json
from search.request import SearchRequest
from search.settings import Settings
from tests.fuzz import seeds, texts
from tests.fuzz.mutate import _with_directory
from tests.webui import people
from tests.webui.people import BROWSER, EDITOR, FAST, PASSWORDS, READER, signed_in
from webui.accounts import passwords
from webui.accounts.door import Sessions
from webui.accounts.store import AccountsUnavailable
from webui.app import create_app
from webui.shortlinks import LinksUnavailable, ShortLinks

DEEP = "a = " + "[" * 2000


# Queries


def test_two_days_that_are_none_are_read_word_by_word() -> None:
    """They were one word with a blank in it, which no canonical form can say."""
    query = parse("日期:202015 ..2022-01")
    assert isinstance(query.tree, And)
    assert [part.text for part in query.tree.parts if isinstance(part, Words)] == ["202015", "2022-01"]
    assert parse(query.canonical).tree == query.tree


@pytest.mark.parametrize("typed", ["日期:2021-05.. AND 2021", "-日期:2021.. AND 今天", "(日期:2021.. AND 3) OR 4"])
def test_a_number_behind_an_open_period_is_no_end_of_it(typed: str) -> None:
    query = parse(typed)
    assert parse(query.canonical).tree == query.tree


@pytest.mark.parametrize("typed", ["水泊寺~3…", "水泊寺的事~2。?", "水泊寺~1~2!", "水泊寺~~"])
def test_what_signs_have_hidden_is_no_mark_for_misreadings(typed: str) -> None:
    query = parse(typed)
    assert parse(query.canonical).tree == query.tree


@pytest.mark.parametrize("typed", ["(a|b) c NEAR/9 (d e)", "x NEAR/9 (d x)", "a NEAR/9 (b (c d)) NEAR/9 e"])
def test_where_nothing_can_be_near_all_must_be_there_without_a_conjunction_in_another(typed: str) -> None:
    query = parse(typed)
    assert parse(query.canonical).tree == query.tree


# Pages


def test_a_hundred_scraps_are_put_together_in_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run of doubtful paragraphs was weighed as a whole, which a page of 3 KB made take a quarter of a minute."""
    weighed = 0
    real = Weights._weigh

    def counted(self: Weights, own: tuple[int, ...]) -> float:
        nonlocal weighed
        weighed += len(own)
        return real(self, own)

    monkeypatch.setattr(Weights, "_weigh", counted)
    lines = ["① 带好证件", "（上接第一版）合唱队在排练厅唱了一下午。", *["“他说：‘来得及。’”", "——编者按"] * 100]
    page = Page("03.txt", lines)
    segment(page, lay_out(page, LayoutRules.load()))
    assert weighed < 200_000


# Manifests


def test_a_year_beyond_all_numbers_is_a_bad_date(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text(f"file,date\n01.txt,{'9' * 20}-1-1\n", "utf-8")
    with pytest.raises(BaokuError, match="第 2 行的日期"):
        Manifest.load(tmp_path / "manifest.csv")


# Settings and reference lists


@pytest.mark.parametrize("name", ["gazetteer.toml", "layout.toml", "reporters.toml", "synonyms.toml", "baoku.toml"])
def test_brackets_without_end_are_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for other, text in texts.DATA_FILES.items():
        (tmp_path / other).write_text(text, "utf-8")
    (tmp_path / name).write_text(DEEP, "utf-8")
    monkeypatch.setenv("BAOKU_DATA", str(tmp_path))
    readers = {
        "gazetteer.toml": gazetteer,
        "layout.toml": LayoutRules.load,
        "reporters.toml": Reference.load,
        "synonyms.toml": read_synonyms,
        "baoku.toml": lambda: Settings.load(tmp_path, {}),
    }
    with pytest.raises(BaokuError, match=f"{name}.*套得太深"):
        readers[name]()


@pytest.mark.parametrize(
    "line",
    ["street = 1", "street = [1]", 'former = ""', "[[street]]\nname = 1", '[[street]]\nname = "东街"\nsince = 2021'],
)
def test_a_street_of_another_type_is_told(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The web pages read the gazetteer by themselves."""
    (tmp_path / "gazetteer.toml").write_text(line, "utf-8")
    monkeypatch.setenv("BAOKU_DATA", str(tmp_path))
    with pytest.raises(BaokuError, match="应"):
        gazetteer()


@pytest.mark.parametrize("value", ["inf", "nan", "1e300"])
@pytest.mark.parametrize(("name", "key"), [("topics.toml", "max_count"), ("events.toml", "at_least")])
def test_numbers_without_end_are_told(name: str, key: str, value: str, tmp_path: Path) -> None:
    for other, text in texts.DATA_FILES.items():
        (tmp_path / other).write_text(text, "utf-8")
    wrong = re.sub(f"{key} = .*", f"{key} = {value}", texts.DATA_FILES[name])
    (tmp_path / name).write_text(wrong, "utf-8")
    with pytest.raises(BaokuError, match=f"{key} 应为大于 0 的数"):
        Reference.load(tmp_path)


# Lists


def test_a_place_beyond_all_rows_takes_no_time_and_no_memory() -> None:
    """One row that called itself the 999,999,999,999th had all those before it counted."""
    verdict = verify_file(BytesIO(b'{"id":"a","row":"999999999999 of 999999999999","seal":"s0000000000000000"}\n'))
    assert any("999999999998" in finding for finding in verdict.findings)


def test_gaps_are_told_as_before() -> None:
    rows = b"".join(b'{"id":"a%d","row":"%d of 9","seal":"s0000000000000000"}\n' % (at, at) for at in (2, 3, 6, 8))
    told = [finding for finding in verify_file(BytesIO(rows)).findings if finding.startswith("少了")]
    assert told == ["少了第 1 行", "少了第 4 至 5 行", "少了第 7 行"]


@pytest.mark.parametrize(
    "text",
    [
        f"[1] x\n{'-' * 20}\nbaoku rows={'9' * 5000} sha256={'0' * 64}\n",
        f"[1] x\n{'-' * 20}\nbaoku rows=1 sha256={'0' * 64}\n{'9' * 5000} a s0123456789abcdef\n",
        f"[{'9' * 5000}] x\n{'-' * 20}\nbaoku rows=1 sha256={'0' * 64}\n",
    ],
)
def test_numbers_with_more_digits_than_python_reads(text: str) -> None:
    assert verify_file(BytesIO(text.encode())).state == "cut off"


@pytest.mark.parametrize("line", ['{"id":"zz","title":[1,{"a":2}]}', '{"id":"a01","link":"x","title":[1],"date":[]}'])
def test_records_whose_values_are_of_any_type(line: str, tmp_path: Path) -> None:
    stored = seeds.archive(tmp_path)
    assert len([*items(stored, BytesIO(line.encode()))]) == 1


def packed_again(data: bytes, name: str, old: bytes, new: bytes) -> BytesIO:
    """A ZIP file in one member of which something is replaced."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as packed, zipfile.ZipFile(made, "w") as changed:
        for member in packed.namelist():
            content = packed.read(member)
            if member == name:
                assert old in content
                content = content.replace(old, new, 1)
            changed.writestr(member, content)
    return made


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="2"', b'<row r="999999999999"'),
        (b'<c r="A2"', b'<c r="XFD2"'),
        (b"<sheetPr>", b'<dimension ref="A1:XFD1048576"/><sheetPr>'),
    ],
)
def test_a_sheet_is_no_larger_than_sheets_are(old: bytes, new: bytes, tmp_path: Path) -> None:
    """openpyxl makes up all rows and cells before the ones that there are."""
    listed = seeds.archive(tmp_path).listed(SearchRequest("月季"))
    sheet = "xl/worksheets/sheet1.xml"
    book = packed_again(b"".join(EXPORTS["xlsx"].write(listed, Wanted(str))), sheet, old, new)
    begun = process_time()
    assert verify_file(book).rows <= listed.total
    assert process_time() - begun < 30


def test_a_zip_file_whose_names_are_no_text(tmp_path: Path) -> None:
    data = bytearray(b"".join(EXPORTS["bundle"].write(seeds.archive(tmp_path).listed(SearchRequest()), Wanted(str))))
    directory = data.index(b"PK\x01\x02")
    data[directory + 9] |= 8  # which says that names are in UTF-8
    data[directory + 46] = 0xFF
    assert verify_file(BytesIO(data)).state == "cut off"


def test_a_filter_without_values_is_none() -> None:
    """A receipt that had one was another receipt after it was written."""
    asked = {"q": "灯", "street": [], "sort": "relevance", "versions": "one", "drop": []}
    assert from_json(asked) == SearchRequest("灯")


# Ready articles


@pytest.mark.parametrize("number", [-1, 2**60, 2**70])
def test_a_line_number_is_one(number: int) -> None:
    """Beyond 64 bits it came out of a list as a power of ten."""
    with pytest.raises(ArticleInvalid, match="spans"):
        from_record({"id": "a", "title": "题", "body": "文", "source": {"file": "a", "spans": [[1, number]]}})


# Files of the index


def test_a_segment_that_says_it_has_other_documents(tmp_path: Path) -> None:
    """Its checksums right: what it said was taken for the size of everything, two gigabytes of it."""
    seeds.archive(tmp_path)
    path = max((tmp_path / "index").glob("*.seg"))
    whole = path.read_bytes()
    start, length, _, _ = _TAIL.unpack(whole[-_TAIL.size :])
    directory = json.loads(whole[start : start + length])
    directory["meta"]["documents"] += 2**31
    path.write_bytes(_with_directory(whole[:start], directory))
    with pytest.raises(IndexUnreadable, match="与篇数不符"):
        Archive.open(tmp_path / "index")


def test_lists_are_read_from_damaged_files_in_words(tmp_path: Path) -> None:
    """Ids are read when a list is written, after the search; damage to them came out as it was."""
    seeds.archive(tmp_path)
    for path in (tmp_path / "index").glob("*.seg"):
        data = bytearray(path.read_bytes())
        data[ArrayFile(path).start("id")] = 0xFF
        path.write_bytes(data)
    stored = Archive.open(tmp_path / "index")
    listed = stored.listed(SearchRequest())
    with pytest.raises(IndexUnreadable):
        _ = listed.ids


# Addresses


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("archive")
    seeds.archive(folder)
    return create_app({"INDEX": folder / "index", "TESTING": True, "RATE": 0, "EXPORTS": 0})


@pytest.mark.parametrize("query", ["q=\xe7", "q=\xd4\xc2\xbc\xbe&lang=\xff", "\x80", "next=\xe7"])
@pytest.mark.parametrize("place", ["/search", "/search.json", "/api/v1/timeline", "/nowhere"])
def test_bytes_that_no_server_should_let_in(app: Flask, place: str, query: str) -> None:
    """Not percent-encoded and no UTF-8; some servers pass them on."""
    answer = app.test_client().get(place, environ_overrides={"QUERY_STRING": query})
    assert answer.status_code == (404 if place == "/nowhere" else 200)


@pytest.mark.parametrize(
    "half", [{"software": "\ud800"}, {"request": SearchRequest("\ud800")}, {"ids": ("\udfff",), "digests": ("\ud800",)}]
)
def test_half_a_surrogate_pair_in_a_receipt(app: Flask, half: dict[str, Any]) -> None:
    """A receipt may hold it, a page may not."""
    made = replace(issue(Archive.open(app.config["INDEX"]).listed(SearchRequest("没有这个词"))), **half)
    answer = app.test_client().post("/verify", data={"file": (BytesIO(write(made).encode()), "x.receipt.json")})
    assert answer.status_code == 200
    assert "按凭证再检索" in answer.text


def test_half_a_surrogate_pair_in_a_list(app: Flask) -> None:
    line = b'{"id":"zz\\ud800","title":"\\udfff"}\n'
    for address in ("/verify", "/list.json"):
        assert app.test_client().post(address, data={"file": (BytesIO(line), "x.jsonl")}).status_code == 200


# Accounts


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Nothing of it is answered without an account."""
    monkeypatch.setattr(passwords, "HASHER", FAST)
    seeds.archive(tmp_path)
    return people.closed(tmp_path / "index", tmp_path)


def test_where_there_is_no_session_no_token_is_right(closed: Flask) -> None:
    """ "-" was: whoever had no session yet could be signed in by a form of another site, but for the header Origin."""
    fields = {"token": "-", "name": READER, "password": PASSWORDS[READER]}
    assert closed.test_client().post("/login", data=fields).status_code == 400
    client = signed_in(closed, READER)
    assert client.post("/logout", data={"token": "-"}).status_code == 400
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("shown", ["Basic \xe9", "Basic bGlu\xff", "\xff", "Digest \xe9=\xe9"])
def test_a_password_shown_in_bytes_that_are_no_ascii_is_none(closed: Flask, shown: str) -> None:
    answer = closed.test_client().get("/api/v1/stats", environ_overrides={"HTTP_AUTHORIZATION": shown})
    assert answer.status_code == 401


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("name", ["remember_token=", "", "="])
def test_a_second_cookie_is_not_even_read(closed: Flask, name: str, signed: bool) -> None:
    """Flask-Login has one by which it remembers people; ours gives none, and stumbled over those of strangers."""
    client = closed.test_client(use_cookies=False)
    stamp = people.accounts_of(closed).named(READER).stamp
    with closed.app_context():
        cookie = encode_cookie(stamp) if signed else f"{stamp}|é".encode().decode("latin-1")
    said = {"HTTP_COOKIE": f"{name}{cookie}"}
    assert client.get("/", headers=BROWSER, environ_overrides=said).status_code == 303


@pytest.mark.parametrize(
    "said", [None, 5, [1], "ab", {"_user_id": 2**70}, {"_user_id": ["x"]}, {"_user_id": "\ud800"}, {"token": "\ud800"}]
)
def test_a_cookie_of_which_only_the_key_is_ours(closed: Flask, said: object) -> None:
    client = closed.test_client()
    client.set_cookie("baoku", Sessions().get_signing_serializer(closed).dumps(said))
    assert client.get("/", headers=BROWSER).status_code == 303
    assert client.post("/login", data={"token": "x"}).status_code == 400


def test_what_is_signed_but_no_session(closed: Flask) -> None:
    signed = Sessions().get_signing_serializer(closed).make_signer().sign(b".eJwDAAAAAAE").decode()
    assert closed.test_client().get("/", headers={**BROWSER, "Cookie": f"baoku={signed}"}).status_code == 303


# Accounts and short links as a disk gives them back


@pytest.mark.parametrize(
    "damage",
    [
        *("UPDATE accounts SET made = x'00'", "UPDATE accounts SET name = x'ff'", "UPDATE accounts SET editor = 'x'"),
        *("ALTER TABLE accounts DROP COLUMN seen", "DROP TABLE accounts"),
    ],
)
def test_damaged_accounts_are_told(closed: Flask, damage: str) -> None:
    kept = people.accounts_of(closed)
    with closing(sqlite3.connect(kept.path)) as file, file:
        file.execute("DELETE FROM accounts WHERE name != ?", (READER,))
        file.execute(damage)
    with pytest.raises(AccountsUnavailable, match="账号的文件"):
        kept.all()


def test_a_damaged_hash_is_nobodys(closed: Flask) -> None:
    people.accounts_of(closed).set_password(READER, passwords.hashed(PASSWORDS[READER]).replace("=", "é"))
    assert people.enter(closed.test_client(), READER, PASSWORDS[READER]).status_code == 403
    assert people.enter(closed.test_client(), EDITOR, PASSWORDS[EDITOR]).status_code == 303


def test_the_name_of_a_damaged_table_is_no_text(closed: Flask, tmp_path: Path) -> None:
    """SQLite names it where it says what is wrong; Python cannot read that."""
    kept = people.accounts_of(closed)
    spoilt = kept.path.read_bytes().replace(b"sqlite_autoindex_ended_1", b"sqlite_au\xd8oindex_ended_1")
    kept.path.write_bytes(spoilt)
    with pytest.raises(AccountsUnavailable):
        kept.all()
    (tmp_path / "links").write_bytes(spoilt)
    with pytest.raises(LinksUnavailable):
        ShortLinks(tmp_path / "links").find("x")


@pytest.mark.parametrize("value", ["1", "0.5", "NULL", "'x'", "x'00'"])
def test_a_short_link_to_something_else_is_told(tmp_path: Path, value: str) -> None:
    with closing(sqlite3.connect(tmp_path / "links")) as file, file:
        file.execute("CREATE TABLE links (name TEXT PRIMARY KEY, receipt BLOB)")
        file.execute(f"INSERT INTO links VALUES ('x', {value})")
    with pytest.raises(LinksUnavailable, match="短链接的文件"):
        ShortLinks(tmp_path / "links").find("x")
