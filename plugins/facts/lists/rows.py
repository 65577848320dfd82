"""From groups of siblings to the rows of the page's own list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugins.facts.columns.column import Entry
from plugins.facts.language import statuses
from plugins.facts.language.text import is_cut, squeeze
from plugins.facts.lists import limits
from plugins.facts.lists import marks as printed
from plugins.facts.lists.groups import ListRow, RowGroup, row_text
from plugins.facts.lists.lists import ListFinder
from plugins.facts.lists.marks import NOT_PUBLISHED, Mark
from plugins.facts.markup.extract import Extractor
from plugins.facts.markup.outline import Element, Outline
from plugins.facts.markup.sight import see
from plugins.why import Judge, Test, limit, saw

MAX_ROWS = 5_000
CLICKED = re.compile(
    r"""(?:location(?:\.href)?\s*=|window\.open\(|(?:open|go|to|jump)\w*\()\s*["']([^"'\s]*[./?][^"'\s]*)["']""",
    re.IGNORECASE,
)
WHEN = re.compile(r"日\s*期|时\s*间")


def entries(
    finder: ListFinder, groups: Iterable[RowGroup], extractor: Extractor
) -> tuple[Entry, ...]:
    """The rows of some groups as values, in document order."""
    found: list[tuple[int, Entry]] = []
    for group in groups:
        columns = header_labels(finder.outline, group)
        for row in group.rows:
            if len(found) < MAX_ROWS:
                found.append((row.place, make_entry(finder, row, columns, extractor)))
    found.sort(key=lambda item: item[0])
    return tuple(entry for _, entry in found)


def make_entry(
    finder: ListFinder, row: ListRow, columns: dict[int, str], extractor: Extractor
) -> Entry:
    """One row as a value."""
    outline = finder.outline
    if columns and row.element is not None:
        _name_marks(outline, row, columns)
    mark = best_mark(row.marks)
    period = next((item.period for item in row.marks if item.period), None)
    status = find_status(finder, row)
    url, key = extractor.address(target_of(row))
    links: dict[str, None] = {}
    for anchor in row.others:
        other = extractor.address(anchor.attrs.get("href", ""))[0]
        if other and other != url:
            links.setdefault(other)
    shown = ""
    if mark is not None and mark.day is None and mark.short:
        shown = f"{mark.short[0]:02d}-{mark.short[1]:02d}"
    return Entry(
        url=url,
        key=key,
        title=title_of(finder, row, status),
        date=mark.day if mark else None,
        status=status,
        text=row_text(outline, row),
        period=period,
        links=tuple(links),
        shown=shown,
    )


def target_of(row: ListRow) -> str:
    """Where a row leads: its link, or the address in its click handler."""
    raw = row.main.attrs.get("href", "") if row.main is not None else ""
    if raw.strip() and not raw.strip().lower().startswith("javascript:") and raw.strip() != "#":
        return raw
    handlers = [raw]
    handlers += [
        element.attrs.get("onclick", "")
        for element in (row.main, row.element)
        if element is not None
    ]
    match = CLICKED.search(" ".join(handlers))
    return match[1] if match else raw


def best_mark(marks: list[Mark]) -> Mark | None:
    """The mark that is the row's publishing date; None where no mark is one."""
    usable = [mark for mark in marks if not mark.period and not NOT_PUBLISHED.search(mark.label)]
    outside = [mark for mark in usable if mark.alone] or usable
    full = [mark for mark in outside if mark.day] or outside
    return min(full, key=printed.rank, default=None)


def header_labels(outline: Outline, group: RowGroup) -> dict[int, str]:
    """Names of a table's columns by position: from its header row, or a list's head before it."""
    if not group.rows or group.rows[0].element is None:
        return {}
    first = group.rows[0].element
    size = len(outline.children(first))
    if size < limits.LEAST_CELLS:
        return {}
    holder = group.holder
    places = [holder]
    if holder.parent is not None:
        places.append(holder.parent)
    for place in places:
        for candidate in outline.elements[place.index + 1 : first.index]:
            if candidate.holds(first) or candidate.tag not in ("tr", "li", "div", "dl", "ul"):
                continue
            cells = outline.children(candidate)
            if abs(len(cells) - size) > 0:
                continue
            names = [squeeze(outline.line(cell, 40)) for cell in cells]
            if any(WHEN.search(name) for name in names) and all(
                len(name) <= limits.CELL_NAME for name in names
            ):
                return dict(enumerate(names))
    return {}


def _name_marks(outline: Outline, row: ListRow, columns: dict[int, str]) -> None:
    assert row.element is not None
    for place, cell in enumerate(outline.children(row.element)):
        for mark in row.marks:
            if cell.holds(mark.owner) and not mark.label:
                mark.label = columns.get(place, "").replace(" ", "")


def title_of(finder: ListFinder, row: ListRow, status: str) -> str:
    """The title of a row, without its date and a label that stand in elements of their own."""
    main = row.main if row.main is not None else row.element
    assert main is not None
    attribute = squeeze(main.attrs.get("title", ""))
    outline = finder.outline
    skipped = {
        mark.position
        for mark in row.marks
        if mark.alone and main.first <= mark.position < main.last
    }
    pieces: list[str] = []
    block = -1
    for position in range(main.first, main.last):
        text = outline.texts[position]
        if position in skipped or (status and statuses.status_alone(text)):
            continue
        owner = outline.owners[position]
        if pieces and owner.block != block:
            pieces.append(" ")
        block = owner.block
        pieces.append(text)
    shown = squeeze("".join(pieces)).strip()
    shown = re.sub(r"^[-·•|]\s+", "", shown)
    if not shown:
        return attribute or finder.title(main)
    if attribute and (
        is_cut(shown) or (attribute.startswith(shown) and len(attribute) > len(shown))
    ):
        return attribute
    return shown


def find_status(finder: ListFinder, row: ListRow) -> str:
    """The label that the row prints, "" where it prints none."""
    outline = finder.outline
    for position in range(row.first, row.last):
        text = outline.texts[position]
        if len(text) <= limits.STATUS_TEXT and not outline.owners[position].hidden:
            label = statuses.status_alone(text)
            if label and not _in_link(outline.owners[position], row):
                return _with_brackets(outline, row, position, label)
    if row.main is not None:
        label = statuses.status_in_title(finder.title(row.main)) or statuses.status_in_title(
            row.main.attrs.get("title", "")
        )
        if label:
            return label
    if row.element is not None:
        for element in outline.inside(row.element):
            if element.tag == "img":
                label = statuses.status_alone(
                    element.attrs.get("alt", "") or element.attrs.get("title", "")
                )
                if label:
                    return label
    return ""


def _with_brackets(outline: Outline, row: ListRow, position: int, label: str) -> str:
    """A label whose brackets stand in the neighbouring texts."""
    if label[0] in statuses.OPEN or not row.first < position < row.last - 1:
        return label
    before, after = outline.texts[position - 1].strip(), outline.texts[position + 1].strip()
    if before and after and before[-1] in "[【(（" and after[0] in "]】)）":
        return before[-1] + label + after[0]
    return label


def _in_link(owner: Element, row: ListRow) -> bool:
    """Whether a text stands in one of the row's other links (结果反馈 is then a way, not a label)."""
    for anchor in row.others:
        if anchor.holds(owner):
            if row.main is not None and anchor.attrs.get("href") == row.main.attrs.get("href"):
                return False
            return anchor.attrs.get("href", "").strip().lower() not in (
                "",
                "#",
            ) and not anchor.attrs.get("href", "").lower().startswith("javascript")
    return False


def signature(element: Element, steps: int = 3) -> tuple[str, ...]:
    """Tags and classes from an element upwards: blocks of one list share it."""
    found = []
    node: Element | None = element
    for _ in range(steps):
        if node is None:
            break
        found.append(f"{node.tag}.{' '.join(sorted(node.attrs.get('class', '').split()))}")
        node = node.parent
    return tuple(found)


@dataclass(frozen=True)
class Choice:
    """What the page's own list is chosen by: the lists of its main part, its pager, its kind."""

    finder: ListFinder
    groups: Sequence[RowGroup]
    pager: Element | None
    spread: bool

    @property
    def dated(self) -> list[RowGroup]:
        """The lists with a dated row."""
        return [group for group in self.groups if group.dated]


def _every_dated(choice: Choice) -> list[RowGroup] | None:
    return (choice.dated or None) if choice.spread else None


def _every(choice: Choice) -> list[RowGroup] | None:
    return list(choice.groups) if choice.spread else None


def _by_pager(choice: Choice) -> list[RowGroup] | None:
    if choice.pager is None:
        return None
    near = nearest_group(choice.groups, choice.pager)
    if near is None:
        return None
    _see(choice, near)
    limit("UNDATED_ROWS", limits.UNDATED_ROWS)
    if near.dated or not choice.dated or len(near.rows) >= limits.UNDATED_ROWS:
        return _blocks(near, choice.groups)
    return None


def _heaviest(choice: Choice) -> list[RowGroup]:
    best = max(choice.groups, key=lambda group: _weight(choice.finder, group))
    _see(choice, best)
    return _blocks(best, choice.groups)


def _see(choice: Choice, group: RowGroup) -> None:
    saw(f"{len(group.rows)}行，{group.dated}行带日期")
    see(choice.finder.outline, group.holder)


OWN: Judge[[Choice], list[RowGroup]] = Judge(
    "rows",
    (
        Test("是首页或门户：取所有带日期的列表", _every_dated),
        Test("是首页或门户，列表都不带日期：全部取用", _every),
        Test("取离翻页最近的列表，和与它同样的列表", _by_pager),
        Test("取日期、行数和标题合计分量最大的列表，和与它同样的列表", _heaviest),
    ),
)


def main_groups(
    finder: ListFinder, groups: Sequence[RowGroup], pager: Element | None, spread: bool
) -> list[RowGroup]:
    """The groups that are the page's own list.

    The best group, and those that are blocks of the same list: same structure above, or siblings
    under one parent. ``spread`` (home and portal pages) takes every dated group, none apart.
    """
    if not groups:
        return []
    return OWN(Choice(finder, groups, pager, spread)) or []


def largest_groups(finder: ListFinder, groups: Sequence[RowGroup]) -> list[RowGroup]:
    """The heaviest list of a piece of markup that holds nothing else, with its blocks."""
    if not groups:
        return []
    return _blocks(max(groups, key=lambda group: _weight(finder, group)), groups)


def _blocks(best: RowGroup, own: Sequence[RowGroup]) -> list[RowGroup]:
    marks = signature(best.holder)
    grand = best.holder.parent
    result = []
    for group in own:
        same = group is best or (
            bool(group.dated) == bool(best.dated)
            and group.tag == best.tag
            and (
                signature(group.holder) == marks
                or (
                    group.holder.parent is grand
                    and group.holder.tag == best.holder.tag
                    and grand is not None
                )
            )
        )
        one_row = (
            best.dated
            and group.dated
            and not same
            and grand is not None
            and group.holder is not best.holder
            and group.holder.index == grand.index
            and len(group.rows) == 1
        )
        if same or one_row:
            result.append(group)
    return result


def nearest_group(groups: Sequence[RowGroup], pager: Element) -> RowGroup | None:
    """The group that shares the closest ancestor with the pager."""
    node: Element | None = pager
    while node is not None and node.tag != "html":
        inside = [group for group in groups if node.holds(group.holder) or group.holder.holds(node)]
        if inside:
            return max(inside, key=lambda group: (group.dated, len(group.rows)))
        node = node.parent
    return None


def _weight(finder: ListFinder, group: RowGroup) -> float:
    sizes = [len(finder.title(row.main)) for row in group.rows if row.main is not None]
    average = sum(sizes) / len(sizes) if sizes else 0
    weight = (
        group.dated * limits.DATED_WEIGHT
        + len(group.rows) * limits.ROW_WEIGHT
        + min(average, limits.TITLE_MOST) / limits.TITLE_WEIGHT
    )
    if finder.landmarks.crumb is not None and group.holder.index < finder.landmarks.crumb.index:
        weight /= limits.BEFORE_CRUMB
    return weight


def tally(groups: Iterable[RowGroup]) -> Counter[str]:
    """How many rows carry which kind of date; for tests and the benchmark."""
    counts: Counter[str] = Counter()
    for group in groups:
        for row in group.rows:
            mark = best_mark(row.marks)
            counts["none" if mark is None else "day" if mark.day else "short"] += 1
    return counts
