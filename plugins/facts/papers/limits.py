"""Every number by which papers are read, each with its reason and the page that needs it."""

from __future__ import annotations

from typing import Final

# -- documents --------------------------------------------------------------------------------

# A document's own 文号 stands above its title or its first sentence: red head, number, title, to whom.
HEAD_TEXT: Final = 1_500
HEAD_LINES: Final = 14
# A line with a 文号 alone; longer lines quote one.
LONGEST_NUMBER: Final = 40

# -- articles ---------------------------------------------------------------------------------

# Particulars stand in short texts; a longer one belongs to the body.
HEAD_TEXT_LONGEST: Final = 300
# Where title and particulars stand inside the body: its first lines.
HEAD_SIZE: Final = 1_500
# As above, in texts.
HEAD_POSITIONS: Final = 60
# Texts before the body that may hold particulars: table and head line.
HEAD_BACK: Final = 160
# Of what stands before the body so much is kept.
HEAD_KEPT: Final = 4_000

# -- publishing dates -------------------------------------------------------------------------

# A line with one date between title and body; longer ones are sentences.
HEAD_LINE: Final = 120
# What may stand beside the date alone: a mark, a weekday's sign.
HEAD_REST: Final = 3
# Scripts that carry a publishing date are short; libraries name dates of their own.
DATE_SCRIPT: Final = 20_000
# The closing date stands in the last lines of a text.
SIGNATURE: Final = 400
# 2022年3月1日, alone on its line.
SIGNED_LINE: Final = 20
# Behind 发布时间： the date follows at once.
LABEL_AHEAD: Final = 40

# -- documents: the date below the text -------------------------------------------------------

# The closing date stands alone or behind the issuer's name, before the publishing mark.
CLOSING: Final = 400
# … on one of the last lines.
CLOSING_LINES: Final = 8
# A line with issuer and date; a longer one is a sentence that names a day.
SHORT_LINE: Final = 60
# A notice that issues rules is signed before the rules begin.
SIGNED_BEFORE: Final = 20_000
# 统一编号 of a 规范性文件 stands at its head.
FILED_HEAD: Final = 600

# -- links between papers ---------------------------------------------------------------------

# Two titles with so much in common are about one paper.
ALIKE: Final = 0.7
# A block with more links is a list, not the line around one link.
ROW_LINKS: Final = 2
# A link that reads like a title.
TITLE_SIGNS: Final = 6
# Words of eight signs that stand in a title are that title.
WHOLE_TITLE: Final = 8
# A line that ends with 解读： before a link.
BEFORE_LINK: Final = 80
# … and how much of its end is read.
TAIL: Final = 12
# A longer line above a link is another text: no heading stands before it.
OTHER_LINE: Final = 20

# -- clean-ups, catalogues, letters, reports, solicitations -----------------------------------

# A cell that says what becomes of a paper (继续有效); longer ones are titles or reasons.
CELL_MARK: Final = 14
# A cell that names a paper without 《》 says what about.
NAMED_CELL: Final = 8
# As CELL_MARK, beside a title.
FATE_CELL: Final = 12
# Fewer signs name no paper.
PAPER_TITLE: Final = 6
# As above, without 关于 and 的通知.
CORE: Final = 6
# Names of a catalogue's columns (事项, 内容) have two signs.
COLUMN_HEAD: Final = 2
# A page with two particulars of a letter (来信时间, 办理状态) is one.
LETTER_MARKS: Final = 2
# The row on 行政规范性文件 has three figures: made, ended, in force.
REPORT_VALUES: Final = 3
# An end half a year from the beginning is a wrong year, not a solicitation.
FAR: Final = 180
