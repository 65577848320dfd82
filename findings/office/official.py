"""Official-document layout (GB/T 9704-2012) for Word: page, fonts with fallbacks, headings, page numbers, tables.

Margins 37/28/35/26 mm leave the text area of 156 × 225 mm; the body is 三号仿宋 with 29 pt lines (22 lines
a page), the title 二号小标宋, headings 黑体 and 楷体, page numbers 四号宋体 between dashes, on the outer side.
The fonts are not shipped (they are licensed): Word falls back by the font table's ``altName``.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph

from findings.records.pictures import Picture

TITLE = "公文标题"
BODY = "公文正文"
FIRST = "一级标题"
SECOND = "二级标题"
PLAIN = "公文顶格"
RIGHT = "公文落款"
ANNEX = "附件标题"
NOTE = "公文说明"
CELL = "表格文字"
HEAD = "表头文字"

SONG, HEI, KAI, FANG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
# Word looks for these where a font is missing; LibreOffice reads the list as well.
FALLBACKS = {
    SONG: "小标宋;宋体;SimSun;Noto Serif CJK SC",
    HEI: "SimHei;Noto Sans CJK SC",
    KAI: "楷体;KaiTi;Noto Serif CJK SC",
    FANG: "仿宋;FangSong;Noto Serif CJK SC",
    "宋体": "SimSun;Noto Serif CJK SC",
}
LATIN = "Times New Roman"
BODY_SIZE = Pt(16)
LINE = Pt(29)
_INDENT = Pt(32)  # two signs of the body
_CELL_MARGINS = Mm(4)
_PIXEL = 9525  # EMU of a pixel at 96 dpi
TALLEST = Mm(75)  # of a picture in a row that must not break


def new_document(*, landscape: bool = False) -> WordDocument:
    """An empty document with the styles above; ``landscape`` for wide tables."""
    document = Document()
    _page(document.sections[0], landscape=landscape)
    _styles(document)
    _fonts(document)
    document.settings.odd_and_even_pages_header_footer = True
    _numbers(document.sections[0])
    return document


def landscape_section(document: WordDocument) -> None:
    """What follows stands on pages turned by 90°."""
    _page(document.add_section(WD_SECTION.NEW_PAGE), landscape=True)


def paragraph(document: WordDocument, text: str, style: str = BODY) -> Paragraph:
    """One paragraph in one of the styles."""
    return document.add_paragraph(text, style=style)


def table(
    document: WordDocument,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    centred: Sequence[int] = (),
) -> Any:
    """A table whose heading repeats on every page and whose rows do not break across pages.

    ``widths`` are shares of the text width; ``centred`` the columns that hold figures.
    """
    made = document.add_table(rows=1, cols=len(head))
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    section = document.sections[-1]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    each = [Emu(int(room * share / sum(widths))) for share in widths]
    for cell, words, width in zip(made.rows[0].cells, head, each, strict=True):
        cell.width = width
        fill(cell, words, HEAD)
    repeat(made.rows[0])
    for row in rows:
        line = made.add_row()
        whole(line)
        for number, (cell, words, width) in enumerate(zip(line.cells, row, each, strict=True)):
            cell.width = width
            fill(cell, words, CELL)
            if number in centred:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for column, width in zip(made.columns, each, strict=True):
        column.width = width
    return made


def fill(cell: Any, text: str, style: str = CELL) -> None:
    """Text into a table's cell."""
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(text)


def illustrate(cell: Any, picture: Picture) -> None:
    """A picture below the words of a cell, made to fit it, with its caption."""
    width, height = picture.within(1280, 960)
    room = int(cell.width) - _CELL_MARGINS
    share = min(room / width, TALLEST / height, _PIXEL)
    below = cell.add_paragraph(style=CELL)
    shape = below.add_run().add_picture(
        io.BytesIO(picture.image), Emu(int(width * share)), Emu(int(height * share))
    )
    shape._inline.docPr.set("descr", picture.caption)  # noqa: SLF001 - python-docx has no word for it
    cell.add_paragraph(picture.caption, style=CELL)


def repeat(row: Any) -> None:
    """This row stands at the top of every page that the table runs over."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no word for it
    whole(row)


def whole(row: Any) -> None:
    """This row is not broken across pages."""
    mark = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001


def link(target: Paragraph, words: str, url: str) -> None:
    """Words that lead to an address; whoever calls has made sure that it may become a link."""
    rel = target.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    hyperlink = OxmlElement("w:hyperlink")
    hyperlink.set(qn("r:id"), rel)
    run = OxmlElement("w:r")
    look = OxmlElement("w:rPr")
    color = OxmlElement("w:color")
    color.set(qn("w:val"), "0563C1")
    line = OxmlElement("w:u")
    line.set(qn("w:val"), "single")
    look.append(color)
    look.append(line)
    run.append(look)
    text = OxmlElement("w:t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    hyperlink.append(run)
    target._p.append(hyperlink)  # noqa: SLF001


def _page(section: Any, *, landscape: bool) -> None:
    long, short = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    # Turned by 90°, the head of the page lies on the left (GB/T 9704-2012, 7.6: A4 横排表格).
    margins = (Mm(28), Mm(35), Mm(26), Mm(37)) if landscape else (Mm(37), Mm(26), Mm(35), Mm(28))
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = margins
    section.footer_distance = Mm(18) if landscape else Mm(25)
    section.header_distance = Mm(15)


def _styles(document: WordDocument) -> None:
    normal: Any = document.styles["Normal"]
    _font(normal, FANG, BODY_SIZE)
    normal.paragraph_format.space_after = Pt(0)
    centre, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    both = WD_ALIGN_PARAGRAPH.JUSTIFY
    _style(document, TITLE, SONG, Pt(22), line=Pt(36), align=centre)
    _style(document, BODY, FANG, BODY_SIZE, indent=_INDENT, align=both)
    _style(document, PLAIN, FANG, BODY_SIZE, align=both)
    _style(document, FIRST, HEI, BODY_SIZE, indent=_INDENT, level=1)
    _style(document, SECOND, KAI, BODY_SIZE, indent=_INDENT, level=2)
    _style(document, RIGHT, FANG, BODY_SIZE, align=right)
    _style(document, ANNEX, SONG, Pt(18), line=Pt(30), align=centre)
    _style(document, NOTE, FANG, Pt(12), line=Pt(18), align=both)
    _style(document, CELL, FANG, Pt(10.5), line=Pt(14))
    _style(document, HEAD, HEI, Pt(10.5), line=Pt(14), align=centre)


def _style(
    document: WordDocument,
    name: str,
    font: str,
    size: Pt,
    *,
    line: Pt = LINE,
    indent: Pt | None = None,
    align: Any = None,
    level: int = 0,
) -> None:
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _font(style, font, size)
    form = style.paragraph_format
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY if line >= LINE else WD_LINE_SPACING.AT_LEAST
    form.line_spacing = line
    form.space_before = form.space_after = Pt(0)
    if indent is not None:
        form.first_line_indent = indent
    if align is not None:
        form.alignment = align
    if level:
        form.keep_with_next = True
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level - 1))
        style.element.get_or_add_pPr().append(outline)


def _font(style: Any, east: str, size: Pt) -> None:
    style.font.name = LATIN
    style.font.size = size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), east)
    fonts.set(qn("w:cs"), LATIN)


def _fonts(document: WordDocument) -> None:
    """Name the fallbacks of each font in the font table, which python-docx leaves alone."""
    for rel in document.part.rels.values():
        if rel.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            part: Any = rel.target_part
            told = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{alt}"/></w:font>'
                for name, alt in FALLBACKS.items()
            )
            part._blob = part.blob.replace(  # noqa: SLF001
                b"</w:fonts>", told.encode() + b"</w:fonts>"
            )


def _numbers(section: Any) -> None:
    """Page number between dashes on the outer side: right on odd pages, left on even ones (GB/T 9704-2012, 7.5)."""
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        line = footer.paragraphs[0]
        line.alignment = side
        _run(line, "— ")
        run = line.add_run()
        _small(run)
        for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.text = words
            run._r.append(mark)  # noqa: SLF001
        _run(line, " —")


def _run(line: Paragraph, words: str) -> None:
    _small(line.add_run(words))


def _small(run: Any) -> None:
    run.font.size = Pt(14)
    run.font.name = "宋体"
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")  # noqa: SLF001
