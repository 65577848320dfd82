"""A yearly report as it is read from pages and documents: parts, tables, own words, whose it is."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.demo.media import word_file
from plugins import Contents, Page, PageDigest, Part, Site, State
from plugins.facts.attachments import reading
from plugins.facts.holdings.report_filings import Filings, organ_named
from plugins.facts.kept.annual_report import read_page
from plugins.facts.papers.annual_reports import names_report, read_contents, year_named
from plugins.facts.papers.report_tables import Law, read_lines, read_tables
from plugins.facts.site.known import known
from plugins.facts.site.site import Unit
from tests.district.papers.annual_reports import Report, parts, report_body

NAV = "".join(
    f'<a href="/{n}/">{w}</a>'
    for n, w in enumerate(("首页", "法定主动公开内容", "依申请公开", "政府信息公开年报", "指南"))
)
HEADS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
PROSE = "<p>全年围绕{}主动公开各类信息，及时回应居民关切，组织开放日活动，公开内容更加贴近群众生活需要。</p>"
LABELS = (
    ("一、本年新收政府信息公开申请数量", "", ""),
    ("二、上年结转政府信息公开申请数量", "", ""),
    ("三、本年度办理结果", "（一）予以公开", ""),
    ("", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""),
    ("", "（三）不予公开", "1．属于国家秘密"),
    ("", "", "2．其他法律行政法规禁止公开"),
    ("", "", "3．危及“三安全一稳定”"),
    ("", "", "4．保护第三方合法权益"),
    ("", "", "5．属于三类内部事务信息"),
    ("", "", "6．属于四类过程性信息"),
    ("", "", "7．属于行政执法案卷"),
    ("", "", "8．属于行政查询事项"),
    ("", "（四）无法提供", "1．本机关不掌握相关政府信息"),
    ("", "", "2．没有现成信息需要另行制作"),
    ("", "", "3．补正后申请内容仍不明确"),
    ("", "（五）不予处理", "1．信访举报投诉类申请"),
    ("", "", "2．重复申请"),
    ("", "", "3．要求提供公开出版物"),
    ("", "", "4．无正当理由大量反复申请"),
    ("", "", "5．要求行政机关确认或重新出具已获取信息"),
    ("", "（六）其他处理", "1．申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("", "", "2．申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("", "", "3．其他"),
    ("", "（七）总计", ""),
    ("四、结转下年度继续办理", "", ""),
)
DOWN = {"三、本年度办理结果": 22, "（三）不予公开": 8, "（四）无法提供": 3, "（五）不予处理": 5, "（六）其他处理": 3}  # fmt: skip


def figures(**changes: list[str]) -> list[list[str]]:
    """Six asked this year, one was left from the last; all are done but two."""
    rows = [["0"] * 7 for _ in LABELS]
    rows[0] = ["5", "1", "0", "0", "0", "0", "6"]
    rows[1] = ["1", "0", "0", "0", "0", "0", "1"]
    rows[2] = ["3", "1", "0", "0", "0", "0", "4"]
    rows[12] = ["1", "0", "0", "0", "0", "0", "1"]
    rows[23] = ["4", "1", "0", "0", "0", "0", "5"]
    rows[24] = ["2", "0", "0", "0", "0", "0", "2"]
    for row, cells in changes.items():
        rows[int(row[1:])] = cells
    return rows


def requests(rows: list[list[str]], cell: str = "<td><p><span>{}</span></p></td>") -> str:
    """Part 三 as offices export it from Word: cells over several rows and columns."""
    head = (
        '<tr><td colspan="3" rowspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan="7">申请人情况</td></tr>'
        '<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>'
        "<tr><td>商业<br>企业</td><td>科研<br>机构</td><td>社会公<br>益组织</td><td>法律服<br>务机构</td><td>其他</td></tr>"
    )
    lines = []
    for labels, values in zip(LABELS, rows, strict=True):
        said = [label for label in labels if label]
        cells = []
        for turn, label in enumerate(said):
            across = ""
            if turn == len(said) - 1 and not labels[2]:
                across = ' colspan="3"' if labels[0] and len(said) == 1 else ' colspan="2"'
            down = f' rowspan="{DOWN[label]}"' if label in DOWN else ""
            cells.append(f"<td{across}{down}><p>{label}</p></td>")
        cells += [cell.format(value) for value in values]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{head}{''.join(lines)}</table>"


def disputes(*values: str) -> str:
    five = "<td>结果<br>维持</td><td>结果<br>纠正</td><td>其他<br>结果</td><td>尚未<br>审结</td><td>总计</td>"
    return (
        '<table><tr><td colspan="5">行政复议</td><td colspan="10">行政诉讼</td></tr>'
        f'<tr><td colspan="5" rowspan="0"></td><td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr><tr>{five * 3}</tr>'
        f"<tr>{''.join(f'<td>{value}</td>' for value in values)}</tr></table>"
    )


def page(body: str, title: str = "样例区财政局2025年政府信息公开工作年度报告") -> Page:
    text = (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head><body>"
        f"<div class='nav'>{NAV}</div><h1>{title}</h1><p>发布时间：2026-01-20　来源：区财政局</p>"
        f"<div class='content'>{body}</div><div class='footer'>主办：样例区人民政府</div></body></html>"
    )
    return Page(
        "http://r.test/nb/1.html",
        status=200,
        body=text.encode(),
        headers={"content-type": "text/html"},
    )


def whole(
    rows: list[list[str]] | None = None, skip: int = 0, after: str = "", cell: str = "<td>{}</td>"
) -> str:
    documents = (
        "<table><tr><td colspan='4'>第二十条第（一）项</td></tr><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td>"
        "<td>现行有效件数</td></tr><tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr>"
        "<tr><td>行政规范性文件</td><td>2</td><td>1</td><td>17</td></tr></table>"
    )
    tables = {2: documents, 3: requests(rows or figures(), cell), 4: disputes("1", *["0"] * 3, "1", *["0"] * 10)}  # fmt: skip
    return (
        "".join(
            f"<p><strong>{head}</strong></p>{PROSE.format('预算绩效' * number)}{tables.get(number, '')}"
            for number, head in enumerate(HEADS, 1)
            if number != skip
        )
        + after
    )


def test_a_whole_report_is_read_whole() -> None:
    report = read_page(page(whole(after="<p>本年度落实政务公开工作要点三十项。</p>")))
    assert report is not None
    assert report.year == 2025
    assert report.parts == (1, 2, 3, 4, 5, 6)
    assert report.read
    assert report.elsewhere == ""
    assert report.tables == (3, 4)
    assert report.imbalances == ()
    assert report.valid == 17
    assert report.keypoints


@pytest.mark.parametrize("number", range(1, 7))
def test_each_part_is_missed_although_the_menu_knows_its_words(number: int) -> None:
    report = read_page(page(whole(skip=number)))
    assert report is not None
    assert report.missing == (number,)
    assert not report.keypoints


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "<h2>一、2025年度政府信息公开工作总体情况</h2>"),
        (2, "<p>第二部分　主动公开政府信息的情况</p>"),
        (3, "<p>三、依申请公开政府信息办理情况</p>"),
        (4, "<p>四、因政府信息公开工作被申请行政复议、提起行政诉讼情况</p>"),
        (5, "<p>五、存在的问题及下一步改进措施。本年度问题是解读偏少，形式还比较单一，发布还不够及时。</p>"),
        (6, "<p>6、其它需要说明的事项</p>"),
    ],
)  # fmt: skip
def test_other_words_for_a_heading_are_understood(number: int, heading: str) -> None:
    report = read_page(page(whole(skip=number, after=heading)))
    assert report is not None
    assert report.missing == ()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (2, "<p>（一）主动公开情况</p>"),
        (5, "<p>本报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况等内容。</p>"),
    ],
)  # fmt: skip
def test_a_section_or_a_sentence_is_no_heading_of_a_part(number: int, words: str) -> None:
    report = read_page(page(whole(skip=number, after=words)))
    assert report is not None
    assert report.missing == (number,)


def test_the_printed_check_of_part_three_is_done_for_each_column() -> None:
    report = read_page(page(whole(figures(r24=["1", "0", "0", "0", "0", "0", "1"]))))
    assert report is not None
    assert [(one.law, one.place, one.figures) for one in report.imbalances] == [
        (Law.BALANCE, "自然人", (5, 1, 4, 1)),
        (Law.BALANCE, "总计", (6, 1, 5, 1)),
    ]


def test_results_must_come_to_their_total_and_rows_to_theirs() -> None:
    report = read_page(page(whole(figures(r12=["2", "0", "0", "0", "0", "0", "1"]))))
    assert report is not None
    assert {(one.law, one.place, one.figures and sum(one.figures), one.sum) for one in report.imbalances} == {
        (Law.RESULTS, "自然人", 5, 4),
        (Law.ROW, "本机关不掌握相关政府信息", 2, 1),
    }  # fmt: skip


def test_outcomes_of_part_four_must_come_to_their_total() -> None:
    body = whole().replace(
        disputes("1", *["0"] * 3, "1", *["0"] * 10), disputes("1", *["0"] * 3, "2", *["0"] * 10)
    )
    report = read_page(page(body))
    assert report is not None
    assert [(one.part, one.place, one.sum) for one in report.imbalances] == [(4, "行政复议", 2)]


def test_empty_cells_stand_for_nothing_and_are_told_where_they_matter() -> None:
    emptied = [[value if value != "0" else "" for value in row] for row in figures()]
    report = read_page(page(whole(emptied)))
    assert report is not None
    assert report.tables == (3, 4)
    assert report.imbalances == ()
    emptied[24] = ["", "", "", "", "", "", ""]
    report = read_page(page(whole(emptied)))
    assert report is not None
    # Without any figure in the row "left for the next year" the form is not the form.
    assert report.tables == (4,)


def test_a_table_with_another_number_of_columns_is_not_judged() -> None:
    rows = [[*row, "9"] for row in figures()]
    report = read_page(page(whole(rows)))
    assert report is not None
    assert report.tables == (4,)
    assert report.imbalances == ()


def test_only_totals_filled_in_say_nothing_of_who_asked() -> None:
    rows = [["", "", "", "", "", "", row[6]] for row in figures()]
    report = read_page(page(whole(rows)))
    assert report is not None
    assert [one for one in report.imbalances if one.law is Law.ROW] == []


def test_pictures_frames_and_documents_may_hold_more() -> None:
    for more, why in (
        ('<p><img src="/up/1.jpg"></p>', "图片"),
        ('<iframe src="/pdf/1.pdf"></iframe>', "内嵌页面"),
        ('<p><a href="/up/nb.pdf">报告全文</a></p>', "附件"),
        ('<p><img src="/img/icon_pdf.png"></p>', ""),
    ):
        report = read_page(page(whole(skip=3, after=more)))
        assert report is not None
        assert report.elsewhere == why


def test_a_word_file_is_read_like_a_page() -> None:
    body = word_file(parts(Report("区财政局", 2025, 3, wrong_total=True)))
    contents = reading.read(body, "docx")
    report = read_contents(contents, "区财政局2025年政府信息公开工作年度报告")
    assert report is not None
    assert report.parts == (1, 2, 3, 4, 5, 6)
    assert report.tables == (3, 4)
    assert {one.law for one in report.imbalances} == {Law.BALANCE, Law.RESULTS}
    assert report.elsewhere == ""
    on_page = read_page(page(str(report_body(Report("区财政局", 2025, 3, wrong_total=True)))))
    assert on_page is not None
    assert set(report.clauses) == set(on_page.clauses)
    assert len(report.clauses) > 12


def lines(rows: list[list[str]]) -> str:
    """Part 三 as the text of a pdf: no cells, labels broken where their column ends."""
    said = []
    for labels, values in zip(LABELS, rows, strict=True):
        label = " ".join(one for one in labels if one)
        said.append(f"{label[:9]}\n{label[9:]} {' '.join(values)}")
    return "\n".join(said)


def test_text_of_a_pdf_is_read_where_it_can_be_told() -> None:
    tables = read_lines(lines(figures()))
    assert tables.read == (3,)
    assert tables.imbalances == ()
    wrong = read_lines(lines(figures(r24=["1", "0", "0", "0", "0", "0", "1"])))
    assert [(one.law, one.place) for one in wrong.imbalances] == [
        (Law.BALANCE, "自然人"),
        (Law.BALANCE, "总计"),
    ]


def test_text_of_a_pdf_with_a_figure_lost_is_not_judged() -> None:
    rows = figures(r0=["5", "1", "0", "0", "0", "6"])
    assert read_lines(lines(rows)).read == ()
    assert read_lines(lines(figures(r0=["5", "1", "0", "0", "0", "0", "6", "3"]))).read == ()


def test_a_pdf_is_a_report_by_its_first_lines() -> None:
    text = "样例区财政局\n2025年政府信息公开工作年度报告\n" + "\n".join(
        f"{head}\n全年各项工作有序开展。" for head in HEADS
    )
    contents = Contents("pdf", State.READ, parts=(Part("第1页", text),))
    report = read_contents(contents, "点击下载")
    assert report is not None
    assert (report.year, report.parts) == (2025, (1, 2, 3, 4, 5, 6))
    assert read_contents(Contents("pdf", State.READ, parts=(Part("1", "预算表"),)), "预算") is None


def test_own_words_are_compared_without_fixed_ones_names_and_figures() -> None:
    mine = read_page(page(whole(after="<p>我局全年发布动态信息320条，办理网民留言15件。</p>")))
    other = read_page(
        page(
            whole(skip=2, after="<p>我街道全年发布动态信息41条，办理网民留言9件。</p>"),
            "东湖街道2025年政府信息公开工作年度报告",
        )
    )
    empty = read_page(page("".join(f"<p>{head}</p>" for head in HEADS) + requests(figures())))
    assert mine is not None
    assert other is not None
    assert empty is not None
    assert len(set(mine.clauses) & set(other.clauses)) >= 3
    assert empty.clauses == ()


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("样例区人民政府2025年政府信息公开工作年度报告", True),
        ("区教育局关于2025年度政府信息公开工作情况的报告", True),
        ("二〇二五年政府信息公开年报", True),
        ("2025年度政务公开工作报告", True),
        ("关于编制2025年政府信息公开工作年度报告的通知", False),
        ("一图读懂2025年政府信息公开年报", False),
        ("2025年法治政府建设年度报告", False),
        ("2025年政府网站工作年度报表", False),
        ("区政府召开政务公开工作报告会", False),
    ],
)
def test_titles(title: str, told: bool) -> None:
    assert names_report(title) is told


def test_a_page_of_another_title_costs_nothing_and_is_none() -> None:
    assert read_page(page(whole(), "样例区财政局2025年工作总结")) is None


def test_years_and_bodies_in_titles() -> None:
    assert year_named("二〇二四年度报告（2025年编）") == 2024
    assert year_named("年度报告") is None
    assert organ_named("2025年样例区水务局政府信息公开工作年度报告") == "样例区水务局"
    assert organ_named("2025年政府信息公开工作年度报告") == ""
    assert organ_named("样例区水务局关于2025年度政府信息公开工作的报告") == "样例区水务局"


@pytest.mark.parametrize(
    ("title", "owner", "government"),
    [
        ("样例区人民政府2025年政府信息公开工作年度报告", "区政府办", True),
        ("样例区2025年政府信息公开工作年度报告", "区政府办", True),
        ("2025年政府信息公开工作年度报告", "区政府办", True),
        ("样例区人民政府办公室2025年政府信息公开工作年度报告", "区政府办", False),
        ("样例区财政局2025年政府信息公开工作年度报告", "区财政局", False),
        ("石桥镇人民政府2025年政府信息公开工作年度报告", "", False),
        ("邻市人民政府2025年政府信息公开工作年度报告", "", False),
        ("样例区水务局2025年政府信息公开工作年度报告", "", False),
    ],
)
def test_whose_report_it_is(title: str, owner: str, government: bool) -> None:
    digest = PageDigest(
        "http://r.test/1.html", "http://r.test/1.html", 200, "article", title, date(2026, 1, 20),
        unit="区政府办",
    )  # fmt: skip
    site = Site(
        "r.test",
        date(2026, 6, 30),
        name="样例区人民政府",
        unit="区政府办",
        units=(Unit("区政府办", aliases=("样例区人民政府",)), Unit("区财政局")),
        pages={digest.key: digest},
    )
    (filing,) = known(Filings, site).all
    assert (filing.owner, filing.government, filing.year) == (owner, government, 2025)


def test_rows_that_only_head_a_column_do_no_harm() -> None:
    rows = (("其他", "总计"), ("", "3.其他", *["0"] * 7), ("（七）总计", *["1"] * 7))
    assert read_tables(rows).read == ()


def test_the_form_itself_is_no_report() -> None:
    text = "样例单位2025年政府信息公开工作年度报告\n" + "\n".join(HEADS)
    contents = Contents("docx", State.READ, parts=(Part("正文", text),))
    assert read_contents(contents, "年度报告格式模板") is None
    assert read_contents(contents, "点击下载") is not None


def pdf(lines: list[list[tuple[int, str]]]) -> bytes:
    """A pdf of one tall page: on each line texts at their places, in a Chinese font that is not embedded."""
    height = 40 + 22 * len(lines)
    shown = "".join(
        f"1 0 0 1 {x} {height - 30 - 22 * number} Tm <{text.encode('utf-16-be').hex()}> Tj\n"
        for number, line in enumerate(lines)
        for x, text in line
    )
    stream = f"BT /F1 10 Tf\n{shown}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 %d] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
        % height,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 7 0 R >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(out))
    )


def printed(rows: list[list[str]]) -> list[list[tuple[int, str]]]:
    """A report as it is printed: headings, text, and the cells of part 三 in columns."""
    said: list[list[tuple[int, str]]] = [[(200, "样例区财政局2025年政府信息公开工作年度报告")]]
    for number, head in enumerate(HEADS, 1):
        said.append([(50, head)])
        said.append([(50, "全年围绕预算绩效主动公开各类信息，及时回应居民关切，公开内容更加")])
        said.append([(50, "贴近群众生活需要，全年没有发生泄密。")])
        if number == 3:
            for labels, values in zip(LABELS, rows, strict=True):
                label = [one for one in labels if one][-1]
                cells = [(560 + 40 * turn, value) for turn, value in enumerate(values)]
                said.append([(50, label), *cells])
    return said


def test_a_printed_report_is_read_through_the_pdf_library() -> None:
    contents = reading.read(pdf(printed(figures())), "pdf")
    report = read_contents(contents, "年报全文")
    assert report is not None
    assert (report.year, report.parts) == (2025, (1, 2, 3, 4, 5, 6))
    assert report.tables == (3,)
    assert report.imbalances == ()
    wrong = reading.read(pdf(printed(figures(r0=["6", "1", "0", "0", "0", "0", "7"]))), "pdf")
    report = read_contents(wrong, "年报全文")
    assert report is not None
    assert [(one.law, one.place, one.figures) for one in report.imbalances] == [
        (Law.BALANCE, "自然人", (6, 1, 4, 2)),
        (Law.BALANCE, "总计", (7, 1, 5, 2)),
    ]
