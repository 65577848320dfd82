"""``gongkai facts``: what the crawler sees on a page, one JSON object a line."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from crawler.terminal.options import AsOfOption, RenderOption, ResolveOption


def command(
    urls: Annotated[
        list[str],
        typer.Argument(metavar="网址|文件 …", help="要查看的网页地址，或存在本机的网页文件。"),
    ],
    resolve: ResolveOption = None,
    as_of: AsOfOption = "",
    render: RenderOption = "auto",
    rate: Annotated[
        float | None,
        typer.Option("--rate", metavar="次数", help="每台主机每秒最多请求几次，默认10。"),
    ] = None,
    why: Annotated[
        list[str] | None,
        typer.Option(
            "--why",
            metavar="[kind|title|published|main|rows|newest|pager|empty|whole|document|all]",
            help="还要说明哪几项是怎样得出的，逗号分隔；只写 --why 为全部。",
        ),
    ] = None,
    url: Annotated[
        str, typer.Option("--url", metavar="网址", help="本地文件原来的网址，影响页面类型和链接。")
    ] = "",
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", metavar="json|text", help="输出JSON，或供人阅读的表格。")
    ] = "json",
) -> None:
    """显示爬虫在网页上看到的内容：每页输出一行JSON。

    本地文件只按页面本身判断，不访问网络，也不用浏览器。
    """
    from crawler.desk.page_files import read_page_files
    from crawler.plan.config import configure
    from crawler.plan.days import judging_day
    from crawler.terminal.asked import choice
    from crawler.terminal.why.facts import Teller
    from crawler.terminal.why.tables import read_questions
    from plugins.errors import ConfigurationError, Problem, UnfinishedRunError

    configs = []
    problems: list[Problem] = []
    questions = read_questions(why)
    choice(format, ("json", "text"), "--format")
    files = read_page_files(urls, url)
    day = judging_day(as_of) if as_of else None
    teller = Teller(urls, files, questions, day, as_text=format == "text")
    if len(files) == len(set(urls)):
        teller.rest()
        return
    for address in teller.addresses:
        try:
            configs.append(
                configure(
                    url=address,
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
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from crawler.settings import CONFIG
    from crawler.spiders.facts import FactsSpider

    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("EXTENSIONS", {}, priority="cmdline")
    # Every host that was named may be asked, not only the first one.
    sites = {config.inventory.sites[0].host: config.inventory.sites[0] for config in configs}
    inventory = replace(configs[0].inventory, sites=tuple(sites.values()))
    settings.set(CONFIG, replace(configs[0], inventory=inventory), priority="cmdline")
    addresses = tuple(config.inventory.sites[0].start[0] for config in configs)
    process = AsyncCrawlerProcess(settings)
    process.crawl(FactsSpider, urls=addresses, tell=teller.tell)
    process.start()
    if teller.told != len(addresses):
        raise UnfinishedRunError(f"{len(addresses)}个地址中只查看了{teller.told}个")
