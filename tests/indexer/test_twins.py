import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.duplicates import sketch
from indexer.twins import ROUGHLY, WITNESSES, likeness, page_print, sampled, twins
from tests.indexer.extractions import article, noisy
from tests.indexer.pages import made_up_text

PAGE = "\n".join(made_up_text(seed, 400) for seed in range(5))
OTHER = "\n".join(made_up_text(seed, 400) for seed in range(20, 25))


def jumbled(page: str, seed: int = 1) -> str:
    """The page with its lines in another order and one letter in a hundred misread."""
    lines = noisy(page, seed).split("\n")
    random.Random(seed).shuffle(lines)
    return "\n".join(lines)


def found(*pages: str) -> dict[str, list[str]]:
    """The twins of pages, which are named by their numbers."""
    return twins({str(number): page_print(page) for number, page in enumerate(pages)})


def test_a_page_extracted_twice_is_found_whatever_the_order_of_its_lines() -> None:
    assert found(PAGE, OTHER, jumbled(PAGE)) == {"0": ["2"], "2": ["0"]}


def test_half_a_page_is_enough_but_a_notice_that_both_print_is_not() -> None:
    assert found(PAGE, "\n".join([*PAGE.split("\n")[:2], *OTHER.split("\n")[:2]])) == {"0": ["1"], "1": ["0"]}
    notice = made_up_text(99, 150)
    assert found(f"{PAGE}\n{notice}", f"{OTHER}\n{notice}") == {}


@pytest.mark.parametrize("text", ["", "大同", "，。" * 40, PAGE[:40]])
def test_a_page_of_a_few_letters_has_no_twin(text: str) -> None:
    assert found(text, text + "。") == {}


def test_a_file_longer_than_any_page_of_print_has_none() -> None:
    long = made_up_text(7, 70_000)
    assert found(long, long + "完") == {}


def test_a_copy_tells_nothing_new_and_has_the_same_twins() -> None:
    assert found(PAGE, PAGE) == {}
    told = found(PAGE, PAGE, jumbled(PAGE))
    assert told["0"] == told["1"] == ["2"]
    assert told["2"] in (["0"], ["1"])


def test_the_likest_are_heard_and_no_more() -> None:
    worse = "\n".join([*PAGE.split("\n")[:3], *OTHER.split("\n")[:2]])
    pages = [PAGE, worse, *(jumbled(PAGE, seed) for seed in range(WITNESSES))]
    assert sorted(found(*pages)["0"]) == [str(number) for number in range(2, 2 + WITNESSES)]


def test_a_thousand_extractions_of_a_page_have_few_each() -> None:
    pages = {str(seed): page_print(noisy(PAGE, seed)) for seed in range(1000)}
    assert {len(others) for others in twins(pages).values()} == {WITNESSES}


@given(st.permutations(range(6)))
def test_neither_order_nor_names_matter(order: list[int]) -> None:
    pages = [PAGE, OTHER, *(jumbled(PAGE, seed) for seed in range(3)), jumbled(OTHER)]
    plain = found(*pages)
    told = twins({f"p{number}": page_print(pages[number]) for number in order})
    assert {name[1:]: [other[1:] for other in others] for name, others in told.items()} == plain


def test_the_sketches_of_its_stories_tell_about_the_same_of_a_page() -> None:
    stories = [article(str(number), line) for number, line in enumerate(PAGE.split("\n"))]
    known = sampled([sketch(story) for story in stories])
    exact = page_print(PAGE).sample
    assert len(np.intersect1d(known, exact)) >= 0.9 * len(exact)
    assert "stored" in likeness({"page": page_print(jumbled(PAGE)).sample, "stored": known}, ROUGHLY)["page"]
    assert sampled([(), ()]).size == 0
