"""Which Chromium is driven, and with what switches: quiet, frugal, nothing that no check looks at."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from plugins.errors import ConfigurationError, Problem

BROWSER_VARIABLE = "GONGKAI_BROWSER"
COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge",
)
PLAYWRIGHT_BINARIES = (
    "chromium-*/chrome-linux*/chrome",
    "chromium_headless_shell-*/chrome-headless-shell-linux*/chrome-headless-shell",
    "chromium_headless_shell-*/chrome-linux*/headless_shell",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)
APPLICATIONS = (
    "/usr/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

# Quiet (no calls home, which a closed network refuses many at a time), no loading of what no check
# looks at, one renderer process per page with a bounded heap, so that a page that eats memory
# loses its renderer and nobody else does.
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-remote-fonts",
    "--blink-settings=imagesEnabled=false",
    "--disable-dev-shm-usage",
    "--deny-permission-prompts",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=512",
)
# What only pictures need: a badge that is not loaded would look like one that is missing.
UNSEEN = ("--disable-remote-fonts", "--blink-settings=imagesEnabled=false")


def find_browser(environ: Mapping[str, str] | None = None) -> str | None:
    """Path of a Chromium to drive, None where there is none.

    Looked for in this order: ``GONGKAI_BROWSER``, Playwright's own download, the usual commands and
    places.

    Raises:
        ConfigurationError: ``GONGKAI_BROWSER`` is set to something that cannot be run. Falling back
            silently would hide the typing error.
    """
    env = os.environ if environ is None else environ
    if named := env.get(BROWSER_VARIABLE, "").strip():
        found = shutil.which(named)
        if found is None:
            raise ConfigurationError(
                [Problem(f"环境变量 {BROWSER_VARIABLE}", f"“{named}”不存在或不能执行。")]
            )
        return found
    own = (str(path) for path in _playwright_binaries(env))
    commands = (found for name in COMMANDS if (found := shutil.which(name)))
    for candidate in (*own, *APPLICATIONS[:1], *commands, *APPLICATIONS[1:]):
        if os.access(candidate, os.X_OK):
            return candidate
    return None


def _playwright_binaries(env: Mapping[str, str]) -> Iterable[Path]:
    """Playwright's own downloads, the newest first."""
    caches = {"darwin": "Library/Caches", "win32": "AppData/Local"}
    root = Path(
        env.get("PLAYWRIGHT_BROWSERS_PATH")
        or Path.home() / caches.get(sys.platform, ".cache") / "ms-playwright"
    )
    for pattern in PLAYWRIGHT_BINARIES:
        found = [path for path in root.glob(pattern) if path.is_file()]
        yield from sorted(found, key=lambda path: (len(str(path)), str(path)), reverse=True)


def launch_options(executable: str, *, sandbox: bool | None = None) -> dict[str, Any]:
    """Playwright's launch options; as root Chromium only starts without its sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {
        "executable_path": executable,
        "headless": True,
        "chromium_sandbox": not root if sandbox is None else sandbox,
        "args": list(ARGUMENTS),
        "handle_sigint": False,  # Ctrl-C is the crawler's to handle: it closes the browser itself
        "handle_sigterm": False,
        "handle_sighup": False,
    }
