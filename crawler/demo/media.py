"""Small images and documents, drawn from nothing but their names, so that they never change."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markupsafe import escape

# Muted colours of public buildings, lakes and trees.
PALETTE = (
    (46, 92, 138),
    (61, 122, 106),
    (140, 92, 61),
    (88, 96, 120),
    (52, 110, 146),
    (110, 120, 84),
)
EPOCH = (2020, 1, 1, 0, 0, 0)


def picture(name: str, width: int = 160, height: int = 100) -> bytes:
    """A PNG: hills of one colour under a sky that fades; the name decides which."""
    seed = blake2b(name.encode(), digest_size=4).digest()
    red, green, blue = PALETTE[seed[0] % len(PALETTE)]
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            swell = (x * (3 + seed[1] % 5)) % width
            hill = height * 0.55 + abs(swell - width / 2) / width * height * 0.5
            shade = 1.0 if y > hill else 1.55 - 0.35 * y / height
            rows += bytes(min(255, int(part * shade)) for part in (red, green, blue))
    return _png(width, height, bytes(rows))


def _png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def pdf(name: str) -> bytes:
    """A one-page PDF; the text is the ASCII part of the name."""
    text = "".join(letter for letter in name if letter.isascii() and letter not in "()\\")
    stream = f"BT /F1 18 Tf 72 760 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(
        b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    )
    return out.getvalue()


def sheet(name: str) -> bytes:
    """An xlsx with one cell that holds the name."""
    parts = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{name}</t></is></c></row></sheetData></worksheet>',
    }
    return packed(parts)


def letter(name: str) -> bytes:
    """A docx with one paragraph that holds the name."""
    return packed(
        {
            "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
            f"<w:t>{name}</w:t></w:r></w:p></w:body></w:document>",
        }
    )


def packed(parts: dict[str, str]) -> bytes:
    """A zip of texts by path, the same bytes every time."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        for path, text in parts.items():
            bundle.writestr(ZipInfo(path, EPOCH), text)
    return out.getvalue()


MAKERS = {
    "pdf": (pdf, "application/pdf"),
    "xlsx": (sheet, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": (letter, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "png": (picture, "image/png"),
}


@cache
def medium(path: str) -> tuple[bytes, str]:
    """Body and content type for a file name, by its ending (pdf, xlsx, docx, png)."""
    make, kind = MAKERS[path.rpartition(".")[2].lower()]
    return make(path.rpartition("/")[2]), kind


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
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
    return packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS,
            "word/document.xml": document,
        }
    )


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


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """An xlsx of one sheet: a title over all columns, merged, and the rows below it."""
    wide = chr(ord("A") + max(map(len, rows)) - 1)
    cells = "".join(
        f'<row r="{y}">'
        + "".join(
            f'<c r="{chr(ord("A") + x)}{y}" t="inlineStr"><is><t>{text}</t></is></c>'
            for x, text in enumerate(line)
        )
        + "</row>"
        for y, line in enumerate(rows, 1)
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
