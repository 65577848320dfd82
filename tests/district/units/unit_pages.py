"""What every unit must show of itself: functions, catalogue, columns that are not doubled; and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from crawler.demo.answers import Answer
from crawler.demo.ground import Ground, Item
from crawler.demo.media import WORD, packed, word_file
from crawler.demo.publishing import anchor, attachment, paragraphs, publish_page
from crawler.demo.rows import RowColumn
from tests.district.portal.portal import HOST
from tests.district.portal.sites import bare_page
from tests.district.units.offices import Office

CATALOGUE = "政务公开标准目录"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = ("序号", "公开事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开方式", "公开渠道和载体", "公开对象")  # fmt: skip
# Unit by its 机构职能 page (of 柳荫, which may have none, 领导信息): where the catalogue stands, and its first-level items.
PLACES = {
    "区财政局": ("/col/col2010/index.html", "/bm/czj/bzml.html", ("预决算公开", "政府采购", "专项资金")),
    "区教育局": ("/bm/jyj/jgzn/", "/bm/jyj/bzml/", ("招生信息", "学生资助")),
    "区民政局": ("/col/col3010/index.html", "/bm/mzj/bzml.html", ("社会救助",)),
    "区卫生健康局": ("/bm/wjj/jgzn.htm", "/bm/wjj/bzml.htm", ("健康科普", "疫情通报")),
    "湖滨街道办事处": ("/content/column/6791500", "/jd/hubin/bzml.html", ("居务公开",)),
    "柳荫街道办事处": ("/liuyin/column/6791601", "/jd/liuyin/bzml.html", ("居务公开",)),
}  # fmt: skip
BASIC = "主动公开基本目录"
WILLOW = "柳荫街道办事处"
Cells = Sequence[Sequence[str]]


def plant_unit_pages(ground: Ground) -> None:
    """Lead from each unit's 机构职能 to its catalogue; before the units' sections are built."""
    build_justice(ground)
    for unit, (functions, path, _) in PLACES.items():
        if unit == WILLOW and ground.planted("dsc104-willow"):
            continue
        words = BASIC if unit == "区卫生健康局" else CATALOGUE
        ground.additions[HOST, functions] = Markup("<p>另见：{}</p>").format(anchor(path, words))


def build_justice(ground: Ground) -> None:
    """区司法局 stands in the register and has nothing here; where that is mended, it has a site of its own."""
    if ground.planted("dsc101-justice"):
        return
    url = "http://sfj.gongkai-demo.gov.cn/"
    ground.text(url, bare_page(None, "区司法局", "区司法局网站，本页为演示用虚构网页。"))
    ground.additions[HOST, "/lxwm/"] = Markup("<p>{}</p>").format(anchor(url, "区司法局"))


def doubled(ground: Ground, unit: Office, intake: RowColumn) -> None:
    """A menu with two names for one column."""
    if ground.planted("col301-education"):
        unit.frame = replace(unit.frame, menu=(*unit.frame.menu, Item("招生工作", intake.path)))


def renamed(ground: Ground, column: RowColumn) -> RowColumn:
    """A column that was copied from another one, whose name its page still bears."""
    return replace(column, name="社会组织") if ground.planted("col302-civil-affairs") else column


def build_catalogues(ground: Ground, units: Sequence[Office]) -> None:
    """The catalogues: three as tables of web pages, one as a workbook, one as a Word file."""
    for unit in units:
        if unit.name == WILLOW and ground.planted("dsc104-willow"):
            continue
        _, path, items = PLACES[unit.name]
        if unit.name == "区教育局" and ground.planted("dsc106-education"):
            items = (*items, "校外培训机构治理")
        rows = [_row(number, item, unit.name) for number, item in enumerate(items, 1)]
        name = BASIC if unit.name == "区卫生健康局" else CATALOGUE
        body = _body(ground, unit, rows)
        publish_page(ground, unit.inner(), RowColumn(name, path), body)


def _row(number: int, item: str, unit: str) -> tuple[str, ...]:
    return (
        str(number), item, f"{item}的政策、办理结果", "《政府信息公开条例》", "形成或变更之日起20个工作日内", unit,
        "主动公开", "政府网站", "全社会",
    )  # fmt: skip


def _body(ground: Ground, unit: Office, rows: Cells) -> Markup:
    lead = paragraphs(f"{unit.name}依据国务院部门的标准指引编制本目录，并按年度调整。")
    if unit.name == "区民政局":
        left_out = (4, 8) if ground.planted("dsc105-civil-affairs") else ()
        kept = [place for place in range(len(HEAD)) if place not in left_out]
        table = [[row[place] for place in kept] for row in (HEAD, *rows)]
        url = "/bm/mzj/files/bzml.xlsx"
        ground.put(f"http://{HOST}{url}", Answer(workbook(table), content_type=XLSX))
        return lead + attachment(url, "区民政局政务公开标准目录.xlsx")
    if unit.name == "区卫生健康局":
        url = "/bm/wjj/files/jbml.docx"
        made = word_file([(f"{unit.name}{BASIC}", (), [HEAD, *rows])])
        ground.put(f"http://{HOST}{url}", Answer(made, content_type=WORD))
        return lead + attachment(url, f"{unit.name}{BASIC}.docx")
    return lead + _table(rows, wide=unit.name == "区教育局")


def _table(rows: Cells, *, wide: bool) -> Markup:
    """An HTML table; ``wide`` = a head of two rows, in which the item has two levels."""
    lines = [[*row[:2], f"{row[1]}清单", *row[2:]] if wide else row for row in rows]
    if wide:
        cells = [
            Markup('<th scope="col" colspan="2">{}</th>').format(name)
            if name == "公开事项"
            else Markup('<th scope="col" rowspan="2">{}</th>').format(name)
            for name in HEAD
        ]
        second = Markup('<tr><th scope="col">一级事项</th><th scope="col">二级事项</th></tr>')
    else:
        cells = [Markup('<th scope="col">{}</th>').format(name) for name in HEAD]
        second = Markup("")
    head = Markup("<tr>{}</tr>").format(Markup("").join(cells)) + second
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup("<td>{}</td>").format(cell) for cell in line)
        )
        for line in lines
    )
    return Markup('<table class="doc"><thead>{}</thead><tbody>{}</tbody></table>').format(
        head, body
    )


def workbook(rows: Cells) -> bytes:
    """An xlsx of one sheet: a title over all columns, merged, and the rows below it."""
    wide = chr(ord("A") + len(rows[0]) - 1)
    lines = [[f"{CATALOGUE}（一）"], *rows]
    cells = "".join(
        f'<row r="{y}">'
        + "".join(
            f'<c r="{chr(ord("A") + x)}{y}" t="inlineStr"><is><t>{text}</t></is></c>'
            for x, text in enumerate(line)
        )
        + "</row>"
        for y, line in enumerate(lines, 1)
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return packed(
        {
            "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{types}">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{relations}">'
            f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/_rels/workbook.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="{relations}">'
            f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{main}" xmlns:r="{office}">'
            '<sheets><sheet name="标准目录" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
            f'<mergeCells count="1"><mergeCell ref="A1:{wide}1"/></mergeCells></worksheet>',
        }
    )
