"""Titles taken apart: what a title is about, apart from who issued it, in which year and in what form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from plugins.facts.language import limits
from plugins.facts.language.title_words import (
    ASK_TRAIL,
    ASKING,
    BESIDE,
    CALL,
    CALL_PAPER,
    DRAFT,
    EXPLAINED_END,
    FILLER,
    GENERIC_PLACE,
    INTERPRETING,
    INTERPRETING_HEAD,
    ISSUED,
    LEAD,
    LEVELS,
    NUMBER,
    NUMERALS,
    ORDINAL,
    ORGANISATION,
    OWN_PAPER,
    OWN_PLACE,
    PAPER_END,
    PLACE,
    QUALIFIER,
    QUOTE_MARKS,
    RESULT,
    RIVALS,
    SPELT_YEAR,
    TAIL,
    TRAIL,
    YEAR,
)

# rapidfuzz ratio below which two titles are never taken for one matter.
SIMILAR = 90.0
# Words that speak of a result even where nothing says that anybody was asked.
TOLD = ("采纳", "吸纳", "反馈", "揭晓")


class TitleForm(StrEnum):
    """What kind of paper a title announces."""

    PLAIN = "plain"
    INTERPRETATION = "interpretation"
    CALL = "call"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Title:
    """A title in its parts.

    ``text``      normalised (NFKC, no blanks, one kind of quotation marks).
    ``core``      what it is about: form, organisation, year, ordinals and filler words taken off.
    ``cores``     the cores of all papers it names (several 《…》), ``core`` first.
    ``years``     years named; ``ordinals`` "2批", "3期" …; ``numbers`` 文号 in normal form.
    ``place``     the place at the head of the core ("黄石港区"), "" = none.
    ``draft``     it speaks of a 征求意见稿 or 草案.
    ``quotes``    whether it names a paper in 《…》.
    """

    text: str
    core: str = ""
    cores: tuple[str, ...] = ()
    years: frozenset[str] = frozenset()
    ordinals: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    place: str = ""
    form: TitleForm = TitleForm.PLAIN
    draft: bool = False
    quotes: bool = False


def plain(text: str) -> str:
    """NFKC, no blanks or zero-width signs, one kind of quotation marks; Chinese years in digits."""
    folded = unicodedata.normalize("NFKC", text).translate(QUOTE_MARKS)
    folded = "".join(
        sign for sign in folded if not sign.isspace() and unicodedata.category(sign) != "Cf"
    )
    return SPELT_YEAR.sub(lambda year: "".join(str(NUMERALS[one]) for one in year[0]), folded)


def numeral(text: str) -> str:
    """A Chinese or Arabic ordinal as digits ("十二" → "12"); what it cannot read stays."""
    if text.isdigit():
        return str(int(text))
    if "百" in text:
        return text
    if "十" in text:
        tens, _, ones = text.partition("十")
        return str(
            (NUMERALS.get(tens, 1) if tens else 1) * 10 + (NUMERALS.get(ones, 0) if ones else 0)
        )
    return "".join(str(NUMERALS.get(one, one)) for one in text)


def document_number(text: str) -> str:
    """A 文号 in its one spelling, ``港政发[2022]3号``; "" where ``text`` holds none."""
    match = NUMBER.search(plain(text))
    return f"{match[1]}[{match[2]}]{int(match[3])}号" if match else ""


def same_number(one: str, other: str) -> bool:
    """Whether two 文号 are one (symmetric); in running text words stick to them: 依据青政发[2022]3号."""
    first, second = sorted((one, other), key=len)
    return bool(first) and second.endswith(first)


def quoted(text: str) -> tuple[str, ...]:
    """The outermost 《…》 of a normalised text, without their marks; an unclosed one is left out."""
    found: list[str] = []
    depth = start = 0
    for place, sign in enumerate(text):
        if sign == "《":
            if depth == 0:
                start = place + 1
            depth += 1
        elif sign == "》" and depth:
            depth -= 1
            if depth == 0:
                found.append(text[start:place])
    return tuple(found)


def unquoted(text: str) -> str:
    """A normalised text with every outermost 《…》 replaced by 《》."""
    for inner in quoted(text):
        text = text.replace(f"《{inner}》", "《》", 1)
    return text


def title_form(text: str) -> TitleForm:
    """What kind of paper a normalised title announces, by the words outside its 《…》."""
    outside = unquoted(text)
    asks = bool(CALL.search(outside)) and not CALL_PAPER.search(outside)
    draft = bool(DRAFT.search(text))
    if (
        RESULT.search(outside)
        and (asks or draft or any(word in outside for word in TOLD))
        and "答记者问" not in outside
    ):
        return TitleForm.RESULT
    if INTERPRETING_HEAD.search(outside) or EXPLAINED_END.search(outside):
        return TitleForm.INTERPRETATION
    if INTERPRETING.search(outside) and not PAPER_END.search(outside) and not asks:
        return TitleForm.INTERPRETATION
    return TitleForm.CALL if asks or (draft and DRAFT.search(outside)) else TitleForm.PLAIN


def read_title(text: str) -> Title:
    """Take a title apart. A title cut off with an ellipsis has no core: what it names is unknown."""
    whole = plain(text)
    form = title_form(whole)
    numbers = frozenset(f"{one[1]}[{one[2]}]{int(one[3])}号" for one in NUMBER.finditer(whole))
    bare = BESIDE.sub("", NUMBER.sub("", whole))
    cut = bare.endswith(("...", "…"))
    papers = _papers(bare, form)
    if cut and not quoted(bare):
        papers = ()
    years = frozenset(
        year for paper in papers or (bare,) for year in YEAR.findall(paper)
    ) | frozenset(YEAR.findall(unquoted(bare)) if not cut else ())
    ordinals = frozenset(
        numeral("".join(found[0::2])) + "".join(found[1::2])
        for part in (*papers, unquoted(bare))
        for found in ORDINAL.findall(part)
    )
    cores = tuple(dict.fromkeys(core for core in map(core_of, papers) if core))
    core = cores[0] if cores else ""
    return Title(
        text=whole,
        core=core,
        cores=cores,
        years=years,
        ordinals=ordinals,
        numbers=numbers,
        place=place_of(core),
        form=form,
        draft=bool(DRAFT.search(whole)),
        quotes=bool(quoted(bare)),
    )


def _papers(text: str, form: TitleForm) -> tuple[str, ...]:
    """The names of the papers that a title is about."""
    body = _without_form(text, form)
    named = quoted(body)
    if named and form is not TitleForm.PLAIN and not OWN_PAPER.search(unquoted(body)):
        return tuple(_paper(f"《{one}》") for one in named)
    return (_paper(body),)


def _without_form(text: str, form: TitleForm) -> str:
    """The title without the words that say it interprets, asks or reports."""
    if form is TitleForm.INTERPRETATION:
        text = LEAD.sub("", text)
        text = TRAIL.sub("", text)
    elif form in (TitleForm.CALL, TitleForm.RESULT):
        text = ORGANISATION.sub("", text)
        named = quoted(text)
        if len(named) == 1:
            return f"《{named[0]}》"
        text = ASKING.sub("", text, count=1)
        text = ASK_TRAIL.sub("", text)
    return text


def _paper(text: str) -> str:
    """The name of a paper: 关于印发《…》的通知 is about …, but 关于废止《…》的决定 is itself a paper."""
    for _ in range(6):
        before = text
        named = quoted(text)
        alone = re.sub(r"^关于|^对|的$|等$", "", unquoted(text).strip("\"':|,;。·-—"))
        if len(named) == 1 and QUALIFIER.sub("", alone) in ("《》", "《》的"):
            text = named[0].replace("〈", "《").replace("〉", "》")
        else:
            text = ORGANISATION.sub("", text)
            text = (
                TAIL.sub("", text)
                if text.startswith(("关于", "印发")) or "关于" in text[:40]
                else text
            )
            issued = ISSUED.match(text)
            if issued and (quoted(issued["paper"]) or before != text):
                text = issued["paper"]
            elif text.startswith("关于"):
                text = text[2:]
        if text == before:
            break
    return text


def core_of(paper: str) -> str:
    """The words of a paper's name that tell it from others."""
    core = re.sub(r"^开展", "", stripped(paper))
    return core if len(core) >= limits.SHORTEST_CORE else ""


def stripped(text: str) -> str:
    """A normalised text without the words that cores leave out, so that a core can be looked for in it."""
    text = QUALIFIER.sub("", text)
    text = ORDINAL.sub("", YEAR.sub("", text))
    return FILLER.sub("", DRAFT.sub("", text))


def place_of(core: str) -> str:
    """The place at the head of a core ("黄石市黄石港区养犬管理办法" → "黄石市黄石港区"), "" = none."""
    end = level = 0
    while match := PLACE.match(core, end):
        # Levels go down (省, 市, 区, 街道); 城市, 社区, 乡镇 … name no place.
        if LEVELS[match[1]] <= level or GENERIC_PLACE.search(match[0]):
            break
        end, level = match.end(), LEVELS[match[1]]
    return core[:end] if len(core) - end >= limits.LEFT_CORE else ""


def placeless(core: str) -> str:
    """A core without the place, or the 我区/全市, at its head."""
    place = place_of(core)
    rest = core[len(place) :] if place else OWN_PLACE.sub("", core)
    return rest if len(rest) >= limits.SHORTEST_CORE else core


def names(core: str) -> frozenset[str]:
    """The ways in which others may call a paper: its core, without 黄石市, without 黄石市黄石港区."""
    found = {core}
    end = len(place_of(core))
    start = 0
    while start < end and (match := PLACE.match(core, start)):
        start = match.end()
        found.add(core[start:])
    return frozenset(name for name in found if len(name) >= limits.SHORTEST_CORE)


def agree(one: Title, other: Title) -> bool:
    """Whether years, batches, 文号 and places let two titles speak of one paper (symmetric).

    A side that names no year or batch says nothing; two that name different ones exclude each other.
    """
    if one.years and other.years and one.years != other.years:
        return False
    if one.ordinals != other.ordinals and (
        (one.ordinals and other.ordinals) or one.form == other.form
    ):
        return False
    if one.numbers and other.numbers:
        pairs = ((mine, theirs) for mine in one.numbers for theirs in other.numbers)
        if not any(same_number(mine, theirs) for mine, theirs in pairs):
            return False
    return _places_agree(one.place, other.place)


def _places_agree(one: str, other: str) -> bool:
    """黄石市黄石港区 and 黄石港区 are one place; 黄石市 and 黄石港区 are not."""
    return not one or not other or one.endswith(other) or other.endswith(one)


def similarity(one: str, other: str) -> float:
    """How alike two cores are, 0–100; 0 where a word excludes that they mean one paper (symmetric)."""
    if one == other:
        return 100.0
    if re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return 0.0
    if re.findall(r"[一二三四五六七八九十]+", one) != re.findall(r"[一二三四五六七八九十]+", other):
        return 0.0
    for rivals in RIVALS:
        if {word for word in rivals if word in one} != {word for word in rivals if word in other}:
            return 0.0
    first, second = sorted((one, other))
    return fuzz.ratio(first, second, score_cutoff=SIMILAR)
