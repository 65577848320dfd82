"""区民政局: lists from dataproxy.jsp; notices past their duty, a placeholder, dead forms."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from crawler.demo.ground import Ground
from crawler.demo.rows import Row, RowColumn
from tests.district.papers.policies import Pair
from tests.district.units.offices import CIVIC, PARTY, URL, Office, duties_of, office, publish_pairs
from tests.district.units.unit_pages import renamed
from tests.district.words import notices, office_news


def build_civil_affairs(ground: Ground, extras: Mapping[str, Markup]) -> Office:
    """区民政局: lists from dataproxy.jsp; notices past their duty, a placeholder, dead forms."""
    functions, leaders = (
        RowColumn("机构职能", "/col/col3010/index.html", "机构职能"),
        RowColumn("领导信息", "/col/col3011/index.html", "负责人信息"),
    )
    news, public = (
        RowColumn("工作动态", "/col/col3012/index.html", "工作动态"),
        RowColumn("通知公告", "/col/col3013/index.html"),
    )
    relief, forms = (
        RowColumn("社会救助", "/col/col3014/index.html"),
        RowColumn("表格下载", "/bm/mzj/xz/"),
    )
    papers, readings = (
        RowColumn("政策文件", "/col/col3016/index.html", "政策文件"),
        RowColumn("政策解读", "/col/col3017/index.html", "政策解读"),
    )
    party, civic = (
        RowColumn("机关党建", "/col/col3018/index.html"),
        RowColumn("文明创建", "/col/col3019/index.html"),
    )
    columns = (functions, leaders, news, public, relief, forms, papers, readings, party, civic)
    unit = office(
        ground,
        "hanweb",
        "区民政局",
        "民政局",
        "/bm/mzj/",
        "/art/mzj/art_3010_{number}.html",
        columns,
        pager="datastore",
        extras=extras,
    )
    duties_of(unit, functions, leaders)
    subjects = (
        "社区养老",
        "婚姻登记服务",
        "社会组织管理",
        "地名管理",
        "残疾人两项补贴",
        "儿童福利",
        "慈善事业",
        "社区治理",
    )
    for turn, (title, subject) in enumerate(office_news("民政局", subjects, 30)):
        unit.article(news, title, subject, 4 + turn * 4)
    unit.listing(news, "14", per_page=8)
    if not ground.planted("col201-notices"):
        unit.article(public, "关于开展婚姻登记服务提升行动的公告", "婚姻登记服务", 6)
    for turn, (title, subject) in enumerate(notices(subjects, 28)):
        unit.article(public, title, subject, 224 + turn * 11)
    unit.listing(public, "180", per_page=8)
    if ground.planted("col102-no-news"):
        unit.listing(
            relief,
            "180",
            pager="none",
            hollow=Markup('<ul class="wb-list"><li>此栏目暂无任何新增信息</li></ul>'),
        )
    else:
        unit.article(relief, "社会救助服务进社区活动综述", "社会救助", 10)
        unit.listing(relief, "180")

    names = (
        "临时救助申请表",
        "高龄津贴申请表",
        "社会组织年检表",
        "收养登记申请书",
        "地名命名申请表",
        "养老机构备案表",
        "志愿者登记表",
    )
    rows = []
    for turn, name in enumerate(names):
        url = f"/bm/mzj/xz/bg_{turn + 1}.docx"
        # Five of seven are gone, but not the folder: five findings, not one.
        if turn not in range(1, 6) or not ground.planted(f"lnk103-form-{turn}"):
            ground.media([URL + url])
        rows.append(Row(name, url, ground.ago(33 + turn)))
    unit.listing(renamed(ground, forms), "365", rows=rows, pager="none", shape="li_span")
    frames = (unit.inner(), unit.inner())
    pairs = (Pair("明湖区社区养老机构等级评定办法", "养老机构等级评定", 1, forth="text"),)
    publish_pairs(ground, unit, frames, (papers, readings), pairs, "明民规", (50,))
    unit.listing(papers, "180", pager="none", shape="docs")
    unit.listing(readings, "180", pager="none", shape="gl")
    unit.article(party, "民政系统党员下沉社区服务", "党员服务", 55)
    unit.listing(party, PARTY)
    stale = ground.planted("col201-group-member")
    unit.article(civic, "文明祭扫宣传活动", "文明祭扫", 215 if stale else 20)
    unit.listing(civic, CIVIC)
    unit.close()
    return unit
