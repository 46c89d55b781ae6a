"""People, bodies and reporters of the made-up archive: a few are named often, most of them rarely."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

PEOPLE = 3000
ORGANISATIONS = 800
REPORTERS = 200
DATA = Path(__file__).resolve().parent.parent / "articles" / "newsprint" / "recognition" / "data"
PLACES = [
    "北塬",
    "朔陵",
    "高新",
    "东关",
    "西苑",
    "南湖",
    "清河",
    "石桥",
    "双塔",
    "沟赵",
    "枫杨",
    "梧桐",
    "金水",
    "柳林",
    "白沙",
    "云岭",
    "平川",
    "安澜",
    "长陵",
    "望城",
]
TRADES = [
    "新能源",
    "精密机械",
    "食品",
    "建材",
    "生物医药",
    "软件",
    "物流",
    "纺织",
    "环保",
    "光电",
    "农业科技",
    "文化传媒",
    "教育",
    "汽车零部件",
    "智能装备",
]
ENDINGS = [
    "有限公司",
    "股份有限公司",
    "集团有限公司",
    "研究院",
    "中心小学",
    "第二中学",
    "社区居委会",
    "街道办事处",
    "人民医院",
    "商会",
]


def characters(file: str) -> list[str]:
    """What stands in a list, one by one."""
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [one for line in lines if not line.startswith("#") for one in line.split()]


class Names:
    """Records with ids from 1: people first, then reporters; bodies count by themselves."""

    def __init__(self, draw: random.Random) -> None:
        surnames, given = characters("surnames.txt")[:200], characters("given_name_characters.txt")
        wanted = PEOPLE + REPORTERS
        found: dict[str, None] = {}
        while len(found) < wanted:
            length = 1 if draw.random() < 0.2 else 2
            found[draw.choice(surnames[:80]) + "".join(draw.choices(given, k=length))] = None
        self.people = dict(enumerate(found, 1))
        bodies: dict[str, None] = {}
        while len(bodies) < ORGANISATIONS:
            trade = "".join(draw.choices(given, k=2)) + draw.choice(TRADES)
            bodies[draw.choice(PLACES) + trade + draw.choice(ENDINGS)] = None
        self.organisations = dict(enumerate(bodies, 1))
        self._people = list(accumulate(1 / (rank + 8) for rank in range(PEOPLE)))
        self._organisations = list(accumulate(1 / (rank + 5) for rank in range(ORGANISATIONS)))
        self._reporters = list(accumulate(1 / (rank + 20) for rank in range(REPORTERS)))

    def person(self, at: float) -> int:
        """`at`: 0 to 1."""
        return 1 + bisect(self._people, at * self._people[-1])

    def organisation(self, at: float) -> int:
        """`at`: 0 to 1."""
        return 1 + bisect(self._organisations, at * self._organisations[-1])

    def reporter(self, at: float) -> int:
        """`at`: 0 to 1; a person's id."""
        return PEOPLE + 1 + bisect(self._reporters, at * self._reporters[-1])
