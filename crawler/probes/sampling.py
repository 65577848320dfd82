"""Which pages stand for all that are made by the same template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from itertools import islice

from plugins.facts.page.page import PageKind
from plugins.facts.site.site import PageDigest

OK = 200
HOME = ""


def choose_sample(
    digests: Iterable[PageDigest], *, per_template: int = 2, limit: int = 30
) -> tuple[PageDigest, ...]:
    """``per_template`` pages of each template, at most ``limit``: the home page, then big templates.

    The choice depends on the addresses only, not on the order or the time of the crawl: the same
    pages are tested night after night, so that a fault that is not found any more was mended and
    not merely missed.
    """
    groups: dict[str, list[tuple[bytes, PageDigest]]] = {}
    sizes: Counter[str] = Counter()
    for digest in digests:
        if digest.status != OK or digest.failure or digest.kind in {PageKind.ERROR, PageKind.DATA}:
            continue
        group = HOME if digest.kind == PageKind.HOME else digest.template or digest.kind
        sizes[group] += 1
        members = groups.setdefault(group, [])
        members.append((blake2b(digest.key.encode(), digest_size=8).digest(), digest))
        members.sort(key=lambda member: member[0])
        del members[per_template:]
    order = sorted(groups, key=lambda group: (group != HOME, -sizes[group], group))
    # One page of every template before the second of any: breadth counts more than depth.
    turns = (
        groups[group][turn][1]
        for turn in range(per_template)
        for group in order
        if turn < len(groups[group])
    )
    return tuple(islice(turns, limit))
