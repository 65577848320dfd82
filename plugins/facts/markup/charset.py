"""From bytes to text: header, BOM, ``<meta>``, then what the bytes themselves say."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from plugins.facts.markup import limits

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
HEAD = 4096
CHINESE = ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312")
# What servers say when nobody has configured them: says nothing about a Chinese page.
SAYS_NOTHING = ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252", "cp1252")


def decode(body: bytes, headers: Mapping[str, str], encoding: str = "") -> tuple[str, str]:
    """The text of an answer and the charset it was read in.

    A BOM wins. Bytes that are valid UTF-8 are UTF-8 whatever is declared (pages that say gb2312
    and are UTF-8 are common; the reverse hardly happens by chance). Otherwise the declaration of
    header (``encoding`` or ``content-type``) or ``<meta>``, otherwise GB18030. Never raises: what
    cannot be read becomes U+FFFD.
    """
    if not body:
        return "", "utf-8"
    for bom, name in BOMS:
        if body.startswith(bom):
            return _plain(body.decode(name, "replace").lstrip("\ufeff")), name
    names = _declared(body, headers, encoding)
    if body.isascii():
        return _plain(body.decode("ascii")), "utf-8"
    if names and names[0].startswith("utf-16"):
        return _plain(body.decode("utf-16", "replace")), "utf-16"
    utf8 = body.decode("utf-8", "replace")
    # A Chinese character is three bytes in UTF-8: what decoding saves tells how many there are.
    wide = (len(body) - len(utf8)) // 2
    broken = utf8.count("\ufffd")
    if broken <= 1 and (wide >= limits.WIDE or not any(name in CHINESE for name in names)):
        return _plain(utf8), "utf-8"
    return _least_broken(body, names, utf8, wide)


def _least_broken(body: bytes, names: list[str], utf8: str, wide: int) -> tuple[str, str]:
    """The reading with the fewest unreadable letters among the declared charsets and GB18030.

    GB18030 finds some reading for nearly anything: a few bad bytes in a long UTF-8 page must not
    turn all of it into nonsense.
    """
    fewest = utf8.count("\ufffd")
    best, charset = utf8, "utf-8"
    if fewest <= wide // 50:
        return _plain(best), charset
    for name in (*names, "gb18030"):
        real = "gb18030" if name in CHINESE else name
        if real in SAYS_NOTHING or real in ("utf-8", "utf8"):
            continue
        try:
            text = body.decode(real, "replace")
        except (LookupError, ValueError):
            continue
        errors = text.count("\ufffd")
        if errors < fewest:
            best, charset, fewest = text, real, errors
            if name in names:
                break
    return _plain(best), charset


def _declared(body: bytes, headers: Mapping[str, str], encoding: str) -> list[str]:
    """Charsets that header and markup name, in the order in which they count."""
    found = [encoding]
    match = HEADER.search(headers.get("content-type", ""))
    if match:
        found.append(match[1])
    found += [raw[1].decode("ascii") for raw in DECLARED.finditer(body[:HEAD])]
    return [name.lower() for name in found if name]


def _plain(text: str) -> str:
    """Without NUL characters, which cut strings short in the parser."""
    return text.replace("\x00", "") if "\x00" in text else text
