"""The numbers that decide in this room, each with its reason and the page or case that needs it."""

from __future__ import annotations

from typing import Final

# -- what titles name ---------------------------------------------------------------------------

# 2010-2024年 names fifteen years; a longer span is two numbers with a dash between.
LONGEST_SPAN: Final = 20
# Shorter names (区委) stand in titles that mean somebody else.
SHORTEST_UNIT: Final = 3

# -- of which year a thing is -------------------------------------------------------------------

# A budget without a year: from November on it may already be the next year's.
NEXT_BUDGET_MONTH: Final = 11
# A yearly report without a year: those that are published up to April are on the year before.
SPRING: Final = 4
# The last report that may be due is on last year, or in spring on the year before it.
YEARS_BACK: Final = 2

# -- what is wanted -----------------------------------------------------------------------------

# Without a register, a site of this many pages whose name says so is taken for a portal.
PORTAL_PAGES: Final = 200
# An entry to another site (行政事业性收费清单) has a short name; longer links are titles of papers.
ENTRY_NAME: Final = 20
# Columns that a finding shows as places to look in.
PLACES: Final = 3
