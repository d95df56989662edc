from datetime import date

import pytest

from search.article import UNDATED, PublicationDate
from search.labels import date_words, spellings, value_label


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (UNDATED, "日期未注明"),
        (PublicationDate(date(2022, 5, 1), date(2022, 5, 1), "manifest"), "2022-05-01"),
        (PublicationDate(date(2022, 5, 1), date(2022, 5, 9), "inferred"), "2022-05-01 至 2022-05-09（推定）"),
    ],
)
def test_dates_in_words(when: PublicationDate, words: str) -> None:
    assert date_words(when) == words


@pytest.mark.parametrize(
    ("facet", "value", "label"),
    [
        ("kind", "news", "消息"),
        ("kind", "odd", "odd"),
        ("date", "2022-05", "2022年5月"),
        ("street", "古城街道", "古城街道"),
    ],
)
def test_values_in_words(facet: str, value: str, label: str) -> None:
    assert value_label(facet, value) == label


@pytest.mark.parametrize("typed", ["5", "05", "第5版", "五版", "第五版"])
def test_a_page_is_known_by_all_its_names(typed: str) -> None:
    assert "5" in spellings("page", typed)
