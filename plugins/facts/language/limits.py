"""Every number by which words are read, each with its reason."""

from __future__ import annotations

from typing import Final

# -- dates in data ----------------------------------------------------------------------------

# A field that holds a date, with time and zone; longer ones are texts.
DATE_FIELD: Final = 60
# 20240301 as a number.
DAY_DIGITS: Final = 8
# Seconds since 1970 from 1979 to 2103: smaller numbers are counters, greater ones milliseconds.
FIRST_SECOND: Final = 3e8
LAST_SECOND: Final = 4.2e9
# Milliseconds from 1973 to 2103.
FIRST_MILLISECOND: Final = 1e11
LAST_MILLISECOND: Final = 4.2e12

# -- numbers of persons -----------------------------------------------------------------------

# ISO/IEC 7812: cards of UnionPay have sixteen to nineteen digits.
CARD_LEAST: Final = 16
CARD_MOST: Final = 19
# 6222 0000 0000 0000 is an example, not a card.
CARD_DIGITS: Final = 4
# GB 11643: an identity number has eighteen digits.
IDENTITY_DIGITS: Final = 18
# Words that say what a number is stand within these signs before it …
NEAR: Final = 24
# … or behind it.
BEHIND: Final = 12
# Luhn: a doubled digit of two figures counts as their sum.
LUHN: Final = 9

# -- titles and labels ------------------------------------------------------------------------

# A status label (征集已结束) is short.
STATUS: Final = 40
# Shorter cores ("工作规则") name a kind of paper, not one paper.
SHORTEST_CORE: Final = 5
# What must be left of a core without its place (办法, 规定 are two signs).
LEFT_CORE: Final = 3
# Text in which a paper says how long it is in force.
TERM_TEXT: Final = 60_000
