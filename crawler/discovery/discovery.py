"""A crawl for the sake of the register: no rule is in force, nothing is remembered."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.discovery.proposal import Proposal, propose
from crawler.inventory.file import FORCE, write_whole
from crawler.inventory.table.export import inventory_workbook
from crawler.launch.audit import Summary, Watcher, run_audit
from crawler.plan.config import AuditConfig
from crawler.workfile.columns import ColumnView
from crawler.workfile.file import NAME, Workfile
from crawler.workfile.pages import PageView
from plugins.errors import ConfigurationError, Problem, UnfinishedRunError
from plugins.rule import FAMILIES


@dataclass(frozen=True)
class Draft:
    """Where a proposal goes: a TOML file and the workbook beside it."""

    toml: Path

    @property
    def workbook(self) -> Path:
        """The xlsx file."""
        return self.toml.with_suffix(".xlsx")

    def refuse_existing(self) -> None:
        """Tell before the crawl what would be refused after it.

        Raises:
            ConfigurationError: one of the files is there already, or the name is no .toml.
        """
        if self.toml.suffix.lower() != ".toml":
            raise ConfigurationError(
                [Problem(str(self.toml), "应以 .toml 结尾（同名的 .xlsx 一并写出）", field="--out")]
            )
        problems = [
            Problem(str(path), f"文件已存在，未覆盖{FORCE}")
            for path in (self.toml, self.workbook)
            if path.exists()
        ]
        if problems:
            raise ConfigurationError(problems)

    def write(self, proposal: Proposal, *, force: bool) -> None:
        """Write both files, each as a whole; ConfigurationError where one cannot be written."""
        workbook = inventory_workbook(proposal.inventory, proposal.marks)
        write_whole(self.toml, proposal.text().encode("utf-8"), new=not force, hint=FORCE)
        write_whole(self.workbook, workbook, new=not force, hint=FORCE)


def discover(config: AuditConfig, watch: Watcher | None = None) -> Proposal:
    """Crawl the site of a configuration and propose an inventory.

    Raises:
        UnfinishedRunError: the crawl was stopped, or too little could be read to propose anything.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-discover-") as name:
        folder = Path(name)
        light = replace(
            config,
            database=f"sqlite:///{folder / 'run.db'}",
            out=folder,
            without=tuple(FAMILIES.values()),
            verify_targets=False,
            accessibility_samples=0,
            attachments=0,
        )
        summary = run_audit(light, watch)
        if summary.state != "finished":
            raise UnfinishedRunError(_why(summary))
        site = config.inventory.sites[0]
        file = summary.folder / NAME
        columns, pages = ColumnView(file, site.host), PageView(file, site.host)
        try:
            remarks = tuple(_remarks(summary, file, site.host, config))
            return propose(site, columns, pages, config.as_of, remarks)
        finally:
            columns.close()
            pages.close()


def _why(summary: Summary) -> str:
    if summary.state == "aborted":
        return f"抓取没有完成，没有写出台账草稿。{summary.problem}"
    return "；".join(("抓取的结果不足以推测台账，没有写出草稿", *summary.notes))


def _remarks(summary: Summary, file: Path, host: str, config: AuditConfig) -> Iterator[str]:
    """How much was read, and what was not."""
    yield f"{config.as_of}从 {config.inventory.sites[0].start[0]} 读取{summary.pages}页得出。"
    working = Workfile(file)
    try:
        for _, why, count, examples in working.gaps.summed(host):
            yield f"未读到：{why}（{count}处，如 {examples[0]}）。"
    finally:
        working.close()
    if summary.pages >= config.bounds.max_pages:
        yield f"已达页数上限{config.bounds.max_pages}，其余页面没有读取，栏目可能不全。"
