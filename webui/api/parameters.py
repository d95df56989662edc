"""The parameters of the interface: one table for the document and for what is refused.

The web pages mend what they can and say so; a program is told what is wrong, since nobody reads its notes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from search.days import read_span
from search.labels import FACET_LABELS
from search.message import Message
from search.query.parse import MAX_LENGTH
from search.request import FACETS, MISSING, SORTS
from search.trends import BY
from webui import params
from webui.api.schema import Schema
from webui.trends import MOST_TERMS

LONGEST_NAME = 200
"""Characters of a facet's value."""
MOST_LISTED = 50
"""Articles or suggestions in one answer that has no pages."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What one value may be: its schema, the same as a question, and how it is to be written, in words."""

    schema: Schema
    accepts: Callable[[str], bool]
    advice: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the query string; ``several`` may be given more than once, ``most`` times at most."""

    name: str
    words: str
    kind: Kind
    several: bool = False
    required: bool = False
    most: int = params.MOST_VALUES

    def document(self) -> Schema:
        """The Parameter Object of OpenAPI."""
        one = self.kind.schema
        listed = {"type": "array", "items": one, "minItems": int(self.required), "maxItems": self.most}
        said = {"name": self.name, "in": "query", "description": self.words, "required": self.required}
        return said | ({"schema": listed, "style": "form", "explode": True} if self.several else {"schema": one})

    def problems(self, values: Sequence[str]) -> Iterator[str]:
        """What is wrong with the values given, a sentence each."""
        if self.required and not values:
            yield f"缺少参数 {self.name}：{self.words} (missing parameter)."
        most = self.most if self.several else 1
        if len(values) > most:
            yield f"参数 {self.name} 最多写 {most} 次，网址里有 {len(values)} 次 (given too often)."
        for value in values:
            if not self.kind.accepts(value):
                yield f"参数 {self.name} 的值“{value[:40]}”不对：{self.kind.advice} (bad value)."


def problems(args: MultiDict[str, str], parameters: Sequence[Parameter]) -> list[str]:
    """All that is wrong with an address; names that are not among the parameters are ignored."""
    return [problem for parameter in parameters for problem in parameter.problems(args.getlist(parameter.name))]


def text(longest: int = MAX_LENGTH) -> Kind:
    """Any text up to a length in characters."""
    return Kind({"type": "string", "maxLength": longest}, lambda value: len(value) <= longest, f"最多 {longest} 个字")


def number(least: int, most: int, default: int) -> Kind:
    """A whole number within bounds."""
    return Kind(
        {"type": "integer", "minimum": least, "maximum": most, "default": default},
        lambda value: bool(re.fullmatch("[0-9]{1,9}", value)) and least <= int(value) <= most,
        f"应是 {least} 到 {most} 的整数",
    )


def choice(*values: str, default: str | None = None) -> Kind:
    """One of some words."""
    schema = {"type": "string", "enum": list(values)} | ({"default": default} if default else {})
    return Kind(schema, values.__contains__, f"可用的有 {'、'.join(values)}")


def _is_date(value: str) -> bool:
    try:
        read_span(value)
    except ValueError:
        return False
    return True


def _is_period(value: str) -> bool:
    return value == MISSING or (_is_date(value) and bool(re.fullmatch("[0-9]{4}(-[0-9]{2})?", value)))


_YEAR, _MONTH = "^[12][0-9]{3}$", "^[12][0-9]{3}-(0[1-9]|1[0-2])$"
_SPANS: list[Schema] = [{"type": "string", "pattern": pattern} for pattern in (_YEAR, _MONTH)]
DAY = Kind(
    {"anyOf": [*_SPANS, {"type": "string", "format": "date"}]},
    _is_date,
    "应写成 2022、2022-05 或 2022-05-22",
)
PERIOD = Kind(
    {"anyOf": [*_SPANS, {"const": MISSING}]},
    _is_period,
    f"应写成 2022、2022-05 或 {MISSING}",
)
TOKEN = Kind(
    {"type": "string", "pattern": f"^{params.TOKEN}[A-Za-z0-9_-]+$"},
    lambda value: bool(re.fullmatch(f"{params.TOKEN}[A-Za-z0-9_-]+", value)),
    "应是上一页答案里的 next，原样写来",
)
NEXT = Parameter("next", Message("下一页：上一页答案里的 next，原样；有它就不看其他参数"), TOKEN)


def _filters() -> Iterator[Parameter]:
    for facet in FACETS:
        kind, label = PERIOD if facet == "date" else text(LONGEST_NAME), FACET_LABELS[facet]
        yield Parameter(facet, Message("只要这个{facet}；可写几次，意思是“或”", facet=label), kind, several=True)
        yield Parameter(params.EXCLUDING[facet], Message("不要这个{facet}；可写几次", facet=label), kind, several=True)


QUERY = Parameter("q", Message("检索式；不写是全部文章"), text())
BOUNDS = (
    Parameter("from", Message("从这一天起，含；年和月是其中第一天"), DAY),
    Parameter("to", Message("到这一天止，含；年和月是其中最后一天"), DAY),
)
FILTERS = (*_filters(), *BOUNDS)
WAYS = (
    Parameter("versions", Message("all：同一报道的各个版本分别计数"), choice("all")),
    Parameter("drop", Message("不找的同义词或误认写法"), text(LONGEST_NAME), several=True),
)
SORT = Parameter("sort", Message("次序"), choice(*SORTS, default="relevance"))
SHARED = (*FILTERS, *WAYS)
"""What the document says once."""
SEARCH = (QUERY, *SHARED)
PAGED = (
    SORT,
    Parameter("page", Message("第几页"), number(1, params.LAST_PAGE, 1)),
    Parameter("per_page", Message("每页几篇"), number(1, params.MOST_PER_PAGE, 20)),
    NEXT,
)
FACET = Parameter("facet", Message("只要这个分面；不写是全部"), choice(*FACETS), several=True, most=len(FACETS))
PERIODS = Parameter("by", Message("按年或按月；不写时，三年以内按月"), choice(*BY))
TERMS = Parameter("term", Message("一条检索式"), text(), several=True, required=True, most=MOST_TERMS)
TYPED = Parameter("q", Message("正在打的字"), text(), required=True)


def limit(default: int) -> Parameter:
    """How many are to be listed."""
    return Parameter("limit", Message("最多几条"), number(1, MOST_LISTED, default))
