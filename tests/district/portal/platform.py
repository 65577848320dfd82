"""What the demo's sites are fitted with: footer marks, tags, search, entries, and what is wrong there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from crawler.demo.ground import Ground, Item, Registered
from crawler.demo.publishing import (
    PublishedArticle,
    anchor,
    paragraphs,
    publish_article,
    publish_list,
    publish_page,
)
from crawler.demo.rows import Row, RowColumn
from tests.district.portal.outside import CAPITAL
from tests.district.portal.portal import FRAME, HOST, OFFICE, section
from tests.district.portal.references import link_list
from tests.district.portal.sites import FIGURES, JOBS, TRADE, bare_page, small_frame

OTHER_TRADE = "www.minghu-trade.example"
SSO = "sso.minghu-account.example"
OLD_REPORT = "pucha.kaipuyun.example"
REPORT = "zfwzgl.guowuyuan.example"
# Where each fault stands: (place, quirk of its templates).
QUIRKS = {
    "plt301-no-police": (JOBS, "no_police"),
    "plt302-other-code": (f"{TRADE}", "other_code"),
    "plt303-red-error": (JOBS, "red_error"),
    "plt304-no-report": (JOBS, "no_error_report"),
    "plt305-old-host": (f"{HOST} home", "old_report"),
    "plt306-street-articles": (f"{HOST} 柳荫街道办事处 article", "no_error_report"),
    "plt307-nameless": (JOBS, "nameless"),
    "plt309-company-title": (TRADE, "untitled"),
    "plt401-no-tags": (FIGURES, "no_tags"),
    "plt402-no-code": (JOBS, "no_id_code"),
    "plt403-no-keywords": (f"{JOBS} list", "no ColumnKeywords"),
    "plt404-no-source": (f"{TRADE} article", "no ContentSource"),
    "plt405-empty-description": (f"{TRADE}", "empty ColumnDescription"),
    "plt501-no-search": (JOBS, "no_search"),
    "plt503-other-login": (f"{HOST} 区财政局 portal", "other_login"),
    "plt504-no-services": (f"{HOST} 区卫生健康局 portal", "no_services"),
    "dsc601-willow": (f"{HOST} 柳荫街道办事处", "no_request"),
}
RESULTS = "/xwdt/tzgg/gg_590.html"
SURVEYS = RowColumn("网上调查", "/hdjl/wsdc/", "征集调查")


def plant_quirks(ground: Ground) -> None:
    """Tell the templates what to do wrong; 统计's footer is written by a script, which is no fault."""
    places: dict[str, set[str]] = {FIGURES: {"scripted_footer"}}
    for fault, (place, quirk) in QUIRKS.items():
        if ground.planted(fault):
            places.setdefault(place, set()).add(quirk)
    if not ground.planted("dsc605-no-results"):
        ground.additions[HOST, "/about/"] = Markup("<p>另见：{}</p>").format(
            anchor(RESULTS, "政务公开考评结果")
        )
    ground.quirks.update({place: frozenset(quirks) for place, quirks in places.items()})


def unit_friends(ground: Ground) -> tuple[Item, ...]:
    """A unit's name on the home page that leads to a commercial domain."""
    host = OTHER_TRADE if ground.planted("plt308-commercial-domain") else TRADE
    ground.text(f"http://{OTHER_TRADE}/", bare_page(None, "公共资源交易", "交易信息查询。"))
    return (Item("区公共资源交易中心", f"http://{host}/"),)


def survey_links(ground: Ground) -> Mapping[str, Markup]:
    """Two surveys that an article links to, one of them gone."""
    frame = section("互动交流", "/hdjl/", SURVEYS)
    form = Markup(
        '<form action="/hdjl/wsdc/tj/" method="post"><div class="field"><label for="pj">您的评价</label>'
        '<input id="pj" name="pj" type="text"></div><div class="field"><label for="jy">您的建议</label>'
        '<textarea id="jy" name="jy" rows="4"></textarea></div><p><button type="submit">提交</button></p></form>'
    )
    living = RowColumn("公园绿化满意度问卷", "/hdjl/wsdc/dc_1.html", "征集调查")
    publish_page(ground, frame, living, form)
    words = "网上调查面向社会各界了解对公共服务的评价，调查结果由承办单位汇总后公布，欢迎积极参与。"
    publish_page(ground, frame, SURVEYS, paragraphs(words, anchor(living.path, living.name)))
    dead = "/hdjl/wsdc/dc_2.html"
    if not ground.planted("plt505-dead-survey"):
        publish_page(ground, frame, RowColumn("便民服务满意度投票", dead, "征集调查"), form)
    return {"/bm/jyj/gzdt/#3": link_list((living.path, "参与问卷"), (dead, "我要投票"))}


def build_platform(ground: Ground) -> None:
    """Everything that stands beside the templates: marks' pictures and scripts, searches, pages."""
    for host in (HOST, JOBS, TRADE):
        badge = "red_error" if "red_error" in ground.quirks.get(host, ()) else "red"
        ground.media([f"http://{host}/images/{badge}.png"])
    ground.text(f"http://{OLD_REPORT}/exposure/jiucuo.js", "", "text/javascript; charset=utf-8")
    ground.text(
        f"http://{REPORT}/exposure/jiucuo.html?site_code=99010000030",
        bare_page(None, "我为政府网站找错", "本页为演示用虚构服务。"),
    )
    ground.text(f"http://{SSO}/", bare_page(None, "统一登录", "本页为演示用虚构服务。"))
    _footer_script(ground)
    _request_page(ground)
    _guide(ground)
    _capital_news(ground)
    _results(ground)


def _footer_script(ground: Ground) -> None:
    """The footer of 统计, as some platforms write it: escaped, from a script of the same host."""
    marks = (
        "<p>主办：区统计局　网站标识码：9901000004　<a href='http://beian.miit.example/'>虚ICP备20260004号-1</a>　"
        "<a href='http://beian.gongan.example/'>虚公网安备 99010000040001号</a></p>"
        "<p><span id='_ideConac'><a href='http://bszs.conac.example/sitename?method=show'>党政机关网站标识</a></span>　"
        f"<a href='http://{REPORT}/exposure/jiucuo.html?site_code=9901000004'>我为政府网站找错</a></p>"
    )
    coded = "".join(
        sign if sign.isascii() and sign.isalnum() else f"%u{ord(sign):04x}" for sign in marks
    )
    text = f'document.getElementById("foot_marks").innerHTML = unescape("{coded}");\n'
    ground.text(f"http://{FIGURES}/js/page_footer.js", text, "text/javascript; charset=utf-8")


def _request_page(ground: Ground) -> None:
    """依申请公开 of 公共资源: how to apply, but no form to download."""
    column = RowColumn("依申请公开", "/ysqgk/", "依申请公开")
    frame = small_frame(
        "gd",
        TRADE,
        "明湖区公共资源交易网",
        "区公共资源交易中心",
        "9901000003",
        (column,),
        wza="link",
    )
    lines: list[str | Markup] = [
        "公民、法人和其他组织需要获取本中心信息的，可当面或者邮寄提出，也可以在区政府门户网站的平台上提交。",
        "受理机构：区公共资源交易中心综合科；通讯地址：明湖区湖心路2号；联系电话：0000-8600500。",
    ]
    if not ground.planted("dsc602-no-sheet"):
        ground.media([f"http://{TRADE}/ysqgk/sqb.docx"])
        lines.append(anchor("/ysqgk/sqb.docx", "信息公开申请表"))
    body = Markup('<div class="article_con">{}</div>').format(paragraphs(*lines))
    publish_page(ground, frame, column, body)


def _guide(ground: Ground) -> None:
    """政府信息公开指南 of 统计: where and when, but no telephone."""
    column = RowColumn("政府信息公开指南", "/xxgkzn.htm", "信息公开指南")
    frame = small_frame(
        "boda", FIGURES, "明湖区统计信息网", "区统计局", "9901000004", (column,),
        wza="link", encoding="gbk", header="text/html; charset=gbk", declared="gbk",
    )  # fmt: skip
    phone = "" if ground.planted("dsc603-no-phone") else "；联系电话：0000-8600400"
    body = Markup('<div class="wz-text">{}</div>').format(
        paragraphs(
            "为方便公民、法人和其他组织获得本机关的政府信息，根据有关规定编制本指南，需要获得本机关公开服务的，可以阅读本指南。",
            "本机关主动公开的信息包括机构职能、统计数据、统计公报和统计调查制度等，通过统计信息网、统计年鉴和新闻发布会公开，自信息形成之日起二十个工作日内公开。",
            f"公开机构：区统计局办公室；办公地址：明湖区湖心路1号三楼；办公时间：工作日9:00至17:00{phone}。",
        )
    )
    publish_page(ground, frame, column, body)


def _capital_news(ground: Ground) -> None:
    """国务院信息 on 就业: the reprints stopped 20 days ago."""
    column = RowColumn("国务院信息", "/gwyxx/", "工作动态")
    frame = small_frame(
        "hanweb", JOBS, "明湖区就业服务网", "区就业服务中心", "9901000002", (column,)
    )
    first = 20 if ground.planted("dsc604-reprints-stopped") else 1
    rows = [
        Row(f"国务院部署{what}工作", f"http://{CAPITAL}/yaowen/{n}.html", ground.ago(first + n))
        for n, what in enumerate(("稳就业", "技能培训", "创业服务", "社会保障", "劳动关系"), 1)
    ]
    publish_list(ground, frame, column, rows, shape="table")
    ground.register(
        Registered(column.name, frame.url(column.path), frame.owner, column.type, "180")
    )


def _results(ground: Ground) -> None:
    """The yearly results of the assessment, in time, where the fault is mended."""
    if ground.planted("dsc605-no-results"):
        return
    # Results are due by the end of March; before that, last year's are the ones that are due.
    year = ground.today.year - (ground.today <= ground.today.replace(month=3, day=31))
    day = date(year, 2, 10)
    article = PublishedArticle(
        RESULTS,
        f"关于{year - 1}年全区政务公开、政府网站和政务新媒体绩效考评情况的通报",
        day,
        paragraphs("根据年度考评办法，现将全区各单位考评结果予以公布，请对照不足抓好整改。"),
        source=OFFICE,
    )
    column = RowColumn("通知公告", "/xwdt/tzgg/")
    publish_article(ground, replace(FRAME, unit="新闻动态"), column, article)
