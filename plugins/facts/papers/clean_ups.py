"""Which papers a page declares ended, kept or changed: 清理结果, 废止决定, and papers that replace others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from plugins.facts.language import dates
from plugins.facts.language.clean_up_titles import is_result
from plugins.facts.language.text import squeeze
from plugins.facts.language.titles import document_number, plain, quoted, read_title, same_number
from plugins.facts.papers import limits
from plugins.facts.papers.body_lines import Line, body_lines

if TYPE_CHECKING:
    from plugins.facts.attachments.contents import Contents
    from plugins.facts.markup.outline import Element, Outline

MOST = 400
HEADING = 60


class Fate(StrEnum):
    """What becomes of a paper."""

    ENDED = "ended"
    KEPT = "kept"
    CHANGED = "changed"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Named:
    """One paper that a clean-up names: its title, its 文号 in normal form ("" = none), its fate."""

    title: str
    number: str = ""
    fate: Fate = Fate.UNKNOWN


@dataclass(frozen=True, slots=True)
class CleanUp:
    """What a page says of other papers.

    ``result``: it is a clean-up of papers at large (清理结果, 废止一批文件的决定, 现行有效目录), not one
    paper that replaces another. ``since`` is the day from which it holds where it names one.
    """

    named: tuple[Named, ...] = ()
    result: bool = False
    since: date | None = None


ENDS = re.compile(r"废止|失效|停止执行|停止使用|作废|宣布无效|予以撤销")
KEEPS = re.compile(r"继续有效|继续执行|继续施行|现行有效|予以保留|(?<!不)保留|^有效$|未到期")
CHANGES = re.compile(r"修改|修订|修正")
PENDING = re.compile(r"^(?:拟|建议|待|预)")
NEUTRAL = re.compile(r"不再(?:作为|列入)|重新(?:公布|发布|印发)")
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,16}\s?[〔\[【（(﹝]\s?(?:19|20)\d{2}\s?[〕\]】）)﹞]\s?(?:第\s?)?\d{1,5}\s?号"
)
MARKER = re.compile(
    r"^(?:[（(]?\d{1,3}\s?[)）.、．,，]|[（(]?[一二三四五六七八九十百]{1,4}[)）、.．]|第[一二三四五六七八九十]{1,3}[、条])\s*"
)
KIND = re.compile(
    r"(?:通知|意见|办法|规定|细则|决定|公告|通告|方案|措施|规则|制度|批复|函|标准|预案|规划|计划|政策|要点|条例|规程|章程|指引|指南|纪要|令)(?:[(（][^()（）]{1,12}[)）])?$"
)
NAME_HEAD = re.compile(r"名称|标题|题目|文件名")
NUMBER_HEAD = re.compile(r"文号|字号|编号|发文号")
FATE_HEAD = re.compile(r"结果|意见|处理|状态|结论|效力|有效性")
REPLACES = re.compile(r"同时(?:予以)?(?:废止|失效|停止执行)|(?:即行|自行|随即)(?:废止|失效)")
LEAD = re.compile(r"(?:废止|宣布失效|停止执行|作废)(?:了)?[^《。；]{0,30}$")
BEGINS = re.compile(r"自\s?(?:19|20)\d{2}\s?年[^。；自]{0,12}起(?:正式)?(?:施行|实施|执行|生效)")
LONG = 200
MUCH = 60_000
OPENING = 300


def read_clean_up(
    title: str, outline: Outline, body: Element | None, text: str, issued: date | None
) -> CleanUp | None:
    """What an article says of the fate of other papers; None where it says nothing."""
    if is_result(title):
        lines = body_lines(outline, body) if body is not None else text.split("\n")
        return CleanUp(_List(title).read(lines), True, issued)
    if not REPLACES.search(text):
        return None
    found = [
        one
        for sentence in re.split(r"[。；]", text[-MUCH:])
        if (match := REPLACES.search(sentence))
        for one in _in_sentence(sentence[: match.start()])
    ]
    begins = BEGINS.search(text[-MUCH:])
    since = dates.first_day(begins[0]) if begins else issued
    return CleanUp(tuple(found[:MOST]), False, since) if found else None


def read_list(contents: Contents, name: str) -> CleanUp | None:
    """What a document that is offered for download says of other papers; None where it is no such list.

    It is one by its name (the words of the link) or by one of its first lines. Rows of tables tell more
    than its text; the names of sheets stand for headings.
    """
    first = contents.parts[0].text[:OPENING].split("\n") if contents.parts else []
    title = next((one for one in (name, *first) if is_result(one)), "")
    if not title:
        return None
    found = _List(title)
    for part in contents.parts:
        found.fate = _section(part.name, found.default, found.default)
        found.read(part.rows or part.text.split("\n"))
    return CleanUp(tuple(found.found[:MOST]), True) if found.found else None


def _in_sentence(text: str) -> Iterator[Named]:
    """The papers of "《甲》（某政发〔2010〕1号）、《乙》" in running text."""
    folded = plain(text)
    place = 0
    for name in quoted(folded):
        start = folded.find(f"《{name}》", place)
        place = start + len(name) + 2
        behind = folded[place : place + 60].split("《")[0]
        yield Named(name[:LONG], document_number(behind) or document_number(name), Fate.ENDED)


class _List:
    """The papers that a clean-up lists; headings and head rows say what becomes of those below them."""

    def __init__(self, title: str) -> None:
        whole = plain(title)
        self.default = self.fate = _fate(whole)
        self.heads: tuple[int, int, int] | None = None
        self.found: list[Named] = []
        if self.default is Fate.ENDED:
            self.found += [
                Named(name, "", Fate.ENDED)
                for name in quoted(whole)
                if LEAD.search(whole.split(f"《{name}》")[0])
            ]

    def read(self, lines: Iterable[Line]) -> tuple[Named, ...]:
        for line in lines:
            if len(self.found) >= MOST:
                break
            if isinstance(line, tuple):
                self._row(line)
            else:
                self.heads = None
                self._line(squeeze(line))
        return tuple(self.found[:MOST])

    def _row(self, cells: tuple[str, ...]) -> None:
        heads = _heads(cells)
        if heads:
            self.heads = heads
        elif one := _from_row(cells, self.heads, self.fate):
            self.found.append(one)

    def _line(self, words: str) -> None:
        one = _from_line(words, self.fate)
        if one:
            self.found.append(one)
        elif len(words) <= HEADING and "《" not in words and not NUMBER.search(words):
            self.fate = _section(words, self.fate, self.default)
        elif (
            self.default is not Fate.KEPT
            and "《" in words
            and LEAD.search(words.partition("《")[0])
        ):
            self.found += _in_sentence(words)


def _fate(text: str) -> Fate:
    """What a heading or cell says; UNKNOWN where it says several things or nothing."""
    if PENDING.search(text) or NEUTRAL.search(text):
        return Fate.UNKNOWN
    said = {
        fate
        for fate, pattern in ((Fate.ENDED, ENDS), (Fate.KEPT, KEEPS), (Fate.CHANGED, CHANGES))
        if pattern.search(text)
    }
    return said.pop() if len(said) == 1 else Fate.UNKNOWN


def _section(words: str, fate: Fate, default: Fate) -> Fate:
    """The fate of what follows a heading; other short lines change nothing."""
    said = any(pattern.search(words) for pattern in (ENDS, KEEPS, CHANGES))
    if not said:
        return fate if not re.match(r"^附件\s?\d?", words) else default
    return _fate(words)


def _heads(cells: tuple[str, ...]) -> tuple[int, int, int] | None:
    """Which columns of a table hold name, number and fate (-1 = none); None = no head row."""
    short = [cell if len(cell) <= limits.CELL_MARK else "" for cell in cells]
    name = next((at for at, cell in enumerate(short) if NAME_HEAD.search(cell)), -1)
    if name < 0:
        return None
    number = next((at for at, cell in enumerate(short) if NUMBER_HEAD.search(cell)), -1)
    fate = next((at for at, cell in enumerate(short) if FATE_HEAD.search(cell) and at != name), -1)
    return name, number, fate


def _from_row(
    cells: tuple[str, ...], heads: tuple[int, int, int] | None, fate: Fate
) -> Named | None:
    if heads and max(heads) < len(cells):
        name, number, place = heads
        title = cells[name]
        said = _fate(cells[place]) if place >= 0 else fate
        sign = cells[number] if number >= 0 else " ".join(cells)
    else:
        title = next(
            (
                cell
                for cell in cells
                if "《" in cell or (KIND.search(cell) and len(cell) > limits.NAMED_CELL)
            ),
            "",
        )
        own = [cell for cell in cells if cell != title and len(cell) <= limits.FATE_CELL]
        told = [one for one in map(_fate, own) if one is not Fate.UNKNOWN]
        said = (
            told[0] if len(told) == 1 else fate if not any(map(ENDS.search, own)) else Fate.UNKNOWN
        )
        sign = " ".join(cells)
    if len(title) < limits.PAPER_TITLE:
        return None
    names = quoted(plain(title))
    printed = NUMBER.search(sign)
    return Named(
        (names[0] if len(names) == 1 and plain(title).startswith("《") else plain(title))[:LONG],
        document_number(printed[0] if printed else title),
        said,
    )


def _from_line(words: str, fate: Fate) -> Named | None:
    """A line of a numbered list that names one paper."""
    marker = MARKER.match(words)
    rest = words[marker.end() :] if marker else words
    number = NUMBER.search(rest)
    if not marker and not (number and rest.startswith(("《", "关于"))):
        return None
    if "。" in rest.rstrip("。") or len(rest) > LONG:
        return None
    folded = plain(rest)
    names = quoted(folded)
    if folded.startswith("《") and len(names) == 1:
        behind = folded[len(names[0]) + 2 :]
        return Named(names[0][:LONG], document_number(behind), _tail_fate(behind, fate))
    bare = folded.split("(")[0].rstrip(";,。")
    if not KIND.search(bare) or len(bare) < limits.NAMED_CELL:
        return None
    return Named(bare[:LONG], document_number(number[0]) if number else "", fate)


def _tail_fate(behind: str, fate: Fate) -> Fate:
    said = _fate(behind)
    return said if said is not Fate.UNKNOWN else fate


def same_paper(named: Named, title: str, number: str) -> bool | None:
    """Whether a named paper is the one with this title and 文号 (normal form); None = cannot tell.

    One 文号 is enough where the titles share a word; one title where neither side's number, year or
    ordinal speaks against it.
    """
    one, other = read_title(named.title), read_title(title)
    alike = bool(one.core and other.core) and (
        one.core == other.core or one.core in other.cores or other.core in one.cores
    )
    if named.number and number:
        if not same_number(named.number, number):
            return False
        shared = _pairs(one.core) & _pairs(other.core)
        return True if alike or shared or not one.core or not other.core else None
    if not alike:
        return False
    if one.years and other.years and one.years != other.years:
        return False
    if one.ordinals != other.ordinals:
        return False
    return None if not one.core or len(one.core) < limits.CORE else True


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
