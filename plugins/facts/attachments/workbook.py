"""Text of the old binary workbooks (xls, et, xlsb), through calamine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BytesIO

from plugins.facts.attachments.contents import Gathering, State, StopError
from plugins.facts.attachments.office import number_text
from plugins.facts.markup.tables import Grid, cell_text


def read_xls(body: bytes, into: Gathering) -> None:
    """Gather the text of a workbook: a part for each sheet, cells behind tabs."""
    # Needed only where such a workbook was fetched.
    from python_calamine import CalamineError, PasswordError

    into.macros = "_VBA_PROJECT".encode("utf-16-le") in body
    try:
        with _hushed():
            _read(body, into)
    except PasswordError:
        raise StopError(State.ENCRYPTED, "工作簿设有打开密码") from None
    except (CalamineError, ValueError, OSError):
        raise StopError(State.DAMAGED, "不是完整的工作簿，无法打开") from None


def _read(body: bytes, into: Gathering) -> None:
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(BytesIO(body))
    into.pages = len(workbook.sheet_names)
    for name in workbook.sheet_names:
        lines: list[str] = []
        grid = Grid()
        try:
            sheet = workbook.get_sheet_by_name(name)
            for number, row in enumerate(sheet.iter_rows()):
                shown = [_shown(cell, into) for cell in row]
                lines.append("\t".join(shown))
                for column, text in enumerate(shown):
                    if text:
                        grid.put(number, column, cell_text(text))
            # Ranges count from the sheet's corner; rows lack the empty columns on the left.
            left = (sheet.start or (0, 0))[1]
            for (row_a, column_a), (row_b, column_b) in sheet.merged_cell_ranges or ():
                grid.spread(row_a, column_a - left, row_b, column_b - left)
        finally:
            into.add(name, "\n".join(lines), grid.rows())


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep what a panic of the library writes from the office's console: it is raised as well."""
    with ExitStack() as undo:
        with suppress(OSError, ValueError):
            error = 2
            kept = os.dup(error)
            undo.callback(os.close, kept)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            undo.callback(os.close, nowhere)
            os.dup2(nowhere, error)
            undo.callback(os.dup2, kept, error)
        yield


def _shown(cell: object, into: Gathering) -> str:
    if cell in ("", None):
        return ""
    into.cell()
    return number_text(repr(cell)) if isinstance(cell, float) else str(cell)
