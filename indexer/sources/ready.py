"""``.jsonl`` files of ready articles: the keys of the record, one article a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.sources.reject import Reject, Unusable
from search.article import Article, Source, from_record
from search.errors import ArticleInvalid

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_ALIASES = {"text": "body", "author": "reporters"}


def read_ready(file: str, lines: Iterable[str | Unusable]) -> Iterator[tuple[int, Article | Reject]]:
    """The articles of a ``.jsonl`` file in order, each with its line; a line that is none becomes a Reject."""
    for number, line in enumerate(lines, 1):
        if isinstance(line, Unusable):
            yield number, Reject(file, str(line), number)
        elif line.strip():
            yield number, _read(file, number, line)


def _read(file: str, number: int, line: str) -> Article | Reject:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        return Reject(file, f"第 {error.pos + 1} 列起不是 JSON (not JSON)", number)
    except (ValueError, RecursionError):
        return Reject(file, "数字太长或括号套得太深，不是 JSON 文章 (numbers too long or nested too deeply)", number)
    if _SURROGATE.search(line) and not _is_storable(record):
        return Reject(file, "含有半个字符，不能保存 (a lone surrogate)", number)
    if not isinstance(record, dict):
        return Reject(file, "不是 JSON 对象 (not a JSON object)", number)
    for alias, key in _ALIASES.items():
        if record.get(key) is None and record.get(alias) is not None:
            record[key] = record[alias]
    try:
        return _placed(from_record(record), file, number)
    except ArticleInvalid as error:
        return Reject(file, str(error), number)


def _is_storable(record: object) -> bool:
    try:
        json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _placed(article: Article, file: str, number: int) -> Article:
    """An article that does not say where it stands stands on its line of this file."""
    if article.source.file:
        return article
    place = Source(file, ((number, number),), article.source.page, article.source.newspaper)
    return replace(article, source=place)
