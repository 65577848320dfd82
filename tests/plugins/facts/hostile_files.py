"""Builds documents, sound and hostile, for the tests of attachments."""

from __future__ import annotations

import base64
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these members."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
    return out.getvalue()


def docx(*paragraphs: str, **more: bytes) -> bytes:
    """A Word file."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = (
        f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    )
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **more})


def xlsx(sheets: dict[str, list[list[str | float]]], *, macros: bool = False) -> bytes:
    """A workbook with shared strings; numbers stay numbers."""
    strings: list[str] = []
    parts: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>"}
    named, related = "", ""
    for number, (name, rows) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name.startswith("隐藏") else ""
        named += f'<sheet name="{name}" sheetId="{number}"{state} r:id="r{number}"/>'
        related += f'<Relationship Id="r{number}" Target="worksheets/sheet{number}.xml"/>'
        lines = ""
        for row in rows:
            cells = ""
            for value in row:
                if isinstance(value, str):
                    strings.append(value)
                    cells += f'<c t="s"><v>{len(strings) - 1}</v></c>'
                else:
                    cells += f"<c><v>{value!r}</v></c>"
            lines += f"<row>{cells}</row>"
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'
        )
    shared = "".join(f"<si><t>{text}</t><rPh><t>注音</t></rPh></si>" for text in strings)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>'
    )
    if macros:
        parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    return packed(parts)


def pdf(*pages: str, encrypted: bool = False) -> bytes:
    """A pdf with one line of ASCII text on each page."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 760 Td ({text}) Tj ET".encode()
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    trailer = b""
    if encrypted:
        objects.append(
            b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >>"
            % (b"41" * 32, b"42" * 32)
        )
        trailer = b" /Encrypt %d 0 R /ID [<31><31>]" % len(objects)
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
        b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, trailer, start)
    )
    return out.getvalue()


def locked(archive: bytes) -> bytes:
    """A zip whose members say that they are encrypted."""
    data = bytearray(archive)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            flags = struct.unpack_from("<H", data, place + offset)[0]
            struct.pack_into("<H", data, place + offset, flags | 1)
            place = data.find(mark, place + 4)
    return bytes(data)


def old_office(*streams: str) -> bytes:
    """The head of an old Office container with the names of these streams."""
    names = b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + names + b"\0" * 600


# A workbook of Excel 97 with two sheets, made once with xlwt: nothing else writes this format.
XLS = zlib.decompress(
    base64.b64decode(
        "eNrtWE1oE0EU/t4maZKSpElNhVYooWC1tRf1IkK7tag9iCVqRS0FTTT+0JJI0INerNaAIIIgCIqXQi9eqoL4gx705kGo"
        "2ENBEBI9ehIq9NBmffOyW1LNIQENVuZb5pu3b97svJ33Zvbnw2wkP/WkrYBf0AcXipYfDWU64uJ3TsLgdstSolP7uFga"
        "awp+HweywYNXwfdeFUMV7wIMPHa/ZQa+cBnFeQxl0qlYHTEgPiRI+dBLbs49Aw+4hNAqfjULnxReJ/xIbF8L94vmlnAv"
        "2+ZpBLPmUPcOO4+PGh3SFmImPJc+n0SzFS14p/L4ym0q2XqwK3suMf5vNrS7A5gGR24wlU5lE+N5RDmE0/hhxYAFZ62+"
        "iWl9ffUE1i+u1nsr6O8YbmAC1glSiZhDAPMu1WJQcPjwIXWe8ZTOd989e2MJHWB7KWw/dyw4zNW+5M4zBNp2keWFm6HT"
        "jWqblmUdXrWsg5LsAeZTaBI5Iikf5o176eH3j/uTcfO4aCZkKy9t+BuVh7BwVfXgziFpMVa4W3iL8DW56gaR24SjnKhc"
        "d8ZbbGHvpNhcl9ZOHme7YM7cVCZvZjn37cCL9txXs4vlmcHC5ejMvDnF9+9n70mOSfRQD92/p/DSdGqyt4bPwq2/bRM+"
        "I2z7btlPtSYso1HEiHDpTM0O2fZUwZ7EXl3RxXNCYs/W8ZGn/oE+oxnPZIr6yx6f9YgLrfBajQtVjItaFDKrqDSrGhoa"
        "GhoaGhoaVYPs13iX/VnhsV9KvfZ/nWUuRf2b5L/FQWT4uMCfpXuQ5jqLSzXlz3p4yLkWVdnH+V+ocIRHz2IMSfFjrOb8"
        "5Y8KKr+fqjuG/9wSqnX8Yi1+/uXxfwJche82"
    )
)

# Where in XLS a length stands: this much of it makes the reader panic, or ask for 300 GB at once.
LENGTH = 1587


def corrupt_xls(value: int = 142, place: int = LENGTH) -> bytes:
    """The workbook with one byte of its directory changed."""
    data = bytearray(XLS)
    data[place] = value
    return bytes(data)


def overlapping(copies: int, size: int) -> bytes:
    """A zip whose directory names one packed member many times over (a bomb without nesting)."""
    with_one = packed({"a.txt": b"0" * size})
    start = with_one.find(b"PK\x01\x02")
    end = with_one.find(b"PK\x05\x06")
    entry = with_one[start:end]
    tail = bytearray(with_one[end:])
    struct.pack_into("<HH", tail, 8, copies, copies)
    struct.pack_into("<I", tail, 12, len(entry) * copies)
    return with_one[:start] + entry * copies + bytes(tail)


def boastful(count: int) -> bytes:
    """A zip whose directory claims to have this many members, and has one."""
    body = bytearray(packed({"a.txt": "甲"}))
    struct.pack_into("<HH", body, body.find(b"PK\x05\x06") + 8, count, count)
    return bytes(body)


def nested(depth: int, inner: bytes = b"0" * 1_000_000) -> bytes:
    """Zips inside zips, each holding ten of the next."""
    name = "a.txt"
    for _ in range(depth):
        inner = packed({f"{number}-{name}": inner for number in range(10)})
        name = "inner.zip"
    return inner


def quine() -> bytes:
    """A zip that gives itself when it is opened, as far as a reader can see: one level is the same."""
    inner = packed({"quine.zip": b"PK\x03\x04"})
    return packed({"quine.zip": inner, "甲.txt": "正文"})


def laughing(inside: str) -> str:
    """An XML document whose entities unfold a billion times."""
    entities = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY e0 "哈">{entities}]><a><{inside}>&e9;</{inside}></a>'
