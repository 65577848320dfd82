"""What makes a page a policy document (政策文件) or an interpretation (解读) of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """Marks of a document page; a field is "" or None where the page does not show it.

    ``number`` 文号 ("港政发〔2022〕3号"), ``issued`` 成文日期, ``validity`` 有效/废止/失效 …
    ``needs_interpretation``: True = a 行政规范性文件 or another document of this body that by its
    kind must be interpreted (办法, 实施细则, 规定, 实施意见 … issued with a number); False = by its
    kind it need not (notices of appointments, meetings, forwarded central documents, 年报, 批复 …);
    None = could not tell.
    """

    number: str = ""
    issued: date | None = None
    validity: str = ""
    needs_interpretation: bool | None = None
