"""Makes the Word template of the bulletin that is shipped; the office edits its own copy in Word.

Run as ``python -m findings.bulletin.template`` after a change here: it writes
``findings/templates/bulletin.docx``, and a test holds the two together.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from findings.office.official import (
    ANNEX,
    BODY,
    FIRST,
    NOTE,
    PLAIN,
    RIGHT,
    SECOND,
    TITLE,
    new_document,
    paragraph,
    table,
)
from findings.reports.annex import ANNEX_HEAD

PLACE = Path(__file__).parents[1] / "templates" / "bulletin.docx"
WIDTHS = (20, 7, 8, 45, 12)
# Rank, unit, and one column a category, however many there are.
RANKS = (9, 31, 15, 15, 15)


def make_template() -> WordDocument:
    """The template as a document; what stands in braces is filled in (docs/bulletin.md)."""
    document = new_document()
    _opening(document)
    _situation(document)
    _closing(document)
    _tables(document)
    _annex(document)
    return document


def _say(document: WordDocument, *lines: tuple[str, str]) -> None:
    for style, text in lines:
        paragraph(document, text, style)


def _opening(document: WordDocument) -> None:
    _say(
        document,
        (NOTE, "【{{ label }}】"),
        (TITLE, "{%p if heading.issuer %}"),
        (TITLE, "{{ heading.issuer }}"),
        (TITLE, "{%p endif %}"),
        (TITLE, "{%p for line in heading.lines %}"),
        (TITLE, "{{ line }}"),
        (TITLE, "{%p endfor %}"),
        (PLAIN, "{%p if heading.number %}"),
    )
    paragraph(document, "{{ heading.number }}", PLAIN).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _say(
        document,
        (PLAIN, "{%p endif %}"),
        (PLAIN, ""),
        (PLAIN, "{{ heading.recipients }}："),
        (
            BODY,
            "现将{{ heading.year }}年度{{ heading.subject }}考评情况（{{ label }}）通报如下：",
        ),
    )


def _situation(document: WordDocument) -> None:
    _say(
        document,
        (FIRST, "一、总体情况"),
        (BODY, "{%p for text in overview %}"),
        (BODY, "{{ text }}"),
        (BODY, "{%p endfor %}"),
        (FIRST, "二、存在的问题"),
        (BODY, "{%p if not problems %}"),
        (BODY, "本次检查没有发现应扣分的问题。"),
        (BODY, "{%p endif %}"),
        (SECOND, "{%p for problem in problems %}"),
        (SECOND, "（{{ loop.index|chinese }}）{{ problem.heading }}"),
        (BODY, "{{ problem.summary }}{% for text in problem.points %}{{ text }}{% endfor %}"),
        (BODY, "{%p for example in problem.examples %}"),
        (BODY, "例{{ loop.index }}　{{ example.unit }}：{{ example.text }}"),
        (BODY, "{%p endfor %}"),
        (SECOND, "{%p endfor %}"),
    )


def _closing(document: WordDocument) -> None:
    _say(
        document,
        (FIRST, "三、下一步工作要求"),
        (SECOND, "{%p for title, text in demands %}"),
        (SECOND, "（{{ loop.index|chinese }}）{{ title }}"),
        (BODY, "{{ text }}"),
        (SECOND, "{%p endfor %}"),
        (BODY, "各单位要对照附件和整改清单逐项整改，按期反馈整改情况，并举一反三，防止问题复发。"),
        (PLAIN, ""),
        (BODY, "{%p for table in tables %}"),
        (BODY, "{% if loop.first %}附件：{% endif %}{{ loop.index }}. {{ table.title }}"),
        (BODY, "{%p endfor %}"),
        (BODY, "{{ tables|length + 1 }}. 各{{ whose }}失分明细表"),
        (PLAIN, ""),
        (RIGHT, "{%p if heading.issuer %}"),
        (RIGHT, "{{ heading.issuer }}"),
        (RIGHT, "{%p endif %}"),
        (RIGHT, "{{ heading.day|day }}"),
        (PLAIN, ""),
        (NOTE, "{%p for note in notes %}"),
        (NOTE, "注{{ loop.index }}　{{ note }}"),
        (NOTE, "{%p endfor %}"),
    )


def _tables(document: WordDocument) -> None:
    paragraph(document, "{%p for table in tables %}", PLAIN)
    first = paragraph(document, "附件{{ loop.index|chinese }}", FIRST)
    first.paragraph_format.page_break_before = True
    first.paragraph_format.first_line_indent = 0
    _say(document, (ANNEX, "{{ table.title }}"), (PLAIN, ""))
    rest = ("{%tc for cell in ROW[2:] %}", "{{ cell }}", "{%tc endfor %}")
    head, row = (
        (
            f"{{{{ {name}[0] }}}}",
            f"{{{{ {name}[1] }}}}",
            *(tag.replace("ROW", name) for tag in rest),
        )
        for name in ("table.head", "row")
    )
    blank = ("",) * (len(row) - 1)
    rows = [("{%tr for row in table.rows %}", *blank), row, ("{%tr endfor %}", *blank)]
    made = table(document, head, rows, RANKS, centred=range(len(row)))
    _full_width(made)
    paragraph(document, "{%p endfor %}", PLAIN)


def _full_width(made: Any) -> None:
    """The table fills the line, whatever number of columns it gets."""
    width = OxmlElement("w:tblW")
    width.set(qn("w:w"), "5000")
    width.set(qn("w:type"), "pct")
    look = made._tbl.tblPr  # noqa: SLF001 - python-docx has no word for it
    for old in look.findall(qn("w:tblW")):
        look.remove(old)
    look.append(width)


def _annex(document: WordDocument) -> None:
    first = paragraph(document, "附件{{ (tables|length + 1)|chinese }}", FIRST)
    first.paragraph_format.page_break_before = True
    first.paragraph_format.first_line_indent = 0
    _say(
        document,
        (ANNEX, "各{{ whose }}失分明细表"),
        (SECOND, "{%p for unit in annex %}"),
        (SECOND, "{{ loop.index }}. {{ unit.name }}（{{ unit.standing }}）"),
        (BODY, "{%p if unit.rows %}"),
    )
    tags = (
        "{{ row.indicator }}",
        "{{ row.full }}",
        "{{ row.lost }}",
        "{{ row.why|lines }}",
        "{{ row.state }}",
    )
    made = table(
        document,
        ANNEX_HEAD,
        [
            ("{%tr for row in unit.rows %}", "", "", "", ""),
            tags,
            ("{%tr endfor %}", "", "", "", ""),
        ],
        WIDTHS,
        centred=(1, 2, 4),
    )
    made.autofit = False
    _say(
        document,
        (BODY, "{%p else %}"),
        (BODY, "没有失分。"),
        (BODY, "{%p endif %}"),
        (BODY, "{%p if unit.reviews %}"),
        (NOTE, "另有{{ unit.reviews }}项须人工核实，未计入扣分。"),
        (BODY, "{%p endif %}"),
        (SECOND, "{%p endfor %}"),
    )


if __name__ == "__main__":
    make_template().save(str(PLACE))
