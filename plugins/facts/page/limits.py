"""Every number by which a page is judged: its kind, its emptiness, its body; each with its reason.

``text`` is counted in characters of the body outside links and dated rows, ``rows`` in the lists
of the main part.
"""

from __future__ import annotations

from typing import Final

# -- kind: what answers with success and is an error all the same -----------------------------

# HTTP: from 400 on a server says itself that this is no page.
ERROR_STATUS: Final = 400
# Texts from which the words of an error page are gathered: block pages hold a few dozen at most.
ERROR_TEXTS: Final = 400
# A block page or a notice of closing says a few sentences; a real page with 维护公告 says more.
ERROR_TEXT: Final = 900
# A notice of closing links to the new site and the footer's marks; a page with a menu links to more.
ERROR_LINKS: Final = 12
# Without an error in its title only a page of two or three sentences is believed to be one.
BARE_ERROR_TEXT: Final = 400
# As above: an article about 系统维护 stands among more links than an error page has.
BARE_ERROR_LINKS: Final = 6
# An error page offers the way back and little else; what links to five contents is no error page.
BARE_ERROR_CONTENT: Final = 4
# Where the words 搜索结果 stand on a page of results: in its first texts, before the results.
SEARCH_TEXTS: Final = 80
SEARCH_SPAN: Final = 1_500

# -- kind: maps, articles ---------------------------------------------------------------------

# A site map has hardly any sentence …
MAP_TEXT: Final = 300
# … and links to all columns: the smallest street's site has twenty.
MAP_LINKS: Final = 20
# Articles carry one or two dated links (相关链接); three dated rows with a pager are a list.
LISTED: Final = 3
# A column of blocks at an article's address (/2024/0101/c12a34/page.html): without any sentence …
BLOCKS_TEXT: Final = 40
# … and with blocks that no article has below its text.
BLOCKS: Final = 4
# A labelled date alone stands over lists as well: an article has text below it.
ARTICLE_TEXT: Final = 200

# -- kind: lists, portals, texts, forms -------------------------------------------------------

# One list, or one list beside a side list that no heading gives away.
FEW_LISTS: Final = 2
# A text column (机构职能, 领导简介) with a dated link or two below: more text than a list's heading.
ONE_TEXT: Final = 150
# Home pages of columns: below six dated rows nothing can be said of which list is the main one.
MAIN_ROWS: Final = 6
# A list page with small side lists: most rows stand in its own list.
MAIN_SHARE: Final = 0.7
# A form may be explained at length (依申请公开须知) but not as long as an article.
FORM_TEXT: Final = 1_500
# A form below a list of letters is the list's: five rows are a list.
FORM_ROWS: Final = 5
# Name, telephone, content: less is a search box or a subscription.
FORM_FIELDS: Final = 3
# Guides (指南) link to the documents that they name: a long text …
GUIDE_TEXT: Final = 600
# … with much more text than links.
GUIDE_TEXT_PER_ROW: Final = 20
# Undated lists are told from blocks of a portal by being one list of five rows.
UNDATED_LISTS: Final = 2
UNDATED_ROWS: Final = 5
# A page of names (机构设置, 导航页): eight links in the main part …
NAME_LINKS: Final = 8
# … and, over all, less text than four characters (the shortest name) for each.
TEXT_PER_LINK: Final = 4
# A line of text without any list (机构电话): shorter is a heading or a crumb.
SHORT_PAGE: Final = 30

# -- emptiness --------------------------------------------------------------------------------

# Main text from which a page has content: two lines; less is a heading, a hint or a date.
ENOUGH: Final = 40
# A page of one text counts from its first sentence (联系电话：…).
FEW: Final = 12
# A shell filled by scripts (Vue, avalon) holds a title and 请稍候 …
SHELL_TEXT: Final = 200
# … and hardly a link; a real page with an empty list has its menu.
SHELL_LINKS: Final = 10
# Of a shell's text nothing past these pieces is counted.
SHELL_TEXTS: Final = 2_000
# An inline script shorter than this (var a=1;) draws no page.
SHORT_SCRIPT: Final = 40
# Links that read like titles beside a placeholder: three are a list, fewer are a side menu.
MENU: Final = 3
# Markup of a data answer that is looked at for any text at all.
DATA_MARKUP: Final = 50_000

# -- what stands in the main part -------------------------------------------------------------

# One sign (｜, ·) is a separator, not text.
LEAST_WORDS: Final = 2
# A sentence in an otherwise empty list element (暂无信息，请稍后再来) is no row.
SHORT_TEXT: Final = 40
# A placeholder may stand with the name of the column before it.
PLACEHOLDER_TEXT: Final = 60
# In a longer line the placeholder must be a good part: 暂无 in a sentence about projects is none.
PLACEHOLDER_SHARE: Final = 0.4
# A line as short as this that holds a placeholder is one.
PLACEHOLDER_LINE: Final = 24
# 加载中 … 数据正在加载，请稍候: longer texts speak of something else.
LOADING_TEXT: Final = 24
# 暂无 is two signs, with a mark three: shorter texts say nothing.
LEAST_SENTENCE: Final = 3
# Links that read like titles; names of columns are shorter.
LONG_LINK: Final = 9
# A menu has four entries or more, most of them short; three links may be three rows.
MENU_LINKS: Final = 4
# How far up from a link its menu is looked for: a, li, ul, and a wrapper.
MENU_STEPS: Final = 4
# How far up an element is looked for that a text stands in: a>span>font>b at most.
INSIDE_STEPS: Final = 4
# Pictures narrower than this are icons.
ICON_WIDTH: Final = 60
# Words of a list element without rows: one or two signs are decoration.
VACANT_WORDS: Final = 2
# A table's header has three cells; a pair of cells is a line of particulars.
HEADER_CELLS: Final = 3
# A text element (TRS_Editor) with less than a date in it is blank.
BLANK_BODY: Final = 10
# From a heading its blocks are looked for in three elements around it: h3, its bar, its box.
HEADING_STEPS: Final = 3
# Inline scripts of counters and share bars are short; a longer one does more than that.
TOOL_SCRIPT: Final = 3_000

# -- the body of an article -------------------------------------------------------------------

# Longer bodies are judged by their ending only.
SHORT: Final = 400
# A body of fewer signs with 分享到 in it is the share bar, not the body.
TOOLS_ONLY: Final = 12
# A body of the title and one line more holds only its heading.
HEADING_LINES: Final = 2
# Lines of fewer signs stand in many titles by chance.
REPEATED: Final = 4
# A line of particulars (发布时间：… 来源：…) before the text.
HEAD_LINE: Final = 160
# A line of tools (打印本页 关闭窗口) below the text.
TOOL_LINE: Final = 40
# Around a body only so many elements are looked at for pictures and files: its own block.
BODY_SPAN: Final = 160
# A table of fewer cells only lays out.
DATA_CELLS: Final = 4
# Names of one or two signs stand in every script.
NAME_PART: Final = 2
# A heading in place of a text; a longer line is a sentence.
HEADING_TEXT: Final = 60
# A title of six signs that stands in the line (or holds it) is that title.
OWN_TITLE: Final = 6
# Besides twice its title a heading may say who issued it.
TITLE_REST: Final = 12
# A document's first line (某市人民政府令) in place of a text.
HEADING_LINE: Final = 40
# Six signs in one piece are words of the title.
SAME: Final = 6
# A line of running text; shorter ones may end without a mark.
RUNNING: Final = 24
# A clause with a comma that ends in 的 or 和 is broken off.
CLAUSE: Final = 12
# How much of a broken end is told.
TOLD_END: Final = 60
# Where the opening 《 of an unclosed pair is looked for.
PAIR_BACK: Final = 120

# -- menus --------------------------------------------------------------------------------------

# Entries of a menu that can be told from titles.
MENU_NAME: Final = 14
# One sign is an icon or a number.
LEAST_NAME: Final = 2
# Neighbours with short names are a menu from three on.
MENU_ENTRIES: Final = 3
# Of a menu's links most are entries; the rest lead to other hosts.
MENU_SHARE: Final = 0.7
# From an entry's link up to its menu.
MENU_DEPTH: Final = 6
