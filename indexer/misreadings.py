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
    """``articles`` maps the id of each to that of its story's best version."""

    articles: dict[str, str] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    beat: Counter[str] = field(default_factory=Counter)

    @property
    def stories(self) -> set[str]:
        return set(self.articles.values())


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
        self.people: dict[str, _Person] = defaultdict(_Person)
        self._size = self._sight(census, names)
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

    def _sight(self, census: Census, names: set[str]) -> int:
        """Notes where the names stand, and gives the number of all articles."""
        places = census.places()
        for identity, name in census.values("person"):
            if name in names:
                page, story = places[identity]
                self.people[name].articles[identity] = story
                self.people[name].pages.add(page)
        return len(places)

    def judge(self, printed: str, name: str) -> Misreading | None:
        """What is to be said of a pair; None when the numbers or one page show that they are two people."""
        rare, frequent = self.people[printed], self.people[name]
        stories, of = len(rare.stories), len(frequent.stories)
        if stories > RARE or of < RARER * stories or rare.pages & frequent.pages:
            return None
        shared, on_beat = self._shared(rare, self._habits(frequent, rare))
        versions = rare.stories & frequent.stories
        points = shared.total() + _VERSION_POINTS * len(versions)
        enough = points >= max(_POINTS, stories) and len(on_beat | versions) >= _ON_BEAT * stories
        doubt = "" if enough else "跑口不同，或证据太少"
        if not _at_one_time(rare.years, frequent.years):
            doubt = "年份对不上"
        beat = sorted(shared, key=lambda value: (-shared[value], value))
        return Misreading(printed, name, stories, of, len(versions), tuple(beat), doubt)

    def _shared(self, person: _Person, habits: set[str]) -> tuple[Counter[str], set[str]]:
        """How often the habits are met in a person's articles, and the stories in which one is."""
        shared: Counter[str] = Counter()
        on_beat: set[str] = set()
        for identity, story in person.articles.items():
            if common := habits.intersection(self._about[identity]):
                shared.update(common)
                on_beat.add(story)
        return shared, on_beat

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
