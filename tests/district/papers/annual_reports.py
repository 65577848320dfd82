"""Yearly reports on openness and on enforcement: whole, late, missing, copied, with wrong figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from crawler.demo.answers import Answer
from crawler.demo.ground import Ground, Registered
from crawler.demo.media import WORD, word_file
from crawler.demo.publishing import (
    PublishedArticle,
    attachment,
    paragraphs,
    publish_article,
    publish_list,
)
from crawler.demo.rows import RowColumn
from plugins.facts.holdings.absences import last_due
from plugins.facts.papers.annual_reports import PARTS
from plugins.facts.papers.report_tables import LEAVES
from tests.district.papers.portal import HOST, NAME, OFFICE, OPEN_GOVERNMENT, REPORTS, section

ENFORCEMENT = RowColumn("行政执法统计年报", "/zwgk/zfnb/", "")
UNITS = (
    "区财政局",
    "区教育局",
    "区民政局",
    "区卫生健康局",
    "区统计局",
    "湖滨街道办事处",
    "柳荫街道办事处",
)
FINANCE, SCHOOLS, CIVIL, HEALTH, FIGURES, LAKESIDE, WILLOW = UNITS
ENFORCERS = (FINANCE, SCHOOLS, CIVIL, HEALTH, LAKESIDE, WILLOW)
# What a unit's report of a year is about: three matters, none twice.
MATTERS = (
    "预算绩效", "国库支付", "会计监督", "票据电子化", "债务管理", "资产盘点", "招生划片", "课后服务", "校园食堂", "教师招聘",
    "学籍转接", "研学实践", "社会救助", "婚姻登记", "殡葬服务", "地名普查", "养老床位", "慈善捐助", "疫苗接种", "医保结算",
    "家庭医生", "托育备案", "献血招募", "院感督查", "经济普查", "住户调查", "统计执法", "数据发布", "名录库核查", "入户访查",
    "老旧楼院", "背街小巷", "垃圾分类", "网格巡查", "社区食堂", "文体活动", "河湖巡护", "口袋公园", "物业评议", "停车泊位",
    "灵活就业", "廉租房源", "城市更新", "民生实事", "营商环境", "重点项目", "生态修复", "文旅融合", "数字政府", "应急演练",
    "科技创新", "乡村道路", "法治建设", "诉求办理", "绿道建设", "供水保障", "消费促进", "人才引进", "粮食储备", "节能减排",
)  # fmt: skip
DONE = (
    "围绕{}主动公开信息{}条",
    "在门户网站集中发布{}的进展和结果",
    "邀请居民代表参加{}的政府开放日",
    "就{}组织面对面政策宣讲{}场",
    "对有关{}的群众来电逐件登记回复",
)
LACKS = (
    "{}的办事指引更新还不够及时",
    "基层工作人员对{}的公开要求掌握不深",
    "反映{}的图表和短视频偏少",
)
PLANS = ("下一年将细化{}的公开审核流程", "把{}放进政务公开专区集中展示")


@dataclass(frozen=True)
class Report:
    """What one report is to say; what is wrong with it is said by the fields with a default."""

    who: str
    year: int
    number: int
    part_left_out: int = 0
    keypoints: bool = True
    wrong_total: bool = False
    wrong_outcome: bool = False
    valid: str = "0"
    blank: bool = False

    @property
    def title(self) -> str:
        """The report's title, the way the form prints it."""
        long = f"明湖区{self.who.removeprefix('区')}" if self.who.startswith("区") else self.who
        return f"{long}{self.year}年政府信息公开工作年度报告"


def parts(report: Report) -> list[tuple[str, list[str], list[list[str]]]]:
    """Heading, paragraphs and table of each of the six parts."""
    first = report.number * 3 % len(MATTERS)
    matters = [MATTERS[(first + turn) % len(MATTERS)] for turn in range(3)]
    done = [words.format(what, 12 + report.number) for what in matters for words in DONE]
    lacks = [words.format(what) for what in matters for words in LACKS]
    plans = [words.format(what) for what in matters for words in PLANS]
    opening = "按照全区政务公开工作要点的安排，" if report.keypoints else ""
    texts: tuple[list[str], ...] = (
        [
            f"本报告根据《中华人民共和国政府信息公开条例》编制，数据统计期限为{report.year}年1月1日至12月31日。",
            f"{report.year}年，{opening}{'；'.join(done)}。",
        ],
        [],
        [],
        [],
        [f"{'；'.join(lacks)}。", f"{'；'.join(plans)}。"],
        ["本年度没有收取信息处理费，没有其他需要报告的事项。"],
    )
    tables: tuple[list[list[str]], ...] = (
        [],
        _documents(report),
        _requests(report),
        _disputes(report),
        [],
        [],
    )
    return [
        (f"{'一二三四五六'[turn]}、{name}", texts[turn], tables[turn])
        for turn, name in enumerate(PARTS)
        if turn + 1 != report.part_left_out
    ]


def _documents(report: Report) -> list[list[str]]:
    return [
        ["第二十条第（一）项"],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "0"],
        ["行政规范性文件", "0", "0", report.valid],
        ["第二十条第（五）项"],
        ["信息内容", "本年处理决定数量"],
        ["行政许可", str(20 + report.number)],
    ]


def _requests(report: Report) -> list[list[str]]:
    """Five asked, one a company; all but one is done with this year."""
    people, firms = 3 + report.number % 4, 1
    results = dict.fromkeys(LEAVES, (0, 0))
    results["予以公开"] = (people - 2, firms)
    results["本机关不掌握相关政府信息"] = (1, 0)
    rows = [
        ["申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"],
        _row("一、本年新收政府信息公开申请数量", people, firms, report.blank),
        _row("二、上年结转政府信息公开申请数量", 0, 0, report.blank),
    ]  # fmt: skip
    for turn, (name, (mine, others)) in enumerate(results.items()):
        label = f"（{'一二'[turn]}）{name}" if turn in (0, 1) else f"{turn - 1}.{name}"
        label = "3.其他" if name == LEAVES[-1] else label
        rows.append(_row(label, mine, others, report.blank))
    total = people - 1 + (1 if report.wrong_total else 0)
    rows.append(_row("（七）总计", total, firms, report.blank))
    rows.append(_row("四、结转下年度继续办理", 1, 0, report.blank))
    return rows


def _row(label: str, people: int, firms: int, blank: bool) -> list[str]:
    cells = [people, firms, 0, 0, 0, 0, people + firms]
    return [label, *("" if blank and cell == 0 else str(cell) for cell in cells)]


def _disputes(report: Report) -> list[list[str]]:
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    wrong = 2 if report.wrong_outcome else 1
    return [heads, ["1", "0", "0", "0", str(wrong), *["0"] * 10]]


def report_body(report: Report) -> Markup:
    """The whole report as the body of an article."""
    pieces = []
    for heading, texts, table in parts(report):
        pieces.append(Markup("<p><strong>{}</strong></p>").format(heading))
        pieces.append(paragraphs(*texts))
        if table:
            pieces.append(_html(table))
    return Markup("\n").join(pieces)


def _html(table: list[list[str]]) -> Markup:
    """A table as the form prints it: headings over several columns, cells below each other."""
    wide = max(map(len, table))
    lines = []
    for row in table:
        span = wide - len(row) + 1
        cells = [
            Markup('<td colspan="{}">{}</td>').format(span, cell)
            if turn == 0 and span > 1
            else Markup("<td>{}</td>").format(cell)
            for turn, cell in enumerate(row)
        ]
        lines.append(Markup("<tr>{}</tr>").format(Markup("").join(cells)))
    return Markup('<table class="doc">{}</table>').format(Markup("\n").join(lines))


def government_body(ground: Ground, year: int, turn: int) -> Markup:
    """The report of the district itself; more papers in force than the column has ever held."""
    counted = "120" if ground.planted("dsc307-too-many") else "见附表"
    return report_body(Report(NAME, year, 14 + turn % 6, valid=counted))


def build_reports(ground: Ground) -> None:
    """All reports of the portal, and what its units enforced."""
    frame = section("政务公开", "/zwgk/", REPORTS, ENFORCEMENT)
    year, _ = last_due(ground.today, 1, 31)
    # From mid-January on the next reports are out, though not yet due.
    newest = year + 1 if ground.today > date(ground.today.year, 1, 13) and (
        ground.today <= date(ground.today.year, 1, 31)
    ) else year  # fmt: skip
    for place, who in enumerate(UNITS):
        for on in sorted({year - 1, year, newest}):
            if who == CIVIL and on == year and ground.planted("dsc301-missing"):
                continue
            article = _article(ground, who, place, on, due=on == year, newest=on == newest)
            publish_article(ground, frame, REPORTS, article)
            ground.more.setdefault((HOST, REPORTS.path), []).append(article.row())
    _government(ground)
    _enforcement(ground, year)


def _government(ground: Ground) -> None:
    """The list in which all reports stand, with those of the district itself."""
    frame = section("政务公开", "/zwgk/", *OPEN_GOVERNMENT)
    january = last_january(ground.today)
    rows = []
    for turn in range(6):
        day = january.replace(year=january.year - turn)
        title = f"{NAME}{day.year - 1}年政府信息公开工作年度报告"
        body = government_body(ground, day.year - 1, turn)
        article = PublishedArticle(f"{REPORTS.path}nb_{60 - turn}.html", title, day, body)
        publish_article(ground, frame, REPORTS, article)
        rows.append(article.row())
    publish_list(ground, frame, REPORTS, rows, shape="table")
    url = f"http://{HOST}{REPORTS.path}"
    ground.register(Registered(REPORTS.name, url, OFFICE, REPORTS.type, "每年1月"))


def last_january(today: date) -> date:
    """The last 19 January before the audit: the day on which the yearly report came out."""
    day = today.replace(month=1, day=19)
    return day if day < today else day.replace(year=day.year - 1)


def _article(
    ground: Ground, who: str, place: int, on: int, *, due: bool, newest: bool
) -> PublishedArticle:
    """One unit's report on a year, with what is planted in it."""
    # Three years in a row have matters of their own.
    number = place * 2 + on % 2
    day = date(on + 1, 1, 8 + place % 5)
    report = Report(who, on, number)
    if newest:
        report = _planted(ground, report, place)
    if due and who == HEALTH and ground.planted("dsc302-late"):
        day = date(on + 1, 2, 9)
    if due and who == FINANCE:
        # The last day is in time.
        day = date(on + 1, 1, 31)
    first = due if who == HEALTH else newest
    turn = 0 if first else 1 if due or newest else 2
    path = f"{REPORTS.path}dw_{place}{turn}.html"
    body = report_body(report)
    if who == FINANCE and newest:
        # The page only hands over a Word file in which the report stands.
        url = f"{REPORTS.path}files/dw_{place}{turn}.docx"
        ground.put(f"http://{HOST}{url}", Answer(word_file(parts(report)), content_type=WORD))
        body = paragraphs(
            "按照有关规定，现将区财政局本年度政府信息公开工作情况予以公布，全文请下载附件查看。"
        ) + attachment(url, report.title)
    return PublishedArticle(path, report.title, day, body, source=who)


def _planted(ground: Ground, report: Report, place: int) -> Report:
    """The newest report of a unit with its fault."""
    who, on = report.who, report.year
    if who == FINANCE:
        return Report(who, on, report.number, wrong_outcome=ground.planted("dsc304-docx"))
    if who == SCHOOLS:
        return Report(who, on, report.number, wrong_total=ground.planted("dsc304-html"))
    if who == CIVIL:
        # Empty cells stand for nothing.
        return Report(who, on, report.number, blank=True)
    if who == FIGURES and ground.planted("dsc305-last-year"):
        return Report(who, on, place * 2 + (on - 1) % 2)
    if who == LAKESIDE:
        return Report(who, on, report.number, 5 if ground.planted("dsc303-part-five") else 0)
    if who == WILLOW:
        return Report(who, on, report.number, keypoints=not ground.planted("dsc306-no-keypoints"))
    return report


def _enforcement(ground: Ground, year: int) -> None:
    """行政执法统计年报: three years of each unit that enforces; one is missing, one late."""
    frame = section("政务公开", "/zwgk/", REPORTS, ENFORCEMENT)
    rows = []
    for place, who in enumerate(ENFORCERS):
        for turn in range(3):
            on = year - turn
            if who == HEALTH and turn == 0 and ground.planted("dsc308-missing"):
                continue
            day = date(on + 1, 1, 6 + place)
            if who == CIVIL and turn == 0 and ground.planted("dsc308-late"):
                day = date(on + 1, 2, 4)
            article = PublishedArticle(
                f"{ENFORCEMENT.path}zf_{place}{turn}.html",
                f"{who}{on}年度行政执法统计年报",
                day,
                paragraphs(
                    f"{who}{on}年共实施行政检查{40 + place * 7 + turn}次，全部录入执法平台并上传检查结果。",
                    f"全年作出行政处罚{2 + turn}件，没有行政强制案件，没有被撤销或者变更的执法决定。",
                    f"{who}参加执法资格考试{9 + place}人次，案件评查合格率百分之百，未发生执法投诉。",
                ),
                source=who,
            )
            publish_article(ground, frame, ENFORCEMENT, article)
            rows.append(article.row())
    rows.sort(key=lambda row: row.day or ground.today, reverse=True)
    publish_list(ground, frame, ENFORCEMENT, rows)
    ground.register(
        Registered(ENFORCEMENT.name, f"http://{HOST}{ENFORCEMENT.path}", OFFICE, "", "365")
    )
