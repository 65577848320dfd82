"""Audits that are stopped or killed: nothing known is lost, nobody is left behind, the next one works."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawler.audits import ROOT, Desk, environment
from tests.crawler.small_site import Reply, SmallSite, article, page

pytestmark = pytest.mark.audit

PAGES = 150
PATIENCE = 20.0


def site(*, slow: bool) -> SmallSite:
    links = "".join(f"<p><a href='/p{number}.html'>第{number}页</a></p>" for number in range(PAGES))
    pages = {
        "/": page(
            "某区人民政府", links + "<a href='/a-held.html'>久候</a><a href='/gone.html'>失效</a>"
        ),
        **{f"/p{number}.html": article(f"第{number}页") for number in range(PAGES)},
        "/a-held.html": Reply(act=lambda _: time.sleep(PATIENCE + 10))
        if slow
        else article("不久候"),
    }
    return SmallSite(pages)


def until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def children(pid: int) -> set[int]:
    """Processes that a process has started, and those that they have started."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found |= {int(path.parent.name)} | children(int(path.parent.name))
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def interrupted(
    desk: Desk, served: SmallSite, number: signal.Signals
) -> tuple[int, str, str, float]:
    """Start an audit, send a signal in the middle of it; status, output, errors and seconds."""
    served.asked.clear()
    process = subprocess.Popen(
        desk.command(served.url, "--rate", "30", "--workers", "2"), cwd=ROOT, env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until(lambda: len(served.asked) > 20, "the crawl never began")
    assert len(served.asked) < PAGES
    started = children(process.pid)
    assert len(started) == 2
    sent = time.monotonic()
    process.send_signal(number)
    out, errors = process.communicate(timeout=PATIENCE)
    seconds = time.monotonic() - sent
    until(lambda: not any(alive(pid) for pid in started), "worker processes are left")
    return process.returncode, out, errors, seconds


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """A site with a night in memory."""
    desk = Desk(tmp_path_factory.mktemp("stopped"))
    with site(slow=False) as served:
        assert desk.audit(served.url).status == 0
        before = desk.remembered(served.host)
        assert before["LNK101", "/gone.html"].present
        # What would be closed by any run that got to its end.
        served.pages["/gone.html"] = article("补上的页面")
        yield desk, served, before


def same(desk: Desk, served: SmallSite, before: dict) -> bool:
    now = desk.remembered(served.host)
    return {key: (one.presence, one.last_run) for key, one in now.items()} == {
        key: (one.presence, one.last_run) for key, one in before.items()
    }


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_audit_ends_soon_changes_nothing_and_says_so(known, number):
    desk, served, before = known
    served.pages["/a-held.html"] = site(slow=True).pages["/a-held.html"]
    status, out, errors, seconds = interrupted(desk, served, number)
    assert status == 3, errors
    assert seconds < 8, "a server that holds its answer back holds nobody up"
    told = json.loads(out)
    assert told["state"] == "aborted"
    assert told["sites"] == {served.host: "aborted"}
    assert desk.runs()[-1] == "aborted"
    assert "Traceback" not in errors
    assert same(desk, served, before)


def test_a_killed_audit_leaves_nobody_behind_and_loses_nothing(known):
    desk, served, before = known
    served.pages["/a-held.html"] = article("不久候")
    status, out, _, _ = interrupted(desk, served, signal.SIGKILL)
    assert (status, out) == (-signal.SIGKILL, "")
    assert desk.runs()[-1] == "running"
    assert same(desk, served, before)
    again = desk.audit(served.url)
    assert again.status == 0, again.errors
    assert desk.runs()[-2:] == ["aborted", "finished"]
    after = desk.remembered(served.host)
    assert not after["LNK101", "/gone.html"].present
    assert set(after) == set(before)


def test_a_second_interrupt_is_not_needed_during_probes_either(tmp_path):
    """A resolver that never answers holds the probes up; Ctrl-C does not wait for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute, site(slow=False) as served:
        mute.bind(("127.0.0.1", 0))
        desk = Desk(tmp_path)
        process = subprocess.Popen(
            desk.command(
                "http://www.example.cn/", "--resolve", f"www.example.cn:80:127.0.0.1:{served.port}",
                "--resolver", f"127.0.0.1:{mute.getsockname()[1]}",
            ),
            cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        mute.settimeout(PATIENCE)
        mute.recvfrom(512)
        process.send_signal(signal.SIGINT)
        sent = time.monotonic()
        out, errors = process.communicate(timeout=PATIENCE)
        assert time.monotonic() - sent < 8
    assert process.returncode == 3, errors
    assert json.loads(out)["state"] == "aborted"
    assert served.asked == []


def test_scrapy_crawl_works_too(tmp_path):
    with site(slow=False) as served:
        run = subprocess.run(
            [
                *(str(Path(sys.executable).with_name("scrapy")), "crawl", "audit"),
                *("-a", f"url={served.url}", "-a", f"database=sqlite:///{tmp_path}/s.db"),
                *("-a", "rate=500", "-a", "render=never", "-a", f"out={tmp_path}"),
            ],
            cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        desk = Desk(tmp_path, f"sqlite:///{tmp_path}/s.db")
        assert desk.runs() == ["finished"]
        assert ("LNK101", "/gone.html") in desk.remembered(served.host)
