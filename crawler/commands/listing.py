"""Every command with its purpose in one line: what ``gongkai --help`` shows, known without an import.

A test holds that the modules say the same of themselves.
"""

from __future__ import annotations

from crawler.terminal.listing import HelpPanel, ListedCommand, ListedGroup

HERE = __name__.rpartition(".")[0]


def _panel(title: str, room: str, **purposes: str) -> HelpPanel:
    """The commands of one sub-package; a command is called like its module, with dashes."""
    return HelpPanel(
        title,
        tuple(
            ListedCommand(module.replace("_", "-"), f"{HERE}.{room}.{module}", purpose)
            for module, purpose in purposes.items()
        ),
    )


PANELS = (
    _panel(
        "巡查",
        "patrol",
        audit="检查一个网站或整个区，记入数据库，评分并写出报告。",
        recheck="复查一些问题：只访问有关的页面，逐条说明已核实整改、仍存在，还是无法判定。",
        facts="显示爬虫在网页上看到的内容：每页输出一行JSON。",
        demo="在本机提供一个演示区的网站并审计它。",
    ),
    _panel(
        "结果与研判",
        "results",
        findings="列出记录在案的问题。",
        triage="核实一条问题：确认、判为误报、豁免或恢复。每次决定都记入日志，不可更改。",
        score="按考评方案计算各单位（或各网站）的得分和名次（预评估）。",
        runs="列出历次检查。",
    ),
    _panel(
        "文书",
        "papers",
        report="生成检查报告，输出文件路径。",
        bulletin="生成考评通报（预评估），输出文件路径。",
        fixlist="生成各单位的整改清单；读回单位填好的清单。",
        send="发送整改清单、通报和每日摘要（邮件，及企业微信、钉钉、飞书等）。",
    ),
    _panel(
        "台账",
        "register",
        inventory="台账：检查单位、网站、栏目和更新要求的登记，与责任分工表互相转换。",
        discover="从网站推测一份台账草稿：栏目、类型、可能的责任单位、观察到的更新规律，供核对修改。",
    ),
    _panel(
        "规则与插件",
        "rules",
        rules="列出全部检查规则。",
        explain="解释一条规则：为什么查、看什么、何时不报、如何整改、依据何在。",
        new_check="新建一条检查规则：一个模块、两个样例、方案中的一行，写好即可运行。",
    ),
)


class CommandLine(ListedGroup):
    """``gongkai``: all commands."""

    panels = PANELS
