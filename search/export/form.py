"""What an export format is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from search.days import CHINA
from search.export.columns import Link
from search.listed import Listed
from search.media_types import media_type
from search.version import version


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a list is to be written: the address of each article, whether with its full text, and when it is made.

    ``receipt`` makes the receipt of the search as JSON, for the formats that carry one.
    """

    link: Link
    text: bool = False
    made: datetime | None = None
    receipt: Callable[[], bytes] | None = None


Write = Callable[[Listed, Wanted], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """An export format: what it is called, the ending of its files, and what writes it.

    The writer reads the rows in their order, ``readings`` times, and yields the file in pieces while it does;
    ``binary`` ones are no text that a terminal could show. ``takes_text`` says whether the full text can be left out
    or taken in.
    """

    name: str
    suffix: str
    write: Write
    binary: bool = False
    takes_text: bool = False
    readings: int = 1

    @property
    def media_type(self) -> str:
        return media_type(self.suffix)


def facts(listed: Listed, wanted: Wanted) -> dict[str, str]:
    """What a list tells of itself, by Chinese name, in the order in which it is read."""
    request = listed.request
    return {
        "检索式": request.query,
        "理解为": listed.understood,
        "说明": "；".join(listed.notes),
        "次序": request.sort,
        "同一报道": "各个版本都列出" if request.all_versions else "多个版本只列一次",
        "篇数": str(listed.total),
        "馆藏": f"{listed.corpus.articles} 篇文章，{listed.corpus.stories} 篇报道",
        "馆藏版本": listed.corpus.version,
        "软件": f"报库 Baoku {version()}",
        "时间": made(wanted).isoformat(timespec="seconds"),
    }


def made(wanted: Wanted) -> datetime:
    """When the list is made, by the clock of the paper's readers."""
    return (wanted.made or datetime.now(CHINA)).astimezone(CHINA)
