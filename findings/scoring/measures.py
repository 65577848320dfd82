"""What was looked at: full marks must not claim what nobody has checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from findings.schemes.scheme import Indicator, Scheme, Way
from findings.scoring.scorecards import Coverage, Untested
from plugins.rule import family_of


@dataclass(frozen=True, slots=True)
class Measures:
    """What was looked at of one card.

    ``coverage`` of its sites; ``in_force`` the rules (None = all); ``traits`` those of the scheme's
    subject traits that some finding ever had.
    """

    coverage: Coverage
    in_force: Collection[str] | None
    traits: Collection[str]
    scheme: Scheme

    def indicator(self, indicator: Indicator) -> bool:
        """Whether anything was looked at that could fall under it."""
        return any(self.way(way) for way in indicator.all_ways)

    def way(self, way: Way) -> bool:
        """The same of one way of a veto.

        What is chosen by a trait of the subject needs a rule that gives this trait; as long as no
        finding ever had it, full marks would claim what nobody has checked.
        """
        telling = set(way.when) & set(self.scheme.subject_traits)
        if way.when and telling == set(way.when) and not telling & set(self.traits):
            return False
        return any(self._code(code) for code in way.checks)

    def untested(
        self, indicators: Sequence[Indicator], waived: Collection[str]
    ) -> Iterator[Untested]:
        """The indicators, or ways of a veto, that nobody looked at; waived categories told apart."""
        for indicator in indicators:
            if indicator.category in waived:
                continue
            for way in indicator.all_ways:
                if self.way(way):
                    continue
                yield Untested(
                    indicator.code,
                    f"{indicator.title}（{way.title}）" if way.title else indicator.title,
                    indicator.shown_category,
                    indicator.kind,
                    way.unmeasured or "本次没有相应的规则检查过。",
                )

    def _code(self, code: str) -> bool:
        """Whether a rule was in force, and its family was looked at on some site at least."""
        if self.in_force is not None and code not in self.in_force:
            return False
        family = family_of(code)
        states = [sheet[family].state for sheet in self.coverage.values() if family in sheet]
        return not states or any(state != "failed" for state in states)
