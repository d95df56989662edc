from datetime import date

import pytest

from indexer.describe.gazetteer import read_gazetteer
from indexer.describe.reference import Reference, Table
from search.errors import BaokuError

STREET = 'district = "平城区"\n[[street]]\nname = "永泰街道"\ncode = "1"\n'


def read(text):
    return read_gazetteer(Table.read("gazetteer.toml", text.encode()))


def test_the_file_of_the_project():
    gazetteer = Reference.load().gazetteer
    assert len({street.code for street in gazetteer.streets}) == 18
    assert gazetteer.communities["民富社区"] == "开源街道"
    assert gazetteer.communities["水泊寺村"] == "文瀛湖街道"
    assert sum(name.endswith("村") for name in gazetteer.communities) == 48
    assert set(gazetteer.forms.values()) <= set(gazetteer.communities)


def test_a_small_file():
    gazetteer = read(
        'district = "平城区"\nsince = 2018-02-09\nhome = ["大同"]\nneighbours = ["云州区"]\nelsewhere = ["太原"]\n'
        'lookalikes = ["泰秦", "秦奏"]\n[[street]]\nname = "永泰街道"\ncode = "1"\nsince = 2021-03-02\n'
        'communities = ["甲社区"]\nformer_communities = ["乙社区"]\nvillages = ["丙村"]\n'
        '[[former]]\nnames = ["南街街道", "北街街道"]\nuntil = 2021-04-12\nstreet = "永泰街道"\n'
        '[unplaced]\nvillages = ["丁村"]\n[community_forms]\n"旧社区" = "甲社区"'
    )
    assert (gazetteer.since, gazetteer.streets[0].since) == (date(2018, 2, 9), date(2021, 3, 2))
    assert (gazetteer.home, gazetteer.elsewhere) == (("平城区", "大同"), ("云州区", "太原"))
    assert gazetteer.communities == dict.fromkeys(["甲社区", "乙社区", "丙村"], "永泰街道") | {"丁村": None}
    assert [(item.name, item.street) for item in gazetteer.former] == [
        ("南街街道", "永泰街道"),
        ("北街街道", "永泰街道"),
    ]
    assert gazetteer.lookalikes == {"泰": {"秦"}, "秦": {"泰", "奏"}, "奏": {"秦"}}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('district = "平城区"\n[[street]]\nname = "永泰"\ncode = "1"', r"street\[1\].name"),
        ('district = "平城区"\n[[street]]\nname = "永泰街道"', r"street\[1\].code"),
        ('[[street]]\nname = "永泰街道"\ncode = "1"', "district"),
        ('district = "平城区"\nsince = "2018"', "since"),
        ('district = "平城区"\nsince = 2018-02-09T08:00:00', "since"),
        ('district = "平城区"\nlookalikes = "泰秦"', "lookalikes"),
        ('district = "平城区"\n[unplaced]\ncommunities = ["民富"]', "unplaced.communities"),
        ('district = "平城区"\n[unplaced]\nvillages = ["民富社区"]', "unplaced.villages"),
        ('district = "平城区"\n[community_forms]\n"悦悦社区" = "新悦社区"', "community_forms.悦悦社区"),
        (STREET + "since = 2021", r"street\[1\].since"),
        (STREET + 'former_communities = ["甲村"]', r"street\[1\].former_communities"),
        (STREET + 'communities = ["甲社区"]\n[unplaced]\ncommunities = ["甲社区"]', "甲社区"),
        (STREET + '[[former]]\nnames = ["南街街道"]', r"former\[1\].until"),
        (STREET + '[[former]]\nnames = "南街街道"\nuntil = 2021-03-02', r"former\[1\].names"),
        (STREET + '[[former]]\nnames = []\nuntil = 2021-03-02\nstreet = "北街街道"', r"former\[1\].street"),
    ],
)
def test_a_wrong_value_is_named(text, named):
    with pytest.raises(BaokuError, match=f"gazetteer.toml：.*{named}"):
        read(text)
