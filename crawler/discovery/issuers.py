"""Units that a site's own words speak of: sources of articles and breadcrumbs, their spellings joined."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.inventory.table.entries import kind_of
from plugins import Unit

ENDS = re.compile(
    r"[\u4e00-\u9fff]{2,24}(?:局|委|委员会|办|办公室|政府|街道|街道办事处|镇|乡|中心|法院|检察院"
    r"|支队|大队|总队|联合会|管理区|管委会|管理处|档案馆|图书馆|公司)"
)
# Papers, stations, and offices of other levels are nobody in the district.
OTHERS = re.compile(
    r"新华|人民网|日报|晚报|晨报|电视|广播|新闻|报社|传媒|融媒|微信|公众号|客户端|转载|综合|国务院|国家"
    r"|中国|全国|中共中央|中央|最高人民|外交部|财政部|教育部|管理部|规划部"
)
UPPER = re.compile(r"^(?:[\u4e00-\u9fff]{2,4}(?:省|自治区|市|州|盟)|省|市)")
LOWER = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,8}?(?:新区|[区县旗])|本[区县市旗])(?=[\u4e00-\u9fff]{2})"
)
# "湖滨区" in 湖滨区… is a place; 管理区 and 社区 are none.
FEWEST = 3


@dataclass
class Issuer:
    """One unit with all its spellings and how often each was met; ``names`` counts breadcrumbs too."""

    spelled: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The spelling met most often; the longer one of two."""
        return max(self.spelled, key=lambda one: (self.spelled[one], len(one), one))


class Issuers:
    """All units that were met on a site of one district ("" = not known)."""

    def __init__(self, district: str) -> None:
        self.district = district
        self.found: dict[str, Issuer] = {}

    def meet(self, text: str, times: int = 1) -> str:
        """Count a name; gives what it is known under, "" where it is no unit of the district."""
        name = _plain(text)
        key = self._key(name)
        if key:
            self.found.setdefault(key, Issuer()).spelled[name] += times
        return key

    def known(self, text: str) -> str:
        """What a name is known under without counting it; "" where it was not met."""
        key = self._key(_plain(text))
        return key if key in self.found else ""

    def units(self, keys: Iterable[str]) -> dict[str, Unit]:
        """The units behind these keys, with their other spellings as aliases."""
        units: dict[str, Unit] = {}
        for key in dict.fromkeys(keys):
            issuer = self.found[key]
            others = tuple(sorted(one for one in issuer.spelled if one != issuer.name))
            units[key] = Unit(issuer.name, kind_of(issuer.name), "", others)
        return units

    def _key(self, name: str) -> str:
        """One form for all spellings: without the district, 办公室 as 办, 街道办事处 as 街道."""
        if not ENDS.fullmatch(name) or OTHERS.search(name):
            return ""
        rest = name
        if self.district and self.district in name:
            rest = name.partition(self.district)[2]
        elif UPPER.match(name) and not self._own_city(name):
            return ""
        else:
            rest = LOWER.sub("", name) if name[0] not in "区县市旗" else name[1:]
        if name[0] in "区县旗" and rest == name:
            rest = name[1:]
        rest = re.sub(r"街道(?:办事处|办)$", "街道", rest)
        rest = re.sub(r"办公室$", "办", rest)
        rest = re.sub(r"^人民政府", "政府", rest)
        return rest if len(rest) > 1 else ""

    def _own_city(self, name: str) -> bool:
        """Whether 市… is the district itself, which is a city."""
        return self.district.endswith("市") and name.startswith("市")


def _plain(text: str) -> str:
    name = "".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"^(?:来源|信息来源|发布机构|供稿)[::]?|\(.*?\)$|网站$|门户网站$", "", name)
