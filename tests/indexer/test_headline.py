import pytest

from indexer.headline import Head, are_halves, is_broken, looks_cut, names_writer, read_head


@pytest.mark.parametrize(
    ("lines", "head"),
    [
        ([], Head(None)),
        (["  "], Head(None)),
        (["东巷新添健身角"], Head("东巷新添健身角")),
        (["东巷新添健身角", "——老年活动站开放首日见闻"], Head("东巷新添健身角", None, "老年活动站开放首日见闻")),
        (["东巷新添健身角", "老年活动站改造纪实"], Head("东巷新添健身角", None, "老年活动站改造纪实")),
        (["绿荫街道", "东巷新添健身角"], Head("东巷新添健身角", "绿荫街道")),
        (["东巷新添健身", "老人笑开了花"], Head("东巷新添健身 老人笑开了花")),
    ],
)
def test_which_line_of_a_head_is_what(lines: list[str], head: Head) -> None:
    assert read_head(lines) == head


def test_of_three_lines_the_last_is_the_subtitle() -> None:
    head = read_head(["绿荫街道", "东巷新添健身角", "三百户人家家门口就能锻炼身体"])
    assert head == Head("东巷新添健身角", "绿荫街道", "三百户人家家门口就能锻炼身体")


def test_a_lone_line_with_a_dash_is_still_the_title() -> None:
    assert read_head(["——东巷新添健身角"]).title == "——东巷新添健身角"


@pytest.mark.parametrize("line", ["老人们坐在树下，", "他说“今天的", "把院子扫得干干净净的", "据了解东巷共三百户"])
def test_half_sentences_look_cut(line: str) -> None:
    assert looks_cut(line)


@pytest.mark.parametrize("line", ["东巷新添健身角", "扫净小院 亮了心田", "小院净，人心亮"])
def test_headlines_do_not_look_cut(line: str) -> None:
    assert not looks_cut(line)


def test_a_comma_at_the_end_is_a_certain_break() -> None:
    assert is_broken("老人们坐在树下，")
    assert not is_broken("东巷新添健身角")


@pytest.mark.parametrize(("line", "expected"), [("东巷居民 王小满", True), ("读者：李青", True), ("居民很高兴", False)])
def test_writers_of_letters(line: str, expected: bool) -> None:
    assert names_writer(line) is expected


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [("东巷新添健身", "老人笑开了花", True), ("东巷新添", "老人们一早笑开了花", False), ("东" * 14, "西" * 14, False)],
)
def test_halves_of_a_torn_title_are_short_and_alike(upper: str, lower: str, expected: bool) -> None:
    assert are_halves(upper, lower) is expected


@pytest.mark.parametrize(
    ("lines", "head"),
    [
        (["东巷街道", "路灯换新了", "巷口不黑了"], Head("路灯换新了 巷口不黑了", "东巷街道")),
        (
            ["党员带头+物业出力", "小院议事 东巷社区办成七件事"],
            Head("小院议事 东巷社区办成七件事", "党员带头+物业出力"),
        ),
        (["东巷街道联手供电所", "夜市摊主有灯了"], Head("夜市摊主有灯了", "东巷街道联手供电所")),
        (["一锅粥香满院", "东巷街道南馨社区的腊八早晨"], Head("一锅粥香满院", None, "东巷街道南馨社区的腊八早晨")),
    ],
)
def test_what_the_words_of_a_head_tell_of_its_lines(lines: list[str], head: Head) -> None:
    assert read_head(lines) == head


@pytest.mark.parametrize(
    ("lines", "head"),
    [
        # An unbroken statement explained at greater length; a couplet explained by a line too wide for a title.
        (
            ["一锅粥里三种豆", "七十岁以上的老人每天早上免费喝一碗"],
            Head("一锅粥里三种豆", None, "七十岁以上的老人每天早上免费喝一碗"),
        ),
        (
            ["粥香满院 人情满街", "绿荫街道南馨社区食堂开门迎来头一批老人"],
            Head("粥香满院 人情满街", None, "绿荫街道南馨社区食堂开门迎来头一批老人"),
        ),
        # A couplet above a statement that may be a title, a statement above a couplet, a column's name.
        (["粥香满院 人情满街", "绿荫街道食堂开门迎客"], Head("绿荫街道食堂开门迎客", "粥香满院 人情满街")),
        (["老兵宣讲队走进校园", "讲的是旧事情 听的是新道理"], Head("讲的是旧事情 听的是新道理", "老兵宣讲队走进校园")),
        (["闲话巷口", "别让好心凉在半路上"], Head("别让好心凉在半路上", "闲话巷口")),
        # A kicker may stand below another, and the words of no office tell the halves of a title.
        (["你我同行 共建家园", "绿荫街道", "小院有了新花样"], Head("小院有了新花样", "你我同行 共建家园 绿荫街道")),
        (["三街道联手查井盖", "入冬前把路面修平"], Head("三街道联手查井盖 入冬前把路面修平")),
        (["“小喇叭”又响了", "村口热闹起来"], Head("“小喇叭”又响了 村口热闹起来")),
    ],
)
def test_the_shape_of_two_lines_tells_kicker_title_and_subtitle(lines: list[str], head: Head) -> None:
    assert read_head(lines) == head


def test_how_far_apart_the_halves_of_a_title_may_be_can_be_said() -> None:
    assert are_halves("东巷新添健身角", "老人笑开怀")
    assert not are_halves("东巷新添健身角", "老人笑开怀", apart=1)
