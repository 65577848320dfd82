"""The two street sections of the portal: paged by query, one of them made with a careless template."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from crawler.demo.ground import Ground
from crawler.demo.publishing import PublishedArticle, anchor, aside, paragraphs, publish_article
from crawler.demo.rows import Row, RowColumn
from tests.district.papers.dialogue import cn
from tests.district.units.offices import URL, Office, duties_of, office
from tests.district.words import street_news

# What the careless template of articles prints: a picture without alt, a field without label, a
# link and a button without words.
FLAWS = Markup(
    '<div class="float"><img src="/images/piaofu.png" width="80" height="60">'
    '<input type="text" name="tel" size="8"><a href="/hdjl/qzxx/"></a><button type="button"></button></div>'
)


def build_lakeside(ground: Ground, extras: Mapping[str, Markup]) -> Office:
    """湖滨街道: notices whose only fresh row lies in the future; five dead pages in a living folder."""
    base = "/content/column/67915"
    functions, leaders = (
        RowColumn("机构职能", f"{base}00", "机构职能"),
        RowColumn("领导信息", f"{base}01", "负责人信息"),
    )
    news, public = (
        RowColumn("街道动态", f"{base}02", "工作动态"),
        RowColumn("通知公告", f"{base}03"),
    )
    neighbours = RowColumn("居务公开", f"{base}04")
    columns = (functions, leaders, news, public, neighbours)
    unit = office(
        ground,
        "ls",
        "湖滨街道办事处",
        "湖滨",
        "/jd/hubin/",
        "/content/article/88{number:05}",
        columns,
        pager="query",
        extras=extras,
    )
    duties_of(unit, functions, leaders)
    for turn, (title, subject) in enumerate(street_news("湖滨", 0, 24)):
        unit.article(news, title, subject, 2 + turn * 5)
    unit.listing(news, "14", per_page=12)
    fresh = ground.planted("col201-only-future")
    coming = ground.planted("col205-row")
    first = unit.article(public, "关于社区文化节活动安排的公告", "社区文化节", 240 if fresh else 9)
    if coming:
        # The row names a day to come, the article the day on which it really was published.
        unit.rows[public.path][0] = Row(first.title, first.url, ground.ago(-12))
    for turn, subject in enumerate(
        ("二次供水清洗", "楼道清理", "电动车充电", "门牌换发", "垃圾桶更换")
    ):
        unit.article(public, f"关于{subject}的公告", subject, 236 + turn * 20)
    unit.listing(public, "180", pager="none")
    whose = ("湖心社区", "柳岸社区", "观澜社区", "新湖社区")
    if ground.planted("dsc107-lakeside"):
        whose = ("文体活动", "楼院照明", "便民经费", "补贴发放")
    for turn, place in enumerate(whose):
        unit.article(neighbours, f"{place}居务公开（第三季度）", "居务公开", 15 + turn * 9)
    unit.listing(neighbours, "每季度[180]", pager="none", shape="in_a")
    unit.close()
    return unit


def build_willow(ground: Ground, extras: Mapping[str, Markup], fresh: list[Row]) -> Office:
    """柳荫街道: a careless template, a list of nothing but a separator, solicitations with periods."""
    base = "/liuyin/column/67916"
    functions, leaders = (
        RowColumn("机构职能", f"{base}00", "机构职能"),
        RowColumn("领导信息", f"{base}01", "负责人信息"),
    )
    news, neighbours = (
        RowColumn("街道动态", f"{base}02", "工作动态"),
        RowColumn("居务公开", f"{base}03"),
    )
    calls = RowColumn("民意征集", f"{base}04", "征集调查")
    first = () if ground.planted("dsc102-willow") else (functions,)
    columns = (*first, leaders, news, neighbours, calls)
    flaws = FLAWS if ground.planted("plt203-image-alt") else Markup("")
    ground.media([f"{URL}/images/piaofu.png"])
    unit = office(
        ground,
        "ls",
        "柳荫街道办事处",
        "柳荫",
        "/jd/liuyin/",
        "/liuyin/detail/99{number:05}",
        columns,
        pager="query",
        extras=extras,
        flaws=flaws,
    )
    duties_of(unit, functions, leaders)
    for turn, (title, subject) in enumerate(street_news("柳荫", 30, 14)):
        unit.article(news, title, subject, 1 + turn * 4)
    unit.listing(news, "14", per_page=10)
    side = aside("最新信息", fresh[:8])
    if ground.planted("col101-separator-only"):
        unit.listing(
            neighbours,
            "180",
            pager="none",
            hollow=Markup('<ul class="doc_list list-6791573"><li class="lm_line"></li></ul>'),
            aside=side,
        )
    else:
        unit.article(neighbours, "柳荫社区居务公开（第三季度）", "居务公开", 21)
        unit.listing(neighbours, "180", pager="none", aside=side)
    _calls(ground, unit, calls)
    unit.close()
    return unit


def _calls(ground: Ground, unit: Office, column: RowColumn) -> None:
    """A list that prints periods; the third row has no label, and neither has its article."""
    made = (
        ("明湖区柳荫街道口袋公园选址方案", 9, -26, "(进行中)", ""),
        ("明湖区柳荫街道便民早市设置方案", 90, 50, "(已结束)", "result"),
        (
            "明湖区柳荫街道楼道电动车整治方案",
            45,
            9,
            "" if ground.planted("dlg101-street") else "(已结束)",
            "",
        ),
    )
    rows = []
    for turn, (name, opens, closes, label, result) in enumerate(made, 1):
        first, last = ground.ago(opens), ground.ago(closes)
        texts: list[str | Markup] = [
            f"现就《{name}》公开征求意见，欢迎辖区居民积极参与。",
            f"意见征集时间：{cn(first)}至{cn(last)}。",
            "联系电话：0000-8600400。",
            *(
                [f"起草说明：{name}根据居民议事会意见起草，主要解决场地不足的问题。"]
                if turn > 1 or not ground.planted("dlg205-street")
                else []
            ),
        ]
        extra = Markup("")
        if result:
            url = f"/liuyin/detail/99{90000 + turn}"
            day = ground.ago(closes - 14)
            fed_back = PublishedArticle(
                url,
                f"《{name}》征求意见结果反馈",
                day,
                paragraphs("征求意见期间共收到居民建议12条，采纳9条，未采纳3条，理由已当面说明。"),
                source=unit.name,
            )
            publish_article(ground, unit.articles_frame(), column, fed_back)
            texts.append(Markup("结果反馈：{}").format(anchor(url, fed_back.title)))
            extra = Markup('<a class="result" href="{}">查看结果</a>').format(url)
        article = PublishedArticle(
            f"/liuyin/detail/99{80000 + turn}",
            f"关于《{name}》公开征求意见的公告",
            first,
            paragraphs(*texts),
            source=unit.name,
        )
        publish_article(ground, unit.articles_frame(), column, article)
        rows.append(
            article.row(
                day=None,
                status=label,
                period=f"{first.isoformat()}至{last.isoformat()}",
                extra=extra,
            )
        )
    unit.listing(column, "不定期", rows=rows, pager="none", shape="period")
