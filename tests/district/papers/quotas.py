"""What is counted by period: the quarters' answers, the months' figures.

Everything hangs on the calendar, not on days before the audit: on any day the year that has ended and
the quarters and months that have ended are full, but for what is planted.
"""

from __future__ import annotations

from datetime import timedelta

from markupsafe import Markup

from crawler.demo.ground import Ground
from crawler.demo.publishing import PublishedArticle, paragraphs, publish_article, publish_list
from plugins.facts.language.periods import Period, ended
from tests.district.papers.counting import (
    ASKS,
    BUSY,
    CALM,
    FEBRUARY,
    MATTERS,
    more,
    register,
    spread,
)
from tests.district.papers.dialogue import LETTERS, QUESTIONS
from tests.district.papers.portal import READINGS, section


def build_quotas(ground: Ground) -> None:
    """Everything that is counted; must be built before the lists in which its rows stand."""
    _answers(ground)
    _letter(ground)
    _monthly(ground)


def _answers(ground: Ground) -> None:
    """Five a quarter of busy units, two of the others; 区民政局 is one short in the last quarter."""
    frame = section("互动交流", "/hdjl/", QUESTIONS)
    quarters = ended(Period.QUARTER, ground.today)
    for quarter in quarters:
        turn = (quarter.open.month - 1) // 3
        for place, unit in enumerate((*BUSY, *CALM)):
            matters = list(MATTERS[unit])
            if (
                unit == "区民政局"
                and quarter == quarters[-1]
                and ground.planted("dlg201-one-short")
            ):
                matters.pop()
            days = spread(quarter, len(matters))
            for number, (matter, day) in enumerate(zip(matters, days, strict=True)):
                title = ASKS[turn].format(matter)
                article = PublishedArticle(
                    f"{QUESTIONS.path}dw_{turn}{place}{number}.html",
                    title,
                    day,
                    paragraphs(
                        f"问：{title}",
                        f"答：{matter}由{unit}负责办理，请在工作时间到政务服务大厅{place + 1}号窗口"
                        f"咨询，受理编号以{matter}第{turn + 1}类事项为准。",
                    ),
                    source=unit,
                )
                publish_article(ground, frame, QUESTIONS, article)
                more(ground, QUESTIONS, article.row())


def _letter(ground: Ground) -> None:
    """A letter of today, so that the chosen letters never stand still because a month is left out."""
    frame = section("互动交流", "/hdjl/", LETTERS)
    fresh = PublishedArticle(
        f"{LETTERS.path}lx_690.html",
        "关于公园夜间照明的来信及答复",
        ground.today,
        paragraphs("来信内容：公园西门夜间偏暗。", "答复内容：已增设庭院灯，请放心前往。"),
        source="区信访局",
    )
    publish_article(ground, frame, LETTERS, fresh)
    more(ground, LETTERS, fresh.row())


def _monthly(ground: Ground) -> None:
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
