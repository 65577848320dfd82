"""Text of pdf files, page by page, through PDFium."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from plugins.facts.attachments.contents import Gathering, State, StopError

PASSWORD = "password"  # noqa: S105 - a word of PDFium's messages


def read_pdf(body: bytes, into: Gathering) -> None:
    """Gather the text of the first pages.

    PDFium, because it knows the Chinese character maps and is fuzzed for Chromium. What it may do
    all the same (crash, never return) costs a worker process and is recorded there.
    """
    # Dear, and needed only where a pdf was fetched.
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as problem:
        if PASSWORD in str(problem).lower():
            raise StopError(State.ENCRYPTED, "文件设有打开密码") from None
        raise StopError(State.DAMAGED, "不是完整的pdf文件，无法打开") from None
    try:
        into.pages = len(document)
        for number in range(min(into.pages, into.limits.pages)):
            # A page that is broken has no text.
            with suppress(pypdfium2.PdfiumError):
                into.add(f"第{number + 1}页", _page(document, number))
        if into.pages == 0:
            raise StopError(State.DAMAGED, "pdf文件没有一页")
        if into.pages > into.limits.pages:
            why = f"共{into.pages}页，只读了前{into.limits.pages}页"
            raise StopError(State.PARTIAL, why)
    finally:
        document.close()


def _page(document: Any, number: int) -> str:
    """One page's text."""
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            return str(text.get_text_bounded())
        finally:
            text.close()
    finally:
        page.close()
