"""Yearly reports on openness of government information (政府信息公开工作年度报告): what one report says.

Form and parts: 国办公开办函〔2021〕30号 (domain.md §6.4); the same facts are drawn from a page and from a
document that is offered for download.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.facts.language.text import solid
from plugins.facts.language.title_words import NUMERALS
from plugins.facts.markup.tables import Rows, joined
from plugins.facts.papers.interpretations import clauses
from plugins.facts.papers.report_tables import Imbalance, Tables, read_lines, read_tables

if TYPE_CHECKING:
    from plugins.facts.attachments.contents import Contents

# Titles are compared without blanks, compatibility forms unified.
TITLE = re.compile(
    r"(?:政府信息|政务|信息)公开.{0,14}?(?:年度?(?:工作)?(?:情况)?(?:的)?报告|年报|工作(?:情况)?(?:的)?(?:年度)?报告|情况(?:的)?(?:年度)?报告)"
    r"|(?:年度?|年年度)报告.{0,6}[(（].{0,4}(?:政府信息|政务)公开"
)
NOT_ONE = re.compile(
    r"通知|编制|解读|读懂|图解|一图|培训|格式|模板|模版|汇编|目录|指南|考核|通报|意见|督查|审核|汇总|统计表|公告$|发布.{0,6}(?:时间|情况)|(?:召开|组织|举办|开展|部署|安排)"
)
FILED = re.compile(r"年报|年度报告")
BARE = re.compile(r"^.{0,24}?(?:20\d\d|二[〇○零]\S{2})年(?:度|年度)?(?:工作)?(?:报告|年报)$")
YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
SPELT = re.compile(r"(二[〇○零O0][〇○零一二三四五六七八九]{2})年")

PARTS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
ORDINALS = "一二三四五六"
HEADS = (
    re.compile(r"总体(?:工作)?情况|总体概况|基本情况|概述|概况"),
    re.compile(r"主动公开"),
    re.compile(
        r"(?:收到|受理|处理|办理|答复).{0,16}申请|申请.{0,10}(?:收到|受理|处理|办理|答复)|依申请公开"
    ),
    re.compile(r"复议.{0,24}诉讼|诉讼.{0,24}复议|复议.{0,6}应诉"),
    re.compile(r"问题.{0,14}(?:改进|整改|措施|打算|下一步|对策|方向|情况|建议)|存在.{0,8}(?:问题|不足)|改进(?:情况|措施|方向)"),
    re.compile(r"其[他它].{0,10}(?:事项|情况|内容|问题)|需要?(?:报告|说明)的?.{0,6}(?:事项|情况)"),
)  # fmt: skip
# A heading of a main part: a numeral without brackets, or none; a bracketed one heads a section of a part.
NUMERAL = re.compile(r"(?:第?[一二三四五六七]部分|[一二三四五六七][、.,:]|[1-7][、.,])")
SECTION = re.compile(r"^[(（〔\[]|^\d+\.\d|[。;!?]")
LONGEST_HEAD = 40
KEYPOINTS = re.compile(
    r"要点|重点工作任务|公开(?:工作)?(?:重点|任务|安排)|任务(?:分解|清单|台账|分工)"
)

DOCUMENT = re.compile(
    r"\.(?:docx?|wps|pdf|xlsx?|et|rtf|zip|rar|7z|ofd)(?:$|\?)|/download|downfile", re.IGNORECASE
)
SHORTEST_REPORT = 300
MOST_CLAUSES = 300
MARKED = re.compile(r"本年新收|行政规范性文件|结果纠正|第二十条|现行有效")
# Sentences that every report has, and rows of its tables where cells cannot be told from text (pdf).
FIXED = re.compile(
    r"政府信息公开条例|国务院办公厅|编制(?:本|而成|完成)|本(?:年度)?报告(?:中)?(?:所列|包括|由|中|的|如|数据|内容|可)|统计(?:时限|期限|数据|时段)|年1月1日|12月31日|电子版|网站(?:上)?(?:查阅|下载)|(?:如(?:有|对)|联系(?:人|电话|地址)?)|邮政?编码"
    r"|勾稽|第[一二三]项|新收|结转|办理结果|予以公开|部分公开|不予公开|区分处理|国家秘密|法规禁止|三安全|第三方|内部事务|过程性信息|执法案卷|查询事项|无法提供|不掌握|现成信息|补正|不予处理|信访举报|重复申请|公开出版物|大量反复|重新出具|其他处理|收费通知|总计|自然人|商业企业|科研机构|公益组织|法律服务|结果维持|结果纠正|其他结果|尚未审结|直接起诉|复议后|第二十条|信息内容|制发件数|废止件数|有效件数|处理决定数量|收费金额|规范性文件|行政许可|行政处罚|行政强制|事业性收费"
    r"|总体情况|主动公开政府信息情况|申请情况|行政复议|行政诉讼|问题及改进|需要报告|其他事项"
)
DIGITS = re.compile(r"[\d.%]+")
OURSELVES = re.compile(
    r"(?:我|本)(?:局|委|办|街道|办事处|镇|乡|区|县|市|中心|院|单位|机关|部门|处)"
)
WRAPPED = re.compile(r"(?<=[^\n。；！？：]{24})\s*\n(?=\S)")
NAMES = re.compile(
    r"[\u4e00-\u9fff]{0,8}?[区县市](?:人民政府|[\u4e00-\u9fff]{1,8}?(?:局|委员会|委|办公室|中心))"
)


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """What one report says.

    ``year``       the year it reports on, None = it does not say.
    ``parts``      which of the six parts (1 … 6) it has, by their headings.
    ``length``     letters of its text.
    ``elsewhere``  why more of it may stand elsewhere (附件, 图片, 内嵌页面); "" = what was read is all.
    ``files``      keys of the documents that its text offers.
    ``keypoints``  whether it speaks of the year's 要点.
    ``tables``     parts whose tables could be read (3, 4); ``imbalances`` = what does not add up there.
    ``valid``      行政规范性文件 in force at the end of the year, None = not read.
    ``clauses``    a sketch of its own words: headings, tables and fixed sentences left out, figures folded.
    """

    year: int | None = None
    parts: tuple[int, ...] = ()
    length: int = 0
    elsewhere: str = ""
    files: tuple[str, ...] = ()
    keypoints: bool = False
    tables: tuple[int, ...] = ()
    imbalances: tuple[Imbalance, ...] = ()
    valid: int | None = None
    clauses: tuple[int, ...] = ()

    @property
    def read(self) -> bool:
        """Whether there is enough text to be a report, so that what it lacks was looked for."""
        return self.length >= SHORTEST_REPORT

    @property
    def missing(self) -> tuple[int, ...]:
        """The parts without a heading."""
        return tuple(part for part in range(1, len(PARTS) + 1) if part not in self.parts)


def names_report(title: str) -> bool:
    """Whether a title is that of a yearly report on openness."""
    words = solid(title)
    return TITLE.search(words) is not None and NOT_ONE.search(words) is None


def year_named(text: str) -> int | None:
    """The first year that a text names, in figures or spelt (二〇二五年)."""
    words = solid(text)
    figures, spelt = YEAR.search(words), SPELT.search(words)
    if spelt and (figures is None or spelt.start() < figures.start()):
        digits = (NUMERALS.get(one, 0) for one in spelt[1])
        return int("".join(map(str, digits)))
    return int(figures[1]) if figures else None


def read_contents(contents: Contents, name: str) -> AnnualReport | None:
    """The report in a document; None where neither name nor first lines are those of one."""
    if contents.format not in ("pdf", "docx", "text", "html", "doc", "xlsx", "xls", "zip"):
        return None
    if NOT_ONE.search(solid(name)):
        return None
    head = contents.parts[0].text[:200] if contents.parts else ""
    if not names_report(name) and not any(map(names_report, head.split("\n", 6)[:6])):
        return None
    text = "\n".join(part.text for part in contents.parts)
    if contents.format in ("xlsx", "xls") and not MARKED.search(text):
        return None
    rows = joined(part.rows for part in contents.parts if part.rows)
    tables = read_tables(rows) if rows else read_lines(text)
    # A workbook holds the tables, a bundle may hold other files, a part read is no whole.
    whole = contents.format in ("pdf", "docx", "text") and contents.state.value == "read"
    named = name if year_named(name) else f"{name}\n{head}"
    # Lines of a pdf end where the paper ends: long ones go on.
    body = WRAPPED.sub("", text) if contents.format == "pdf" else text
    elsewhere = "" if whole else "附件"
    return make_report(named, body, text.split("\n"), rows, tables, elsewhere, ())


def make_report(
    title: str,
    body: str,
    lines: Iterable[str],
    rows: Rows,
    tables: Tables,
    elsewhere: str,
    files: tuple[str, ...],
) -> AnnualReport:
    """``lines`` are those in which headings stand, ``body`` the running text."""
    cells = {solid(cell) for row in rows for cell in row}
    own = "\n".join(line for line in body.split("\n") if solid(line) not in cells)
    return AnnualReport(
        year=year_named(title) or year_named(body[:300]),
        parts=parts_of(line for one in lines if (line := solid(one)) not in cells),
        length=len(solid(own)),
        elsewhere=elsewhere,
        files=files,
        keypoints=KEYPOINTS.search(solid(body)) is not None,
        tables=tables.read,
        imbalances=tables.imbalances,
        valid=tables.valid,
        clauses=sketch(own),
    )


def parts_of(lines: Iterable[str]) -> tuple[int, ...]:
    """Which of the six parts have a heading among these lines (blanks taken out)."""
    found = set()
    for line in lines:
        if not line:
            continue
        for number, head in enumerate(HEADS, 1):
            if number not in found and _heads(line, head):
                found.add(number)
    return tuple(sorted(found))


def _heads(line: str, head: re.Pattern[str]) -> bool:
    """Whether a line is the heading, or opens with it (numeral first) and goes on as text."""
    if len(line) <= LONGEST_HEAD and not SECTION.search(line):
        return head.search(line) is not None
    numeral = NUMERAL.match(line)
    return numeral is not None and head.search(line[: LONGEST_HEAD - 10]) is not None


def sketch(text: str) -> tuple[int, ...]:
    """A number for each clause that is the writer's own; figures, dates and own names are folded."""
    kept = []
    for line in text.split("\n"):
        for clause in re.split(r"[。；;，,！？!?：:]", solid(line)):
            if not FIXED.search(clause):
                folded = DIGITS.sub("0", OURSELVES.sub("本机关", clause))
                kept.append(NAMES.sub("本机关", folded))
    return clauses("。".join(kept))[:MOST_CLAUSES]
