"""区财政局: lists in data scripts; an empty one, one under construction, old budgets."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from crawler.demo.ground import Ground
from crawler.demo.rows import RowColumn
from tests.district.units.offices import CIVIC, PARTY, Office, duties_of, office
from tests.district.words import notices, office_news


def build_finance(ground: Ground, extras: Mapping[str, Markup]) -> Office:
    """区财政局: lists in data scripts; an empty one, one under construction, budgets long out of date."""
    functions, leaders = (
        RowColumn("机构职能", "/col/col2010/index.html", "机构职能"),
        RowColumn("领导信息", "/col/col2011/index.html", "负责人信息"),
    )
    news, public = (
        RowColumn("工作动态", "/col/col2012/index.html", "工作动态"),
        RowColumn("通知公告", "/col/col2013/index.html"),
    )
    budget, buying = (
        RowColumn("财政预决算", "/col/col2014/index.html"),
        RowColumn("政府采购", "/col/col2015/index.html"),
    )
    funds, party = (
        RowColumn("专项资金", "/col/col2016/index.html"),
        RowColumn("机关党建", "/col/col2017/index.html"),
    )
    civic = RowColumn("文明创建", "/col/col2018/index.html")
    columns = (functions, leaders, news, public, budget, buying, funds, party, civic)
    unit = office(
        ground,
        "hanweb",
        "区财政局",
        "财政局",
        "/bm/czj/",
        "/art/czj/art_2010_{number}.html",
        columns,
        pager="datastore",
        extras=extras,
    )
    duties_of(unit, functions, leaders)
    subjects = (
        "预算编制",
        "国库集中支付",
        "政府采购监管",
        "资产管理",
        "绩效评价",
        "会计监督",
        "债务管理",
        "惠民补贴发放",
    )
    for turn, (title, subject) in enumerate(office_news("财政局", subjects, 22)):
        unit.article(news, title, subject, 3 + turn * 5)
    unit.listing(news, "14", per_page=8)
    for turn, (title, subject) in enumerate(notices(subjects, 6)):
        unit.article(public, title, subject, 25 + turn * 20)
    unit.listing(public, "180", per_page=8)

    if not ground.planted("col201-budget"):
        unit.article(budget, "区财政局部门预算公开说明（续）", "预算公开", 5)
    for turn, what in enumerate(("部门预算", "部门决算", "非税收入", "三公经费")):
        unit.article(budget, f"区财政局{what}公开说明", what, 430 + turn * 160)
    unit.listing(budget, "每年2月、9月", pager="none")

    if ground.planted("col101-empty-datastore"):
        unit.listing(buying, "180", rows=[], per_page=8)
    else:
        unit.article(buying, "政府采购监督检查工作综述", "政府采购", 15)
        unit.listing(buying, "180", per_page=8)
    if ground.planted("col102-under-construction"):
        unit.listing(
            funds,
            "365",
            pager="none",
            hollow=Markup('<div class="zwnr">栏目建设中，敬请期待！</div>'),
        )
    else:
        unit.article(funds, "专项资金分配使用综述", "专项资金", 15)
        unit.listing(funds, "365")
    fresh_party = 3 if not ground.planted("col202-party-group") else 52
    unit.article(party, "局机关党支部开展主题党日活动", "主题党日", fresh_party)
    unit.article(party, "局机关党支部召开组织生活会", "组织生活", 110)
    unit.listing(party, PARTY)
    unit.article(civic, "局机关组织文明交通志愿服务", "文明交通", 100)
    unit.listing(civic, CIVIC)
    unit.close()
    return unit
