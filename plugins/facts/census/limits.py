"""The numbers that decide in this room, each with its reason and the page or case that needs it."""

from __future__ import annotations

from typing import Final

# An article is filed by its innermost crumbs: its column, one above, and often its own title.
FILED_CRUMBS: Final = 3
# A column of calls is called so itself or by one of the last two crumbs (意见征集 > 往期回顾).
ASKING_CRUMBS: Final = 2
# What a call is about, without 征集 and 结果: in fewer than four signs titles agree by chance.
MATTER: Final = 4
# Columns that a finding shows of a unit; one looks in the first of them.
PLACES: Final = 5
