"""Decisions and monthly figures: what a year must bring."""

from __future__ import annotations

from datetime import date, timedelta

from markupsafe import Markup

from crawler.demo.ground import Ground
from crawler.demo.publishing import (
    PublishedArticle,
    paragraphs,
    publish_article,
    publish_list,
)
from plugins.facts.language.periods import Period, ended
from tests.district.papers.counting import (
    FEBRUARY,
    last_year,
    register,
)
from tests.district.papers.portal import (
    DECISIONS,
    OFFICE,
    READINGS,
    section,
)


def build_decisions(ground: Ground) -> None:
    """重大决策: last but one year's list only, and no list of what the public takes part in."""
    frame = section("政务公开", "/zwgk/", DECISIONS)
    year = ground.today.year - 2
    titles = [(f"明湖区人民政府{year}年度重大行政决策事项目录", date(year, 3, 20))]
    if not ground.planted("dlg207-no-list"):
        titles += [
            (f"明湖区人民政府{one}年度重大行政决策事项目录", date(one, 1, 4))
            for one in (ground.today.year - 1, ground.today.year)
            if date(one, 1, 4) <= ground.today
        ]
    if not ground.planted("dlg208-no-list"):
        titles.append(("明湖区公众参与事项清单", last_year(ground, 4, 9)))
    rows = []
    for number, (title, day) in enumerate(titles):
        article = PublishedArticle(
            f"{DECISIONS.path}ml_{number}.html",
            title,
            day,
            paragraphs(
                f"《{title}》经区政府常务会议审议通过，现予公布，由各承办单位按时限组织实施。"
            ),
            source=OFFICE,
        )
        publish_article(ground, frame, DECISIONS, article)
        rows.append(article.row())
    publish_list(ground, frame, DECISIONS, rows)
    register(ground, DECISIONS, OFFICE, "不定期")


def build_monthly(ground: Ground) -> None:
    """数据解读 of 区统计局: every month but February and one that is left out."""
    frame = section("数据发布", "/sj/", READINGS)
    ground.media([frame.url("/images/tujie.png")])
    months = [one for one in ended(Period.MONTH, ground.today) if one.open.month != FEBRUARY]
    hole = months[-1].open if ground.planted("pol205-month") else None
    rows = []
    day = ground.today.replace(day=18)
    for number in range(15):
        if day <= ground.today and day.month != FEBRUARY and day.replace(day=1) != hole:
            article = PublishedArticle(
                f"{READINGS.path}jd_{number}.html",
                f"图解数据：第{15 - number}期全区经济运行情况",
                day,
                paragraphs(
                    f"本期解读选取工业、投资、消费三项指标，第{15 - number}期走势平稳。",
                    "主要内容见下图，数据依据月度快报整理。",
                )
                + Markup('<p><img src="/images/tujie.png" alt="三项指标走势"></p>'),
                source="区统计局",
            )
            publish_article(ground, frame, READINGS, article)
            rows.append(article.row())
        day = (day.replace(day=1) - timedelta(days=1)).replace(day=18)
    publish_list(ground, frame, READINGS, rows)
    register(ground, READINGS, "区统计局", "不定期")
