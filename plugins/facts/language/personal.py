"""Personal data in a text: identity numbers, mobile numbers, bank cards; never kept in full.

What is found is masked at once: no finding, message, record or log of ours ever holds a whole
number. Numbers that are masked on the page already are no find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plugins.facts.language import limits
from plugins.facts.language.text import squeeze

# Digits of one number may be set apart at the birth date ("420202 19900307 771X"), nowhere else.
IDENTITY = re.compile(
    r"(?<![0-9A-Za-z.*_=/&?#-])([1-8]\d{5})[ \u00a0\u3000]?((?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))[ \u00a0\u3000]?(\d{3}[0-9Xx])(?![0-9A-Za-z*])(?!\.\d)"
)
MOBILE = re.compile(
    r"(?<![0-9A-Za-z.*_=/&?#-])(1[3-9]\d)([ -]?)(\d{4})\2(\d{4})(?![0-9A-Za-z*])(?!\s?[-－—]\s?\d|\.\d)"
)
CARD = re.compile(
    r"(?<![0-9A-Za-z.*_=/&?#-])((?:62|9558|4[0-9]|5[1-5]|35)\d{2}[ ]?(?:\d{4}[ ]?){2,3}\d{1,7})(?![0-9A-Za-z*-])(?!\.\d)"
)
WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF38: "X", 0xFF58: "x"}
PROVINCES = frozenset(  # GB/T 2260
    re.findall(
        r"\d\d",
        "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83",
    )
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
OTHER_NUMBER = re.compile(
    r"信用代码|机构代码|项目代码|项目编号|注册号|许可证号|流水号|订单号|受理号|业务编号|图号|登记号|证书编号|备案号|编码\s*[：:]?\s*$"
)
EXAMPLE = re.compile(r"示例|样例|例如|样表|格式|填写说明|[（(]例[）)]|[比如]如[：:]|例[：:]")
# A number that somebody is told to call is published on purpose.
OFFERED = re.compile(
    r"联系(?:人|电话|方式|手机)|咨询|热线|报名|监督|举报|投标|代理|采购|公司|服务电话|值班|办公|客服|传真|微信|QQ|预约|受理"
)
# A card number belongs to a card only where the text says so; accounts of bodies are public.
CARD_WORDS = re.compile(
    r"卡\s*号|银行卡|一卡通|一折通|社保卡|储蓄卡|存折|惠农卡|打卡|发放(?:账|帐)[号户]"
)
CORPORATE = re.compile(
    r"公司|财政|专户|保证金|对公|户\s*名|收款|交易中心|捐赠|捐款|集团|协会|基金|合作社|开户行"
)
WIDE_DIGIT = re.compile("[\uff10-\uff19]")
# What may hold a whole number at all: eleven digits, set apart by single blanks or dashes at most.
LONG = re.compile(r"\d(?:[ \u00a0\u3000-]?\d){10}")
# The same numbers wherever they stand, for masking: one that is glued to a name is one all the same.
WRITTEN = re.compile(
    r"(?<![0-9*])(?:(?P<identity>[1-8]\d{5}[ \u00a0\u3000]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ \u00a0\u3000]?\d{3}[0-9Xx])"
    r"|(?P<card>(?:62|9558|4[0-9]|5[1-5]|35)\d{2}[ ]?(?:\d{4}[ ]?){2,3}\d{1,7})"
    r"|(?P<mobile>1[3-9]\d([ -]?)\d{4}\4\d{4}))"
    # In a row the date follows without a gap.
    r"(?:(?![0-9*])|(?=(?:19|20)\d{2}[-./年]))"
)
ADDRESS = re.compile(r"[!-~]*\Z")
IDENTITY_WORDS = re.compile(r"身份证|证件号|公民身份")
RUN = re.compile(r"(?<!\d)\d[\d ]{5,}[\dXx](?![\d])")


class NumberKind(StrEnum):
    """What a number is."""

    IDENTITY = "身份证号码"
    MOBILE = "手机号码"
    CARD = "银行卡号"


@dataclass(frozen=True, slots=True)
class Find:
    """One number: what it is, masked, with its (masked) surroundings; ``mark`` tells two apart.

    ``example`` = the text says that it is a specimen. ``place`` is its offset in the text.
    """

    kind: NumberKind
    masked: str
    around: str
    place: int
    example: bool = False


def hide(text: str) -> str:
    """The text with every long run of digits masked: for quotations."""
    return RUN.sub(lambda match: _masked(match[0].replace(" ", "")), text)


def covered(text: str) -> str:
    """The text with every identity, mobile and card number in it masked; for all that is kept or shown.

    Addresses stay as they are: without them nobody finds the page.
    """
    if LONG.search(text) is None:
        return text
    plain = text.translate(WIDE)
    pieces: list[str] = []
    done = 0
    for match in WRITTEN.finditer(plain):
        number = re.sub(r"[^0-9Xx]", "", match[0])
        before = plain[max(0, match.start() - 200) : match.start()]
        near = ADDRESS.search(before)
        if (near and re.search(r"[/=]", near[0])) or not _personal(match, number, before):
            continue
        pieces += (text[done : match.start()], _masked(number))
        done = match.end()
    return "".join((*pieces, text[done:]))


def _personal(match: re.Match[str], number: str, before: str) -> bool:
    """Whether a number is what it looks like: other numbers may have its form."""
    if match["identity"]:
        named = IDENTITY_WORDS.search(before[-limits.NEAR :]) is not None
        return number[:2] in PROVINCES and (named or check_digit(number))
    if match["card"]:
        return _card(number)
    return True


def _masked(number: str) -> str:
    """The first three and the last digit, the rest as stars."""
    return number[:3] + "*" * (len(number) - 4) + number[-1:]


def identity_numbers(text: str, today: date) -> tuple[Find, ...]:
    """Whole identity numbers: province, day of birth and check digit must be right."""
    return _distinct(_identities(text.translate(WIDE) if _wide(text) else text, today))


def mobiles(text: str) -> tuple[Find, ...]:
    """Whole mobile numbers, each once."""
    plain = text.translate(WIDE) if _wide(text) else text
    found = []
    for match in MOBILE.finditer(plain):
        number = match[1] + match[3] + match[4]
        if not OTHER_NUMBER.search(plain[max(0, match.start() - 14) : match.start()]):
            found.append((number, NumberKind.MOBILE, match))
    return _distinct(_finds(plain, found))


def private_mobiles(text: str) -> tuple[Find, ...]:
    """Mobile numbers that no words just before them, on their line, offer as a line of contact."""
    return tuple(
        find
        for find in mobiles(text)
        if not OFFERED.search(
            text[max(0, find.place - limits.NEAR) : find.place].rpartition("\n")[2]
        )
    )


def bank_cards(text: str) -> tuple[Find, ...]:
    """Whole numbers of bank cards: issuer prefix, length, Luhn, and words that speak of a card."""
    plain = text.translate(WIDE) if _wide(text) else text
    if not CARD_WORDS.search(plain):
        return ()
    found = []
    for match in CARD.finditer(plain):
        number = match[1].replace(" ", "")
        if not _card(number):
            continue
        if len(number) == limits.IDENTITY_DIGITS and check_digit(number):
            continue
        before = plain[max(0, match.start() - 40) : match.start()].rpartition("。")[2]
        if OTHER_NUMBER.search(before[-14:]) or CORPORATE.search(before):
            continue
        found.append((number, NumberKind.CARD, match))
    return _distinct(_finds(plain, found))


def _wide(text: str) -> bool:
    return WIDE_DIGIT.search(text) is not None


def _identities(text: str, today: date) -> Iterator[tuple[str, Find]]:
    found = []
    for match in IDENTITY.finditer(text):
        number = (match[1] + match[2] + match[3]).upper()
        if match[1][:2] not in PROVINCES or not check_digit(number):
            continue
        if not _plausible(match[2], today):
            continue
        if OTHER_NUMBER.search(text[max(0, match.start() - 14) : match.start()]):
            continue
        found.append((number, NumberKind.IDENTITY, match))
    return _finds(text, found)


def _finds(
    text: str, found: list[tuple[str, NumberKind, re.Match[str]]]
) -> Iterator[tuple[str, Find]]:
    for number, kind, match in found:
        # Masked first, cut afterwards: half a number at the edge would stay readable.
        before = hide(text[max(0, match.start() - 80) : match.start()])[-limits.NEAR :]
        behind = hide(text[match.end() : match.end() + 80])[: limits.BEHIND]
        around = squeeze(before + _masked(number) + behind)
        example = EXAMPLE.search(text[max(0, match.start() - 40) : match.start()]) is not None
        yield number, Find(kind, _masked(number), around, match.start(), example)


def _distinct(found: Iterator[tuple[str, Find]]) -> tuple[Find, ...]:
    """Each number once; the whole number lives no longer than this call."""
    known: dict[str, Find] = {}
    for number, find in found:
        known.setdefault(number, find)
    return tuple(known.values())


def _plausible(birth: str, today: date) -> bool:
    try:
        day = date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    except ValueError:
        return False
    return date(1900, 1, 1) <= day <= today


def check_digit(number: str) -> bool:
    """Whether the last sign of an 18-digit identity number is right (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    return CHECKS[total % 11] == number[17].upper()


def _card(number: str) -> bool:
    """Whether a number can be that of a card: length, last digit, and no example of zeros."""
    return (
        limits.CARD_LEAST <= len(number) <= limits.CARD_MOST
        and luhn(number)
        and len(set(number)) >= limits.CARD_DIGITS
    )


def luhn(number: str) -> bool:
    """Whether the last digit of a card number is right (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - limits.LUHN if value > limits.LUHN else value
    return total % 10 == 0
