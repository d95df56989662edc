from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from indexer.identity import identify, with_unique_ids, without_number
from search.article import Article, Source
from tests.indexer.pages import MORE, NEWS, OTHER, drafts

STORY = ("路灯亮了", "本报记者 王小满", NEWS + MORE, MORE + NEWS)
OTHERS = st.lists(
    st.sampled_from(
        [("唱到天黑", "本报记者 李青山", OTHER * 2), ("清早扫雪忙", "本报记者 赵一鸣", (OTHER + MORE) * 2)]
    ),
    unique=True,
)


def articles(*ids: str) -> list[Article]:
    return [Article(identity, Source("05.txt")) for identity in ids]


@given(OTHERS, OTHERS)
def test_an_id_does_not_depend_on_the_other_articles_of_the_page(above, below) -> None:
    lines = [line for part in (*above, STORY, *below) for line in part]
    assert identify(drafts(*STORY)[0]) in map(identify, drafts(*lines))


def test_an_id_is_sixteen_hexadecimal_digits() -> None:
    assert len(identity := identify(drafts(*STORY)[0])) == 16
    assert int(identity, 16)


def test_the_folder_of_the_page_leaves_the_id_alone() -> None:
    draft = drafts(*STORY)[0]
    moved = replace(draft, page=replace(draft.page, file="2023/07/" + draft.page.file))
    assert identify(moved) == identify(draft)


def test_a_correction_further_down_leaves_the_id_alone() -> None:
    assert identify(drafts(*STORY[:3], OTHER)[0]) == identify(drafts(*STORY)[0])


def test_punctuation_and_its_width_leave_the_id_alone() -> None:
    assert identify(drafts(*(line.replace("，", ",") for line in STORY))[0]) == identify(drafts(*STORY)[0])


def test_another_headline_is_another_id() -> None:
    assert identify(drafts("灯又亮了", *STORY[1:])[0]) != identify(drafts(*STORY)[0])


def test_repeated_ids_are_numbered_in_order() -> None:
    assert [a.id for a in with_unique_ids(articles("a", "a", "b", "a"))] == ["a", "a-2", "b", "a-3"]


def test_ids_that_are_taken_already_are_passed_over() -> None:
    assert [a.id for a in with_unique_ids(articles("a", "a"), {"a", "a-3"})] == ["a-2", "a-4"]


@given(st.lists(st.sampled_from(["a", "b", "a-2", "a-2-2"]), max_size=12))
def test_ids_come_out_unique(ids: list[str]) -> None:
    found = [a.id for a in with_unique_ids(articles(*ids))]
    assert len(set(found)) == len(ids)


def test_a_numbered_id_leads_back() -> None:
    assert [without_number(identity) for identity in ("ab12-3", "ab12")] == ["ab12", "ab12"]
