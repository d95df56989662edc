"""A small archive of invented articles with names worth completing, and the vocabulary over it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from search.archive import Archive
from search.article import Article, PublicationDate, Source

STREETS = ("水泊寺街道", "文瀛湖街道", "清远街道")
COMMUNITIES = ("馨苑社区", "绿洲西城社区", "石家村")
REPORTERS = ("丁亚琴", "吕晟", "单雪峰", "张鑫")
TOPICS = ("乡村振兴与农业", "卫生健康")
BODIES = (
    "水泊寺街道的老旧小区改造已经完工，居民搬回新家。",
    "垃圾分类走进校园，孩子们学着投放可回收物。",
    "女排姑娘来到旅游景区，为绿色出行代言。",
    "科技创新大赛闭幕，乐器厂的青年工程师夺得头名。",
    "银行和社区一起办起消防安全讲座，行人驻足听讲。",
)
TITLES = ("小巷里的月季花开了", "水泊寺的早市", "清晨的文瀛湖", "图片新闻", "古城墙下看花灯")


def article(number: int) -> Article:
    """Articles of all combinations in turn, one a day."""
    day = date(2022, 1, 1) + timedelta(days=number)
    reporter = REPORTERS[number % len(REPORTERS)]
    return Article(
        id=f"s{number:03}",
        source=Source("s.txt"),
        title=TITLES[number % len(TITLES)],
        byline=f"本报记者 {reporter}",
        reporters=(reporter,),
        body=BODIES[number % len(BODIES)] + f"这是第{number}件。",
        date=PublicationDate(day, day, "masthead"),
        streets=(STREETS[number % len(STREETS)],),
        communities=(COMMUNITIES[number % len(COMMUNITIES)],),
        topics=(TOPICS[number % len(TOPICS)],),
    )


def stored(path: Path, count: int = 40) -> Archive:
    """An archive of the first articles."""
    archive = Archive.create(path)
    archive.add(map(article, range(count)))
    return archive
