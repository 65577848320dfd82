"""互动交流 of the portal: its columns, and the letters, of which one month has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

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
from plugins.facts.language.periods import Period, ended
from tests.district.papers.portal import FRAME, HOST, OFFICE, section

CALLS = RowColumn("调查征集", "/hdjl/dczj/", "征集调查")
LETTERS = RowColumn("来信选登", "/hdjl/lxxd/", "咨询投诉")
QUESTIONS = RowColumn("政策问答", "/hdjl/zcwd/", "回应关切")
MAILBOX = RowColumn("区长信箱", "/hdjl/qzxx/", "咨询投诉")
TALKS = RowColumn("在线访谈", "/hdjl/zxft/", "在线访谈")
COMMON = RowColumn("常见问题", "/hdjl/cjwt/")
COMPLAINTS = RowColumn("咨询投诉", "/hdjl/zxts/", "咨询投诉")
RESPONSES = RowColumn("回应关切", "/hdjl/hygq/", "回应关切")
HOT = RowColumn("热点回应", "/hdjl/rdhy/", "回应关切")


def cn(day: date) -> str:
    """A day as official texts write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def build_dialogue(ground: Ground) -> None:
    """Serve 互动交流 with its columns."""
    below = (MAILBOX, LETTERS, CALLS, QUESTIONS, TALKS, COMMON, COMPLAINTS, RESPONSES, HOT)
    frame = section("互动交流", "/hdjl/", *below)
    letters = _letters(ground, frame)
    blocks = [
        Block.of(MAILBOX, about="向区长写信，反映问题，提出建议，办理情况可在线查询。"),
        Block.of(LETTERS, letters[:5]),
        Block.of(CALLS, about="重大决策草案和民生事项公开听取社会各界看法。"),
    ]
    publish_portal(
        ground, replace(frame, crumbs=FRAME.crumbs), RowColumn("互动交流", "/hdjl/"), blocks
    )
    url = f"http://{HOST}{LETTERS.path}"
    ground.register(Registered(LETTERS.name, url, OFFICE, LETTERS.type, "每月[60]"))


def _letters(ground: Ground, frame: Frame) -> list[Row]:
    rows = []
    asked = (
        "路灯不亮",
        "公交站牌",
        "小区停车",
        "噪声扰民",
        "井盖破损",
        "健身器材",
        "入学咨询",
        "医保报销",
        "树木修剪",
        "燃气开通",
    )
    for turn, what in enumerate(asked):
        day = ground.ago(6 + 21 * turn)
        # One month has no letter; the rule reads the year's months, so this goes by the calendar.
        months = ended(Period.MONTH, ground.today)
        gap = months[-2] if len(months) > 1 else months[-1]
        if gap.open <= day <= gap.close and ground.planted("dlg203-month"):
            continue
        article = PublishedArticle(
            f"{LETTERS.path}lx_{600 + turn}.html",
            f"关于{what}问题的来信及答复",
            day,
            paragraphs(
                f"来信内容：居民反映{what}问题，希望有关部门尽快处理。",
                "答复内容：来信收悉，承办单位已到现场核实并处理完毕，感谢您的关注和监督。",
            ),
            source="区信访局",
        )
        publish_article(ground, frame, LETTERS, article)
        rows.append(article.row())
    publish_list(ground, frame, LETTERS, rows, shape="table", format="slash")
    return rows
