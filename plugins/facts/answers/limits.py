"""The numbers that decide in this room, each with its reason and the page or case that needs it."""

from __future__ import annotations

from typing import Final

# Results cut long titles (关于印发2026年度政务公开…): the first twelve signs are compared.
TITLE_START: Final = 12
# One or two dated rows may stand beside results that a script loads; three are the results.
RESULT_ROWS: Final = 3
