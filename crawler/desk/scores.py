"""What is asked of the scores: the ranking, why it is so, what would change it, what was published."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.desk.memory import chosen_run
from crawler.terminal.asked import known, person
from crawler.terminal.score_changes import show_comparison, show_publication, show_publications
from crawler.terminal.score_tables import say, show_explanation, show_scores
from findings.people.assessment import Assessment, assess
from findings.records.records import RUN_STATE_NAMES, RunRecord, RunState
from findings.schemes.default import DEFAULT_SCHEME
from findings.schemes.scheme import Scheme
from findings.schemes.scheme_file import find_scheme
from findings.scoring.comparing import comparison_json
from findings.scoring.explaining import briefs, explanation
from findings.scoring.score_json import json_text, score_json
from findings.scoring.what_if import meant
from findings.store.published import PublishedCard
from findings.store.store import Store
from plugins.errors import ConfigurationError, Problem

LIST = "list"


@dataclass(frozen=True)
class ScoreQuestion:
    """One question about scores, in the words of the command line; "" or () = not asked.

    ``what_if`` and ``more`` name findings that are taken for mended; ``compare`` another run or
    scheme; ``explain`` a unit; ``published`` the number of a publication, or ``list``.
    """

    scheme: str = DEFAULT_SCHEME
    run: int | None = None
    what_if: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    compare: str = ""
    explain: str = ""
    publish: bool = False
    published: str = ""
    note: str = ""
    by: str = ""

    def agree(self) -> None:
        """Refuse parts of a question that cannot go together.

        Raises:
            ConfigurationError: in Chinese, naming the option.
        """
        acts = {
            "--what-if": bool(self.what_if),
            "--compare": bool(self.compare),
            "--publish": self.publish,
            "--published": bool(self.published),
        }
        asked = [name for name, is_asked in acts.items() if is_asked]
        if self.more and not self.what_if:
            raise _refusal("命令行", "多出来的参数只能跟在 --what-if 之后。")
        if len(asked) > 1:
            raise _refusal(asked[1], f"{'、'.join(asked)}不能同时使用。")
        if self.explain and asked not in ([], ["--published"]):
            raise _refusal("--explain", f"不能与{asked[0]}同时使用。")
        if self.published and (self.run is not None or self.scheme != DEFAULT_SCHEME):
            raise _refusal("--published", "已发布的成绩按存档显示，不能再指定 --run 或 --scheme。")

    def answer(self, store: Store, *, as_json: bool) -> None:
        """Print what the memory says, for people or for programs.

        Raises:
            ConfigurationError, StoreError: what is asked about is not there.
        """
        rules = find_scheme(self.scheme)
        if self.published:
            self._past(store, as_json=as_json)
            return
        now = assess(store, chosen_run(store, self.run), rules)
        if self.what_if:
            self._mended(store, now, rules, as_json=as_json)
        elif self.compare:
            _changes(self._other(store, now), now, as_json=as_json)
        elif self.publish:
            self._keep(store, now, rules, as_json=as_json)
        elif self.explain:
            _explanation(_content(now), self.explain, as_json=as_json)
        else:
            _told(_content(now)["score"], show_scores, as_json=as_json)

    def _mended(self, store: Store, now: Assessment, rules: Scheme, *, as_json: bool) -> None:
        """What the scores would be without some findings."""
        fixed = meant(now.findings, [*self.what_if, *self.more])
        names = frozenset(finding.fingerprint for finding in fixed)
        then = assess(store, now.run, rules, fixed=names)
        _changes(now, then, as_json=as_json, fixed=sorted(names))

    def _other(self, store: Store, now: Assessment) -> Assessment:
        """What to compare with: another run under this scheme, or this run under another."""
        if self.compare.isdecimal():
            run = chosen_run(store, int(self.compare))
            return assess(store, run, find_scheme(self.scheme))
        return assess(store, now.run, find_scheme(self.compare))

    def _keep(self, store: Store, now: Assessment, rules: Scheme, *, as_json: bool) -> None:
        """Publish: kept with its scheme, unchangeable."""
        run = now.run
        _must_be_finished(run)
        by = self.by or person()
        kept, new = store.publish(
            PublishedCard.of(rules, run.id, run.as_of, _content(now), by=by, note=self.note)
        )
        if as_json:
            sys.stdout.write(json_text({"published": {**kept.head_json(), "new": new}}))
            return
        if not new:
            say("这份成绩此前已经发布，没有重复存档。")
        show_publication(kept.head_json())

    def _past(self, store: Store, *, as_json: bool) -> None:
        """What was published, as it was."""
        if self.published == LIST:
            heads = [one.head_json() for one in store.publications()]
            _told(heads, show_publications, as_json=as_json)
            return
        if not self.published.isdecimal():
            raise _refusal("--published", f"“{self.published}”应为份数的编号或 list。")
        (kept,) = store.publications(int(self.published))
        if self.explain:
            _explanation(kept.content, self.explain, as_json=as_json)
        elif as_json:
            sys.stdout.write(json_text({**kept.content["score"], "published": kept.head_json()}))
        else:
            show_publication(kept.head_json())
            show_scores(kept.content["score"])


def _content(now: Assessment) -> dict[str, Any]:
    return {"score": score_json(now.scores), "findings": briefs(now.scores, now.findings)}


def _changes(
    before: Assessment, after: Assessment, *, as_json: bool, fixed: list[str] | None = None
) -> None:
    compared = comparison_json(before.scores, after.scores)
    compared["before"]["run"] = before.run.id
    compared["after"]["run"] = after.run.id
    if fixed is not None:
        compared["what_if"] = fixed
        compared["after"]["fixed"] = len(fixed)
    _told(compared, show_comparison, as_json=as_json)


def _explanation(content: Mapping[str, Any], unit: str, *, as_json: bool) -> None:
    known(unit, [card["unit"] for card in content["score"]["units"]], "--explain")
    _told(
        explanation(content["score"], unit, content["findings"]), show_explanation, as_json=as_json
    )


def _told(value: Any, show: Callable[[Any], None], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json_text(value))
    else:
        show(value)


def _must_be_finished(run: RunRecord) -> None:
    """Refuse to publish what a broken night says."""
    if run.state is not RunState.FINISHED:
        raise _refusal("--publish", f"第{run.id}次检查{RUN_STATE_NAMES[run.state]}，不能发布。")


def _refusal(place: str, why: str) -> ConfigurationError:
    return ConfigurationError([Problem(place, why)])
