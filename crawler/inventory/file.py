"""Files of the register written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from plugins.errors import ConfigurationError, Problem
from plugins.reasons import system_reason

FORCE = "；确需覆盖请加 --force"


def write_whole(
    path: Path, raw: bytes, *, before: bytes | None = None, new: bool = False, hint: str = ""
) -> None:
    """Put bytes in a file's place at once, so that nobody ever meets half of them.

    ``before`` is what the file held when the change was shown: another content is refused.
    ``new`` = there must be no file yet (``hint`` says what to do where there is one). A link keeps leading to its file, a file keeps its rights.

    Raises:
        ConfigurationError: it cannot be written, or has changed meanwhile; the old file is untouched.
    """
    place = path.resolve()
    try:
        there = place.read_bytes() if place.exists() else None
        if new and there is not None:
            _refuse(path, f"文件已存在，未覆盖{hint}")
        if before is not None and there != before:
            _refuse(path, "确认期间文件被他人改动，未写入；请重新导入")
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            umask = os.umask(0)
            os.umask(umask)
            mode = place.stat().st_mode & 0o777 if there is not None else 0o666 & ~umask
            Path(name).chmod(mode)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        _refuse(path, f"无法写入：{system_reason(error)}")


def _refuse(path: Path, why: str) -> None:
    raise ConfigurationError([Problem(str(path), why)])
