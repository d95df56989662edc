"""A few dozen invented articles, the same at every run, and what is true of them without any index."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from search.archive import Archive
from search.article import UNDATED, Article, PublicationDate, Source
from search.request import MISSING
from search.text import searchable

STREETS = ("北关街道", "南关街道", "西街街道", "水泊寺街道")
REPORTERS = ("张小溪", "李望舒", "王一苇")
TOPICS = ("教育", "文化旅游", "民生服务")
COMMUNITIES = ("馨苑社区", "石家村", "湖畔社区")
SENTENCES = (
    "社区食堂今天开张，老人们排队尝鲜。",
    "志愿者把口袋公园打扫得干干净净。",
    "古城墙下的灯会吸引了大批游客。",
    "学校请来老匠人教孩子们剪纸。",
    "老旧小区加装电梯的工程提前完工。",
    "居民代表围坐一堂，商量停车难题。",
    "ABC 大厦一楼的图书角每天开放12小时。",
    "雨后的文瀛湖边，观鸟的人多了起来。",
    "街道办事处把办事窗口搬到了家门口。",
    "夜市里的刀削面摊一直忙到十点。",
)


def samples(count: int = 48) -> list[Article]:
    """Articles a00, a01, ...: every sixth undated, every seventh dated by an interval, every eighth a version."""
    return [_sample(number, random.Random(number)) for number in range(count)]


def _sample(number: int, chance: random.Random) -> Article:
    sentences = chance.sample(SENTENCES, 3)
    return Article(
        id=f"a{number:02}",
        source=Source(f"page{number % 5}.txt", ((1, 9),), page=(None, "5", "A7")[number % 3]),
        title=chance.choice(("", "快讯：")) + sentences[0][:8],
        kicker=chance.choice((None, "平城在行动")),
        subtitle=chance.choice((None, sentences[1][:6])),
        section=chance.choice((None, "街巷新语", "城事")),
        byline=chance.choice((None, "本报记者 张小溪")),
        reporters=tuple(chance.sample(REPORTERS, chance.randint(0, 2))),
        authors=("陈听雨",) if number % 9 == 0 else (),
        kind=chance.choice(("news", "feature", "photo")),
        body="\n".join(sentences * chance.randint(1, 3)),
        captions=tuple(chance.sample(("图为灯会现场", "图为剪纸课堂"), chance.randint(0, 2))),
        date=_date(number, chance),
        streets=tuple(chance.sample(STREETS, chance.randint(0, 2))),
        communities=tuple(chance.sample(COMMUNITIES, chance.randint(0, 2))),
        topics=tuple(chance.sample(TOPICS, chance.randint(1, 2))),
        duplicate_of=f"a{number - 1:02}" if number % 8 == 5 else None,
        complete=number % 11 != 0,
    )


def _date(number: int, chance: random.Random) -> PublicationDate:
    if number % 6 == 0:
        return UNDATED
    start = date(2021, 10, 1) + timedelta(days=chance.randrange(500))
    if number % 7 == 0:
        return PublicationDate(start, start + timedelta(days=chance.randrange(1, 200)), "inferred")
    return PublicationDate(start, start, "masthead")


ALL = {article.id: article for article in samples()}
TEXTS = {identity: searchable(article) for identity, article in ALL.items()}
PARTS = {
    None: ("title", "kicker", "subtitle", "body", "captions", "byline", "section"),
    "title": ("title", "kicker", "subtitle"),
    "body": ("body",),
}


def store_all(path: Path) -> Archive:
    """All samples, stored in uneven batches so that there are several segments and deleted documents."""
    archive = Archive.create(path)
    articles = list(ALL.values())
    archive.add(replace(article, body="还没有写完") for article in articles[:10])
    for first, last in ((0, 7), (7, 8), (8, 30), (30, len(articles))):
        archive.add(articles[first:last])
    return archive


def ids(archive: Archive, query: str = "", **options: object) -> list[str]:
    return [hit.article.id for hit in archive.search(query, per_page=100, **options).hits]


def story(article: Article) -> str:
    return article.duplicate_of or article.id


def literally(text: str, field: str | None) -> set[str]:
    return {identity for identity, parts in TEXTS.items() if any(text in parts[name] for name in PARTS[field])}


def values(article: Article, facet: str) -> set[str]:
    if facet == "date":
        return periods(article) or {MISSING}
    found = {
        "street": article.streets,
        "reporter": article.reporters + article.authors,
        "topic": article.topics,
        "kind": (article.kind,),
        "section": (article.section,) if article.section else (),
    }[facet]
    return set(found) or {MISSING}


def periods(article: Article) -> set[str]:
    if not article.date.start or not article.date.end:
        return set()
    first, last = article.date.start.toordinal(), article.date.end.toordinal()
    days = [date.fromordinal(day) for day in range(first, last + 1)]
    return {f"{day:%Y}" for day in days} | {f"{day:%Y-%m}" for day in days}
