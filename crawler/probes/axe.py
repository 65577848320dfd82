"""The page probe ``axe``: axe-core in the open browser page, WCAG 2 level A, with Chinese texts.

It runs in a world of its own beside the page's scripts: it sees the same DOM, but libraries that
change JavaScript's built-in objects (old ones do) cannot make it fail or lie.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any

from plugins import hookimpl
from plugins.facts.answers.accessibility import AxeAnswer, AxeNode, AxeResult

if TYPE_CHECKING:
    from plugins import Page

PROBE = "axe"
LEVEL_A = ("wcag2a", "wcag21a")
# Rules of level A that the vendored Chinese texts leave out.
ADDED_TEXTS = {
    "aria-tab-name": {
        "description": "确保 ARIA 标签页有名称",
        "help": "ARIA 标签页必须有可访问的名称",
    },
    "summary-name": {
        "description": "确保 <summary> 元素有文字",
        "help": "<summary> 元素必须有可辨识的文字",
    },
}
MOST_NODES = 10
MOST_HTML = 300
MOST_SELECTOR = 300
WORLD = "gongkai-axe"

RUN = """
(async () => {
  axe.configure({locale: %(locale)s});
  const found = await axe.run(document, {
    runOnly: {type: 'tag', values: %(tags)s},
    resultTypes: ['violations', 'incomplete'],
    iframes: false, preload: false, selectors: true, ancestry: false, xpath: false,
  });
  const cut = (text, most) => String(text || '').slice(0, most);
  const plain = results => results.map(r => ({
    rule: r.id, impact: r.impact || '', help: r.help, tags: r.tags, count: r.nodes.length,
    nodes: r.nodes.slice(0, %(nodes)d).map(n => ({
      selector: cut(n.target.flat().join(' '), %(selector)d), html: cut(n.html, %(html)d),
    })),
  }));
  return {
    version: axe.version,
    violations: plain(found.violations),
    incomplete: plain(found.incomplete),
    passed: found.passes.map(r => r.id),
  };
})()
"""


class AxeError(Exception):
    """axe-core did not come to a result; there is no answer then."""


@hookimpl
async def probe_page(browser_page: Any, page: Page, timeout: float) -> Any:  # noqa: ASYNC109
    """Ask with the default tags; an audit asks a configured :class:`AxeProbe` instead."""
    return await AxeProbe().probe_page(browser_page, page, timeout)


class AxeProbe:
    """Runs axe-core; ``tags`` choose its rules."""

    name = PROBE

    def __init__(self, tags: Sequence[str] = LEVEL_A) -> None:
        self.tags = tuple(tags)

    async def probe_page(self, browser_page: Any, page: Page, timeout: float) -> AxeAnswer:  # noqa: ARG002, ASYNC109
        """What axe says of the page; the caller keeps the time limit.

        Raises:
            AxeError: axe failed on this page.
        """
        session = await browser_page.context.new_cdp_session(browser_page)
        try:
            tree = await session.send("Page.getFrameTree")
            world = await session.send(
                "Page.createIsolatedWorld",
                {"frameId": tree["frameTree"]["frame"]["id"], "worldName": WORLD},
            )
            context = world["executionContextId"]
            await _evaluate(session, self._source, context)
            return answer_of(await _evaluate(session, self._run, context))
        finally:
            await session.detach()

    @cached_property
    def _source(self) -> str:
        return _vendored("axe.min.js")

    @cached_property
    def _run(self) -> str:
        return RUN % {
            "locale": json.dumps(chinese_texts(), ensure_ascii=False),
            "tags": json.dumps(self.tags),
            "nodes": MOST_NODES,
            "selector": MOST_SELECTOR,
            "html": MOST_HTML,
        }


def chinese_texts() -> dict[str, Any]:
    """The vendored Chinese texts, with those that they leave out."""
    texts: dict[str, Any] = json.loads(_vendored("zh_CN.json"))
    texts["rules"] = {**ADDED_TEXTS, **texts["rules"]}
    return texts


def answer_of(found: Mapping[str, Any]) -> AxeAnswer:
    """The result as facts; it comes out of a page, so nothing in it is taken on trust."""
    return AxeAnswer(
        version=str(found.get("version", "")),
        violations=tuple(map(_result, found.get("violations", ()))),
        incomplete=tuple(map(_result, found.get("incomplete", ()))),
        passed=tuple(str(rule) for rule in found.get("passed", ())),
    )


def _result(raw: Mapping[str, Any]) -> AxeResult:
    return AxeResult(
        rule=str(raw["rule"]),
        impact=str(raw["impact"]),
        help=str(raw["help"]),
        tags=tuple(str(tag) for tag in raw["tags"]),
        count=int(raw["count"]),
        nodes=tuple(
            AxeNode(str(node["selector"])[:MOST_SELECTOR], str(node["html"])[:MOST_HTML])
            for node in raw["nodes"][:MOST_NODES]
        ),
    )


async def _evaluate(session: Any, expression: str, context: int) -> Any:
    reply = await session.send(
        "Runtime.evaluate",
        {
            "expression": expression,
            "contextId": context,
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    if "exceptionDetails" in reply:
        details = reply["exceptionDetails"]
        raise AxeError(
            str(details.get("exception", {}).get("description") or details.get("text"))[:500]
        )
    return reply["result"].get("value")


def _vendored(name: str) -> str:
    return (resources.files("crawler.probes") / "axe_core" / name).read_text("utf-8")
