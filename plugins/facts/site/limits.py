"""The numbers that decide in this room, each with its reason and the page or case that needs it."""

from __future__ import annotations

from typing import Final

# -- papers and where they are filed ------------------------------------------------------------

# A name of a column of 规范性文件; a longer title that holds the words is that of a paper.
COLUMN_NAME: Final = 30
# A paper is filed by its innermost crumbs: its column, one above, and often its own title.
FILED_CRUMBS: Final = 3
# A catalogue is called so by its page, or by its column, which stands last or before the title.
CATALOGUE_CRUMBS: Final = 2
# As above: a page of a unit's particulars (单位概况 > 机构职能).
PROFILE_CRUMBS: Final = 2

# -- pairs of document and interpretation -------------------------------------------------------

# An interpretation is filed by its column, or by the one above (政策解读 > 文字解读).
READING_CRUMBS: Final = 2
# Two papers of one title are told apart by their days: an interpretation belongs to the edition
# published within so many days of it.
NEAR: Final = 180
# An interpretation this many days off its document speaks of another edition.
APART: Final = 730
# Days that are not known are farther apart than any two days.
DAYS_UNKNOWN: Final = 10**6
# Bigrams that stand in more titles than this tell nothing and are not looked up.
COMMON: Final = 40
# So many of a title's rarest bigrams are looked up.
RAREST: Final = 3
# Shorter cores are too alike by chance to be compared letter by letter.
COMPARABLE: Final = 8

# -- what is kept of pages and documents --------------------------------------------------------

# Places of a document that are kept: its page and column are among the first.
DOCUMENT_PLACES: Final = 5
# Shorter texts (见附件) are alike on pages that have nothing else in common.
SHORTEST_TEXT: Final = 100
# Entries such as 无障碍浏览: one sign is an icon, and a longer link speaks of the matter.
ACCESS_SHORTEST: Final = 2
ACCESS_LONGEST: Final = 12
# Of a link's words so many are drawn: enough to see that they are too long for an entry.
ACCESS_WORDS_DRAWN: Final = 60
# Of an inline script so much is searched for an accessibility tool, which is called at its start.
ACCESS_SCRIPT: Final = 100_000
# Marks that are kept of one page; the first would do, and the files among them stand first.
ACCESS_MARKS_KEPT: Final = 20

# -- dead links ---------------------------------------------------------------------------------

# Places that a finding shows of one cause; a dead link of a template stands on every page.
SHOWN: Final = 20
# Dead targets from which on one cause is looked for: fewer in a folder may have died one by one.
TOGETHER: Final = 5
# Words of a link within a sentence; some links are whole paragraphs.
LINK_WORDS: Final = 40

# -- doubts, home page, tags --------------------------------------------------------------------

# Unread columns that a message names.
NAMED: Final = 3
# A file's name within a sentence; names that carry a query are endless.
FILE_NAME: Final = 60
# Hosts of one government agree in their last three labels (q.gov.cn).
HOST_LABELS: Final = 3
# Pages that a finding on a tag shows.
TAG_PLACES: Final = 20
# Templates that are counted and remembered by an example: where every address is one, that ends.
TEMPLATES: Final = 10_000
