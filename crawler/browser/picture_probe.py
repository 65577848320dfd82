"""A probe that takes pictures: screenshots of places on an open page, each with a red frame round it.

It runs in a world of its own beside the page's scripts and only draws over the page: what is shown
is what a visitor sees. A page that shows personal data gives no picture.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from plugins.facts.language.personal import bank_cards, identity_numbers, private_mobiles

if TYPE_CHECKING:
    from plugins import Page

PROBE = "picture"
WORLD = "gongkai-picture"
QUALITIES = (72, 45)
# What surrounds the place, and the least that is shown.
MARGIN = 70.0
LEAST = (760.0, 420.0)
SHOT_SECONDS = 8.0
SETTLE_SECONDS = 0.3
LONGEST = 300

# The place is sought by selector, by the words quoted, by the name of a region; one that takes no
# room (an empty list, a hidden link) is shown by the first element around it that does.
FIND = """
(spot => {
  const old = document.getElementById('gongkai-frame');
  if (old) old.remove();
  const squeeze = text => (text || '').replace(/\\s+/g, '');
  const first = selector => {
    try { return selector ? document.querySelector(selector) : null; } catch (error) { return null; }
  };
  const quoted = words => {
    const wanted = squeeze(words).slice(0, 40);
    if (wanted.length < 2 || !document.body || !squeeze(document.body.innerText).includes(wanted)) return null;
    let found = document.body;
    for (let deeper = true; deeper;) {
      deeper = false;
      for (const child of found.children) {
        if (!/^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE)$/.test(child.tagName) && squeeze(child.textContent).includes(wanted)) {
          found = child; deeper = true; break;
        }
      }
    }
    return found === document.body ? null : found;
  };
  const frame = 'header,nav,footer,aside,[class*=head i],[class*=foot i],[class*=nav i],[class*=menu i],[class*=crumb i],[class*=position i],[class*=side i],[id*=head i],[id*=foot i],[id*=nav i],[id*=menu i]';
  const parts = {
    header: () => first('header,[role=banner],[class*=header i],[id*=header i]'),
    nav: () => first('nav,[role=navigation],[class*=nav i],[id*=nav i]'),
    article: () => first('article,[class*=article i],[class*=TRS_Editor i],[class*=content i],[id*=content i],main'),
    footer: () => {
      const all = document.querySelectorAll('footer,[role=contentinfo],[class*=foot i],[id*=foot i],[class*=copyright i]');
      return Array.from(all).find(e => e.getBoundingClientRect().height > 20) || all[0] || (document.body && document.body.lastElementChild);
    },
    list: () => {
      const lists = Array.from(document.querySelectorAll('ul,ol,dl,table,[class*=list i],[id*=list i],[class*=news i]')).filter(e => !e.closest(frame));
      const named = lists.filter(e => /list|news/i.test(e.className + ' ' + e.id));
      const bare = all => all.find(e => squeeze(e.innerText).length < 40);
      return bare(named) || bare(lists) || named[0] || first('main,[class*=content i],[id*=content i]');
    },
  };
  const named = Object.prototype.hasOwnProperty.call(parts, spot.selector);
  let found = (named || spot.selector === 'home' ? null : first(spot.selector)) || quoted(spot.words) || (named ? parts[spot.selector]() : null);
  while (found && found !== document.body && found !== document.documentElement) {
    const box = found.getBoundingClientRect();
    if (box.width >= 8 && box.height >= 8 && getComputedStyle(found).visibility !== 'hidden') break;
    found = found.parentElement;
  }
  const view = {width: innerWidth, height: innerHeight, found: false};
  if (!found || found === document.body || found === document.documentElement) {
    scrollTo({left: 0, top: 0, behavior: 'instant'});
    return view;
  }
  const tall = found.getBoundingClientRect().height > innerHeight - 40;
  found.scrollIntoView({block: tall ? 'start' : 'center', inline: 'nearest', behavior: 'instant'});
  window.__gongkai = found;
  return {...view, found: true};
})(%s)
"""
DRAW = """
(() => {
  const box = window.__gongkai.getBoundingClientRect();
  const left = Math.max(box.left - 5, 3), top = Math.max(box.top - 5, 3);
  const right = Math.min(box.right + 5, innerWidth - 3), bottom = Math.min(box.bottom + 5, innerHeight - 3);
  if (right - left < 8 || bottom - top < 8) return null;
  const frame = document.createElement('div');
  frame.id = 'gongkai-frame';
  const look = {
    all: 'initial', position: 'fixed', left: left + 'px', top: top + 'px', width: (right - left) + 'px',
    height: (bottom - top) + 'px', 'box-sizing': 'border-box', border: '3px solid #e60012',
    'z-index': '2147483647', 'pointer-events': 'none', display: 'block',
  };
  for (const [name, value] of Object.entries(look)) frame.style.setProperty(name, value, 'important');
  document.documentElement.appendChild(frame);
  return {left, top, width: right - left, height: bottom - top};
})()
"""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to be shown: the evidence's selector (or region) and words."""

    name: str
    selector: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Shot:
    """A JPEG; ``outlined`` = the place was found, else it is the whole window."""

    image: bytes
    width: int
    height: int
    outlined: bool


class PictureProbe:
    """Takes a picture of each spot, none heavier than ``heaviest`` bytes."""

    name = PROBE

    def __init__(self, spots: Sequence[Spot], today: date, heaviest: int) -> None:
        self.spots = tuple(spots)
        self._today = today
        self._heaviest = heaviest

    async def probe_page(
        self,
        browser_page: Any,
        page: Page,
        timeout: float,  # noqa: ARG002, ASYNC109 - the caller keeps it
    ) -> dict[str, Shot]:
        """The pictures by the spots' names; none of a page that is an error or shows personal data."""
        if not await asyncio.to_thread(presentable, page, self._today):
            return {}
        session = await browser_page.context.new_cdp_session(browser_page)
        try:
            tree = await session.send("Page.getFrameTree")
            world = await session.send(
                "Page.createIsolatedWorld",
                {"frameId": tree["frameTree"]["frame"]["id"], "worldName": WORLD},
            )
            taken = {}
            for spot in self.spots:
                shot = await self._shot(browser_page, session, world["executionContextId"], spot)
                if shot is not None:
                    taken[spot.name] = shot
            return taken
        finally:
            await session.detach()

    async def _shot(self, tab: Any, session: Any, world: int, spot: Spot) -> Shot | None:
        sought = {"selector": spot.selector[:LONGEST], "words": spot.words[:LONGEST]}
        view = await _evaluate(session, FIND % json.dumps(sought), world)
        # What appears only when it is scrolled to gets a moment.
        await asyncio.sleep(SETTLE_SECONDS)
        box = await _evaluate(session, DRAW, world) if view["found"] else None
        clip = around(box, float(view["width"]), float(view["height"]))
        for quality in QUALITIES:
            raw: bytes = await tab.screenshot(
                type="jpeg", quality=quality, clip=clip, timeout=SHOT_SECONDS * 1000
            )
            if len(raw) <= self._heaviest:
                return Shot(raw, int(clip["width"]), int(clip["height"]), outlined=box is not None)
        return None


def presentable(page: Page, today: date) -> bool:
    """Whether a picture of the page may be kept: it is the page itself, and nobody's data is on it."""
    from plugins.facts.page.page import PageKind

    if page.failure is not None or page.status is None or page.status >= 400:  # noqa: PLR2004 - HTTP
        return False
    if page.kind is PageKind.ERROR:
        return False
    text = page.text
    return not (identity_numbers(text, today) or bank_cards(text) or private_mobiles(text))


def around(box: Mapping[str, float] | None, width: float, height: float) -> dict[str, float]:
    """The part of a window that shows the place with something around it; the whole one without."""
    if box is None:
        return {"x": 0, "y": 0, "width": int(width), "height": int(height)}
    left, wide = _span(box["left"], box["width"], LEAST[0], width)
    top, high = _span(box["top"], box["height"], LEAST[1], height)
    return {"x": left, "y": top, "width": wide, "height": high}


def _span(start: float, length: float, least: float, room: float) -> tuple[int, int]:
    size = min(max(length + 2 * MARGIN, least), room)
    begin = min(max(start + length / 2 - size / 2, 0), room - size)
    return int(begin), int(size)


async def _evaluate(session: Any, expression: str, context: int) -> Any:
    reply = await session.send(
        "Runtime.evaluate",
        {"expression": expression, "contextId": context, "returnByValue": True},
    )
    if "exceptionDetails" in reply:
        raise RuntimeError(str(reply["exceptionDetails"].get("text"))[:200])
    return reply["result"].get("value")
