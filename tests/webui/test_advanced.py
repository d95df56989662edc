"""The advanced form: what it offers, and where it leads."""

from __future__ import annotations

from flask.testing import FlaskClient


def test_the_form_offers_what_the_archive_holds(client: FlaskClient) -> None:
    page = client.get("/advanced").text
    assert '<option value="柳荫街道">柳荫街道' in page
    assert "高级检索" in client.get("/").text


def test_a_filled_form_leads_to_a_search_that_can_be_edited(client: FlaskClient) -> None:
    answer = client.get(
        "/advanced", query_string={"exact": "月季", "street": "柳荫街道", "any": ""}, follow_redirects=True
    )
    assert answer.request.path == "/search"
    assert answer.request.args["q"] == '"月季" street:柳荫街道'
    assert "小巷里的<mark>月季</mark>花开了" in answer.text


def test_too_much_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.get("/advanced", query_string={"all": "月" * 2000})
    assert answer.status_code == 400
    assert "太长" in answer.text
