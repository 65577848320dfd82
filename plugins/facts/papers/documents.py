"""What makes a page a policy document (政策文件) or an interpretation (解读) of one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from plugins.facts.language import dates
from plugins.facts.language.terms import expires_on
from plugins.facts.language.title_words import LEVELS, PLACE
from plugins.facts.papers import limits
from plugins.facts.papers.particulars import VALIDITY, Particulars, read_particulars
from plugins.why import Judge, Test, limit, note, saw


@dataclass(frozen=True, slots=True)
class Document:
    """Marks of a document page; a field is "" or None where the page does not show it.

    ``number`` 文号 ("港政发〔2022〕3号"), ``issued`` 成文日期, ``validity`` 有效/废止/失效 …
    ``needs_interpretation``: True = a 行政规范性文件 or another document of this body that by its
    kind must be interpreted (办法, 实施细则, 规定, 实施意见 … issued with a number); False = by its
    kind it need not (notices of appointments, meetings, forwarded central documents, 年报, 批复 …);
    None = could not tell.
    ``index`` 索引号, ``posted`` 发布日期, ``issuer`` 发布机构, ``theme`` 主题分类 as the table of particulars
    says; ``shown`` are the particulars that have a value there, ``blank`` those printed without one
    (names as in ``particulars.NAMES``). ``signed`` is the date below the text; ``expires`` the last day
    on which it is in force by its own words.
    """

    number: str = ""
    issued: date | None = None
    validity: str = ""
    needs_interpretation: bool | None = None
    index: str = ""
    posted: date | None = None
    issuer: str = ""
    theme: str = ""
    shown: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    signed: date | None = None
    expires: date | None = None

    @property
    def in_force(self) -> bool:
        """Whether its page marks it as wholly in force."""
        return self.validity in IN_FORCE


NUMBER = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{1,12}?(?:发|字|函|办|令|规|通|告|复|决|公|政|文|电|纪|任|议|知|准|许|罚|批|综|人|财|党|建|计|审|监)[\u4e00-\u9fff]{0,6})\s?[〔\[【（(﹝]\s?((?:19|20)\d{2})\s?[〕\]】）)﹞]\s?(?:第\s?)?(\d{1,5})\s?号"
)
LOOSE = re.compile(
    r"([\u4e00-\u9fff]{2,12})\s?[〔\[【﹝]\s?((?:19|20)\d{2})\s?[〕\]】﹞]\s?(?:第\s?)?(\d{1,5})\s?号"
)
ORDER = re.compile(r"([\u4e00-\u9fff]{2,20}(?:令|公告))\s?第\s?(\d{1,4})\s?号")
# 文号 in the brackets that end a title.
BRACKETED = re.compile(
    r"[（(]\s*([\u4e00-\u9fff]{2,14}\s?[〔\[【]\s?(?:19|20)\d{2}\s?[〕\]】]\s?\d{1,5}\s?号)\s*[）)]\s*$"
)
NUMBERED = re.compile(r"第\s?\d{1,4}\s?号")
FILED = re.compile(
    r"规范性文件|政策文件|部门文件|政府文件|文件(?:库)?$|规章|法规|政策(?!解读|问答)"
)
NUMBER_LABEL = re.compile(
    r"(?:发\s*文\s*字\s*号|文\s*件?\s*(?:编\s*)?号|发\s*文\s*号|文\s*件\s*字\s*号|公文\s*字号|规范性文件(?:统一)?编号)\s*[】\]]?\s*[：:]?\s*([^\n\t]{4,40})"
)
ISSUED_LABEL = re.compile(
    r"(?:成\s*文|发\s*文|印\s*发|签\s*发|制\s*发|形\s*成|生\s*成)\s*(?:日\s*期|时\s*间)\s*[】\]]?\s*[：:]?\s*([^\n]{6,24})"
)
VALIDITY_LABEL = re.compile(
    r"(?:(?:是\s*否|文\s*件)?\s*有\s*效\s*性|效\s*力\s*(?:状\s*态)?|(?:文\s*件|时\s*效|有\s*效)\s*状\s*态|是\s*否\s*有\s*效|是\s*否\s*废\s*止|时\s*效\s*性?)\s*[】\]]?\s*[：:]?\s*(现行有效|继续有效|全文有效|部分有效|有效|已?失效|已?废止|已?修改|已被修改|部分失效|宣布失效|未生效|尚未生效|是|否)"
)
VALIDITY_MARK = re.compile(
    r"[\[【(（](现行有效|有效|已失效|失效|已废止|废止|已修改|部分废止|全文废止)[\]】)）]"
)
MUST = re.compile(
    r"办法|实施细则|细则|规定|若干(?:措施|政策|意见)|实施意见|指导意见|的意见|实施方案|工作方案|行动(?:计划|方案)|规划(?!.{0,4}公示)|政策措施|扶持政策|管理制度|暂行|规则|规程|标准(?:的通知)|奖励|补贴|条例"
)
NEED_NOT = re.compile(
    r"任免|任职|免职|任命|职务|人事|会议|召开|批复|复函|年度报告|年报|转发|印发.{0,20}(?:讲话|纪要)|表彰|通报|表扬|放假|值班|公示|招聘|招考|招标|中标|采购|成交|名单|领导(?:小组|班子)|分工|调整.{0,12}(?:小组|成员|机构)|成立.{0,20}(?:小组|指挥部|委员会)|征求意见|征集|废止|失效|清理结果|预算|决算|公开指南|公开目录|要点分工|工作总结|停水|停电|行政处罚|行政许可|听证|征收(?:土地|公告)|考试|面试|体检|录用|讣告|倡议书|开展.{0,12}活动的通知|举办|培训班|申报.{0,20}的通知|解读|图解|问答|答记者问"
)
CENTRAL = re.compile(
    r"(?:国务院|中共中央|中办|国办|中华人民共和国|全国人大|国家[\u4e00-\u9fff]{1,6}(?:委|局|总局))"
)

HIGHER = re.compile(
    r"(?:中共中央|国务院|最高人民|全国人大|全国人民|中华人民共和国|国家(?!级|重点|基本)|教育部|科技部|科学技术部|工业和信息化部|公安部|民政部|司法部"
    r"|财政部|人力资源社会保障部|自然资源部|生态环境部|住房城乡建设部|交通运输部|水利部|农业农村部|商务部|文化和旅游部|退役军人事务部|应急管理部"
    r"|中国人民银行|审计署|税务总局|市场监管总局|金融监管总局|中国证监会|海关总署|体育总局|中办|国办)"
)
IN_FORCE = frozenset({"有效", "现行有效", "继续有效", "全文有效"})
SIGNED = re.compile(
    r"(?:^|[\s\u3000]|[府局委办室院处会心队厅部])\s*((?:19|20)\d{2}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|二[〇○零O0][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)\s*$"
)
# The issuer's name above a date that stands alone.
SIGNED_WITHIN = re.compile(
    r"[府局委室院处会心队厅部办]\s*\n\s*((?:19|20)\d{2}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|二[〇○零O0][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)\s*(?:\n|$)"
)
# Levels up to the city stand above a district (title_words.LEVELS).
CITY = 2


@dataclass(frozen=True)
class DocumentTexts:
    """Where a document's marks stand: title, lines above the text, table of particulars, text, data."""

    title: str
    head: str
    info: str
    text: str
    data: Document | None = None

    @cached_property
    def table(self) -> Particulars:
        """The table of particulars, read."""
        return read_particulars(self.head)


def _in_data(texts: DocumentTexts) -> str | None:
    return (texts.data.number or None) if texts.data else None


def _labelled_number(texts: DocumentTexts) -> str | None:
    for part in (texts.info, texts.head):
        match = NUMBER_LABEL.search(part)
        if match:
            saw(match[0])
            value = match[1]
            found = NUMBER.search(value) or LOOSE.search(value) or ORDER.search(value)
            if found:
                return _tidy(found[0])
    return None


def _titled_number(texts: DocumentTexts) -> str | None:
    match = BRACKETED.search(texts.title)
    saw(texts.title)
    return _tidy(match[1]) if match else None


def _headed_number(texts: DocumentTexts) -> str | None:
    limit("HEAD_TEXT", limits.HEAD_TEXT)
    limit("HEAD_LINES", limits.HEAD_LINES)
    lines = [line.strip() for line in texts.text[: limits.HEAD_TEXT].split("\n") if line.strip()]
    for line in lines[: limits.HEAD_LINES]:
        found = (
            LOOSE.fullmatch(line)
            or NUMBER.fullmatch(line)
            or ORDER.fullmatch(line)
            or NUMBERED.fullmatch(line)
        )
        if found and len(line) <= limits.LONGEST_NUMBER:
            saw(line)
            return _tidy(found[0])
    saw(lines[0] if lines else "")
    return None


def _opening_number(texts: DocumentTexts) -> str | None:
    found = LOOSE.match(texts.title) or ORDER.match(texts.title)
    saw(texts.title)
    return _tidy(found[0]) if found else None


def _table_number(texts: DocumentTexts) -> str | None:
    value = texts.table.values.get("number", "")
    saw(value)
    found = NUMBER.search(value) or LOOSE.search(value)
    return _tidy(found[0]) if found else None


# Numbers of other documents that the text quotes do not count: in the body only a number that
# stands alone on one of the first lines is the document's own.
OWN_NUMBER: Judge[[DocumentTexts], str] = Judge(
    "document",
    (
        Test("文号：数据中有", _in_data),
        Test("文号：正文前的说明中写明", _labelled_number),
        Test("文号：标题末尾的括号中有", _titled_number),
        Test("文号：在正文开头单独成行", _headed_number),
        Test("文号：标题以它开头", _opening_number),
        Test("文号：在信息表中", _table_number),
    ),
)


def _tidy(number: str) -> str:
    return re.sub(r"\s", "", number)


def all_numbers(text: str, most: int = 20) -> tuple[str, ...]:
    """All 文号 that a text names, in order, once each."""
    found: dict[str, None] = {}
    for match in LOOSE.finditer(text[:60_000]):
        found.setdefault(_tidy(match[0]))
        if len(found) >= most:
            break
    return tuple(found)


def read_document(
    title: str, head: str, info: str, text: str, column: str, data: Document | None = None
) -> Document | None:
    """The marks of a document; None where the page shows none of them.

    ``column`` is the text of breadcrumb and ColumnName; it says whether the page is filed as a
    policy document.
    """
    texts = DocumentTexts(title, head, info, text, data)
    number = OWN_NUMBER(texts) or ""
    issued = ISSUED(texts)
    validity = SAID_VALID(texts) or ""
    filed = FILED.search(column)
    if not (number or issued or validity) and filed is None:
        note(
            "document", "没有文号、成文日期和有效性，也不在文件栏目中：不是文件", "不是文件", column
        )
        return None
    found = Document(number, issued, validity, _needs(title, number, column, text))
    words = f"文号{number or '无'}，成文日期{issued or '无'}，有效性{validity or '无'}"
    note("document", "有文号、成文日期、有效性之一，或者在文件栏目中：是文件", words, column)
    return _with_table(found, texts.table, text)


def _with_table(document: Document, table: Particulars, text: str) -> Document:
    values = table.values
    signed = signed_on(text)
    return replace(
        document,
        index=values.get("index", "").split(" ")[0],
        posted=dates.first_day(values.get("posted", "")),
        issuer=values.get("issuer", ""),
        theme=values.get("theme", ""),
        shown=tuple(key for key in values if key),
        blank=table.blank,
        signed=signed,
        expires=expires_on(text, document.issued or signed, values.get("expires", "")),
    )


def signed_on(text: str) -> date | None:
    """The date that closes a paper: alone on a line, or behind the issuer's name.

    Looked for on the last lines first; a notice that issues rules is signed before the rules begin.
    """
    for line in reversed(text.rstrip()[-limits.CLOSING :].split("\n")[-limits.CLOSING_LINES :]):
        match = SIGNED.search(line.strip())
        if match and len(line.strip()) <= limits.SHORT_LINE:
            return dates.first_day(match[1])
    match = SIGNED_WITHIN.search(text[: limits.SIGNED_BEFORE])
    return dates.first_day(match[1]) if match else None


def _issued_in(text: str) -> date | None:
    match = ISSUED_LABEL.search(text)
    if match:
        saw(match[0])
    return dates.first_day(match[1]) if match else None


def _issued_table(texts: DocumentTexts) -> date | None:
    value = texts.table.values.get("issued", "")
    saw(value)
    return dates.first_day(value)


ISSUED: Judge[[DocumentTexts], date] = Judge(
    "document",
    (
        Test("成文日期：正文前的说明中写明", lambda texts: _issued_in(texts.info)),
        Test("成文日期：标题与正文之间写明", lambda texts: _issued_in(texts.head)),
        Test("成文日期：在信息表中", _issued_table),
    ),
)


def _said(value: str) -> str:
    """What a cell below 有效性 says; "" where it says nothing that is known."""
    match = VALIDITY.match(value)
    return match[1] if match and match[1] not in "是否" else ""


def _labelled_validity(texts: DocumentTexts) -> str | None:
    for part in (texts.info, texts.head):
        match = VALIDITY_LABEL.search(part)
        if match:
            saw(match[0])
            return _meant(match[0], match[1])
    return None


def _meant(label: str, said: str) -> str:
    """What 是 and 否 mean behind 是否有效 and 是否废止; other words mean themselves."""
    if said not in ("是", "否"):
        return said
    if "废" in label:
        return "废止" if said == "是" else "有效"
    return "有效" if said == "是" else "失效"


def _marked_validity(texts: DocumentTexts) -> str | None:
    match = VALIDITY_MARK.search(texts.title)
    saw(texts.title)
    return match[1] if match else None


def _table_validity(texts: DocumentTexts) -> str | None:
    value = texts.table.values.get("validity", "")
    saw(value)
    return _said(value) or None


SAID_VALID: Judge[[DocumentTexts], str] = Judge(
    "document",
    (
        Test("有效性：正文前的说明中写明", _labelled_validity),
        Test("有效性：标题中用括号标明", _marked_validity),
        Test("有效性：在信息表中", _table_validity),
    ),
)


def _needs(title: str, number: str, column: str, text: str) -> bool | None:
    """Whether a document of this kind must be interpreted; None = a person must say.

    Source: S4 (行政规范性文件 and documents touching rights of people and companies), domain.md §4.
    """
    # What a paper in 《》 is about says nothing against its kind: rules on procurement are rules.
    outside = re.sub(r"《[^》]*》", "《》", title)
    if NEED_NOT.search(outside):
        return False
    if "规范性文件" in column or re.search(r"规范性文件(?:统一)?编号", text[: limits.FILED_HEAD]):
        return not CENTRAL.match(title)
    if MUST.search(title) and number:
        return not CENTRAL.match(title)
    return None


def of_higher_body(title: str, site: str) -> bool:
    """Whether a title opens with a central body, a province or a city that the site is not of."""
    if central := HIGHER.match(title):
        return bool(site) and central[0] not in site
    last, end = None, 0
    while segment := PLACE.match(title, end):
        last, end = segment, segment.end()
    return bool(site and last and LEVELS[last[1]] <= CITY and last[0] not in site)
