"""The demo that a newcomer audits: what is planted in it is found by the real command, and nothing else."""

from __future__ import annotations

import json
import socket
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.browser.chromium import find_browser
from crawler.demo.pages import DATA, TRUTH, read_district
from crawler.demo.truth import Truth, compare, read_truth
from tests.district.audit import gongkai, heard

DAY, AUTUMN = "2026-03-02", "2026-11-20"
# The demo stays small: a newcomer waits for it.
MOST_PAGES = 110
FAULTLESS = "区民政局"


@pytest.fixture(scope="module")
def planted() -> Truth:
    return read_truth(DATA / TRUTH)


def has_ipv6_loopback() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as sock:
            sock.bind(("::1", 0))
    except OSError:
        return False
    return True


def demo(folder: Path, day: str, *arguments: str) -> dict[str, Any]:
    told = heard(
        "demo", "--as-of", day, "--database", f"sqlite:///{folder / 'g.db'}", "--out", str(folder),
        "--json", "--quiet", *arguments,
    )  # fmt: skip
    return json.loads(told)


def told(finding: dict[str, Any]) -> str:
    return f"{finding['code']} {finding['subject']['ref']} {finding['key']}: {finding['message']}"


@pytest.mark.demo
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("day", "options", "seasons"),
    [(DAY, (), ()), (AUTUMN, ("--render", "never"), ("year-end",))],
    ids=["spring", "autumn, without a browser"],
)
def test_what_is_planted_is_found_and_nothing_else(
    day: str, options: tuple[str, ...], seasons: tuple[str, ...], planted: Truth, tmp_path: Path
) -> None:
    result = demo(tmp_path, day, *options)
    have = {"dns", *seasons}
    have |= {"browser"} if find_browser() and not options else set()
    have |= {"ipv6"} if has_ipv6_loopback() else set()
    missing, unexpected = compare(result["findings"], planted, have, result["warnings"])
    assert [fault.id for fault in missing] == []
    assert [told(finding) for finding in unexpected] == []
    assert result["pages"] <= MOST_PAGES

    charged = {
        fault.id: finding["unit"]
        for fault in planted.faults
        for finding in (*result["findings"], *result["warnings"])
        if fault.due(have) and fault.matches(finding)
    }
    assert charged == {fault.id: fault.unit for fault in planted.faults if fault.due(have)}
    assert FAULTLESS not in {finding["unit"] for finding in result["findings"]}
    assert all(Path(path).stat().st_size for path in result["reports"])
    if "browser" in have:
        pages = [Path(path) for path in result["reports"] if path.endswith(".html")]
        assert all("data:image/" in page.read_text(encoding="utf-8") for page in pages)


def test_every_kind_of_result_is_there(planted: Truth) -> None:
    assert {fault.code[:3] for fault in planted.faults} == {
        "COL", "DLG", "DSC", "LNK", "PLT", "POL", "TXT",
    }  # fmt: skip
    assert any(fault.review for fault in planted.faults)
    assert any(fault.warning and not fault.needs for fault in planted.faults)
    units = {fault.unit for fault in planted.faults if not fault.warning}
    assert len(units) == 4
    assert FAULTLESS not in units


def test_near_misses_are_served_and_are_no_faults(planted: Truth) -> None:
    district = read_district(DATA, date.fromisoformat(DAY))
    served = {f"http://{host}{path}" for host, path in district.answers}
    assert {miss.ref for miss in planted.near_misses} <= served
    assert not {(miss.code, miss.ref) for miss in planted.near_misses} & {
        (fault.code, fault.ref) for fault in planted.faults
    }


def test_what_can_be_mended_is_in_the_truth_and_changes_what_is_served(planted: Truth) -> None:
    day = date.fromisoformat(DAY)
    whole = read_district(DATA, day)
    assert whole.ground.asked <= {fault.id for fault in planted.faults}
    for name in whole.ground.asked:
        mended = read_district(DATA, day, {f"mend:{name}"})
        keys = whole.answers.keys() | mended.answers.keys()
        changed = [key for key in keys if whole.answers.get(key) != mended.answers.get(key)]
        plain = [key for key in changed if not callable(whole.answers.get(key))]
        assert plain or mended.dns_records != whole.dns_records, name


def test_a_change_that_changes_nothing_is_refused(tmp_path: Path) -> None:
    done = gongkai("demo", "--out", str(tmp_path), "--change", "mend:nothing", "--quiet")
    assert done.returncode == 2
    assert "mend:nothing" in done.stderr
