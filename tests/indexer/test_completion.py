import pytest

from indexer.completion import completions
from indexer.likeness import Reading
from search.article import Article, Completion
from tests.indexer.extractions import HALF_WIDTH, TEXT, article, noisy
from tests.indexer.pages import made_up_text

HEAD = {"title": "路灯亮了", "byline": "本报记者 田野"}
STRANGE = made_up_text(8, 120)


def found(lead: Article, *others: Article) -> tuple[Completion, ...]:
    return completions(Reading(lead), [Reading(other) for other in others])


def completed(lead: Article, *others: Article) -> str:
    """The body with all that completes it in its place."""
    text = lead.body
    for completion in reversed(found(lead, *others)):
        text = text[: completion.at] + completion.text + text[completion.at :]
    return text


def test_a_lost_end() -> None:
    lead, other = article("a", TEXT[:220], complete=False, **HEAD), article("b", TEXT[180:])
    (one,) = found(lead, other)
    assert (one.id, one.what, one.at, one.text) == ("b", "end", 220, TEXT[220:])
    assert 30 <= one.overlap <= 40


def test_a_lost_beginning() -> None:
    lead, other = article("a", TEXT[180:]), article("b", TEXT[:220], complete=False, **HEAD)
    assert [(one.what, one.at, one.text) for one in found(lead, other)] == [("beginning", 0, TEXT[:180])]


def test_a_lost_middle() -> None:
    lead, other = article("a", TEXT[:150] + TEXT[230:], **HEAD), article("b", TEXT, **HEAD)
    assert completed(lead, other) == TEXT
    assert [one.what for one in found(lead, other)] == ["middle"]


def test_each_part_may_come_from_another_version() -> None:
    lead = article("a", TEXT[100:300], complete=False)
    first, last = article("b", TEXT[:160], complete=False, **HEAD), article("c", TEXT[250:])
    assert completed(lead, first, last) == TEXT
    assert [one.id for one in found(lead, first, last)] == ["b", "c"]


def test_line_breaks_come_along() -> None:
    other = article("b", f"{TEXT[150:221]}\n{TEXT[221:]}")
    assert completed(article("a", TEXT[:221], complete=False), other) == f"{TEXT[:221]}\n{TEXT[221:]}"


def test_slips_and_other_punctuation_do_not_hinder() -> None:
    other = article("b", noisy(TEXT[150:230], 4, 2).translate(HALF_WIDTH) + TEXT[230:])
    (one,) = found(article("a", TEXT[:220], complete=False), other)
    assert (one.what, one.text[-50:]) == ("end", TEXT[-50:])


def test_the_best_version_gives_the_passage() -> None:
    lead = article("a", TEXT[:220], complete=False)
    assert [one.id for one in found(lead, article("b", TEXT[180:]), article("c", TEXT[150:]))] == ["b"]


@pytest.mark.parametrize(
    ("lead", "other"),
    [
        (article("a", TEXT[:220], complete=False), article("b", TEXT[205:])),
        (article("a", TEXT[:220], complete=False), article("b", TEXT[220:])),
        (article("a", TEXT[:220]), article("b", TEXT[180:])),
        (article("a", TEXT[:220], complete=False, **HEAD), article("b", TEXT[180:], title="唱到天黑")),
        (article("a", TEXT, **HEAD), article("b", f"{STRANGE}\n{TEXT}", **HEAD)),
        (article("a", TEXT, **HEAD), article("b", f"{TEXT[:203]}\n{STRANGE}\n{TEXT[203:]}", **HEAD)),
        (article("a", TEXT[200:] + TEXT[:200], complete=False), article("b", TEXT)),
        (article("a", TEXT), article("b", noisy(TEXT, 3, 2))),
        (article("a", TEXT), article("b", TEXT[:300])),
        (article("a", ""), article("b", TEXT)),
        (article("a", TEXT), article("b", "")),
    ],
    ids=[
        "a short overlap",
        "no overlap",
        "a story not known to be cut",
        "another headline",
        "a paragraph astray at the beginning of a whole story",
        "a paragraph astray within",
        "another order of columns",
        "slips",
        "a version that has less",
        "no text",
        "no other text",
    ],
)
def test_nothing_is_completed(lead: Article, other: Article) -> None:
    assert found(lead, other) == ()
