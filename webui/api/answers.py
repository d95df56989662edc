"""What the answers of the interface consist of: the contract of version 1, from which the document is made.

Keys may be added, never renamed or taken away; what is marked UNSTABLE has a value that may change at any time.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from webui.api.schema import UNSTABLE, Day

True_ = Annotated[bool, "恒为 true", {"const": True}]
Sentences = Annotated[list[str], "给人看的话，中文", UNSTABLE]


class Corpus(TypedDict):
    """答案出自怎样的馆藏。"""

    version: Annotated[str, "馆藏版本：全部文章摘要的散列；文章一变就变"]
    articles: Annotated[int, "文章篇数，各个版本都算"]
    stories: Annotated[int, "报道篇数，多个版本算一篇"]


class Card(TypedDict):
    """列表里的一篇报道，不含正文。"""

    id: Annotated[str, "编号，同一份版面总是同一个"]
    url: Annotated[str, "文章页的网址，不含主机"]
    title: str | None
    kicker: Annotated[str | None, "引题"]
    subtitle: Annotated[str | None, "副题"]
    section: Annotated[str | None, "栏目"]
    date: Annotated[Day | None, "刊出的日子；只知道一段时间的，是这段的第一天"]
    date_end: Annotated[Day | None, "最后一天；知道是哪一天的，同 date"]
    date_source: Annotated[Literal["masthead", "manifest", "file name", "inferred", "none"], "日期的依据"]
    reporters: Annotated[list[str], "记者"]
    authors: Annotated[list[str], "作者"]
    streets: Annotated[list[str], "街道"]
    primary_street: Annotated[str | None, "主要写的街道"]
    topics: Annotated[list[str], "主题"]
    kind: Annotated[Literal["news", "feature", "comment", "photo", "notice", "agency", "letter", "list"], "体裁"]
    complete: Annotated[bool, "文字是否完整"]
    newspaper: Annotated[str | None, "报纸"]
    page: Annotated[str | None, "版"]


class Hit(Card):
    """检索到的一篇报道。"""

    versions: Annotated[int, "库中有几个版本"]
    score: Annotated[float, "相关度，只在同一次检索里可比", UNSTABLE]
    snippet: Annotated[str, "摘要，转义过的 HTML，只有 <mark> 一种标签", UNSTABLE]


class FacetValue(TypedDict):
    """分面的一个值。"""

    value: Annotated[str, "用作参数的值"]
    label: Annotated[str, "给人看的名称"]
    count: Annotated[int, "不计本分面自己的筛选时，命中里有几篇"]
    selected: Annotated[bool, "是否选了"]
    excluded: Annotated[bool, "是否排除了"]
    toggle_url: Annotated[str, "选上或取消它的网址"]


class MonthCount(TypedDict):
    """一个月的命中。"""

    month: Annotated[str, "如 2022-05"]
    count: int


class Expansion(TypedDict):
    """检索时另外也找了的写法。"""

    typed: Annotated[str, "检索式里的写法"]
    form: Annotated[str, "也找了的写法；用参数 drop 可以不找"]
    why: Annotated[str, "为什么", UNSTABLE]
    added: Annotated[int, "只靠它命中的篇数"]


class Alternative(TypedDict):
    """也许要找的另一条检索式。"""

    query: str
    why: Annotated[str, "为什么", UNSTABLE]
    total: Annotated[int, "命中篇数"]
    url: Annotated[str, "检索它的网址"]


class Search(TypedDict):
    """一页命中，和对全部命中的统计。"""

    ok: True_
    query: Annotated[str, "检索式，照原样"]
    understood: Annotated[str, "怎样理解的", UNSTABLE]
    notes: Sentences
    expansions: list[Expansion]
    did_you_mean: list[Alternative]
    total: Annotated[int, "命中总数"]
    took_ms: Annotated[float, "用时，毫秒", UNSTABLE]
    corpus: Corpus
    page: int
    per_page: int
    hits: list[Hit]
    facets: Annotated[dict[str, list[FacetValue]], "date、street、reporter、topic、kind、section 各有哪些值"]
    timeline: list[MonthCount]
    next: Annotated[str | None, "下一页的标记，写进参数 next；末页是 null。内容不必理解"]


class Facets(TypedDict):
    """全部命中在各分面里的篇数。"""

    ok: True_
    query: str
    total: Annotated[int, "命中总数"]
    corpus: Corpus
    facets: dict[str, list[FacetValue]]


class Span(TypedDict):
    """时间分布里的一年或一个月。"""

    period: Annotated[str, "如 2022 或 2022-05"]
    held: Annotated[int, "库中这段时间的全部篇数；0 就是没有报纸"]
    hits: Annotated[int | None, "命中篇数；没有报纸时是 null，不是 0"]
    per_thousand: Annotated[float | None, "每千篇里的命中；没有报纸时是 null"]
    missing_months: Annotated[int, "其中没有报纸的月数"]


class Timeline(TypedDict):
    """全部命中按年或按月的篇数。"""

    ok: True_
    query: str
    total: Annotated[int, "命中总数"]
    corpus: Corpus
    periods: list[Span]
    undated: Annotated[int, "日期未注明的命中"]


class Term(TypedDict):
    """走势里的一条检索式。"""

    term: str
    total: Annotated[int, "命中总数"]
    undated: Annotated[int, "其中日期未注明的"]


class Compared(TypedDict):
    """走势里的一年或一个月，各条检索式依次。"""

    period: Annotated[str, "如 2022 或 2022-05"]
    held: Annotated[int, "库中这段时间的全部篇数；0 就是没有报纸"]
    hits: Annotated[list[int] | None, "命中篇数；没有报纸时是 null，不是 0"]
    per_thousand: Annotated[list[float] | None, "每千篇里的命中；没有报纸时是 null"]
    missing_months: Annotated[int, "其中没有报纸的月数"]


class Trends(TypedDict):
    """几条检索式在同样的筛选下按年或按月的篇数。"""

    ok: True_
    notes: Sentences
    corpus: Corpus
    terms: list[Term]
    periods: list[Compared]


class Suggestion(TypedDict):
    """一条联想。"""

    text: Annotated[str, "名称、词或标题"]
    kind: Annotated[Literal["street", "community", "reporter", "topic", "word", "title"], "是什么"]
    count: Annotated[int, "多少篇报道"]
    query: Annotated[str, "找这些报道的检索式"]
    url: Annotated[str, "检索它的网址"]


class Suggestions(TypedDict):
    """正在打的字可能是什么。"""

    ok: True_
    q: Annotated[str, "打的字"]
    suggestions: list[Suggestion]


class Source(TypedDict):
    """文章出自哪里。"""

    file: Annotated[str, "版面文件"]
    spans: Annotated[list[list[int]], "行号，起止两数一对，从 1 数起"]
    page: str | None
    newspaper: str | None


class Completion(TypedDict):
    """本篇缺而另一个版本有的文字。"""

    id: Annotated[str, "那个版本的编号"]
    what: Annotated[Literal["beginning", "middle", "end"], "缺的是哪里"]
    at: Annotated[int, "该在正文的第几个字之前"]
    text: str
    overlap: Annotated[int, "接缝处两边相同的字数"]


class Record(TypedDict):
    """报道的记录，同 baoku parse 所输出的。"""

    id: str
    source: Source
    title: str | None
    kicker: str | None
    subtitle: str | None
    section: str | None
    byline: Annotated[str | None, "署名，照印"]
    reporters: list[str]
    correspondents: list[str]
    photographers: list[str]
    authors: list[str]
    names_printed: Annotated[dict[str, str], "姓名到印出的写法"]
    names_merged: Annotated[dict[str, str], "姓名到版面上误认的写法"]
    kind: str
    kind_evidence: str | None
    body: Annotated[str, "正文，段落之间是换行"]
    captions: list[str]
    subheads: list[str]
    date: Day | None
    date_end: Day | None
    date_source: str
    date_evidence: list[str]
    dates_mentioned: list[str]
    streets: list[str]
    primary_street: str | None
    communities: list[str]
    place_evidence: list[str]
    topics: list[str]
    duplicate_of: Annotated[str | None, "最好的版本的编号；本篇就是时是 null"]
    complete: bool
    completed_from: list[Completion]


class Article(TypedDict):
    """一篇文章的全文和它的各个版本。"""

    ok: True_
    corpus: Corpus
    article: Record
    digest: Annotated[str, "记录的 SHA-256，不计版本之间的关系"]
    url: Annotated[str, "永久网址，含主机"]
    versions: Annotated[list[str], "同一报道各个版本的编号，最好的在前，含本篇"]


class Similar(TypedDict):
    """相近的报道，最像的在前。"""

    ok: True_
    corpus: Corpus
    id: str
    articles: list[Card]


class Story(TypedDict):
    """同一件事的前后报道。"""

    ok: True_
    corpus: Corpus
    id: str
    line: Annotated[list[Card], "有日期的，由旧到新，含本篇"]
    undated: Annotated[list[Card], "没有日期的，最像的在前"]


class Stats(TypedDict):
    """馆藏多少，缺什么；按文章数，各个版本都算。"""

    ok: True_
    corpus: Corpus
    files: Annotated[int, "来自几个文件"]
    first_day: Day | None
    last_day: Day | None
    undated: Annotated[int, "日期未注明"]
    vague: Annotated[int, "只知道一段时间"]
    without_street: Annotated[int, "街道未注明"]
    without_reporter: Annotated[int, "记者未注明"]
    incomplete: Annotated[int, "文字残缺"]
    retold: Annotated[int, "有几个版本的报道数"]
    years: Annotated[dict[str, int], "各年篇数"]


class Month(TypedDict):
    """一个月的馆藏。"""

    month: Annotated[str, "如 2022-05"]
    issues: Annotated[int, "知道日子的报有几天"]
    stories: Annotated[int, "可能是这个月的报道篇数，只知道一段时间的也算"]


class Issue(TypedDict):
    """一天的报。"""

    date: Day
    stories: Annotated[int, "篇数"]
    pages: Annotated[dict[str, int], "各版篇数；空的版名是版次不明"]


class Coverage(TypedDict):
    """库中有哪些天的报，哪些月份一篇也没有。"""

    ok: True_
    corpus: Corpus
    first_day: Annotated[Day | None, "这份答案从哪一天起；库中没有日期时是 null"]
    last_day: Annotated[Day | None, "到哪一天止"]
    months: list[Month]
    empty_months: Annotated[list[str], "没有报纸的月份"]
    issues: list[Issue]


class Error(TypedDict):
    """出错时的答案。"""

    ok: Annotated[bool, "恒为 false", {"const": False}]
    error: Annotated[str, "第一个错", UNSTABLE]
    errors: Annotated[list[str], "全部的错，一句一个，写明是哪个参数", UNSTABLE]
    status: Annotated[int, "HTTP 状态码"]
