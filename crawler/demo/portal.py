"""The portal's own columns: home page, general columns, news, open-government frame, data, topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from crawler.demo.answers import Answer, Question
from crawler.demo.ground import TEMPLATES, Frame, Ground, Item, Registered
from crawler.demo.publishing import (
    Article,
    Column,
    Row,
    anchor,
    column_tags,
    paragraphs,
    publish_article,
    publish_list,
    publish_page,
    publish_portal,
    publish_scripted_list,
)
from crawler.demo.words import headlines, prose, street_news

HOST = "www.gongkai-demo.gov.cn"
NAME = "明湖区人民政府"
CODE = "9901000001"
OFFICE = "明湖区人民政府办公室"
NAV = (
    Item("首页", "/"),
    Item("走进明湖", "/zjmh/"),
    Item("新闻动态", "/xwdt/"),
    Item("政务公开", "/zwgk/"),
    Item("政务服务", "/wsbs/"),
    Item("互动交流", "/hdjl/"),
    Item("数据发布", "/sj/"),
    Item("专题专栏", "/ztzl/"),
)
FRAME = Frame("trs", HOST, NAME, OFFICE, CODE, nav=NAV, crumbs=(Item("首页", "/"),))

NEWS = Column("明湖要闻", "/xwdt/mhyw/", "工作动态")
OFFICES_NEWS = Column("部门动态", "/xwdt/bmdt/", "工作动态")
STREETS_NEWS = Column("街道动态", "/xwdt/jddt/", "工作动态")
NOTICES = Column("通知公告", "/xwdt/tzgg/", "")
CAPITAL_NEWS = Column("国务院要闻", "/xwdt/gwyyw/", "工作动态")
GUIDE = Column("政府信息公开指南", "/zwgk/xxgkzn/", "信息公开指南")
RULES = Column("政府信息公开制度", "/zwgk/xxgkzd/", "信息公开目录")
PLANS = Column("规划计划", "/zwgk/ghjh/", "")
REPORTS = Column("政府信息公开年报", "/zwgk/xxgknb/", "信息公开年报")
ON_REQUEST = Column("依申请公开", "/ysq/", "依申请公开")
PEOPLE = Column("人事信息", "/zwgk/rsxx/", "")
DOCUMENTS = Column("政策文件", "/zwgk/zcwj/", "政策文件")
INTERPRETATIONS = Column("政策解读", "/zwgk/zcjd/", "政策解读")


def section(name: str, path: str, *columns: Column) -> Frame:
    """The frame below one of the portal's main entries, with its own left menu."""
    return replace(
        FRAME,
        unit=name,
        menu=tuple(column.item for column in columns),
        crumbs=(*FRAME.crumbs, Item(name, path)),
    )


def build_static(ground: Ground, hosts: Sequence[str]) -> None:
    """Style sheets, scripts, the logo and robots.txt of every host."""
    for host in hosts:
        for sheet in sorted(TEMPLATES.glob("*/site.css")):
            ground.text(
                f"http://{host}/css/{sheet.parent.name}.css",
                sheet.read_text("utf-8"),
                "text/css; charset=utf-8",
            )
        for script in sorted(Path(TEMPLATES, "js").glob("*.js")):
            where = "/wza/aria.js" if script.name == "aria.js" else f"/js/{script.name}"
            ground.text(
                f"http://{host}{where}", script.read_text("utf-8"), "text/javascript; charset=utf-8"
            )
        ground.media([f"http://{host}/images/logo.png"])


def news_rows(
    ground: Ground, frame: Frame, column: Column, count: int, start: int = 0
) -> list[Row]:
    """Serve news articles, newest first from today on, and hand back their rows."""
    rows = []
    for turn, (title, subject) in enumerate(headlines(start, count)):
        day = ground.ago(turn if turn < 8 else 8 + (turn - 8) * 3)  # noqa: PLR2004 - daily at first
        path = f"{column.path}{day:%Y%m}/t{day:%Y%m%d}_{1000 + start + turn}.html"
        body = paragraphs(*prose(subject, "区政府", day, turn))
        article = Article(path, title, day, body, source="明湖区融媒体中心")
        publish_article(ground, frame, column, article)
        rows.append(article.row())
    return rows


def build_news(
    ground: Ground, office_rows: Sequence[Row], street_rows: Sequence[Row]
) -> tuple[list[Row], list[Row]]:
    """新闻动态: daily news over four pages, departments, streets, notices, reprints."""
    frame = section("新闻动态", "/xwdt/", NEWS, OFFICES_NEWS, STREETS_NEWS, NOTICES, CAPITAL_NEWS)
    news = news_rows(ground, frame, NEWS, 44)
    # A title cut for the list with the whole one in the attribute, and a commented-out date in
    # every row: neither may change what is read.
    news[3] = replace(news[3], cut=news[3].title[:9] + "…")
    publish_list(ground, frame, NEWS, news, shape="li_commented", pager="trs0", per_page=12)

    # Pinned: the first two rows are old, the list is fresh all the same.
    ordered = sorted(office_rows, key=lambda row: row.day or ground.today, reverse=True)
    pinned = [*ordered[-2:], *ordered[:-2]]
    publish_list(ground, frame, OFFICES_NEWS, pinned, shape="span_li", pager="trs1", per_page=14)

    stale = ground.planted("col201-street-news")
    publish_list(
        ground,
        frame,
        STREETS_NEWS,
        _old_street_news(ground, frame, stale, street_rows),
        shape="table",
    )

    notices = _notices(ground, frame)
    publish_list(
        ground,
        frame,
        NOTICES,
        notices,
        shape="li_span",
        format="bracket",
        pager="trs0",
        per_page=12,
    )

    capital = [
        Row(f"国务院部署{what}工作", f"http://www.guowuyuan.example/yaowen/{n}.html", ground.ago(n))
        for n, what in enumerate(
            ("稳增长", "促就业", "保供应", "防汛", "科技创新", "教育", "养老", "外贸"), 1
        )
    ]
    publish_list(ground, frame, CAPITAL_NEWS, capital, shape="grid", format="slash")

    blocks = [
        {"name": NEWS.name, "url": NEWS.path, "rows": news[:7]},
        {"name": NOTICES.name, "url": NOTICES.path, "rows": notices[:5]},
    ]
    publish_portal(
        ground,
        replace(frame, unit="新闻动态", crumbs=FRAME.crumbs),
        Column("新闻动态", "/xwdt/"),
        blocks,
    )
    url = f"http://{HOST}"
    ground.register(
        Registered("新闻动态", f"{url}/xwdt/", OFFICE, duty="-1", reason="目录节点"),
        Registered(NEWS.name, url + NEWS.path, OFFICE, NEWS.type, "14"),
        Registered(OFFICES_NEWS.name, url + OFFICES_NEWS.path, OFFICE, OFFICES_NEWS.type, "14"),
        Registered(STREETS_NEWS.name, url + STREETS_NEWS.path, OFFICE, STREETS_NEWS.type, "14"),
        Registered(NOTICES.name, url + NOTICES.path, OFFICE, "", "180"),
        Registered(CAPITAL_NEWS.name, url + CAPITAL_NEWS.path, OFFICE, CAPITAL_NEWS.type, "14"),
    )
    return news, notices


def _old_street_news(ground: Ground, frame: Frame, stale: bool, fresh: Sequence[Row]) -> list[Row]:
    """Rows of 街道动态; the newest is 47 days old, and titles name days that are still to come."""
    coming = ground.ago(-9)
    rows = []
    for turn, (title, subject) in enumerate(street_news("城南", 20, 9)):
        day = ground.ago(47 + turn * 6)
        words = f"{title}（活动将于{coming.month}月{coming.day}日举行）" if turn == 1 else title
        if turn == 3:  # noqa: PLR2004 - one row with a full date in its title
            words = f"城南街道定于{coming.isoformat()}举办社区邻里节"
        article = Article(
            f"/xwdt/jddt/jd_{300 + turn}.html",
            words,
            day,
            paragraphs(*prose(subject, "城南街道", day, turn)),
        )
        publish_article(ground, frame, STREETS_NEWS, article)
        rows.append(article.row())
    return rows if stale else [*fresh[:6], *rows]


def _notices(ground: Ground, frame: Frame) -> list[Row]:
    """通知公告: two pages; one article has an odd PubDate, one a date of a future meeting."""
    coming = ground.ago(-21)
    titles = (
        ("关于国庆假期政务服务大厅值班安排的公告", "政务服务"),
        (f"关于{coming.month}月{coming.day}日举行防空警报试鸣的公告", "人民防空"),
        ("关于湖滨路部分路段施工围挡的公告", "道路施工"),
        ("关于开展二次供水设施清洗的公告", "供水保障"),
        ("关于公布区级非物质文化遗产代表性项目名录的公告", "非遗传承"),
        ("关于开通社区巴士2号线的公告", "公共交通"),
        ("关于冬季清洁取暖设备检修的公告", "供热保障"),
        ("关于公布二季度文明家庭名单的公告", "文明创建"),
        ("关于组织无偿献血活动的公告", "无偿献血"),
        ("关于启用新版居民办事指引的公告", "政务服务"),
        ("关于明湖公园夜间开放时间的公告", "公园管理"),
        ("关于开展居民用气设施入户检查的公告", "燃气安全"),
        ("关于公布安全生产先进班组的公告", "安全生产"),
        ("关于城区绿化养护作业的公告", "园林绿化"),
        ("关于老年大学秋季招生的公告", "老年教育"),
        ("关于公共自行车站点调整的公告", "公共交通"),
        ("关于档案馆搬迁期间查档服务的公告", "档案服务"),
        ("关于开展流动图书车进社区的公告", "图书阅读"),
    )
    rows = []
    for turn, (title, subject) in enumerate(titles):
        day = ground.ago(4 + turn * 7)
        pubdate: str | None = ""
        if turn == 2:  # noqa: PLR2004 - the time of page generation, with U+2236 for a colon
            pubdate = f"{ground.today.isoformat()} 08∶30"
        if turn == 5:  # noqa: PLR2004 - a tag without content
            pubdate = None
        body = paragraphs(*prose(subject, "区有关部门", day, turn))
        article = Article(
            f"/xwdt/tzgg/gg_{510 + turn}.html", title, day, body, source=OFFICE, pubdate=pubdate
        )
        publish_article(ground, frame, NOTICES, article)
        rows.append(article.row())
    return rows


def build_about(ground: Ground) -> None:
    """走进明湖 and the small pages of the footer: single articles, a picture, no lists."""
    survey = Column("明湖概况", "/zjmh/mhgk/", "概况信息")
    people = Column("区域人口", "/zjmh/qyrk/", "概况信息")
    scenery = Column("明湖风光", "/zjmh/mhfg/", "")
    map_column = Column("电子地图", "/zjmh/dzdt/", "")
    frame = section("走进明湖", "/zjmh/", survey, people, scenery, map_column)
    ground.text(
        f"http://{HOST}/dt/ditu.html",
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>明湖区电子地图</title></head><body><main><h1>电子地图</h1><p>地图数据加载完成，可拖动查看各街道位置。</p></main></body></html>',
    )
    publish_page(
        ground,
        frame,
        map_column,
        Markup(
            '<iframe src="/dt/ditu.html" title="明湖区电子地图" width="800" height="420"></iframe>'
        ),
    )
    publish_page(
        ground,
        frame,
        survey,
        Markup('<div class="article_con">{}</div>').format(
            paragraphs(
                "明湖区位于虚构省澄江市东部，因境内明湖得名，面积二百一十六平方公里，下辖湖滨、柳荫等街道，是一座依湖而建的滨水城区。",
                "全区地势西高东低，湖岸线长三十八公里，建有环湖绿道和十二处口袋公园，四季分明，气候温润。",
                "近年来，全区坚持生态优先、绿色发展，着力建设宜居宜业的现代化滨湖新城。",
            )
        ),
    )
    rows = (
        ("湖滨街道", "9.8", "4.1"),
        ("柳荫街道", "7.6", "3.2"),
        ("城南街道", "6.4", "2.7"),
        ("观澜街道", "5.9", "2.5"),
        ("新湖街道", "5.2", "2.2"),
        ("东港街道", "4.8", "2.0"),
        ("全区合计", "39.7", "16.7"),
    )
    cells = Markup("").join(
        Markup("<tr><td>{}</td><td>{}</td><td>{}</td></tr>").format(*row) for row in rows
    )
    publish_page(
        ground,
        frame,
        people,
        Markup(
            '<table class="doc"><thead><tr><th scope="col">街道</th><th scope="col">常住人口（万人）</th>'
            '<th scope="col">户数（万户）</th></tr></thead><tbody>{}</tbody></table>'
        ).format(cells),
    )
    ground.media([f"http://{HOST}/images/mhfg.png", f"http://{HOST}/images/hero.png"])
    publish_page(
        ground,
        frame,
        scenery,
        Markup(
            '<p class="pic"><img src="/images/mhfg.png" alt="明湖日出，远处是环湖绿道" width="640"></p>'
        ),
    )
    blocks = [
        {
            "name": survey.name,
            "url": survey.path,
            "about": "明湖区的地理、历史和建置沿革，带您认识这座滨湖城区。",
        },
        {
            "name": people.name,
            "url": people.path,
            "about": "各街道常住人口和户数，来自区公安、统计部门的年度汇总。",
        },
        {"name": scenery.name, "url": scenery.path, "about": "明湖四季风光，由区融媒体中心拍摄。"},
    ]
    publish_portal(
        ground, replace(frame, crumbs=FRAME.crumbs), Column("走进明湖", "/zjmh/"), blocks
    )
    url = f"http://{HOST}"
    for column in (survey, people, scenery, map_column):
        ground.register(Registered(column.name, url + column.path, OFFICE, column.type, "静态"))


def build_open_government(ground: Ground, documents: Sequence[Row], fresh: Sequence[Row]) -> None:
    """政务公开: guide, rules, plans (an empty list), yearly reports, the form, appointments."""
    frame = section(
        "政务公开",
        "/zwgk/",
        DOCUMENTS,
        INTERPRETATIONS,
        GUIDE,
        RULES,
        PLANS,
        REPORTS,
        PEOPLE,
        ON_REQUEST,
    )
    guide = Markup('<div class="article_con">{}</div>').format(
        paragraphs(
            "为方便公民、法人和其他组织获得本机关的政府信息，编制本指南。",
            "公开机构：明湖区人民政府办公室；办公地址：明湖区湖心路1号；办公时间：工作日9:00至17:00；联系电话：0000-8600100。",
            "本机关通过门户网站、政务公开专区和新闻发布会等方式主动公开政府信息，也依法受理公开申请。",
        )
    )
    publish_page(ground, frame, GUIDE, guide)
    # A list with one row is a group of one.
    rule = Article(
        "/zwgk/xxgkzd/zd_11.html",
        "明湖区政府信息公开工作流程",
        ground.ago(410),
        paragraphs(
            "本流程包括信息制作、属性确定、保密审查、发布和归档五个环节，由各单位政务公开工作机构负责落实。"
        ),
    )
    publish_article(ground, frame, RULES, rule)
    publish_list(ground, frame, RULES, [rule.row()], bar=_pager_of_one())

    plans = [
        Article(
            "/zwgk/ghjh/gh_21.html",
            "明湖区年度重点工作安排",
            ground.ago(60),
            paragraphs(*prose("年度重点工作", "区政府", ground.ago(60), 1)),
        )
    ]
    shown = [] if ground.planted("col101-hollow-list") else [plan.row() for plan in plans]
    if shown:
        publish_article(ground, frame, PLANS, plans[0])
    publish_list(
        ground, frame, PLANS, shown, hollow=Markup('<ul class="u-list"></ul>'), bar=_pager_of_one()
    )

    january = replace_year(ground)
    reports = []
    for turn in range(6):
        day = january.replace(year=january.year - turn)
        title = f"明湖区人民政府{day.year - 1}年政府信息公开工作年度报告"
        body = paragraphs(
            "根据有关要求，编制本年度报告。报告包括总体情况、主动公开政府信息情况、收到和处理申请情况、行政复议和诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分。"
        )
        article = Article(f"/zwgk/xxgknb/nb_{60 - turn}.html", title, day, body)
        publish_article(ground, frame, REPORTS, article)
        reports.append(article.row())
    publish_list(ground, frame, REPORTS, reports, shape="table")

    appointments = []
    for turn, days in enumerate((20, 75, 140)):
        words = ("周明等同志", "李安等同志", "陈亮同志")[turn]
        article = Article(
            f"/zwgk/rsxx/rs_{31 + turn}.html",
            f"明湖区人民政府关于{words}职务任免的通知",
            ground.ago(days),
            paragraphs("区政府决定，任免下列同志职务，具体名单见区政府公报。", "特此通知。"),
            marks=(
                ("发文字号", f"明政任〔{ground.ago(days).year}〕{5 - turn}号"),
                ("发文机关", NAME),
            ),
        )
        publish_article(ground, frame, PEOPLE, article)
        appointments.append(article.row())
    publish_list(ground, frame, PEOPLE, appointments)

    form = Markup(
        '<form action="/ysq/tj/" method="post">'
        '<div class="field"><label for="xm">申请人姓名</label><input id="xm" name="xm" type="text"></div>'
        '<div class="field"><label for="dh">联系电话</label><input id="dh" name="dh" type="text"></div>'
        '<div class="field"><label for="nr">所需信息内容描述</label><textarea id="nr" name="nr" rows="5"></textarea></div>'
        '<div class="field"><label for="fs">提供方式</label><select id="fs" name="fs"><option>纸质</option><option>电子邮件</option></select></div>'
        '<p><button type="submit">提交申请</button> {}</p></form>'
    ).format(anchor("/ysq/sqb.docx", "下载申请表"))
    publish_page(ground, frame, ON_REQUEST, form)
    ground.media([f"http://{HOST}/ysq/sqb.docx"])

    blocks = [
        {"name": DOCUMENTS.name, "url": DOCUMENTS.path, "rows": documents[:5]},
        {
            "name": GUIDE.name,
            "url": GUIDE.path,
            "about": "公开机构、公开方式、申请流程和监督渠道。",
        },
        {"name": NEWS.name, "url": NEWS.path, "rows": fresh[:5]},
    ]
    publish_portal(
        ground, replace(frame, crumbs=FRAME.crumbs), Column("政务公开", "/zwgk/"), blocks
    )
    url = f"http://{HOST}"
    ground.register(
        Registered(GUIDE.name, url + GUIDE.path, OFFICE, GUIDE.type, "静态"),
        Registered(RULES.name, url + RULES.path, OFFICE, RULES.type, "静态"),
        Registered(PLANS.name, url + PLANS.path, OFFICE, "", "每年1月[400]"),
        Registered(REPORTS.name, url + REPORTS.path, OFFICE, REPORTS.type, "每年1月"),
        Registered(PEOPLE.name, url + PEOPLE.path, OFFICE, "", "不定期"),
        Registered(ON_REQUEST.name, url + ON_REQUEST.path, OFFICE, ON_REQUEST.type, "依申请公开"),
    )


def replace_year(ground: Ground) -> date:
    """The last 19 January before the audit: the day on which the yearly report came out."""
    day = ground.today.replace(month=1, day=19)
    return day if day < ground.today else day.replace(year=day.year - 1)


def _pager_of_one() -> Markup:
    """The pager script that empty and one-page lists print alike."""
    return Markup(
        '<div class="page"><script src="/js/page.js"></script>'
        '<script>createPageHTML(1, 0, "index", "html");</script></div>'
    )


def build_data(ground: Ground) -> None:
    """数据发布: a list that a script fills, one whose data interface is down, a slow page."""
    monthly = Column("统计数据", "/sj/tjsj/", "数据发布")
    bulletin = Column("统计公报", "/sj/tjgb/", "数据发布")
    analysis = Column("统计分析", "/sj/tjfx/", "数据发布")
    opened = Column("开放数据集", "/sj/kfsj/", "数据开放")
    query = Column("数据目录", "/sj/sjml/", "数据开放")
    frame = section("数据发布", "/sj/", monthly, bulletin, analysis, opened, query)
    rows = []
    for turn in range(8):
        day = ground.ago(5 + 30 * turn)
        article = Article(
            f"/sj/tjsj/sj_{700 + turn}.html",
            f"全区规模以上工业主要指标（第{8 - turn}期）",
            day,
            paragraphs(
                "本期规模以上工业增加值同比增长百分之五点六，主要行业保持平稳，高技术制造业增速较快。",
                "数据来源于区统计局月度快报，最终数据以年度核定为准。",
            ),
            source="区统计局",
        )
        publish_article(ground, frame, monthly, article)
        rows.append(article.row())
    publish_scripted_list(ground, frame, monthly, rows, "/api/tjsj.json")
    # Faults that only a browser can see: a scripted list that is old, and one that is empty.
    stale = ground.planted("col201-scripted")
    essays = []
    for turn in range(4):
        day = ground.ago((130 if stale else 10) + 40 * turn)
        article = Article(
            f"/sj/tjfx/fx_{720 + turn}.html",
            f"区域经济运行简析（之{4 - turn}）",
            day,
            paragraphs(
                "本期简析围绕工业、投资和消费三个方面，梳理主要指标变化，供各单位研究工作时参考。"
            ),
            source="区统计局",
        )
        publish_article(ground, frame, analysis, article)
        essays.append(article.row())
    publish_scripted_list(ground, frame, analysis, essays, "/api/tjfx.json")
    empty = ground.planted("col101-scripted")
    publish_scripted_list(ground, frame, opened, [] if empty else essays, "/api/kfsj.json")
    publish_scripted_list(
        ground, frame, bulletin, [row_of_bulletin(ground, frame, bulletin)], "/api/tjgb.json"
    )
    if ground.planted("col103-dead-interface"):
        key = (HOST, "/api/tjgb.json")
        ground.answers[key] = Answer(b'{"code":500}', 500, "application/json")

    def slow(question: Question) -> Answer:  # noqa: ARG001 - the makers' signature
        return replace(slowly, delay=2.5)

    publish_page(
        ground,
        frame,
        query,
        paragraphs(
            "数据目录按部门整理，每年全面维护一次，列明数据名称、共享方式和更新周期，供部门和公众查询使用。"
        ),
    )
    slowly = ground.answers[HOST, query.path]
    assert isinstance(slowly, Answer)
    ground.answers[HOST, query.path] = slow
    blocks = [
        {
            "name": monthly.name,
            "url": monthly.path,
            "about": "全区工业、投资、消费等主要经济指标，按月发布。",
        },
        {
            "name": bulletin.name,
            "url": bulletin.path,
            "about": "国民经济和社会发展统计公报，按年发布。",
        },
        {
            "name": query.name,
            "url": query.path,
            "about": "各部门数据资源目录，便于查询和申请使用。",
        },
    ]
    publish_portal(ground, replace(frame, crumbs=FRAME.crumbs), Column("数据发布", "/sj/"), blocks)
    url = f"http://{HOST}"
    ground.register(
        Registered(monthly.name, url + monthly.path, "区统计局", monthly.type, "每月[60]"),
        Registered(bulletin.name, url + bulletin.path, "区统计局", bulletin.type, "365"),
        Registered(analysis.name, url + analysis.path, "区统计局", analysis.type, "90"),
        Registered(opened.name, url + opened.path, "区统计局", opened.type, "不定期"),
        Registered(query.name, url + query.path, "区统计局", query.type, "静态"),
    )


def row_of_bulletin(ground: Ground, frame: Frame, column: Column) -> Row:
    """The one article of 统计公报."""
    article = Article(
        "/sj/tjgb/gb_1.html",
        "明湖区国民经济和社会发展统计公报",
        ground.ago(90),
        paragraphs(
            "初步核算，全年全区地区生产总值稳步增长，城乡居民人均可支配收入增速快于经济增速，就业形势总体稳定。"
        ),
        source="区统计局",
    )
    publish_article(ground, frame, column, article)
    return article.row()


def build_topics(ground: Ground, special: Markup) -> None:
    """专题专栏: a portal of topics, each one page; ``special`` goes into the second one."""
    topics = (
        Column("创建文明城区", "/ztzl/cjwm/"),
        Column("优化营商环境", "/ztzl/yshj/"),
        Column("稳就业保民生", "/ztzl/wjy/"),
    )
    frame = section("专题专栏", "/ztzl/", *topics)
    for turn, column in enumerate(topics):
        text = paragraphs(*prose(column.name, "区政府", ground.ago(30 + turn), turn))
        publish_page(
            ground,
            frame,
            column,
            Markup('<div class="article_con">{}{}</div>').format(
                text, special if turn == 1 else ""
            ),
        )
        ground.register(Registered(column.name, f"http://{HOST}{column.path}", OFFICE, "", "静态"))
    blocks = [
        {
            "name": column.name,
            "url": column.path,
            "about": f"集中展示{column.name}工作的进展、成效和典型做法。",
        }
        for column in topics
    ]
    publish_portal(
        ground, replace(frame, crumbs=FRAME.crumbs), Column("专题专栏", "/ztzl/"), blocks
    )


def build_footer_pages(ground: Ground, frame: Frame) -> None:
    """About, contact, site map, search and login of a host."""
    url = frame.url("")
    pages = (
        (
            Column("关于我们", "/about/"),
            f"{frame.site}由{frame.owner}主办，提供政务信息公开、在线办事和互动交流服务，欢迎社会各界监督。",
        ),
        (
            Column("联系我们", "/lxwm/"),
            "地址：明湖区湖心路1号；电话：0000-8600100；邮编：000000；工作时间为工作日上午九时至下午五时。",
        ),
    )
    for column, words in pages:
        publish_page(ground, replace(frame, menu=(), unit=frame.unit), column, paragraphs(words))
    items = Markup("").join(
        Markup("<p>{}</p>").format(anchor(item.url, item.name))
        for item in (*frame.nav, *frame.menu)
    )
    publish_page(
        ground,
        replace(frame, menu=()),
        Column("网站地图", "/wzdt/"),
        Markup('<div class="map">{}</div>').format(items),
    )
    publish_page(
        ground,
        replace(frame, menu=()),
        Column("站内搜索", "/ss/"),
        paragraphs("请在页面上方的搜索框中输入关键词，可按标题或全文检索本站公开的信息。"),
    )
    if frame.wza == "link":
        publish_page(
            ground,
            replace(frame, menu=()),
            Column("长者模式", "/wza/"),
            paragraphs(
                "长者模式提供大字体、高对比度和语音朗读，适合老年人和视力障碍人士浏览，点击右上角可随时退出。"
            ),
        )
    ground.text(
        f"{url}/robots.txt", "User-agent: *\nDisallow: /admin/\n", "text/plain; charset=utf-8"
    )


def build_login(ground: Ground) -> None:
    """The portal's login form."""
    form = Markup(
        '<form action="/dlzc/in/" method="post"><div class="field"><label for="yhm">用户名</label><input id="yhm" name="yhm" type="text"></div>'
        '<div class="field"><label for="mm">密码</label><input id="mm" name="mm" type="password"></div><p><button type="submit">登录</button></p></form>'
    )
    publish_page(ground, FRAME, Column("用户登录", "/dlzc/"), form)


def build_home(
    ground: Ground,
    news: Sequence[Row],
    notices: Sequence[Row],
    units: Sequence[Item],
    friends: Sequence[Item],
    topics: Sequence[Item],
) -> None:
    """The portal's home page."""
    blocks = [
        {"name": NOTICES.name, "url": NOTICES.path, "rows": notices},
        {"name": "部门动态", "url": OFFICES_NEWS.path, "rows": news[6:11]},
    ]
    ground.page(
        FRAME,
        "/",
        "home",
        lead=news[0],
        news=news[1:7],
        blocks=blocks,
        units=units,
        topics=topics,
        friends=friends,
        crumbs=(),
        meta=(*column_tags(Column("首页", "/", "首页")),),
    )
