"""Writes a file whole or not at all; what goes wrong is told by path and option."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from plugins.errors import ConfigurationError, Problem
from plugins.reasons import system_reason


def write_file(path: Path, content: str | bytes, option: str) -> Path:
    """Write text (UTF-8) or bytes to ``path``, whose folder is made; a reader never meets half a file.

    Raises:
        ConfigurationError: the folder or file cannot be written; ``option`` is what named it.
    """
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, raw)
    except OSError as error:
        raise ConfigurationError(
            [Problem(str(path), f"无法写入：{system_reason(error)}。", field=option)]
        ) from error
    return path


def _write_whole(path: Path, raw: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
