"""Two versions of a story side by side, and what one completes in the other."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from search.archive import Archive
from search.article import Article, Completion, Source
from tests.webui.markup import Page
from webui.app import create_app

END = "灯下有人下棋，<b>围了一圈</b>。\n夜深才散。"
LEAD = Article(
    id="lead",
    source=Source("a.txt", ((1, 4),)),
    title="路灯亮了",
    body="巷子里的路灯昨晚亮了。\n老人都出来散步，",
    complete=False,
    completed_from=(Completion("rest", "end", 20, END, 23),),
)
REST = Article(
    id="rest",
    source=Source("b.txt", ((7, 9),)),
    body="巷子里的路打昨晚亮了,老人都出来散步," + END,
    duplicate_of="lead",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = tmp_path_factory.mktemp("versions") / "index"
    Archive.create(path).add([LEAD, REST, Article("other", Source("c.txt"), body="合唱队唱了一下午。")])
    return create_app({"INDEX": path}).test_client()


def get(client: FlaskClient, address: str, status: int = 200) -> Page:
    answer = client.get(address)
    assert answer.status_code == status
    return Page(answer.text)


def inside(html: str, tag: str) -> list[str]:
    return [piece.partition(f"</{tag}>")[0] for piece in html.split(f"<{tag}>")[1:]]


def test_an_article_links_to_the_comparison_with_each_version(client: FlaskClient) -> None:
    assert "/article/lead?compare=rest" in get(client, "/article/lead").links()
    assert "/article/rest?compare=lead" in get(client, "/article/rest").links()


def test_what_only_one_version_has_is_marked(client: FlaskClient) -> None:
    page = get(client, "/article/lead?compare=rest")
    assert "a.txt，第 1–4 行" in page.text
    assert "b.txt，第 7–9 行" in page.text
    text = client.get("/article/lead?compare=rest").text.partition('class="text difference"')[2]
    assert inside(text, "del") == ["路灯亮了\n", "灯"]
    assert inside(text, "ins") == ["打", "灯下有人下棋，&lt;b&gt;围了一圈&lt;/b&gt;。\n夜深才散。"]
    assert '<span class="slip"><del>灯</del><ins>打</ins></span>' in text


def test_the_sides_can_be_exchanged(client: FlaskClient) -> None:
    assert "/article/rest?compare=lead" in get(client, "/article/lead?compare=rest").links()


@pytest.mark.parametrize("other", ["other", "nobody", "lead%00"])
def test_only_versions_of_the_article_are_compared(client: FlaskClient, other: str) -> None:
    assert "404" in get(client, f"/article/lead?compare={other}", status=404).text


def test_a_completion_is_marked_line_by_line_and_its_origin_told(client: FlaskClient) -> None:
    page = get(client, "/article/lead")
    assert "补自另一版本：结尾据" in page.text
    assert "23 字相同" in page.text
    text = client.get("/article/lead").text
    assert '<p>老人都出来散步，<ins class="completed">灯下有人下棋，&lt;b&gt;围了一圈&lt;/b&gt;。</ins></p>' in text
    assert '<p><ins class="completed">夜深才散。</ins></p>' in text


def test_found_words_are_marked_beside_a_completion(client: FlaskClient) -> None:
    assert "<mark>散步</mark>" in client.get("/article/lead?q=散步").text
