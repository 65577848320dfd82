"""Neighbours in the menus of a page that have one name, or one target."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.facts.kept.kept_fact import KeptFact
from plugins.facts.language.text import solid
from plugins.facts.page.menus import MenuEntry, menus
from plugins.facts.page.page import Page

SITE_MAP = re.compile(r"(?:网站|站点)(?:地图|导航)")
# Pairs that are told of one page.
MENU_TWINS = 5


@dataclass(frozen=True, slots=True)
class MenuTwin:
    """Two neighbours of one menu with the same name, or with the same target."""

    first: MenuEntry
    second: MenuEntry

    @property
    def same_name(self) -> bool:
        """Whether the name is the same (else the target is)."""
        return self.first.name == self.second.name


@dataclass(frozen=True, slots=True)
class MenuTwins:
    """All such pairs in the menus of a page; there is at least one."""

    pairs: tuple[MenuTwin, ...]


def read_menu_twins(page: Page) -> MenuTwins | None:
    """The pairs of a page; None where it has none."""
    found = menu_twins(page)
    return MenuTwins(found) if found else None


def menu_twins(page: Page) -> tuple[MenuTwin, ...]:
    """Pairs of neighbours with one name and two targets, or two names and one target.

    A map of the site is no menu: what it names need not have a page of its own.
    """
    found: list[MenuTwin] = []
    if SITE_MAP.search(page.title):
        return ()
    for menu in menus(page):
        names: dict[str, MenuEntry] = {}
        targets: dict[str, MenuEntry] = {}
        for entry in menu:
            named = names.setdefault(solid(entry.name), entry)
            aimed = targets.setdefault(entry.key, entry)
            if named.key != entry.key:
                found.append(MenuTwin(named, entry))
            elif aimed.name != entry.name:
                found.append(MenuTwin(aimed, entry))
    return tuple(dict.fromkeys(found))[:MENU_TWINS]


FACT = KeptFact("menu_twins", MenuTwins, of_page=read_menu_twins)
