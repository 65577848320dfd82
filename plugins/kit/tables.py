"""The tables of a fixture, read into the facts that they describe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from plugins.addresses.urls import resolve, url_key
from plugins.facts.attachments import Attachment, AttachmentDigest
from plugins.facts.columns.column import Column, Entry
from plugins.facts.columns.duty import Duty
from plugins.facts.kept.kept_fact import document_forms, page_forms
from plugins.facts.markup.links import Link, LinkTarget
from plugins.facts.page.page import Page
from plugins.facts.site.site import PageDigest, Site
from plugins.values import MisfitError, build, fitted, near

TODAY = date(2026, 6, 30)
HOST = "site.test"
# What the facts' modules import for type checkers only.
NAMES: Mapping[str, Any] = {
    kind.__name__: kind
    for kind in (AttachmentDigest, Column, Duty, Entry, Link, LinkTarget, PageDigest)
}
ADDRESSES = ("interpretation_links", "document_links", "accessibility_links", "out", "links")


def site_of(table: Mapping[str, Any]) -> Site:
    """The site that a fixture describes, with its pages, columns, targets and documents."""
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
            column_of(one, site.url, f"[[columns]]第{number}项")
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


def page_of(table: Mapping[str, Any], site: Site, folder: Path) -> Page:
    """The page that is judged, from its raw fields; ``folder`` is where its ``file`` lies."""
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


def column_of(table: Mapping[str, Any], base: str, where: str) -> Column:
    """A column with its entries; ``where`` names its table in complaints."""
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
    given["facts"] = _facts(given, PageDigest, page_forms(), where)
    made: PageDigest = build(PageDigest, given, NAMES, where)
    return made


def _facts(
    given: dict[str, Any], digest: type, forms: Mapping[str, type], where: str
) -> dict[str, object]:
    """The facts among what a table gives, taken out of it; each is written under its name.

    A fact of one field is written as that field's value: ``particulars = ["机构职能"]``.
    """
    known = [one.name for one in fields(digest) if one.name != "facts"]
    made: dict[str, object] = {}
    for name in list(given):
        if name not in forms:
            if name not in known:
                refused = near(name, (*known, *forms))
                raise MisfitError(f"{where}的“{name}”不是{digest.__name__}的字段{refused}")
            continue
        form = forms[name]
        value, parts = given.pop(name), fields(form)
        try:
            if len(parts) == 1 and not isinstance(value, Mapping):
                value = {parts[0].name: value}
            made[form.__name__] = fitted(form, value)
        except MisfitError as error:
            raise MisfitError(f"{where}的“{name}”{error}") from None
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


def attachment_of(table: Mapping[str, Any], base: str) -> Attachment:
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
    given["facts"] = _facts(given, AttachmentDigest, document_forms(), where)
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
