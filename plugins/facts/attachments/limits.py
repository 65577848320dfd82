"""The numbers that decide in this room, each with its reason and the page or case that needs it."""

from __future__ import annotations

from typing import Final

# -- one file: what is read of it, and for how long ---------------------------------------------

# Larger files (films, scanned volumes) are not fetched whole: their text is not worth the transfer.
FILE_BYTES: Final = 20 * 1024 * 1024
# A file that keeps its worker longer is left unread: other files wait behind it.
SECONDS: Final = 15.0
# Pages of a pdf: budgets and yearbooks have hundreds, and what rules look for stands before that.
PAGES: Final = 500
# Signs of one file, which all stand in memory while rules read them.
CHARS: Final = 3_000_000
# Cells of a workbook: one that is formatted down to its last row has millions that say nothing.
CELLS: Final = 500_000
# Files in an archive: a notice with its forms has few; more are a collection.
MEMBERS: Final = 100
# Bytes that all packed parts of a file may unpack to: more is a zip bomb.
INFLATED: Final = 150 * 1024 * 1024
# A sign has at most four bytes (UTF-8, GB18030): of a text file no more bytes are decoded.
SIGN_BYTES: Final = 4

# -- packed files -------------------------------------------------------------------------------

# Unpacked in steps so small that a bomb is noticed before it has filled the memory.
STEP: Final = 64 * 1024
# Notes on an archive's unread members: a list for people, not one of a thousand names.
NOTES: Final = 20
# Of one note as much as people read.
NOTE_TEXT: Final = 200
# Of a member's name its end is kept, where its ending is; folders may make it endless.
LONGEST_NAME: Final = 100

# -- formats ------------------------------------------------------------------------------------

# Some programs write a few lines before %PDF-; readers look for it in the first kilobyte.
HEAD: Final = 1_024
# The folder that tells the format (word/, xl/) is among an office file's names, which are few.
NAMES: Final = 2_000
# Where a packed file is cut off its directory is gone: the first names stand in its first bytes.
START: Final = 20_000

# -- workbooks ----------------------------------------------------------------------------------

# From here on a float no longer says which whole number was meant.
EXACT: Final = 10**15
# Shared texts of a workbook are kept in memory until its sheets are read.
MOST_STRINGS: Final = 2_000_000
# A sheet has 1048576 rows: the number of a row has seven digits, a longer one is no number of a row.
ROW_DIGITS: Final = 7
# A merged range is told by two corners (A1:C3); a single cell (A1) spreads over nothing.
CORNERS: Final = 2
