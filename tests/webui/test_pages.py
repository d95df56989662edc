"""The pages for people: whole, labelled, and saying what the archive knows."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from search.archive import Archive
from search.article import Article, Source
from search.labels import value_label
from search.request import SearchRequest
from tests.webui.conftest import day
from tests.webui.markup import Page
from webui import params, view
from webui.app import create_app

ADDRESSES = [
    "/",
    "/search",
    "/search?q=月季",
    '/search?q="石桥修了"&street=石桥街道&date=2022&sort=oldest&versions=all',
    "/search?date=2022&date=2022-05&not_topic=教育&not_section=街巷新语&from=2021&to=2022-05&per_page=10&page=2",
    '/search?q=<script>\'"%26%00&street="><b>&reporter=%ff',
    "/search?kind=feature&section=街巷新语",
    "/search?q=月季&date=2022&freq=relative",
    "/search?q=绝无此词&street=东篱街道&topic=教育",
    "/article/rose?q=月季&street=柳荫街道",
    "/article/bridge",
    "/article/poem",
]


def get(client: FlaskClient, address: str, status: int = 200) -> Page:
    answer = client.get(address)
    assert answer.status_code == status
    return Page(answer.text)


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_are_well_formed_and_labelled(client: FlaskClient, address: str) -> None:
    page = get(client, address)
    assert page.all("html", lang="zh-Hans")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_of_a_page_can_be_followed(client: FlaskClient, address: str) -> None:
    inner = {link for link in get(client, address).links() if link.startswith("/")}
    assert inner
    assert {link: client.get(link).status_code for link in inner} == dict.fromkeys(inner, 200)


def test_the_start_page_tells_what_is_held(client: FlaskClient) -> None:
    page = get(client, "/?unknown=1")
    assert "63 篇报道（64 个版本）" in page.text
    assert "2021-01-04 至 2022-10-15" in page.text
    assert "1 篇日期未注明" in page.text
    assert "柳荫街道 2" in page.text


def test_the_start_page_with_parameters_is_a_search(client: FlaskClient) -> None:
    assert "找到 2 篇" in get(client, "/?q=月季").text
    assert "找到 63 篇" in get(client, "/?q=").text


def test_a_hit_shows_what_is_known_of_the_story(client: FlaskClient) -> None:
    text = get(client, "/search?q=月季花开").text
    assert "理解为" in text
    for fact in (
        *("街巷新语", "柳荫街道办好事", "三十户居民合力改造旧花坛", "2022-05-22", "晨光报 第 3 版", "记者 林小禾"),
        *("街道 柳荫街道", "主题 城市管理与创城 民生服务", "本文有 2 个版本"),
    ):
        assert fact in text


def test_doubtful_dates_and_torn_stories_are_marked(client: FlaskClient) -> None:
    text = get(client, "/search?street=石桥街道").text
    assert "2022-05-22 至 2022-06-03（推定）" in text
    assert "残缺" in text
    assert "日期未注明" in get(client, "/search?q=短诗").text


def test_printed_markup_is_shown_and_not_run(client: FlaskClient) -> None:
    for address in ("/search?q=石桥", "/article/bridge?q=石桥"):
        page = get(client, address)
        assert "<script>alert(1)</script>" in page.text
        assert all("src" in script or script["type"] == "application/ld+json" for script in page.all("script"))
        assert not page.all("b")
        assert page.all("mark")


def test_counts_stand_in_the_labels_of_native_checkboxes(client: FlaskClient) -> None:
    page = get(client, "/search?street=柳荫街道")
    checked = [box for box in page.all("input", type="checkbox", form="search") if "checked" in box]
    assert [(box["name"], box["value"]) for box in checked] == [("street", "柳荫街道")]
    assert "街道 已选 1" in page.text
    assert page.all("button", form="search", type="submit")


def test_months_appear_under_a_chosen_year_and_take_its_place(client: FlaskClient) -> None:
    assert not get(client, "/search?q=实事").all("a", class_="narrow")
    links = [link["href"] for link in get(client, "/search?q=实事&date=2022").all("a", class_="narrow")]
    narrow = [link for link in links if "date=2022-05" in link]
    assert len(narrow) == 1
    assert parse_qs(urlsplit(narrow[0]).query) == {"q": ["实事"], "date": ["2022-05"]}
    months = get(client, narrow[0]).all("input", name="date")
    assert [box["value"] for box in months if "checked" in box] == ["2022-05"]


def test_every_count_is_the_number_of_hits_behind_it(client: FlaskClient) -> None:
    asked = SearchRequest(query="居民", only={"date": ("2022",)}, without={"topic": ("教育",)})
    for facet, values in client.get(f"/search.json?{params.query_string(asked)}").json["facets"].items():
        without = {name: chosen for name, chosen in asked.without.items() if name != facet}
        for value in values:
            alone = replace(asked, only={**asked.only, facet: (value["value"],)}, without=without)
            assert client.get(f"/search.json?{params.query_string(alone)}").json["total"] == value["count"], value


def test_pages_and_counts_call_a_value_the_same(client: FlaskClient) -> None:
    facets = client.get("/search.json").json["facets"]
    assert {(name, value["value"]): value["label"] for name, values in facets.items() for value in values} == {
        (name, value["value"]): value_label(name, value["value"]) for name, values in facets.items() for value in values
    }


def test_long_facets_are_folded(client: FlaskClient) -> None:
    assert "更多（" in get(client, "/search").text


def test_filters_can_be_taken_back_one_by_one(client: FlaskClient) -> None:
    page = get(client, "/search?q=居民&street=东篱街道&not_topic=教育&from=2021-05&versions=all")
    chips = {
        link["aria-label"]: link["href"] for link in page.all("a") if link.get("aria-label", "").startswith("去掉筛选")
    }
    assert list(chips) == [
        "去掉筛选 街道 东篱街道",
        "去掉筛选 排除：主题 教育",
        "去掉筛选 2021-05-01 起",
        "去掉筛选 各版本分别列出",
    ]
    assert "street=" not in chips["去掉筛选 街道 东篱街道"]
    assert "not_topic=" in chips["去掉筛选 街道 东篱街道"]
    assert "清除全部筛选" in page.text


def test_each_part_of_the_query_can_be_taken_back(client: FlaskClient) -> None:
    page = get(client, '/search?q="居民" (社区 OR 街道) -公告&street=东篱街道&page=2')
    parts = {
        link["aria-label"].removeprefix("去掉条件 "): parse_qs(urlsplit(link["href"]).query)
        for link in page.all("a")
        if link.get("aria-label", "").startswith("去掉条件")
    }
    assert parts == {
        "逐字包含「居民」": {"q": ["(社区 OR 街道) -公告"], "street": ["东篱街道"]},
        "包含「社区」，或包含「街道」": {"q": ['"居民" -公告'], "street": ["东篱街道"]},
        "不包含「公告」": {"q": ['"居民" (社区 OR 街道)'], "street": ["东篱街道"]},
    }
    assert "理解为 逐字包含「居民」 × 且 包含「社区」，或包含「街道」 × 且" in page.text
    assert "理解为 全部文章" in get(client, "/search?street=东篱街道").text


def test_the_form_carries_what_it_has_no_control_for(client: FlaskClient) -> None:
    page = get(client, "/search?q=居民&not_topic=教育&per_page=50&page=2")
    hidden = [(field["name"], field["value"]) for field in page.all("input", type="hidden")]
    assert hidden == [("not_topic", "教育"), ("per_page", "50")]


def test_a_chosen_value_without_hits_can_still_be_unticked(client: FlaskClient) -> None:
    page = get(client, "/search?q=月季&street=无人街道&date=1950-01")
    ticked = [box["value"] for box in page.all("input", type="checkbox") if "checked" in box]
    assert {"无人街道", "1950-01"} <= set(ticked)


def test_nothing_found_offers_a_way_out(client: FlaskClient) -> None:
    page = get(client, "/search?q=月季&street=东篱街道&topic=教育")
    assert "没有找到" in page.text
    assert "去掉“街道 东篱街道”再找" in page.text
    assert "/search?q=%E6%9C%88%E5%AD%A3" in page.links()


def test_nothing_found_is_explained(client: FlaskClient) -> None:
    page = get(client, "/search?q=月季 <b>绝无此词</b>&street=柳荫街道")
    assert "为什么" in page.text
    assert "一篇也没有" in page.text
    assert "依次加上后" in page.text
    assert not page.all("b", string="绝无此词")
    page = get(client, "/search?q=月季&from=2031-01")
    assert "最近的在 2022-06-03" in page.text
    assert "/search?q=%E6%9C%88%E5%AD%A3&from=2022-06-03" in page.links()


def test_the_story_line_is_shown_with_the_article_in_it(client: FlaskClient) -> None:
    page = get(client, "/article/n000")
    assert "来龙去脉" in page.text
    assert len(page.all("li", **{"aria-current": "true"})) == 1
    assert "来龙去脉" not in get(client, "/article/poem").text


def test_an_article_can_be_read_when_there_is_no_time_to_look_around_it(index: Path) -> None:
    app = create_app({"INDEX": index})
    app.extensions["baoku"].archive().budget = -1
    page = get(app.test_client(), "/article/n001")
    assert "来龙去脉" not in page.text
    assert "实事落地" in page.text


def test_pages_are_turned(client: FlaskClient) -> None:
    page = get(client, "/search?q=实事&per_page=10&page=3")
    assert page.all("a", rel="prev")[0]["href"].endswith("page=2&per_page=10")
    assert page.all("a", rel="next")[0]["href"].endswith("page=4&per_page=10")
    assert page.all("ol", start="21")
    assert len(page.all("article")) == 10
    assert not get(client, "/search?q=实事&per_page=10&page=6").all("a", rel="next")


@pytest.mark.parametrize(
    ("address", "note"),
    [
        ("/search?page=abc", "不是整数"),
        ("/search?page=-1", "第 1 页"),
        (f"/search?page={10**9}", "显示的是末页（第 4 页）"),
        ("/search?sort=xx", "sort 的值“xx”不可用"),
        ("/search?per_page=300", "已按 100 篇显示"),
    ],
)
def test_mended_values_are_told(client: FlaskClient, address: str, note: str) -> None:
    page = get(client, address)
    assert note in page.text
    assert "找到 63 篇" in page.text


def test_the_same_search_in_other_formats(client: FlaskClient) -> None:
    page = get(client, "/search?q=月季&street=柳荫街道&page=1")
    alternate = {link["type"]: link["href"] for link in page.all("link", rel="alternate") if "type" in link}
    assert set(alternate) == {"application/atom+xml", "application/json", "text/csv"}
    assert set(alternate.values()) <= set(page.links())
    assert client.get(alternate["application/json"]).json["total"] == 2


def test_an_article_is_shown_whole(client: FlaskClient) -> None:
    page = get(client, "/article/rose?q=月季&street=柳荫街道")
    for fact in (
        *("街巷新语", "柳荫街道办好事", "三十户居民合力改造旧花坛", "本报记者 林小禾 通讯员 高山", "槐树社区"),
        *(
            "图片说明",
            "地点依据 柳荫街道的旧花坛",
            "第 3–18 行、第 40–52 行",
            "据报头",
            "http://localhost/article/rose",
        ),
    ):
        assert fact in page.text
    assert page.all("mark")
    assert "/article/rose-b" in page.links()
    assert any(link.startswith("/search?q=") and "street=" in link for link in page.links())
    assert page.all("link", rel="canonical", href="http://localhost/article/rose")
    assert not get(client, "/article/rose").all("mark")


def test_an_article_is_marked_with_what_was_looked_for_besides(client: FlaskClient) -> None:
    assert "<mark>月季开满</mark>" in client.get("/article/rose?q=且季开满~").text
    assert "<mark>" not in client.get("/article/rose?q=且季开满~&drop=月季开满").text


def test_an_inferred_date_shows_the_words_it_rests_on(client: FlaskClient) -> None:
    assert "推定依据 版面上的“小满第二天”“6月3日”" in get(client, "/article/bridge").text
    assert "推定依据" not in get(client, "/article/rose").text


def test_a_torn_article_says_so(client: FlaskClient) -> None:
    assert "本文在原版面上被截断，文字不全" in get(client, "/article/bridge").text
    assert "文字不全" not in get(client, "/article/rose").text


def test_an_article_is_shown_whatever_its_address_says_of_the_search(client: FlaskClient) -> None:
    assert "月季" in get(client, "/article/rose?from=nonsense&q=" + "(" * 3000).text


def test_an_unknown_article_is_told_in_words(client: FlaskClient) -> None:
    page = get(client, "/article/nobody", status=404)
    assert "没有这一页" in page.text
    assert page.all("input", name="q")


def test_an_empty_archive_has_a_start_page(tmp_path: Path) -> None:
    Archive.create(tmp_path / "empty")
    client = create_app({"INDEX": tmp_path / "empty", "TESTING": True}).test_client()
    assert "库中还没有文章" in get(client, "/").text
    assert "没有找到" in get(client, "/search").text


def test_people_of_an_article_link_to_it(people: FlaskClient) -> None:
    page = get(people, "/article/column")
    record = [link for link in page.links() if link.startswith("/search?")]
    found = {
        name: [
            people.get(link.replace("/search?", "/search.json?")).json["total"]
            for link in record
            if quote(name) in link
        ]
        for name in ("白鹿", "青山", "墨存", "老井社区")
    }
    assert found == {"白鹿": [1], "青山": [1], "墨存": [1], "老井社区": [1]}
    assert quote("新井社区") not in " ".join(record)
    assert "新井社区" in page.text


def test_authors_stand_on_the_card_of_a_hit(people: FlaskClient) -> None:
    assert "作者 墨存" in get(people, "/search?q=白鹿").text


@pytest.fixture
def people(tmp_path: Path) -> FlaskClient:
    """An archive of one article whose byline does not name its people."""
    column = Article(
        id="column",
        source=Source("c.txt"),
        title="井边",
        body="老井社区的井又出水了。",
        photographers=("白鹿",),
        correspondents=("青山",),
        authors=("墨存",),
        communities=("老井社区", "新井社区"),
    )
    Archive.create(tmp_path / "index").add([column])
    return create_app({"INDEX": tmp_path / "index", "TESTING": True}).test_client()


def test_a_page_has_a_bounded_number_of_values_of_a_facet(tmp_path: Path) -> None:
    people = [
        Article(id=f"p{number}", source=Source("p.txt"), title="报道", body="正文。", reporters=(f"记者{number:03}号",))
        for number in range(view.MOST_LISTED + 30)
    ]
    Archive.create(tmp_path / "index").add(people)
    client = create_app({"INDEX": tmp_path / "index", "TESTING": True}).test_client()
    page = Page(client.get("/search?reporter=记者125号&not_reporter=记者127号").text)
    offered = {box["value"] for box in page.all("input", name="reporter", type="checkbox")}
    assert view.MOST_LISTED < len(offered) <= view.MOST_LISTED + 2
    assert "记者125号" in offered
    assert "取消排除 记者127号" in {link.get("aria-label") for link in page.all("a")}
    assert "个没有列出" in page.text


def test_a_value_is_excluded_by_a_button_of_the_form(client: FlaskClient) -> None:
    page = Page(client.get("/search?street=柳荫街道").text)
    buttons = page.all("button", name="not_street", form="search")
    offered = page.all("input", name="street", type="checkbox")
    assert {button["value"] for button in buttons} == {box["value"] for box in offered} - {"柳荫街道"}
    assert "排除 东篱街道" in {button["aria-label"] for button in buttons}


def test_many_names_are_folded(tmp_path: Path) -> None:
    names = tuple(f"第{number}街道" for number in range(18))
    named = [
        Article(id=one, source=Source("s.txt"), title=one, body="正文。", streets=some)
        for one, some in (("many", names), ("few", names[:6]))
    ]
    Archive.create(tmp_path / "index").add(named)
    client = create_app({"INDEX": tmp_path / "index", "TESTING": True}).test_client()
    for address in ("/search?q=many", "/article/many"):
        page = client.get(address).text
        (shown,) = (part for part in page.split("<details")[1:] if "等 18 个" in part)
        assert "第3街道" not in shown.partition("</details>")[0]
        assert all(f">{name}</a>" in page for name in names)
    assert "等 6 个" not in client.get("/search?q=few").text
    asked_for = client.get("/search?q=many&street=第17街道").text
    assert asked_for.index(">第17街道</a>") < asked_for.index(">第0街道</a>")


def test_each_facet_is_one_jump_away(client: FlaskClient) -> None:
    page = Page(client.get("/search").text)
    jumps = [link for link in page.links() if link.startswith(("#facet-", "#folded-"))]
    assert jumps == [f"#facet-{name}" for name in ("date", "street", "reporter", "topic")] + [
        "#folded-kind",
        "#folded-section",
    ]
    places = {found.get("id") for tag in ("fieldset", "details") for found in page.all(tag)}
    assert {jump[1:] for jump in jumps} <= places


def test_the_search_page_is_light(client: FlaskClient) -> None:
    """Of 120 kB, not compressed, the hits and facets of a big archive want more than half."""
    text = client.get("/search").text
    sheets = [link["href"] for link in Page(text).all("link", rel="stylesheet")]
    scripts, found = [tag["src"] for tag in Page(text).all("script") if "src" in tag], set()
    while scripts:
        script = scripts.pop()
        found.add(script)
        imported = re.findall(r'from "\./([\w-]+\.js)"', client.get(script).text)
        scripts += [place for name in imported if (place := f"{script.rpartition('/')[0]}/{name}") not in found]
    assert sheets
    assert len(found) > 5
    assert sum(len(client.get(address).data) for address in (*sheets, *found)) < 48_000


def test_of_many_years_the_newest_are_seen_at_once(tmp_path: Path) -> None:
    dated = [
        Article(id=f"y{year}", source=Source("y.txt"), title="报道", body="正文。", date=day(f"{year}-05-01"))
        for year in range(2009, 2023)
    ]
    undated = Article(id="undated", source=Source("y.txt"), title="报道", body="正文。")
    Archive.create(tmp_path / "index").add([*dated, undated, replace(undated, id="another")])
    client = create_app({"INDEX": tmp_path / "index", "TESTING": True}).test_client()
    text = client.get("/search").text
    offered = [box["value"] for box in Page(text).all("input", name="date", type="checkbox")]
    assert offered == [*map(str, range(2014, 2023)), "未注明", *map(str, range(2009, 2014))]
    assert "更早（5）" in text
    assert [bar["width"] for bar in Page(text).all("svg", class_="share")] == ["100.0%"] * 14
