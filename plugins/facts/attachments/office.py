"""Text of docx and xlsx files: streamed from the packed XML, flat in memory."""

from __future__ import annotations

from contextlib import suppress
from zipfile import ZipFile

from plugins.facts.attachments.contents import Gathering, State, StopError
from plugins.facts.attachments.packed import opened, parse

MACROS = "vbaProject.bin"
# From here on a float no longer says which whole number was meant.
EXACT = 10**15
LONGEST_STRINGS = 2_000_000


def read_docx(body: bytes, into: Gathering) -> None:
    """Gather the text of a Word file: paragraphs as lines, cells of a row behind tabs."""
    with opened(body) as bundle:
        into.macros = any(name.endswith(MACROS) for name in bundle.namelist())
        words = _Words()
        if not parse(
            bundle, "word/document.xml", into, start=words.start, end=words.end, data=words.data
        ):
            raise StopError(State.DAMAGED, "Word文件中没有正文部分")
        into.add("正文", words.text())


class _Words:
    """Collects ``w:t`` texts."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.inside = False

    def start(self, tag: str, _attrs: dict[str, str]) -> None:
        self.inside = tag == "t"
        if tag in ("tab", "br"):
            self.pieces.append("\t" if tag == "tab" else "\n")

    def end(self, tag: str) -> None:
        self.inside = False
        if tag in ("p", "tr", "tc"):
            self.pieces.append("\n" if tag != "tc" else "\t")

    def data(self, text: str) -> None:
        if self.inside:
            self.pieces.append(text)

    def text(self) -> str:
        return "".join(self.pieces)


def read_xlsx(body: bytes, into: Gathering) -> None:
    """Gather the text of a workbook: a part for each sheet, hidden ones too, cells behind tabs."""
    with opened(body) as bundle:
        into.macros = any(name.endswith(MACROS) for name in bundle.namelist())
        strings = _strings(bundle, into)
        sheets = _sheets(bundle, into)
        if not sheets:
            raise StopError(State.DAMAGED, "工作簿中没有工作表")
        into.pages = len(sheets)
        for name, path in sheets:
            cells = _Cells(strings, into)
            try:
                parse(bundle, path, into, start=cells.start, end=cells.end, data=cells.data)
            except StopError:
                # What was read of the sheet before counts as well.
                with suppress(StopError):
                    into.add(name, cells.text())
                raise
            into.add(name, cells.text())


def _strings(bundle: ZipFile, into: Gathering) -> list[str]:
    """The shared strings; phonetic guides inside them are no text."""
    found: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "guide": False}

    def start(tag: str, _attrs: dict[str, str]) -> None:
        state["text"] = tag == "t"
        state["guide"] = state["guide"] or tag == "rPh"
        if tag == "si":
            pieces.clear()

    def end(tag: str) -> None:
        state["text"] = False
        if tag == "rPh":
            state["guide"] = False
        elif tag == "si":
            found.append("".join(pieces))
            if len(found) > LONGEST_STRINGS:
                raise StopError(State.PARTIAL, "共享文字过多，未读取")

    def data(text: str) -> None:
        if state["text"] and not state["guide"]:
            pieces.append(text)

    parse(bundle, "xl/sharedStrings.xml", into, start=start, end=end, data=data)
    return found


def _sheets(bundle: ZipFile, into: Gathering) -> list[tuple[str, str]]:
    """Names and paths of the sheets, in order."""
    named: list[tuple[str, str]] = []
    paths: dict[str, str] = {}

    def sheet(tag: str, attrs: dict[str, str]) -> None:
        if tag == "sheet":
            ident = next((value for key, value in attrs.items() if key.endswith(" id")), "")
            named.append((attrs.get("name", ""), ident))

    def relation(tag: str, attrs: dict[str, str]) -> None:
        if tag == "Relationship":
            target = attrs.get("Target", "").lstrip("/").removeprefix("xl/")
            paths[attrs.get("Id", "")] = "xl/" + target

    parse(bundle, "xl/workbook.xml", into, start=sheet, end=_nothing)
    parse(bundle, "xl/_rels/workbook.xml.rels", into, start=relation, end=_nothing)
    found = [(name, paths[ident]) for name, ident in named if ident in paths]
    if found:
        return found
    bare = [name for name in bundle.namelist() if name.startswith("xl/worksheets/sheet")]
    return [(name.rpartition("/")[2], name) for name in sorted(bare)]


def _nothing(_tag: str) -> None:
    return


class _Cells:
    """Collects the cells of one sheet."""

    def __init__(self, strings: list[str], into: Gathering) -> None:
        self.strings = strings
        self.into = into
        self.pieces: list[str] = []
        self.kind = ""
        self.value: list[str] = []
        self.inside = False

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "c":
            self.into.cell()
            self.kind = attrs.get("t", "n")
            self.value.clear()
        self.inside = tag in ("v", "t")

    def data(self, text: str) -> None:
        if self.inside:
            self.value.append(text)

    def end(self, tag: str) -> None:
        self.inside = False
        if tag == "c" and self.value:
            self.pieces += (self._shown("".join(self.value)), "\t")
        elif tag == "row":
            self.pieces.append("\n")

    def _shown(self, value: str) -> str:
        if self.kind == "s":
            place = int(value) if value.isdecimal() else -1
            return self.strings[place] if 0 <= place < len(self.strings) else ""
        return number_text(value) if self.kind == "n" else value

    def text(self) -> str:
        return "".join(self.pieces)


def number_text(value: str) -> str:
    """A number as a person would see it: 1.38E10 is 13800000000."""
    if value.isdecimal():
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number == number // 1 and abs(number) < EXACT else value
