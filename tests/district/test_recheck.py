"""A fix list of the demo district: sent, filled in, read back, rechecked; one row mended, one only said to be."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crawler.demo.ground import MEND
from findings.fixlists.files import ANSWER, NUMBER, REMARK
from tests.district.audit import Night, heard, recheck
from tests.district.generator import MEND_PLACEHOLDER, TruthDistrict, truth

pytestmark = [
    pytest.mark.demo,
    pytest.mark.timeout(900),
]

LATER = "2026-03-09"
UNIT = "区民政局"
MENDED = MEND_PLACEHOLDER.removeprefix("mend:")
CLAIMED = "col201-notices"


def fixlist(folder: Path, database: str) -> tuple[Path, dict[str, dict[str, Any]]]:
    """The unit's list as a workbook, with its rows by number of the finding."""
    path = Path(
        heard(
            "fixlist", "--unit", UNIT, "--format", "xlsx", "--out", str(folder), "--database", database,
        ).strip()
    )  # fmt: skip
    found: dict[str, dict[str, Any]] = {}
    for sheet in openpyxl.load_workbook(path):
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head = next((row for row in rows if NUMBER in row), None)
        if head is not None:
            for row in rows[rows.index(head) + 1 :]:
                known = dict(zip(head, row, strict=False))
                if known[NUMBER]:
                    found[str(known[NUMBER])] = known
    return path, found


def fill_in(path: Path, answers: Mapping[str, str]) -> Path:
    """What a colleague of the unit does in a spreadsheet."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        head = next((row for row in sheet.iter_rows() if any(c.value == NUMBER for c in row)), None)
        if head is None:
            continue
        place = {cell.value: cell.column for cell in head}
        for row in range(head[0].row + 1, sheet.max_row + 1):
            said = answers.get(str(sheet.cell(row, place[NUMBER]).value))
            if said:
                sheet.cell(row, place[ANSWER]).value = "已整改"
                sheet.cell(row, place[REMARK]).value = said
    filled = path.with_name("退回.xlsx")
    book.save(filled)
    return filled


def outcomes_of(
    folder: Path, changes: Collection[str], *arguments: str
) -> dict[str, dict[str, Any]]:
    """What a recheck says of each finding of the district after some changes."""
    told = recheck(folder, LATER, "--render", "never", *arguments, changes=changes)
    return {one["fingerprint"]: one for one in told["findings"]}


def test_nothing_is_verified_that_is_still_there_and_all_that_is_mended(
    first_night: Night, tmp_path: Path
) -> None:
    first_night.copied(tmp_path)
    numbers = [one["fingerprint"] for one in first_night.told["findings"]]
    asked = [part for one in numbers for part in ("--finding", one)]
    before = outcomes_of(tmp_path, (), *asked)
    assert [one["why"] for one in before.values() if one["outcome"] == "verified"] == []
    still = {name for name, one in before.items() if one["outcome"] == "still"}
    assert len(still) > 60

    everything = {MEND + name for name in TruthDistrict(date.fromisoformat(LATER)).ground.asked}
    after = outcomes_of(tmp_path, everything, *asked)
    assert [one["message"] for one in after.values() if one["outcome"] == "still"] == []
    assert still <= {name for name, one in after.items() if one["outcome"] == "verified"}


def test_a_row_that_is_mended_is_verified_and_one_that_is_not_keeps_its_claim(
    first_night: Night, tmp_path: Path
) -> None:
    database = first_night.copied(tmp_path)
    planted = truth()
    first = first_night.told
    number = {
        name: next(
            one["fingerprint"] for one in first["findings"] if planted.fault(name).matches(one)
        )
        for name in (MENDED, CLAIMED)
    }
    path, before = fixlist(tmp_path, database)
    assert set(number.values()) <= set(before)
    filled = fill_in(path, {number[MENDED]: "已补充内容", number[CLAIMED]: "已更新"})
    told = heard("fixlist", "import", str(filled), "--unit", UNIT, "--database", database)
    assert "登记了2行，其中称已整改2行" in told

    outcomes = outcomes_of(tmp_path, {MEND_PLACEHOLDER}, "--unit", UNIT, "--claimed")
    assert {name: outcomes[one]["outcome"] for name, one in number.items()} == {
        MENDED: "verified", CLAIMED: "still",
    }  # fmt: skip
    assert len(outcomes) == 2
    assert outcomes[number[CLAIMED]]["claim"]["text"] == "已整改：已更新"
    assert outcomes[number[CLAIMED]]["evidence"][0]["text"]

    _, after = fixlist(tmp_path, database)
    assert set(before) - set(after) == {number[MENDED]}
    row = after[number[CLAIMED]]
    assert f"称已整改，{LATER}复查仍存在。已整改：已更新" in str(list(row.values()))
    assert not row[ANSWER]
    now = {
        one["fingerprint"]: one["presence"]
        for one in json.loads(
            heard("findings", "--format", "json", "--state", "all", "--database", database)
        )
    }
    assert now[number[MENDED]] == "gone"
    assert now[number[CLAIMED]] == "present"
    assert sum(one == "gone" for one in now.values()) == 1
    assert len(now) == len(first["findings"]) + len(first["warnings"])
