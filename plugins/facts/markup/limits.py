"""Every number by which markup is read, each with its reason and the page that needs it."""

from __future__ import annotations

from typing import Final

# -- titles -----------------------------------------------------------------------------------

# One sign in a heading is an icon's letter or a step's number.
LEAST_TITLE: Final = 2
# Titles of joint notices run to some 120 signs; what is longer is a paragraph in a title's box.
LONGEST_TITLE: Final = 200
# A heading of three signs (通知, 首页) stands in many titles by chance.
REPEATED_TITLE: Final = 4
# <title> may add the site's and the column's name, but a third of it must be the heading.
REPEATED_SHARE: Final = 0.3
# Names of columns have two to seven characters; a title says what about.
SPEAKING_TITLE: Final = 8
# A <title> of five signs (区财政局, 文章页) is the site's or the template's name.
SHORT_TITLE: Final = 6
