"""Citing an article: the box on its page, the files, and what the page tells programs."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient

from search.archive import Archive
from search.article import Article, Source
from tests.webui.conftest import BRIDGE
from tests.webui.markup import Page
from webui import metadata
from webui.app import create_app

ROSE_URL = "http://localhost/article/rose"


def get(client: FlaskClient, address: str, status: int = 200) -> Page:
    answer = client.get(address)
    assert answer.status_code == status
    return Page(answer.text)


def tags(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in page.all("meta"):
        found.setdefault(meta.get("name", ""), []).append(meta.get("content", ""))
    return found


def test_the_box_has_every_style_and_the_permanent_address(client: FlaskClient) -> None:
    page = get(client, "/article/rose?q=月季")
    assert "林小禾, 高山. 小巷里的月季花开了[N]. 晨光报, 2022-05-22(3)." in page.text
    assert "林小禾，高山. 小巷里的月季花开了[N]. 晨光报，2022-05-22（3）." in page.text
    assert "林小禾, & 高山. (2022, May 22). 小巷里的月季花开了. 晨光报, 3." in page.text
    assert page.all("link", rel="canonical", href=ROSE_URL)
    assert page.all("a", class_="permalink copied", href=ROSE_URL)
    assert "还缺" not in page.text


def test_what_the_archive_does_not_know_is_said(client: FlaskClient) -> None:
    assert "还缺报纸名、版次、确切日期" in get(client, "/article/bridge").text


@pytest.mark.parametrize(
    ("form", "media_type", "begins"),
    [
        ("ris", "application/x-research-info-systems", "TY  - NEWS\r\n"),
        ("bib", "application/x-bibtex", "@article{baoku:rose,\n"),
        ("csl.json", "application/vnd.citationstyles.csl+json", "[\n"),
    ],
)
def test_the_files(client: FlaskClient, form: str, media_type: str, begins: str) -> None:
    assert get(client, "/article/rose").all("link", rel="alternate", type=media_type, href=f"/article/rose.{form}")
    answer = client.get(f"/article/rose.{form}")
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=baoku-rose.{form}"
    assert answer.data.decode("utf-8").startswith(begins)
    assert ROSE_URL in answer.text


def test_a_file_of_no_article_is_not_found(client: FlaskClient) -> None:
    get(client, "/article/nothing.ris", 404)
    answer = client.get("/article/nothing.csl.json")
    assert (answer.status_code, answer.json["ok"]) == (404, False)
    get(client, "/article/rose.pdf", 404)


def test_an_id_may_look_like_a_file_or_a_path(tmp_path: Path) -> None:
    odd = Article('2022/05 "x".ris', Source("x.txt"), title="雪", body="雪停了。")
    Archive.create(tmp_path / "index").add([odd])
    client = create_app({"INDEX": tmp_path / "index"}).test_client()
    page = get(client, "/article/2022/05%20%22x%22.ris")
    (address,) = [link["href"] for link in page.all("a") if link["href"].endswith(".ris.bib")]
    answer = client.get(address)
    assert answer.headers["Content-Disposition"] == "attachment; filename=baoku-2022-05--x--ris.bib"


def test_zotero_is_told_of_a_newspaper_article(client: FlaskClient) -> None:
    page = get(client, "/article/rose")
    (span,) = page.all("span", class_="Z3988")
    assert parse_qs(span["title"]) == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"],
        "rft.type": ["newspaperArticle"],
        "rft.title": ["小巷里的月季花开了"],
        "rft.source": ["晨光报"],
        "rft.date": ["2022-05-22"],
        "rft.pages": ["3"],
        "rft.language": ["zh-CN"],
        "rft.identifier": [ROSE_URL],
        "rft.creator": ["林小禾", "高山"],
        "rft.subject": ["城市管理与创城", "民生服务", "柳荫街道"],
    }
    named = tags(page)
    assert named["z:itemType"] == ["newspaperArticle"]
    assert named["prism.publicationName"] == ["晨光报"]
    assert named["prism.startingPage"] == named["citation_firstpage"] == ["3"]
    assert named["DC.creator"] == named["citation_author"] == ["林小禾", "高山"]
    assert named["DC.date"] == named["citation_publication_date"] == ["2022-05-22"]
    assert named["article:section"] == ["街巷新语"]
    assert "citation_journal_title" not in named


def test_schema_org(client: FlaskClient) -> None:
    (linked,) = get(client, "/article/rose").linked
    assert linked["@type"] == "NewsArticle"
    assert linked["headline"] == "小巷里的月季花开了"
    assert [person["name"] for person in linked["author"]] == ["林小禾", "高山"]
    assert (linked["datePublished"], linked["printPage"]) == ("2022-05-22", "3")
    assert linked["isPartOf"]["isPartOf"] == {"@type": "Newspaper", "name": "晨光报"}
    assert [place["name"] for place in linked["contentLocation"]] == ["柳荫街道", "槐树社区"]


def test_an_inferred_date_is_no_date_of_publication(client: FlaskClient) -> None:
    page = get(client, "/article/bridge")
    assert "datePublished" not in page.linked[0]
    assert tags(page)["DC.date"] == ["2022-05-22/2022-06-03"]
    assert tags(page)["citation_publication_date"] == ["2022"]


def test_nothing_printed_ends_the_block_of_data(client: FlaskClient) -> None:
    block = client.get("/article/bridge").text.partition('<script type="application/ld+json">')[2]
    block = block.partition("</script>")[0]
    assert "<" not in block
    assert json.loads(block)["headline"] == BRIDGE.title


def test_metadata_of_a_story_without_anything() -> None:
    told = metadata.of(Article("x", Source("x.txt"), body="一"), "http://x")
    assert all(content for _, content in told.tags)
    assert "isPartOf" not in told.linked
    assert "author" not in told.linked


def test_names_in_the_byline_lead_to_everything_by_them(client: FlaskClient) -> None:
    text = client.get("/article/rose?q=记者").text
    byline = text.partition('class="byline">')[2].partition("</p>")[0]
    assert byline.startswith('本报<mark>记者</mark> <a href="/search?reporter=')
    assert '>林小禾</a> 通讯员 <a href="/search?q=' in byline
    assert Page(text).links().count("/search?reporter=%E6%9E%97%E5%B0%8F%E7%A6%BE") == 2


@pytest.mark.parametrize("known", [{"沈砚": "沈 砚"}, {}], ids=["as it is known to be printed", "with blanks only"])
def test_a_name_printed_otherwise_is_linked_where_it_stands(tmp_path: Path, known: dict[str, str]) -> None:
    spaced = Article(
        "x",
        Source("x.txt"),
        body="雪停了。",
        byline="本报记者 沈 砚 沈砚秋 <b>",
        reporters=("沈砚", "沈砚秋"),
        names_printed=known,
    )
    Archive.create(tmp_path / "index").add([spaced])
    text = create_app({"INDEX": tmp_path / "index"}).test_client().get("/article/x").text
    byline = text.partition('class="byline">')[2].partition("</p>")[0]
    assert byline.count("<a ") == 2
    assert ">沈 砚</a>" in byline
    assert ">沈砚秋</a> &lt;b&gt;" in byline


def test_a_byline_without_known_names_is_as_printed(tmp_path: Path) -> None:
    Archive.create(tmp_path / "index").add([Article("x", Source("x.txt"), body="雪停了。", byline="本报讯")])
    text = create_app({"INDEX": tmp_path / "index"}).test_client().get("/article/x").text
    assert '<p class="byline">本报讯</p>' in text
