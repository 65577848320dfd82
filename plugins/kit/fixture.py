"""A fixture file, read into the facts that it describes and the messages that it expects.

Two forms, described in full in docs/plugins.md:

``bad*.html``, ``good*.html``
    the page itself, for ``check_page``. Leading comments of the form ``<!-- key: value -->`` are
    directives and no part of the page:

    ==============  =============================================================================
    expect          one message; repeated for several; ``review: …`` where review is expected,
                    ``warning 2026-07-01: …`` where a warning of that day is
    expect_why      ``question: name of a test``: what must have decided it (``kind: …``); repeatable
    url             address of the page (default ``http://site.test/page.html``)
    final-url       where it was led to
    status          HTTP status (default 200; 0 = nothing came back)
    header          ``Name: value``; repeatable
    encoding        name of the charset, as the downloader would tell it
    rendered        ``true`` where the body is the browser's DOM
    depth           clicks from the start address
    today           the day of the audit (default 2026-06-30)
    option          ``name = value``, as in TOML; repeatable
    probe           ``name = value``: an answer of a probe about this page or site; repeatable
    ==============  =============================================================================

``bad*.toml``, ``good*.toml``
    facts, for all hooks:

    ==============  =============================================================================
    expect          list of messages
    expect_why      table of ``question = "name of a test"``: what must have decided it of the [page]
    today           date (default 2026-06-30)
    [site]          fields of Site: host (default ``site.test``), name, url, unit, hosts, units …
    [column]        the Column that is judged, with its ``entries`` (``check_column``)
    duty, entries   at top level: short for ``column.duty``, ``[[column.entries]]``
    [attachment]    the Attachment that is judged: ``url``, ``contents``, ``places``
                    (``check_attachment``); ``text`` is short for contents of one part
    [page]          the Page that is judged: its raw fields; ``body`` a text, or ``file`` the name
                    of a file in the same folder
    [[columns]]     the site's columns, each with its ``entries``
    [[pages]]       PageDigest fields and facts (``plugins/facts/kept``) by their names; the one of kind
                    ``home`` is the site's home page
    [[attachments]] AttachmentDigest fields: ``url``, ``name``, ``places``, and facts likewise
    [[targets]]     LinkTarget fields with ``places``
    [probes]        answers of probes about the site (and the page that is judged)
    [options]       options of the rule that differ from its defaults
    ==============  =============================================================================

    Addresses may be relative to the site's; keys are made of addresses where they are left out; an
    entry may say ``published`` for ``date``. A column with entries is not empty unless it says so.
    A status of 0 means that nothing came back. What a table leaves out has its dataclass's default.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from plugins.addresses.urls import resolve
from plugins.errors import ConfigurationError, Problem
from plugins.facts.attachments import Attachment
from plugins.facts.columns.column import Column
from plugins.facts.page.page import Page
from plugins.facts.site.site import Site
from plugins.kit.tables import HOST, TODAY, attachment_of, column_of, page_of, site_of
from plugins.taken import QUESTIONS
from plugins.values import MisfitError, near

PAGE = "http://site.test/page.html"
REVIEW = "review: "
WARNING = "warning"
DIRECTIVE = re.compile(r"\s*<!--(.*?)-->", re.DOTALL)
DIRECTIVES = (
    "expect",
    "expect_why",
    "url",
    "final-url",
    "status",
    "header",
    "encoding",
    "rendered",
    "depth",
    "today",
    "option",
    "probe",
)
TABLES = (
    "expect",
    "expect_why",
    "today",
    "site",
    "column",
    "attachment",
    "duty",
    "entries",
    "page",
    "columns",
    "pages",
    "attachments",
    "targets",
    "probes",
    "options",
)


@dataclass(frozen=True)
class Case:
    """One fixture: facts, options, and the messages that the check must give.

    ``expect_why`` names, by question, the test that must have decided it of the page.
    """

    path: Path
    expect: tuple[str, ...]
    site: Site
    page: Page | None = None
    column: Column | None = None
    attachment: Attachment | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    expect_why: Mapping[str, str] = field(default_factory=dict)


def read_case(path: Path) -> Case:
    """Read a fixture file; ConfigurationError, naming file and key, for what is not understood."""
    try:
        if path.suffix == ".toml":
            return _read_toml(path)
        if path.suffix == ".html":
            return _read_html(path)
    except MisfitError as error:
        raise ConfigurationError([Problem(str(path), str(error))]) from None
    raise ConfigurationError([Problem(str(path), "样例应为.html或.toml文件")])


def _read_html(path: Path) -> Case:
    raw = path.read_bytes()
    said, rest = _directives(path, raw)
    one = {name: values[-1] for name, values in said.items()}
    facts = _toml("\n".join([*said.get("probe", ()), f"today = {one.get('today', TODAY)}"]))
    today = facts.pop("today")
    if type(today) is not date:
        raise MisfitError(f"“today”应为日期，不能是{one['today']}")
    options = _toml("\n".join(said.get("option", ())))
    pairs = [line.partition(":") for line in said.get("header", ())]
    url = resolve(PAGE, one.get("url", PAGE))
    site = Site(HOST, today, url=f"http://{HOST}/", hosts=(HOST,), probes=facts)
    page = Page(
        url,
        status=_number(one, "status", 200) or None,
        body=rest,
        headers={name.strip().lower(): value.strip() for name, _, value in pairs},
        final_url=resolve(url, one["final-url"]) if "final-url" in one else "",
        encoding=one.get("encoding", ""),
        rendered=one.get("rendered") == "true",
        depth=_number(one, "depth", 1),
        probes=facts,
    )
    told = (line.partition(":") for line in said.get("expect_why", ()))
    reasons = _reasons({name.strip(): test.strip() for name, _, test in told}, page)
    expect = tuple(said.get("expect", ()))
    return Case(path, expect, site, page=page, options=options, expect_why=reasons)


def _reasons(said: object, page: Page | None) -> dict[str, str]:
    """Questions with the names of the tests that must have decided them."""
    if not isinstance(said, dict) or not all(isinstance(one, str) and one for one in said.values()):
        raise MisfitError('“expect_why”应为“问题 = 判断的名称”，如kind = "…"')
    for name in said:
        if name not in QUESTIONS:
            raise MisfitError(f"“expect_why”中没有“{name}”{near(name, tuple(QUESTIONS))}")
    if said and page is None:
        raise MisfitError("“expect_why”说的是页面的判断，要有.html样例或[page]")
    return said


def _directives(path: Path, raw: bytes) -> tuple[dict[str, list[str]], bytes]:
    """The directives at the head of a page, and the page without them."""
    # A page in GBK has its directives in GBK too; latin-1 keeps places equal to bytes.
    said: dict[str, list[str]] = {}
    place = 0
    text = raw.decode("latin-1")
    while match := DIRECTIVE.match(text, place):
        words = _decoded(match[1].encode("latin-1"))
        name, colon, value = words.strip().partition(":")
        if not colon or not re.fullmatch(r"[a-z_-]+", name.strip()):
            break
        if name.strip() not in DIRECTIVES:
            reason = f"没有指令“{name.strip()}”{near(name.strip(), DIRECTIVES)}"
            raise ConfigurationError([Problem(str(path), reason)])
        said.setdefault(name.strip(), []).append(" ".join(value.split()))
        place = match.end()
    return said, raw[place:].lstrip(b"\r\n")


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _number(said: Mapping[str, str], name: str, default: int) -> int:
    text = said.get(name, str(default))
    if not text.isdecimal():
        raise MisfitError(f"“{name}”应为整数，不能是{text}")
    return int(text)


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MisfitError(f"不是合格的TOML：{error}") from None


def _read_toml(path: Path) -> Case:
    table = _toml(path.read_text(encoding="utf-8"))
    for name in table:
        if name not in TABLES:
            raise MisfitError(f"没有“{name}”这一项{near(name, TABLES)}")
    expect = table.get("expect", [])
    if isinstance(expect, str):
        expect = [expect]
    if not isinstance(expect, list) or not all(isinstance(one, str) for one in expect):
        raise MisfitError("“expect”应为文字的列表")
    site = site_of(table)
    page = page_of(table["page"], site, path.parent) if "page" in table else None
    column = None
    if table.keys() & {"column", "duty", "entries"}:
        short: dict[str, Any] = {name: table[name] for name in ("duty", "entries") if name in table}
        column = column_of({**short, **table.get("column", {})}, site.url, "[column]")
    attachment = attachment_of(table["attachment"], site.url) if "attachment" in table else None
    reasons = _reasons(table.get("expect_why", {}), page)
    options = table.get("options", {})
    return Case(path, tuple(expect), site, page, column, attachment, options, reasons)
