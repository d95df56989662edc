"""Lists to export: ordinary ones, hostile ones, and one without hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from search.article import Article, PublicationDate, Source, to_record
from search.days import CHINA
from search.engine.records import compact
from search.export import EXPORTS
from search.export.form import Wanted
from search.listed import Listed, Row
from search.request import SearchRequest
from search.results import Corpus

DAY, LATER = date(2022, 5, 1), date(2022, 5, 31)


def _day(source: str) -> PublicationDate:
    return PublicationDate(DAY, DAY, source)


ARTICLE = Article(
    id="a1",
    source=Source("页.txt", ((1, 9),), "三版", "某报"),
    title='说"好"，\n再说',
    kicker="引题一行",
    reporters=("甲乙", "丙丁"),
    kind="feature",
    body="正文第一段。\n第二段，有“引号”。",
    date=PublicationDate(DAY, LATER, "manifest"),
    streets=("某街道",),
    primary_street="某街道",
    topics=("民生服务",),
)
SEVERAL = (
    ARTICLE,
    Article(
        "b-2/乙", Source("页.txt", (), "05"), title="[3] 第二篇", body="短", date=PublicationDate(DAY, DAY, "masthead")
    ),
    Article("c3", Source(""), body="没有标题的一篇，只有正文。", complete=False),
    Article(
        "d4",
        Source("", (), None, "另一报"),
        title="路灯亮了",
        authors=("戊己",),
        date=PublicationDate(DAY, DAY, "inferred"),
    ),
)
HOSTILE = tuple(
    replace(ARTICLE, id=f"h{number}", title=title, body=title, byline=title, section=title, reporters=(title,))
    for number, title in enumerate(
        (
            "=cmd|' /C calc'!A0",
            "+1",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "带\r\n换行\r和\n又一行",
            "nul\x00\x01\x1b\x1f完",
            "表情🀄️👨‍👩‍👧",
            '引号"和,逗号；分号',
            "{花括号} \\cmd % # & _ ~ ^ $",
            "ER  - 假的结尾",
            "@article{假的",
            "}",
            "--------------------",
            "[2] 假的编号",
            "baoku rows=1 sha256=" + "0" * 64,
            "<script>alert(1)</script>&amp;",
            "\u2028行分隔\u2029段分隔\x85",
            "_x0041_",
            "#N/A",
            "𠮷野家",
            "非字符\ufffe\uffff",
            "_x005F_x0041_ 与 _X0041_",
            "TRUE",
            "2022/5/1",
            "反斜杠\\u0041 \\\\n",
        )
    )
)


def listed(articles: Sequence[Article], query: str = "正文") -> Listed:
    """A list of these articles, as an archive would give it."""
    rows = [_row(article) for article in articles]
    corpus = Corpus("0123456789abcdef", 9, 8)
    return Listed(SearchRequest(query), len(rows), corpus, "含有「正文」", lambda: iter(rows), ("一条说明",))


def link(identity: str) -> str:
    return f"http://localhost/article/{identity}"


WANTED = Wanted(link, made=datetime(2026, 11, 26, 8, 30, tzinfo=CHINA))


def written(form: str, articles: Sequence[Article], wanted: Wanted = WANTED) -> bytes:
    """The file of a list."""
    return b"".join(EXPORTS[form].write(listed(articles), wanted))


def _row(article: Article) -> Row:
    record = to_record(article)
    return Row(compact(record).encode(), record, f"…{article.body[:20]}", 2)
