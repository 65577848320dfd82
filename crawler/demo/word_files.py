"""Word files with headings, paragraphs and tables, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markupsafe import escape

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EPOCH = (2020, 1, 1, 0, 0, 0)
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
Part = tuple[str, Sequence[str], Sequence[Sequence[str]]]


def word_file(parts: Iterable[Part]) -> bytes:
    """A docx of parts: heading, paragraphs, rows of a table; short rows open with a wide cell."""
    body = "".join(
        _line(heading) + "".join(map(_line, texts)) + _table(table)
        for heading, texts, table in parts
    )
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{SPACE}">'
        f"<w:body>{body}</w:body></w:document>"
    )
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        for path, text in (
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELATIONS),
            ("word/document.xml", document),
        ):
            bundle.writestr(ZipInfo(path, EPOCH), text)
    return out.getvalue()


def _line(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def _table(rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    wide = max(map(len, rows))
    lines = "".join(
        "<w:tr>"
        + "".join(
            _cell(text, wide - len(row) + 1 if turn == 0 else 1) for turn, text in enumerate(row)
        )
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{lines}</w:tbl>"


def _cell(text: str, across: int) -> str:
    span = f'<w:tcPr><w:gridSpan w:val="{across}"/></w:tcPr>' if across > 1 else ""
    return f"<w:tc>{span}{_line(text)}</w:tc>"
