"""Facts of a whole site, each found out once for all rules that ask."""

from __future__ import annotations

from typing import Any, Protocol, Self, TypeVar

from plugins.facts.site.site import Site


class SiteFact(Protocol):
    """A class that can be drawn of a site: ``of(site)`` reads pages, columns, targets, and other such facts."""

    @classmethod
    def of(cls, site: Site) -> Self:
        """The fact of one site."""


Fact = TypeVar("Fact", bound=SiteFact)


def known(fact: type[Fact], site: Site) -> Fact:
    """The fact of a site, drawn when it is first asked for and remembered with the site."""
    memory: dict[type, Any] = site.memory
    if fact not in memory:
        memory[fact] = fact.of(site)
    found: Fact = memory[fact]
    return found
