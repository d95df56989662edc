"""A small archive of invented articles behind the web application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.archive import Archive
from search.article import Article, PublicationDate, Source
from webui.app import create_app


def day(text: str, source: str = "masthead") -> PublicationDate:
    return PublicationDate(date.fromisoformat(text), date.fromisoformat(text), source)


ROSE = Article(
    id="rose",
    source=Source("a.txt", ((3, 18), (40, 52)), "3", "晨光报"),
    kicker="柳荫街道办好事",
    title="小巷里的月季花开了",
    subtitle="三十户居民合力改造旧花坛",
    section="街巷新语",
    byline="本报记者 林小禾 通讯员 高山",
    reporters=("林小禾",),
    correspondents=("高山",),
    kind="feature",
    body="柳荫街道的旧花坛荒了多年。\n先清垃圾\n居民们推着小车，把碎砖一车车运走。\n再种月季\n如今月季开满小巷，红的黄的都有。",
    captions=("居民给月季浇水。林小禾 摄",),
    subheads=("先清垃圾", "再种月季"),
    date=day("2022-05-22"),
    streets=("柳荫街道",),
    primary_street="柳荫街道",
    communities=("槐树社区",),
    place_evidence=("柳荫街道的旧花坛",),
    topics=("城市管理与创城", "民生服务"),
)
ROSE_AGAIN = Article(
    id="rose-b",
    source=Source("b.txt", ((1, 9),), "3", "晨光报"),
    title="小巷里的月季花开了",
    reporters=("林小禾",),
    body="柳荫街道的旧花坛荒了多年。如今月季开满小巷",
    date=day("2022-05-22"),
    streets=("柳荫街道",),
    topics=("城市管理与创城",),
    duplicate_of="rose",
    complete=False,
)
BRIDGE = Article(
    id="bridge",
    source=Source("c.txt", ((1, 20),)),
    title='老桥重修记 <b>"旧貌"</b> & 新颜',
    body="石桥修了三个月，桥头的月季也换了新土。<script>alert(1)</script>",
    kind="news",
    date=PublicationDate(date(2022, 5, 22), date(2022, 6, 3), "inferred"),
    date_evidence=("小满第二天", "6月3日"),
    streets=("石桥街道", "柳荫街道"),
    complete=False,
)
UNDATED = Article(
    id="poem", source=Source("d.txt"), title=None, body="无题的短诗写在旧报纸上，没有日期。", kind="letter"
)

NAMES = ("东篱", "西坡", "南浦", "北苑", "长亭", "短亭", "听雨", "观澜", "松间", "竹里", "梅溪", "杏园")
STREETS = tuple(f"{name}街道" for name in NAMES)
REPORTERS = ("林小禾", "周一川", "沈砚", "欧阳知秋")
TOPICS = ("教育", "文化旅游", "卫生健康", "民生服务", "法治与反诈")
SUBJECTS = ("社区食堂开张", "书屋夜读", "义诊进小区", "老年课堂结业", "反诈宣讲走上街头", "路灯换新")


def many(count: int = 60) -> Iterator[Article]:
    """Dull but different articles over two years, enough for several pages."""
    wheels = islice(zip(cycle(STREETS), cycle(REPORTERS), cycle(TOPICS), cycle(SUBJECTS), strict=False), count)
    for number, (street, reporter, topic, subject) in enumerate(wheels):
        yield Article(
            id=f"n{number:03}",
            source=Source(f"{number // 4:03}.txt", ((1 + number, 9 + number),), str(number % 4 + 1), "晨光报"),
            title=f"{street[:2]}{subject}（之{number}）",
            body=f"{street}第{number}件实事落地：{subject}，居民纷纷前来。\n记者在现场看到，秩序井然，笑声不断。",
            byline=f"本报记者 {reporter}",
            reporters=(reporter,),
            date=day((date(2021, 1, 4) + timedelta(days=11 * number)).isoformat()),
            streets=(street,),
            primary_street=street,
            topics=(topic,),
        )


ARTICLES = (ROSE, ROSE_AGAIN, BRIDGE, UNDATED, *many())


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "archive"
    Archive.create(path).add(ARTICLES)
    return path


@pytest.fixture(scope="session")
def app(index: Path) -> Flask:
    """Errors are answered as in service, not raised into the test."""
    return create_app({"INDEX": index, "TESTING": True, "PROPAGATE_EXCEPTIONS": False})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
