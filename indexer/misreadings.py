"""Names that were misread from print: found over many articles, merged on evidence, taken back without a trace.

A rare name is a misreading of a frequent one when the two differ in look-alike characters only *and* its stories are
on the other's beat: the streets and topics of which the frequent name writes much more than others do. Two people
are never merged when both names are frequent, when both stand on one page, or when the authority file knows them as
two. Everything is decided anew from the names as printed, so that the order of runs does not matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.describe.authority import Authority
from indexer.describe.lookalikes import Lookalikes
from search.archive import Archive
from search.article import Article
from search.entry import Card

RARER = 6
"""How many times as many stories the right name must have."""
RARE = 10
"""A name with more stories than this is somebody's own."""
_CROWD = 50
_HABIT_SHARE, _HABIT_LIFT = 0.25, 2.0
_POINTS, _ON_BEAT = 2, 2 / 3
_VERSION_POINTS = 2


@dataclass(frozen=True, slots=True)
class Census:
    """What articles tell of their people.

    ``values`` gives the pairs (id, value) of a facet: person, street, topic or date. ``places`` gives for every id
    its page and the id of the best version of its story.
    """

    values: Callable[[str], Iterable[tuple[str, str]]]
    places: Callable[[], Mapping[str, tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Misreading:
    """A printed form and the name that it is taken for, or, with a ``doubt``, may be.

    ``stories`` are those under the printed form, ``of`` those under the name, ``versions`` those that another
    version gives to the name; ``beat`` is what the stories of both are about and where, commonest first.
    """

    printed: str
    name: str
    stories: int
    of: int
    versions: int = 0
    beat: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(slots=True)
class _Person:
    articles: dict[str, str] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    beat: Counter[str] = field(default_factory=Counter)


def find_misreadings(census: Census, authority: Authority, lookalikes: Lookalikes) -> list[Misreading]:
    """Which printed names are misreadings, those with a doubt behind those without, each in the order of the names."""
    pairs = _alike_pairs(Counter(name for _, name in census.values("person")), authority, lookalikes)
    if not pairs:
        return []
    survey = _Survey(census, {name for pair in pairs for name in pair})
    judged: dict[str, list[Misreading]] = defaultdict(list)
    for printed, name in pairs:
        if found := survey.judge(printed, name):
            judged[printed].append(found)
    return sorted(_settled(judged, survey), key=lambda found: (bool(found.doubt), found.name, found.printed))


def _alike_pairs(counts: Mapping[str, int], authority: Authority, lookalikes: Lookalikes) -> list[tuple[str, str]]:
    """The pairs (rare, frequent) of names that look alike and may be one person's, by the number of articles."""
    buckets: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        buckets[lookalikes.key(name)].append(name)
    return sorted(
        (rare, frequent)
        for names in buckets.values()
        if 1 < len(names) <= _CROWD
        for rare in names
        for frequent in names
        if counts[frequent] > counts[rare]
        and rare not in authority.forms
        and lookalikes.alike(rare, frequent)
        and not authority.apart(rare, frequent)
    )


class _Survey:
    """The stories, pages, years and beats of the names that are concerned, and the beats of everyone."""

    def __init__(self, census: Census, names: set[str]) -> None:
        places = census.places()
        self._size = len(places)
        self.people: dict[str, _Person] = defaultdict(_Person)
        for identity, name in census.values("person"):
            if name in names:
                person = self.people[name]
                page, story = places[identity]
                person.articles[identity] = story
                person.pages.add(page)
        concerned = {identity for person in self.people.values() for identity in person.articles}
        self._everyone: Counter[str] = Counter()
        self._about: dict[str, list[str]] = defaultdict(list)
        for facet in ("street", "topic"):
            for identity, value in census.values(facet):
                self._everyone[value] += 1
                if identity in concerned:
                    self._about[identity].append(value)
        years: dict[str, set[int]] = defaultdict(set)
        for identity, value in census.values("date"):
            if identity in concerned and len(value) == len("2022"):
                years[identity].add(int(value))
        for person in self.people.values():
            person.beat.update(value for identity in person.articles for value in self._about[identity])
            person.years.update(year for identity in person.articles for year in years[identity])

    def judge(self, printed: str, name: str) -> Misreading | None:
        """What is to be said of a pair; None when the numbers or one page show that they are two people."""
        rare, frequent = self.people[printed], self.people[name]
        own, theirs = set(rare.articles.values()), set(frequent.articles.values())
        stories, of = len(own), len(theirs)
        if stories > RARE or of < RARER * stories or rare.pages & frequent.pages:
            return None
        habits = self._habits(frequent, rare)
        shared: Counter[str] = Counter()
        on_beat: set[str] = set()
        versions = own & theirs
        for identity, story in rare.articles.items():
            if common := habits.intersection(self._about[identity]):
                shared.update(common)
                on_beat.add(story)
        beat = tuple(value for value, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])))
        points = sum(shared.values()) + _VERSION_POINTS * len(versions)
        enough = points >= max(_POINTS, stories) and len(on_beat | versions) >= _ON_BEAT * stories
        doubt = "" if enough else "跑口不同，或证据太少"
        if not _at_one_time(rare.years, frequent.years):
            doubt = "年份对不上"
        return Misreading(printed, name, stories, of, len(versions), beat, doubt)

    def _habits(self, person: _Person, suspect: _Person) -> set[str]:
        """The streets and topics that a person writes about often, and much more often than the others do."""
        own = len(person.articles)
        others = max(1, self._size - own - len(suspect.articles))
        return {
            value
            for value, count in person.beat.items()
            if count >= max(2, _HABIT_SHARE * own)
            and count / own >= _HABIT_LIFT * (self._everyone[value] - count - suspect.beat[value]) / others
        }


def _at_one_time(rare: set[int], frequent: set[int]) -> bool:
    """Whether every year of one lies beside a year of the other; unknown years contradict nothing."""
    return not rare or not frequent or all(frequent & {year - 1, year, year + 1} for year in rare)


def _settled(judged: Mapping[str, Sequence[Misreading]], survey: _Survey) -> Iterator[Misreading]:
    """One finding for every printed name: a misreading of one name only, which is nobody's misreading itself."""
    pages = {name: set(person.pages) for name, person in survey.people.items()}
    taken: set[str] = set()
    for printed in sorted(judged, key=lambda printed: (judged[printed][0].stories, printed)):
        sure = [found for found in judged[printed] if not found.doubt]
        best = max(sure or judged[printed], key=lambda found: (found.of, found.name))
        if len(sure) > 1:
            best = replace(best, doubt=f"也像 {'、'.join(f.name for f in sure if f is not best)}")
        elif sure and (printed in taken or pages[best.name] & pages[printed]):
            best = replace(best, doubt="与别的写法同版出现")
        elif sure:
            taken.add(best.name)
            pages[best.name] |= pages[printed]
        yield best


def merge_names(articles: Sequence[Article], found: Iterable[Misreading]) -> list[Article]:
    """The articles with misread names under the right ones."""
    wanted = _wanted(found)
    return [_under(article, wanted) for article in articles]


def census_of(articles: Sequence[Article], origins: Mapping[str, str]) -> Census:
    """The census of the articles of a run; ``origins`` names the file of each id."""

    def values(facet: str) -> Iterator[tuple[str, str]]:
        for article in articles:
            for value in dict.fromkeys(_facet(article, facet)):
                yield article.id, value

    places = {article.id: _place(article, origins[article.id]) for article in articles}
    return Census(values, lambda: places)


def merge_stored_names(archive: Archive, authority: Authority, lookalikes: Lookalikes) -> list[Misreading]:
    """Finds the misread names over the whole archive and stores what that changes; gives what was found."""
    census = Census(archive.values, lambda: {card.id: _place(card, card.origin) for card in archive.cards()})
    found = find_misreadings(census, authority, lookalikes)
    wanted = _wanted(found)
    concerned = {identity for identity, name in archive.values("person") if name in wanted}
    concerned |= {identity for identity, _ in archive.values("merged")}
    entries = [entry for identity in sorted(concerned) if (entry := archive.entry(identity))]
    renamed = [replace(entry, article=_under(entry.article, wanted)) for entry in entries]
    if changed := [new for new, old in zip(renamed, entries, strict=True) if new.article != old.article]:
        archive.update(changed)
    return found


def _wanted(found: Iterable[Misreading]) -> dict[str, str]:
    return {item.printed: item.name for item in found if not item.doubt}


def _facet(article: Article, facet: str) -> Iterable[str]:
    match facet:
        case "person":
            return (article.names_merged.get(name, name) for name in article.people)
        case "street":
            return article.streets
        case "topic":
            return article.topics
    when = article.date
    return map(str, range(when.start.year, when.end.year + 1)) if when.start and when.end else ()


def _place(item: Article | Card, origin: str) -> tuple[str, str]:
    """The page of an article, which is its file or, for a ready article, its own, and its story's best version."""
    ready = not origin or origin.endswith(".jsonl")
    return item.id if ready else origin, item.duplicate_of or item.id


def _under(article: Article, wanted: Mapping[str, str]) -> Article:
    """The article with its people under the wanted names, whatever had been merged in it before."""
    back = {name: form for name, form in article.names_merged.items() if name in article.people}
    forms = [back.get(name, name) for name in article.people]
    merged = {wanted[form]: form for form in forms if form in wanted}
    if merged == article.names_merged:
        return article
    printed = {back.get(name, name): form for name, form in article.names_printed.items()}
    names = {form: wanted.get(form, form) for form in (*forms, *printed)}
    shown = {names[form]: printed.get(form, form) for form in names}

    def renamed(people: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(names[back.get(name, name)] for name in people))

    return replace(
        article,
        reporters=renamed(article.reporters),
        correspondents=renamed(article.correspondents),
        photographers=renamed(article.photographers),
        authors=renamed(article.authors),
        names_printed={name: form for name, form in shown.items() if name != form},
        names_merged=merged,
    )
