"""The one canonicaliser of addresses: raw, resolved and canonical spellings kept apart.

``resolve(base, raw)`` makes the address that is fetched: it changes only what a browser would
change. ``url_key(url)`` makes the name under which an address is remembered: two spellings that
mean one page have one key, and nothing is merged on a mere guess.

What ``url_key`` does, and what it leaves apart on purpose:

======================  ==========================================================================
scheme, host            lower case; IDN to punycode (UTS 46); closing dot, default port, user name
                        and password dropped. **http and https stay apart**: a site may answer on
                        one only, and which one a page links to is itself audited.
path                    dot segments removed, "" becomes "/". **Double slashes stay**: servers
                        differ. **Letter case stays.** The closing slash stays.
percent-encoding        unreserved letters decoded, others upper-case hex, everything unsafe
                        encoded as UTF-8. Bytes that are not UTF-8 (GBK names) stay bytes.
                        Reserved characters keep their form: ``%2F`` is not ``/``.
query                   sorted by name, stable, so ``a=1&a=2`` keeps its order; empty pieces
                        dropped; ``?a`` and ``?a=`` stay apart; session ids, tracking parameters
                        and cache busters dropped (tables below).
fragment                dropped, but ``#!…`` and ``#/…`` are kept: these are routes, a script draws
                        another page for each, and merging them would merge columns.
index names             kept, unless the caller names those that the crawler has *shown* to be
                        equal on this site (``index_names``), and no query follows.
======================  ==========================================================================
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes

from plugins.addresses.bad_addresses import NO_ADDRESS, bad_address, misspelt_scheme, tidy
from plugins.addresses.hosts import normal_host, normal_port

__all__ = ["bad_address", "host_of", "is_http", "resolve", "url_key", "url_pattern"]

# Path parameters (";name=value") and query parameters that name a visit, never a page.
SESSION_PARAMETERS = frozenset(
    {
        "jsessionid",  # Java servlet containers
        "phpsessid",  # PHP
        "cfid",  # ColdFusion
        "cftoken",
        "aspsessionid",
        "asp.net_sessionid",
        "sessionid",
        "session_id",
        "__jsluid_h",  # visit tokens of web application firewalls
        "__jsluid_s",
        "security_verify_data",
        "wzwsconfirm",
        "wzwstemplate",
        "wzwschallenge",
    }
)
# "sid" is a session in some systems and the id of a site or section in others: the value decides.
AMBIGUOUS_SESSIONS = frozenset({"sid", "s_id", "sess"})
SESSION_VALUE = re.compile(r"(?=[^&]*\d)(?=[^&]*[A-Za-z])[A-Za-z0-9_-]{24,}")
# ASP.NET without cookies writes the visit into the path: /(S(lit3py55t21z5v55vlm25s55))/a.aspx
SESSION_SEGMENT = re.compile(r"\((?:[A-Za-z]\([A-Za-z0-9_-]+\))+\)")

TRACKING_PREFIXES = ("utm_", "spm_", "hmsr", "hmpl", "hmcu", "hmkw", "hmci", "pk_", "mtm_")
TRACKING_PARAMETERS = frozenset(
    {
        "spm",  # Alibaba
        "scm",
        "gclid",  # Google
        "dclid",
        "_ga",
        "_gl",
        "fbclid",
        "msclkid",
        "yclid",
        "bd_vid",  # Baidu
        "bd_bxst",
        "qz_gdt",  # Tencent
        "gdt_vid",
        "tdsourcetag",
        "isappinstalled",  # added by WeChat when an article is shared
        "nsukey",
        "wx_header",
        "share_token",
        "share_source",
        "share_medium",
        "sharer_sharetime",
        "sharer_shareid",
    }
)
# Names that are tracking only with certain values: "from" may as well be a page number.
TRACKING_VALUES = {
    "from": frozenset(
        {
            "groupmessage",
            "singlemessage",
            "timeline",
            "favorites",
            "weixin",
            "wechat",
            "qq",
            "qzone",
            "weibo",
        }
    ),
    "wxshare": frozenset({"1"}),
}
# Made anew at every click so that nothing is cached: milliseconds since 1970, or Math.random().
BUSTER_NAMES = frozenset({"_", "_t", "t", "r", "rnd", "rand", "random", "timestamp", "time", "v"})
BUSTER_VALUE = re.compile(r"1\d{12}|0\.\d{6,}")

PARTS = re.compile(
    r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL
)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}|%|[^%]")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
RESERVED = frozenset(":/?@!$&'()*+,;=")  # "#" never reaches a path or query; [ ] are encoded
KEPT_BY_BROWSERS = "%:/?@!$&'()*+,;=[]|^`{}~\\"
HEXES = re.compile(
    r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|(?<![0-9a-z])(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{12,}(?![0-9a-z])",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d+")


class _Parts(NamedTuple):
    """An http(s) address taken apart; ``host`` in normal form, ``port`` as ``:n`` or ""."""

    scheme: str
    host: str
    port: str
    path: str
    query: str | None
    fragment: str


def _parts(url: str) -> _Parts | None:
    """The parts of an absolute http(s) address; None where it is none."""
    match = PARTS.fullmatch(url)
    if not match:
        return None
    scheme = match[1].lower()
    authority = match[2].rpartition("@")[2]
    host, port = authority, ""
    if not authority.endswith("]") and ":" in authority:
        host, _, port = authority.rpartition(":")
    name, number = normal_host(host), normal_port(port, scheme)
    if not name or number is None:
        return None
    return _Parts(scheme, name, number, match[3], match[4], match[5] or "")


def is_http(url: str) -> bool:
    """Whether this is an absolute http or https address with a host that can exist."""
    return _parts(tidy(url)) is not None


def host_of(url: str) -> str:
    """``host``, or ``host:port`` where the port is not the scheme's own; "" if it has none."""
    parts = _parts(tidy(url))
    return parts.host + parts.port if parts else ""


def resolve(base: str, raw: str, encoding: str = "utf-8") -> str:
    """The absolute address that a link written as ``raw`` on page ``base`` leads to.

    "" where there is none: empty, a bare ``#``, ``javascript:``, ``data:``, ``mailto:``, ``tel:``
    and other schemes, a host that cannot exist, a misspelt scheme (``bad_address`` says which).
    Blanks around and line breaks inside are taken out and backslashes turned, as browsers do.
    ``encoding`` is the page's: browsers write a query's Chinese letters in it, a path's in UTF-8.
    Fragments are dropped, routes (``#!…``, ``#/…``) and the order of the query kept.
    """
    text = tidy(raw)
    if not text or text == "#" or misspelt_scheme(text):
        return ""
    head, mark, tail = _cut(text)
    text = head.replace("\\", "/") + mark + tail
    if SCHEME.match(text):
        target = _parts(text)
    else:
        origin = _parts(tidy(base))
        target = (
            _joined(origin, text)
            if origin
            else (_parts("http:" + text) if text.startswith("//") else None)
        )
    if target is None:
        return ""
    kept = KEPT_BY_BROWSERS.replace("?", "")
    path = quote(_without_dots(target.path), safe=kept, errors="replace") or "/"
    query = "" if target.query is None else "?" + _quoted(target.query, encoding)
    return f"{target.scheme}://{target.host}{target.port}{path}{query}{_route(target.fragment)}"


def _cut(text: str) -> tuple[str, str, str]:
    """What stands before the first ``?`` or ``#``, that mark, and what follows."""
    match = re.search(r"[?#]", text)
    return (text[: match.start()], match[0], text[match.end() :]) if match else (text, "", "")


def _quoted(query: str, encoding: str) -> str:
    """A query with everything unsafe encoded, in the page's own charset where it knows the letters."""
    try:
        raw = query.encode(encoding)
    except (LookupError, UnicodeError):
        raw = query.encode("utf-8", "replace")
    return quote_from_bytes(raw, safe=KEPT_BY_BROWSERS)


def _joined(base: _Parts, text: str) -> _Parts | None:
    """RFC 3986 §5.2 for the forms that have no scheme."""
    if text.startswith("//"):
        return _parts(f"{base.scheme}:{text}")
    rest, hash_mark, fragment = text.partition("#")
    path, mark, query = rest.partition("?")
    if path.startswith("/"):
        pass
    elif path:
        path = base.path[: base.path.rfind("/") + 1] + path
        path = path if path.startswith("/") else "/" + path
    elif mark:
        path = base.path
    else:
        return base._replace(fragment=fragment if hash_mark else "")
    return base._replace(path=path, query=query if mark else None, fragment=fragment)


def _without_dots(path: str) -> str:
    """RFC 3986 §5.2.4, with ``%2e`` read as a dot, as browsers do; empty segments stay."""
    if "." not in path and "%2" not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    last = len(segments) - 1
    for place, segment in enumerate(segments):
        plain = segment.replace("%2e", ".").replace("%2E", ".")
        if plain == "..":
            if kept:
                kept.pop()
        elif plain != ".":
            kept.append(segment)
            continue
        if place == last:
            kept.append("")
    return "/" + "/".join(kept)


def _route(fragment: str) -> str:
    """A fragment that is a route of a script-drawn site, with its hash; else ""."""
    return "#" + _escaped(fragment) if fragment[:1] in ("!", "/") and len(fragment) > 1 else ""


def _escaped(text: str) -> str:
    """Percent-encoding in its one normal form: each byte decoded, kept or encoded by RFC 3986 §6.2."""
    if all(letter in UNRESERVED or letter == "/" for letter in text):
        return text
    out: list[str] = []
    for piece in ESCAPE.findall(text.replace("\n", "").replace("\r", "")):
        if len(piece) == 3:  # noqa: PLR2004 - %XX
            letter = chr(int(piece[1:], 16))
            out.append(letter if letter in UNRESERVED else piece.upper())
        elif piece in UNRESERVED or piece in RESERVED:
            out.append(piece)
        else:
            out.append(quote_from_bytes(piece.encode("utf-8", "replace"), safe=""))
    return "".join(out)


def url_key(url: str, index_names: frozenset[str] = frozenset()) -> str:
    """The name under which an address is remembered; the module's docstring says what is merged.

    Idempotent. ``index_names`` (lower case, like ``index.html``) only as the crawler has shown them
    equal to their folder on this site. What is no http(s) address comes back without blanks around.
    """
    text = tidy(url)
    parts = _parts(text)
    if parts is None:
        return text
    path = _key_path(parts.path)
    query = _key_query(parts.query or "")
    if index_names and not query:
        folder, slash, name = path.rpartition("/")
        if name.lower() in index_names:
            path = folder + slash
    return f"{parts.scheme}://{parts.host}{parts.port}{path}{query}{_route(parts.fragment)}"


def _key_path(path: str) -> str:
    segments = [_without_session(segment) for segment in _escaped(path).split("/")[1:]]
    kept = [segment for segment in segments if not SESSION_SEGMENT.fullmatch(segment)]
    return _without_dots("/" + "/".join(kept))


def _without_session(segment: str) -> str:
    """A path segment without its ``;jsessionid=…`` parameters."""
    if ";" not in segment:
        return segment
    name, *parameters = segment.split(";")
    kept = [one for one in parameters if one.partition("=")[0].lower() not in SESSION_PARAMETERS]
    return ";".join((name, *kept))


def _key_query(query: str) -> str:
    pieces = [piece for piece in (_escaped(part) for part in query.split("&")) if piece]
    pairs = [(piece.partition("=")[0], piece) for piece in pieces]
    kept = [
        (name, piece)
        for name, piece in pairs
        if not _says_nothing(name.lower(), piece[len(name) + 1 :])
    ]
    kept.sort(key=lambda pair: pair[0])
    return "?" + "&".join(piece for _, piece in kept) if kept else ""


def _says_nothing(name: str, value: str) -> bool:
    """Whether a query parameter names a visit, a way here or a moment, and not a page."""
    if name in SESSION_PARAMETERS or name.startswith("aspsessionid"):
        return True
    if name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES):
        return True
    if name in AMBIGUOUS_SESSIONS:
        return SESSION_VALUE.fullmatch(value) is not None
    if name in TRACKING_VALUES:
        return value.lower() in TRACKING_VALUES[name]
    return name in BUSTER_NAMES and BUSTER_VALUE.fullmatch(value) is not None


def url_pattern(url: str) -> str:
    """A template for grouping addresses that one program makes: ``host/path?names``.

    Numbers become ``N``, UUIDs and long hexadecimal ids ``H``, letters stay: TRS articles share
    ``/zc/zfwj/N/tN_N.html``, 大汉 ones ``/art/N/N/N/art_N_N.html``. Of a query only names remain.
    """
    parts = _parts(url_key(url))
    if parts is None:
        return tidy(url) if not SCHEME.match(tidy(url)) else NO_ADDRESS
    path = _readable(parts.path)
    names = sorted(
        {_readable(piece.partition("=")[0]) for piece in (parts.query or "").split("&") if piece}
    )
    query = "?" + "&".join(DIGITS.sub("N", name) for name in names) if names else ""
    route = DIGITS.sub("N", _readable(_route(parts.fragment)))
    return parts.host + parts.port + DIGITS.sub("N", HEXES.sub("H", path)) + query + route


def _readable(text: str) -> str:
    """Escapes decoded where they are UTF-8, so that their digits are not taken for numbers."""
    if "%" not in text:
        return text
    try:
        return unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        return re.sub(r"(?:%[0-9A-F]{2})+", "H", text)
