"""What an audit does where nothing else is said; known without importing anything that acts."""

from __future__ import annotations

from pathlib import Path

DEFAULT_PAGES = 5000
DEFAULT_TIMEOUT = 30.0
DEFAULT_OUT = Path("var")
DEFAULT_ATTACHMENTS = 300
DEFAULT_PICTURES = 40
