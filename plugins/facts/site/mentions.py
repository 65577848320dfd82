"""Where a site speaks of given papers, found in one pass over its pages or its link targets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from plugins.facts.language.titles import TitleForm, plain, read_title, stripped
from plugins.facts.markup.links import LinkTarget
from plugins.facts.papers.documents import Document
from plugins.facts.papers.pairs import place
from plugins.facts.site.site import Site

REPEALS = re.compile(r"废止|失效|作废|停止执行|宣布无效")


@dataclass(frozen=True, slots=True)
class Mention:
    """A page whose title names a paper.

    ``repeals``: it ends the paper. ``tells``: an article that was read, neither a paper itself nor
    a call for opinions, a result, a draft or an interpretation.
    """

    key: str
    url: str
    heading: str
    repeals: bool
    tells: bool


def mentions(cores: Collection[str], site: Site) -> Mapping[str, list[Mention]]:
    """The pages whose titles name the papers with these cores, by core, in the order of their keys."""
    found: dict[str, list[Mention]] = defaultdict(list)
    if not cores:
        return found
    for key, page in site.pages.items():
        text = plain(page.title)
        bare = stripped(text)
        named = [core for core in cores if core in bare]
        if not named:
            continue
        title = read_title(page.title)
        tells = (
            title.form is TitleForm.PLAIN
            and not title.draft
            and page.get(Document) is None
            and page.readable
        )
        one = Mention(key, page.url, page.title, REPEALS.search(text) is not None, tells)
        for core in named:
            found[core].append(one)
    for listed in found.values():
        listed.sort(key=lambda one: one.key)
    return found


def links_naming(
    cores: Collection[str], site: Site, wanted: Callable[[LinkTarget], bool]
) -> Mapping[str, set[str]]:
    """The places of pages that link to a ``wanted`` target with the name of a paper, by its core."""
    found: dict[str, set[str]] = defaultdict(set)
    if not cores:
        return found
    for target in site.targets:
        if not wanted(target):
            continue
        for where in target.places:
            bare = stripped(plain(where.text))
            for core in cores:
                if core in bare:
                    found[core].add(place(where.page))
    return found
