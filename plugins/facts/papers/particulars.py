"""The table of particulars of an official paper (索引号、文号、成文日期 …), whatever its shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from plugins.facts.language.text import squeeze

NAMES: Mapping[str, tuple[str, ...]] = {
    "index": ("信息索引号", "索引号", "索取号", "索引编号"),
    "number": (
        "规范性文件统一编号", "规范性文件编号", "发文字号", "发文文号", "公文字号", "文件字号",
        "文件编号", "文件号", "发文号", "文号",
    ),
    "issued": (
        "成文日期", "成文时间", "发文日期", "发文时间", "印发日期", "印发时间", "签发日期", "签发时间",
        "制发日期", "生成日期", "生成时间", "形成日期",
    ),
    "posted": (
        "发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "公布时间", "上网日期", "上网时间",
    ),
    "issuer": (
        "发布机构", "发布机关", "发文机关", "发文机构", "发文单位", "发布单位", "制发机关", "制发单位",
        "制定机关", "印发机关", "印发单位", "公开机构", "公开单位", "信息来源", "文章来源", "来源",
    ),
    "validity": (
        "是否有效", "文件有效性", "有效性", "效力状态", "文件状态", "时效状态", "有效状态", "时效性",
        "是否废止", "效力", "时效",
    ),
    "theme": ("主题分类", "主题类别", "主题词", "信息分类", "信息类别", "分类", "主题"),
    "expires": ("失效日期", "失效时间", "废止日期", "有效期至", "有效期限", "有效期"),
    # Only so that their values are not taken for another's.
    "": (
        "标题", "名称", "信息名称", "文件名称", "公文名称", "组配分类", "公开方式", "公开形式", "公开范围",
        "公开属性", "公开类别", "公开目录", "公开时限", "体裁分类", "体裁", "服务对象分类", "服务对象",
        "关键词", "关键字", "生效日期", "生效时间", "实施日期", "施行日期", "浏览次数", "浏览量", "访问量",
        "点击量", "点击数", "点击率", "阅读次数", "阅读量", "字体", "字号", "作者", "责任编辑", "内容概述", "概述", "语种",
        "所属机构", "所属主题", "文件类型", "公文种类", "文种", "打印", "保护视力色", "视力保护色", "分享到", "下载",
    ),
}  # fmt: skip
KEYS = {name: key for key, names in NAMES.items() for name in names}
FIRST = "".join(sorted({name[0] for name in KEYS}))
LABEL = (
    f"(?=[{FIRST}])(?:"
    + "|".join(r"\s*".join(name) for name in sorted(KEYS, key=len, reverse=True))
    + ")"
)
ALONE = re.compile(rf"[【\[〖]?\s*({LABEL})\s*[】\]〗]?\s*([：:]?)")
# In the run of a line a label has its colon (or brackets) and begins a word.
WITHIN = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[日号效府局委室公开]))(?:[【\[〖]\s*({LABEL})\s*[】\]〗]\s*[：:]?|({LABEL})\s*[：:])"
)
SIGN = re.compile(r"[：:】〗\]]")
# Pages without any of these have no table of particulars.
STEM = re.compile(r"索\s*引|文\s*号|字\s*号|成\s*文|有\s*效|效\s*力|发\s*文|机\s*[构关]")
YEAR = re.compile(r"(?:19|20)\d{2}|[一二]\s?[〇○零九]")
INDEX = re.compile(r"[0-9A-Za-z〔\[][^\u4e00-\u9fff。，；]{3,59}")
NUMBER = re.compile(r"[^。；《》]{2,50}号|无|-+|—+|/")
# A 文号 of another form behind its own label ("2023-15"), but no date.
LOOSE = re.compile(
    r"(?!(?:19|20)\d\d\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d)[^。；《》]{0,20}\d[^。；《》]{0,12}"
)
VALIDITY = re.compile(
    r"(?:[\[【(（]?)(现行有效|继续有效|全文有效|部分有效|有效|已?失效|已?废止|宣布失效|已?修改|已被修改|部分失效|部分废止|全文废止|未生效|尚未生效|是|否)(?:[\]】)）]?)"
)
PAPER = re.compile(r"关于|《|通知$|意见$|办法$|公告$|[。；]")
LONGEST = 160
MOST = 80


@dataclass(frozen=True)
class Particulars:
    """What the table says: ``values`` by key (see ``NAMES``), and the keys printed without a value."""

    values: Mapping[str, str] = field(default_factory=dict)
    blank: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    key: str
    text: str
    label: bool
    colon: bool = False


def read_particulars(head: str) -> Particulars:
    """Read the lines between breadcrumb and text.

    Shapes: label and value in one line, in two cells, in ``<dt>`` and ``<dd>``, or a row of labels
    above a row of values. A line of running text ends it.
    """
    if not STEM.search(head):
        return Particulars()
    pieces = list(_pieces(head))
    values: dict[str, str] = {}
    blank: dict[str, None] = {}
    place = 0
    while place < len(pieces):
        labels: list[_Piece] = []
        while place < len(pieces) and pieces[place].label:
            labels.append(pieces[place])
            place += 1
        told: list[str] = []
        while place < len(pieces) and not pieces[place].label:
            told.append(pieces[place].text)
            place += 1
        for key, value in _matched(labels, told):
            if key and key not in values:
                if value and _fits(key, value):
                    values[key] = value
                else:
                    blank.setdefault(key)
    return Particulars(values, tuple(key for key in blank if key not in values))


def _matched(labels: list[_Piece], told: list[str]) -> Iterator[tuple[str, str]]:
    """Which value belongs to which label of a run of labels and the run of values behind it."""
    if not labels:
        return
    headings = len(labels) > 1 and not any(one.colon for one in labels)
    pairs = list(zip((one.key for one in labels), told, strict=False))
    if (
        headings
        and len(pairs) == len(labels)
        and all(not key or _fits(key, value) for key, value in pairs)
    ):
        yield from pairs
        return
    for one in labels[:-1]:
        yield one.key, ""
    last = labels[-1].key
    value = told[0] if told else ""
    yield last, "无" if last == "number" and LOOSE.fullmatch(value) else value


def _pieces(head: str) -> Iterator[_Piece]:
    count = 0
    for raw in head.split("\n"):
        line = squeeze(raw)
        if not line:
            continue
        if len(line) > LONGEST and not WITHIN.search(line[:LONGEST]):
            return
        count += 1
        if count > MOST:
            return
        alone = ALONE.fullmatch(line)
        if alone:
            yield _Piece(KEYS[_solid(alone[1])], "", True, bool(alone[2]))
            continue
        end = 0
        key = None
        for match in WITHIN.finditer(line) if SIGN.search(line) else ():
            before = line[end : match.start()].strip(" |｜;；　")
            if before:
                yield _Piece("", before, False)
            key = KEYS[_solid(match[1] or match[2])]
            yield _Piece(key, "", True, True)
            end = match.end()
        rest = line[end:].strip(" |｜;；　")
        if rest:
            yield _Piece("", rest, False)


def _solid(text: str) -> str:
    return "".join(text.split())


def _fits(key: str, value: str) -> bool:
    """Whether a value can be one of its label: behind an empty cell stands whatever comes next."""
    if key == "index":
        return INDEX.match(value) is not None
    if key == "number":
        return NUMBER.fullmatch(value) is not None and not value.startswith("关于")
    if key in ("issued", "posted", "expires"):
        return YEAR.search(value[:24]) is not None
    if key == "validity":
        return VALIDITY.match(value) is not None
    return len(value) <= MOST and not PAPER.search(value) if key else True
