"""Charts as inline SVG: values in, a picture that needs no script, no font and no network.

Everything from outside is escaped here; colours are told apart in grey print as well.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, log10

WIDTH = 540
ROW = 27
LABEL = 170
LABEL_WIDTH = 22  # of a label, in Latin signs
FIGURE = 64
PLOT = 170
LEFT, RIGHT, TOP, BOTTOM = 46, 16, 34, 44
DATES = 8
GRID = 4
INK, SOFT, LINE = "#1d2733", "#5b6878", "#dfe5ec"
BAR, TRACK = "#8c1d22", "#f1f3f6"
OPEN, NEW, FIXED = "#8c1d22", "#d98324", "#1e7b4d"
FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its length, and the figure as it is written behind it."""

    name: str
    value: float
    figure: str


@dataclass(frozen=True, slots=True)
class Point:
    """One day of a trend: its name below the axis, and what was counted."""

    name: str
    open: int
    new: int
    fixed: int


def bars(title: str, rows: Sequence[Bar]) -> str:
    """Bars from left to right, one below the other, in the order given; "" where there are none."""
    if not rows:
        return ""
    most = max((row.value for row in rows), default=0)
    room = WIDTH - LABEL - FIGURE
    parts = []
    for number, row in enumerate(rows):
        top = number * ROW
        length = room * max(row.value, 0) / most if most > 0 else 0
        if row.value > 0:
            length = max(length, 2)
        whole, short = row.name, cut(row.name, LABEL_WIDTH)
        middle = top + ROW / 2 + 4.5
        parts.append(
            f"<g><title>{_text(whole)}：{_text(row.figure)}</title>"
            f'<text x="{LABEL - 10}" y="{middle:g}" text-anchor="end" fill="{INK}">{_text(short)}</text>'
            f'<rect x="{LABEL}" y="{top + 7}" width="{room}" height="{ROW - 14}" rx="2" fill="{TRACK}"/>'
            f'<rect class="length" x="{LABEL}" y="{top + 7}" width="{length:.1f}" height="{ROW - 14}" rx="2" fill="{BAR}"/>'
            f'<text x="{LABEL + room + 8}" y="{middle:g}" fill="{INK}">{_text(row.figure)}</text></g>'
        )
    told = "；".join(f"{row.name}{row.figure}" for row in rows)
    return _svg(f"{title}：{told}", len(rows) * ROW, "".join(parts))


def trend(title: str, points: Sequence[Point]) -> str:
    """Open faults as a line with dots, new ones and mended ones as bars; "" where there is no run."""
    if not points:
        return ""
    top = _ceiling(max(max(one.open, one.new, one.fixed) for one in points))
    width = (WIDTH - LEFT - RIGHT) / len(points)

    def height(value: float) -> float:
        return TOP + PLOT * (1 - value / top)

    parts = [_legend(), _grid(top)]
    each = min(width * 0.3, 18)
    every = ceil(len(points) / DATES)
    line = []
    for number, one in enumerate(points):
        middle = LEFT + width * (number + 0.5)
        shown = f"<title>{_text(one.name)}：待整改{one.open}，新增和复发{one.new}，已整改{one.fixed}</title>"
        columns = "".join(
            f'<rect class="{name}" x="{middle + side:.1f}" y="{height(value):.1f}" width="{each:.1f}" '
            f'height="{PLOT * value / top:.1f}" fill="{colour}"{pattern}/>'
            for name, side, value, colour, pattern in (
                ("new", -each - 0.5, one.new, NEW, ""),
                ("fixed", 0.5, one.fixed, FIXED, ' fill-opacity="0.75"'),
            )
        )
        line.append(f"{middle:.1f},{height(one.open):.1f}")
        dot = f'<circle class="open" cx="{middle:.1f}" cy="{height(one.open):.1f}" r="3.2" fill="{OPEN}"/>'
        named = ""
        # The last one always has its name; the one before it makes room.
        last = number == len(points) - 1
        if last or (number % every == 0 and len(points) - 1 - number >= every):
            named = (
                f'<text x="{middle:.1f}" y="{TOP + PLOT + 18}" text-anchor="middle" fill="{SOFT}" '
                f'font-size="11">{_text(one.name)}</text>'
            )
        figure = ""
        if last or number == 0:
            figure = (
                f'<text x="{middle:.1f}" y="{height(one.open) - 8:.1f}" text-anchor="middle" '
                f'fill="{OPEN}" font-weight="600">{one.open}</text>'
            )
        parts.append(f"<g>{shown}{columns}{dot}{named}{figure}</g>")
    joined = " ".join(line)
    parts.insert(2, f'<polyline points="{joined}" fill="none" stroke="{OPEN}" stroke-width="2"/>')
    first, final = points[0], points[-1]
    told = (
        f"{title}：{first.name}待整改{first.open}个，{final.name}待整改{final.open}个，"
        f"最近一次新增和复发{final.new}个、已整改{final.fixed}个"
    )
    return _svg(told, TOP + PLOT + BOTTOM - 14, "".join(parts))


def cut(text: str, most: int) -> str:
    """Text that takes no more room than so many Latin signs; what is cut off is marked."""
    room = most
    for place, sign in enumerate(text):
        room -= _wide(sign)
        if room < 0:
            kept = text[:place]
            while kept and sum(map(_wide, kept)) > most - 2:
                kept = kept[:-1]
            return kept + "…"
    return text


def _wide(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1


def _ceiling(value: int) -> int:
    """A round number not below ``value`` that four grid lines divide evenly."""
    least = max(value, GRID)
    step: int = 10 ** int(log10(least))
    for share in (0.4, 0.8, 1, 2, 4, 6, 8, 10):
        round_one = int(step * share)
        if round_one >= least and round_one % GRID == 0:
            return round_one
    return step * 12


def _legend() -> str:
    parts = []
    place = float(LEFT)
    for name, colour, kind in (
        ("待整改", OPEN, "line"),
        ("新增和复发", NEW, "box"),
        ("已整改", FIXED, "box"),
    ):
        sign = (
            f'<path d="M{place:g} 12h18" stroke="{colour}" stroke-width="2"/><circle cx="{place + 9:g}" cy="12" r="3.2" fill="{colour}"/>'
            if kind == "line"
            else f'<rect x="{place + 3:g}" y="6" width="12" height="12" fill="{colour}"/>'
        )
        parts.append(f'{sign}<text x="{place + 24:g}" y="16.5" fill="{INK}">{name}</text>')
        place += 24 + 13 * len(name) + 24
    return "<g>" + "".join(parts) + "</g>"


def _grid(top: int) -> str:
    parts = []
    for step in range(GRID + 1):
        y = TOP + PLOT * (1 - step / GRID)
        parts.append(
            f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{LINE}"/>'
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="{SOFT}" font-size="11">{top * step // GRID}</text>'
        )
    return "<g>" + "".join(parts) + "</g>"


def _svg(told: str, height: float, inside: str) -> str:
    return (
        f'<svg class="chart" role="img" aria-label="{_text(told)}" viewBox="0 0 {WIDTH} {height:g}" '
        f'font-family="{FONT}" font-size="13">{inside}</svg>'
    )


def _text(words: str) -> str:
    """Words for markup: escaped, and without what no XML may hold."""
    kept = "".join(sign for sign in words if sign >= " " and not "\ud800" <= sign <= "\udfff")
    return escape(kept, quote=True)
