"""Why a file could not be read or written, in Chinese: the words of the system and of the TOML reader."""

from __future__ import annotations

import errno
import re
import tomllib

SYSTEM = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "已有同名文件",
    errno.EROFS: "所在磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "名称过长",
    errno.ELOOP: "符号链接循环",
}
# What tomllib says, by how it begins; a newer Python may word it otherwise and is then quoted.
TOML = {
    "Invalid value": "等号后面的值无效或没有写完（文字要加引号）",
    "Invalid statement": "不是有效的语句",
    "Expected '=' after a key": "字段名后面缺少等号",
    "Expected newline or end of document": "一行只能写一项",
    "Expected ']' at the end of a table": "方括号没有写完",
    "Expected ']]' at the end of an array": "双方括号没有写完",
    "Cannot overwrite a value": "字段重复",
    "Cannot declare": "这一节重复",
    "Cannot redefine namespace": "这一节重复",
    "Cannot mutate immutable namespace": "这一节重复",
    "Unterminated string": "引号没有成对",
    "Unterminated array": "方括号没有成对",
    "Unclosed array": "方括号没有成对",
    "Unclosed inline table": "花括号没有成对",
    "Illegal character": "有不允许的字符，或引号没有成对",
    "Expected \"'": "引号没有成对",
    "Expected '\"": "引号没有成对",
    "Invalid initial character for a key part": "字段名不对（中文字段名要加引号）",
    "Invalid date or datetime": "日期不存在",
    "Unescaped '\\'": "反斜杠要写成两个，或改用单引号",
}
_PLACE = re.compile(r" ?\((?:at line (\d+), column \d+|at end of document)\)$")


def system_reason(error: OSError) -> str:
    """The cause of a failed read or write."""
    return SYSTEM.get(error.errno or 0, error.strerror or type(error).__name__)


def toml_reason(error: tomllib.TOMLDecodeError, text: str) -> tuple[str, int]:
    """What is wrong with a TOML text, and in which line (its last one where it just ended)."""
    said = str(error)
    found = _PLACE.search(said)
    line = int(found[1]) if found and found[1] else max(1, len(text.rstrip().splitlines()))
    reason = _PLACE.sub("", said)
    told = next((words for start, words in TOML.items() if reason.startswith(start)), reason)
    return told, line
