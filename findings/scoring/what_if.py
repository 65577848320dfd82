"""Which findings a person means by "what if these were fixed"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from findings.records.records import SHORTEST_PREFIX, StoredFinding
from plugins.errors import ConfigurationError, Problem
from plugins.rule import CODE

OPTION = "--what-if"


def meant(findings: Sequence[StoredFinding], words: Iterable[str]) -> tuple[StoredFinding, ...]:
    """The present findings that the words name: fingerprints or their beginnings, rule codes, unit names.

    Raises:
        ConfigurationError: when a word names none, or the beginning of several.
    """
    present = [finding for finding in findings if finding.present]
    chosen: dict[str, StoredFinding] = {}
    problems = []
    for word in words:
        try:
            for finding in _named(present, word.strip()):
                chosen[finding.fingerprint] = finding
        except ValueError as error:
            problems.append(Problem(OPTION, str(error)))
    if problems:
        raise ConfigurationError(problems)
    return tuple(chosen.values())


def _named(present: Sequence[StoredFinding], word: str) -> list[StoredFinding]:
    if re.fullmatch(rf"[0-9a-fA-F]{{{SHORTEST_PREFIX},32}}", word):
        found = [one for one in present if one.fingerprint.startswith(word.lower())]
        if len(found) > 1:
            raise ValueError(f"“{word}”对应{len(found)}个问题，请写得更长。")
    elif CODE.fullmatch(word):
        found = [one for one in present if one.code == word]
    else:
        found = [one for one in present if word and one.unit == word]
    if not found:
        raise ValueError(
            f"这次检查中没有“{word}”的现存问题：应为问题编号（至少{SHORTEST_PREFIX}位）、规则代码或单位名称。"
        )
    return found
