"""走进明湖 and 政务公开 of the portal: single articles, yearly reports, the form, an empty list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from crawler.demo.ground import Ground, Registered
from crawler.demo.publishing import (
    Block,
    PublishedArticle,
    anchor,
    paragraphs,
    publish_article,
    publish_list,
    publish_page,
    publish_portal,
)
from crawler.demo.rows import Row, RowColumn
from tests.district.papers.annual_reports import government_body
from tests.district.papers.lists import list_blocks
from tests.district.portal.portal import (
    DOCUMENTS,
    FRAME,
    GUIDE,
    HOST,
    INTERPRETATIONS,
    NAME,
    NEWS,
    OFFICE,
    ON_REQUEST,
    PEOPLE,
    PLANS,
    REPORTS,
    RULES,
    section,
)
from tests.district.words import prose


def build_about(ground: Ground) -> None:
    """走进明湖 and the small pages of the footer: single articles, a picture, no lists."""
    survey = RowColumn("明湖概况", "/zjmh/mhgk/", "概况信息")
    people = RowColumn("区域人口", "/zjmh/qyrk/", "概况信息")
    scenery = RowColumn("明湖风光", "/zjmh/mhfg/", "")
    map_column = RowColumn("电子地图", "/zjmh/dzdt/", "")
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
        Block.of(survey, about="明湖区的地理、历史和建置沿革，带您认识这座滨湖城区。"),
        Block.of(people, about="各街道常住人口和户数，来自区公安、统计部门的年度汇总。"),
        Block.of(scenery, about="明湖四季风光，由区融媒体中心拍摄。"),
    ]
    publish_portal(
        ground, replace(frame, crumbs=FRAME.crumbs), RowColumn("走进明湖", "/zjmh/"), blocks
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
    rule = PublishedArticle(
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
        PublishedArticle(
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

    january = last_january(ground)
    reports = []
    for turn in range(6):
        day = january.replace(year=january.year - turn)
        title = f"明湖区人民政府{day.year - 1}年政府信息公开工作年度报告"
        body = government_body(ground, day.year - 1, turn)
        article = PublishedArticle(f"/zwgk/xxgknb/nb_{60 - turn}.html", title, day, body)
        publish_article(ground, frame, REPORTS, article)
        reports.append(article.row())
    publish_list(ground, frame, REPORTS, reports, shape="table")

    appointments = []
    for turn, days in enumerate((20, 75, 140)):
        words = ("周明等同志", "李安等同志", "陈亮同志")[turn]
        article = PublishedArticle(
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
        Block.of(DOCUMENTS, documents[:5]),
        Block.of(GUIDE, about="公开机构、公开方式、申请流程和监督渠道。"),
        Block.of(NEWS, fresh[:5]),
        *list_blocks(ground),
    ]
    publish_portal(
        ground, replace(frame, crumbs=FRAME.crumbs), RowColumn("政务公开", "/zwgk/"), blocks
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


def last_january(ground: Ground) -> date:
    """The last 19 January before the audit: the day on which the yearly report came out."""
    day = ground.today.replace(month=1, day=19)
    return day if day < ground.today else day.replace(year=day.year - 1)


def _pager_of_one() -> Markup:
    """The pager script that empty and one-page lists print alike."""
    return Markup(
        '<div class="page"><script src="/js/page.js"></script>'
        '<script>createPageHTML(1, 0, "index", "html");</script></div>'
    )
