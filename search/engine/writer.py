"""From entries to documents of the index, one commit a batch."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable
from typing import Any

from whoosh.reading import SegmentReader

from search.article import Article, PublicationDate, from_record, to_record
from search.engine.reader import encoded
from search.engine.schema import BOOSTS, GRAM_FIELDS, TEXT_ORDER, TITLE_FIELDS, grams, part_groups
from search.engine.store import Store
from search.entry import Entry
from search.errors import ArticleInvalid
from search.text import searchable
from search.words import index_words

_MANY_SEGMENTS = 10


def commit(store: Store, entries: Iterable[Entry], remove: Iterable[str] = ()) -> bool:
    """Store the entries, each in the place of the article of its id, and remove others, all or nothing.

    Of several entries with one id the last is kept. Tells whether there was anything to write.

    Raises:
        ArticleInvalid: an entry cannot be stored; nothing is written.
        IndexBusy: another writer is at work.
    """
    documents = {document["id"]: document for document in map(_document, entries)}
    gone = {*documents, *remove}
    if not gone:
        return False
    with store.writing() as writer:
        doomed = _numbers(writer, gone)
        for number in doomed:
            writer.delete_document(number)
        for document in documents.values():
            writer.add_document(**document)
        if not doomed and not documents:
            return False
        writer.commit(mergetype=_merge)
    return True


def _numbers(writer: Any, identities: set[str]) -> list[int]:
    reader = writer.reader()
    try:
        found = (_postings(reader, identity) for identity in identities)
        return [number for numbers in found for number in numbers]
    finally:
        reader.close()


def _postings(reader: Any, identity: str) -> list[int]:
    key = encoded(identity)
    return list(reader.postings("id", key).all_ids()) if ("id", key) in reader else []


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh merge policy that keeps the number of segments logarithmic (Whoosh's own lets them pile up).

    Segments without live documents are dropped. Once there are many, those that are no bigger than all
    smaller ones and the new documents together are taken into the new segment.
    """
    alive = sorted((segment for segment in segments if segment.doc_count()), key=lambda segment: segment.doc_count())
    if len(alive) < _MANY_SEGMENTS:
        return alive
    while alive and alive[0].doc_count() <= writer.doc_count():
        reader = SegmentReader(writer.storage, writer.schema, alive.pop(0))
        writer.add_reader(reader)
        reader.close()
    return alive


def _document(entry: Entry) -> dict[str, Any]:
    """The fields of one document.

    The article goes once through its JSON form, so that what is stored is what will be read.
    """
    record, article = _checked(entry)
    parts = searchable(article)
    groups = part_groups(parts)
    tokens = {name: index_words(parts[name]) for name in (*TITLE_FIELDS, "body")}
    tokens["rest"] = [word for text in groups["rest"] for word in index_words(text)]
    card = _card(entry, article, [len(tokens[name]) for name in BOOSTS])
    return {
        "id": article.id,
        "record": record,
        "card": _compact(card).encode(),
        "text": "\n".join(parts[name] for name in TEXT_ORDER).encode(),
        "sketch": array("Q", entry.sketch).tobytes(),
        **tokens,
        **{field: sorted(grams(groups[group])) for group, field in GRAM_FIELDS.items()},
    }


def _checked(entry: Entry) -> tuple[str, Article]:
    identity = getattr(getattr(entry, "article", None), "id", None)
    try:
        record = _compact(to_record(entry.article))
        (record + entry.origin + entry.fingerprint).encode()
        array("Q", entry.sketch)
        article = from_record(json.loads(record))
    except UnicodeEncodeError:
        raise ArticleInvalid(f"文章 {identity!a} 含有残缺的字符 (lone surrogates cannot be stored)") from None
    except ArticleInvalid as error:
        raise ArticleInvalid(f"文章 {str(identity)[:40]!r}：{error}") from None
    except (AttributeError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise ArticleInvalid(f"文章 {identity!r} 的内容类型不对：{error} (wrong types)") from None
    return record, article


def _card(entry: Entry, article: Article, lengths: list[int]) -> dict[str, Any]:
    return {
        "id": article.id,
        "digest": article.digest(),
        "origin": entry.origin,
        "fingerprint": entry.fingerprint,
        "file": article.source.file,
        "duplicate_of": article.duplicate_of,
        "complete": article.complete,
        "completed": bool(article.completed_from),
        "days": _days(article.date),
        "lengths": lengths,
        **{name: list(dict.fromkeys(values)) for name, values in facet_values(article).items()},
    }


_FACETS: dict[str, Callable[[Article], Iterable[str]]] = {
    "street": lambda article: article.streets,
    "reporter": lambda article: (*article.reporters, *article.authors),
    "topic": lambda article: article.topics,
    "kind": lambda article: (article.kind,),
    "section": lambda article: (article.section,) if article.section else (),
    "person": lambda article: (article.names_merged.get(name, name) for name in article.people),
    "merged": lambda article: article.names_merged,
}


def facet_values(article: Article) -> dict[str, tuple[str, ...]]:
    """The values of every facet but the date; column authors count as reporters.

    ``person`` are all people of an article before misread names were merged, ``merged`` those who stand for such a
    name; no search asks for these two.
    """
    return {name: tuple(values(article)) for name, values in _FACETS.items()}


def _days(when: PublicationDate) -> list[int]:
    return [when.start.toordinal(), when.end.toordinal()] if when.start and when.end else []


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
