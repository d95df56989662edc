from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from indexer.describe.authority import Authority
from indexer.describe.reference import Reference
from indexer.describe.reporters import Names, read_bylines
from indexer.draft import Draft
from indexer.page import Page
from search.article import UNDATED, PublicationDate
from search.errors import BaokuError
from search.reference import reference_folder

PEOPLE = """
different = [["甲小", "乙小"]]
[reporters]
"邸东芳" = ["邱东芳"]
"石磊" = { variants = ["石雷"], from = "2015-03", to = "2019", desk = "要闻" }
"张晶（教育）" = { variants = ["张晶"], to = "2018", desk = "教育" }
"张晶（文体）" = { variants = ["张晶"], from = "2018-06", desk = "文体" }
[authors]
"陆远" = []
"""


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return load(tmp_path, PEOPLE)


def load(folder: Path, text: str) -> Authority:
    tomllib.loads(text)
    for path in reference_folder().glob("*.toml"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "reporters.toml").write_text(text, "utf-8")
    return Reference.load(folder).authority


def on(day: str, last: str = "") -> PublicationDate:
    return PublicationDate(date.fromisoformat(day), date.fromisoformat(last or day), "manifest")


@pytest.mark.parametrize(
    ("form", "when", "place", "name"),
    [
        ("邸东芳", UNDATED, "", "邸东芳"),
        ("邱东芳", UNDATED, "", "邸东芳"),
        ("邢东芳", UNDATED, "", None),
        ("石雷", UNDATED, "", "石磊"),
        ("石雷", on("2015-03-01"), "", "石磊"),
        ("石雷", on("2019-12-31"), "", "石磊"),
        ("石雷", on("2015-02-28"), "", None),
        ("石雷", on("2020-01-01"), "", None),
        ("石雷", on("2014-01-01", "2015-03-01"), "", "石磊"),
        ("张晶", on("2017-05-05"), "", "张晶（教育）"),
        ("张晶", on("2019-05-05"), "", "张晶（文体）"),
        ("张晶", on("2018-07-01"), "", None),
        ("张晶", on("2018-07-01"), "文体新闻", "张晶（文体）"),
        ("张晶", UNDATED, "教育 平城新语", "张晶（教育）"),
        ("张晶", UNDATED, "教育 文体", None),
    ],
)
def test_who_is_behind_a_form(
    authority: Authority, form: str, when: PublicationDate, place: str, name: str | None
) -> None:
    assert authority.name(form, when, place) == name


def byline(authority: Authority, printed: str, page: Page) -> Names:
    return read_bylines(Draft(page, (), bylines=(f"本报记者 {printed}",)), authority)


def test_people_of_one_name_are_told_apart_in_a_story(authority: Authority) -> None:
    found = byline(authority, "张晶", Page("p", (), on("2021-05-05")))
    assert found.reporters == ("张晶（文体）",)
    assert found.names_printed == {"张晶（文体）": "张晶"}


def test_a_name_that_may_be_two_people_s_stays_as_printed(authority: Authority) -> None:
    found = byline(authority, "张晶", Page("p", ()))
    assert (found.reporters, found.names_printed) == (("张晶",), {})


def test_the_name_of_the_page_tells_the_desk(authority: Authority) -> None:
    assert byline(authority, "张晶", Page("p", (), name="教育周刊")).reporters == ("张晶（教育）",)


def test_who_is_different(authority: Authority) -> None:
    assert authority.apart("乙小", "甲小")
    assert authority.apart("邸东芳", "石磊")
    assert not authority.apart("邸东芳", "邢东芳")


def test_a_form_of_two_people_that_is_one_s_own_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BaokuError, match=r"张晶（文体）.*各加区分"):
        load(tmp_path, '[reporters]\n"张晶" = []\n"张晶（文体）" = ["张晶"]')


def test_one_person_in_two_roles_is_one(tmp_path: Path) -> None:
    authority = load(tmp_path, '[reporters]\n"石磊" = ["石雷"]\n[photographers]\n"石磊" = []')
    assert authority.name("石磊") == authority.name("石雷") == "石磊"
