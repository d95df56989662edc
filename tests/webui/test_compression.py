"""Answers are compressed for those who can read it, and nothing is lost on the way."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from webui.compression import gzipped, register

GZIP = {"Accept-Encoding": "gzip"}
ADDRESSES = ("/", "/search?q=月季", "/search.json?q=月季", "/search.csv", "/search.atom", "/article/rose", "/nowhere")


def plain(body: bytes) -> bytes:
    return gzip.decompress(body)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_same_answer_in_fewer_bytes(client: FlaskClient, address: str) -> None:
    packed, full = client.get(address, headers=GZIP), client.get(address)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in full.headers
    assert "Accept-Encoding" in packed.vary
    assert "Accept-Encoding" in full.vary
    assert len(packed.data) < len(full.data)
    if "took" not in full.text:
        assert plain(packed.data) == full.data


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "*", "deflate, br;q=0.5"])
def test_nobody_gets_what_he_cannot_read(client: FlaskClient, accepted: str) -> None:
    assert "Content-Encoding" not in client.get("/search", headers={"Accept-Encoding": accepted}).headers


def test_static_files_are_compressed_and_whole(client: FlaskClient, app: Flask) -> None:
    with app.test_request_context():
        address = f"{app.static_url_path}/baoku.css"
    assert plain(client.get(address, headers=GZIP).data) == client.get(address).data


def test_head_says_what_get_says(client: FlaskClient) -> None:
    answer = client.head("/search.csv", headers=GZIP)
    assert (answer.headers["Content-Encoding"], answer.data) == ("gzip", b"")


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_pieces_come_out_as_they_went_in(pieces: list[bytes]) -> None:
    assert plain(b"".join(gzipped(pieces))) == b"".join(pieces)


def test_the_first_rows_arrive_before_the_last_are_made() -> None:
    def rows() -> Iterator[bytes]:
        yield b"first row\r\n"
        raise AssertionError("asked for more than the first row")

    begun = next(iter(gzipped(rows())))
    assert zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(begun) == b"first row\r\n"


def test_a_stream_is_closed_when_the_reader_leaves() -> None:
    closed = []

    class Rows:
        def __iter__(self) -> Iterator[str]:
            return iter(["row\r\n"] * 3)

        def close(self) -> None:
            closed.append(True)

    app = Flask(__name__)
    app.add_url_rule("/rows", view_func=lambda: Response(Rows(), mimetype="text/csv"))
    register(app)
    app.test_client().get("/rows", headers=GZIP).close()
    assert closed


@pytest.mark.parametrize(("media_type", "size"), [("image/png", 5000), ("application/zip", 5000), ("text/plain", 50)])
def test_what_gains_nothing_is_left_alone(media_type: str, size: int) -> None:
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: Response(b"a" * size, mimetype=media_type))
    register(app)
    assert "Content-Encoding" not in app.test_client().get("/", headers=GZIP).headers
