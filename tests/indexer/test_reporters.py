import pytest

from indexer.describe.reference import Reference
from indexer.describe.reporters import read_bylines
from indexer.draft import Draft
from indexer.page import Page

AUTHORITY = Reference.load().authority


def names(*bylines, credits=(), section=None):
    page = Page("page.txt", ())
    return read_bylines(Draft(page, (), bylines=bylines, credits=credits, section=section), AUTHORITY)


@pytest.mark.parametrize(
    "byline",
    [
        "本报讯 (记者 丁亚琴)",
        "本报讯（记者丁亚琴）",
        "本报记者　丁亚琴",
        "见习记者 丁亚琴",
        "记 者 丁 亚 琴",
        "□记者丁亚琴",
        "山西晚报记者 丁亚琴",
        "本报讯(丁亚琴)",
        "记者：丁亚琴",
        "本報記者 丁亞琴",
    ],
)
def test_one_reporter(byline):
    found = names(byline)
    assert found.reporters == ("丁亚琴",)
    assert (found.correspondents, found.photographers, found.authors) == ((), (), ())


def test_staff_and_correspondents():
    found = names("(记者 梁晓岚 通讯员 王 炜 张 霞)")
    assert found.reporters == ("梁晓岚",)
    assert found.correspondents == ("王炜", "张霞")


def test_correspondents_first():
    found = names("本报讯(通讯员 李兰亭 记者 石磊)")
    assert (found.reporters, found.correspondents) == (("石磊",), ("李兰亭",))


def test_outside_writers_behind_the_box():
    found = names("本报讯(记者 石磊 □李兰亭 王中勋)")
    assert (found.reporters, found.correspondents) == (("石磊",), ("李兰亭", "王中勋"))


@pytest.mark.parametrize(
    "glued", ["记者梁晓岚欧阳静尉迟雪", "记者 梁晓岚、欧阳静　尉迟雪", "记者 梁晓岚 欧阳 静 尉迟 雪"]
)
def test_names_glued_and_padded(glued):
    assert names(f"({glued})").reporters == ("梁晓岚", "欧阳静", "尉迟雪")


def test_names_that_read_like_words():
    assert names("本报记者温馨 方圆 江河").reporters == ("温馨", "方圆", "江河")
    assert names("本报讯(记者锦秀)").reporters == ("锦秀",)


@pytest.mark.parametrize(
    ("printed", "name"), [("邱东芳", "邸东芳"), ("邢东芳", "邸东芳"), ("杨显郁", "杨昱郁"), ("丁雅琴", "丁亚琴")]
)
def test_variants_become_the_authorised_name(printed, name):
    found = names(f"本报记者 {printed}")
    assert found.reporters == (name,)
    assert found.names_printed == {name: printed}


def test_a_similar_name_stays_another_person():
    found = names("本报记者 董芳")
    assert (found.reporters, found.names_printed) == (("董芳",), {})


def test_role_and_name_on_two_lines():
    found = names("本报记者", "臧力卿")
    assert (found.reporters, found.byline) == (("臧力卿",), "本报记者 臧力卿")


def test_printed_twice_counts_once():
    found = names("本报记者 石磊", "本报记者 石磊")
    assert (found.reporters, found.byline) == (("石磊",), "本报记者 石磊")


def test_column_author():
    assert names("陆远", section="平城新语").authors == ("陆远",)
    assert names("石磊", section="古城副刊").authors == ("石磊",)
    assert names("李兰亭").authors == ("李兰亭",)


def test_bare_names_in_an_end_bracket():
    found = names("(牛二娃 赵启明)")
    assert (found.reporters, found.correspondents) == (("赵启明",), ("牛二娃",))


@pytest.mark.parametrize(
    "credit", ["曹飞摄", "曹飞 摄", "本报记者 曹飞 摄", "本報記者 曹飛 攝", "■ 摄影 记者 曹飞", "(曹飞/摄)"]
)
def test_photographer(credit):
    found = names("本报讯 (记者 石磊)", credits=(credit,))
    assert (found.reporters, found.photographers) == (("石磊",), ("曹飞",))


@pytest.mark.parametrize("credit", ["资料图片", "(受访者供图)", "环卫部门供图", "新华社发(王明 摄)"])
def test_credits_that_name_nobody_of_ours(credit):
    assert names("本报讯 (记者 石磊)", credits=(credit,)).photographers == ()


@pytest.mark.parametrize(
    "bylines", [("本报记者 石磊 文/图",), ("本报记者 石磊 摄影报道",), ("文/图 记者 石磊",), ("本报记者 石磊", "文/图")]
)
def test_writer_is_photographer_as_well(bylines):
    found = names(*bylines)
    assert (found.reporters, found.photographers) == (("石磊",), ("石磊",))


def test_text_and_picture_by_different_people():
    found = names("文/本报记者 石磊 图/高翔 江河")
    assert (found.reporters, found.photographers) == (("石磊",), ("高翔", "江河"))


@pytest.mark.parametrize(
    "byline",
    [
        "(记者石磊 责编 张鑫)",
        "(记者:石磊 二审:张鑫 三审:董芳)",
        "(石磊线索:马先生)",
        "作者:石磊 来源:大同晚报",
        "(记者 石磊 奖贺女士信息费30元)",
    ],
)
def test_editors_tips_and_fees_did_not_write(byline):
    found = names(byline)
    assert found.reporters + found.authors == ("石磊",)
    assert found.correspondents == ()


@pytest.mark.parametrize("byline", ["新华社记者 王明", "新华社太原8月25日电(记者王明、李雷)", "据新华社北京7月20日电"])
def test_agency_people_are_not_ours(byline):
    found = names(byline)
    assert found.agency
    assert found.reporters == ()
    assert found.byline == byline


def test_office_before_the_name():
    assert names("(大同市城区老年体协 李兰亭)").correspondents == ("李兰亭",)


def test_what_cannot_be_read_is_kept_as_printed():
    found = names("本报记者 O'Neill 等人")
    assert found.byline == "本报记者 O'Neill 等人"
    assert found.reporters == ()


def test_no_byline():
    assert names().byline is None
