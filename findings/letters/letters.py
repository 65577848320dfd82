"""Letters as values: what is said to a unit or to the office, as plain text and as HTML."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from hashlib import blake2b
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from findings.bulletin.bulletin import Bulletin
from findings.fixlists.fixlist import FixList
from findings.letters.digest import CHANGE_NAMES, Digest, DigestChange, DigestRow
from findings.office.neutral import shorten

MOST_ROWS = 50  # of one change in one digest; the counts are always of all
PUSHED_ROWS = 10
PUSHED_WORDS = 1500  # what the strictest chat service takes of one message, with room to spare


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a letter: its name, its bytes, its media type."""

    name: str
    content: bytes
    type: str


@dataclass(frozen=True, slots=True)
class LetterCell:
    """One cell: text, and an address that may become a link ("" = none)."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class LetterTable:
    """A titled table."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[LetterCell, ...], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class OfficeLetter:
    """Subject, paragraphs, tables, closing lines, attachments.

    ``content`` is a digest of what is said: two letters that say the same have the same, whenever
    and by whatever bytes they are made.
    """

    subject: str
    paragraphs: tuple[str, ...]
    content: str
    tables: tuple[LetterTable, ...] = ()
    closing: tuple[str, ...] = ()
    attachments: tuple[Enclosure, ...] = field(default=())

    def text(self) -> str:
        """The letter for those who read plain text."""
        parts = list(self.paragraphs)
        for table in self.tables:
            lines = [f"【{table.title}】"]
            for number, row in enumerate(table.rows, 1):
                told = [
                    f"{name}：{cell.text}"
                    for name, cell in zip(table.head, row, strict=True)
                    if cell.text
                ]
                lines += [f"{number}. {told[0]}", *(f"   {line}" for line in told[1:])]
            if table.more:
                lines.append(f"……另有{table.more}项未列出。")
            parts.append("\n".join(lines))
        parts.append("\n".join(self.closing))
        return "\n\n".join(part for part in parts if part) + "\n"

    def html(self) -> str:
        """The letter as a page that loads nothing and runs nothing."""
        environment = Environment(
            loader=PackageLoader("findings", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        return environment.get_template("letter.html.j2").render(letter=self)

    def brief(self) -> str:
        """The letter for chat services: the paragraphs, and the first rows of each table."""
        lines = list(self.paragraphs)
        for table in self.tables:
            lines.append(f"【{table.title}】")
            lines += [
                "· " + "｜".join(cell.text for cell in row if cell.text and not cell.href)
                for row in table.rows[:PUSHED_ROWS]
            ]
            left = table.more + max(0, len(table.rows) - PUSHED_ROWS)
            if left:
                lines.append(f"……另有{left}项。")
        lines += self.closing
        text = "\n".join(lines)
        return text if len(text) <= PUSHED_WORDS else text[: PUSHED_WORDS - 1] + "…"


def said(*values: Any) -> str:
    """A digest of values: dataclasses, mappings, sequences, texts, bytes, numbers, days."""
    text = json.dumps([_plain(value) for value in values], ensure_ascii=False, sort_keys=True)
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, bytes):
        return blake2b(value, digest_size=16).hexdigest()
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(str(_plain(one)) for one in value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, int | float | None) else str(value)


def digest_letter(digest: Digest) -> OfficeLetter:
    """What changed: counts, then the rows of each change with unit, words and page."""
    whose = digest.unit or "全区"
    counts = "，".join(
        f"{CHANGE_NAMES[change]}{count}项" for change, count in digest.counts.items() if count
    )
    if digest.since is None:
        told = f"这是第一份摘要，“新增”是截至{digest.as_of}存在的全部问题。"
    else:
        told = f"与上次发送的摘要（{digest.since}）相比。"
    paragraphs = (
        f"{whose}政务公开和政府网站检查（第{digest.run}次，基准日{digest.as_of}）：{counts}。{told}",
        (
            f"目前共有待整改问题{digest.standing}项，预警{digest.warnings}项，"
            f"机器不能断定、待核实{digest.reviews}项。"
        ),
    )
    tables = tuple(
        _change_table(change, digest.of(change), with_unit=not digest.unit)
        for change in DigestChange
        if digest.of(change)
    )
    return OfficeLetter(
        subject=shorten(f"政务公开检查每日摘要（{digest.as_of}）{whose}：{counts}", 120),
        paragraphs=paragraphs,
        content=said("digest", digest),
        tables=tables,
        closing=("预警到期前不扣分。本邮件由程序自动发送，性质为预评估，以正式考评结果为准。",),
    )


def _change_table(
    change: DigestChange, rows: Sequence[DigestRow], *, with_unit: bool
) -> LetterTable:
    head = ("问题", "原文", *(("最后办理日",) if change is DigestChange.WARNING else ()), "页面")
    return LetterTable(
        title=f"{CHANGE_NAMES[change]}（{len(rows)}项）",
        head=("单位", *head) if with_unit else head,
        rows=tuple(
            (
                *((LetterCell(row.unit),) if with_unit else ()),
                LetterCell(row.message),
                LetterCell(row.words),
                *((LetterCell(row.last_day),) if change is DigestChange.WARNING else ()),
                LetterCell(row.url, row.href),
            )
            for row in rows[:MOST_ROWS]
        ),
        more=max(0, len(rows) - MOST_ROWS),
    )


def fixlist_letter(fixes: FixList, attachments: Sequence[Enclosure]) -> OfficeLetter:
    """The covering notice of a fix list, with the list attached. ``attachments`` are that list."""
    notice = fixes.notice
    names = tuple(one.name for one in attachments)
    return OfficeLetter(
        subject=shorten(f"{notice.title}（{fixes.unit}，{fixes.as_of}）", 120),
        paragraphs=(f"{notice.to}：", *notice.body, "附件：" + "、".join(names)),
        content=said("fixlists", fixes, names),
        closing=tuple(part for part in (notice.issuer, notice.day, f"【{fixes.label}】") if part),
        attachments=tuple(attachments),
    )


def bulletin_letter(bulletin: Bulletin, attachment: Enclosure, *, file: bool) -> OfficeLetter:
    """The bulletin as an attachment; ``file`` = the office's own edited file, told by its bytes."""
    what: Any = attachment.content if file else bulletin
    return OfficeLetter(
        subject=shorten(bulletin.heading.title, 120),
        paragraphs=(
            f"{bulletin.heading.recipients}：",
            f"现将《{bulletin.heading.title}》发给你们，见附件。",
            f"附件：{attachment.name}",
        ),
        content=said("bulletin", what, attachment.name),
        closing=tuple(part for part in (bulletin.heading.issuer, f"【{bulletin.label}】") if part),
        attachments=(attachment,),
    )
