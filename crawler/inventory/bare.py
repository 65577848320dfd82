"""The inventory of one bare address, for commands that are given nothing else."""

from __future__ import annotations

import re

from crawler.inventory.model import Inventory, RegisteredSite
from plugins import LinkVerdict
from plugins.addresses.hosts import is_loopback
from plugins.addresses.urls import bad_address, host_of, resolve
from plugins.errors import ConfigurationError, Problem


def inventory_for(url: str) -> Inventory:
    """The inventory of one bare address, for ``gongkai audit URL``.

    A scheme that is given is kept, a missing one becomes https. ConfigurationError for what can be
    no address: another scheme, blanks or commas in the host, a name without a dot.
    """
    text = url.strip()
    if text.endswith(".toml"):
        raise ConfigurationError(
            [Problem("网址", f"“{url}”不是网址：如是台账文件，请用 --inventory {text}")]
        )
    if "://" not in text and not _other_scheme(text):
        text = "https://" + text.removeprefix("//")
    start = resolve("", text)
    host = host_of(start)
    bare = re.sub(r":\d+$", "", host)
    dotted = "." in bare or is_loopback(bare) or bare.startswith("[")
    if not start or (not dotted and "://" not in url):
        bad = bad_address(text)
        reason = (
            bad[1]
            if bad and bad[0] is LinkVerdict.MALFORMED
            else "请写作如 https://www.example.gov.cn/"
        )
        raise ConfigurationError([Problem("网址", f"“{url}”不是网址：{reason}")])
    return Inventory(sites=(RegisteredSite(host=host, start=(start,)),))


def _other_scheme(text: str) -> bool:
    """``mailto:x`` and ``http:/x``, but not ``host:8080/x``."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d+(?:[/?#]|$))", text) is not None
