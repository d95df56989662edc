"""The article: one story of the paper as a plain typed record, and its JSON form.

The JSON keys are the contract of ``baoku parse`` and of the stored index: keys may be added,
never renamed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any

from search.errors import ArticleInvalid

KINDS = ("news", "feature", "comment", "photo", "notice", "agency", "letter", "list")
LOST = ("beginning", "middle", "end")
DATE_SOURCES = ("masthead", "manifest", "file name", "inferred", "none")
LONGEST_ID = 200
LONGEST_INTERVAL = timedelta(days=36525)
"""A century: every month of an interval is a value of the date facet."""

_CONTROL = re.compile("[\x00-\x1f\x7f]")
_LAST_LINE = 2**53
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=$|[T ])")


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """When a story was printed: a day, an interval of days, or unknown.

    ``start`` and ``end`` are inclusive; both are None when nothing tells. For one day they are equal.
    """

    start: date | None = None
    end: date | None = None
    source: str = "none"

    def __post_init__(self) -> None:
        if (self.start is None) != (self.end is None):
            raise ArticleInvalid("日期的起止必须同时给出 (date and date_end go together)")
        if self.start and self.end and self.end < self.start:
            raise ArticleInvalid(f"日期区间颠倒：{self.start}–{self.end} (date_end before date)")

    @property
    def known(self) -> bool:
        return self.start is not None

    @property
    def is_interval(self) -> bool:
        return self.start != self.end


UNDATED = PublicationDate()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a story stands: its file, the 1-based inclusive line spans, the printed page, the newspaper."""

    file: str
    spans: tuple[tuple[int, int], ...] = ()
    page: str | None = None
    newspaper: str | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """A passage that a story lacks and another version of it has; the story's own text stays as printed.

    ``text``, as printed in the version ``id``, belongs before character ``at`` of the body; ``what`` is one of LOST.
    Around the place both versions have ``overlap`` letters in common.
    """

    id: str
    what: str
    at: int
    text: str
    overlap: int


@dataclass(frozen=True, slots=True)
class Article:
    """One story. Text fields hold the printed text; names and places are canonical.

    ``names_printed`` maps names to their printed forms where these differ; ``names_merged`` maps those that stand for
    a misread form, by evidence alone, to the form that the page gave, so that each such step can be taken back.
    """

    id: str
    source: Source
    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    section: str | None = None
    byline: str | None = None
    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    names_printed: Mapping[str, str] = field(default_factory=dict)
    names_merged: Mapping[str, str] = field(default_factory=dict)
    kind: str = "news"
    kind_evidence: str | None = None
    body: str = ""
    captions: tuple[str, ...] = ()
    subheads: tuple[str, ...] = ()
    date: PublicationDate = UNDATED
    date_evidence: tuple[str, ...] = ()
    dates_mentioned: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    primary_street: str | None = None
    communities: tuple[str, ...] = ()
    place_evidence: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    duplicate_of: str | None = None
    complete: bool = True
    completed_from: tuple[Completion, ...] = ()

    @property
    def headline(self) -> str:
        """The title as shown to a person; the first words of the body when no title was printed."""
        return self.title or self.body.partition("\n")[0][:24] or "（无题）"

    @property
    def people(self) -> tuple[str, ...]:
        """All whose names are printed with the story."""
        return (*self.reporters, *self.correspondents, *self.photographers, *self.authors)

    def digest(self) -> str:
        """SHA-256 (hex) over the record without what depends on other articles: its versions and what they complete."""
        return digest_of(to_record(self))


_TEXTS = ("title", "kicker", "subtitle", "section", "byline", "primary_street", "duplicate_of", "kind_evidence")
_LISTS = tuple(f.name for f in fields(Article) if f.type == "tuple[str, ...]")
_ALL = tuple(f.name for f in fields(Article))


def to_record(article: Article) -> dict[str, Any]:
    """The article as a JSON object with the keys of the record, in their documented order."""
    record: dict[str, Any] = {}
    for name in _ALL:
        value = getattr(article, name)
        if name == "date":
            record |= _date_record(value)
        else:
            record[name] = _FORMS[name](value) if name in _FORMS else value
    return record


def digest_of(record: Mapping[str, Any]) -> str:
    """The digest of the article whose record this is."""
    own = {**record, "duplicate_of": None}
    del own["completed_from"]
    return hashlib.sha256(json.dumps(own, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def from_record(record: Mapping[str, Any]) -> Article:
    """The article of a JSON object; unknown keys are ignored.

    Raises:
        ArticleInvalid: ``id`` or ``body`` is missing, or a value has the wrong type or cannot be stored; the
            message names the key.
    """
    parts: dict[str, Any] = {name: _text(record, name) for name in _TEXTS}
    parts |= {name: _strings(record, name) for name in _LISTS}
    identity, body = _text(record, "id"), _text(record, "body")
    if not identity or body is None:
        raise ArticleInvalid("缺少 id 或 body (id and body are needed)")
    if len(identity) > LONGEST_ID:
        raise ArticleInvalid(f"id 超过 {LONGEST_ID} 个字符 (id too long)")
    if identity != " ".join(identity.split()) or _CONTROL.search(identity):
        raise ArticleInvalid("id 里有换行、控制字符或多余的空白，清单里认不出来 (line breaks or stray blanks in id)")
    kind = _text(record, "kind") or "news"
    if kind not in KINDS:
        raise ArticleInvalid(f"kind 的值 {kind!r} 不在 {'、'.join(KINDS)} 之中")
    return Article(
        id=identity,
        body=body,
        kind=kind,
        source=_read_source(record.get("source")),
        date=_read_date(record),
        names_printed=_names(record, "names_printed"),
        names_merged=_names(record, "names_merged"),
        complete=record.get("complete", True) is not False,
        completed_from=_read_completions(record.get("completed_from"), len(body)),
        **parts,
    )


def from_stored(record: Mapping[str, Any]) -> Article:
    """The article of a record that ``to_record`` made of a checked article; a fifth of the time of ``from_record``."""
    parts = {**record, **{name: tuple(record[name]) for name in _LISTS}}
    start, end, origin = (parts.pop(key) for key in ("date", "date_end", "date_source"))
    source = parts["source"]
    parts["source"] = Source(source["file"], tuple(map(tuple, source["spans"])), source["page"], source["newspaper"])
    parts["date"] = PublicationDate(start and date.fromisoformat(start), end and date.fromisoformat(end), origin)
    parts["completed_from"] = tuple(Completion(**completion) for completion in record["completed_from"])
    return Article(**parts)


def _source_record(source: Source) -> dict[str, Any]:
    spans = [list(span) for span in source.spans]
    return {"file": source.file, "spans": spans, "page": source.page, "newspaper": source.newspaper}


def _date_record(when: PublicationDate) -> dict[str, str | None]:
    return {
        "date": when.start.isoformat() if when.start else None,
        "date_end": when.end.isoformat() if when.end else None,
        "date_source": when.source,
    }


def _names_record(names: Any) -> Any:
    return dict(names) if isinstance(names, Mapping) else names


def _completion_records(completions: Iterable[Completion]) -> list[dict[str, Any]]:
    return [asdict(completion) for completion in completions]


_FORMS: Mapping[str, Callable[[Any], Any]] = {
    "source": _source_record,
    "names_printed": _names_record,
    "names_merged": _names_record,
    "completed_from": _completion_records,
    **dict.fromkeys(_LISTS, list),
}
"""What becomes of the fields that are not kept as they are."""


def _text(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None or isinstance(value, str):
        return value or None if key != "body" else value
    raise ArticleInvalid(f"{key} 应为文字，实为 {type(value).__name__} ({key} must be a string)")


def _strings(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = record.get(key) or ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise ArticleInvalid(f"{key} 应为文字列表 ({key} must be a list of strings)")


def _names(record: Mapping[str, Any], key: str) -> dict[str, str]:
    value = record.get(key)
    if value is None:
        return {}
    if isinstance(value, Mapping) and all(isinstance(k, str) and isinstance(v, str) for k, v in value.items()):
        return dict(value)
    raise ArticleInvalid(f"{key} 应为姓名到另一写法的对照 ({key} must map strings to strings)")


def _read_source(value: object) -> Source:
    if value is None:
        return Source(file="")
    if isinstance(value, str):
        return Source(file=value)
    if not isinstance(value, Mapping):
        raise ArticleInvalid("source 应为对象 (source must be an object)")
    try:
        spans = tuple((int(first), int(last)) for first, last in value.get("spans") or ())
        if not all(0 <= number <= _LAST_LINE for span in spans for number in span):
            raise ValueError
    except (TypeError, ValueError, OverflowError):
        raise ArticleInvalid("source.spans 应为行号对的列表 (spans must be pairs of line numbers)") from None
    return Source(_text(value, "file") or "", spans, _text(value, "page"), _text(value, "newspaper"))


def _read_date(record: Mapping[str, Any]) -> PublicationDate:
    start = _day(record, "date")
    end = _day(record, "date_end") or start
    source = _text(record, "date_source") or ("manifest" if start else "none")
    if source not in DATE_SOURCES:
        raise ArticleInvalid(f"date_source 的值 {source!r} 不在 {'、'.join(DATE_SOURCES)} 之中")
    if start and end and end - start > LONGEST_INTERVAL:
        raise ArticleInvalid("date 到 date_end 的日期区间超过一百年 (date interval longer than a century)")
    return PublicationDate(start, end, source)


def _read_completions(value: object, length: int) -> tuple[Completion, ...]:
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)):
        raise ArticleInvalid("completed_from 应为列表 (completed_from must be a list)")
    return tuple(_read_completion(item, length) for item in value)


def _read_completion(item: object, length: int) -> Completion:
    try:
        completion = Completion(**item) if isinstance(item, Mapping) else None
    except TypeError:
        completion = None
    if completion is None or not _is_sound(completion, length):
        keys = "、".join(f.name for f in fields(Completion))
        raise ArticleInvalid(f"completed_from 的每一项应有 {keys} (completed_from: wrong keys or types)")
    return completion


def _is_sound(completion: Completion, length: int) -> bool:
    texts, numbers = (completion.id, completion.text), (completion.at, completion.overlap)
    typed = all(isinstance(text, str) for text in texts) and all(type(number) is int for number in numbers)
    return typed and completion.what in LOST and 0 <= completion.at <= length and completion.overlap >= 0


def _day(record: Mapping[str, Any], key: str) -> date | None:
    value = _text(record, key)
    if value is None:
        return None
    try:
        if _ISO_DAY.match(value):
            return datetime.fromisoformat(value).date()
    except ValueError:
        pass
    raise ArticleInvalid(f"{key} 的值 {value[:30]!r} 不是 2022-05-01 这样的日期 (not an ISO day)")
