"""Writes the bulletin: Word by a template that the office can edit, one HTML page, and a workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate, Listing
from jinja2 import Environment, PackageLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from findings.bulletin.bulletin import Bulletin
from findings.office.wording import chinese, spelt
from findings.office.workbook import Field, WorkbookSheet, workbook
from findings.reports.annex import ANNEX_HEAD
from plugins.errors import ConfigurationError, Problem
from plugins.reasons import system_reason


def bulletin_docx(bulletin: Bulletin, template: Path | None = None) -> bytes:
    """The bulletin as a Word document.

    Args:
        bulletin: what it says.
        template: the office's own template; None = the one that is shipped.

    Raises:
        ConfigurationError: the template cannot be read, or something in its braces is wrong.
    """
    raw = _template(template)
    name = str(template) if template else "bulletin.docx"
    # A template comes from the office, its values from audited pages: neither may run anything.
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.filters.update(chinese=chinese, day=spelt, lines=Listing)
    try:
        document: Any = DocxTemplate(io.BytesIO(raw))
        document.render(_context(bulletin), environment, autoescape=True)
    except TemplateError as error:
        raise ConfigurationError(
            [Problem(name, f"模板中的标记有误：{error.message}。", field="--template")]
        ) from error
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ConfigurationError(
            [Problem(name, "不是可用的Word文档（.docx）。", field="--template")]
        ) from error
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def shipped_template() -> bytes:
    """The Word template that is shipped, for the office to edit."""
    return files("findings.templates").joinpath("bulletin.docx").read_bytes()


def bulletin_html(bulletin: Bulletin) -> str:
    """The bulletin as one page that needs nothing else and runs no script."""
    environment = Environment(
        loader=PackageLoader("findings", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(chinese=chinese, day=spelt)
    style = files("findings.templates").joinpath("bulletin.css").read_text(encoding="utf-8")
    return environment.get_template("bulletin.html.j2").render(
        **_context(bulletin),
        annex_head=ANNEX_HEAD,
        style=Markup(style),  # noqa: S704 - a file of this package
    )


def bulletin_xlsx(bulletin: Bulletin) -> bytes:
    """The ranking tables and the units' deductions as a workbook."""
    sheets = [
        WorkbookSheet(
            name=table.kind,
            title=f"{table.title}　{bulletin.label}",
            fields=(
                Field(table.head[0], 8, centred=True),
                Field(table.head[1], 28),
                *(Field(name, 18, centred=True) for name in table.head[2:]),
            ),
            rows=[(row[0], row[1], *map(_number, row[2:])) for row in table.rows],
        )
        for table in bulletin.tables
    ]
    names = (bulletin.whose, *ANNEX_HEAD)
    widths = (22, 28, 8, 10, 70, 12)
    sheets.append(
        WorkbookSheet(
            name=f"各{bulletin.whose}失分明细",
            title=f"各{bulletin.whose}失分明细表　{bulletin.label}",
            notes=bulletin.notes,
            fields=tuple(
                Field(name, width, centred=name in {"分值", "扣分", "整改情况"})
                for name, width in zip(names, widths, strict=True)
            ),
            rows=[
                (unit.name, row.indicator, _number(row.full), _number(row.lost), row.why, row.state)
                for unit in bulletin.annex
                for row in unit.rows
            ],
        )
    )
    return workbook(sheets)


def _number(text: str) -> str | float:
    """A figure as a number, so that the office can reckon with it; words stay words."""
    try:
        return float(text)
    except ValueError:
        return text


def _context(bulletin: Bulletin) -> dict[str, Any]:
    return {name: getattr(bulletin, name) for name in Bulletin.__slots__}


def _template(template: Path | None) -> bytes:
    if template is None:
        return shipped_template()
    try:
        return template.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            [Problem(str(template), f"无法读取：{system_reason(error)}。", field="--template")]
        ) from error


FORMATS: Mapping[str, Callable[[Bulletin], str | bytes]] = {
    "docx": bulletin_docx,
    "html": bulletin_html,
    "xlsx": bulletin_xlsx,
}
