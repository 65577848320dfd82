"""The numbers that decide in this room, each with its reason and the page that needs it."""

from __future__ import annotations

from typing import Final

# A column's name (政策文件); a longer title that holds the word is a paper's.
LIBRARY_NAME: Final = 14
# A page that is not called a library offers two fields to search by at least.
LIBRARY_CONTROLS: Final = 2
# Words beside a field of a search (发文日期); longer texts are sentences.
CONTROL_TEXT: Final = 40
# Pairs that are told of one page.
MENU_TWINS: Final = 5
# Hidden links that are told of one page: parasites write hundreds.
HIDDEN_LINKS: Final = 60
# Of a style so much is read.
STYLE: Final = 500
# One sign beside a field is an icon or a number.
LEAST_NAME: Final = 2
# Names of entries in a footer (网站地图, 联系我们): longer ones are sentences.
ENTRY_SHORTEST: Final = 2
ENTRY_LONGEST: Final = 12
