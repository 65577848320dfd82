"""``gongkai facts``: what the crawler sees on a page, one JSON object a line."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.terminal.options import AsOfOption, RenderOption, ResolveOption

if TYPE_CHECKING:
    from plugins import Page


def command(
    urls: Annotated[list[str], typer.Argument(metavar="网址 …", help="要查看的网页地址。")],
    resolve: ResolveOption = None,
    as_of: AsOfOption = "",
    render: RenderOption = "auto",
    rate: Annotated[
        float | None,
        typer.Option("--rate", metavar="次数", help="每台主机每秒最多请求几次，默认10。"),
    ] = None,
) -> None:
    """显示爬虫在网页上看到的内容：每页输出一行JSON。"""
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from crawler.plan.config import configure
    from crawler.settings import CONFIG
    from crawler.spiders.facts import FactsSpider
    from plugins.errors import ConfigurationError, Problem, UnfinishedRunError
    from plugins.facts.page.describe import describe

    configs = []
    problems: list[Problem] = []
    for url in urls:
        try:
            configs.append(
                configure(
                    url=url,
                    database="",
                    as_of=as_of,
                    resolve=resolve or (),
                    render=render,
                    rate=10 if rate is None else rate,
                )
            )
        except ConfigurationError as error:
            problems += [one for one in error.problems if one not in problems]
    if problems:
        raise ConfigurationError(problems)
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("EXTENSIONS", {}, priority="cmdline")
    # Every host that was named may be asked, not only the first one.
    sites = {config.inventory.sites[0].host: config.inventory.sites[0] for config in configs}
    inventory = replace(configs[0].inventory, sites=tuple(sites.values()))
    settings.set(CONFIG, replace(configs[0], inventory=inventory), priority="cmdline")
    told = []

    def tell(page: Page) -> None:
        told.append(page.url)
        sys.stdout.write(json.dumps(describe(page, configs[0].as_of), ensure_ascii=False) + "\n")
        sys.stdout.flush()

    addresses = tuple(config.inventory.sites[0].start[0] for config in configs)
    process = AsyncCrawlerProcess(settings)
    process.crawl(FactsSpider, urls=addresses, tell=tell)
    process.start()
    if len(told) != len(addresses):
        raise UnfinishedRunError(f"{len(addresses)}个地址中只查看了{len(told)}个")
