"""便民告知: pages and documents whose text is at fault, each beside one that only looks like it.

Numbers are made up: no person has an identity number of a whole province (420000 …), and the
mobile and card numbers are the dummies of the trade.
"""

from __future__ import annotations

from markupsafe import Markup

from crawler.demo.answers import Answer
from crawler.demo.ground import NOTHING, Ground, Registered
from crawler.demo.media import pdf, sheet
from crawler.demo.publishing import (
    Article,
    anchor,
    attachment,
    paragraphs,
    publish_article,
    publish_list,
)
from crawler.demo.rows import Column
from tests.district.portal.outside import NEWS, TOUR
from tests.district.portal.portal import HOST, OFFICE, section
from tests.district.portal.sites import bare_page

COLUMN = Column("便民告知", "/bmgz/", "")
IDENTITY = ("420000197805123017", "110000198506234026")
CARD = "6222020000000012344"
MALL = "www.minghu-mall.example"
ADS = "www.minghu-ads.example"
# Served by the demo through --resolve like every other host; nothing is ever sent there.
BARE = "114.80.0.10"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CALM = (
    "为方便群众办事，现将有关事项告知如下，请相互转告，合理安排时间。",
    "办理地点为湖心路2号政务服务大厅，工作日上午九时至下午五时受理，可提前预约。",
    "群众对办理情况有意见建议的，可通过本网站互动交流栏目提出，我们将及时答复。",
)


def build_texts(ground: Ground) -> None:
    """Serve the column with all its articles and documents."""
    frame = section("新闻动态", "/xwdt/", COLUMN)
    _documents(ground)
    rows = []
    for turn, (title, text) in enumerate(_articles(ground)):
        day = ground.ago(3 + 4 * turn)
        path = f"{COLUMN.path}gz_{turn + 1:02}.html"
        body = _signed(ground, turn) if text is None else text
        article = Article(path, title, day, body, source=OFFICE)
        publish_article(ground, frame, COLUMN, article)
        rows.append(article.row())
    publish_list(ground, frame, COLUMN, rows, per_page=60)
    ground.register(Registered(COLUMN.name, f"http://{HOST}{COLUMN.path}", OFFICE))


def _signed(ground: Ground, turn: int) -> Markup:
    """A text whose closing date lies two days after its publishing date, or before it."""
    day = ground.ago(3 + 4 * turn - (2 if ground.planted("txt205-early") else -2))
    signature = f"{day.year}年{day.month}月{day.day}日"
    return paragraphs(*CALM, "明湖区人民政府办公室", signature)


def _articles(ground: Ground) -> list[tuple[str, Markup | None]]:
    """Title and body of every article; None = a body whose closing date the day decides."""
    planted = ground.planted
    masked = tuple(number[:6] + "********" + number[14:] for number in IDENTITY)
    numbers = IDENTITY if planted("txt101-numbers") else masked
    mobiles = [f"138000000{turn:02}" for turn in range(12)]
    listed = mobiles if planted("txt102-list") else mobiles[:2]
    card = CARD if planted("txt103-card") else CARD[:4] + "***********" + CARD[-4:]
    twin = paragraphs(*CALM, "图书馆周末延时开放至晚上九时，欢迎前来借阅。")
    other = twin if planted("txt207-twins") else paragraphs(*CALM, "图书馆周末照常开放。")
    item = anchor(f"http://{MALL}/item/1.html", "同款产品")
    return [
        (
            "退休人员名册告知",
            paragraphs(
                *(
                    f"退休人员{name}，身份证号码：{number}。"
                    for name, number in zip("甲乙", numbers, strict=True)
                ),
                *CALM,
            ),
        ),
        (
            "退休人员认证告知",
            paragraphs(
                *(
                    f"退休人员{name}，身份证号码：{number}。"
                    for name, number in zip("丙丁", masked, strict=True)
                ),
                *CALM[:2],
            ),
        ),
        (
            "义务巡河人员名册",
            paragraphs(*(f"巡河员{turn}　{number}" for turn, number in enumerate(listed)), CALM[1]),
        ),
        (
            "物业维修服务点一览",
            paragraphs(
                *(f"第{turn}服务点联系电话：{number}" for turn, number in enumerate(mobiles)),
                CALM[1],
            ),
        ),
        ("种粮补贴发放告知", paragraphs(f"农户戊，一卡通卡号：{card}，金额三百二十元。", *CALM)),
        (
            "慈善捐款账户告知",
            paragraphs(f"接受捐款的银行卡或转账，户名：明湖区慈善协会，账号：{CARD}。", *CALM[1:]),
        ),
        (
            "便民服务网点分布",
            paragraphs(
                "东城片区：湖心路2号。",
                "西城片区：（待补充）" if planted("txt201-pending") else "西城片区：柳荫路5号。",
                *CALM,
            ),
        ),
        (
            "自来水水质检测告知",
            paragraphs(
                "本次测试覆盖全区十二个点位，专业人员有待补充，测试结果将在网站公布。", *CALM[:1]
            ),
        ),
        ("敬老卡办理流程", NOTHING if planted("txt202-empty") else paragraphs(*CALM[::-1])),
        ("一图看懂敬老卡", Markup('<p><img src="/images/gz_jlk.png" alt="敬老卡办理流程图"></p>')),
        (
            "夜间施工管理规定",
            paragraphs("明湖区夜间施工管理规定")
            if planted("txt203-heading")
            else paragraphs("明湖区夜间施工管理规定", *CALM),
        ),
        ("文明养犬倡议", paragraphs("养犬请登记，出门请牵绳。")),
        (
            "供暖检修告知",
            paragraphs(
                CALM[0],
                "检修期间请居民配合，主要检查阀门、管道以及"
                if planted("txt204-cut")
                else "检修期间请居民配合。",
            ),
        ),
        (
            "公园闭园告知",
            paragraphs(CALM[1], "闭园期间进行设施检修，请游客另行安排，特此告知", "明湖公园管理处"),
        ),
        ("公交线路调整告知", None),
        (
            "防汛值守告知",
            paragraphs(
                "区里对防汛值守作了全面布署，各单位要抓好落实。"
                if planted("txt206-word")
                else "区里对防汛值守作了全面部署。",
                *CALM[1:],
            ),
        ),
        (
            "历史名录查询告知",
            paragraphs(
                "查询依据为《国土资源部关于档案查询的规定》，原国土资源部门档案已移交区自然资源局。",
                *CALM[:2],
            ),
        ),
        ("图书馆延时开放告知", twin),
        ("图书馆延时开放告知", other),
        ("图书馆寒假开放告知", paragraphs(*CALM[::-1], "图书馆寒假期间上午八时开馆。")),
        (
            "老年大学选课告知",
            Markup("{}{}").format(
                paragraphs(*CALM[1:]), _offstage() if planted("txt301-offstage") else NOTHING
            ),
        ),
        (
            "夜校报名告知",
            Markup(
                '{}<div style="position:absolute;left:-9999px"><a href="http://{}/">跳到新闻</a><a href="http://{}/">跳到文旅</a></div>'
            ).format(paragraphs(*CALM[:2], "夜校设书法、合唱等班次。"), NEWS, TOUR),
        ),
        (
            "社保查询入口告知",
            paragraphs(
                Markup("请点击{}查询。").format(
                    anchor(
                        f"http://{BARE}/cx/" if planted("txt302-bare") else f"http://{NEWS}/",
                        "社保查询",
                    )
                ),
                *CALM,
            ),
        ),
        (
            "医保查询入口告知",
            paragraphs(
                Markup("服务器地址{}已停用，请点击{}查询。").format(
                    BARE, anchor("/wsbs/", "政务服务")
                ),
                *CALM[1:],
            ),
        ),
        (
            "节能灯推广告知",
            paragraphs(
                Markup("推广产品见{}。").format(item if planted("txt303-mall") else "宣传册"), *CALM
            ),
        ),
        (
            "节水器具推广告知",
            paragraphs(
                Markup("报道见{}。").format(anchor(f"http://{NEWS}/a/1001.html", "明湖新闻")),
                *CALM[::2],
            ),
        ),
        (
            "公益岗位名单告知",
            Markup("{}{}").format(
                paragraphs(*CALM, "名单附后。"),
                attachment("/files/bmgz/mingdan.xlsx", "公益岗位名单.xlsx"),
            ),
        ),
        (
            "见习岗位名单告知",
            Markup("{}{}").format(
                paragraphs(*CALM[1:], "名单见附件。"),
                attachment("/files/bmgz/jianxi.xlsx", "见习岗位名单.xlsx"),
            ),
        ),
        (
            "办事表格下载告知",
            Markup("{}{}").format(
                paragraphs(*CALM, "请下载表格填写。"),
                attachment("/files/bmgz/biaoge.pdf", "办事表格.pdf"),
            ),
        ),
        (
            "办事流程下载告知",
            Markup("{}{}").format(
                paragraphs(CALM[1], "流程说明供下载打印。"),
                attachment("/files/bmgz/liucheng.pdf", "办事流程.pdf"),
            ),
        ),
    ]


def _offstage() -> Markup:
    links = Markup("").join(
        anchor(f"http://{ADS}/item/{n}.html", f"特价商品{n}") for n in (2, 3, 4)
    )
    return Markup('<div style="position:absolute;left:-9999px">{}</div>').format(links)


def _documents(ground: Ground) -> None:
    """The documents, the shop and the server without a name."""
    masked = [number[:6] + "********" + number[14:] for number in IDENTITY]
    shown = IDENTITY if ground.planted("txt104-sheet") else masked
    ground.media((f"http://{HOST}/images/gz_jlk.png",))
    files = f"http://{HOST}/files/bmgz/"
    ground.put(
        f"{files}mingdan.xlsx",
        Answer(sheet("姓名 身份证号 " + "，".join(shown)), content_type=SHEETS),
    )
    ground.put(
        f"{files}jianxi.xlsx",
        Answer(sheet("姓名 身份证号 " + "，".join(masked)), content_type=SHEETS),
    )
    form = pdf("biaoge")
    broken = form[: len(form) // 3] if ground.planted("txt105-broken") else form
    ground.put(f"{files}biaoge.pdf", Answer(broken, content_type="application/pdf"))
    ground.put(f"{files}liucheng.pdf", Answer(pdf("liucheng"), content_type="application/pdf"))
    for host, number in ((MALL, 1), (ADS, 2), (ADS, 3), (ADS, 4)):
        page = bare_page(None, "明湖商城", "商品介绍页面，供演示所用。")
        ground.text(f"http://{host}/item/{number}.html", page)
    ground.text(f"http://{BARE}/cx/", bare_page(None, "社保查询", "社会保险查询服务，供演示所用。"))
