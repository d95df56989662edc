from datetime import date

import pytest

from search.days import read_span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022年", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-05", date(2022, 5, 1), date(2022, 5, 31)),
        ("2024-2", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022年5月", date(2022, 5, 1), date(2022, 5, 31)),
        ("2022/05/22", date(2022, 5, 22), date(2022, 5, 22)),
        (" 2022年5月22日 ", date(2022, 5, 22), date(2022, 5, 22)),
        ("202205", date(2022, 5, 1), date(2022, 5, 31)),
        ("20220522", date(2022, 5, 22), date(2022, 5, 22)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_year_month_or_day_stands_for_all_its_days(text: str, first: date, last: date) -> None:
    assert read_span(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "0000",
        "2022-13",
        "2022-00",
        "2022-02-30",
        "2022-05-00",
        "2022-05-",
        "五月",
        "202213",
        "20220230",
        "2022052",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        read_span(text)
