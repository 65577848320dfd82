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

# -- links that can be titles -----------------------------------------------------------------

# One sign (>, ·) is an arrow, not a title.
LEAST_TITLE: Final = 2
# Some sites link a whole summary; what is longer is a block in a link.
LONGEST_TITLE: Final = 600

# -- which of a row's links is its title ------------------------------------------------------

# Of two long links in a row (title, summary) the first wins: beyond this length more is no better.
WEIGHED_TITLE: Final = 60

# -- rows around dates ------------------------------------------------------------------------

# Chinese signs of a title without a link; labels (发布时间) have fewer.
SHORTEST_TITLE: Final = 6
# A row that a click opens says a title and a date; a longer block is a text.
LONGEST_LINKLESS: Final = 300
# From a date to its row without a link: span, p, div, a wrapper, li.
LINKLESS_STEPS: Final = 5
# One row of links or dates is no list.
LEAST_ROWS: Final = 2
# From a date up to its title link: rows of cards nest about six deep.
BASE_STEPS: Final = 9
# A link that says four signs besides its date is a title with its date.
OWN_WORDS: Final = 4
# A date beside 登录 and 注册 makes no list: some row must have four signs.
SHORTEST_WORDS: Final = 4
# A row with title and summary stays below; what says more is a block of the page.
MAX_ROW_TEXT: Final = 1_500
# A document's row with its interpretations has some five links; a menu beside a date has more.
MOST_ROW_LINKS: Final = 8
# A row that holds rows has siblings that are rows as well.
LEAST_SIBLINGS: Final = 2
# Flat lists (dt/dd, br) are believed from two pairs of date and title on.
FLAT_PAIRS: Final = 2
# Two pairs among more links than these are a block of links with two dates.
LOOSE_LINKS: Final = 4
# In a flat list each date has its title and at most two side links.
LINKS_PER_DATE: Final = 3
# Of a row's words so many are read to see whether it has words of its own.
WORDS_READ: Final = 300
# No page has more lists; a broken one could have thousands of groups of one row.
MAX_GROUPS: Final = 400

# -- rows without dates -----------------------------------------------------------------------

# An undated link is a title from six signs on; names of columns have fewer.
UNDATED_TITLE: Final = 6
# Among dated rows an undated one may have a shorter title.
SIBLING_TITLE: Final = 4
# An undated row holds its title and side links; more are a block.
UNDATED_LINKS: Final = 6
# From a link up to its row: cards nest about six deep.
ROW_STEPS: Final = 8
# Links that stand bare beside each other are rows of their own.
SOLE_LINKS: Final = 2
# Of an undated list half of the titles have eight Chinese signs: else they are names of columns.
TITLE_SIGNS: Final = 8

# -- printed dates ----------------------------------------------------------------------------

# Longer texts are running text: the days that they name are no dates of rows.
LONGEST: Final = 400
# A date cut into pieces (day, -, month, -, year, each in a span) has seven at most.
MAX_RUN: Final = 7
# A piece of a date is short; a longer text beside it is a title.
PIECE: Final = 30
# A 至 B in four pieces at most: two dates, 至, a blank.
PERIOD_RUN: Final = 4
# A title attribute that is a date; longer ones repeat the row's title.
ATTRIBUTE: Final = 40
# A date within a line of particulars; longer lines are sentences.
MIXED: Final = 200
# What stands before a period or behind a date in a line of particulars: 阅读 1234.
NEAR_WORDS: Final = 12
# Signs left before a date beside its label: 【, ：, a blank.
LABEL_REST: Final = 3
# A text with nothing but dates, times and a label.
ONLY_DATE: Final = 60
# A label or category with the first piece of a date: 政策法规 2024年.
OPENED: Final = 40
# Scripts that write one date in its place are this short.
WRITTEN: Final = 400
# 01-12 is a day; 1/12 is the first of twelve pages.
DIGITS_PADDED: Final = 2
# Pieces of one date have an ancestor in common within these steps.
NEAR_STEPS: Final = 4
# A label stands in one of the texts just before its date.
LABEL_BACK: Final = 4
# From a text up to the link that it stands in.
ANCHOR_STEPS: Final = 8

# -- what a row says --------------------------------------------------------------------------

# A table of one column has no names of columns.
LEAST_CELLS: Final = 2
# Names of a table's columns (发布日期, 信息名称) are short; else it is a row.
CELL_NAME: Final = 14
# A status label (进行中) stands in a short text.
STATUS_TEXT: Final = 60
# A dated row weighs four times an undated one when the page's own list is chosen …
DATED_WEIGHT: Final = 2.0
# … since side lists (热点排行) are mostly undated.
ROW_WEIGHT: Final = 0.5
# Ten signs of average title weigh as one: long titles tell news from names.
TITLE_WEIGHT: Final = 10
# Beyond this average length more says nothing.
TITLE_MOST: Final = 40
# What stands before the breadcrumb (a ticker in the header) weighs a third.
BEFORE_CRUMB: Final = 3

# -- pagers -----------------------------------------------------------------------------------

# 下一页 and its like; longer words of a link are a title.
PAGER_WORD: Final = 12
# A pager with all its numbers says less; what says more is the list with it.
HOLDER_TEXT: Final = 300
# From a paging link up to the pager: li, ul, div, a wrapper.
HOLDER_STEPS: Final = 4
# No link of a pager has more signs (跳转到第__页): else rows stand in it.
HOLDER_WORD: Final = 8
# An element that is called a pager and says 共0页 or nothing.
BARE_TEXT: Final = 60
# Of two pages the second is linked; from three on those between are filled in.
SERIES: Final = 2
# createPageHTML(total, current, …): the two numbers that tell the pager.
CALL_NUMBERS: Final = 2

# -- data -------------------------------------------------------------------------------------

# Two records are a list even beside markup; one is the object of an article.
DATA_ROWS: Final = 2
# A field with markup of this length is an article's body.
DATA_BODY: Final = 40
# No title is longer: the field is a summary.
DATA_TITLE: Final = 300
# Plain values of an object that may be told; longer ones are texts.
SHORT_FIELD: Final = 300
# A field that is not called a title must read like one.
AVERAGE_TITLE: Final = 8
# A 文号 in a field of its own.
NUMBER_FIELD: Final = 60
# Longer scripts are libraries: no list of rows stands in them.
MAX_SCRIPT: Final = 1_500_000
# Object literals of a script that are tried, one by one.
LITERALS: Final = 30
# document.write stands in scripts of templates; longer ones are libraries.
WRITTEN_SCRIPT: Final = 400_000
# JSON within JSON that is parsed once more.
NESTED_DATA: Final = 2_000_000

# -- headings and their neighbours ------------------------------------------------------------

# From a list up to the block that its heading heads: ul, div, box, wrapper.
HEADING_STEPS: Final = 4
# A heading stands in one of the texts right before its list.
HEADING_BACK: Final = 8
# A text with the column's name may have blanks and marks around it.
NAME_REST: Final = 40
