"""The portal's frame, its home page, topics, and the small pages that every host has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from crawler.demo.ground import NOTHING, TEMPLATES, Frame, Ground, Item, Registered
from crawler.demo.publishing import (
    Block,
    anchor,
    column_tags,
    paragraphs,
    publish_page,
    publish_portal,
)
from crawler.demo.rows import Row, RowColumn
from tests.district.words import prose

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

NEWS = RowColumn("明湖要闻", "/xwdt/mhyw/", "工作动态")
OFFICES_NEWS = RowColumn("部门动态", "/xwdt/bmdt/", "工作动态")
STREETS_NEWS = RowColumn("街道动态", "/xwdt/jddt/", "工作动态")
NOTICES = RowColumn("通知公告", "/xwdt/tzgg/", "")
CAPITAL_NEWS = RowColumn("国务院要闻", "/xwdt/gwyyw/", "工作动态")
GUIDE = RowColumn("政府信息公开指南", "/zwgk/xxgkzn/", "信息公开指南")
RULES = RowColumn("政府信息公开制度", "/zwgk/xxgkzd/", "信息公开目录")
PLANS = RowColumn("规划计划", "/zwgk/ghjh/", "")
REPORTS = RowColumn("政府信息公开年报", "/zwgk/xxgknb/", "信息公开年报")
ON_REQUEST = RowColumn("依申请公开", "/ysq/", "依申请公开")
PEOPLE = RowColumn("人事信息", "/zwgk/rsxx/", "")
DOCUMENTS = RowColumn("政策文件", "/zwgk/zcwj/", "政策文件")
INTERPRETATIONS = RowColumn("政策解读", "/zwgk/zcjd/", "政策解读")

SCHEMES = RowColumn("专项规划", "/zwgk/zxgh/", "")
DECISIONS = RowColumn("重大决策", "/zwgk/zdjc/", "")
SUPERVISION = RowColumn("政务督查", "/zwgk/zwdc/")
RESEARCH = RowColumn("政务调研", "/zwgk/zwdy/")
CASES = RowColumn("以案释法", "/zwgk/yasf/")
LECTURES = RowColumn("法治讲堂", "/zwgk/fzjt/")
# Columns whose pages are data (tests/district/pages/).
READINGS = RowColumn("数据解读", "/sj/sjjd/", "数据发布")
TOLD = RowColumn("便民告知", "/bmgz/", "")
PAPERS = (
    ("/zwgk/gfxwj/", "规范性文件"), ("/zwgk/wjql/", "文件清理"), ("/zwgk/czzd/", "财政制度文件"),
    ("/zwgk/zfwj/", "政府文件"), ("/zwgk/wjk/", "政策文件库"), ("/hdjl/cnfk/", "采纳情况反馈"),
)  # fmt: skip


def section(name: str, path: str, *columns: RowColumn) -> Frame:
    """The frame below one of the portal's main entries, with its own left menu."""
    return replace(
        FRAME,
        unit=name,
        menu=tuple(column.item for column in columns),
        crumbs=(*FRAME.crumbs, Item(name, path)),
    )


def link_papers(ground: Ground) -> None:
    """Entries to the columns of papers on pages that are published before them."""
    links = Markup("、").join(anchor(path, name) for path, name in PAPERS)
    place = (HOST, "/about/")
    ground.additions[place] = ground.additions.get(place, NOTHING) + Markup(
        "<p>政策文件见：{}。</p>"
    ).format(links)


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


def build_topics(ground: Ground, special: Markup) -> None:
    """专题专栏: a portal of topics, each one page; ``special`` goes into the second one."""
    topics = (
        RowColumn("创建文明城区", "/ztzl/cjwm/"),
        RowColumn("优化营商环境", "/ztzl/yshj/"),
        RowColumn("稳就业保民生", "/ztzl/wjy/"),
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
        Block(column.name, column.path, about=f"集中展示{column.name}工作的进展、成效和典型做法。")
        for column in topics
    ]
    publish_portal(
        ground, replace(frame, crumbs=FRAME.crumbs), RowColumn("专题专栏", "/ztzl/"), blocks
    )


def build_footer_pages(ground: Ground, frame: Frame) -> None:
    """About, contact, site map, search and login of a host."""
    url = frame.url("")
    pages = (
        (
            RowColumn("关于我们", "/about/"),
            f"{frame.site}由{frame.owner}主办，提供政务信息公开、在线办事和互动交流服务，欢迎社会各界监督。",
        ),
        (
            RowColumn("联系我们", "/lxwm/"),
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
        RowColumn("网站地图", "/wzdt/"),
        Markup('<div class="map">{}</div>').format(items),
    )
    publish_page(
        ground,
        replace(frame, menu=()),
        RowColumn("站内搜索", "/ss/"),
        paragraphs("请在页面上方的搜索框中输入关键词，可按标题或全文检索本站公开的信息。"),
    )
    if frame.wza == "link":
        publish_page(
            ground,
            replace(frame, menu=()),
            RowColumn("长者模式", "/wza/"),
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
    publish_page(ground, FRAME, RowColumn("用户登录", "/dlzc/"), form)


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
        Block.of(NOTICES, notices),
        Block("部门动态", OFFICES_NEWS.path, news[6:11]),
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
        meta=(*column_tags(RowColumn("首页", "/", "首页")),),
    )
