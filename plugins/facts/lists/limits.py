"""Every number by which lists are found and read, each with its reason and the page that needs it."""

from __future__ import annotations

from typing import Final

# -- the main part ----------------------------------------------------------------------------

# Text beside a column's heading that makes it a text column: more than 当前位置 or a date.
ENOUGH_TEXT: Final = 30
# Links that read like titles; names of columns are shorter.
LONG_LINK: Final = 9
# 暂无 is two signs, with a mark three.
LEAST_SENTENCE: Final = 3
# A sentence in place of rows, with the column's name before it.
PLACEHOLDER_TEXT: Final = 60
# Pictures from this width on are content (a chart, a map); narrower ones decorate.
LARGE_PICTURE: Final = 200
# A heading of a block has at most as many signs as 政府信息公开年度工作报告（市直）.
LONGEST_HEADING: Final = 16
# ASP.NET puts the whole page into one form: html, body, form, or a wrapper between.
WRAPPING_FORM: Final = 3
# A tab that is switched off holds a screen of rows; hundreds of hidden links are for no reader.
HIDDEN_ROWS: Final = 30
# Two lists side by side: the page's own, and one of another column.
PAIR: Final = 2

# -- the page's own list ----------------------------------------------------------------------

# Beside a pager an undated list of five rows is believed before a dated one elsewhere.
UNDATED_ROWS: Final = 5
