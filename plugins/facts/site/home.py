"""Whether a page is the one that stands for its site, and what of it was not read."""

from __future__ import annotations

import re
from http import HTTPStatus
from urllib.parse import urlsplit

from plugins.addresses.urls import host_of, resolve, url_key
from plugins.facts.page.kinds import PageKind
from plugins.facts.page.page import Page
from plugins.facts.site import limits
from plugins.facts.site.site import Site

ROOT = re.compile(r"/?(?:(?:index|default|main|home)\d*\.\w+)?", re.IGNORECASE)


def is_start(page: Page, site: Site) -> bool:
    """Whether a page that was read is the one from which the audit of the site was started."""
    home = url_key(site.url or f"http://{site.host}/")
    return (
        home in (page.key, url_key(page.url))
        and page.status == HTTPStatus.OK
        and page.failure is None
        and page.kind not in (PageKind.ERROR, PageKind.DATA)
    )


def is_home(page: Page, site: Site) -> bool:
    """Whether a page that was read is the site's home page.

    An audit may be started at one list or one article; that makes it no home page.
    """
    return is_start(page, site) and (page.kind is PageKind.HOME or _is_front(page))


def _is_front(page: Page) -> bool:
    """Whether an address is a front door: a host's root, or blocks of links not far below it."""
    path = urlsplit(page.address).path
    return is_root(page.address) or (
        page.kind is PageKind.PORTAL and path.strip("/").count("/") <= 1
    )


def is_root(url: str) -> bool:
    """Whether an address is a host's root, or the index page that stands for it."""
    return ROOT.fullmatch(urlsplit(url).path) is not None


def unread_part(page: Page) -> str:
    """What may hold a footer and was not read, in Chinese; "" where all of the page was."""
    if page.rendered:
        return ""
    if page.needs_browser:
        return "首页内容由脚本生成，未在浏览器中打开"
    if page.footer_scripts:
        name = page.footer_scripts[0].rpartition("/")[2]
        return f"页脚可能由脚本（{name[: limits.FILE_NAME]}）写出，脚本没有读到"
    # A weather box of somebody else's holds no footer; a sister host of the same government may.
    own = host_of(page.address).split(".")[-limits.HOST_LABELS :]
    for frame in page.tree.css("iframe[src], frame[src]"):
        source = resolve(page.address, frame.attributes.get("src") or "")
        if source and host_of(source).split(".")[-limits.HOST_LABELS :] == own:
            return "首页含有内嵌页面"
    return ""
