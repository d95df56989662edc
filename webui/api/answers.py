"""What the answers of the interface consist of: the contract of version 1, from which the document is made.

Keys may be added, never renamed or taken away; what is marked UNSTABLE has a value that may change at any time.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from search.message import Message
from webui.api.schema import UNSTABLE, Day

Kind = Literal["news", "feature", "comment", "photo", "notice", "agency", "letter", "list"]
DateSource = Literal["masthead", "manifest", "file name", "inferred", "none"]
True_ = Annotated[bool, Message("恒为 true"), {"const": True}]
Sentences = Annotated[list[str], Message("给人看的话，中文"), UNSTABLE]


class Corpus(TypedDict):
    """Which articles an answer comes from."""

    version: Annotated[str, Message("馆藏版本：全部文章摘要的散列；文章一变就变")]
    articles: Annotated[int, Message("文章篇数，各个版本都算")]
    stories: Annotated[int, Message("报道篇数，多个版本算一篇")]


class Card(TypedDict):
    """A story in a list, without its text."""

    id: Annotated[str, Message("编号，同一份版面总是同一个")]
    url: Annotated[str, Message("文章页的网址，不含主机")]
    title: str | None
    kicker: Annotated[str | None, Message("引题")]
    subtitle: Annotated[str | None, Message("副题")]
    section: Annotated[str | None, Message("栏目")]
    date: Annotated[Day | None, Message("刊出的日子；只知道一段时间的，是这段的第一天")]
    date_end: Annotated[Day | None, Message("最后一天；知道是哪一天的，同 date")]
    date_source: Annotated[DateSource, Message("日期的依据")]
    reporters: Annotated[list[str], Message("记者")]
    authors: Annotated[list[str], Message("作者")]
    streets: Annotated[list[str], Message("街道")]
    primary_street: Annotated[str | None, Message("主要写的街道")]
    topics: Annotated[list[str], Message("主题")]
    kind: Annotated[Kind, Message("体裁")]
    complete: Annotated[bool, Message("文字是否完整")]
    newspaper: Annotated[str | None, Message("报纸")]
    page: Annotated[str | None, Message("版")]


class Hit(Card):
    """A story found."""

    versions: Annotated[int, Message("库中有几个版本")]
    score: Annotated[float, Message("相关度，只在同一次检索里可比"), UNSTABLE]
    snippet: Annotated[str, Message("摘要，转义过的 HTML，只有 <mark> 一种标签"), UNSTABLE]


class FacetValue(TypedDict):
    """A value of a facet."""

    value: Annotated[str, Message("用作参数的值")]
    label: Annotated[str, Message("给人看的名称")]
    count: Annotated[int, Message("不计本分面自己的筛选时，命中里有几篇")]
    selected: Annotated[bool, Message("是否选了")]
    excluded: Annotated[bool, Message("是否排除了")]
    toggle_url: Annotated[str, Message("选上或取消它的网址")]


class MonthCount(TypedDict):
    """The hits of a month."""

    month: Annotated[str, Message("如 2022-05")]
    count: int


class Expansion(TypedDict):
    """A form that was looked for besides what was typed."""

    typed: Annotated[str, Message("检索式里的写法")]
    form: Annotated[str, Message("也找了的写法；用参数 drop 可以不找")]
    why: Annotated[str, Message("为什么"), UNSTABLE]
    added: Annotated[int, Message("只靠它命中的篇数")]


class Alternative(TypedDict):
    """Another query that may have been meant."""

    query: str
    why: Annotated[str, Message("为什么"), UNSTABLE]
    total: Annotated[int, Message("命中篇数")]
    url: Annotated[str, Message("检索它的网址")]


class Search(TypedDict):
    """A page of hits, and what is counted over all of them."""

    ok: True_
    query: Annotated[str, Message("检索式，照原样")]
    understood: Annotated[str, Message("怎样理解的"), UNSTABLE]
    notes: Sentences
    expansions: list[Expansion]
    did_you_mean: list[Alternative]
    total: Annotated[int, Message("命中总数")]
    took_ms: Annotated[float, Message("用时，毫秒"), UNSTABLE]
    corpus: Corpus
    page: int
    per_page: int
    hits: list[Hit]
    facets: Annotated[dict[str, list[FacetValue]], Message("date、street、reporter、topic、kind、section 各有哪些值")]
    timeline: list[MonthCount]
    missing_months: Annotated[list[str], Message("没有报纸的月份")]
    next: Annotated[str | None, Message("下一页的标记，写进参数 next；末页是 null。内容不必理解")]


class Facets(TypedDict):
    """How many hits have each value of each facet."""

    ok: True_
    query: str
    total: Annotated[int, Message("命中总数")]
    corpus: Corpus
    facets: dict[str, list[FacetValue]]


class Time(TypedDict):
    """A year or month, and what is held of it."""

    period: Annotated[str, Message("如 2022 或 2022-05")]
    held: Annotated[int, Message("库中这段时间的全部篇数；0 就是没有报纸")]
    missing_months: Annotated[int, Message("其中没有报纸的月数")]


class Span(Time):
    """A year or month with the hits of a search."""

    hits: Annotated[int | None, Message("命中篇数；没有报纸时是 null，不是 0")]
    per_thousand: Annotated[float | None, Message("每千篇里的命中；没有报纸时是 null")]


class Timeline(TypedDict):
    """All hits of a search over time."""

    ok: True_
    query: str
    total: Annotated[int, Message("命中总数")]
    corpus: Corpus
    periods: list[Span]
    undated: Annotated[int, Message("日期未注明的命中")]


class Term(TypedDict):
    """One of the queries compared."""

    term: str
    total: Annotated[int, Message("命中总数")]
    undated: Annotated[int, Message("其中日期未注明的")]


class Compared(Time):
    """A year or month with the hits of each query, in their order."""

    hits: Annotated[list[int] | None, Message("命中篇数；没有报纸时是 null，不是 0")]
    per_thousand: Annotated[list[float] | None, Message("每千篇里的命中；没有报纸时是 null")]


class Trends(TypedDict):
    """Several queries over time, under the same filters."""

    ok: True_
    notes: Sentences
    corpus: Corpus
    terms: list[Term]
    periods: list[Compared]


class Suggestion(TypedDict):
    """One completion."""

    text: Annotated[str, Message("名称、词或标题")]
    kind: Annotated[Literal["street", "community", "reporter", "topic", "word", "title"], Message("是什么")]
    count: Annotated[int, Message("多少篇报道")]
    query: Annotated[str, Message("找这些报道的检索式")]
    url: Annotated[str, Message("检索它的网址")]


class Suggestions(TypedDict):
    """What may be meant by what is being typed."""

    ok: True_
    q: Annotated[str, Message("打的字")]
    suggestions: list[Suggestion]


class Source(TypedDict):
    """Where an article stands."""

    file: Annotated[str, Message("版面文件")]
    spans: Annotated[list[list[int]], Message("行号，起止两数一对，从 1 数起")]
    page: str | None
    newspaper: str | None


class Completion(TypedDict):
    """A passage that the article lacks and another version has."""

    id: Annotated[str, Message("那个版本的编号")]
    what: Annotated[Literal["beginning", "middle", "end"], Message("缺的是哪里")]
    at: Annotated[int, Message("该在正文的第几个字之前")]
    text: str
    overlap: Annotated[int, Message("接缝处两边相同的字数")]


class Record(TypedDict):
    """The record of an article, as baoku parse prints it."""

    id: str
    source: Source
    title: str | None
    kicker: str | None
    subtitle: str | None
    section: str | None
    byline: Annotated[str | None, Message("署名，照印")]
    reporters: list[str]
    correspondents: list[str]
    photographers: list[str]
    authors: list[str]
    names_printed: Annotated[dict[str, str], Message("姓名到印出的写法")]
    names_merged: Annotated[dict[str, str], Message("姓名到版面上误认的写法")]
    kind: Kind
    kind_evidence: str | None
    body: Annotated[str, Message("正文，段落之间是换行")]
    captions: list[str]
    subheads: list[str]
    date: Day | None
    date_end: Day | None
    date_source: DateSource
    date_evidence: list[str]
    dates_mentioned: list[str]
    streets: list[str]
    primary_street: str | None
    communities: list[str]
    place_evidence: list[str]
    topics: list[str]
    duplicate_of: Annotated[str | None, Message("最好的版本的编号；本篇就是时是 null")]
    complete: bool
    completed_from: list[Completion]


class Article(TypedDict):
    """An article as a whole, and its versions."""

    ok: True_
    corpus: Corpus
    article: Record
    digest: Annotated[str, Message("记录的 SHA-256，不计版本之间的关系")]
    url: Annotated[str, Message("永久网址，含主机")]
    versions: Annotated[list[str], Message("同一报道各个版本的编号，最好的在前，含本篇")]


class Similar(TypedDict):
    """Stories about the like, the likest first."""

    ok: True_
    corpus: Corpus
    id: str
    articles: list[Card]


class Story(TypedDict):
    """What was printed on one matter."""

    ok: True_
    corpus: Corpus
    id: str
    line: Annotated[list[Card], Message("有日期的，由旧到新，含本篇")]
    undated: Annotated[list[Card], Message("没有日期的，最像的在前")]


class Stats(TypedDict):
    """What the archive holds and lacks, counted in articles."""

    ok: True_
    corpus: Corpus
    files: Annotated[int, Message("来自几个文件")]
    first_day: Day | None
    last_day: Day | None
    undated: Annotated[int, Message("日期未注明")]
    vague: Annotated[int, Message("只知道一段时间")]
    without_street: Annotated[int, Message("街道未注明")]
    without_reporter: Annotated[int, Message("记者未注明")]
    incomplete: Annotated[int, Message("文字残缺")]
    retold: Annotated[int, Message("有几个版本的报道数")]
    years: Annotated[dict[str, int], Message("各年篇数")]


class Month(TypedDict):
    """A month of the archive."""

    month: Annotated[str, Message("如 2022-05")]
    issues: Annotated[int, Message("知道日子的报有几天")]
    stories: Annotated[int, Message("可能是这个月的报道篇数，只知道一段时间的也算")]


class Issue(TypedDict):
    """The paper of a day."""

    date: Day
    stories: Annotated[int, Message("篇数")]
    pages: Annotated[dict[str, int], Message("各版篇数；空的版名是版次不明")]


class Coverage(TypedDict):
    """Which days are held, and of which months there is nothing."""

    ok: True_
    corpus: Corpus
    first_day: Annotated[Day | None, Message("这份答案从哪一天起；库中没有日期时是 null")]
    last_day: Annotated[Day | None, Message("到哪一天止")]
    months: list[Month]
    empty_months: Annotated[list[str], Message("没有报纸的月份")]
    issues: list[Issue]


class Error(TypedDict):
    """What is answered instead when something is wrong."""

    ok: Annotated[bool, Message("恒为 false"), {"const": False}]
    error: Annotated[str, Message("第一个错"), UNSTABLE]
    errors: Annotated[list[str], Message("全部的错，一句一个，写明是哪个参数"), UNSTABLE]
    status: Annotated[int, Message("HTTP 状态码")]
