"""What the Chinese standards ask for beside each axe rule.

GB/T 37668-2019 is built like WCAG 2, and so are the names of its requirements here; names and
assignment are **recalled**, not compared with the text of the standard, and no clause numbers are
given for that reason. The same holds for MIIT's 《互联网网站适老化通用设计规范》. Where neither is
known to have an item, only the WCAG criterion (from axe's own tags, thus sure) is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

TEXT = "非文本内容的替代文本"
NAME = "名称、角色、值（辅助技术可识别）"
RELATION = "信息和关系（结构可由程序识别）"
# axe rule → the requirement's name in GB/T 37668 (recalled).
NATIONAL = {
    "image-alt": TEXT,
    "input-image-alt": TEXT,
    "area-alt": TEXT,
    "object-alt": TEXT,
    "role-img-alt": TEXT,
    "svg-img-alt": TEXT,
    "image-redundant-alt": TEXT,
    "link-name": "链接目的",
    "button-name": NAME,
    "input-button-name": NAME,
    "label": "标签或说明（表单控件）",
    "select-name": "标签或说明（表单控件）",
    "form-field-multiple-labels": "标签或说明（表单控件）",
    "document-title": "网页标题",
    "html-has-lang": "网页语言",
    "html-lang-valid": "网页语言",
    "html-xml-lang-mismatch": "网页语言",
    "frame-title": "框架标题",
    "frame-title-unique": "框架标题",
    "meta-refresh": "时间可调整（不得自动刷新、跳转）",
    "blink": "暂停、停止、隐藏",
    "marquee": "暂停、停止、隐藏",
    "no-autoplay-audio": "音频控制",
    "audio-caption": "音频、视频的替代内容",
    "video-caption": "音频、视频的替代内容",
    "bypass": "绕过重复内容",
    "list": RELATION,
    "listitem": RELATION,
    "definition-list": RELATION,
    "dlitem": RELATION,
    "td-headers-attr": RELATION,
    "th-has-data-cells": RELATION,
    "td-has-header": RELATION,
    "nested-interactive": NAME,
    "scrollable-region-focusable": "键盘可操作",
    "server-side-image-map": "键盘可操作",
    "frame-focusable-content": "键盘可操作",
}
# axe rule → the item of MIIT's norm for elderly users (recalled).
ELDERLY = {
    "meta-viewport": "网页缩放",
    "meta-viewport-large": "网页缩放",
    "color-contrast": "文本对比度",
    "link-in-text-block": "颜色用途",
    "target-size": "组件焦点大小",
}
CRITERION = re.compile(r"wcag(\d)(\d)(\d{1,2})")


def item_of(rule: str, tags: Iterable[str] = ()) -> str:
    """The Chinese requirement beside an axe rule, and WCAG's; always something to show."""
    parts = []
    if rule in NATIONAL:
        parts.append(f"GB/T 37668“{NATIONAL[rule]}”，转述")
    if rule in ELDERLY:
        parts.append(f"适老化通用设计规范“{ELDERLY[rule]}”，转述")
    criteria = sorted(
        ".".join(match.groups()) for tag in tags if (match := CRITERION.fullmatch(tag))
    )
    if criteria:
        parts.append("WCAG " + "、".join(criteria))
    if not parts:
        parts.append("国内标准无对应条款" if rule.startswith("aria-") else "国内标准对应条款不详")
    return "；".join(parts)
