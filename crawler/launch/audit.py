"""Run one audit in this process, from configuration to summary."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.plan.config import AuditConfig, Render
from crawler.run.audit import PROGRESS, Audit
from plugins.errors import ConfigurationError, PluginError, StoreError

Watcher = Callable[[Audit, str, str], None]


@dataclass(frozen=True)
class Summary:
    """What an audit came to.

    ``state`` finished, unhealthy or aborted; ``notes`` Chinese lines that the office must see
    (plugins left out, probes without an answer, checks that failed).
    """

    run: int
    state: str
    folder: Path
    pages: int = 0
    sites: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    stats: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


def run_audit(
    config: AuditConfig, watch: Watcher | None = None, *, log_level: str = "WARNING"
) -> Summary:
    """Crawl, judge and remember; returns when the run is closed.

    A process can run one audit only: Twisted's reactor cannot be started twice.

    Raises:
        PluginError, ConfigurationError, StoreError: nothing was fetched.
    """
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from crawler.settings import CONFIG
    from crawler.spiders.audit import AuditSpider

    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set(CONFIG, config, priority="cmdline")
    settings.set("LOG_LEVEL", log_level, priority="cmdline")
    logging.getLogger("scrapy.utils.log").setLevel(logging.WARNING)
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(AuditSpider)

    def progress(audit: Audit, stage: str, detail: str) -> None:
        if watch is not None:
            watch(audit, stage, detail)

    crawler.signals.connect(progress, signal=PROGRESS, weak=False)
    task = process.crawl(crawler)
    process.start(stop_after_crawl=True)
    spider = crawler.spider
    if not isinstance(spider, AuditSpider):
        problem = task.exception()
        raise problem if problem is not None else RuntimeError("the spider was not created")
    audit = spider.audit
    if audit.run is None and isinstance(
        audit.problem, PluginError | ConfigurationError | StoreError
    ):
        raise audit.problem
    return summary(audit, dict(crawler.stats.get_stats()) if crawler.stats else {})


def summary(audit: Audit, stats: dict[str, Any]) -> Summary:
    """What there is to tell of an audit that is over."""
    wiring = audit.wiring
    notes = [f"插件未启用：{error}" for error in wiring.plugins.refused]
    notes += [
        f"探测没有结果：{name}（{why.removeprefix('UnansweredError: ')}）"
        for name, why in sorted(wiring.failed_probes.items())
    ]
    notes += [
        f"规则{code}已停止执行：{why}" for code, why in sorted(wiring.pool.switched_off.items())
    ]
    if wiring.browser is None:
        why = (
            "没有可用的浏览器" if wiring.config.render is not Render.NEVER else "按要求不使用浏览器"
        )
        notes.append(
            f"{why}：未做无障碍检测（PLT203），靠脚本显示的栏目列为“未能读取”，问题没有截图。"
        )
    for state in audit.sites.values():
        notes += [
            f"检查出错：{code}在{state.host}上有{count}处未能执行，相应问题不作结论"
            for code, count in sorted(state.check_errors.items())
        ]
        if state.unpictured:
            notes.append(
                f"{state.host}：{state.unpictured}处问题没有截图（页面未能打开，或含有个人信息不宜截图）"
            )
        if state.unhealthy:
            notes.append(f"{state.host}：{state.unhealthy}，本次结果不采用")
    outcome = "aborted"
    if audit.done and audit.problem is None:
        healthy = all(value == "finished" for value in audit.outcomes.values())
        outcome = "finished" if healthy else "unhealthy"
    return Summary(
        run=audit.run.id if audit.run is not None else 0,
        state=outcome,
        folder=audit.folder,
        pages=sum(state.asked for state in audit.sites.values()),
        sites=dict(audit.outcomes),
        notes=tuple(notes),
        stats={name: value for name, value in stats.items() if str(name).startswith("gongkai/")},
        problem=repr(audit.problem) if audit.problem is not None else "",
    )
