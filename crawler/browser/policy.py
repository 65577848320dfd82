"""Which pages go to the browser: only where it is needed, as learned from address to address.

A browser page costs some hundred times what a plain fetch costs, so a page is rendered only if its
static form is not enough (``page.needs_browser``, a fact) and rendering its kind of page has not
been seen to change nothing. Nothing here imports Playwright.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum

from crawler.browser.shape import PageShape
from plugins.addresses.urls import url_pattern


class RenderMode(StrEnum):
    """``--render``: where needed, never, or every page."""

    AUTO = "auto"
    NEVER = "never"
    ALWAYS = "always"


@dataclass(slots=True)
class _Lesson:
    """What is known of one URL pattern: runs of pages that needed the browser, or did not."""

    useful: int = 0
    useless: int = 0
    asked: int = 0


class RenderPolicy:
    """Says which pages go to the browser, and learns it per URL pattern.

    ``after`` pages in a row of one pattern settle it: rendering changed nothing → not rendered any
    more; rendering was needed → straight to the browser, without a static fetch first. Every
    ``recheck``-th page (default each 10th) of a settled pattern is still treated as if nothing were known,
    so a site that changes its technique is noticed. At most ``capacity`` patterns are remembered,
    those seen last. A policy is for one crawl; it is not for several threads.
    """

    def __init__(
        self,
        mode: RenderMode | str = RenderMode.AUTO,
        *,
        available: bool = True,
        after: int = 3,
        recheck: int = 10,
        capacity: int = 5000,
    ) -> None:
        self.mode = RenderMode(mode) if available else RenderMode.NEVER
        self.after = after
        self.recheck = recheck
        self.capacity = capacity
        self.saved = 0
        self._lessons: OrderedDict[str, _Lesson] = OrderedDict()

    def __len__(self) -> int:
        return len(self._lessons)

    def directly(self, url: str) -> bool:
        """Before any fetch: whether the page goes straight to the browser."""
        if self.mode is not RenderMode.AUTO:
            return self.mode is RenderMode.ALWAYS
        lesson = self._lessons.get(url_pattern(url))
        return lesson is not None and lesson.useful >= self.after and not self._doubted(lesson)

    def wanted(self, url: str, static: PageShape) -> bool:
        """After the static fetch: whether the page must be rendered as well."""
        if self.mode is not RenderMode.AUTO:
            return self.mode is RenderMode.ALWAYS
        if not static.needs_browser:
            if lesson := self._lessons.get(url_pattern(url)):
                lesson.useful = 0  # the static form is enough after all
            return False
        lesson = self._lesson(url)
        if static.undecided or lesson.useless < self.after or self._doubted(lesson):
            return True
        self.saved += 1
        return False

    def learn(self, url: str, static: PageShape, rendered: PageShape) -> None:
        """Remember what rendering did to a page; not called for pages that failed to render."""
        lesson = self._lesson(url)
        if static.differs(rendered):
            lesson.useful += 1
            lesson.useless = 0
        else:
            lesson.useless += 1
            lesson.useful = 0

    def _lesson(self, url: str) -> _Lesson:
        pattern = url_pattern(url)
        lesson = self._lessons.setdefault(pattern, _Lesson())
        self._lessons.move_to_end(pattern)
        while len(self._lessons) > self.capacity:
            self._lessons.popitem(last=False)
        return lesson

    def _doubted(self, lesson: _Lesson) -> bool:
        lesson.asked += 1
        return lesson.asked % self.recheck == 0
