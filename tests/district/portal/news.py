"""新闻动态 of the portal: daily news, departments, streets (out of date), notices, reprints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.demo.ground import Frame, Ground, Registered
from crawler.demo.publishing import (
    Block,
    PublishedArticle,
    paragraphs,
    publish_article,
    publish_list,
    publish_portal,
)
from crawler.demo.rows import Row, RowColumn
from tests.district.portal.portal import (
    CAPITAL_NEWS,
    FRAME,
    HOST,
    NEWS,
    NOTICES,
    OFFICE,
    OFFICES_NEWS,
    STREETS_NEWS,
    TOLD,
    section,
)
from tests.district.words import headlines, prose, street_news

# So many days in a row have news, the days before that every third one.
DAILY = 8


def news_rows(
    ground: Ground, frame: Frame, column: RowColumn, count: int, start: int = 0
) -> list[Row]:
    """Serve news articles, newest first from today on, and hand back their rows."""
    rows = []
    for turn, (title, subject) in enumerate(headlines(start, count)):
        day = ground.ago(turn if turn < DAILY else DAILY + (turn - DAILY) * 3)
        path = f"{column.path}{day:%Y%m}/t{day:%Y%m%d}_{1000 + start + turn}.html"
        body = paragraphs(*prose(subject, "区政府", day, turn))
        article = PublishedArticle(path, title, day, body, source="明湖区融媒体中心")
        publish_article(ground, frame, column, article)
        rows.append(article.row())
    return rows


def build_news(
    ground: Ground, office_rows: Sequence[Row], street_rows: Sequence[Row]
) -> tuple[list[Row], list[Row]]:
    """新闻动态: daily news over four pages, departments, streets, notices, reprints."""
    frame = section(
        "新闻动态", "/xwdt/", NEWS, OFFICES_NEWS, STREETS_NEWS, NOTICES, CAPITAL_NEWS, TOLD
    )
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
        Block.of(NEWS, news[:7]),
        Block.of(NOTICES, notices[:5]),
    ]
    publish_portal(
        ground,
        replace(frame, unit="新闻动态", crumbs=FRAME.crumbs),
        RowColumn("新闻动态", "/xwdt/"),
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
    titles = list(street_news("城南", 20, 9))
    titles[1] = (f"{titles[1][0]}（活动将于{coming.month}月{coming.day}日举行）", titles[1][1])
    titles[3] = (f"城南街道定于{coming.isoformat()}举办社区邻里节", "社区邻里节")
    for turn, (words, subject) in enumerate(titles):
        day = ground.ago(47 + turn * 6)
        article = PublishedArticle(
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
    # The time of page generation, with U+2236 for a colon; a tag without content.
    odd: dict[int, str | None] = {2: f"{ground.today.isoformat()} 08∶30", 5: None}
    rows = []
    for turn, (title, subject) in enumerate(titles):
        day = ground.ago(4 + turn * 7)
        body = paragraphs(*prose(subject, "区有关部门", day, turn))
        article = PublishedArticle(
            f"/xwdt/tzgg/gg_{510 + turn}.html",
            title,
            day,
            body,
            source=OFFICE,
            pubdate=odd.get(turn, ""),
        )
        publish_article(ground, frame, NOTICES, article)
        rows.append(article.row())
    return rows
