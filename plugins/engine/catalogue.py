"""What rules say of themselves, for commands, pages and documents: one description, several forms."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Any

from plugins.engine.manager import Plugins
from plugins.requirements import Requirements
from plugins.rule import SEVERITY_NAMES, Confidence, Rule, family_name

CONFIDENCE_NAMES = {Confidence.HIGH: "高", Confidence.MEDIUM: "中", Confidence.LOW: "低"}
HEADING = """# 检查规则

<!-- 由 gongkai rules --format markdown 生成，请勿手工修改。 -->
"""


def describe(plugins: Plugins, rule: Rule) -> dict[str, Any]:
    """One rule in force as plain data, with the options it has in this run."""
    prose = rule.prose
    return {
        "code": rule.code,
        "title": rule.title,
        "family": rule.family,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "deduct": rule.deduct,
        "requirements": list(rule.requirements),
        "needs": list(rule.needs),
        "why": prose.why,
        "looks_at": prose.looks_at,
        "silent_when": prose.silent_when,
        "remedy": prose.remedy,
        "source": prose.source,
        "notes": prose.notes,
        "options": options(plugins.settings(rule)),
        "origin": plugins.origin(rule.code),
    }


def options(settings: Any) -> dict[str, Any]:
    """Options as plain data, in the order in which they are declared."""
    if settings is None:
        return {}
    return {
        field.name: _plain(getattr(settings, field.name)) for field in dataclasses.fields(settings)
    }


def lines(plugins: Plugins, rule: Rule) -> list[tuple[str, str]]:
    """One rule as labelled lines of Chinese text, empty ones left out."""
    prose = rule.prose
    said = [
        ("为什么", prose.why),
        ("看什么", prose.looks_at),
        ("不报", prose.silent_when),
        ("整改", prose.remedy),
        ("依据", prose.source),
        ("说明", prose.notes),
        ("类别", family_name(rule.family)),
        ("严重程度", SEVERITY_NAMES[rule.severity]),
        ("把握", CONFIDENCE_NAMES[rule.confidence]),
        ("建议扣分", f"每项{rule.deduct:g}分（以评分方案为准）" if rule.deduct else "不建议扣分"),
        ("要求编号", "、".join(rule.requirements)),
        ("依赖探测", "、".join(rule.needs)),
        (
            "选项",
            "；".join(f"{k} = {_spelt(v)}" for k, v in options(plugins.settings(rule)).items()),
        ),
        ("来源", plugins.origin(rule.code)),
    ]
    return [(label, text) for label, text in said if text]


def markdown(plugins: Plugins, rules: Iterable[Rule] | None = None) -> str:
    """All rules (or those given) as one Markdown document: by requirement, by family, then each rule."""
    chosen = tuple(plugins.rules if rules is None else rules)
    parts = [HEADING, by_requirement(chosen)]
    for family in dict.fromkeys(rule.family for rule in chosen):
        parts.append(f"## {family_name(family)}\n")
        of_family = [rule for rule in chosen if rule.family == family]
        parts.append(table(of_family))
        parts += [_section(plugins, rule) for rule in of_family]
    return "\n".join(parts)


def by_requirement(rules: Iterable[Rule], requirements: Requirements | None = None) -> str:
    """Every requirement with the rules that look at it; then what no website shows, with the reason."""
    known = requirements or Requirements.read()
    chosen = tuple(rules)
    parts = [
        "## 要求与规则对照\n",
        "| 要求 | 规则 | 怎样检查 | 把握 | 建议扣分 |",
        "|---|---|---|---|---|",
    ]
    for one in known.all:
        its = [rule for rule in chosen if one.id in rule.requirements]
        how = one.how + (f"（{one.beyond}）" if one.beyond else "")
        cells = (
            f"{one.id} {one.title}",
            "<br>".join(rule.code for rule in its) or "看不到",
            how or one.not_visible,
            "<br>".join(CONFIDENCE_NAMES[rule.confidence] for rule in its) or "—",
            "<br>".join(f"{rule.deduct:g}" for rule in its) or "—",
        )
        parts.append("| " + " | ".join(map(_cell, cells)) + " |")
    parts += ["", "### 网站上看不到的", ""]
    parts += [f"- **{one.id} {one.title}**：{one.not_visible}" for one in known.not_visible]
    parts += [f"- **{one.matter}**：{one.why}" for one in known.outside]
    return "\n".join(parts) + "\n"


def table(rules: Iterable[Rule]) -> str:
    """Rules as a Markdown table."""
    rows = ["| 代码 | 问题 | 严重程度 | 建议扣分 |", "|---|---|---|---|"]
    rows += [
        f"| {rule.code} | {_cell(rule.title)} | {SEVERITY_NAMES[rule.severity]} | {rule.deduct:g} |"
        for rule in rules
    ]
    return "\n".join(rows) + "\n"


def _section(plugins: Plugins, rule: Rule) -> str:
    body = [f"- **{label}**：{text}" for label, text in lines(plugins, rule)]
    return f"### {rule.code} {rule.title}\n\n" + "\n".join(body) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _spelt(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_spelt(one) for one in value) or "无"
    return "无" if value is None else str(value)


def _plain(value: Any) -> Any:
    """Anything an option can be, as JSON has it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return options(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(one) for one in value), key=str)
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
