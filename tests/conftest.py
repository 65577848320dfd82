"""Order for several workers: what takes long is begun first, so that no core waits at the end.

``--dist loadscope`` hands out whole modules, so that what a module shares is made once; with
``--no-loadscope-reorder`` they are handed out in the order of collection, which is set here.
"""

from __future__ import annotations

import pytest

# A whole district, then single audits, then the browser's tests; the rest takes seconds.
LONG = ("demo", "audit", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules with long tests first; within a module, and among equals, the order stays."""
    weight: dict[str, int] = {}
    for item in items:
        module = item.nodeid.partition("::")[0]
        own = next((place for place, name in enumerate(LONG) if item.get_closest_marker(name)), 9)
        weight[module] = min(weight.get(module, 9), own)
    items.sort(key=lambda item: weight[item.nodeid.partition("::")[0]])
