"""Lists of the 大汉 platform: rows in a data script, further ones from dataproxy.jsp."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from markupsafe import Markup

from crawler.demo.answers import Answer, Question
from crawler.demo.ground import Frame, Ground
from crawler.demo.rows import Row, RowColumn

PROXY = "/module/web/jpage/dataproxy.jsp"


def record(row: Row) -> str:
    """A row as a record of the data script."""
    day = row.day.isoformat() if row.day else ""
    item = Markup('<li><a href="{}" title="{}" target="_blank">{}</a><span>{}</span></li>')
    return f"<record><![CDATA[{item.format(row.url, row.title, row.title, day)}]]></record>"


def data_script(
    ground: Ground, frame: Frame, column: RowColumn, rows: Sequence[Row], per_page: int
) -> Markup:
    """The data script of a list page; rows past the first three pages come from dataproxy.jsp."""
    number = "".join(letter for letter in column.path if letter.isdigit())
    unit, web = f"77{number}", "2601"
    group = per_page * 3
    proxy = f"{PROXY}?page=1&webid={web}&path=http://{frame.host}/&columnid={number}&unitid={unit}&webname=mhq&permissiontype=0"
    following = (
        f'<nextgroup><![CDATA[<a href="{proxy}"></a>]]></nextgroup>' if len(rows) > group else ""
    )
    records = "".join(record(row) for row in rows[:group])
    pages = -(-len(rows) // per_page)

    def answer(question: Question) -> Answer:
        asked = {
            name: values[0] for name, values in parse_qs(urlsplit(question.target).query).items()
        }
        first, last = 1, len(rows)
        if asked.get("startrecord", "").isdigit():
            first = int(asked["startrecord"])
            last = int(asked.get("endrecord", "")) if asked.get("endrecord", "").isdigit() else last
        elif asked.get("page", "").isdigit():
            # Pages of the proxy are groups of three pages, as on the real platform.
            first = group * int(asked["page"]) + 1
            last = first + group - 1
        body = "".join(record(row) for row in rows[max(first, 1) - 1 : last])
        text = (
            f"<datastore><totalrecord>{len(rows)}</totalrecord><totalpage>{pages}</totalpage>"
            f"<recordset>{body}</recordset></datastore>"
        )
        return Answer(text.encode(), content_type="text/xml; charset=utf-8")

    ground.interface(frame.host, PROXY, ("columnid", number), answer)
    return Markup(
        '<div id="{unit}" class="jpage"><ul class="wb-list"></ul><script type="text/xml"><datastore>{next}<totalrecord>{total}</totalrecord>'
        "<recordset>{records}</recordset></datastore></script></div>"
        '<script src="/js/jpage.js"></script>'
        "<script>jpage({{unitid:'{unit}',columnid:{column},webid:{web},totalRecord:{total},perPage:{per},"
        "proxyUrl:'{proxy}'}});</script>"
    ).format(
        unit=unit,
        next=Markup(following),  # noqa: S704 - our own words
        records=Markup(records),  # noqa: S704 - escaped row by row
        column=number,
        web=web,
        total=len(rows),
        per=per_page,
        proxy=PROXY,
    )
