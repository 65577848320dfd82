"""Text of the old binary workbooks (xls, et, xlsb), through calamine."""

from __future__ import annotations

from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from plugins.facts.attachments.contents import Gathering, State, StopError
from plugins.facts.attachments.office import number_text


def read_xls(body: bytes, into: Gathering) -> None:
    """Gather the text of a workbook: a part for each sheet, cells behind tabs."""
    into.macros = "_VBA_PROJECT".encode("utf-16-le") in body
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(body))
        into.pages = len(workbook.sheet_names)
        for name in workbook.sheet_names:
            rows: list[str] = []
            try:
                sheet = workbook.get_sheet_by_name(name)
                rows.extend(
                    "\t".join(_shown(cell, into) for cell in row) for row in sheet.iter_rows()
                )
            finally:
                into.add(name, "\n".join(rows))
    except PasswordError:
        raise StopError(State.ENCRYPTED, "工作簿设有打开密码") from None
    except (CalamineError, ValueError, OSError):
        raise StopError(State.DAMAGED, "不是完整的工作簿，无法打开") from None


def _shown(cell: object, into: Gathering) -> str:
    if cell in ("", None):
        return ""
    into.cell()
    return number_text(repr(cell)) if isinstance(cell, float) else str(cell)
