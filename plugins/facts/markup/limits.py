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

# -- the body ---------------------------------------------------------------------------------

# One sign is a mark between links.
LEAST_WORDS: Final = 2
# Below this score there is hardly any text: the body is a picture, or empty.
THIN: Final = 150.0
# A holder of three paragraphs wins over each, a page's wrapper with other texts does not.
FADING: Final = 0.72
# What calls itself the body (TRS_Editor) wins over its equals, not over twice the text.
NAMED: Final = 1.4
# One paragraph counts for no more: a long notice in the footer is not the body.
PARAGRAPH: Final = 600
# Each ，。；、 counts as twelve signs: sentences have them, menus have none.
MARK_SCORE: Final = 12
# A text counts for the blocks above it, five at most: p, td, tr, tbody, table.
HOLDER_STEPS: Final = 6
# How far up a text is looked for in a link.
LINK_STEPS: Final = 4

# -- landmarks --------------------------------------------------------------------------------

# A header that holds the breadcrumb and forty elements behind it is the page's wrapper.
AROUND_CRUMB: Final = 40
# A header without links: a logo and a slogan; more text is content.
NAV_TEXT: Final = 80
# Entries of a menu have at most sixteen signs; titles have more.
NAV_WORD: Final = 16
# One long entry in four is allowed in a menu (a friendly link, a slogan).
NAV_LONG_SHARE: Final = 4
# Text of a menu outside its links: a date, the weather …
NAV_REST: Final = 40
# … and a label beside each link.
NAV_REST_PER_LINK: Final = 12
# 您当前的位置 stands in a short text; in a longer one it is a sentence.
HERE_TEXT: Final = 60
# The deepest breadcrumbs have six links; a menu has more.
CRUMB_LINKS: Final = 12
# A breadcrumb that ends with the article's title.
CRUMB_TEXT: Final = 240
# From 当前位置 up to the breadcrumb.
CRUMB_STEPS: Final = 5
# The footer opens in the last two thirds of the page.
FOOT_SHARE: Final = 3
# 主办单位 in a longer text is a sentence of an article.
FOOT_WORDS: Final = 300
# No footer says more: what does is the page with its footer.
FOOT_TEXT: Final = 2_500
# Footers link to names of sites; a title is longer.
FOOT_LINK: Final = 18
# Three titles are a list: no footer holds one.
FOOT_TITLES: Final = 3
# Behind a footer's opening stand at most so many texts …
FOOT_BEHIND: Final = 60
# … or a sixth of a long page.
FOOT_BEHIND_SHARE: Final = 6

# -- names, forms, tags, tables, charsets -----------------------------------------------------

# A name has two signs; one is an icon or a number.
LEAST_NAME: Final = 2
# Names of columns have at most sixteen signs; titles have more.
LONGEST_NAME: Final = 16
# From a 更多 link up to the block that its heading heads.
NAME_STEPS: Final = 4
# The heading stands in one of the texts right before.
NAME_BACK: Final = 12
# Of these the first lines are names; further down stand the rows.
NAME_LINES: Final = 3
# A search box has its field and its button's.
SEARCH_FIELDS: Final = 2
# Bare addresses that are told of one page.
PLAIN_LINKS: Final = 500
# Tags that are read of one page; broken templates write thousands.
META_TAGS: Final = 500
# A colspan of five digits is an error.
SPAN_DIGITS: Final = 4
# Eight signs outside ASCII tell a Chinese page from one with a stray mark.
WIDE: Final = 8
