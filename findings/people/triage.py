"""What a person may decide about a finding, and when a reason is good enough."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from findings.records.records import (
    SHORTEST_PREFIX,
    VERDICT_NAMES,
    Decision,
    StoredFinding,
    Verdict,
)
from findings.store.store import Store
from plugins.errors import ConfigurationError, Problem

SHORTEST_REASON = 4
EXEMPTION = timedelta(days=365)

# Sentences that are long enough and still say nothing.
_EMPTY_WORDS = frozenset(
    {
        "没有问题",
        "不是问题",
        "没有原因",
        "没有理由",
        "无需处理",
        "无须处理",
        "不用处理",
        "不予处理",
        "暂不处理",
        "情况属实",
        "特殊情况",
        "特殊原因",
    }
)


class Act(StrEnum):
    """The four things that ``gongkai triage`` does."""

    CONFIRM = "confirm"
    REJECT = "reject"
    EXEMPT = "exempt"
    RESET = "reset"


VERDICTS = {
    Act.CONFIRM: Verdict.CONFIRMED,
    Act.REJECT: Verdict.REJECTED,
    Act.EXEMPT: Verdict.EXEMPT,
    Act.RESET: Verdict.UNTRIAGED,
}


def _refused(place: str, message: str) -> ConfigurationError:
    return ConfigurationError([Problem(place, message)])


def read_act(word: str) -> Act:
    """The act of that name.

    Raises:
        ConfigurationError: when there is none.
    """
    try:
        return Act(word.strip().lower())
    except ValueError:
        raise _refused("决定", f"“{word}”不是可做的决定：应为 {'、'.join(Act)} 之一。") from None


def vague(why: str) -> bool:
    """Whether a reason says too little to be kept: punctuation, one sign repeated, stock phrases."""
    words = re.sub(r"[\W_]+", "", why)
    return len(words) < SHORTEST_REASON or len(set(words)) == 1 or words in _EMPTY_WORDS


def pick(store: Store, beginning: str) -> StoredFinding:
    """The one finding whose fingerprint begins so.

    Raises:
        ConfigurationError: when the beginning is no fingerprint, or names none or several.
    """
    wanted = beginning.strip().lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST_PREFIX},32}}", wanted):
        raise _refused(
            "编号",
            f"“{beginning}”不是问题编号：应为十六进制编号，可只写开头，至少{SHORTEST_PREFIX}位。",
        )
    found = store.named(wanted)
    if not found:
        raise _refused("编号", f"没有编号为“{wanted}”的问题。")
    if len(found) > 1:
        raise _refused("编号", f"“{wanted}”对应{len(found)}个问题，请写得更长。")
    return found[0]


def triage(
    store: Store,
    beginning: str,
    act: Act,
    *,
    today: date,
    why: str = "",
    until: date | None = None,
    by: str = "",
) -> tuple[StoredFinding, Decision]:
    """Decide about one finding; gives the finding as it was, and the line written in the log.

    An exemption without ``until`` holds for a year: none holds for ever.

    Raises:
        ConfigurationError: when the finding, the reason or the day cannot be accepted.
        StoreError: when the database cannot be used.
    """
    finding = pick(store, beginning)
    verdict = VERDICTS[act]
    if act in {Act.REJECT, Act.EXEMPT} and vague(why):
        raise _refused(
            "--why",
            f"改为“{VERDICT_NAMES[verdict]}”须写明具体理由（至少{SHORTEST_REASON}个字，不能是“无”之类）。",
        )
    if act is not Act.EXEMPT and until is not None:
        raise _refused("--until", "只有豁免（exempt）才有期限。")
    if act is Act.EXEMPT:
        until = until or today + EXEMPTION
        if until < today:
            raise _refused("--until", f"豁免期限{until}早于今天（{today}）。")
    return finding, store.decide(finding.fingerprint, verdict, why=why.strip(), by=by, until=until)
