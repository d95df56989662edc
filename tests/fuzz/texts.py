"""The texts that inputs are made from, and the words that mean something in them; all invented."""

from __future__ import annotations


def split(words: str) -> tuple[str, ...]:
    """What stands between blanks and line ends."""
    return tuple(words.split())


QUERIES = """

社区食堂
"月季花开"
“街坊们”~
月季 OR 食堂
(书屋 | 夜市) -雪
街* 灯?
灯 NEAR/5 长队
NOT 雪
街道:柳荫街道 记者:林小禾
日期:2021-05..2022-01
日期:2021
title:月季
正文:“凳子”
栏目:街巷新语 版:3
主题:未注明
((a|b) c) -(d e)
ABC 书屋
１２小时
日期:..2022 体裁:news
新线 与 旧线 非 灯
""".encode().splitlines()[1:]
QUERY_WORDS = (
    *split(
        "( ) （ ） \" “ ” 「 」 ' * ? ？ ~ | - － : ： .. 未注明 title: 正文： 记者: 日期: date: 版: 社区 月季 2021-05"
    ),
    *(" ", " AND ", " OR ", " NOT ", " NEAR/", " NEAR/5 ", " 与 ", " 或 ", " 非 ", "ABC", "１２", "…", "🀄️", "e\u0301"),
    *("\u3000", "\ud800", "\u200b"),
)
PAGES = tuple(
    page.encode()
    for page in (
        "晨光报 2022年5月22日 星期日 第3版\n\n小巷里的月季花开了\n本报记者 林小禾\n"
        "本报讯（记者 林小禾）柳荫街道的旧花坛荒了多年。\n"
        "如今月季开满小巷，红的黄的都有。\n\n路灯亮了\n周一川\n院子里新装的路灯昨晚亮了，下班回家的人再也不用摸黑走路。\n"
        "图为新装的路灯。周一川 摄\n责任编辑 沈砚 电话 2345678\n",
        "平城新语\n社区食堂开张\n社区食堂今天开张，老人们排\n队尝鲜。师傅天不亮就开始揉\n面，烤炉一开，整条街都闻得\n到麦香。（陈听雨）\n\n停水通知\n"
        "因更换旧线，七月二十一日停水。\n老城供水公司\n2023年7月21日\n",
        "① 带好证件\n② 排队等候\n（下转第五版）\n"
        "（上接第一版）合唱队在排练厅唱了一下午，嗓子哑了也舍不得走。\n\n“他说：‘来得及。’”\n——编者按\n",
    )
)
PAGE_WORDS = (
    *split("。 ， “ ” （ ） ： —— 本报讯 通讯员 摄 图为 编者按 2022年5月22日 第3版 责任编辑 平城新语 公告 ① 𠮷"),
    *("\n", "\n\n", "\r\n", "本报记者 ", "（下转第五版）", "\u3000\u3000", " " * 30, "院子里新装的路灯昨晚亮了下班"),
    *("\x0c", "\t", "\0", "\u2028", "\ufeff", "\ud800", "一二三四五六七八九十" * 20),
)
MANIFESTS = (
    "file,date,page_no,page_name,newspaper\n01.txt,2022-05-22,3,要闻,晨光报\nb/02.txt,2022/5/23,A7,,\n".encode(),
    b'"file";"date"\n"01.txt";"2022.5.22"\n',
    b'FILE,page_no\n"01\n.txt","3"\n',
)
SETTINGS = (
    b'index = "var/index"\nhost = "127.0.0.1"\nport = 8000\nthreads = 4\nlanguage = "en"\n',
    b'# nothing\nlog = "json"\nrate = 600\nhsts = 0\naddress = ""\n',
)
GAZETTEER = """district = "晨光区"
since = 2018-02-09
home = ["晨光"]
neighbours = ["东城区"]
elsewhere = ["北京"]
not_places = ["某街道"]
ordinary = ["古城街道"]
lookalikes = ["柳抑"]
[[street]]
name = "柳荫街道"
code = "140213001"
since = 2021-03-02
misprints = ["柳阴"]
communities = ["槐树社区"]
villages = ["柳村"]
former_communities = ["旧社区"]
landmarks = ["小公园"]
[[former]]
names = ["柳荫乡"]
until = 2021-03-02
street = "柳荫街道"
[unplaced]
communities = ["石桥社区"]
[community_forms]
"石乔社区" = "石桥社区"
"""
REPORTERS = """different = [["林小禾", "林小和"]]
[reporters]
"林小禾" = ["林小木"]
"曹雨桐" = { variants = ["曹雨同"], from = "2019", to = "2021-05", desk = "社区" }
[photographers]
"周一川" = []
[authors]
"沈砚" = []
"""
TOPICS = """probability = [0.07, 0.3, 0.65]
steepness = 2.2
title_factor = 3.0
max_count = 4
fallback = "其他"
ignored_words = []
[[topic]]
label = "教育"
code = "medtop:20000649"
[topic.terms]
"图书" = 3
"孩子" = 0.5
[topic.rules]
"食堂" = -2.0
[[topic]]
label = "其他"
code = "medtop:20000650"
"""
WEIGHTS = """[start]
"教育" = -5.5
[corrections."教育"]
"图书" = 0.5
[words."教育"]
"书屋" = 1.25
"""
EVENTS = """[archive]
first = 1949-10-01
last = 2030-12-31
[[event]]
name = "设区"
words = ["晨光区"]
unless = ["晨光区域"]
from = 2018-02-09
at_least = 1
[[season]]
name = "灯会"
words = ["灯会"]
from = "01-20"
to = "03-10"
[[nth]]
words = ["教师节"]
first = 1985-09-10
[[anniversary]]
words = ["建区"]
founded = 2018-02-09
"""
LAYOUT = """columns = ["平城新语"]
labels = ["简讯"]
slogans = ["讲文明树新风 公益广告"]
slogan_words = ["讲文明"]
furniture = ["责任编辑.*", "第[0-9]+版"]
"""
KINDS = "\n".join(
    f'{key} = ["{word}"]'
    for key, word in zip(
        ("letter", "notice_ends", "notice_starts", "list", "literary", "comment", "photo", "feature"),
        ("来信", "公告", "通知", "名单", "副刊", "评论", "图片新闻", "特写"),
        strict=True,
    )
)
DATA_FILES = {
    "gazetteer.toml": GAZETTEER,
    "reporters.toml": REPORTERS,
    "topics.toml": TOPICS,
    "weights.toml": WEIGHTS,
    "events.toml": EVENTS,
    "kinds.toml": KINDS,
    "layout.toml": LAYOUT,
    "lookalikes.toml": 'groups = ["昱显", "郁都"]\n',
    "synonyms.toml": 'groups = [["棚改", "棚户区改造"], ["食堂", "饭堂"]]\n',
    "misreadings.txt": "# 注\n已 9己巳 5乙\n月 3目日\n",
    "readings.txt": "# 注\nshui 水睡\nlv 绿旅\n",
    "userdict.txt": "晨光区\n柳荫街道 # 注\n",
}
"""A small set of reference lists, by the name of the file."""
ADDRESSES = tuple(
    address.encode()
    for address in split("""
/ /search?q=社区&street=柳荫街道&from=2021&to=2022-05&sort=newest&page=2&per_page=5 /search.json?q=月季&not_topic=教育
/search.csv?q=灯&text=1 /search.xlsx?q=灯 /search.ris?q=灯 /search.zip?q=灯 /search.atom?q=灯 /search.jsonl?q=灯
/article/a01?q=月季 /article/a02.ris /article/a05?view=original /article/a05?compare=a04 /article/a03.csl.json
/dates /dates/2022/05 /dates/2021-05-01 /streets /reporters /topics /street/柳荫街道 /topic/教育
/reporter/林小禾?lang=en /statistics
/trends?term=灯&term=雪&by=year /trends.csv?term=灯 /advanced?all=灯&exact=月季&near=1
/help /marked /suggest?q=yj /citations?id=a01&id=a02&form=ris /list.json?id=a01&digest=00000000 /receipt?q=灯
/search.receipt.json?q=灯 /r/none /r/none.json /verify /export?q=灯 /export/none /export/none/file
/sitemap.xml /sitemap-1.xml /healthz /readyz /api
/api/openapi.json /api/v1/search?q=灯&next=c3RhdGU9 /api/v1/article/a01 /api/v1/timeline?q=灯
/api/v1/facets?q=灯&limit=3 /api/v1/similar/a01?limit=2 /api/v1/story/a01 /api/v1/stats /api/v1/coverage?from=2021
/api/v1/suggest?q=灯 /api/v1/trends?term=灯 /api/v1/export?q=灯&format=csv /api/v1/receipt?q=灯
/opensearch.xml /robots.txt /favicon.ico /static/baoku.css /nowhere?q=%ff%00""")
)
"""One of every kind at least."""
