"""Reads one file within bounds of time, size and text; whatever it is, there is an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from selectolax.lexbor import LexborHTMLParser

from plugins.addresses.endings import ARCHIVES, PAPERS, SHEETS, SLIDES
from plugins.deadline import Deadline, OutOfTimeError
from plugins.facts.attachments.archive import read_zip
from plugins.facts.attachments.contents import Contents, Gathering, Limits, State, StopError
from plugins.facts.attachments.formats import format_of
from plugins.facts.attachments.limits import SIGN_BYTES
from plugins.facts.attachments.office import read_docx, read_xlsx
from plugins.facts.attachments.pdf import read_pdf
from plugins.facts.attachments.workbook import read_xls
from plugins.facts.markup import charset
from plugins.facts.markup.tables import MOST_TABLES, html_rows, joined

PLAIN = ("txt", "csv")
READERS: Mapping[str, Callable[[bytes, Gathering], None]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "xlsx": read_xlsx,
    "xlsb": read_xls,
    "xls": read_xls,
}
# What a suffix promises to be, where the bytes show no known format at all.
OFFICE = (PAPERS - {"wps"}) | SHEETS | SLIDES | ARCHIVES | {"7z"}


def read(body: bytes, suffix: str, limits: Limits | None = None) -> Contents:
    """What a file says. Never raises for what the file is.

    ``suffix`` is the ending of its name; it only matters where the bytes do not tell (plain text).
    """
    bounds = limits or Limits()
    kind = format_of(body) or ("text" if suffix in PLAIN else "")
    into = Gathering(bounds)
    state, why = State.READ, ""
    try:
        with Deadline(bounds.seconds):
            _read(body, suffix, into, nested=False)
    except StopError as stop:
        state, why = stop.state, stop.why
    except OutOfTimeError:
        state, why = State.UNREAD, f"读取超过{bounds.seconds:g}秒，已停止"
    except MemoryError:
        state, why = State.UNREAD, "读取所需内存过大，已停止"
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as problem:  # noqa: BLE001 - a library's trouble with a stranger's file is a fact about it
        # Libraries written in Rust panic with exceptions that are no Exception.
        state, why = State.UNREAD, f"读取时出错（{type(problem).__name__}），未能读出"
    if state is State.PARTIAL and not into.parts:
        state = State.UNREAD
    if state is State.READ and not into.parts and into.notes:
        state, why = State.UNSUPPORTED, "压缩包中的文件都未能读出"
    if state is State.READ and not into.parts:
        state, why = State.TEXTLESS, "没有可读取的文字（可能是扫描件或图片）"
    if state is State.READ and into.notes:
        state, why = State.PARTIAL, "压缩包中有文件未能读出"
    return Contents(
        format="encrypted" if kind == "encrypted" else kind or "unknown",
        state=state,
        why=why,
        parts=tuple(into.parts),
        pages=into.pages,
        macros=into.macros,
        notes=tuple(into.notes),
    )


def _read(body: bytes, suffix: str, into: Gathering, *, nested: bool) -> None:
    kind = format_of(body)
    if not body:
        raise StopError(State.DAMAGED, "文件是空的（0字节）")
    if kind in READERS:
        READERS[kind](body, into)
    elif kind == "zip" and not nested:
        read_zip(body, into, _read_member)
    elif kind == "html":
        tree = LexborHTMLParser(charset.decode(body, {})[0])
        rows = joined(html_rows(table) for table in tree.css("table")[:MOST_TABLES])
        into.add("正文", tree.text(separator="\n"), rows)
    elif kind == "ole" and suffix in ("xls", "et"):
        # A workbook whose directory is gone: whoever opens it is told the same.
        read_xls(body, into)
    elif kind == "encrypted":
        raise StopError(State.ENCRYPTED, "文件设有打开密码")
    elif not kind and suffix in PLAIN:
        into.add("正文", charset.decode(body[: into.limits.chars * SIGN_BYTES], {})[0])
    elif not kind and suffix in OFFICE:
        raise StopError(State.DAMAGED, f"内容不是{suffix}文件，无法打开")
    else:
        raise StopError(State.UNSUPPORTED, f"{kind or suffix}格式的文件暂不读取")


def _read_member(body: bytes, suffix: str, into: Gathering) -> None:
    _read(body, suffix, into, nested=True)
