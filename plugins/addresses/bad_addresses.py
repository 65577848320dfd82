"""Addresses that need no request to be judged: malformed, an editor's own disk, the intranet."""

from __future__ import annotations

import re
from collections.abc import Collection

from plugins.addresses.hosts import is_intranet, is_loopback, normal_host, normal_port
from plugins.addresses.verdicts import LinkVerdict

NO_ADDRESS = ""
# Blanks that stand around an address in real markup; the last ones cannot be seen.
BLANKS = "".join(map(chr, range(0x21))) + "\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
BREAKS = re.compile(r"[\t\n\r\u200b\u2060\ufeff]")

DRIVE = re.compile(r"(?:file:/*)?[A-Za-z](?::|%3A)[\\/]|\\\\[\w.-]+\\", re.IGNORECASE)
OFFICE_TEMP = re.compile(
    r"msohtml(?:clip)?\d|[\\/]ksohtml[\\/]|[\\/]appdata[\\/]local[\\/]temp|local%20settings[\\/]temp",
    re.IGNORECASE,
)
OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
GOOD_HEAD = re.compile(r"https?:[/\\]{2}(?![/\\])", re.IGNORECASE)
# What hands type instead of "http://": a letter too many or too few, other marks, marks missing.
MISSPELT = re.compile(
    r"(?:h?h?t{1,3}p{1,3}s{0,2}|htpp?s?|hpp?ts?|ttps?)\s*"
    r"(?:[:：;；.。,，]?\s*[/\\／]\s*[/\\／]|[:：;；]\s*[/\\／]|[:：;；](?=\s*\S+\.))",
    re.IGNORECASE,
)
DOUBLED = re.compile(r"https?:?[/\\]*https?[:/\\]", re.IGNORECASE)
BARE_HOST = re.compile(r"([a-z0-9-]+(?:\.[a-z0-9-]+)*):(\d{1,5})(?:[/?#\\]|$)", re.IGNORECASE)
HARMLESS = frozenset({"about"})

BACKENDS = frozenset(
    {
        "admin",
        "cms",
        "console",
        "jcms",
        "manage",
        "manager",
        "siteserver",
        "system",
        "vsb",
        "wcm",
        "webplus",
    }
)
PREVIEWS = frozenset({"preview", "wcmpreview", "webpreview", "_preview"})
PREVIEW_SCRIPT = re.compile(r"_?preview\.(?:jsp|do|action|aspx?|ashx|php)", re.IGNORECASE)


def tidy(raw: str) -> str:
    """An address as written, without blanks around it and line breaks or invisible marks inside."""
    text = raw.strip(BLANKS)
    return BREAKS.sub("", text) if BREAKS.search(text) else text


def misspelt_scheme(text: str) -> bool:
    """Whether it was meant to open with ``http://`` or ``https://`` and does not, or does so twice."""
    if DOUBLED.match(text):
        return True
    return MISSPELT.match(text) is not None and GOOD_HEAD.match(text) is None


def bad_address(
    raw: str, url: str = "", own: Collection[str] = ()
) -> tuple[LinkVerdict, str] | None:
    """What is wrong with an address by its mere form, with a Chinese reason; None = nothing.

    ``raw`` as written on the page, ``url`` as ``resolve`` made it ("" = could not). Judged are
    addresses that cannot work for the public whatever a server says: malformed ones, paths of an
    editor's disk, preview and test addresses, and the intranet. ``own`` names hosts that the
    inventory allows although they are private. Harmless schemes (mailto, tel, javascript, data,
    about:blank) are no addresses and no faults.
    """
    text = tidy(raw)
    if DRIVE.match(text) or text.lower().startswith("file:") or OFFICE_TEMP.search(text):
        return LinkVerdict.PREVIEW, "链接指向编辑人员电脑上的本地文件，公众无法打开"
    if misspelt_scheme(text):
        return LinkVerdict.MALFORMED, _scheme_fault(text)
    if not GOOD_HEAD.match(text) and OTHER_SCHEME.match(text):
        return _bare_host(text, own)
    if GOOD_HEAD.match(text) or text.startswith(("//", "\\\\")):
        scheme = "https" if text.lower().startswith("https") else "http"
        authority = re.split(r"[/\\?#]", re.sub(r"^[A-Za-z]*:?[/\\]{2}", "", text), maxsplit=1)[0]
        fault = _host_fault(authority, scheme, own)
        if fault:
            return fault
    return _address_fault(url, own) if url else None


def _scheme_fault(text: str) -> str:
    if DOUBLED.match(text):
        return "地址开头重复写了 http://"
    if re.match(r"https?:[/\\]{3}", text, re.IGNORECASE):
        return "地址中 http:// 之后缺少网站域名"
    return "地址开头的 http:// 书写错误"


def _bare_host(text: str, own: Collection[str]) -> tuple[LinkVerdict, str] | None:
    """``localhost:8080/x`` reads as a scheme of its own: a host with a port, its http:// forgotten."""
    match = BARE_HOST.match(text)
    if not match or match[1].lower() in HARMLESS:
        return None
    host = normal_host(match[1])
    if "." not in host and not is_loopback(host):
        return None
    found = _host_verdict(host, f":{match[2]}", own)
    return found or (LinkVerdict.MALFORMED, "地址缺少开头的 http://")


def _host_fault(
    authority: str, scheme: str, own: Collection[str]
) -> tuple[LinkVerdict, str] | None:
    name = authority.rpartition("@")[2]
    host, port = name, ""
    if not name.endswith("]") and ":" in name:
        host, _, port = name.rpartition(":")
    if not host:
        return LinkVerdict.MALFORMED, "地址中 http:// 之后缺少网站域名"
    if normal_port(port, scheme) is None:
        return LinkVerdict.MALFORMED, f"地址中的端口“{port}”书写错误"
    normal = normal_host(host)
    if not normal:
        return LinkVerdict.MALFORMED, f"地址中的域名“{host}”书写错误"
    if "." not in normal and not host.isascii():
        return LinkVerdict.MALFORMED, f"“{host}”不是网站域名"
    return _host_verdict(normal, normal_port(port, scheme) or "", own)


def _host_verdict(host: str, port: str, own: Collection[str]) -> tuple[LinkVerdict, str] | None:
    if host in own or host + port in own:
        return None
    if is_loopback(host):
        return LinkVerdict.PREVIEW, "链接指向本机地址，只在编辑人员自己的电脑上可以打开"
    if is_intranet(host):
        return LinkVerdict.INTERNAL, f"链接指向内部网络地址（{host}），公众无法访问"
    return None


def _address_fault(url: str, own: Collection[str]) -> tuple[LinkVerdict, str] | None:
    match = re.match(r"(https?)://([^/?#]*)([^?#]*)", url, re.IGNORECASE)
    if not match:
        return None
    fault = _host_fault(match[2], match[1].lower(), own)
    if fault:
        return fault
    segments = [segment.lower() for segment in match[3].split("/") if segment]
    if not segments:
        return None
    opens = segments[0] in PREVIEWS and len(segments) > 1
    behind = len(segments) > 1 and segments[0] in BACKENDS and segments[1] in PREVIEWS
    if opens or behind or PREVIEW_SCRIPT.fullmatch(segments[-1]):
        return LinkVerdict.PREVIEW, "链接指向内容管理系统的预览页面"
    return None
