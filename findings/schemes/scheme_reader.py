"""Reads the values of a scheme from its tables, and says everything that is wrong in them at once."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from findings.schemes import scheme_fields as fields
from findings.schemes.scheme import (
    Indicator,
    IndicatorKind,
    Recalled,
    Scheme,
    Scored,
    UnitKind,
    Waiver,
    Way,
)
from findings.schemes.scheme_tables import SchemeTables
from findings.schemes.scheme_text import TOP, TablePlace


class SchemeReader(SchemeTables):
    """Reads a scheme part by part, and gathers what is wrong with it."""

    def scheme(self) -> Scheme:
        """The scheme.

        Raises:
            ConfigurationError: with everything that is wrong, each with its file, line and field.
        """
        top = self.checked(self.data, fields.TOP_FIELDS, ("id", "title", "source", "kind"), TOP)
        kinds = tuple(self._kind(item, n) for n, item in enumerate(self.tables("kind")))
        self._one_subject(kinds)
        self._ways_read = 0
        indicators = tuple(
            self._indicator(item, n, kinds) for n, item in enumerate(self.tables("indicator"))
        )
        unscored, rest = self._unscored(indicators)
        waivers = tuple(
            self._waiver(item, n, kinds) for n, item in enumerate(self.tables("waiver"))
        )
        self.unique("kind", "name")
        self.unique("indicator", "code")
        self.days(top, TOP)
        marks = {
            name: self.amount(top, name, TOP) for name in ("pass_mark", "bonus_above", "bonus_cap")
        }
        traits = self.words(top, "subject_traits", TOP)
        self.refuse()
        return Scheme(
            id=top["id"],
            title=top["title"],
            source=top["source"],
            kinds=kinds,
            indicators=indicators,
            unscored=unscored,
            label=top.get("label", "预评估"),
            portal=top.get("portal", "门户网站（未归属单位）"),
            valid_from=top.get("valid_from"),
            valid_until=top.get("valid_until"),
            waivers=waivers,
            version=top.get("version", ""),
            digest=blake2b(self.text.encode(), digest_size=16).hexdigest(),
            text=self.text,
            pass_mark=marks["pass_mark"],
            bonus_above=marks["bonus_above"],
            bonus_cap=marks["bonus_cap"],
            subject_traits=traits,
            rest=rest,
        )

    def _kind(self, data: Mapping[str, Any], number: int) -> UnitKind:
        place = TablePlace("kind", number)
        good = self.checked(data, fields.KIND_FIELDS, ("name", "title", "categories"), place)
        categories = self.amounts(good, "categories", place)
        ties = self.words(good, "ties", place)
        for tie in ties:
            if tie not in categories:
                self.say(f"同分排序用到的“{tie}”不是本表的类别。", "ties", place)
        subject = self.one_of(good, "subject", Scored, "考评对象", place) or Scored.UNIT
        for name in fields.MATCHERS:
            if name in good and subject != Scored.SITE:
                self.say('只用于以网站为对象的成绩表（subject = "site"）。', name, place)
        recalled = {}
        for category, certainty in good.get("recalled", {}).items():
            if category not in categories:
                self.say(f"“{category}”不是本表的类别。", "recalled", place)
            if certainty not in set(Recalled):
                self.say(
                    f"“{certainty}”不是把握程度：应为 {'、'.join(Recalled)} 之一。",
                    "recalled",
                    place,
                )
            else:
                recalled[category] = Recalled(certainty)
        return UnitKind(
            name=good.get("name", ""),
            title=good.get("title", ""),
            categories=categories,
            ties=ties,
            subject=Scored(subject),
            hosts=self.words(good, "hosts", place),
            named=self.words(good, "named", place),
            unowned=good.get("unowned", False),
            veto_only=good.get("veto_only", False),
            note=good.get("note", ""),
            recalled=recalled,
        )

    def _one_subject(self, kinds: tuple[UnitKind, ...]) -> None:
        for number, kind in enumerate(kinds):
            if kind.subject is not kinds[0].subject:
                self.say(
                    "一个方案的成绩表只能都以单位或都以网站为对象。",
                    "subject",
                    TablePlace("kind", number),
                )

    def _indicator(
        self, data: Mapping[str, Any], number: int, kinds: tuple[UnitKind, ...]
    ) -> Indicator:
        place = TablePlace("indicator", number)
        good = self.checked(data, fields.INDICATOR_FIELDS, ("code", "title", "kind"), place)
        word = self.one_of(good, "kind", IndicatorKind, "指标种类", place)
        kind = IndicatorKind(word or IndicatorKind.DEDUCT)
        category = good.get("category", "")
        if category and not any(category in table.categories for table in kinds):
            self.say(f"没有名为“{category}”的类别。", "category", place)
        if not category and kind is IndicatorKind.DEDUCT:
            missing = "category" not in data
            self.say("缺少这个字段。" if missing else "不得为空。", "category", place)
        certainty = self.one_of(good, "recalled", Recalled, "把握程度", place)
        self.days(good, place)
        if "drop" in good:
            self.say("只用于去掉所依据的方案（extends）的指标。", "drop", place)
        ways = self._ways(data, kind, place)
        picked = self._picking(good, place, kind)
        checks = picked.pop("checks")
        if ways:
            for name in fields.PICKING_FIELDS:
                if name in good:
                    self.say("分列情形（way）的指标，这一项写在各情形之下。", name, place)
            checks = tuple(dict.fromkeys(code for way in ways for code in way.checks))
        else:
            self._looked_at(good, data, place)
        return Indicator(
            code=good.get("code", ""),
            title=good.get("title", ""),
            category=category,
            kind=kind,
            checks=checks,
            points=self.amount(good, "points", place),
            traits=self.amounts(good, "traits", place),
            prices=self._prices(good, checks, place),
            cap=self.amount(good, "cap", place),
            exclusive=good.get("exclusive", ""),
            clause=good.get("clause", ""),
            editable=good.get("editable", False),
            valid_from=good.get("valid_from"),
            valid_until=good.get("valid_until"),
            recalled=Recalled(certainty) if certainty else None,
            ways=ways,
            **picked,
        )

    def _prices(
        self, good: Mapping[str, Any], checks: tuple[str, ...], place: TablePlace
    ) -> dict[str, float]:
        prices = self.amounts(good, "prices", place)
        for code in prices:
            if code not in checks:
                self.say(f"{code} 不在本指标的 checks 之中。", "prices", place)
        return prices

    def _ways(
        self, data: Mapping[str, Any], kind: IndicatorKind, place: TablePlace
    ) -> tuple[Way, ...]:
        ways = []
        for item in self.tables("way", data):
            inner = TablePlace("indicator.way", self._ways_read, within=place)
            self._ways_read += 1
            good = self.checked(item, fields.WAY_FIELDS, ("title",), inner)
            picked = self._picking(good, inner, kind)
            self._looked_at(good, item, inner)
            ways.append(Way(title=good.get("title", ""), **picked))
        if ways and kind is not IndicatorKind.VETO:
            self.say("只有否决指标（veto）才分列情形。", "way", place)
        return tuple(ways)

    def _picking(
        self, good: Mapping[str, Any], place: TablePlace, kind: IndicatorKind
    ) -> dict[str, Any]:
        """The fields that say which findings are meant, and from how many on."""
        least, early = good.get("at_least", 1), good.get("warn_at")
        for name in ("at_least", "warn_at"):
            if good.get(name, 1) < 1:
                self.say("不得小于1。", name, place)
        if early is not None and early > 0 and early >= least > 0:
            self.say("预警数应小于否决数（at_least）。", "warn_at", place)
        for name in ("at_least", "warn_at", "confirmed"):
            if name in good and kind is not IndicatorKind.VETO and good[name] not in (0, False):
                self.say("只用于否决指标（veto）。", name, place)
        return {
            "checks": self.codes(good, place),
            "when": self.words(good, "when", place),
            "unless": self.words(good, "unless", place),
            "at_least": least,
            "warn_at": early,
            "confirmed": good.get("confirmed", False),
            "unmeasured": good.get("unmeasured", ""),
        }

    def _looked_at(
        self, good: Mapping[str, Any], data: Mapping[str, Any], place: TablePlace
    ) -> None:
        """Rules look at it, or it says why none does."""
        if good.get("checks") and good.get("unmeasured"):
            self.say("已有规则检查（checks），不应再写不检查的原因。", "unmeasured", place)
        if good.get("checks") or good.get("unmeasured"):
            return
        if "checks" not in data:
            self.say("缺少这个字段；没有规则检查的，用 unmeasured 写明原因。", "checks", place)
        elif "checks" in good:
            self.say("不得为空；没有规则检查的，用 unmeasured 写明原因。", "checks", place)

    def _unscored(self, indicators: tuple[Indicator, ...]) -> tuple[dict[str, str], str]:
        """The rules that are not scored, and what is said of all that the scheme does not name."""
        reasons: dict[str, str] = {}
        rest = ""
        scored = {code for indicator in indicators for code in indicator.checks}
        for number, item in enumerate(self.tables("unscored")):
            place = TablePlace("unscored", number)
            needed = ("why",) if "rest" in item else ("checks", "why")
            good = self.checked(item, fields.UNSCORED_FIELDS, needed, place)
            if "rest" in good:
                if rest or "checks" in good or not good["rest"]:
                    self.say(
                        "rest 只能写一次，只能是 true，不与 checks 同写：指方案没有提到的规则。",
                        "rest",
                        place,
                    )
                rest = good.get("why", "")
                continue
            for code in self.codes(good, place):
                if code in scored or code in reasons:
                    self.say(f"{code} 已在别处计分或列为不计分。", "checks", place)
                reasons[code] = good.get("why", "")
        return reasons, rest

    def _waiver(self, data: Mapping[str, Any], number: int, kinds: tuple[UnitKind, ...]) -> Waiver:
        place = TablePlace("waiver", number)
        good = self.checked(data, fields.WAIVER_FIELDS, ("category", "why"), place)
        category = good.get("category", "")
        if category and not any(category in kind.categories for kind in kinds):
            self.say(f"没有名为“{category}”的类别。", "category", place)
        if not set(fields.WHOM) & set(data):
            self.say(
                "须写明对谁不适用（units、kinds、fields、sites 或 unmeasured）。", "units", place
            )
        names = self.words(good, "kinds", place)
        for name in names:
            if not any(name == kind.name for kind in kinds):
                self.say(f"没有名为“{name}”的成绩表。", "kinds", place)
        return Waiver(
            category=category,
            why=good.get("why", ""),
            units=self.words(good, "units", place),
            kinds=names,
            fields=good.get("fields", ""),
            sites=self.words(good, "sites", place),
            unmeasured=good.get("unmeasured", False),
        )
