"""Working files of old runs make room; nothing else is ever deleted."""

from __future__ import annotations

import os
import time

from crawler.plan.config import RUNS_KEPT, run_folder


def test_old_working_files_make_room_and_young_ones_stay(tmp_path):
    runs = tmp_path / "runs"
    old = [runs / f"2026010{day}-030000-x" for day in range(1, 8)]
    for folder in (*old, runs / "notes"):
        folder.mkdir(parents=True)
        (folder / "spool.db").write_text("x")
        os.utime(folder, (time.time() - 10 * 86400,) * 2)
    fresh = runs / "20260101-000000-y"
    fresh.mkdir()

    made = run_folder(tmp_path)

    assert made.is_dir()
    assert sorted(folder.name for folder in runs.iterdir()) == sorted(
        [folder.name for folder in old[-RUNS_KEPT:]] + [made.name, fresh.name, "notes"]
    )
