import shutil

import pytest

from indexer.describe.reference import FILES, LEARNT, Reference
from search.errors import BaokuError
from search.reference import reference_folder

TOPIC = '[[topic]]\nlabel = "甲"\ncode = "medtop:07000000"'
ARCHIVE = "[archive]\nfirst = 1949-10-01\nlast = 2030-12-31\n"


@pytest.fixture
def folder(tmp_path):
    for name in FILES:
        shutil.copy(reference_folder() / name, tmp_path / name)
    return tmp_path


def test_the_files_of_the_project():
    reference = Reference.load()
    assert len(reference.gazetteer.streets) == 18
    assert reference.authority.name("邢东芳") == "邸东芳"
    assert reference.authority.name("董芳") == "董芳"
    assert len(reference.topics.topics) == 17
    assert reference.events.first < reference.events.last


def test_every_word_of_the_user_dictionary_stands_alone_on_its_line():
    lines = (reference_folder() / "userdict.txt").read_text("utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    assert len(words) == len(set(words))
    assert all(word == word.strip() and " " not in word for word in words)
    assert {street.name for street in Reference.load().gazetteer.streets} <= set(words)


def test_the_version_follows_the_files(folder):
    before = Reference.load(folder).version
    assert Reference.load(folder).version == before
    with (folder / "topics.toml").open("a", encoding="utf-8") as file:
        file.write("# 改动\n")
    assert Reference.load(folder).version != before


def test_a_byte_order_mark_is_no_error(folder):
    path = folder / "reporters.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert Reference.load(folder).authority.authors == {"孙权", "陆远"}


@pytest.mark.parametrize("name", [name for name in FILES if name != LEARNT])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(BaokuError, match=name):
        Reference.load(folder)


def test_nothing_need_have_been_learnt(folder):
    (folder / LEARNT).unlink()
    topics = Reference.load(folder).topics.topics
    assert all(topic.start == topic.START and not topic.corrections for topic in topics)


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("reporters.toml", "[reporters", "reporters.toml"),
        ("reporters.toml", '[reporters]\n"石磊" = "石雷"', "reporters.石磊"),
        ("reporters.toml", '[reporters]\n"石磊" = ["高翔"]\n"高翔" = []', "高翔"),
        ("gazetteer.toml", "district = 5", "district"),
        ("reporters.toml", '[reporters]\n"石磊" = { from = 2015 }', "reporters.石磊.from"),
        ("reporters.toml", '[reporters]\n"石磊" = { from = "2015-13" }', "reporters.石磊.from"),
        ("reporters.toml", '[reporters]\n"石磊" = { from = "2016", to = "2015-12" }', "reporters.石磊.to"),
        ("reporters.toml", '[reporters]\n"石磊" = { variants = "石雷" }', "reporters.石磊.variants"),
        ("reporters.toml", '[reporters]\n"石磊" = { form = "2015" }', "reporters.石磊.form"),
        ("reporters.toml", 'different = ["石磊", "石雷"]', "different"),
        ("reporters.toml", 'different = [["石磊"]]', "different"),
        ("reporters.toml", 'different = [["石磊", 5]]', "different"),
        ("reporters.toml", 'different = "石磊"', "different"),
        ("topics.toml", '[[topic]]\nlabel = "甲"\ncode = "7"', r"topic\[1\].code"),
        (
            "topics.toml",
            '[[topic]]\nlabel = "甲"\ncode = "medtop:07000000"\nterms = {"桃" = "二"}',
            r"topic\[1\].terms.桃",
        ),
        (
            "topics.toml",
            '[[topic]]\nlabel = "甲"\ncode = "medtop:07000000"\nrules = {"桃" = true}',
            r"topic\[1\].rules.桃",
        ),
        ("topics.toml", "topic = 5", "topic"),
        ("topics.toml", 'fallback = "甲"\nprobability = 0.3\n' + TOPIC, "probability"),
        ("topics.toml", 'fallback = "甲"\nprobability = []\n' + TOPIC, "probability"),
        ("topics.toml", 'fallback = "甲"\nprobability = [0.3, 0.1]\n' + TOPIC, "probability"),
        ("topics.toml", 'fallback = "甲"\nprobability = [0.3, 1]\n' + TOPIC, "probability"),
        ("weights.toml", '[words."党建"]\n"支书" = "二"', "words.党建.支书"),
        ("events.toml", "", "archive.first"),
        ("events.toml", '[archive]\nfirst = "1949"', "archive.first"),
        ("events.toml", ARCHIVE + '[[event]]\nname = "甲"\nwords = ["乙"]', r"event\[1\].from"),
        ("events.toml", ARCHIVE + '[[event]]\nname = "甲"\nwords = ["乙"]\nfrom = "2022"', r"event\[1\].from"),
        (
            "events.toml",
            ARCHIVE + '[[event]]\nname = "甲"\nwords = ["乙"]\nfrom = 2022-01-02\nto = 2022-01-01',
            r"event\[1\].to",
        ),
        ("events.toml", ARCHIVE + '[[event]]\nname = "甲"\nfrom = 2022-01-02', r"event\[1\].words"),
        (
            "events.toml",
            ARCHIVE + '[[season]]\nname = "秋"\nwords = ["秋分"]\nfrom = "9月"\nto = "10-01"',
            r"season\[1\].from",
        ),
        ("events.toml", ARCHIVE + '[[nth]]\nwords = ["教师节"]', r"nth\[1\].first"),
        ("events.toml", ARCHIVE + '[[anniversary]]\nwords = ["建党"]\nfounded = 1921', r"anniversary\[1\].founded"),
        ("weights.toml", '[start]\n"党建" = "二"', "start.党建"),
        ("weights.toml", '[corrections."党建"]\n"党课" = nan', "corrections.党建.党课"),
        ("kinds.toml", 'comment = "新语"', "comment"),
        ("topics.toml", 'fallback = "无"', "fallback"),
    ],
)
def test_a_wrong_value_is_named_with_its_file(folder, name, text, named):
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(BaokuError, match=named) as error:
        Reference.load(folder)
    assert name in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_utf8_is_named(folder):
    (folder / "topics.toml").write_bytes("fallback = '其他'".encode("gb18030"))
    with pytest.raises(BaokuError, match=r"topics\.toml"):
        Reference.load(folder)
