"""What stands in the main part in place of content: a sentence, a loading text, a template."""

from __future__ import annotations

import re

from plugins.facts.language.phrases import LOADING, PLACEHOLDER, TEMPLATE, TEMPLATE_NAMES
from plugins.facts.language.text import solid, squeeze
from plugins.facts.page import limits
from plugins.facts.page.drawing import Drawing
from plugins.facts.page.main.contents import in_main, in_tag


def find_placeholder(drawing: Drawing) -> str:
    """The sentence that stands in the main part in place of content; "" = none."""
    outline = drawing.outline
    for position, text in enumerate(outline.texts):
        stripped = squeeze(text)
        if not limits.LEAST_SENTENCE <= len(
            stripped
        ) <= limits.PLACEHOLDER_TEXT or not PLACEHOLDER.search(stripped):
            continue
        owner = outline.owners[position]
        if in_tag(owner, ("a", "script", "option")) or not in_main(drawing, owner):
            continue
        block = outline.elements[owner.block]
        line = outline.line(block, 200)
        match = PLACEHOLDER.search(line)
        if (
            match
            and len(line) <= limits.PLACEHOLDER_TEXT
            and (
                len(match[0]) >= limits.PLACEHOLDER_SHARE * len(solid(line))
                or len(line) <= limits.PLACEHOLDER_LINE
            )
        ):
            return line
    return ""


def plain_placeholder(drawing: Drawing) -> bool:
    """Whether the placeholder stands in a list element that no script names."""
    outline = drawing.outline
    inline = "\n".join(script.text for script in drawing.scripts)
    for position, text in enumerate(outline.texts):
        if PLACEHOLDER.search(text) and in_main(drawing, outline.owners[position]):
            for node in (outline.owners[position], *outline.owners[position].ancestors()):
                name = node.attrs.get("id", "")
                if name and re.search(rf"[\"'#]{re.escape(name)}[\"'\s]", inline):
                    return False
                if node.tag in ("body", "html"):
                    break
            return True
    return False


def find_loading(drawing: Drawing) -> str:
    """A text such as 数据加载中 in the main part."""
    outline = drawing.outline
    for position, text in enumerate(outline.texts):
        stripped = squeeze(text)
        if (
            limits.LEAST_SENTENCE <= len(stripped) <= limits.LOADING_TEXT
            and LOADING.search(stripped)
            and in_main(drawing, outline.owners[position])
            and not PLACEHOLDER.search(stripped)
        ):
            return stripped
    return ""


def find_template(drawing: Drawing) -> str:
    """An unfilled template row in the main part: its attribute or its braces."""
    outline = drawing.outline
    # In a rendered page only what was never compiled is unfilled: its scripts failed.
    unfilled = ("v-for",) if drawing.rendered else TEMPLATE_NAMES
    for element in outline.elements:
        if element.attrs:
            for name in unfilled:
                if (
                    name in element.attrs
                    and not drawing.landmarks.in_nav(element)
                    and not drawing.landmarks.in_footer(element)
                ):
                    return name
    for position, text in enumerate(outline.texts):
        if "{" in text and TEMPLATE.search(text) and in_main(drawing, outline.owners[position]):
            return squeeze(text)[:30]
    return ""
