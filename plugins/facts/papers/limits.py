"""Every number by which papers are read, each with its reason and the page that needs it."""

from __future__ import annotations

from typing import Final

# -- documents --------------------------------------------------------------------------------

# A document's own 文号 stands above its title or its first sentence: red head, number, title, to whom.
HEAD_TEXT: Final = 1_500
HEAD_LINES: Final = 14
# A line with a 文号 alone; longer lines quote one.
LONGEST_NUMBER: Final = 40
