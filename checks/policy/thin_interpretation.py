"""政策解读缺少实质内容。

为什么：通报指出“已经公开发布的解读材料，没有突出重点难点有针对性地进行解读，解读效果不佳”。
看什么：站内能配上文件的文字解读，正文有没有讲到背景、目的、依据、举措、新旧差异、适用范围、执行标准、注意事项这8个方面；讲到的不足2个方面（选项 least）的报一条。
不报：图解、视频、音频、问答、发布会等形式的（内容在图里、片里或问答里）；正文不足50字、可能在附件里的（选项 shortest）；配不上文件的；没有读到的页面。
整改：补充出台背景、主要举措、适用对象、执行标准和办理方式等内容。
依据：石城县2022年要点“从政策背景、出台目的、重要举措、新旧政策差异、影响范围、管理执行标准及注意事项、惠企利民举措及享受条件等方面进行实质性解读”；江汉区方案（均为地方规定）。

要求编号R08。一篇报一条，属于提示：按字样判断，只能说明没有提到，不能说明讲得好不好，交人工核实。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import (
    Confidence,
    Evidence,
    Finding,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
    known,
)
from plugins.facts.papers.interpretations import ELEMENTS, Interpretation
from plugins.facts.site.pairing import Pairing


@dataclass(frozen=True)
class Options:
    """Elements that must be spoken of, and characters below which a text is not judged."""

    least: int = 2
    shortest: int = 50


RULE = Rule(
    __doc__,
    code="POL207",
    severity=Severity.ADVICE,
    deduct=0.5,
    options=Options(),
    requirements=("R08",),
    confidence=Confidence.LOW,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each plain interpretation that speaks of hardly any element."""
    for key in sorted(known(Pairing, site).of_interpretation):
        page = site.pages.get(key)
        marks = page.get(Interpretation) if page else None
        if page is None or marks is None or page.text_length < options.shortest:
            continue
        if set(marks.forms) - {"图文"} or len(marks.elements) >= options.least:
            continue
        names = "、".join(name for name, _ in ELEMENTS)
        said = f"只讲到{'、'.join(marks.elements)}" if marks.elements else "一个方面都没有讲到"
        yield Finding(
            f"解读“{page.title}”正文{page.text_length}字，{names}{len(ELEMENTS)}个方面中{said}，"
            f"像是没有实质内容，请人工核实。",
            of=Subject(SubjectKind.PAGE, site.host, key),
            where=(Evidence(page.final_url or page.url, page.title, "article"),),
            review=True,
        )
