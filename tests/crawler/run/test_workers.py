"""Worker processes: what a check does to one of them costs that check, and nothing else."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from textwrap import dedent, indent

import pytest

from crawler.workers.outcome import JobOutcome, Loss
from crawler.workers.pool import WorkerPool
from plugins.engine.examine import ErrorKind
from plugins.errors import UnfinishedRunError
from plugins.facts.site.site import Site
from plugins.finding import Subject, SubjectKind

pytestmark = pytest.mark.audit

ROOT = Path(__file__).parents[3]
SUBJECT = Subject(SubjectKind.SITE, "site.test", "site.test")
CHECK = '''"""故障。

为什么：原因。
看什么：对象。
不报：例外。
整改：办法。
依据：条款。
"""

import os, re, signal, sys, time
from plugins import Finding, Rule, Severity, hookimpl

RULE = Rule(__doc__, code="{code}", severity=Severity.MINOR)


@hookimpl
def check_site(site):
{body}
'''
# What the workers build their handlers from: real checks on real sites, and plain functions.
HANDLERS = """
import os, sys, time
from pathlib import Path
from plugins.engine.examine import Examiner
from plugins.engine.manager import Plugins


def examining(folder, limit):
    plugins = Plugins.discover(Path(folder), packages=())

    def handle(job, announce):
        if job.ref == "bad parser":
            raise ValueError("cannot parse this")
        if job.ref == "crashing parser":
            os.abort()
        if job.ref == "hanging parser":
            time.sleep(600)
        if job.ref == "unsendable":
            return lambda: None
        return Examiner(plugins, limit, announce, site_limit=limit).site(job.site, job.skip)

    return handle


def measuring():
    return lambda job, announce: (os.getpid(), len(job.body), job.body[:4])


def leaking():
    kept = []

    def handle(job, announce):
        kept.append(bytearray(60_000_000))
        return os.getpid()

    return handle


def broken():
    raise RuntimeError("no handler today")


def dying():
    os._exit(7)
"""


# Jobs have to be importable where they arrive, as in the real crawler.
JOBS = """
from dataclasses import dataclass


@dataclass(frozen=True)
class SiteJob:
    ref: str
    site: object = None
    skip: frozenset = frozenset()


@dataclass(frozen=True)
class BodyJob:
    ref: str
    body: bytes = b""
    skip: frozenset = frozenset()
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a sound check before and one after, and importable handlers and jobs."""
    module = tmp_path / "modules"
    module.mkdir()
    (module / "worker_handlers.py").write_text(HANDLERS)
    (module / "worker_jobs.py").write_text(JOBS)
    monkeypatch.syspath_prepend(module)
    monkeypatch.delitem(sys.modules, "worker_jobs", raising=False)
    folder = tmp_path / "checks"
    folder.mkdir()
    for code in ("AAA001", "ZZZ999"):
        write(folder, code, "yield Finding('有问题。')")
    return folder


def write(folder: Path, code: str, body: str) -> None:
    text = CHECK.format(code=code, body=indent(dedent(body), "    "))
    (folder / f"{code.lower()}.py").write_text(text)


def site_job(ref: str, skip=frozenset()):
    from worker_jobs import SiteJob

    return SiteJob(ref, Site("site.test", date(2026, 3, 1)), skip)


def body_job(ref: str, body: bytes):
    from worker_jobs import BodyJob

    return BodyJob(ref, body)


def examining(folder: Path, **more) -> WorkerPool:
    given = {"workers": 1, "hard_limit": 1.5, "memory_limit": 1 << 30} | more
    return WorkerPool("worker_handlers:examining", (str(folder), 0.3), **given)


async def outcomes(pool: WorkerPool, *jobs) -> list[JobOutcome]:
    await pool.start()
    try:
        return list(await asyncio.gather(*(pool.run(job) for job in jobs)))
    finally:
        await pool.close()


HARD = {
    "a loop that swallows every exception": (
        "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass",
        ErrorKind.KILLED,
        "无法中止",
    ),
    "C code that looks at no signal": ("sum(range(10**13))", ErrorKind.KILLED, "无法中止"),
    "a stopped process": ("os.kill(os.getpid(), signal.SIGSTOP)", ErrorKind.KILLED, "无法中止"),
    "an exit": ("os._exit(3)", ErrorKind.DIED, "退出码3"),
    "a segmentation fault": ("os.kill(os.getpid(), signal.SIGSEGV)", ErrorKind.DIED, "SIGSEGV"),
    "a kill, as by the system out of memory": (
        "os.kill(os.getpid(), signal.SIGKILL)",
        ErrorKind.DIED,
        "SIGKILL",
    ),
}


@pytest.mark.parametrize(
    ("body", "kind", "words"), HARD.values(), ids=[name.replace(" ", "-") for name in HARD]
)
def test_a_check_that_takes_its_worker_down_is_named_and_the_rest_kept(here, body, kind, words):
    write(here, "BAD001", body)
    pool = examining(here)
    (outcome,) = asyncio.run(outcomes(pool, site_job("one")))
    (loss,) = outcome.lost
    assert (loss.code, loss.kind) == ("BAD001", kind)
    assert words in loss.message
    assert loss.error(SUBJECT).subject == SUBJECT
    assert outcome.failure == ""
    assert outcome.result.checked == ("AAA001", "ZZZ999")
    assert [sighting.code for sighting in outcome.result.sightings] == ["AAA001", "ZZZ999"]


SOFT = {
    "while True": ("while True:\n    pass", ErrorKind.TIMEOUT),
    "a regular expression that backtracks": (
        "re.match(r'(a+)+$', 'a' * 60 + 'b')",
        ErrorKind.TIMEOUT,
    ),
    "memory": ("x = bytearray(4 << 30)", ErrorKind.MEMORY),
}


@pytest.mark.parametrize(
    ("body", "kind"), SOFT.values(), ids=[name.replace(" ", "-") for name in SOFT]
)
def test_a_check_that_can_be_stopped_costs_no_worker(here, body, kind):
    write(here, "BAD001", body)
    pool = examining(here)
    (outcome,) = asyncio.run(outcomes(pool, site_job("one")))
    assert [(error.code, error.kind) for error in outcome.result.errors] == [("BAD001", kind)]
    assert outcome.result.checked == ("AAA001", "ZZZ999")
    assert (outcome.lost, pool.replaced) == ((), 0)


def test_two_guilty_checks_are_both_found_on_one_job(here):
    write(here, "BAD001", "os._exit(1)")
    write(here, "BAD002", "os.abort()")
    (outcome,) = asyncio.run(outcomes(examining(here), site_job("one")))
    assert [loss.code for loss in outcome.lost] == ["BAD001", "BAD002"]
    assert outcome.result.checked == ("AAA001", "ZZZ999")


@pytest.mark.parametrize("body", ["os._exit(1)", "while True:\n    pass"])
def test_the_third_failing_switches_a_check_off_for_the_run(here, body):
    write(here, "BAD001", body)
    told: list[tuple[str, str]] = []
    pool = examining(here, told=lambda code, why: told.append((code, why)))

    async def night():
        await pool.start()
        done = [await pool.run(site_job(f"job {n}")) for n in range(5)]
        await pool.close()
        return done

    done = asyncio.run(night())
    blamed = [
        [loss.code for loss in one.lost] + [error.code for error in one.result.errors]
        for one in done
    ]
    assert blamed == [["BAD001"]] * 3 + [[]] * 2
    assert all(one.result.checked == ("AAA001", "ZZZ999") for one in done)
    assert pool.switched_off.keys() == {"BAD001"}
    ((code, why),) = told
    assert code == "BAD001"
    assert "已3次失败" in why


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("bad parser", "ValueError：cannot parse this"),
        ("crashing parser", "SIGABRT"),
        ("hanging parser", "超过1.5秒"),
        ("unsendable", "pickle"),
    ],
)
def test_a_job_that_fails_outside_any_check_is_named_and_the_next_goes_on(here, ref, words):
    bad, good = asyncio.run(outcomes(examining(here), site_job(ref), site_job("good")))
    assert (bad.ref, bad.result, bad.lost) == (ref, None, ())
    assert words in bad.failure
    assert good.result.checked == ("AAA001", "ZZZ999")


def test_a_job_that_cannot_be_sent_is_a_failure_too(here):
    job = site_job("one")
    object.__setattr__(job, "site", lambda: None)
    bad, good = asyncio.run(outcomes(examining(here), job, site_job("good")))
    assert bad.failure
    assert good.failure == ""


def test_a_worker_killed_while_idle_is_replaced_without_anyone_blamed(here):
    pool = examining(here)

    async def night():
        await pool.start()
        first = await pool.run(site_job("one"))
        (child,) = pool._children.values()
        child.process.kill()
        while child.process.poll() is None:  # noqa: ASYNC110 - a process tells no loop
            await asyncio.sleep(0.01)
        second = await pool.run(site_job("two"))
        await pool.close()
        return first, second

    first, second = asyncio.run(night())
    assert first.result.checked == second.result.checked == ("AAA001", "ZZZ999")
    assert second.lost == ()
    assert pool.replaced == 1


def test_a_longer_limit_can_be_asked_for_one_job(here):
    write(here, "SLO001", "end = time.monotonic() + 1.2\nwhile time.monotonic() < end:\n    pass")
    pool = WorkerPool("worker_handlers:examining", (str(here), 0.0), 1, hard_limit=0.6)

    async def night():
        await pool.start()
        short = await pool.run(site_job("short"))
        long = await pool.run(site_job("long"), hard_limit=30)
        await pool.close()
        return short, long

    short, long = asyncio.run(night())
    assert [loss.code for loss in short.lost] == ["SLO001"]
    assert long.result.checked == ("AAA001", "SLO001", "ZZZ999")


def test_the_limit_is_for_each_step_not_for_the_whole_job(here):
    for number in range(5):
        write(here, f"SLO00{number}", "time.sleep(0.3)")
    pool = WorkerPool("worker_handlers:examining", (str(here), 0.0), 1, hard_limit=1.0)
    (outcome,) = asyncio.run(outcomes(pool, site_job("one")))
    assert len(outcome.result.checked) == 7


@pytest.mark.parametrize(("name", "why"), [("broken", "no handler today"), ("dying", "启动时结束")])
def test_a_handler_that_cannot_be_built_is_told_at_the_start(here, name, why):
    with pytest.raises(UnfinishedRunError, match=why):
        asyncio.run(outcomes(WorkerPool(f"worker_handlers:{name}", (), 2)))


def test_no_workers_means_in_this_process(here):
    write(here, "BAD001", "raise ValueError")
    bad, good = asyncio.run(
        outcomes(examining(here, workers=0), site_job("bad parser"), site_job("good"))
    )
    assert "cannot parse" in bad.failure
    assert good.result.checked == ("AAA001", "ZZZ999")
    assert [error.code for error in good.result.errors] == ["BAD001"]


def test_a_worker_that_grows_is_retired_between_jobs(here):
    pool = WorkerPool("worker_handlers:leaking", (), 1, memory_limit=700 << 20)
    done = asyncio.run(outcomes(pool, *(body_job(str(n), b"") for n in range(16))))
    assert all(one.failure == "" for one in done), done
    assert len({one.result for one in done}) > 1


def test_two_hundred_jobs_of_all_sizes_come_back_to_their_senders(here):
    async def night():
        pool = WorkerPool("worker_handlers:measuring", (), 2)
        await pool.start()
        jobs = [
            body_job(str(n), f"{n:04}".encode() + b"x" * (10_000_000 if n % 50 == 0 else n * 1000))
            for n in range(200)
        ]
        done = await asyncio.gather(*(pool.run(job) for job in jobs))
        await pool.close()
        return jobs, done

    jobs, done = asyncio.run(night())
    assert [one.result[1:] for one in done] == [(len(j.body), j.body[:4]) for j in jobs]
    assert len({one.result[0] for one in done}) == 2


def test_the_event_loop_is_not_held_up_by_ten_megabyte_jobs(here):
    """Bodies of 10 MB without a pause; pages have 150 KB. ``-s`` prints the figures."""

    async def night():
        pool = WorkerPool("worker_handlers:measuring", (), 2)
        await pool.start()
        lags = []
        running = True

        async def watch():
            while running:
                started = time.perf_counter()
                await asyncio.sleep(0.001)
                lags.append(time.perf_counter() - started - 0.001)

        watcher = asyncio.create_task(watch())
        body = os.urandom(10_000_000)
        done = await asyncio.gather(*(pool.run(body_job(str(n), body)) for n in range(40)))
        running = False
        await watcher
        await pool.close()
        assert all(one.result[1] == len(body) for one in done)
        return sorted(lags)

    lags = asyncio.run(night())
    p50, p99 = lags[len(lags) // 2], lags[int(len(lags) * 0.99)]
    print(
        f"lag of the loop: p50 {p50 * 1000:.2f} ms, p99 {p99 * 1000:.2f} ms, max {lags[-1] * 1000:.2f} ms"
    )
    assert p99 < 0.1


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(pid: int, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
        time.sleep(0.02)
    return not Path(f"/proc/{pid}").exists()


def test_closing_leaves_no_process_behind_not_even_a_zombie(here):
    write(here, "BAD001", "sum(range(10**13))")
    pool = examining(here, workers=2, hard_limit=60)

    async def night():
        await pool.start()
        pids = [child.process.pid for child in pool._children.values()]
        running = asyncio.create_task(pool.run(site_job("busy")))
        waiting = [asyncio.create_task(pool.run(site_job(str(n)))) for n in range(3)]
        boards = [child.board for child in pool._children.values()]
        while all(board.read()[2] != "BAD001" for board in boards):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
        started = time.monotonic()
        await pool.close()
        took = time.monotonic() - started
        return pids, [await one for one in (running, *waiting)], took

    pids, done, took = asyncio.run(night())
    assert len(pids) == 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    assert {one.failure for one in done} == {"运行已中止"}
    assert took < 5


PARENT = """
import asyncio, os, signal, sys
# A shell starts what it sends to the background deaf to interrupts; this one must hear them.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path.insert(0, sys.argv[1])
from crawler.workers.pool import WorkerPool
from worker_jobs import BodyJob

async def main():
    pool = WorkerPool("worker_handlers:measuring", (), 2)
    await pool.start()
    outcome = await pool.run(BodyJob("x"))
    print(*(child.process.pid for child in pool._children.values()), flush=True)
    await asyncio.sleep(600)

try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_workers_die_with_their_parent(here, tmp_path, number):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "modules")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with parent:
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        assert all(alive(pid) for pid in pids)
        os.kill(parent.pid, number)
        try:
            errors = parent.communicate(timeout=20)[1]
        finally:
            parent.kill()
    assert all(gone(pid) or not alive(pid) for pid in pids)
    assert "Traceback" not in errors


def test_an_interrupt_that_reaches_a_worker_does_not_disturb_it(here):
    async def night():
        pool = examining(here)
        await pool.start()
        (child,) = pool._children.values()
        os.kill(child.process.pid, signal.SIGINT)
        outcome = await pool.run(site_job("one"))
        replaced = pool.replaced
        await pool.close()
        return outcome, replaced

    outcome, replaced = asyncio.run(night())
    assert outcome.failure == ""
    assert replaced == 0


TWISTED = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
from twisted.internet import asyncioreactor
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
asyncioreactor.install(loop)
from twisted.internet import defer, reactor
from crawler.workers.pool import WorkerPool
from worker_jobs import BodyJob

async def night():
    pool = WorkerPool("worker_handlers:measuring", (), 2)
    await pool.start()
    done = await asyncio.gather(*(pool.run(BodyJob(str(n), b"x" * n)) for n in range(50)))
    await pool.close()
    print(sum(one.result[1] for one in done), flush=True)

def go():
    done = defer.Deferred.fromFuture(asyncio.ensure_future(night()))
    done.addErrback(lambda failure: failure.printTraceback())
    done.addBoth(lambda _: reactor.stop())

reactor.callWhenRunning(go)
reactor.run()
"""


def test_the_pool_works_under_twisteds_asyncio_reactor(here, tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", TWISTED, str(tmp_path / "modules")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.stdout.split() == [str(sum(range(50)))], run.stderr


def test_what_a_check_prints_stays_out_of_our_output(here, tmp_path, capfd):
    write(here, "LOU001", "print('loud')\nsys.stdout.flush()\nreturn ()")
    asyncio.run(outcomes(examining(here), site_job("one")))
    out, err = capfd.readouterr()
    assert "loud" not in out
    assert "loud" in err


def test_a_loss_is_a_check_error_with_a_subject():
    loss = Loss("ABC001", "超过", ErrorKind.KILLED)
    error = loss.error(SUBJECT)
    assert (error.code, error.subject, error.message, error.kind) == (
        "ABC001",
        SUBJECT,
        "超过",
        ErrorKind.KILLED,
    )
