"""Writes a fix list: Word (notice and tables), a workbook to be filled in and sent back, one HTML page."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from findings.fixlists.fixlist import ANSWERS, SCORE_HEAD, FixGroup, FixList, FixRow
from findings.office.official import (
    ANNEX,
    BODY,
    CELL,
    FIRST,
    NOTE,
    PLAIN,
    RIGHT,
    SECOND,
    TITLE,
    illustrate,
    landscape_section,
    link,
    new_document,
    paragraph,
    table,
)
from findings.office.wording import chinese
from findings.office.workbook import CellLink, Field, WorkbookSheet, workbook

LIST_SHEET = "整改清单"
NUMBER, ANSWER, REMARK = "问题编号", "整改情况", "整改说明"
HEAD = ("序号", "所在栏目", "页面", "问题及原文", "依据", "扣分", "整改期限", "整改情况")
WIDTHS = (5, 14, 16, 36, 20, 6, 10, 9)
_CENTRED = (0, 5, 6, 7)
# Rows show the price of each fault; what an indicator costs in all has an upper end.
CAPPED = "“扣分”栏是逐项分值；同一指标有扣分上限的，实际扣分见“失分情况”。"
_PAGE_CELL, _WORDS_CELL = 2, 3
_ILLEGAL = str.maketrans("", "", "".join(map(chr, {*range(32)} - {9, 10, 13})))


def fixlist_docx(fixes: FixList) -> bytes:
    """Notice, rows grouped by remedy, what a person must look at, warnings, and the points."""
    document = new_document()
    _notice(document, fixes)
    landscape_section(document)
    paragraph(document, f"{fixes.unit}整改清单", ANNEX)
    paragraph(document, f"{fixes.notes[1]}。{CAPPED}", NOTE)
    _grouped(document, "一、需要整改的问题", fixes.groups, "没有需要整改的问题。")
    if fixes.reviews:
        _grouped(document, "二、机器不能断定、请核实的问题（不扣分）", fixes.reviews, "")
    if fixes.warnings:
        paragraph(document, f"{'三' if fixes.reviews else '二'}、即将到期的工作（不扣分）", FIRST)
        _rows(document, fixes.warnings)
    if fixes.scores:
        paragraph(document, "附：失分情况", FIRST)
        rows = [tuple(cell.translate(_ILLEGAL) for cell in row.cells) for row in fixes.scores]
        table(document, SCORE_HEAD, rows, (20, 7, 8, 53, 12), centred=(1, 2, 4))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _notice(document: WordDocument, fixes: FixList) -> None:
    notice = fixes.notice
    paragraph(document, f"【{fixes.label}】", NOTE)
    paragraph(document, notice.title, TITLE)
    paragraph(document, "", PLAIN)
    paragraph(document, f"{notice.to}：", PLAIN)
    for text in notice.body:
        paragraph(document, text.translate(_ILLEGAL), BODY)
    paragraph(document, "附件：整改清单", BODY)
    paragraph(document, "", PLAIN)
    if notice.issuer:
        paragraph(document, notice.issuer, RIGHT)
    paragraph(document, notice.day, RIGHT)


def _grouped(document: WordDocument, title: str, groups: Sequence[FixGroup], none: str) -> None:
    paragraph(document, title, FIRST)
    if not groups:
        paragraph(document, none, BODY)
    for number, group in enumerate(groups, 1):
        heading = f"（{chinese(number)}）{group.title}（{len(group.rows)}处）"
        paragraph(document, heading.translate(_ILLEGAL), SECOND)
        remedy = paragraph(document, f"整改办法：{group.remedy}", NOTE)
        remedy.paragraph_format.keep_with_next = True
        _rows(document, group.rows)


def _rows(document: WordDocument, rows: Sequence[FixRow]) -> None:
    cells = [
        (
            str(row.number),
            row.column.translate(_ILLEGAL),
            "",
            _wrong(row).translate(_ILLEGAL),
            row.clause.translate(_ILLEGAL),
            row.points,
            row.deadline,
            row.answer,
        )
        for row in rows
    ]
    made = table(document, HEAD, cells, WIDTHS, centred=_CENTRED)
    for row, line in zip(rows, made.rows[1:], strict=True):
        target = line.cells[_PAGE_CELL].paragraphs[0]
        words = row.page.translate(_ILLEGAL)
        if row.href:
            link(target, words, row.href)
        else:
            target.add_run(words)
        target.alignment = WD_ALIGN_PARAGRAPH.LEFT
        line.cells[_PAGE_CELL].paragraphs[0].style = CELL
        if row.picture is not None:
            illustrate(line.cells[_WORDS_CELL], row.picture)


def _wrong(row: FixRow) -> str:
    """What is wrong, with the words and their place."""
    said = [row.message]
    if row.words:
        said.append(f"原文：{row.words}" + (f"（{row.where}）" if row.where else ""))
    if row.more:
        said.append(f"另有{row.more}处同样的，见HTML清单或报告。")
    if row.marks:
        said.append(f"【{row.marks}】")
    if row.claim:
        said.append(f"上次反馈：{row.claim}")
    return "\n".join(said)


FIELDS = (
    Field("序号", 5, centred=True),
    Field("所在栏目", 14),
    Field("页面", 18),
    Field("问题及原文", 44),
    Field("依据", 24),
    Field("整改办法", 26),
    Field("扣分", 6, centred=True),
    Field("整改期限", 12, centred=True),
    Field(ANSWER, 10, centred=True, choices=ANSWERS),
    Field(REMARK, 16),
    # Not printed: for sorting, and for reading the file back.
    Field("问题", 22),
    Field("规则", 9, centred=True),
    Field(NUMBER, 36),
)
PICTURES = (Field("序号", 5, centred=True), Field("页面", 18), Field("问题", 40), Field("截图", 76))
PRINTED = 10


def fixlist_xlsx(fixes: FixList) -> bytes:
    """A workbook that can be filled in and read back by ``gongkai fixlist import``."""
    sheets = [
        _sheet(
            LIST_SHEET,
            f"{fixes.unit}整改清单　{fixes.label}",
            (*fixes.notes[:2], fixes.notes[2] + CAPPED),
            _flat(fixes.groups),
        )
    ]
    if fixes.reviews:
        note = (
            fixes.notes[0],
            "机器不能断定，请核实后在“整改情况”“整改说明”栏说明；核实前不扣分。",
        )
        sheets.append(_sheet("请核实", "请核实的问题", note, _flat(fixes.reviews)))
    if fixes.warnings:
        note = (fixes.notes[0], "到期前不扣分；“整改期限”栏是到期日。")
        sheets.append(_sheet("即将到期", "即将到期的工作", note, fixes.warnings))
    if fixes.scores:
        widths = (28, 8, 10, 70, 12)
        sheets.append(
            WorkbookSheet(
                "失分情况",
                tuple(
                    Field(name, width, centred=name in {"分值", "扣分", "整改情况"})
                    for name, width in zip(SCORE_HEAD, widths, strict=True)
                ),
                [row.cells for row in fixes.scores],
                title=f"{fixes.unit}失分情况　{fixes.label}",
                notes=(fixes.standing,),
            )
        )
    pictured = [row for row in (*_flat(fixes.groups), *_flat(fixes.reviews)) if row.picture]
    if pictured:
        # A sheet of their own: rows as high as pictures would tear the list apart.
        shown = [(r.number, CellLink(r.page, r.href), r.message, r.picture) for r in pictured]
        note = (fixes.notes[0], "“序号”与清单相同。")
        sheets.append(WorkbookSheet("截图", PICTURES, shown, title="问题截图", notes=note))
    return workbook(sheets)


def _flat(groups: Sequence[FixGroup]) -> list[FixRow]:
    return [row for group in groups for row in group.rows]


def _sheet(name: str, title: str, notes: Sequence[str], rows: Sequence[FixRow]) -> WorkbookSheet:
    cells = [_cells(row) for row in rows]
    return WorkbookSheet(name, FIELDS, cells, title=title, notes=tuple(notes), printed=PRINTED)


def _cells(row: FixRow) -> tuple[Any, ...]:
    return (
        row.number,
        row.column,
        CellLink(row.page, row.href),
        _wrong(row),
        row.clause,
        row.remedy,
        float(row.points),
        row.deadline,
        row.answer,
        "",
        row.problem,
        row.code,
        row.fingerprint,
    )


def fixlist_html(fixes: FixList) -> str:
    """One page that needs nothing else and runs no script."""
    environment = Environment(
        loader=PackageLoader("findings", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(chinese=chinese)
    templates = files("findings.templates")
    style = "".join(
        templates.joinpath(name).read_text(encoding="utf-8")
        for name in ("bulletin.css", "fixlist.css")
    )
    return environment.get_template("fixlist.html.j2").render(
        fixes=fixes,
        score_head=SCORE_HEAD,
        capped=CAPPED,
        style=Markup(style),  # noqa: S704 - files of this package
    )


FORMATS: Mapping[str, Callable[[FixList], str | bytes]] = {
    "html": fixlist_html,
    "docx": fixlist_docx,
    "xlsx": fixlist_xlsx,
}
