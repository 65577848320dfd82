"""The numbers that decide in this room, each with its reason and the page or case that needs it."""

from __future__ import annotations

from typing import Final

# 动态、要闻 are updated at least every two weeks (国办秘函〔2019〕19号, domain.md §9.1).
NEWS_DAYS: Final = 14
# 通知公告、政策文件 at least every six months (as above).
PAPERS_DAYS: Final = 180
# 长期未更新 has no time stated: a year, as monitoring services have it for all other classes.
LONG_DAYS: Final = 365
# With two names above it a column is no longer of the first level, of which alone notices are asked.
DEEP: Final = 2
# A duty that comes round within a week (每工作日, 每周) would be warned of all the time.
SHORTEST_ROUND: Final = 7
