"""Why the pages of findings were taken for what they are, as a report shows it: bounded, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from findings.records.traces import FindingTrace
from plugins.taken import ALL, Taken, answer_name, mark, question_name
from plugins.why import Step

# What all traces of one report may weigh, in characters; further ones are on the command line.
MOST_TEXT = 2_000_000
# The last steps of a question decided; so many of them are shown.
MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its steps: mark, test, answer, what was seen, the limit; ``before`` left out."""

    name: str
    before: int
    steps: tuple[tuple[str, str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PageWhy:
    """One page that a finding rests on: in a line what it was taken for, and the questions."""

    heading: str
    run: int
    asked: tuple[Asked, ...]

    @property
    def weight(self) -> int:
        """How many characters it has."""
        steps = (cell for one in self.asked for step in one.steps for cell in step)
        return len(self.heading) + sum(map(len, steps))


def explained(
    traces: Mapping[str, tuple[FindingTrace, ...]], wanted: Iterable[str], budget: int = MOST_TEXT
) -> dict[str, tuple[PageWhy, ...]]:
    """The traces of these findings, the first ones first, as far as a report may grow by them."""
    found: dict[str, tuple[PageWhy, ...]] = {}
    for fingerprint in wanted:
        if fingerprint in found or fingerprint not in traces:
            continue
        pages = tuple(_page(one.page, one.run) for one in traces[fingerprint])
        budget -= sum(page.weight for page in pages)
        if budget < 0:
            break
        found[fingerprint] = pages
    return found


def _page(taken: Taken, run: int) -> PageWhy:
    return PageWhy(
        heading=taken.heading,
        run=run,
        asked=tuple(
            Asked(question_name(name), max(0, len(steps) - MOST_STEPS), _cells(steps[-MOST_STEPS:]))
            for name, steps in taken.only([ALL]).items()
            if steps
        ),
    )


def _cells(steps: Iterable[Step]) -> tuple[tuple[str, str, str, str, str], ...]:
    return tuple((mark(one), one.test, answer_name(one), one.saw, one.limit) for one in steps)
