"""The small sites beside the portal, each with faults of a whole site: 就业, 公共资源, 统计."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markupsafe import Markup

from crawler.demo.answers import Answer, Question
from crawler.demo.ground import NOTHING, Frame, Ground, Item, Registered
from crawler.demo.publishing import (
    Article,
    Block,
    anchor,
    paragraphs,
    publish_article,
    publish_list,
    publish_page,
    publish_portal,
)
from crawler.demo.rows import Column, Row
from tests.district.portal.portal import build_footer_pages
from tests.district.words import prose

JOBS = "jy.gongkai-demo.gov.cn"
TRADE = "ggzy.gongkai-demo.gov.cn"
FIGURES = "tj.gongkai-demo.gov.cn"
PORTAL_LINK = Item("区政府门户网站", "http://www.gongkai-demo.gov.cn/")


def small_frame(
    family: str,
    host: str,
    site: str,
    owner: str,
    code: str,
    columns: tuple[Column, ...],
    **options: Any,
) -> Frame:
    """The frame of a small site: its columns are its navigation."""
    nav = (Item("首页", "/"), *(column.item for column in columns))
    return Frame(
        family, host, site, owner, code, unit=owner, nav=nav, crumbs=(Item("首页", "/"),), **options
    )


def small_list(
    ground: Ground,
    frame: Frame,
    column: Column,
    titles: tuple[tuple[str, str], ...],
    first: int,
    step: int,
    *,
    extra: Markup = NOTHING,
    **options: Any,
) -> list[Row]:
    """Serve a list and its articles; the newest is ``first`` days old, each next one ``step`` older;

    ``extra`` is added to the text of the first.
    """
    rows = []
    stem = column.path.rpartition("/")[0]
    name = column.path.strip("/").partition(".")[0]
    for turn, (title, subject) in enumerate(titles):
        day = ground.ago(first + turn * step)
        body = paragraphs(*prose(subject, frame.owner, day, turn)) + (NOTHING if turn else extra)
        article = Article(f"{stem}/{name}_{100 + turn}.html", title, day, body, source=frame.owner)
        publish_article(ground, frame, column, article)
        rows.append(article.row())
    publish_list(ground, frame, column, rows, **options)
    return rows


def small_single(ground: Ground, frame: Frame, column: Column, *texts: str | Markup) -> None:
    """Serve a single-article column and register it."""
    publish_page(
        ground, frame, column, Markup('<div class="wz-text">{}</div>').format(paragraphs(*texts))
    )
    ground.register(
        Registered(column.name, frame.url(column.path), frame.owner, column.type, "静态")
    )


def small_home(ground: Ground, frame: Frame, blocks: list[tuple[Column, list[Row]]]) -> None:
    """Serve the home page: the newest rows of a few columns, and a link to the portal."""
    shown = [Block.of(column, rows[:6]) for column, rows in blocks]
    shown.append(
        Block(
            PORTAL_LINK.name,
            PORTAL_LINK.url,
            about="明湖区人民政府门户网站提供全区政务公开、政务服务和互动交流信息。",
        )
    )
    publish_portal(ground, replace(frame, crumbs=()), Column("首页", "/", "首页"), shown)


def build_jobs(ground: Ground) -> None:
    """区就业服务中心: nothing new for a month, no accessibility entry; no AAAA record either."""
    news = Column("招聘信息", "/zpxx/", "工作动态")
    public = Column("通知公告", "/tzgg/", "工作动态")
    training = Column("技能培训", "/jnpx/", "办事服务")
    duties = Column("单位职能", "/dwzn/", "机构职能")
    wza = "none" if ground.planted("plt201-no-entry") else "script"
    frame = small_frame(
        "hanweb",
        JOBS,
        "明湖区就业服务网",
        "区就业服务中心",
        "9901000002",
        (news, public, training, duties),
        wza=wza,
    )
    first = 33 if ground.planted("col203-stale-home") else 3
    jobs = tuple(
        (f"{what}专场招聘会简讯", "就业招聘")
        for what in (
            "制造业企业",
            "高校毕业生",
            "退役军人",
            "家政服务",
            "社区岗位",
            "数字经济",
            "物流行业",
            "医养机构",
        )
    )
    rows = small_list(ground, frame, news, jobs, first, 6, shape="in_a")
    # A firewall's challenge, and a page that robots.txt keeps crawlers away from.
    extra = paragraphs(
        anchor("/jfcx/index.html", "社保缴费查询"), anchor("/admin/login.html", "后台登录")
    )
    if ground.planted("lnk106-challenge"):
        challenge = b"<html><head><title></title></head><body><script>var _$ts=window['$_ts'];</script></body></html>"
        ground.put(frame.url("/jfcx/index.html"), Answer(challenge, 412))
    else:
        publish_page(
            ground,
            frame,
            Column("社保缴费查询", "/jfcx/index.html"),
            paragraphs("社保缴费查询服务提供个人缴费记录查询和打印，数据每日凌晨更新，仅供参考。"),
        )
    ground.text(frame.url("/admin/login.html"), "Not Found", status=404)
    told = small_list(
        ground,
        frame,
        public,
        (
            ("关于开展创业培训报名的公告", "创业培训"),
            ("关于调整服务大厅开放时间的公告", "窗口服务"),
            ("关于办理就业登记的公告", "就业登记"),
        ),
        41,
        30,
        shape="li_span",
        extra=extra,
    )
    courses = tuple(
        (f"{what}技能培训班开班", "技能培训")
        for what in ("养老护理", "电子商务", "中式烹调", "母婴护理")
    )
    taught = small_list(ground, frame, training, courses, 38, 20, shape="table")
    small_single(
        ground,
        frame,
        duties,
        "区就业服务中心承担全区就业服务、职业介绍、技能培训和创业扶持等事务性工作，为用人单位和劳动者提供免费服务。",
    )
    small_home(ground, frame, [(news, rows), (public, told), (training, taught)])
    build_footer_pages(ground, frame)
    for column, duty in ((news, "60"), (public, "180"), (training, "180")):
        ground.register(
            Registered(column.name, frame.url(column.path), frame.owner, column.type, duty)
        )


def build_trade(ground: Ground) -> None:
    """公共资源交易: answers 200 to whatever is asked; the accessibility entry is gone; IPv6 is dead."""
    news, public = (
        Column("交易信息", "/jyxx/", "工作动态"),
        Column("通知公告", "/tzgg/", "工作动态"),
    )
    guide, duties = (
        Column("办事指南", "/bszn/", "办事服务"),
        Column("中心简介", "/zxjj/", "概况信息"),
    )
    frame = small_frame(
        "gd",
        TRADE,
        "明湖区公共资源交易网",
        "区公共资源交易中心",
        "9901000003",
        (news, public, guide, duties),
        wza="link",
    )
    projects = tuple(
        (f"{what}交易结果", what)
        for what in (
            "环湖绿道三期工程",
            "城东小学扩建工程",
            "市政管网改造工程",
            "社区养老中心装修工程",
            "智慧停车设备购置",
            "公园座椅购置",
            "路灯节能改造工程",
            "图书馆设备购置",
        )
    )
    # The home page has been still for eleven days of the fourteen.
    first = 11 if ground.planted("warn-col203-days-left") else 2
    rows = small_list(ground, frame, news, projects, first, 5, shape="li_span")
    told = small_list(
        ground,
        frame,
        public,
        (
            ("关于启用新交易大厅的公告", "交易大厅"),
            ("关于清理“页面不存在”等失效网页的公告", "网页清理"),
            ("关于电子印章办理的公告", "电子印章"),
        ),
        11,
        25,
        shape="grid",
    )
    dead = "/bszn/gcjs2019.html"
    if not ground.planted("lnk101-soft-server"):
        ground.page(
            frame,
            dead,
            "page",
            name="工程建设项目进场流程",
            body=paragraphs(
                "项目单位登录交易系统提交进场申请，经受理后安排场地和时间，交易结束后签订合同并备案。"
            ),
        )
    small_single(
        ground,
        frame,
        guide,
        "进场交易按登记受理、发布信息、组织交易、公布结果、签订合同五个步骤办理，服务窗口设在交易大厅一楼，咨询电话0000-8600500。",
        Markup("详见{}。").format(anchor(dead, "工程建设项目进场流程")),
    )
    small_single(
        ground,
        frame,
        duties,
        "区公共资源交易中心为全区工程建设、政府采购、产权交易等提供场所、设施和见证服务，坚持公开、公平、公正。",
    )
    small_home(ground, frame, [(news, rows), (public, told)])
    build_footer_pages(ground, frame)
    for column, duty in ((news, "30"), (public, "180")):
        ground.register(
            Registered(column.name, frame.url(column.path), frame.owner, column.type, duty)
        )
    if ground.planted("plt202-dead-entry"):
        ground.answers[TRADE, "/wza/"] = Answer(b"Not Found", 404, "text/plain")
    if ground.planted("plt102-silent-over-ipv6"):
        _over_ipv6(ground, TRADE, Answer(drop=True))
    soft = bare_page(
        frame, "您访问的页面不存在", "抱歉，您要查看的内容可能已被删除或移动，请返回首页。"
    )
    ground.fallbacks.append((f"http://{TRADE}/", Answer(soft.encode())))


def build_figures(ground: Ground) -> None:
    """区统计局: in order over IPv4; over IPv6 another server answers with its own welcome page."""
    news, monthly = (
        Column("统计要闻", "/tjyw.htm", "工作动态"),
        Column("统计月报", "/tjyb.htm", "数据发布"),
    )
    duties = Column("单位职能", "/dwzn.htm", "机构职能")
    frame = small_frame(
        "boda",
        FIGURES,
        "明湖区统计信息网",
        "区统计局",
        "9901000004",
        (news, monthly, duties),
        wza="link",
        encoding="gbk",
        header="text/html; charset=gbk",
        declared="gbk",
    )
    stories = tuple(
        (f"{what}工作有序开展", what)
        for what in (
            "劳动力抽样",
            "住户收支登记",
            "工业月报",
            "服务业统计",
            "能源统计",
            "统计法治宣传",
        )
    )
    rows = small_list(ground, frame, news, stories, 6, 8, shape="table")
    months = tuple((f"主要经济指标月报（第{9 - turn}期）", "主要经济指标") for turn in range(8))
    told = small_list(ground, frame, monthly, months, 12, 30, shape="span_li", format="paren")
    small_single(
        ground,
        frame,
        duties,
        "区统计局组织实施全区统计工作，承担国民经济核算、各专业统计、普查和统计执法监督等职责。",
    )
    small_home(ground, frame, [(news, rows), (monthly, told)])
    build_footer_pages(ground, frame)
    for column, duty in ((news, "14"), (monthly, "60")):
        ground.register(
            Registered(column.name, frame.url(column.path), frame.owner, column.type, duty)
        )
    if ground.planted("plt103-other-page-over-ipv6"):
        welcome = bare_page(
            None,
            "Welcome to nginx!",
            "If you see this page, the web server is successfully installed and working.",
        )
        _over_ipv6(ground, FIGURES, Answer(welcome.encode()))


def _over_ipv6(ground: Ground, host: str, answer: Answer) -> None:
    """Let the home page of a host answer otherwise over IPv6."""
    usual = ground.answers[host, "/"]

    def respond(question: Question) -> Answer:
        if question.ipv6:
            return answer
        return usual(question) if callable(usual) else usual

    ground.answers[host, "/"] = respond


def bare_page(frame: Frame | None, title: str, words: str) -> str:
    """A bare page, as servers print them."""
    site = f" - {frame.site}" if frame else ""
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}{site}</title></head>'
        f'<body><main><h1>{title}</h1><p>{words}</p><p><a href="/">首页</a></p></main></body></html>'
    )
