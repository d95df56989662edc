"""Hostile addresses at every door: words, quickly, and nothing of what was sent comes back as markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from time import process_time
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webui.params import NAMES

SECONDS = 1.0
"""For any address, of the processor's time: how busy the machine is does not matter."""
EVIL = (
    *('"><script>boom()</script>', "'><img src=x onerror=boom()>", "</title><svg onload=boom()>", "javascript:boom()"),
    *("{{ 7*7 }}", "{% raw %}", "\r\nSet-Cookie: boom=1", "\x00\x1b[31m", "‮boom", "%00%0d%0a", "../../../etc/passwd"),
    *("\ud800", "９" * 20, "１" * 5000, "(" * 3000, "*" * 3000, "-" * 3000, "月" * 9000, "a:" * 500, '"' * 999),
)
OTHERS = (
    "next",
    "id",
    "form",
    "term",
    "by",
    "lang",
    "view",
    "compare",
    "format",
    "text",
    "all",
    "near",
    "exact",
    "limit",
)
EVERY = sorted({*NAMES, *OTHERS})
PLACES = (
    "/",
    "/article/rose",
    "/dates/2022",
    "/street/柳荫街道",
    "/reporter/林小禾",
    "/topic/教育",
    "/r/none",
    "/r/none.json",
    "/export/none",
    "/export/none/file",
)


def doors(app: Flask) -> list[str]:
    """Every address that takes no part of the path, and one of each that does."""
    plain = [rule.rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in rule.methods]
    return sorted({*plain, *PLACES} - {"/healthz", "/readyz", "/metrics"})


class Active(HTMLParser):
    """What a browser would run or follow into foreign places."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = {name: value or "" for name, value in attrs}
        self.found += [f"{tag} {name}" for name in kept if name.startswith("on")]
        self.found += [
            value for value in (kept.get("href", ""), kept.get("src", "")) if value.startswith("javascript:")
        ]
        inside = kept.get("src", "").startswith("/static/") or kept.get("type", "").endswith("json")
        self.found += [tag] if tag == "script" and not inside else []
        self.found += [tag] if tag in ("iframe", "object", "embed", "base") else []


def ask(client: FlaskClient, address: str) -> None:
    """One question; whatever comes, it comes soon, in words and inert."""
    begun = process_time()
    answer = client.get(address)
    body = answer.get_data(as_text=True)
    assert process_time() - begun < SECONDS, address[:200]
    assert answer.status_code in (200, 302, 308, 400, 404, 414), (answer.status_code, address[:200])
    assert "Traceback" not in body
    assert "Set-Cookie" not in answer.headers
    if answer.mimetype == "text/html":
        assert Active(body).found == [], address[:200]
    else:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.fixture(scope="module")
def every_door(app: Flask) -> list[str]:
    client = app.test_client()
    client.get("/suggest?q=a")
    client.get("/statistics")
    return doors(app)


@pytest.mark.parametrize("evil", EVIL, ids=range(len(EVIL)))
def test_evil_words_in_every_parameter_of_every_door(client: FlaskClient, every_door: list[str], evil: str) -> None:
    value = quote(evil.encode("utf-8", "surrogatepass")[:9000])
    state = "&".join(f"{name}={value}" for name in EVERY)[:32_000].rpartition("&")[0]
    for door in every_door:
        ask(client, f"{door}?{state or f'q={value[:30_000]}'}")


@pytest.mark.parametrize("evil", EVIL[:11], ids=range(11))
@pytest.mark.parametrize(
    "place", ["/article/", "/dates/", "/street/", "/reporter/", "/topic/", "/r/", "/export/", "/static/", "/nowhere/"]
)
def test_evil_words_in_the_path(client: FlaskClient, place: str, evil: str) -> None:
    ask(client, place + quote(evil, safe=""))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_parameters_at_any_door(client: FlaskClient, every_door: list[str], data: st.DataObject) -> None:
    door = data.draw(st.sampled_from(every_door))
    value = st.sampled_from(EVIL).map(lambda evil: evil[:300]) | st.text(max_size=30)
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(EVERY), value), max_size=8))
    ask(client, f"{door}?" + "&".join(f"{name}={quote(text.encode('utf-8', 'surrogatepass'))}" for name, text in pairs))


def test_the_longest_addresses(client: FlaskClient, every_door: list[str]) -> None:
    for door in every_door:
        assert client.get(f"{door}?q={'x' * 40_000}").status_code == 414
    for place in ("/article/", "/street/", "/reporter/", "/dates/", "/nowhere/"):
        address = place + quote("街") * 10_000
        assert client.get(address).status_code == 414
        ask(client, address)


def test_the_icon_is_there(client: FlaskClient) -> None:
    page = client.get("/").text
    (icon,) = re.findall(r'<link rel="icon" type="image/svg\+xml" href="([^"]+)">', page)
    assert client.get(icon).mimetype == "image/svg+xml"
    assert client.get("/favicon.ico").headers["Location"] == icon
