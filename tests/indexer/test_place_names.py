from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.describe.place_names import Name, Names
from indexer.describe.reference import Reference

GAZETTEER = Reference.load().gazetteer
NAMES = Names(GAZETTEER, early=False, ended=frozenset())
LATER = Names(GAZETTEER, early=False, ended=frozenset(item.name for item in GAZETTEER.former))


def meant(form, names=NAMES):
    hit = names.ending_at(form, len(form), {})
    return hit[1] if hit and hit[0] == 0 else None


@pytest.mark.parametrize("name", [street.name for street in GAZETTEER.streets])
def test_every_doubled_character_is_read_over(name):
    for at in range(len(name) - 1):
        assert meant(name[: at + 1] + name[at:], LATER) == Name(name)


@given(st.sampled_from(sorted(GAZETTEER.communities)), st.data())
def test_a_damaged_form_means_no_other_place(name, data):
    at = data.draw(st.integers(0, len(name) - 3) if len(name) > 3 else st.just(0))
    other = data.draw(st.sampled_from(sorted(GAZETTEER.lookalikes.get(name[at], name[at]))))
    found = meant(name[:at] + other + name[at + 1 :])
    assert found is None or found.community == name or name[:at] + other + name[at + 1 :] in GAZETTEER.communities


def test_a_form_of_two_places_means_neither():
    gazetteer = replace(GAZETTEER, lookalikes={"民": frozenset("氏"), "永": frozenset("氏")})
    names = Names(gazetteer, early=False, ended=frozenset())
    assert meant("氏宁社区", names) == Name("振华街道", "永宁社区")
    assert meant("氏安社区", names) is None


def test_the_longest_name_counts():
    text = "来到御东学府南社区"
    assert NAMES.ending_at(text, len(text), {}) == (2, Name("白登山街道", "御东学府南社区"))


def test_learned_names_go_first():
    learned = {"和平社区": Name("水泊寺街道", "和平社区"), "锦绣社区": Name("永泰街道", "锦绣社区")}
    assert NAMES.ending_at("和平社区", 4, learned) == (0, learned["和平社区"])
    assert NAMES.ending_at("锦绣社区", 4, learned) == (0, learned["锦绣社区"])
    assert NAMES.ending_at("锦绣社区", 4, {}) is None


def test_an_abolished_street_is_no_place_until_it_can_only_be_a_misprint():
    assert NAMES.ending_at("新华街街道", 5, {}) == (0, None)
    assert LATER.ending_at("新华街街道", 5, {}) == (0, Name("新华街道"))


def test_before_the_district_there_are_the_older_streets_only():
    early = Names(GAZETTEER, early=True, ended=frozenset())
    assert [meant(form, early) for form in ("大庆路街道", "永泰街道", "柳航里社区")] == [Name("大庆路街道"), None, None]
