"""Titles under which the result of a clean-up of papers (清理结果) is published, or papers are ended."""

from __future__ import annotations

import re

from plugins.facts.language.titles import plain, unquoted

# A clean-up is announced (开展清理工作的通知) and asked about (征求意见) as well: those end nothing.
RESULT = re.compile(
    r"(?:文件|规章|规定|办法|制度|政府令)[^,。]{0,16}清理[^,。]{0,16}(?:结果|目录|情况|决定|公告|通告|通报)|清理[^,。]{0,24}(?:文件|规章)[^,。]{0,12}(?:结果|目录|情况|决定|公告|通告|通报)"
    r"|(?:废止|失效|停止执行|宣布无效|作废)[^,。]{0,30}(?:文件|规章|规定|办法|意见|细则|方案|规范(?!性)|《》|(?:通知|公告|通告|决定)的(?:通知|公告|通告|决定))"
    r"|(?:文件|规章|规定|办法|细则|意见|方案|》)[^,。]{0,16}(?:废止|失效|停止执行|作废)"
    r"|(?:现行有效|继续有效|保留|继续施行)[^,。]{0,16}(?:文件|规章)|(?:规范性文件|规章)[^,。]{0,10}(?:现行有效|继续有效|保留)?(?:目录|清单)(?:\([^()]*\))?$"
)
# Words without which a title cannot be one; most titles have none of them.
STEM = re.compile("清理|废止|失效|停止执行|作废|无效|有效|保留|继续施行|文件目录|文件清单|规章目录")
LAUNCH = re.compile(
    r"(?:开展|做好|组织|进行|启动|加强|推进)[^。]{0,40}清理|清理(?:工作)?(?:的)?(?:方案|计划|安排)|清理工作的(?:通知|函)|征求|征集|草案|征求意见稿|解读|说明|管理办法|管理规定|制度|听证|公开目录|政府信息|事项"
)


def is_result(title: str) -> bool:
    """Whether a title announces the result of a clean-up of papers, or ends one or more of them."""
    if not STEM.search(title):
        return False
    text = unquoted(plain(title))
    return bool(RESULT.search(text)) and not LAUNCH.search(text)
