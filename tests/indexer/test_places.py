import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.describe.places import Places, find_places
from indexer.describe.reference import Reference
from indexer.draft import Draft
from indexer.page import Page

GAZETTEER = Reference.load().gazetteer
EIGHTEEN = [street.name for street in GAZETTEER.streets]


def places(*paragraphs, **parts):
    return find_places([Draft(Page("page.txt", ()), (), paragraphs=paragraphs, **parts)], GAZETTEER)[0]


@pytest.mark.parametrize("street", EIGHTEEN)
@pytest.mark.parametrize("form", ["{}", "{}办事处", "平城区{}党工委", "　{}　"])
def test_every_street_by_its_name(street, form):
    found = places("近日，" + form.format(street) + "召开会议。")
    assert (found.streets, found.primary_street, found.evidence) == ((street,), street, (street,))


@pytest.mark.parametrize("printed", ["迎 宾 街 道", "迎宾街\n道", "迎宾\n\n街道", "迎賓街道"])
def test_broken_and_traditional_names(printed):
    found = places(f"近日，{printed}召开会议。")
    assert found.streets == ("迎宾街道",)
    assert found.evidence == ("".join(printed.split()),)


@pytest.mark.parametrize(
    ("text", "streets"),
    [
        ("联合永泰、开源、大庆路三个街道举行", ("永泰街道", "开源街道", "大庆路街道")),
        ("来自永泰、开源以及迎宾三个街\n道的选手", ("永泰街道", "开源街道", "迎宾街道")),
        ("新华、振华等街道", ("新华街道", "振华街道")),
        ("鹿苑和武定街道", ("鹿苑街道", "武定街道")),
        ("御河街道、新旺街道和马军营、卧虎湾街道", ("御河街道", "新旺街道", "马军营街道", "卧虎湾街道")),
        ("古城街道、水泰街道、武定街道", ("古城街道", "永泰街道", "武定街道")),
    ],
)
def test_lists(text, streets):
    found = places(text)
    assert (found.streets, found.primary_street) == (streets, None)


@pytest.mark.parametrize(
    ("printed", "street"),
    [("文瀾湖街道", "文瀛湖街道"), ("文澜湖街道", "文瀛湖街道"), ("开源街街道", "开源街道"), ("西街街道", "古城街道")],
)
def test_misprints_and_former_names(printed, street):
    found = places(f"走进{printed}。")
    assert (found.streets, found.evidence) == ((street,), (printed,))


def test_a_misprint_that_may_be_another_word_counts_in_lists_only():
    assert places("水泰街道很长").streets == ()


@pytest.mark.parametrize(
    "text",
    [
        "新华社记者报道，新华书店和新华网",
        "漫步古城内，登上城墙",
        "武定街、清远街、永泰门、迎宾西路、大庆路、开源桥",
        "水泊寺综合行政执法大队来到文瀛湖",
        "在清远街道路两侧",
        "大庆路街道两旁",
        "全区18个街道、155个社区、48个村",
        "云冈区新华街道",
        "振华南街街道",
        "云州区峰峪乡",
        "各村（社区）、强村、农村、智慧社区",
        "鼓楼和平安社区",
        "",
    ],
)
def test_traps(text):
    assert places(text) == Places()


@pytest.mark.parametrize(
    ("text", "street", "communities"),
    [
        ("平城区迎宾街道理城社区", "迎宾街道", ("理想城社区",)),
        ("迎宾路社区开课", "迎宾街道", ("迎宾路社区",)),
        ("锦祥、柳航里等社区", "永泰街道", ("锦祥社区", "柳航里社区")),
        ("民富、民惠两个社区", "开源街道", ("民富社区", "民惠社区")),
        ("柳港园东院社区", "新旺街道", ("柳港园东院社区",)),
        ("悦悦社区", "新华街道", ("新悦社区",)),
        ("永和和社区", "水泊寺街道", ("永和社区",)),
        ("太阳城社区", "古城街道", ("云林社区",)),
        ("金家湾、牛庄等村", "白登山街道", ("金家湾村", "牛庄村")),
        ("古城村", "白登山街道", ("古城村",)),
        ("云山社区", None, ("云山社区",)),
    ],
)
def test_communities_and_their_street(text, street, communities):
    found = places(f"近日，{text}热闹起来。")
    assert (found.primary_street, found.communities) == (street, communities)
    assert found.streets == ((street,) if street else ())


def test_the_headline_decides():
    found = places("永泰街道来了，永泰街道、永泰街道。", kicker="御河街道", title="新事多")
    assert (found.streets, found.primary_street) == (("御河街道", "永泰街道"), "御河街道")


def test_the_one_outside_the_lists_decides():
    assert (
        places("鹿苑街道联合永泰、开源、新旺三个街道，永泰、开源、新旺以及鹿苑四个街道同台。").primary_street
        == "鹿苑街道"
    )


def test_twice_as_many_mentions_decide():
    assert places("永泰街道好。永泰街道美。开源街道来。").primary_street == "永泰街道"
    assert places("永泰街道好。开源街道来。").primary_street is None


def test_all_eighteen_are_no_primary_street():
    found = places("包保责任区为" + "、".join(EIGHTEEN) + "。")
    assert (found.streets, found.primary_street) == (tuple(EIGHTEEN), None)


def test_parts_do_not_run_into_each_other():
    assert places("街道上人很多", title="来到新旺").streets == ()


def test_captions_count():
    assert places("路修好了。", captions=("图为鹿苑街道的新路。",)).streets == ("鹿苑街道",)


@given(
    st.lists(
        st.sampled_from(
            [
                "永泰",
                "开源",
                "水泰",
                "街道",
                "街",
                "道",
                "、",
                "和",
                "等",
                "三个",
                "社区",
                "民富",
                "古城",
                "村",
                "路",
                "\n",
            ]
        ),
        max_size=30,
    )
)
def test_evidence_is_printed(parts):
    text = "".join(parts)
    found = places(text)
    squeezed = "".join(text.split())
    assert all(words in squeezed for words in found.evidence)
    assert set(found.streets) <= set(EIGHTEEN)
    assert found.primary_street is None or found.primary_street in found.streets
