"""互动交流 of the portal: solicitations in every state, letters, questions and answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from crawler.demo.ground import NOTHING, Frame, Ground, Registered
from crawler.demo.publishing import (
    Article,
    Block,
    anchor,
    paragraphs,
    publish_article,
    publish_list,
    publish_page,
    publish_portal,
)
from crawler.demo.rows import Column, Row
from plugins.facts.language.periods import Period, ended
from tests.district.portal.portal import FRAME, HOST, OFFICE, section

CALLS = Column("调查征集", "/hdjl/dczj/", "征集调查")
LETTERS = Column("来信选登", "/hdjl/lxxd/", "咨询投诉")
QUESTIONS = Column("政策问答", "/hdjl/zcwd/", "回应关切")
MAILBOX = Column("区长信箱", "/hdjl/qzxx/", "咨询投诉")
TALKS = Column("在线访谈", "/hdjl/zxft/", "在线访谈")
COMMON = Column("常见问题", "/hdjl/cjwt/")
COMPLAINTS = Column("咨询投诉", "/hdjl/zxts/", "咨询投诉")
RESPONSES = Column("回应关切", "/hdjl/hygq/", "回应关切")
HOT = Column("热点回应", "/hdjl/rdhy/", "回应关切")
RUSH = "因汛期临近、工作紧急，本次征求意见期限缩短，特此说明。"


@dataclass(frozen=True)
class Call:
    """One solicitation: opened and closing so many days ago (negative = still to come).

    ``row`` is the label in the list ("" = an empty span, None = no span), ``place`` where it
    stands: "span", "before" or "after" the title, or "head" (of the article only). ``result``:
    "row" (a row of its own, linked from the article), "stem" (a row of its own, no link), "inside"
    the article, or "". ``fault`` is the truth's id; ``mended`` the changes that undo it.
    """

    name: str
    opens: int
    closes: int
    row: str | None
    place: str = "span"
    reason: str = ""
    result: str = ""
    fault: str = ""
    mended: tuple[tuple[str, Any], ...] = ()


CALLS_MADE = (
    Call("明湖区绿道网络专项规划（征求意见稿）", 12, -25, "[进行中]"),
    Call("明湖区社区商业网点布局方案（征求意见稿）", 60, 20, "[已结束]"),
    Call("明湖区校园周边停车管理方案（征求意见稿）", 130, 95, "[已结束]", result="row"),
    Call("明湖区夜间经济街区管理方案（征求意见稿）", 165, 125, "[已结束]", fault="dlg103-no-result", mended=(("result", "row"),)),
    Call("明湖区既有住宅加装电梯方案（征求意见稿）", 10, -30, None, fault="dlg101-no-label", mended=(("row", "[进行中]"),)),
    Call("明湖区公园绿地共享方案（征求意见稿）", 50, 14, "[进行中]", fault="dlg102-open-after-close", mended=(("row", "[已结束]"),)),
    Call("明湖区公共自行车站点优化方案（征求意见稿）", 8, -30, "[已结束]", fault="dlg102-closed-while-open", mended=(("row", "[进行中]"),)),
    Call("明湖区农贸市场提升方案（征求意见稿）", 6, -6, "[进行中]", fault="dlg104-twelve-days", mended=(("reason", RUSH),)),
    Call("明湖区防汛应急避险安置方案（征求意见稿）", 3, -8, "[进行中]", reason=RUSH),
    Call("明湖区儿童友好空间建设方案（征求意见稿）", 15, -20, "【进行中】", place="before"),
    Call("明湖区历史建筑活化利用方案（征求意见稿）", 65, 18, "[已结束]", place="after"),
    Call("明湖区家政服务信用方案（征求意见稿）", 5, -27, "征集中", place="head"),
    Call("明湖区雨污分流改造方案（征求意见稿）", 200, 165, "[已结束]", result="inside"),
    Call("明湖区背街小巷照明方案（征求意见稿）", 100, 64, "[征集结束]", result="stem"),
    Call("明湖区社区食堂运营方案（征求意见稿）", 10, -20, "[进行中]"),
)  # fmt: skip


def call_url(number: int) -> str:
    """Path of a solicitation's article, counted from 1 in the order of ``CALLS_MADE``."""
    return f"{CALLS.path}zj_{400 + number}.html"


def cn(day: date) -> str:
    """A day as official texts write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def build_dialogue(ground: Ground) -> None:
    """Serve 互动交流 with its columns."""
    below = (MAILBOX, LETTERS, CALLS, QUESTIONS, TALKS, COMMON, COMPLAINTS, RESPONSES, HOT)
    frame = section("互动交流", "/hdjl/", *below)
    rows: list[Row] = []
    results: list[Row] = []
    for number, made in enumerate(CALLS_MADE, 1):
        call = made
        if made.fault and not ground.planted(made.fault):
            call = replace(made, **dict(made.mended))
        row, result = _publish_call(ground, frame, number, call)
        rows.append(row)
        if result:
            results.append(result)
    everything = sorted([*rows, *results], key=lambda row: row.day or ground.today, reverse=True)
    publish_list(ground, frame, CALLS, everything, shape="li_span", pager="trs0", per_page=12)
    letters = _letters(ground, frame)
    _questions(ground, frame)
    _mailbox(ground, frame)
    _talks(ground, frame)
    blocks = [
        Block.of(MAILBOX, about="向区长写信，反映问题，提出建议，办理情况可在线查询。"),
        Block.of(LETTERS, letters[:5]),
        Block.of(CALLS, about="重大决策草案和民生事项公开听取社会各界看法。"),
    ]
    publish_portal(
        ground, replace(frame, crumbs=FRAME.crumbs), Column("互动交流", "/hdjl/"), blocks
    )
    url = f"http://{HOST}"
    ground.register(
        Registered(CALLS.name, url + CALLS.path, OFFICE, CALLS.type, "180"),
        Registered(LETTERS.name, url + LETTERS.path, OFFICE, LETTERS.type, "每月[60]"),
        Registered(QUESTIONS.name, url + QUESTIONS.path, OFFICE, QUESTIONS.type, "每季度"),
        Registered(
            MAILBOX.name, url + MAILBOX.path, OFFICE, MAILBOX.type, "-1", "表单栏目，按需办理"
        ),
        Registered(TALKS.name, url + TALKS.path, OFFICE, TALKS.type, "每年2月、9月[400]"),
    )


def _publish_call(ground: Ground, frame: Frame, number: int, call: Call) -> tuple[Row, Row | None]:
    opens, closes = ground.ago(call.opens), ground.ago(call.closes)
    title = f"关于《{call.name}》公开征求意见的公告"
    path = call_url(number)
    texts: list[str | Markup] = [
        f"为提高决策科学化、民主化水平，现将《{call.name}》全文公布，向社会公开征求意见。",
        f"征求意见时间为{cn(opens)}至{cn(closes)}。",
        "公众可通过信函、电话（0000-8600100）或电子邮件提出，请注明姓名和联系方式。",
    ]
    if call.reason:
        texts.append(call.reason)
    result = None
    if call.result in {"row", "stem"}:
        result = _result(ground, frame, number, call, closes)
    if call.result == "row" and result:
        texts.append(Markup("结果反馈：{}").format(anchor(result.url, result.title)))
    if call.result == "inside":
        texts.append(
            "采纳情况：征求意见期间共收到建议23条，其中采纳18条、部分采纳3条，未采纳2条，未采纳的主要原因是不属于本方案调整范围。"
        )
    ground.media([f"http://{HOST}/hdjl/dczj/fj_{number}.pdf"])
    body = paragraphs(*texts) + Markup(
        '<p>附件：<a href="/hdjl/dczj/fj_{}.pdf">草案及起草说明</a></p>'
    ).format(number)
    article = Article(
        path,
        title,
        opens,
        body,
        source=OFFICE,
        label=(call.row or "") if call.place == "head" else "",
    )
    publish_article(ground, frame, CALLS, article)
    return _call_row(article, call), result


def _call_row(article: Article, call: Call) -> Row:
    if call.place == "before":
        return article.row(title=f"{call.row}{article.title}")
    if call.place == "after":
        whole = f"{article.title}{call.row}"
        return article.row(title=whole, cut=f"{whole[:16]}...")
    return article.row(status=call.row if call.place == "span" else None)


def _result(ground: Ground, frame: Frame, number: int, call: Call, closes: date) -> Row:
    """The page that publishes the result, 16 days after closing; its row has an empty label."""
    day = ground.ago((ground.today - closes).days - 16)
    article = Article(
        f"{CALLS.path}fk_{400 + number}.html",
        f"《{call.name}》征求意见情况反馈",
        day,
        paragraphs(
            f"《{call.name}》公开征求意见期间，共收到各界建议31条。",
            "经逐条研究，采纳24条，部分采纳4条，未采纳3条，未采纳的理由已分别向提出人说明。",
        ),
        source=OFFICE,
    )
    publish_article(ground, frame, CALLS, article)
    return article.row(status="")


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
        article = Article(
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


def _questions(ground: Ground, frame: Frame) -> None:
    rows = []
    asked = (
        "居住证如何办理",
        "新生儿落户需要哪些材料",
        "灵活就业人员如何参保",
        "老年人优待证在哪里领取",
        "适龄儿童入学报名流程",
        "公租房租金怎样计算",
    )
    for turn, what in enumerate(asked):
        article = Article(
            f"{QUESTIONS.path}wd_{650 + turn}.html",
            f"{what}？",
            ground.ago(9 + 14 * turn),
            paragraphs(
                f"问：{what}？",
                "答：请携带身份证件到户籍或居住地街道便民服务中心窗口，也可通过网上服务平台申请，一般三个工作日内办结。",
            ),
            source=OFFICE,
        )
        publish_article(ground, frame, QUESTIONS, article)
        rows.append(article.row())
    publish_list(ground, frame, QUESTIONS, rows, shape="grid", format="bracket")


def _mailbox(ground: Ground, frame: Frame) -> None:
    form = Markup(
        '<form action="/hdjl/qzxx/tj/" method="post">'
        '<div class="field"><label for="bt">信件标题</label><input id="bt" name="bt" type="text"></div>'
        '<div class="field"><label for="lb">信件类别</label><select id="lb" name="lb"><option>咨询</option><option>投诉</option><option>建议</option></select></div>'
        '<div class="field"><label for="zw">信件正文</label><textarea id="zw" name="zw" rows="6"></textarea></div>'
        '<div class="field"><label for="sj">手机号码</label><input id="sj" name="sj" type="text"></div>'
        '<p><button type="submit">提交来信</button></p></form>'
    )
    publish_page(ground, frame, MAILBOX, form)


def _talks(ground: Ground, frame: Frame) -> None:
    """在线访谈: fresh enough for 每年2月、9月 with a limit of 400 days."""
    rows = []
    for turn, what in enumerate(("老旧小区改造", "就业服务", "义务教育")):
        day = ground.ago(8 + 70 * turn)
        article = Article(
            f"{TALKS.path}ft_{680 + turn}.html",
            f"访谈：{what}工作怎么干",
            day,
            paragraphs(
                f"主持人：今天请到相关部门负责人，一起聊一聊{what}。",
                "嘉宾：感谢关注，今年我们重点抓了三件事，进展总体顺利，居民的获得感明显增强。",
            ),
            source="明湖区融媒体中心",
        )
        publish_article(ground, frame, TALKS, article)
        rows.append(article.row())
    publish_list(ground, frame, TALKS, rows, shape="li_span", bar=NOTHING)
