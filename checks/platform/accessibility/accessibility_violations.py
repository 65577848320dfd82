"""网页不符合无障碍基本要求。

为什么：图像没有替代文本、链接没有文字、输入框没有标签的网页，读屏软件读不出来，视力障碍人士无法使用。
看什么：每类模板抽若干页（默认2页），在浏览器中用 axe-core 按WCAG 2的A级条款检测，把确定的问题按“条款＋模板”归并，每处列出选择器。
不报：axe标为“不完整”、需要人判断的项目（把incomplete设为true可作为人工核实列出）；AA级以上条款（如颜色对比度）；alt为空的装饰性图像、用aria-label命名的控件等合规写法；ignored中列出的条款（axe规则编号）。没有浏览器或没有抽到的模板，不作判断。
整改：按所列选择器修改模板：为图像补充替代文本，为链接和按钮补充文字，为输入框补充标签，为页面写明语言和标题。改一处模板，同类页面全部改好。
依据：GB/T 37668—2019《信息技术 互联网内容无障碍可访问性技术要求与测试方法》一级；WCAG 2 A级；国办公开办函〔2021〕28号。

检测工具为 axe-core 4.14，中文说明出自其简体中文语言包。每条问题后括注国内标准中对应的要求（GB/T 37668或工信部《互联网网站适老化通用设计规范》），均为转述，条号未与标准原文核对；没有对应要求的只注WCAG条款。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.answers.accessibility import AxeAnswer, AxeResult
from plugins.facts.answers.axe_items import item_of

PAGES = 20
NODES = 3


@dataclass(frozen=True)
class Options:
    """``ignored`` axe rules; ``incomplete`` = list what axe leaves to a person, for review."""

    ignored: tuple[str, ...] = ()
    incomplete: bool = False


RULE = Rule(
    __doc__,
    code="PLT203",
    severity=Severity.MINOR,
    deduct=0.5,
    needs=("axe",),
    options=Options(),
    requirements=("R56",),
    confidence=Confidence.MEDIUM,
    shows=True,
)


@dataclass
class _Group:
    """One axe rule on the pages of one template."""

    help: str
    pages: list[tuple[str, AxeResult]] = field(default_factory=list)

    @property
    def tags(self) -> tuple[str, ...]:
        return next((result.tags for _, result in self.pages), ())

    @property
    def count(self) -> int:
        return sum(result.count for _, result in self.pages)

    def where(self) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(url, node.html, node.selector)
            for url, result in self.pages[:PAGES]
            for node in result.nodes[:NODES]
        )


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each axe rule and template; the tested pages are its evidence."""
    sure: dict[tuple[str, str], _Group] = {}
    unsure: dict[tuple[str, str], _Group] = {}
    tested: dict[str, int] = defaultdict(int)
    for digest in site.pages.values():
        answer = digest.probes.get("axe")
        if answer is None:
            continue
        found = AxeAnswer.of(answer)
        template = digest.template or digest.kind
        tested[template] += 1
        url = digest.final_url or digest.url
        _gather(sure, found.violations, template, url, options)
        if options.incomplete:
            _gather(unsure, found.incomplete, template, url, options)
    for (rule, template), group in sorted(sure.items()):
        yield Finding(
            f"{group.help}：模板 {template} 抽查{tested[template]}页，{len(group.pages)}页有此问题，共{group.count}处（{rule}；{item_of(rule, group.tags)}）。",
            key=f"{rule} {template}",
            where=group.where(),
        )
    for (rule, template), group in sorted(unsure.items()):
        yield Finding(
            f"{group.help}：模板 {template} 抽查{tested[template]}页，{len(group.pages)}页机器不能判断，共{group.count}处（{rule}；{item_of(rule, group.tags)}），请人工核实。",
            key=f"{rule} {template} incomplete",
            where=group.where(),
            review=True,
        )


def _gather(
    groups: dict[tuple[str, str], _Group],
    results: Iterable[AxeResult],
    template: str,
    url: str,
    options: Options,
) -> None:
    for result in results:
        if result.rule in options.ignored:
            continue
        group = groups.setdefault((result.rule, template), _Group(result.help.rstrip("。")))
        group.pages.append((url, result))
