"""What readers ask, and whether the answer belongs to one edition."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from search.article import from_stored
from search.export.reading import rows_of
from search.export.verify import WHOLE, verify_file
from tests.torture.together.doors import FORMATS, PER_PAGE, Answer, Asked, Door, HttpDoor
from tests.torture.together.editions import (
    BRIEF,
    CHRONICLE,
    MOST,
    REPORTERS,
    TOPICS,
    briefs,
    edition_of,
    expected,
    size_of,
    sizes_of,
)

Filters = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The edition that an answer belongs to, None where it cannot tell, and what is wrong with it."""

    edition: int | None
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: by which door, with what chance, and between which editions the answer must be.

    ``last`` is the newest that this reader has seen; ``newest`` tells the one that the writer has begun by now.
    """

    door: Door
    chance: random.Random
    last: int
    newest: Callable[[], int]

    def possible(self) -> range:
        """The editions to which an answer may belong."""
        return range(self.last, self.newest() + 1)


Question = Callable[[Reader], Verdict]


def judged(answer: Answer, both: bool = False, only: Filters | None = None) -> Verdict:
    """Of an answer with all its hits: total, hits, counts of all facets, timeline and corpus are of one edition."""
    said = {title: edition_of(title) for title in answer.titles.values()}
    editions = set().union(*said.values())
    if len(editions) != 1:
        return Verdict(None, (f"hits of the editions {sorted(editions)}, total {answer.total}",))
    (edition,) = editions
    wanted = expected(edition, both, tuple(sorted((only or {}).items())))
    months = {name: count for name, count in wanted.counts["date"].items() if "-" in name}
    pairs: Mapping[str, tuple[object, object]] = {
        "total": (answer.total, len(wanted.ids)),
        "hits": (sorted(answer.titles), sorted(wanted.ids)),
        "timeline": (dict(answer.timeline), months),
        "corpus": (answer.articles in sizes_of(edition), True),
        **{name: (dict(answer.counts[name]), dict(counts)) for name, counts in wanted.counts.items()},
    }
    return Verdict(edition, tuple(_differing(edition, pairs)))


def _differing(edition: int, pairs: Mapping[str, tuple[object, object]]) -> Iterator[str]:
    for name, (got, wanted) in pairs.items():
        if got != wanted:
            yield f"edition {edition}: {name} is {got}, not {wanted}"


def briefs_found(reader: Reader) -> Verdict:
    """All briefs, with all counts."""
    return judged(reader.door.search(Asked(BRIEF)))


def filtered(reader: Reader) -> Verdict:
    """The briefs of a reporter or of a topic."""
    facet, values = reader.chance.choice((("reporter", REPORTERS), ("topic", TOPICS)))
    only = {facet: reader.chance.choice(values)}
    return judged(reader.door.search(Asked(BRIEF, only)), only=only)


def everything(reader: Reader) -> Verdict:
    """All that the archive holds, what stays included."""
    return judged(reader.door.search(Asked(f"{BRIEF} OR {CHRONICLE}")), both=True)


def exact(reader: Reader) -> Verdict:
    """An exact string that the edition last seen alone has: all of it is found, or a newer edition is there."""
    answer = reader.door.search(Asked(f'"第{reader.last}期"'))
    if answer.total:
        return judged(answer)
    newer = briefs_found(reader)
    if newer.edition == reader.last:
        return Verdict(newer.edition, (*newer.wrong, f"edition {reader.last} was not found, and is there"))
    return newer


def paged(reader: Reader) -> Verdict:
    """All briefs page by page: the pages together are one edition."""
    pages = reader.door.pages(Asked(BRIEF, per_page=PER_PAGE))
    shown = [identity for page in pages for identity in page.titles]
    titles = {identity: title for page in pages for identity, title in page.titles.items()}
    first = pages[0]
    verdict = judged(Answer(first.total, titles, first.counts, first.timeline, first.articles))
    twice = () if len(shown) == len(titles) else ("an article stands on two pages",)
    return Verdict(verdict.edition, (*verdict.wrong, *twice))


def exported(reader: Reader) -> Verdict:
    """A list in a file: whole by its own seals, and of one edition."""
    form = reader.chance.choice(FORMATS)
    return _listed(reader.door.export(Asked(BRIEF), form), form)


def _listed(file: bytes, form: str) -> Verdict:
    state = verify_file(BytesIO(file)).state
    editions = edition_of(file.decode(errors="replace"))
    if state != WHOLE or len(editions) != 1:
        return Verdict(None, (f"a list as {form} is {state}, of the editions {sorted(editions)}",))
    (edition,) = editions
    rows = sorted(row.id for row in rows_of(BytesIO(file)))
    return Verdict(edition, tuple(_differing(edition, {form: (rows, sorted(briefs(edition)))})))


def article(reader: Reader) -> Verdict:
    """One brief as a whole; it is absent where the edition has no brief of that number."""
    place = reader.chance.randrange(MOST)
    record = reader.door.article(f"brief{place:04}")
    if record is None:
        absent = any(size_of(edition) <= place for edition in reader.possible())
        return Verdict(None, () if absent else (f"brief {place} is missing",))
    editions = edition_of(json.dumps(record, ensure_ascii=False))
    if len(editions) != 1:
        return Verdict(None, (f"brief {place} is of the editions {sorted(editions)}",))
    (edition,) = editions
    same = from_stored(record) == briefs(edition).get(record["id"])
    return Verdict(edition, () if same else (f"edition {edition}: brief {place} is not as it was given",))


def over_time(reader: Reader) -> Verdict:
    """The briefs by month."""
    months = dict(reader.door.timeline(BRIEF))
    return _one_of(reader, "timeline", lambda edition: months == _months(edition))


def _months(edition: int) -> dict[str, int]:
    return {name: count for name, count in expected(edition).counts["date"].items() if "-" in name}


def holdings(reader: Reader) -> Verdict:
    """How many articles there are."""
    articles = reader.door.holdings()
    return _one_of(reader, f"{articles} articles", lambda edition: articles in sizes_of(edition))


def _one_of(reader: Reader, what: str, fits: Callable[[int], bool]) -> Verdict:
    possible = reader.possible()
    fitting = any(map(fits, possible))
    return Verdict(None, () if fitting else (f"{what} of none of the editions {possible}",))


def page(reader: Reader) -> Verdict:
    """The page for people: as many headlines as there are briefs, all of one edition."""
    if not isinstance(reader.door, HttpDoor):
        return briefs_found(reader)
    text = reader.door.page(Asked(BRIEF))
    editions = edition_of(text.replace("<mark>", "").replace("</mark>", ""))
    if len(editions) != 1:
        return Verdict(None, (f"a page of the editions {sorted(editions)}",))
    (edition,) = editions
    shown = text.count("<article")
    return Verdict(edition, tuple(_differing(edition, {"articles on the page": (shown, size_of(edition))})))


QUESTIONS: Sequence[tuple[Question, int]] = (
    (briefs_found, 4),
    (filtered, 4),
    (everything, 2),
    (exact, 4),
    (paged, 1),
    (exported, 1),
    (article, 6),
    (over_time, 2),
    (holdings, 2),
    (page, 2),
)
"""With how often each is asked."""
