"""What a file is, by its bytes: names and content types are often wrong."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from plugins.facts.attachments import limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div)\b",
    re.IGNORECASE | re.DOTALL,
)
# Endings that one application opens alike, so that a swap among them is no fault.
APPLICATIONS = {
    "word": ("doc", "docx", "docm", "wps", "rtf", "odt"),
    "sheet": ("xls", "xlsx", "xlsm", "xlsb", "et", "csv", "ods"),
    "slides": ("ppt", "pptx", "dps"),
    "pdf": ("pdf",),
    "zip": ("zip",),
    "rar": ("rar",),
    "7z": ("7z",),
    "ofd": ("ofd",),
}
MARKS = {
    b"%PDF-": "pdf",
    b"Rar!\x1a\x07": "rar",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"{\\rtf": "rtf",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
}


def format_of(body: bytes) -> str:
    """pdf, docx, xlsx, xlsb, pptx, ofd, odf, zip, xls, doc, ppt, ole, encrypted, rar … or "" (none known)."""
    head = body[: limits.HEAD].lstrip(b"\xef\xbb\xbf\x00\r\n\t ")
    for mark, name in MARKS.items():
        if head.startswith(mark):
            return name
    if b"%PDF-" in body[: limits.HEAD]:
        return "pdf"
    if body.startswith(OLE):
        return _ole(body)
    if body.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(body)
    if HTML.match(head):
        return "html"
    return ""


def _ole(body: bytes) -> str:
    """The old Office container, told by the names of its streams."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in body

    if holds("EncryptedPackage"):
        return "encrypted"
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook") or holds("Book\0"):
        return "xls"
    return "ppt" if holds("PowerPoint Document") else "ole"


def _packed(body: bytes) -> str:
    try:
        with ZipFile(BytesIO(body)) as bundle:
            names = bundle.namelist()[: limits.NAMES]
    except (BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        return _packed_by_start(body)
    for name in names:
        if name == "OFD.xml":
            return "ofd"
        if name == "xl/workbook.bin":
            return "xlsb"
        for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if name.startswith(folder):
                return kind
    return "odf" if "mimetype" in names and "content.xml" in names else "zip"


def _packed_by_start(body: bytes) -> str:
    """A packed file whose directory (at its end) is gone: by the names at its beginning."""
    start = body[: limits.START]
    for mark, kind in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx")):
        if mark in start:
            return kind
    return "zip"


def application_of(name: str) -> str:
    """The kind of application that opens a format or an ending; "" = not known."""
    return next((kind for kind, names in APPLICATIONS.items() if name in names), "")
