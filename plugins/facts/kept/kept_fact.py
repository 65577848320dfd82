"""The form of such a fact, and all of them: every module of this package with a ``FACT``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from plugins.facts import kept
from plugins.facts.attachments.contents import Attachment
from plugins.facts.page.page import Page

Form = TypeVar("Form")


@dataclass(frozen=True, slots=True)
class KeptFact(Generic[Form]):
    """One fact: ``name`` in fixtures, the dataclass that it is, and how it is read.

    ``of_page`` reads it on a page, ``of_document`` in a document offered for download; None = it is
    not looked for there. Each returns None where there is nothing of the kind.
    Values must be plain (they are pickled) and small (one is kept for every page of a site).
    """

    name: str
    form: type[Form]
    of_page: Callable[[Page], Form | None] | None = None
    of_document: Callable[[Attachment], Form | None] | None = None


@cache
def kept_facts() -> tuple[KeptFact[Any], ...]:
    """All of them, by the name of their module."""
    names = sorted(f"{kept.__name__}.{one.name}" for one in iter_modules(kept.__path__))
    modules = [import_module(name) for name in names]
    return tuple(module.FACT for module in modules if hasattr(module, "FACT"))


def read_page_facts(page: Page) -> Mapping[str, object]:
    """Everything that is kept of a page, by the name of its class; what it does not have is left out."""
    found = ((one.form, one.of_page(page)) for one in kept_facts() if one.of_page is not None)
    return {form.__name__: value for form, value in found if value is not None}


def read_document_facts(attachment: Attachment) -> Mapping[str, object]:
    """The same of a document."""
    found = (
        (one.form, one.of_document(attachment))
        for one in kept_facts()
        if one.of_document is not None
    )
    return {form.__name__: value for form, value in found if value is not None}


@cache
def page_forms() -> Mapping[str, type]:
    """The classes of facts that pages have, by their names in fixtures."""
    return MappingProxyType({one.name: one.form for one in kept_facts() if one.of_page})


@cache
def document_forms() -> Mapping[str, type]:
    """The classes of facts that documents have, by their names in fixtures."""
    return MappingProxyType({one.name: one.form for one in kept_facts() if one.of_document})
