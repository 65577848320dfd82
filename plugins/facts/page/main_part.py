"""What the main part of a page holds, counted once, for the tests of emptiness."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from plugins.facts.markup.outline import Element
from plugins.facts.page import limits
from plugins.facts.page.drawing import Drawing
from plugins.facts.page.kinds import PageKind
from plugins.facts.page.main import contents, fillers, standins
from plugins.facts.page.reading import Reading


@dataclass(frozen=True)
class MainPart:
    """A page with what its main part holds; each part is looked for when a test first asks for it."""

    reading: Reading

    @property
    def drawing(self) -> Drawing:
        """The drawing that was read."""
        return self.reading.drawing

    @property
    def kind(self) -> PageKind:
        """What the page is."""
        return self.reading.kind

    @cached_property
    def text(self) -> int:
        """How much text stands there outside links, headings and pager."""
        return contents.main_text(self.drawing)

    @cached_property
    def pictures(self) -> tuple[Element, ...]:
        """The pictures that stand there and are no icons."""
        return contents.main_pictures(self.drawing)

    @cached_property
    def titles(self) -> int:
        """How many links there read like titles."""
        return contents.main_links(self.drawing, 1)

    @cached_property
    def placeholder(self) -> str:
        """The sentence in place of content; "" = none."""
        return standins.find_placeholder(self.drawing)

    @cached_property
    def template(self) -> str:
        """The mark of an unfilled template; "" = none."""
        return standins.find_template(self.drawing)

    @cached_property
    def filler(self) -> str:
        """The script that may fill the list; "" = none can be seen."""
        return fillers.find_filler(self.drawing)

    @cached_property
    def shell(self) -> str:
        """Why the page is a shell to be filled by scripts; "" = it is none."""
        if self.drawing.rendered:
            return ""
        outline = self.drawing.outline
        text = sum(len(piece.strip()) for piece in outline.texts[: limits.SHELL_TEXTS])
        scripted = any(
            script.raw or len(script.text) > limits.SHORT_SCRIPT for script in self.drawing.scripts
        )
        if text < limits.SHELL_TEXT and len(outline.anchors) < limits.SHELL_LINKS and scripted:
            return "页面正文几乎为空，内容由脚本生成"
        return ""

    @property
    def replaced(self) -> bool:
        """Whether a placeholder stands there and nothing else of weight."""
        return (
            bool(self.placeholder)
            and self.text < limits.ENOUGH + len(self.placeholder)
            and not self.pictures
            and self.titles < limits.MENU
        )

    @cached_property
    def vacant(self) -> bool:
        """Whether the place of a list or a text is there, without any."""
        return bool(
            contents.empty_containers(self.drawing)
            or contents.empty_body(self.drawing)
            or contents.bare_heading(self.drawing)
        )

    @cached_property
    def stranger(self) -> str:
        """A linked script of which nobody knows whether it fills the list; "" = none."""
        return fillers.unknown_script(self.drawing)
