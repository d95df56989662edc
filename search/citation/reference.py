"""The reference: what of an article is cited, in the order in which it is, made once for all forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from search.article import Article, PublicationDate
from search.labels import date_words, page_number
from search.message import Message


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited. ``title_printed`` is false where the story has no title and its first words stand for one.

    ``notes`` say in words what a reader of the reference should know and no field has room for.
    """

    id: str
    title: str
    title_printed: bool
    authors: tuple[str, ...]
    newspaper: str | None
    page: str | None
    date: PublicationDate
    section: str | None
    keywords: tuple[str, ...]
    notes: tuple[str, ...]
    url: str

    @property
    def date_printed(self) -> bool:
        """Whether the page, its file or the manifest tells the very day."""
        return self.date.known and not self.date.is_interval and self.date.source != "inferred"

    @property
    def shown_title(self) -> str:
        """The title; one that the archive has given stands in brackets, as all styles want it."""
        return self.title if self.title_printed else f"[{self.title}]"

    @property
    def lacking(self) -> tuple[str, ...]:
        """What a reader has to look up before the reference is whole, in words."""
        wanted = {Message("报纸名"): self.newspaper, Message("版次"): self.page, Message("确切日期"): self.date_printed}
        return tuple(words for words, held in wanted.items() if not held)


def reference(article: Article, url: str) -> Reference:
    """The reference to an article whose page is at ``url``."""
    return Reference(
        id=article.id,
        title=_title(article),
        title_printed=article.title is not None,
        authors=_authors(article),
        newspaper=article.source.newspaper,
        page=page_number(article.source.page) if article.source.page else None,
        date=article.date,
        section=article.section,
        keywords=tuple(dict.fromkeys((*article.topics, *article.streets))),
        notes=tuple(_notes(article)),
        url=url,
    )


def known_days(when: PublicationDate) -> tuple[int, ...]:
    """Year, month and day as far as they are beyond doubt: what all days of an interval share.

    Of an inferred day no more than the month.
    """
    if when.start is None or when.end is None:
        return ()
    first, last = parts(when.start), parts(when.end)
    shared = next((n for n in range(3) if first[n] != last[n]), 3)
    return first[: min(shared, 2) if when.source == "inferred" else shared]


def parts(day: date) -> tuple[int, int, int]:
    """Year, month, day."""
    return day.year, day.month, day.day


def iso(known: tuple[int, ...]) -> str:
    """Year, month and day as ISO 8601 writes them: 2022, 2022-05, 2022-05-22; nothing as the empty string."""
    return "-".join(f"{part:02}" for part in known)


def interval(when: PublicationDate) -> str:
    """The day, or the first and the last day with a solidus between them (ISO 8601); empty when unknown."""
    days = (day.isoformat() for day in (when.start, when.end) if day)
    return "/".join(dict.fromkeys(days))


def _title(article: Article) -> str:
    cut = article.title is None and article.body.strip() != article.headline
    return " ".join(article.headline.split()) + ("……" if cut else "")


def _authors(article: Article) -> tuple[str, ...]:
    """Who wrote it, as the byline names them; who took the picture, where nobody wrote."""
    writers = (*article.reporters, *article.correspondents, *article.authors)
    return tuple(dict.fromkeys(writers or article.photographers))


def _notes(article: Article) -> Iterator[str]:
    if article.kicker:
        yield f"引题：{article.kicker}"
    if article.subtitle:
        yield f"副题：{article.subtitle}"
    if article.title is None:
        yield "原无标题，方括号里是正文开头"
    if article.date.known and (article.date.is_interval or article.date.source == "inferred"):
        yield f"日期：{date_words(article.date)}"
    if not article.complete:
        yield "原版面上文字不全"
