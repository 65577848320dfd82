"""What ``gongkai facts`` prints of each page, in the order in which pages were asked for."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from crawler.terminal.why.tables import show_taken
from plugins import Page
from plugins.facts.page.describe import describe
from plugins.taken import Taken, ask
from plugins.why import listening


class Teller:
    """Prints pages: those of files when their turn comes, those of addresses as they are handed in."""

    def __init__(
        self,
        words: Sequence[str],
        files: Mapping[str, Page],
        questions: Sequence[str],
        day: date | None,
        *,
        as_text: bool,
    ) -> None:
        self.waiting = deque(words)
        self.files = files
        self.questions = tuple(questions)
        self.day = day
        self.as_text = as_text
        self.addresses = tuple(word for word in words if word not in files)
        self.told = 0

    def tell(self, page: Page) -> None:
        """Print the page of the next address, and the files that were named before it."""
        self._files()
        self.waiting.popleft()
        self._print(page)
        self.told += 1
        self._files()

    def rest(self) -> None:
        """Print the files that are left, where no address was named."""
        self._files()

    def _files(self) -> None:
        while self.waiting and self.waiting[0] in self.files:
            word = self.waiting.popleft()
            self._print(self.files[word], file=word)

    def _print(self, page: Page, file: str = "") -> None:
        # Facts that were drawn before (does it need the browser?) would leave no step.
        fresh = replace(page)
        with listening() as trace:
            told = describe(fresh, self.day)
            ask(fresh)
            taken = Taken.of(fresh, trace)
        if self.as_text:
            if file:
                sys.stdout.write(f"# {file}\n")
            show_taken(taken, self.questions)
        else:
            if file:
                told["file"] = file
            if self.questions:
                told["why"] = {
                    name: [step.told() for step in steps]
                    for name, steps in taken.only(self.questions).items()
                }
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        sys.stdout.flush()
