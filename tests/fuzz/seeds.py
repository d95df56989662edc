"""What the inputs are made from: a small invented paper, its archive, its pages, lists and settings."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from search.archive import Archive
from search.article import UNDATED, Article, PublicationDate, Source, to_record
from search.days import CHINA
from search.export import EXPORTS
from search.export.form import Wanted
from search.receipt import issue, write
from search.receipt.record import Exported
from search.request import SearchRequest

_STREETS = ("柳荫街道", "石桥街道", "北关街道")
_PEOPLE = ("林小禾", "周一川", "沈砚")
_SENTENCES = (
    "小巷里的月季花开了，街坊们搬着凳子来看。",
    "社区食堂今天开张，老人们排队尝鲜。",
    "维修队连着干了三天，把旧线全部换成了新线。",
    "合唱队在排练厅唱了一下午，嗓子哑了也舍不得走。",
    "ABC 书屋每天开放１２小时，读者说：“来得及看完一章。”",
    "图书角添了三百本新书，孩子们……一本也不肯放下。",
    "扫雪队五点钟就出了门，路口堆起一人多高的雪堆。",
    "夜市的灯一直亮到十点，面摊前排着长队。",
)
_TITLES = (
    "月季花开",
    "=1+1",
    "第二篇“引号”",
    "<b>路灯</b>亮了",
    "ER  - 假的结尾",
    "表情🀄️与𠮷野",
    "[2] 假的编号",
    "食堂\u2028开张",
)


def articles(count: int = 24) -> Iterator[Article]:
    """Articles a00, a01, ...: of every kind of date, with and without everything that may be missing."""
    for number in range(count):
        chance = random.Random(number)
        body = "\n".join(chance.sample(_SENTENCES, 3))
        yield Article(
            id=f"a{number:02}",
            source=Source(f"{number % 4:02}.txt", ((number + 1, number + 9),), ("3", "A7", None)[number % 3], "晨光报"),
            title=_TITLES[number % len(_TITLES)],
            kicker="街坊新事" if number % 4 == 0 else None,
            section=("街巷新语", None)[number % 2],
            byline=f"本报记者 {_PEOPLE[number % 3]}",
            reporters=(_PEOPLE[number % 3],) if number % 5 else (),
            kind=("news", "feature", "notice")[number % 3],
            body=body,
            captions=("图为灯会现场",) if number % 6 == 0 else (),
            date=_date(number),
            streets=tuple(chance.sample(_STREETS, number % 3)),
            topics=("教育",) if number % 2 else ("民生服务", "文化旅游"),
            duplicate_of=f"a{number - 1:02}" if number % 8 == 5 else None,
            complete=number % 7 != 0,
        )


def _date(number: int) -> PublicationDate:
    if number % 6 == 0:
        return UNDATED
    start = date(2021, 1, 1) + timedelta(days=37 * number)
    return PublicationDate(
        start, start + timedelta(days=40 * (number % 7 == 0)), ("masthead", "inferred")[number % 7 == 0]
    )


def archive(folder: Path) -> Archive:
    """The articles stored, in two segments, with a deleted document."""
    made = Archive.create(folder / "index")
    every = list(articles())
    made.add([*every[:14], replace(every[20], body="还没有写完")])
    made.add(every[14:])
    return made


def lists(stored: Archive) -> list[bytes]:
    """An exported list in every form, with and without hits."""
    wanted = Wanted(
        lambda identity: f"http://localhost/article/{identity}", made=datetime(2026, 11, 26, 8, tzinfo=CHINA)
    )
    some = (stored.listed(SearchRequest(query)) for query in ("社区", "没有这个词"))
    return [b"".join(form.write(listed, wanted)) for listed in some for form in EXPORTS.values()]


def receipts(stored: Archive) -> list[bytes]:
    """Receipts of a search, and of a file that it was exported to."""
    requests = (
        SearchRequest("社区 OR 月季", only={"street": ("柳荫街道",)}, first_day=date(2021, 2, 1)),
        SearchRequest(""),
    )
    files = (None, Exported("名单.csv", 24, "0" * 64))
    return [write(issue(stored.listed(one), file)).encode() for one, file in zip(requests, files, strict=True)]


QUERIES = tuple(
    query.encode()
    for query in (
        *(
            "",
            "社区食堂",
            '"月季花开"',
            "“街坊们”~",
            "月季 OR 食堂",
            "(书屋 | 夜市) -雪",
            "街* 灯?",
            "灯 NEAR/5 长队",
            "NOT 雪",
        ),
        *(
            "街道:柳荫街道 记者:林小禾",
            "日期:2021-05..2022-01",
            "日期:2021",
            "title:月季",
            "正文:“凳子”",
            "栏目:街巷新语 版:3",
        ),
        *("主题:未注明", "((a|b) c) -(d e)", "ABC 书屋", "１２小时", "日期:..2022 类别:news", "新线 与 旧线 非 灯"),
    )
)
QUERY_WORDS = (
    *(
        "(",
        ")",
        "（",
        "）",
        '"',
        "“",
        "”",
        "「",
        "」",
        "'",
        "*",
        "?",
        "？",
        "~",
        "|",
        "-",
        "－",
        ":",
        "：",
        "..",
        "未注明",
        " ",
    ),
    *(
        " AND ",
        " OR ",
        " NOT ",
        " NEAR/",
        " NEAR/5 ",
        " 与 ",
        " 或 ",
        " 非 ",
        "title:",
        "正文：",
        "记者:",
        "日期:",
        "date:",
        "版:",
    ),
    *(
        "社区",
        "月季",
        "街坊",
        "2021-05",
        "2021",
        "99",
        "\u3000",
        "\ud800",
        "🀄️",
        "ABC",
        "１２",
        "…",
        "\u200b",
        "e\u0301",
    ),
)
PAGES = tuple(
    page.encode()
    for page in (
        "晨光报 2022年5月22日 星期日 第3版\n\n小巷里的月季花开了\n本报记者 林小禾\n本报讯（记者 林小禾）柳荫街道的旧花坛荒了多年。\n"
        "如今月季开满小巷，红的黄的都有。\n\n路灯亮了\n周一川\n院子里新装的路灯昨晚亮了，下班回家的人再也不用摸黑走路。\n"
        "图为新装的路灯。周一川 摄\n责任编辑 沈砚 电话 2345678\n",
        "平城新语\n社区食堂开张\n社区食堂今天开张，老人们排\n队尝鲜。师傅天不亮就开始揉\n面，烤炉一开，整条街都闻得\n到麦香。（陈听雨）\n\n停水通知\n"
        "因更换旧线，七月二十一日停水。\n老城供水公司\n2023年7月21日\n",
        "① 带好证件\n② 排队等候\n（下转第五版）\n（上接第一版）合唱队在排练厅唱了一下午，嗓子哑了也舍不得走。\n\n“他说：‘来得及。’”\n——编者按\n",
    )
)
PAGE_WORDS = (
    *(
        "\n",
        "\n\n",
        "\r\n",
        "。",
        "，",
        "“",
        "”",
        "（",
        "）",
        "：",
        "——",
        "本报讯",
        "本报记者 ",
        "通讯员 ",
        "摄",
        "图为",
        "编者按",
    ),
    *(
        "2022年5月22日",
        "第3版",
        "责任编辑",
        "平城新语",
        "柳荫街道",
        "石桥社区",
        "公告",
        "①",
        "（下转第五版）",
        "\u3000\u3000",
        " " * 30,
    ),
    *(
        "院子里新装的路灯昨晚亮了下班回家",
        "\x0c",
        "\t",
        "\0",
        "\u2028",
        "\ufeff",
        "\ud800",
        "𠮷",
        "一二三四五六七八九十" * 20,
    ),
)
READY = tuple(
    "\n".join(json.dumps(to_record(one), ensure_ascii=False) for one in articles(n)).encode() for n in (1, 3)
) + (
    '{"id":"x1","title":"题","text":"正文","author":"甲","date":"2022-05-22"}\n{"id":"x2","body":"只有正文","reporters":["乙"]}\n'.encode(),
)
MANIFESTS = (
    "file,date,page_no,page_name,newspaper\n01.txt,2022-05-22,3,要闻,晨光报\nb/02.txt,2022/5/23,A7,,\n".encode(),
    b'"file";"date"\n"01.txt";"2022.5.22"\n',
    b'FILE,page_no\n"01\n.txt","3"\n',
)
SETTINGS = (
    b'index = "var/index"\nhost = "127.0.0.1"\nport = 8000\nthreads = 4\nlanguage = "en"\nlog = "json"\nrate = 600\nhsts = 0\n',
    b"# nothing\n",
)
GAZETTEER = """district = "晨光区"
since = 2018-02-09
home = ["晨光"]
neighbours = ["东城区"]
elsewhere = ["北京"]
not_places = ["某街道"]
ordinary = ["古城街道"]
lookalikes = ["柳抑"]
[[street]]
name = "柳荫街道"
code = "140213001"
since = 2021-03-02
misprints = ["柳阴"]
communities = ["槐树社区"]
villages = ["柳村"]
former_communities = ["旧社区"]
landmarks = ["小公园"]
[[former]]
names = ["柳荫乡"]
until = 2021-03-02
street = "柳荫街道"
[unplaced]
communities = ["石桥社区"]
[community_forms]
"石乔社区" = "石桥社区"
"""
REPORTERS = """different = [["林小禾", "林小和"]]
[reporters]
"林小禾" = ["林小木"]
"曹雨桐" = { variants = ["曹雨同"], from = "2019", to = "2021-05", desk = "社区" }
[photographers]
"周一川" = []
[authors]
"沈砚" = []
"""
TOPICS = """probability = [0.07, 0.3, 0.65]
steepness = 2.2
title_factor = 3.0
max_count = 4
fallback = "其他"
ignored_words = []
[[topic]]
label = "教育"
code = "medtop:20000649"
[topic.terms]
"图书" = 3
"孩子" = 0.5
[topic.rules]
"食堂" = -2.0
[[topic]]
label = "其他"
code = "medtop:20000650"
"""
WEIGHTS = """[start]
"教育" = -5.5
[corrections."教育"]
"图书" = 0.5
[words."教育"]
"书屋" = 1.25
"""
EVENTS = """[archive]
first = 1949-10-01
last = 2030-12-31
[[event]]
name = "设区"
words = ["晨光区"]
unless = ["晨光区域"]
from = 2018-02-09
at_least = 1
[[season]]
name = "灯会"
words = ["灯会"]
from = "01-20"
to = "03-10"
[[nth]]
words = ["教师节"]
first = 1985-09-10
[[anniversary]]
words = ["建区"]
founded = 2018-02-09
"""
LAYOUT = """columns = ["平城新语"]
labels = ["简讯"]
slogans = ["讲文明树新风 公益广告"]
slogan_words = ["讲文明"]
furniture = ["责任编辑.*", "第[0-9]+版"]
"""
KINDS = "\n".join(
    f'{key} = ["{word}"]'
    for key, word in zip(
        ("letter", "notice_ends", "notice_starts", "list", "literary", "comment", "photo", "feature"),
        ("来信", "公告", "通知", "名单", "副刊", "评论", "图片新闻", "特写"),
        strict=True,
    )
)
DATA_FILES = {
    "gazetteer.toml": GAZETTEER,
    "reporters.toml": REPORTERS,
    "topics.toml": TOPICS,
    "weights.toml": WEIGHTS,
    "events.toml": EVENTS,
    "kinds.toml": KINDS,
    "layout.toml": LAYOUT,
    "lookalikes.toml": 'groups = ["昱显", "郁都"]\n',
    "synonyms.toml": 'groups = [["棚改", "棚户区改造"], ["食堂", "饭堂"]]\n',
    "misreadings.txt": "# 注\n已 9己巳 5乙\n月 3目日\n",
    "readings.txt": "# 注\nshui 水睡\nlv 绿旅\n",
    "userdict.txt": "晨光区\n柳荫街道 # 注\n",
}
"""A small set of reference lists, by the name of the file."""
ADDRESSES = tuple(
    address.encode()
    for address in (
        *(
            "/",
            "/search?q=社区&street=柳荫街道&from=2021&to=2022-05&sort=newest&page=2&per_page=5",
            "/search.json?q=月季&not_topic=教育",
        ),
        *(
            "/search.csv?q=灯&text=1",
            "/search.xlsx?q=灯",
            "/search.ris?q=灯",
            "/search.zip?q=灯",
            "/search.atom?q=灯",
            "/search.jsonl?q=灯",
        ),
        *(
            "/article/a01?q=月季",
            "/article/a02.ris",
            "/article/a05?view=original",
            "/article/a05?compare=a04",
            "/article/a03.csl.json",
        ),
        *(
            "/dates/2022/05",
            "/dates/2021-05-01",
            "/dates",
            "/streets",
            "/street/柳荫街道",
            "/reporter/林小禾?lang=en",
            "/topic/教育",
        ),
        *(
            "/statistics",
            "/trends?term=灯&term=雪&by=year",
            "/trends.csv?term=灯",
            "/advanced?all=灯&exact=月季&near=1",
            "/help",
        ),
        *(
            "/suggest?q=ys",
            "/citations?id=a01&id=a02&form=ris",
            "/marked",
            "/list.json?id=a01&digest=00000000",
            "/receipt?q=灯",
        ),
        *(
            "/search.receipt.json?q=灯",
            "/r/none",
            "/export?q=灯",
            "/export/none/file",
            "/sitemap.xml",
            "/sitemap-1.xml",
            "/healthz",
        ),
        *(
            "/api",
            "/api/openapi.json",
            "/api/v1/search?q=灯&next=c3RhdGU9",
            "/api/v1/article/a01",
            "/api/v1/timeline?q=灯",
        ),
        *(
            "/api/v1/facets?q=灯&limit=3",
            "/api/v1/similar/a01?limit=2",
            "/api/v1/story/a01",
            "/api/v1/stats",
            "/api/v1/coverage?from=2021",
        ),
        *("/api/v1/suggest?q=灯", "/api/v1/trends?term=灯", "/api/v1/export?q=灯&format=csv", "/api/v1/receipt?q=灯"),
        *("/opensearch.xml", "/robots.txt", "/favicon.ico", "/static/baoku.css", "/nowhere?q=%ff%00"),
    )
)
