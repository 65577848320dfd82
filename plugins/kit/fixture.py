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
    [[pages]]       PageDigest fields; the one of kind ``home`` is the site's home page
    [[attachments]] AttachmentDigest fields: ``url``, ``name``, ``places``, facts such as ``catalogue``
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
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from plugins.addresses.urls import resolve, url_key
from plugins.errors import ConfigurationError, Problem
from plugins.facts.attachments import Attachment, AttachmentDigest
from plugins.facts.columns.column import Column, Entry
from plugins.facts.columns.duty import Duty
from plugins.facts.markup.links import Link, LinkTarget
from plugins.facts.page.hidden import HiddenLink
from plugins.facts.page.libraries import Library
from plugins.facts.page.menus import MenuTwin
from plugins.facts.page.page import Page
from plugins.facts.papers.annual_reports import AnnualReport
from plugins.facts.papers.catalogue_table import CatalogueTable
from plugins.facts.papers.clean_ups import CleanUp, Named
from plugins.facts.papers.documents import Document
from plugins.facts.papers.interpretations import Interpretation
from plugins.facts.papers.letters import Letter
from plugins.facts.papers.report_tables import Imbalance
from plugins.facts.papers.solicitations import Solicitation
from plugins.facts.site.fittings import Fittings
from plugins.facts.site.site import PageDigest, Site
from plugins.taken import QUESTIONS
from plugins.values import MisfitError, build, near

TODAY = date(2026, 6, 30)
HOST = "site.test"
PAGE = "http://site.test/page.html"
REVIEW = "review: "
WARNING = "warning"
# What the facts' modules import for type checkers only.
NAMES: Mapping[str, Any] = {
    kind.__name__: kind
    for kind in (
        AnnualReport,
        AttachmentDigest,
        CatalogueTable,
        CleanUp,
        Column,
        Document,
        Duty,
        Entry,
        HiddenLink,
        Fittings,
        Imbalance,
        Interpretation,
        Letter,
        Library,
        Link,
        LinkTarget,
        MenuTwin,
        Named,
        PageDigest,
        Solicitation,
    )
}
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
ADDRESSES = ("interpretation_links", "document_links", "accessibility_links", "out", "links")


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
    site = _site(table)
    page = _page(table["page"], site, path.parent) if "page" in table else None
    column = None
    if table.keys() & {"column", "duty", "entries"}:
        short: dict[str, Any] = {name: table[name] for name in ("duty", "entries") if name in table}
        column = _column({**short, **table.get("column", {})}, site.url, "[column]")
    attachment = _attachment(table["attachment"], site.url) if "attachment" in table else None
    reasons = _reasons(table.get("expect_why", {}), page)
    options = table.get("options", {})
    return Case(path, tuple(expect), site, page, column, attachment, options, reasons)


def _site(table: Mapping[str, Any]) -> Site:
    host = str(table.get("site", {}).get("host", HOST))
    given = {
        "host": host,
        "today": table.get("today", TODAY),
        "url": f"http://{host}/",
        "hosts": [host],
        "probes": table.get("probes", {}),
        **table.get("site", {}),
    }
    site: Site = build(Site, given, NAMES, "[site]")
    pages = [
        _digest(one, site.url, f"[[pages]]第{number}项")
        for number, one in enumerate(table.get("pages", ()), 1)
    ]
    return replace(
        site,
        columns=tuple(
            _column(one, site.url, f"[[columns]]第{number}项")
            for number, one in enumerate(table.get("columns", ()), 1)
        ),
        pages={one.key: one for one in pages},
        targets=tuple(
            _target(one, site.url, f"[[targets]]第{number}项")
            for number, one in enumerate(table.get("targets", ()), 1)
        ),
        attachments={
            one.key: one
            for number, given in enumerate(table.get("attachments", ()), 1)
            for one in [_offered(given, site.url, f"[[attachments]]第{number}项")]
        },
        home=next((one for one in pages if one.kind == "home"), None),
    )


def _page(table: Mapping[str, Any], site: Site, folder: Path) -> Page:
    given = {"url": site.url, "status": 200, "probes": dict(site.probes), **table}
    if "file" in given:
        given["body"] = (folder / given.pop("file")).read_bytes()
    if given["status"] == 0:
        # TOML has no way to say "none".
        given["status"] = None
    _locate(given, site.url, "url", "final_url")
    given["redirects"] = [_located(one, site.url, "url") for one in given.get("redirects", ())]
    page: Page = build(Page, given, NAMES, "[page]")
    return page


def _column(table: Mapping[str, Any], base: str, where: str) -> Column:
    given = {"url": "/column/", "name": "样例栏目", **table}
    _locate(given, base, "url")
    given.setdefault("key", url_key(given["url"]))
    given["entries"] = [
        _entry(one, given["url"], f"{where}的[[entries]]第{number}项")
        for number, one in enumerate(given.get("entries", ()), 1)
    ]
    given.setdefault("first_page", len(given["entries"]))
    if given["entries"]:
        given.setdefault("empty", False)
    column: Column = build(Column, given, NAMES, where)
    return column


def _entry(table: Mapping[str, Any], base: str, where: str) -> Entry:
    given = dict(table)
    if "published" in given:
        given["date"] = given.pop("published")
    _locate(given, base, "url")
    given.setdefault("key", url_key(str(given.get("url", ""))))
    entry: Entry = build(Entry, given, NAMES, where)
    return entry


def _digest(table: Mapping[str, Any], base: str, where: str) -> PageDigest:
    given = {"status": 200, "kind": "article", **table}
    if given["status"] == 0:
        given["status"] = None
    _locate(given, base, "url", "final_url")
    given.setdefault("key", url_key(str(given.get("url", ""))))
    made: PageDigest = build(PageDigest, given, NAMES, where)
    return made


def _target(table: Mapping[str, Any], base: str, where: str) -> LinkTarget:
    given = {"kind": "page", **table}
    if given.get("url"):
        _locate(given, base, "url")
    given.setdefault("url", "")
    given.setdefault("key", url_key(str(given["url"] or given.get("raw", ""))))
    given["places"] = [_located(one, base, "page") for one in given.get("places", ())]
    given.setdefault("place_count", len(given["places"]))
    made: LinkTarget = build(LinkTarget, given, NAMES, where)
    return made


def _attachment(table: Mapping[str, Any], base: str) -> Attachment:
    """An attachment; its suffix is that of its address, its contents are READ unless said."""
    given = {"url": "/files/list.xlsx", **table}
    _locate(given, base, "url")
    given.setdefault("key", url_key(given["url"]))
    suffix = PurePosixPath(urlsplit(given["url"]).path).suffix.lower().lstrip(".")
    given.setdefault("suffix", suffix)
    said = dict(given.get("contents", {}))
    if "text" in given:
        said["parts"] = [{"name": "正文", "text": given.pop("text")}]
    given["contents"] = {"format": suffix, "state": "read", **said}
    given["places"] = [_located(one, base, "page") for one in given.get("places", ())]
    made: Attachment = build(Attachment, given, NAMES, "[attachment]")
    return made


def _offered(table: Mapping[str, Any], base: str, where: str) -> AttachmentDigest:
    """What was read of one document; format and suffix are those of its address unless said."""
    given = dict(table)
    _locate(given, base, "url")
    given.setdefault("key", url_key(str(given.get("url", ""))))
    suffix = PurePosixPath(urlsplit(str(given.get("url", ""))).path).suffix.lower().lstrip(".")
    given.setdefault("suffix", suffix)
    given.setdefault("format", suffix)
    given["places"] = [_located(one, base, "page") for one in given.get("places", ())]
    made: AttachmentDigest = build(AttachmentDigest, given, NAMES, where)
    return made


def _located(table: Mapping[str, Any], base: str, *names: str) -> dict[str, Any]:
    given = dict(table)
    _locate(given, base, *names)
    return given


def _locate(given: dict[str, Any], base: str, *names: str) -> None:
    """Make addresses absolute, in place: the named fields, and lists of addresses."""
    for name in names:
        if given.get(name) and isinstance(given[name], str):
            given[name] = resolve(base, given[name]) or given[name]
    for name in ADDRESSES:
        if isinstance(given.get(name), list):
            given[name] = [
                resolve(base, one) or one if isinstance(one, str) else one for one in given[name]
            ]
