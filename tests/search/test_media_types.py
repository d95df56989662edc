"""Every file that is made here has a type."""

from __future__ import annotations

import pytest

from search.citation import FORMS
from search.export import EXPORTS
from search.media_types import media_type


def test_files_are_told_by_their_ending_or_their_name() -> None:
    assert media_type("csv") == media_type("list.csv") == "text/csv"
    assert media_type("csl.json") == "application/vnd.citationstyles.csl+json"
    assert media_type("gbt7714-2015.txt") == "text/plain"


def test_everything_that_can_be_taken_away_has_a_type() -> None:
    assert all(map(media_type, [*FORMS, *(form.suffix for form in EXPORTS.values())]))


def test_what_is_not_made_here_has_none() -> None:
    with pytest.raises(KeyError):
        media_type("exe")
