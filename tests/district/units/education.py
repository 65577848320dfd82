"""区教育局: printed pagers; a hollow list, dates without a year, a document nobody interprets."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from crawler.demo.ground import Ground
from crawler.demo.publishing import PublishedArticle, paragraphs, publish_article
from crawler.demo.rows import RowColumn
from tests.district.papers.policies import Pair
from tests.district.units.offices import CIVIC, PARTY, Office, duties_of, office, publish_pairs
from tests.district.units.unit_pages import doubled
from tests.district.words import notices, office_news, prose


def build_education(ground: Ground, extras: Mapping[str, Markup]) -> Office:
    """区教育局: printed pagers; a hollow list, an article of the future, a document nobody interprets."""
    base = "/bm/jyj/"
    functions, leaders = (
        RowColumn("机构职能", f"{base}jgzn/", "机构职能"),
        RowColumn("领导信息", f"{base}ldxx/", "负责人信息"),
    )
    news, public = (
        RowColumn("工作动态", f"{base}gzdt/", "工作动态"),
        RowColumn("通知公告", f"{base}tzgg/"),
    )
    intake, grants = RowColumn("招生信息", f"{base}zsxx/"), RowColumn("学生资助", f"{base}xszz/")
    papers, readings = (
        RowColumn("政策文件", f"{base}zcwj/", "政策文件"),
        RowColumn("政策解读", f"{base}zcjd/", "政策解读"),
    )
    party, civic = RowColumn("机关党建", f"{base}jgdj/"), RowColumn("文明创建", f"{base}wmcj/")
    columns = (functions, leaders, news, public, intake, grants, papers, readings, party, civic)
    unit = office(
        ground,
        "gd",
        "区教育局",
        "教育局",
        base,
        "/bm/jyj/content/post_{number}.html",
        columns,
        pager="static",
        extras=extras,
    )
    doubled(ground, unit, intake)
    duties_of(unit, functions, leaders)
    subjects = (
        "课后服务",
        "校园安全",
        "教师研修",
        "阳光体育",
        "劳动教育",
        "书香校园",
        "心理健康教育",
        "家校共育",
    )
    for turn, (title, subject) in enumerate(office_news("教育局", subjects, 18)):
        unit.article(news, title, subject, 2 + turn * 6)
    unit.listing(news, "14", per_page=10)
    for turn, (title, subject) in enumerate(notices(subjects, 7)):
        unit.article(public, title, subject, 9 + turn * 15)
    # The head of this article names a day to come, its row does not: rows are what is judged.
    shown = f"{ground.ago(-16).isoformat()} 10:00"
    day = ground.ago(45)
    article = PublishedArticle(
        f"{base}tzgg/content/post_9001.html",
        "关于中小学校服选用工作的公告",
        day,
        paragraphs(*prose("校服选用", "区教育局", day, 2)),
        source="区教育局",
        shown=shown,
    )
    publish_article(ground, unit.inner(), public, article)
    unit.rows[public.path].append(article.row())
    unit.listing(public, "180", format="dot")
    for turn, stage in enumerate(("幼儿园", "小学", "初中", "特殊教育学校")):
        unit.article(intake, f"区{stage}招生工作安排", f"{stage}招生", 20 + turn * 30)
    # Month and day only: nobody who reads the list can tell the year.
    yearless = "md" if ground.planted("col204-month-and-day") else "dash"
    unit.listing(intake, "180", shape="table", format=yearless, pager="none")
    hollow = Markup('<ul class="GsTL5"></ul>')
    bar = Markup('<div class="page"><a href="">第一页</a> <a href="">最后一页</a></div>')
    if ground.planted("col101-hollow-pager"):
        unit.listing(grants, "365", hollow=hollow, bar=bar)
    else:
        unit.article(grants, "学生资助政策宣传月活动综述", "学生资助", 12)
        unit.listing(grants, "365")
    frames = (unit.inner(), unit.inner())
    publish_pairs(
        ground,
        unit,
        frames,
        (papers, readings),
        (
            Pair("明湖区校外托管机构备案管理办法", "校外托管机构备案", 1),
            Pair(
                "明湖区中小学教师交流轮岗实施办法",
                "教师交流轮岗",
                2,
                title="",
                faults=("pol103-school", ""),
            ),
        ),
        "明教规",
        (30, 75),
    )
    unit.listing(papers, "180", shape="docs", pager="none")
    unit.listing(readings, "180", shape="in_a", pager="none")
    unit.article(party, "教育系统党建品牌展示交流", "党建品牌", 88)
    unit.listing(party, PARTY)
    unit.article(civic, "文明校园创建经验交流", "文明校园", 12)
    unit.listing(civic, CIVIC)
    unit.close()
    return unit
