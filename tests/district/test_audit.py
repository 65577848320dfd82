"""The demo district audited by the real command, and compared with what is planted in it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from crawler.browser.chromium import find_browser
from crawler.demo.truth import compare
from tests.district.audit import FIRST, STRANGER_CODE, Night, heard, night, write_stranger
from tests.district.generator import (
    MEND_PLACEHOLDER,
    MEND_STATUS_LABEL,
    UNREACHABLE_COLUMN,
    UNREACHABLE_PAGE,
    truth,
)
from tests.district.papers.warnings import seasons

pytestmark = [
    pytest.mark.demo,
    pytest.mark.timeout(900),
]

SECOND, THIRD = "2026-03-03", "2026-03-04"


def has_ipv6_loopback() -> bool:
    import socket

    try:
        with socket.socket(socket.AF_INET6) as sock:
            sock.bind(("::1", 0))
    except OSError:
        return False
    return True


def told(finding: dict) -> str:
    return f"{finding['code']} {finding['subject']['ref']} {finding['key']}: {finding['message']}"


def test_every_planted_fault_is_found_and_nothing_else(first_night: Night) -> None:
    have = {"dns"}
    have |= {"browser"} if find_browser() else set()
    have |= {"ipv6"} if has_ipv6_loopback() else set()
    result = first_night.told
    findings = [one for one in result["findings"] if one["code"] != STRANGER_CODE]
    planted = truth()

    have |= seasons(date.fromisoformat(FIRST))
    missing, unexpected = compare(findings, planted, have, result["warnings"])
    assert [fault.id for fault in missing] == []
    assert [told(finding) for finding in unexpected] == []

    units = {fault.id: fault.unit for fault in planted.faults if fault.unit and fault.due(have)}
    charged = {
        fault.id: finding["unit"]
        for fault in planted.faults
        for finding in (*result["findings"], *result["warnings"])
        if fault.id in units and fault.matches(finding)
    }
    assert charged == units

    assert len({finding["fingerprint"] for finding in result["findings"]}) == len(
        result["findings"]
    )
    for finding in (*findings, *result["warnings"]):
        assert finding["message"]
        assert finding["remedy"]
        assert finding["evidence"], told(finding)
    assert all(Path(path).stat().st_size for path in result["reports"])
    assert {miss.code for miss in planted.near_misses} == {fault.code for fault in planted.faults}
    if "browser" in have:
        pages = [Path(path) for path in result["reports"] if path.endswith(".html")]
        assert all("data:image/" in page.read_text(encoding="utf-8") for page in pages)
        assert not [note for note in result["notes"] if "浏览器" in note]


@pytest.fixture(scope="module")
def nights(first_night: Night, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """Three nights with changes between them, and a verdict given after the first."""
    folder = tmp_path_factory.mktemp("nights")
    database = first_night.copied(folder)
    ill = write_stranger(folder / "ill", "raise RuntimeError")
    first = first_night.told
    judged = next(f for f in first["findings"] if f["code"] == "POL103")
    heard(
        "triage", judged["fingerprint"], "confirm", "--why", "已与起草科室核实，确无解读",
        "--by", "测试员", "--database", database,
    )  # fmt: skip
    second = night(
        folder, SECOND, "--render", "never", "--plugins", str(ill), "--without", "LNK104",
        changes=(MEND_PLACEHOLDER, UNREACHABLE_PAGE, UNREACHABLE_COLUMN),
    )  # fmt: skip
    third = night(
        folder, THIRD, "--render", "never", "--plugins", str(first_night.plugins),
        changes=(MEND_STATUS_LABEL,),
    )  # fmt: skip
    everything = json.loads(
        heard("findings", "--format", "json", "--state", "all", "--database", database)
    )
    return {
        "first": first,
        "second": second,
        "third": third,
        "all": {f["fingerprint"]: f for f in everything},
        "judged": judged,
    }


def of_fault(findings: list[dict] | dict, name: str) -> list[dict]:
    fault = truth().fault(name)
    rows = findings.values() if isinstance(findings, dict) else findings
    return [finding for finding in rows if fault.matches(finding)]


def test_no_finding_is_duplicated_over_three_nights(nights: dict) -> None:
    rows = list(nights["all"].values())
    identities = [(f["code"], f["site"], f["subject"]["ref"], f["key"]) for f in rows]
    assert len(set(identities)) == len(identities)


def test_mended_fault_goes_and_comes_back(nights: dict) -> None:
    name = MEND_PLACEHOLDER.removeprefix("mend:")
    assert of_fault(nights["first"]["findings"], name)
    assert not of_fault(nights["second"]["findings"], name)
    (again,) = of_fault(nights["third"]["findings"], name)
    assert again["times_back"] == 1
    assert again["presence"] == "present"
    (label,) = of_fault(nights["all"], MEND_STATUS_LABEL.removeprefix("mend:"))
    assert label["presence"] == "gone"


def test_nothing_is_closed_that_was_not_looked_at(nights: dict) -> None:
    before = {f["fingerprint"]: f for f in nights["first"]["findings"]}
    after = {f["fingerprint"] for f in nights["second"]["findings"]}
    closed = [f for name, f in before.items() if name not in after]
    mended = of_fault(nights["first"]["findings"], MEND_PLACEHOLDER.removeprefix("mend:"))
    assert [told(f) for f in closed] == [told(f) for f in mended]


def test_switched_off_rule_keeps_its_findings(nights: dict) -> None:
    for when in ("first", "second", "third"):
        assert [f for f in nights[when]["findings"] if f["code"] == "LNK104"], when
    assert all(f["times_back"] == 0 for f in nights["all"].values() if f["code"] == "LNK104")


def test_crashing_check_closes_nothing_and_is_named(nights: dict) -> None:
    assert any(STRANGER_CODE in note for note in nights["second"]["notes"])
    own = [f for f in nights["all"].values() if f["code"] == STRANGER_CODE]
    assert own
    assert all(f["presence"] == "present" and f["times_back"] == 0 for f in own)


def test_only_the_mended_fault_has_come_back(nights: dict) -> None:
    back = [f for f in nights["all"].values() if f["times_back"]]
    assert back == of_fault(back, MEND_PLACEHOLDER.removeprefix("mend:"))


def test_verdict_is_untouched_by_the_machine(nights: dict) -> None:
    assert nights["all"][nights["judged"]["fingerprint"]]["verdict"] == "confirmed"
    others = [f for name, f in nights["all"].items() if name != nights["judged"]["fingerprint"]]
    assert {f["verdict"] for f in others} == {"untriaged"}
