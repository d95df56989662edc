from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.describe.places import Places, find_places
from indexer.describe.reference import Reference
from indexer.draft import Draft
from indexer.page import Page
from search.article import UNDATED, PublicationDate

GAZETTEER = Reference.load().gazetteer
EIGHTEEN = [street.name for street in GAZETTEER.streets]


def places(*paragraphs, lines=(), day=None, newspaper=None, **parts):
    printed = PublicationDate(date.fromisoformat(day), date.fromisoformat(day), "masthead") if day else UNDATED
    page = Page("page.txt", lines, printed, newspaper=newspaper)
    return find_places([Draft(page, (), paragraphs=paragraphs, **parts)], GAZETTEER)[0]


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
        ("永秦、开源、大床路三个街道", ("永泰街道", "开源街道", "大庆路街道")),
        ("永泰、开源 and 大庆路三个街道", ("永泰街道", "开源街道", "大庆路街道")),
        ("永泰、翠微、开源三个街道", ("永泰街道", "开源街道")),
        ("永泰、开源以及迎宾四个街道", ("永泰街道", "开源街道", "迎宾街道")),
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


@pytest.mark.parametrize(
    ("printed", "street"),
    [
        ("水汨寺街道", "水泊寺街道"),
        ("文濑湖街道", "文瀛湖街道"),
        ("永秦街道", "永泰街道"),
        ("水泰街道", "永泰街道"),
        ("马军菅街道", "马军营街道"),
        ("武定街街道", "武定街道"),
        ("永永泰街道", "永泰街道"),
        ("水泊寺寺街道", "水泊寺街道"),
        ("绵祥社区", "永泰街道"),
        ("柳航里社社区", "永泰街道"),
        ("金家弯村", "白登山街道"),
    ],
)
def test_one_damaged_character(printed, street):
    found = places(f"近日，{printed}召开会议。")
    assert (found.streets, found.evidence) == ((street,), (printed,))


def test_two_damaged_characters_are_too_many():
    assert places("近日，水秦街道召开会议。") == Places()


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
        "太原市迎泽区迎宾街道",
        "太原市迎泽区的迎宾街道、新华街道",
        "石家庄新华街道",
        "北京市石景山区古城街道、永泰街道",
        "蒙城县庄周街道和平社区",
        "太原市迎泽区迎宾街道锦绣社区。锦绣社区的居民来了",
        "周士庄镇牛庄村",
        "西花园街道、新平旺街道、清泉街道",
        "居民和社区干部一起栽树",
        "新盖的房子村里人都喜欢",
        "他写得很好。（永泰街道 赵一）",
        "新平旺街道永泰里",
        "走进古城，漫步清远街",
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


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("大同市平城区永泰街道", "永泰街道"),
        ("山西省大同市永泰街道", "永泰街道"),
        ("我市永泰街道", "永泰街道"),
        ("辖区永泰街道", "永泰街道"),
        ("城区大庆路街道", "大庆路街道"),
        ("平城区迎宾街道赴太原市迎泽区迎宾街道学习", "迎宾街道"),
        ("来自太原市的客人走进永泰街道", "永泰街道"),
        ("该街道柳航里社区", "永泰街道"),
    ],
)
def test_a_place_of_this_district(text, street):
    assert places(f"近日，{text}。").streets == (street,)


def test_a_street_of_another_city_stays_there_through_the_story():
    assert places("太原市迎泽区迎宾街道开了一家小店。迎宾街道的居民都来了。") == Places()


def test_a_story_of_another_city():
    assert places("石家庄市新华区的食堂开张。新华街道的老人来吃饭。") == Places()


def test_guests_from_another_city():
    assert places("古城街道迎来石家庄市新华区的客人。").streets == ("古城街道",)


def test_a_page_of_another_city():
    city = {"lines": ("石家庄日报", "石家庄市今日有雨"), "newspaper": "石家庄日报"}
    assert places("近日，新华街道开会，石家庄各界来贺。", **city) == Places()
    assert places("近日，新华街道开会，石家庄各界来贺。", lines=("平城区新闻",)).streets == ("新华街道",)


@pytest.mark.parametrize(
    ("day", "printed", "streets"),
    [
        ("2019-06-21", "永泰街道", ("永泰街道",)),
        ("2014-10-01", "永泰街道", ()),
        ("1936-05-05", "新华街道", ()),
        ("2014-10-01", "大庆路街道", ("大庆路街道",)),
        ("2014-10-01", "东街街道", ("古城街道",)),
        ("2019-06-21", "北街街道", ("古城街道",)),
        ("2019-06-21", "新华街街道", ()),
        ("2023-06-21", "新华街街道", ("新华街道",)),
        ("2019-06-21", "南关街道", ()),
        ("2014-10-01", "柳航里社区", ()),
    ],
)
def test_names_of_their_time(day, printed, streets):
    assert places(f"近日，{printed}召开会议。", day=day).streets == streets


def test_a_community_named_with_its_street_is_known_by_it():
    found = places("近日，永泰街道锦绣社区种树。锦绣社区的老人说好。")
    assert (found.streets, found.communities) == (("永泰街道",), ("锦绣社区",))


def test_print_goes_before_the_gazetteer():
    found = places("近日，水泊寺街道和平社区种树。和平社区的老人说好。")
    assert (found.streets, found.communities) == (("水泊寺街道",), ("和平社区",))


@pytest.mark.parametrize("words", ["各社区", "智慧社区", "打造美丽乡村", "团委聚焦社区", "和社区"])
def test_what_stands_behind_a_street_and_is_no_community(words):
    assert places(f"近日，永泰街道{words}建设。").communities == ()


def test_a_story_tells_the_others_of_its_page():
    page = Page("page.txt", ())
    told = Draft(page, (), paragraphs=("近日，永泰街道锦绣社区种树。",))
    other = Draft(page, (), title="锦绣社区的春天", paragraphs=("花开了。",))
    assert [found.primary_street for found in find_places([told, other], GAZETTEER)] == ["永泰街道", "永泰街道"]


def test_what_two_stories_tell_differently_is_not_known():
    page = Page("page.txt", ())
    texts = ("近日，永泰街道锦绣社区种树。", "近日，开源街道锦绣社区种树。", "锦绣社区的花开了。")
    found = find_places([Draft(page, (), paragraphs=(text,)) for text in texts], GAZETTEER)
    assert [each.streets for each in found] == [("永泰街道",), ("开源街道",), ()]


def test_a_page_without_stories():
    assert find_places([], GAZETTEER) == []


def test_landmarks():
    found = places("商贸小区的路修好了。")
    assert (found.streets, found.communities, found.evidence) == (("迎宾街道",), (), ("商贸小区",))


def test_evidence_is_the_whole_list():
    assert places("近日，永泰、开源、大庆路三个街道开会。").evidence == ("永泰、开源、大庆路三个街道",)


def test_the_writer_s_office_is_not_the_place():
    found = places("本报讯（通讯员 永泰街道 赵一）近日，开源街道开会。")
    assert found.streets == ("开源街道",)
    assert places("周六上午九点。（永泰街道文化站）").streets == ("永泰街道",)


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
    assert places("会开了。永泰街道好。开源街道来。").primary_street is None


def test_the_first_sentence_decides_between_equals():
    assert places("永泰街道种树。开源街道的人来看。").primary_street == "永泰街道"
    assert places("永泰街道、开源街道种树。新旺街道的人来看，永泰街道也来。").primary_street is None


def test_many_streets_have_no_primary_one():
    others = "。".join(f"来了{street}的人" for street in EIGHTEEN[1:5])
    assert places(f"{EIGHTEEN[0]}种树。{EIGHTEEN[0]}好。{others}。").primary_street is None


def test_all_eighteen_are_no_primary_street():
    found = places("包保责任区为" + "、".join(EIGHTEEN) + "。")
    assert (found.streets, found.primary_street) == (tuple(EIGHTEEN), None)


def test_parts_do_not_run_into_each_other():
    assert places("街道上人很多", title="来到新旺").streets == ()


def test_a_name_cut_over_two_headline_lines():
    assert places("花开了。", kicker="花开水泊寺", title="街道").primary_street == "水泊寺街道"


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
                " ",
                " and ",
                "x ",
                "永泰街道",
                "开源街道",
                "锦绣社区",
                "太原市迎泽区",
                "平城区",
                "(",
                ")",
                "。",
            ]
        ),
        max_size=30,
    )
)
def test_evidence_is_printed(parts):
    text = "".join(parts)
    found = places(text)
    squeezed = "".join(text.split())
    assert all("".join(words.split()) in squeezed for words in found.evidence)
    assert set(found.streets) <= set(EIGHTEEN)
    assert found.primary_street is None or found.primary_street in found.streets
