"""``gongkai rules``: every rule in force, as a table, JSON or Markdown."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from crawler.terminal.options import FolderOption


class RulesFormat(StrEnum):
    """Forms of output."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


def command(
    format: Annotated[  # noqa: A002 - the word of the command line
        RulesFormat, typer.Option("--format", help="输出格式。")
    ] = RulesFormat.TABLE,
    folder: FolderOption = None,
) -> None:
    """列出全部检查规则。"""
    from crawler.plan.rules import rulebook
    from crawler.terminal.tables import show
    from plugins.engine.catalogue import describe, markdown
    from plugins.requirements import Requirements
    from plugins.rule import SEVERITY_NAMES, family_name

    plugins = rulebook(folder)
    if format is RulesFormat.JSON:
        told = {
            "rules": [describe(plugins, rule) for rule in plugins.rules],
            "not_visible": [
                {"requirement": one.id, "why": one.not_visible}
                for one in Requirements.read().not_visible
            ],
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    elif format is RulesFormat.MARKDOWN:
        # docs/rules.md is made of this: what somebody has dropped in is no part of the project.
        ours = [one.rule for one in plugins.plugins if one.rule and (folder or not one.foreign)]
        sys.stdout.write(markdown(plugins, ours))
    else:
        show(
            ("代码", "问题", "类别", "程度", "建议扣分>", "来源"),
            [
                (
                    rule.code,
                    rule.title,
                    family_name(rule.family),
                    SEVERITY_NAMES[rule.severity],
                    f"{rule.deduct:g}",
                    plugins.origin(rule.code),
                )
                for rule in plugins.rules
            ],
            title=f"检查规则（{len(plugins.rules)}条）",
        )
