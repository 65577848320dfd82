"""Pictures of places where looking beats reading: a screenshot with the place outlined, as a value."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

PLACE = ZoneInfo("Asia/Shanghai")
JPEG = b"\xff\xd8\xff"
# Evidence is kept so long (design §7).
KEPT = timedelta(days=30)
# What one picture may weigh, and all that go into one file.
HEAVIEST = 250_000
FILE_BYTES = 12_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of the place that a finding speaks of.

    ``page`` is the page's ``url_key``; ``run`` the run that took it, at ``taken``; ``outlined`` =
    the place was found on the page and has a red frame (else it is the whole window); ``look`` a
    digest of what the finding said then.
    """

    fingerprint: str
    site: str
    page: str
    run: int
    taken: datetime
    width: int
    height: int
    outlined: bool
    look: str
    image: bytes

    @property
    def usable(self) -> bool:
        """Whether it is what it should be: a JPEG of a sane size."""
        sane = 0 < self.width <= 4000 and 0 < self.height <= 4000  # noqa: PLR2004 - pixels of a window
        return sane and self.image[:3] == JPEG and len(self.image) <= HEAVIEST

    @property
    def caption(self) -> str:
        """What stands below it."""
        day = self.taken.astimezone(PLACE).strftime("%Y-%m-%d")
        return f"{day}截图，{'红框处为问题所在' if self.outlined else '未能定位，显示整个窗口'}"

    @property
    def address(self) -> str:
        """The picture as a ``data:`` address, for pages that need nothing else."""
        return "data:image/jpeg;base64," + base64.b64encode(self.image).decode()

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Its size when made to fit, never larger than it is."""
        share = min(width / self.width, height / self.height, 1)
        return self.width * share, self.height * share


def chosen(
    pictures: Mapping[str, Picture], wanted: Iterable[str], budget: int = FILE_BYTES
) -> dict[str, Picture]:
    """The pictures of these findings, the first ones first, as far as a file may grow by them."""
    found: dict[str, Picture] = {}
    for fingerprint in wanted:
        picture = pictures.get(fingerprint)
        if picture is None or not picture.usable or fingerprint in found:
            continue
        budget -= len(picture.image)
        if budget < 0:
            break
        found[fingerprint] = picture
    return found
