"""规范性文件: papers with and without their marks, in force and not, a clean-up, libraries of papers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from crawler.demo.ground import NOTHING, Frame, Ground, Registered
from crawler.demo.publishing import (
    Article,
    anchor,
    paragraphs,
    publish_article,
    publish_list,
    publish_page,
)
from crawler.demo.rows import Column, Row
from tests.district.papers.policies import marks
from tests.district.portal.portal import HOST, NAME, OFFICE, section
from tests.district.portal.sites import FIGURES, small_frame

FILED = Column("规范性文件", "/zwgk/gfxwj/")
CLEANED = Column("文件清理", "/zwgk/wjql/")
FINANCE = Column("财政制度文件", "/zwgk/czzd/")
ISSUED = Column("政府文件", "/zwgk/zfwj/")
LIBRARY = Column("政策文件库", "/zwgk/wjk/")
FEEDBACK = Column("采纳情况反馈", "/hdjl/cnfk/")
FIGURES_FILED = Column("规范性文件", "/gfxwj.htm")
FIGURES_LIBRARY = Column("文件库", "/wjk.htm")
NAMED = re.compile(r"关于印发《(明湖区[^》]*(?:办法|规定|细则))》的通知$")
STATE_COUNCIL = "国务院办公厅"
# Old enough that nobody asks for an interpretation any more.
OLD = 1500
CLEAN_UP = 900
TERM = 1200


@dataclass(frozen=True)
class Paper:
    """A paper in the column: what it is about, how it is marked, what its last clause says."""

    name: str
    gist: str
    number: int
    validity: str = "有效"
    days: int = OLD
    term: str = "第四条　本文件自印发之日起施行。"
    blank: tuple[str, ...] = ()
    index: str = ""


def build_papers(ground: Ground) -> None:
    """Serve the columns of the portal and of 统计, and register them."""
    frame = section("政务公开", "/zwgk/", FILED, CLEANED, FINANCE, ISSUED, LIBRARY)
    _filed(ground, frame)
    _cleaned(ground, frame)
    _finance(ground, frame)
    _issued(ground, frame)
    _library(ground, frame)
    _figures(ground)
    _feedback(ground)
    for column, unit in (
        (FILED, OFFICE),
        (CLEANED, OFFICE),
        (FINANCE, "区财政局"),
        (ISSUED, OFFICE),
    ):
        ground.register(Registered(column.name, f"http://{HOST}{column.path}", unit, "", "不定期"))
    ground.register(Registered(LIBRARY.name, f"http://{HOST}{LIBRARY.path}", OFFICE, "", "静态"))


def link_papers(ground: Ground) -> None:
    """Entries to these columns on pages that are published before them."""
    for place, columns in (
        ((HOST, "/about/"), (FILED, CLEANED, FINANCE, ISSUED, LIBRARY, FEEDBACK)),
        ((FIGURES, "/dwzn.htm"), (FIGURES_FILED, FIGURES_LIBRARY)),
    ):
        links = Markup("、").join(anchor(column.path, column.name) for column in columns)
        ground.additions[place] = ground.additions.get(place, NOTHING) + Markup(
            "<p>政策文件见：{}。</p>"
        ).format(links)


def _papers(ground: Ground) -> tuple[Paper, ...]:
    planted = ground.planted
    return (
        Paper("明湖区犬只收容管理办法", "犬只收容", 1),
        Paper(
            "明湖区河道采砂管理办法", "河道采砂", 2,
            blank=("发文字号",) if planted("dsc202-no-number") else (),
        ),
        Paper(
            "明湖区公园广场管理规定", "公园广场", 3,
            blank=("有效性",) if planted("dsc203-no-mark") else (),
        ),
        Paper(
            "明湖区三轮车管理办法", "三轮车", 4,
            validity="有效" if planted("dsc205-listed") else "废止",
        ),
        Paper("明湖区门头招牌管理办法", "门头招牌", 5, validity="废止"),
        Paper(
            "明湖区菜篮子扶持资金管理办法", "菜篮子扶持资金", 6,
            validity="有效" if planted("dsc205-expired") else "失效", days=TERM,
            term="第四条　本文件自印发之日起施行，有效期二年。",
        ),
        Paper(
            "明湖区夜间经济扶持资金管理办法", "夜间经济扶持资金", 7, days=TERM,
            term="第四条　本文件自印发之日起施行，有效期二年。",
        ),
        Paper("明湖区走访慰问困难群众工作规定", "走访慰问困难群众工作", 8),
        Paper(
            "明湖区城市家具管理规定", "城市家具", 9,
            index="000014349/2019-00017" if planted("dsc208-state-council") else "",
        ),
        Paper("明湖区共享单车停放管理办法", "共享单车停放", 10),
        Paper("明湖区农贸市场升级管理办法", "农贸市场升级", 11),
    )  # fmt: skip


def _filed(ground: Ground, frame: Frame) -> None:
    """The column of 规范性文件: nine papers, a forwarded one, a piece of news."""
    rows = []
    for turn, paper in enumerate(_papers(ground)):
        day = ground.ago(paper.days - turn)
        article = _article(f"{FILED.path}gf_{turn + 1}.html", NAME, "明政规", paper, day)
        publish_article(ground, frame, FILED, article)
        rows.append(article.row())
    # The forwarded paper has its own issuer's code, and none of this district's marks.
    forwarded = Article(
        f"{FILED.path}gf_80.html",
        f"{STATE_COUNCIL}关于加强行政规范性文件监督管理工作的通知",
        ground.ago(OLD - 40),
        paragraphs(
            "各省、自治区、直辖市人民政府：", "现就加强行政规范性文件监督管理工作通知如下。"
        ),
        source=STATE_COUNCIL,
        marks=(("索引号", "000014349/2018-00068"), ("发文机关", STATE_COUNCIL)),
    )
    publish_article(ground, frame, FILED, forwarded)
    rows.append(forwarded.row())
    if ground.planted("col303-meeting"):
        news = Article(
            f"{FILED.path}gf_90.html",
            "全区规范性文件审查业务座谈会举行",
            ground.ago(OLD - 60),
            paragraphs(
                "会议传达了有关文件精神，各单位就审查程序、备案时限等问题交流了经验。",
                "与会人员表示，将把会议精神落实到日常审查工作中，提高文件质量。",
            ),
            source=OFFICE,
        )
        publish_article(ground, frame, FILED, news)
        rows.append(news.row())
    publish_list(ground, frame, FILED, rows, shape="table", per_page=40)


def _article(path: str, sender: str, sign: str, paper: Paper, day: date) -> Article:
    """The page of one paper, with its table of particulars."""
    title = f"{sender}关于印发《{paper.name}》的通知"
    number = f"{sign}〔{day.year}〕{paper.number}号"
    table = tuple(
        (name, "" if name in paper.blank else paper.index or value if name == "索引号" else value)
        for name, value in marks(title, number, day, sender, paper.validity)
    )
    return Article(path, title, day, _text(paper, sender, day), source=sender, marks=table)


def _text(paper: Paper, sender: str, day: date) -> Markup:
    return paragraphs(
        "各街道办事处，区政府各部门：",
        f"现将《{paper.name}》印发给你们，请结合实际认真贯彻执行。",
        f"第一条　为加强{paper.gist}管理，根据有关法律法规，结合本区实际，制定本文件。",
        f"第二条　本区行政区域内的{paper.gist}及其监督管理，适用本文件，第{paper.number}类事项另有规定的从其规定。",
        f"第三条　各街道、各部门应当按照职责分工，做好{paper.gist}的日常管理、宣传引导和监督检查。",
        paper.term,
        sender,
        f"{day.year}年{day.month}月{day.day}日",
        "（此件公开发布）",
    )


def _cleaned(ground: Ground, frame: Frame) -> None:
    """A clean-up of long ago with its table, and a notice that prolongs one paper."""
    number = {one: ground.ago(OLD - turn).year for turn, one in enumerate(range(1, 10))}
    listed = (
        (1, "明湖区犬只收容管理办法", "继续有效"),
        (4, "明湖区三轮车管理办法", "废止"),
        (5, "明湖区门头招牌管理办法", "废止"),
        (8, "明湖区走访慰问困难群众工作规定", "继续有效"),
    )
    cells = Markup("").join(
        Markup(
            "<tr><td>{}</td><td>{}关于印发《{}》的通知</td><td>明政规〔{}〕{}号</td><td>{}</td></tr>"
        ).format(turn, NAME, name, number[one], one, result)
        for turn, (one, name, result) in enumerate(listed, 1)
    )
    clean_up = Article(
        f"{CLEANED.path}ql_1.html",
        f"{NAME}关于公布规范性文件清理结果的公告",
        ground.ago(CLEAN_UP),
        paragraphs(
            "根据有关要求，区政府组织开展了规范性文件清理，现将清理结果公布如下，未列入目录的文件以后续公告为准。"
        )
        + Markup(
            '<table class="doc"><thead><tr><th scope="col">序号</th><th scope="col">文件名称</th>'
            '<th scope="col">文号</th><th scope="col">清理结果</th></tr></thead><tbody>{}</tbody></table>'
        ).format(cells),
        source=OFFICE,
    )
    prolonged = Article(
        f"{CLEANED.path}ql_2.html",
        "关于延长《明湖区夜间经济扶持资金管理办法》有效期的通知",
        ground.ago(TERM - 700),
        paragraphs(
            "经研究，决定将该办法的执行期限延长，延长期间各项扶持标准不变，请各单位做好衔接。"
        ),
        source=OFFICE,
    )
    # An announcement that a clean-up begins is no result of it.
    launched = Article(
        f"{CLEANED.path}ql_3.html",
        "关于开展规范性文件清理工作的通知",
        ground.ago(70),
        paragraphs(
            "请各单位对本单位起草的规范性文件逐件提出处理意见，于月底前报送，逾期未报的予以通报。"
        ),
        source=OFFICE,
    )
    articles = [clean_up, prolonged, launched]
    if not ground.planted("dsc204-long-ago"):
        articles.append(
            Article(
                f"{CLEANED.path}ql_4.html",
                f"{NAME}现行有效行政规范性文件目录",
                ground.ago(40),
                paragraphs(
                    "现行有效行政规范性文件目录见本栏目，未列入的文件不再作为行政管理依据。"
                ),
                source=OFFICE,
            )
        )
    rows = []
    for article in articles:
        publish_article(ground, frame, CLEANED, article)
        rows.append(article.row())
    rows.sort(key=lambda row: row.day or ground.today, reverse=True)
    publish_list(ground, frame, CLEANED, rows)


def _finance(ground: Ground, frame: Frame) -> None:
    """Three papers of 区财政局 with numbers of 规范性文件, in a column of another name."""
    names = (
        ("明湖区财政票据管理办法", "财政票据"),
        ("明湖区行政单位资产管理办法", "行政单位资产"),
        ("明湖区会计档案管理办法", "会计档案"),
    )
    rows = []
    for turn, (name, gist) in enumerate(names):
        day = ground.ago(OLD - 10 * turn)
        sign = "明财规" if ground.planted("dsc201-finance") else "明财发"
        paper = Paper(name, gist, turn + 1)
        article = _article(f"{FINANCE.path}cz_{turn + 1}.html", "区财政局", sign, paper, day)
        publish_article(ground, frame, FINANCE, article)
        rows.append(article.row())
    publish_list(ground, frame, FINANCE, rows, shape="li_span")


def _issued(ground: Ground, frame: Frame) -> None:
    """政府文件: two papers of last month, one without the publishing mark; a notice and a paper on holidays."""
    rows = []
    for turn, (name, gist, marked) in enumerate(
        (
            (
                "关于做好冬春季森林火险巡查工作的通知",
                "森林火险巡查",
                not ground.planted("dsc206-no-mark"),
            ),
            ("关于做好汛前河道巡查工作的通知", "汛前河道巡查", True),
        )
    ):
        day = ground.ago(33 + 5 * turn)
        closing = ("（此件公开发布）",) if marked else ()
        article = Article(
            f"{ISSUED.path}zf_{turn + 1}.html",
            name,
            day,
            paragraphs(
                "各街道办事处，区政府各部门：",
                f"为做好{gist}工作，切实保护群众生命财产安全，现将有关事项通知如下。",
                f"一、落实责任。各街道、各部门要明确{gist}责任人，建立台账，逐段逐点落实到人，发现隐患当日报告、限期整改。",
                f"二、加强值守。{gist}期间实行领导带班和专人值班，重要情况第一时间报告区政府值班室，不得迟报漏报。",
                "三、强化宣传。要利用广播、宣传栏、微信群等方式普及安全常识，引导群众自觉遵守各项规定，共同维护良好秩序。",
                OFFICE,
                f"{day.year}年{day.month}月{day.day}日",
                *closing,
            ),
            source=OFFICE,
            marks=marks(name, f"明政办发〔{day.year}〕{70 + turn}号", day, OFFICE),
        )
        publish_article(ground, frame, ISSUED, article)
        rows.append(article.row())
    publish_list(ground, frame, ISSUED, rows, shape="li_span")


def _search(criteria: Sequence[str]) -> Markup:
    """The search of a library: a choice of kinds, days from and to, and what else is named."""
    theme = Markup(
        '<label for="zt">主题分类</label><select id="zt" name="ztfl"><option>全部</option><option>城乡建设</option></select>'
    )
    return Markup(
        '<form action="/ss/" method="get"><label for="wz">文件类型</label><select id="wz" name="wjlx"><option>全部</option>'
        "<option>通知</option><option>意见</option></select>"
        '<label for="ks">发布日期</label><input id="ks" name="startdate" type="text"> '
        '<input name="enddate" type="text" aria-label="结束日期">{}'
        '<label for="bt">标题</label><input id="bt" name="q" type="text"><button type="submit">查询</button></form>'
    ).format(theme if "theme" in criteria else NOTHING)


def _library(ground: Ground, frame: Frame) -> None:
    """The portal's library: by kind and date, but not by theme."""
    criteria = () if ground.planted("dsc207-no-theme") else ("theme",)
    body = _search(criteria) + paragraphs(
        "收录区政府及区政府办公室印发的政策文件，可按条件查询。",
        Markup("也可浏览{}。").format(anchor(FILED.path, "规范性文件栏目")),
    )
    publish_page(ground, frame, LIBRARY, body)


def _feedback(ground: Ground) -> None:
    """What became of the opinions on every paper of the portal; two of the office's were asked about nowhere."""
    frame = section("互动交流", "/hdjl/", FEEDBACK)
    left_out = ("明湖区湖泊岸线保护管理办法", "明湖区餐厨垃圾收运管理规定")
    planted = ground.planted("dlg212-office")
    names = (match[1] for title, _ in ground.titles[HOST] if (match := NAMED.search(title)))
    rows = []
    for turn, name in enumerate(dict.fromkeys(names)):
        if planted and name in left_out:
            continue
        article = Article(
            f"{FEEDBACK.path}fk_{turn + 1}.html",
            f"《{name}（征求意见稿）》公开征求意见采纳情况",
            ground.ago(420 + turn),
            paragraphs(
                f"《{name}（征求意见稿）》公开征求意见期间，共收到意见建议{3 + turn}条。",
                f"采纳{2 + turn}条，未采纳1条，未采纳的理由是该意见不属于第{turn + 1}号草案规定的事项。",
            ),
            source=OFFICE,
        )
        publish_article(ground, frame, FEEDBACK, article)
        rows.append(article.row())
    publish_list(ground, frame, FEEDBACK, rows)
    ground.register(
        Registered(FEEDBACK.name, f"http://{HOST}{FEEDBACK.path}", OFFICE, "", "不定期")
    )


def _figures(ground: Ground) -> None:
    """统计: three papers in order, a clean-up of last year, a library with all three criteria."""
    frame = small_frame(
        "boda", FIGURES, "明湖区统计信息网", "区统计局", "9901000004",
        (FIGURES_FILED, FIGURES_LIBRARY), wza="link", encoding="gbk",
        header="text/html; charset=gbk", declared="gbk",
    )  # fmt: skip
    rows: list[Row] = []
    for turn, (name, gist) in enumerate(
        (
            ("明湖区统计数据发布管理规定", "统计数据发布"),
            ("明湖区统计调查项目管理办法", "统计调查项目"),
            ("明湖区统计信用管理办法", "统计信用"),
        )
    ):
        article = _article(
            f"/gfxwj/{turn + 1}.htm",
            "区统计局",
            "明统规",
            Paper(name, gist, turn + 1),
            ground.ago(OLD - turn),
        )
        publish_article(ground, frame, FIGURES_FILED, article)
        rows.append(article.row())
    result = Article(
        "/gfxwj/9.htm",
        "区统计局关于公布规范性文件清理结果的通知",
        ground.ago(300),
        paragraphs(
            "现将本局规范性文件清理结果公布如下，供社会各界查询使用。",
            "继续有效的规范性文件（1件）",
            f"1.《明湖区统计信用管理办法》（明统规〔{ground.ago(OLD - 2).year}〕3号）",
        ),
        source="区统计局",
    )
    publish_article(ground, frame, FIGURES_FILED, result)
    publish_list(ground, frame, FIGURES_FILED, [result.row(), *rows], shape="table")
    publish_page(ground, frame, FIGURES_LIBRARY, _search(("theme",)) + paragraphs("收录本局文件。"))
    for column, duty in ((FIGURES_FILED, "不定期"), (FIGURES_LIBRARY, "静态")):
        ground.register(Registered(column.name, frame.url(column.path), "区统计局", "", duty))
