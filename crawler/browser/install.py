"""Find a browser, or install one where that is possible; never fails (``make browser``).

Order: whatever ``find_browser`` knows; Playwright's own download; as root on Debian or Ubuntu the
distribution's chromium. Without one the project works on, and this says which checks will not run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from crawler.browser.chromium import find_browser

LIMIT = 600
NOTICE = (
    "没有找到浏览器（Chromium或Chrome），自动安装也未成功。审计照常进行，但以下内容不检查、不计分：\n"
    "  PLT203 无障碍（axe）检测；只有在浏览器中才显示内容的栏目（列为“未能读取”，不扣分）。\n"
    "安装后重新运行即可；也可用环境变量 GONGKAI_BROWSER 指定浏览器程序。\n"
)


def attempts() -> list[list[list[str]]]:
    """Ways of getting a browser, each a list of commands."""
    ways = [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
        ways.append([["apt-get", "update", "-qq"], [*install, "chromium", "fonts-noto-cjk"]])
    return ways


def main() -> None:
    """Print where the browser is, or what was tried in vain."""
    found = find_browser()
    for way in attempts() if found is None else ():
        sys.stderr.write(f"正在安装浏览器：{' '.join(way[-1])}\n")
        try:
            for command in way:
                subprocess.run(  # noqa: S603 - fixed commands
                    command,
                    check=True,
                    timeout=LIMIT,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                )
        except (subprocess.SubprocessError, OSError) as error:
            sys.stderr.write(f"  未成功（{type(error).__name__}）\n")
            continue
        found = find_browser()
        if found is not None:
            break
    sys.stderr.write(f"浏览器：{found}\n" if found is not None else NOTICE)


if __name__ == "__main__":
    main()
