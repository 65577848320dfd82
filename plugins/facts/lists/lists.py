"""Find lists by structure: the largest groups of siblings that each hold a link and a date."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import islice

from plugins.facts.language.text import CHINESE
from plugins.facts.lists import limits
from plugins.facts.lists import marks as printed
from plugins.facts.lists.content import SIDE_LINK, ContentLinks, nested
from plugins.facts.lists.groups import ListRow, RowGroup
from plugins.facts.lists.marks import Mark
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.outline import Element, Outline, Spans
from plugins.facts.markup.sight import path_of
from plugins.why import heard, note

TEMPLATE_ATTRIBUTES = (
    "ms-repeat",
    "ms-for",
    "v-for",
    "ng-repeat",
    ":for",
    "wx:for",
    "data-repeat",
    "ms-duplex",
)
NO_TITLE = "日期的旁边没有可作标题的链接，不作为一行"
STOP = frozenset(("body", "html", "form", "main"))
ROWS = frozenset(("li", "tr", "dd"))
HOLDERS = frozenset(("ul", "ol", "tbody", "table"))


class ListFinder(ContentLinks):
    """Groups of rows of one page; one use per page."""

    def __init__(self, outline: Outline, landmarks: Landmarks) -> None:
        super().__init__(outline, landmarks)
        self.templates: list[Element] = []

    # -- dated rows ------------------------------------------------------------------------

    def groups(self) -> list[RowGroup]:
        """All lists of the page: dated ones first, then undated ones, in document order each."""
        marks = [
            mark
            for mark in printed.find_marks(self.outline)
            if not self.landmarks.in_footer(mark.owner)
            and not self.landmarks.in_crumb(mark.owner)
            and not self._templated(mark.owner)
        ]
        bases = self._bases(marks)
        groups = self._dated(bases)
        taken = {
            row.element.index for group in groups for row in group.rows if row.element is not None
        }
        spans = Spans(
            (row.element.index, row.element.end)
            for group in groups
            for row in group.rows
            if row.element is not None
        )
        groups += self._undated(taken, spans)
        dated = any(group.dated for group in groups)
        found = self._linkless(marks, clicked=dated)
        return groups + found if dated else found or groups

    def _linkless(self, marks: list[Mark], *, clicked: bool) -> list[RowGroup]:
        """Rows without any ``<a>``: siblings with a date and a title each.

        ``clicked``: only such that a click opens. Tables of dates stand in many texts.
        """
        groups: dict[tuple[int, str], RowGroup] = {}
        for mark in marks:
            if not mark.alone or not mark.day or self.landmarks.in_nav(mark.owner):
                continue
            node: Element | None = mark.owner
            for _ in range(limits.LINKLESS_STEPS):
                if node is None or node.tag in STOP:
                    break
                if "onclick" in node.attrs or (not clicked and node.tag in ("li", "tr", "dl")):
                    words = self.outline.line(node, 400)
                    if (
                        node.parent is not None
                        and not self.within(node)
                        and len(CHINESE.findall(words)) >= limits.SHORTEST_TITLE
                        and len(words) < limits.LONGEST_LINKLESS
                    ):
                        group = groups.setdefault(
                            (node.parent.index, node.tag), RowGroup(node.parent, node.tag)
                        )
                        if not group.rows or group.rows[-1].element is not node:
                            group.rows.append(
                                ListRow(node, node.first, node.last, None, [], [mark])
                            )
                        else:
                            group.rows[-1].marks.append(mark)
                    break
                node = node.parent
        return [group for group in groups.values() if len(group.rows) >= limits.LEAST_ROWS]

    def _templated(self, element: Element) -> bool:
        for node in (element, *element.ancestors()):
            if node.attrs and any(name in node.attrs for name in TEMPLATE_ATTRIBUTES):
                if node not in self.templates:
                    self.templates.append(node)
                return True
            if node.tag in STOP:
                break
        return False

    def _bases(self, marks: list[Mark]) -> dict[int, tuple[Element, list[Mark]]]:
        """For each date the smallest element that holds it together with a content link."""
        bases: dict[int, tuple[Element, list[Mark]]] = {}
        for mark in marks:
            base = self._base(mark)
            if base is not None:
                bases.setdefault(base.index, (base, []))[1].append(mark)
            elif heard():
                words = self.outline.texts[mark.position]
                note("rows", NO_TITLE, "略去", words, at=path_of(mark.owner))
        return bases

    def _base(self, mark: Mark) -> Element | None:
        if mark.anchor is not None:
            if mark.anchor.unseen or self.landmarks.in_nav(mark.anchor):
                return None
            rest = len(self.title(mark.anchor)) - len(self.outline.texts[mark.position].strip())
            if rest >= limits.OWN_WORDS or not mark.alone:
                return mark.anchor
        elif not mark.alone and self.landmarks.in_nav(mark.owner):
            return None
        node: Element | None = mark.owner if mark.anchor is None else mark.anchor.parent
        for _ in range(limits.BASE_STEPS):
            if node is None or node.tag in STOP:
                # Bare fragments have their rows straight in the body.
                return None
            if self.within(node):
                return node
            if (
                node.tag in ROWS
                and len(CHINESE.findall(self.outline.line(node, limits.WORDS_READ)))
                >= limits.SHORTEST_TITLE
            ):
                # The row has its own words and no link: the links further up are not its own.
                return None
            node = node.parent
        return None

    def _dated(self, bases: dict[int, tuple[Element, list[Mark]]]) -> list[RowGroup]:
        groups: dict[tuple[int, str], RowGroup] = {}
        order = sorted(bases.values(), key=lambda item: item[0].index)
        ends: list[Element] = []
        mark_places = sorted(mark.owner.index for _, marks in order for mark in marks)
        order = self._without_containers(order)
        for base, marks in order:
            # A base inside another base is a nested row (相关解读 inside a document's row).
            while ends and ends[-1].end <= base.index:
                ends.pop()
            if ends:
                continue
            flat = self._flat_rows(base, marks)
            if flat:
                groups[(base.index, "")] = RowGroup(base, "", flat, flat=True)
                ends.append(base)
                continue
            row = self._row(base, marks, mark_places)
            if row is None or row.element is None:
                continue
            ends.append(row.element)
            holder = row.element.parent or row.element
            group = groups.setdefault(
                (holder.index, row.element.tag), RowGroup(holder, row.element.tag)
            )
            group.rows.append(row)
            if len(groups) > limits.MAX_GROUPS:
                break
        for group in groups.values():
            if not group.flat:
                self._add_undated_siblings(group, mark_places)
        return [self._settled(group) for group in groups.values() if self._worded(group)]

    def _worded(self, group: RowGroup) -> bool:
        """Whether some row has a title: a date beside 登录 and 注册 makes no list."""
        return any(
            row.main is not None and len(self.title(row.main)) >= limits.SHORTEST_WORDS
            for row in group.rows
        )

    def _without_containers(
        self, order: list[tuple[Element, list[Mark]]]
    ) -> list[tuple[Element, list[Mark]]]:
        """Leave out elements that are no rows but hold some, with a date of their own besides.

        A row that holds rows (a document with its interpretations) has a title of its own, and
        siblings that are rows too.
        """
        indexes = [base.index for base, _ in order]
        siblings = Counter((base.parent.index, base.tag) for base, _ in order if base.parent)
        kept = []
        for place, (base, marks) in enumerate(order):
            inner = bisect_left(indexes, base.end) - place - 1
            if inner and base.tag not in ROWS and base.parent is not None:
                within = Spans(
                    (held.index, held.end) for held, _ in order[place + 1 : place + 1 + inner]
                )
                own = [anchor for anchor in self.within(base) if not within.hold(anchor)]
                if not own or siblings[base.parent.index, base.tag] < limits.LEAST_SIBLINGS:
                    continue
            kept.append((base, marks))
        return kept

    def _row(self, base: Element, marks: list[Mark], places: list[int]) -> ListRow | None:
        """The row around a base: climb while the parent adds no other link or date."""
        inner = self.within(base)
        if base.tag == "a":
            inner = [base]
        own = inner if base.tag == "a" else [a for a in inner if not nested(a, base)]
        if len(inner) == 1:
            own = inner
        # A title does not stand in a list inside its row: that is a menu beside a dated text.
        if (
            not own
            or len(own) > limits.MOST_ROW_LINKS
            or len(self.outline.line(base, limits.MAX_ROW_TEXT + 10)) > limits.MAX_ROW_TEXT
        ):
            return None
        if all(mark.anchor is not None and not mark.alone for mark in marks):
            marks = [mark for mark in marks if self._outer(mark)]
        top = base
        while top.tag not in ROWS:
            parent = top.parent
            if (
                parent is None
                or parent.tag in STOP
                or parent.tag in ("table", "tbody", "ul", "ol", "dl")
            ):
                break
            if len(self.within(parent)) > len(inner) or _count(places, parent) > _count(
                places, top
            ):
                break
            top = parent
        main = self.main(own)
        if main is None:
            return None
        others = [a for a in self.outline.anchors_in(top) if a is not main and not a.unseen]
        return ListRow(top, top.first, top.last, main, others, marks)

    def _outer(self, mark: Mark) -> bool:
        """Whether a date inside a title stands at its end, as lists without own date elements do."""
        return mark.alone or mark.day is not None

    def _flat_rows(self, base: Element, marks: list[Mark]) -> list[ListRow]:
        """Rows that have no element of their own: ``dt``/``dd`` pairs, ``<br>`` lists."""
        if base.tag == "a" or len(marks) < limits.FLAT_PAIRS:
            return []
        anchors = [a for a in self.within(base) if not nested(a, base)]
        if len(anchors) < limits.FLAT_PAIRS:
            return []
        segments, dates_first = _segments(marks, anchors)
        pairs = len(segments)
        if pairs < limits.FLAT_PAIRS or (
            pairs == limits.FLAT_PAIRS and not dates_first and len(anchors) > limits.LOOSE_LINKS
        ):
            return []
        if len(anchors) > limits.LINKS_PER_DATE * pairs:
            return []
        # The date printed twice, before and behind one title, is one row.
        days = {mark.day for mark in marks if mark.day}
        if pairs == limits.FLAT_PAIRS and len(days) == 1 and base.tag in ROWS:
            return []
        rows = []
        for links, dates in segments:
            main = self.main(links)
            if main is None:
                continue
            first = min(main.first, dates[0].position)
            last = max(*(anchor.last for anchor in links), dates[-1].position + 1)
            rows.append(
                ListRow(None, first, last, main, [a for a in links if a is not main], dates)
            )
        return rows

    def _add_undated_siblings(self, group: RowGroup, places: list[int]) -> None:
        """Rows without a date among rows with one; what holds dated rows of its own is none."""
        have = {row.element.index for row in group.rows if row.element is not None}
        for child in self.outline.children(group.holder):
            if child.tag != group.tag or child.index in have or self._templated(child):
                continue
            if _count(places, child):
                continue
            row = self._undated_row(child)
            if row is not None:
                group.rows.append(row)

    def _undated_row(
        self, element: Element, shortest: int = limits.SIBLING_TITLE
    ) -> ListRow | None:
        own = [a for a in self.within(element) if not nested(a, element)] or self.within(element)[
            :3
        ]
        main = self.main(own)
        if main is None or len(self.title(main)) < shortest or len(own) > limits.UNDATED_LINKS:
            return None
        if len(self.outline.line(element, limits.MAX_ROW_TEXT + 10)) > limits.MAX_ROW_TEXT:
            return None
        others = [a for a in self.outline.anchors_in(element) if a is not main]
        return ListRow(element, element.first, element.last, main, others)

    @staticmethod
    def _settled(group: RowGroup) -> RowGroup:
        group.rows.sort(key=lambda row: row.place)
        return group

    # -- undated rows ----------------------------------------------------------------------

    def _undated(self, taken: set[int], spans: Spans) -> list[RowGroup]:
        """Groups of at least three siblings whose links read like titles."""
        groups: dict[tuple[int, str], RowGroup] = {}
        seen: set[int] = set()
        for anchor in self.content:
            if len(self.title(anchor)) < limits.UNDATED_TITLE or spans.hold(anchor):
                continue
            if SIDE_LINK.fullmatch(self.title(anchor)):
                continue
            top = self._row_around(anchor)
            if top.index in seen or top.index in taken or self._templated(top):
                continue
            seen.add(top.index)
            row = self._undated_row(top, limits.UNDATED_TITLE)
            if row is None or top.parent is None:
                continue
            groups.setdefault(
                (top.parent.index, top.tag), RowGroup(top.parent, top.tag)
            ).rows.append(row)
            if len(groups) > limits.MAX_GROUPS:
                break
        return [
            self._settled(group)
            for group in groups.values()
            if len(group.rows) >= limits.LEAST_ROWS and self._titled(group)
        ]

    def _row_around(self, anchor: Element) -> Element:
        """Climb from a link to the element that is its row: until another title comes in."""
        top = anchor
        for _ in range(limits.ROW_STEPS):
            parent = top.parent
            if parent is None or parent.tag in STOP or top.tag in ROWS:
                break
            if parent.tag in HOLDERS or self._titles_in(parent) > self._titles_in(top):
                children = islice(self.outline.each_child(parent), 40)
                if (
                    top.tag != "a"
                    or sum(child.tag == "a" for child in children) >= limits.SOLE_LINKS
                ):
                    break
            top = parent
        return top

    def _titles_in(self, element: Element) -> int:
        return sum(
            SIDE_LINK.fullmatch(self.title(anchor)) is None for anchor in self.within(element)[:50]
        )

    def _titled(self, group: RowGroup) -> bool:
        """Whether the rows read like titles, not like names of columns."""
        sizes = sorted(
            len(CHINESE.findall(self.title(row.main))) for row in group.rows if row.main is not None
        )
        return bool(sizes) and sizes[len(sizes) // 2] >= limits.TITLE_SIGNS


def _segments(
    marks: list[Mark], anchors: list[Element]
) -> tuple[list[tuple[list[Element], list[Mark]]], bool]:
    """Links and dates of a flat list in pairs, and whether each date stands before its link."""
    events: list[tuple[int, Mark | Element]] = [(mark.position, mark) for mark in marks]
    events += [(anchor.first, anchor) for anchor in anchors]
    events.sort(key=lambda item: item[0])
    dates_first = isinstance(events[0][1], Mark)
    found: list[tuple[list[Element], list[Mark]]] = [([], [])]
    for _, event in events:
        links, dates = found[-1]
        # A pair is complete when what it opens with comes again.
        if (links and dates) and isinstance(event, Mark) == dates_first:
            links, dates = [], []
            found.append((links, dates))
        if isinstance(event, Mark):
            dates.append(event)
        else:
            links.append(event)
    return [pair for pair in found if pair[0] and pair[1]], dates_first


def _count(places: list[int], element: Element) -> int:
    return bisect_left(places, element.end) - bisect_left(places, element.index)
