"""Archives of documents: each member read like a file of its own, one level deep."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from zipfile import ZipInfo

from plugins.addresses.endings import PAPERS, SHEETS, WITH_MACROS
from plugins.facts.attachments import limits
from plugins.facts.attachments.contents import Gathering, State, StopError
from plugins.facts.attachments.packed import opened, whole

READABLE = (PAPERS - {"ofd"}) | SHEETS | WITH_MACROS | {"et", "txt", "csv"}
UTF8 = 0x800


def read_zip(
    body: bytes, into: Gathering, read_member: Callable[[bytes, str, Gathering], None]
) -> None:
    """Gather the text of an archive's documents.

    A member that cannot be read is a note; bounds hold for the archive as a whole. Archives inside
    archives are not opened: that is how bombs are built.
    """
    with opened(body) as bundle:
        members = [info for info in bundle.infolist() if not info.is_dir()]
        into.pages = len(members)
        if members and all(info.flag_bits & 1 for info in members):
            raise StopError(State.ENCRYPTED, "压缩文件设有密码")
        for info in members[: into.limits.members]:
            name = name_of(info)
            suffix = name.rpartition(".")[2].lower()
            if suffix not in READABLE:
                if suffix in ("zip", "rar", "7z"):
                    _note(into, f"{name}：压缩包中的压缩包，未打开")
                continue
            try:
                data = whole(bundle, info, into, into.limits.size)
                into.prefix = name + "／"
                read_member(data, suffix, into)
            except StopError as stop:
                # The bounds of the whole end the reading, the faults of one member do not.
                if stop.state is State.PARTIAL or into.inflated > into.limits.inflated:
                    raise
                _note(into, f"{name}：{stop.why}")
            finally:
                into.prefix = ""
                into.pages = len(members)
        if len(members) > into.limits.members:
            most = into.limits.members
            raise StopError(State.PARTIAL, f"压缩包有{len(members)}个文件，只读了前{most}个")


def name_of(info: ZipInfo) -> str:
    """A member's name, for people; without the UTF-8 mark it is GBK from a Chinese Windows.

    Nothing is ever unpacked to a file: a name that climbs out of its folder is only odd.
    """
    name = info.filename
    if not info.flag_bits & UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return "".join(sign for sign in name if sign.isprintable())[-limits.LONGEST_NAME :]


def _note(into: Gathering, words: str) -> None:
    if len(into.notes) < limits.NOTES:
        into.notes.append(words[: limits.NOTE_TEXT])
