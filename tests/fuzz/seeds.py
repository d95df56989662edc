"""A small invented archive, and the lists and receipts that readers have of it."""

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


READY = tuple(
    text.encode()
    for text in (
        *("\n".join(json.dumps(to_record(one), ensure_ascii=False) for one in articles(count)) for count in (1, 3)),
        '{"id":"x1","title":"题","text":"正文","author":"甲","date":"2022-05-22"}\n{"id":"x2","body":"只有正文"}\n',
    )
)
