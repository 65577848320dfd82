"""Where findings are kept: the address that is meant where none is given."""

from __future__ import annotations

import os

VARIABLE = "GONGKAI_DATABASE"
DEFAULT = "sqlite:///var/gongkai.db"


def database_url(option: str = "") -> str:
    """The database to use: the option, else the environment, else the file in ``var/``."""
    return option or os.environ.get(VARIABLE, "") or DEFAULT
