"""One audit of the district for all tests that start from it, whichever of pytest's workers they run in."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

import pytest

from tests.district.audit import FIRST, Night, night, write_stranger

SAYS = 'yield Finding("首页已看到。")'


@pytest.fixture(scope="session")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    """The district audited on FIRST, by browser where there is one, with a stranger's check beside ours.

    Its folder is read only: whoever writes works on a copy (``copied``). The worker that comes first
    audits, the others wait and read what it found.
    """
    common = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        common = common.parent  # each worker has a folder of its own below the run's
    folder, plugins = common / "district", common / "district-plugins"
    told = common / "district.json"
    with Path(common, "district.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            folder.mkdir()
            write_stranger(plugins, SAYS)
            result = night(folder, FIRST, "--plugins", str(plugins))
            told.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    return Night(folder, plugins, json.loads(told.read_text("utf-8")))
