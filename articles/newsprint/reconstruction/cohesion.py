"""How much two pieces of text speak of one thing, by the character bigrams they share.

A shared bigram counts by how unlikely it is to be shared by chance on this page (a log-likelihood ratio), so
names weigh much and 工作, 企业, 建设 little.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

SLOPE = 0.7
CHANCE = 0.0004  # shared weight per pair of bigrams, between articles that have nothing to do with each other
_HAN_RUN = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")
_NUMBER = re.compile(r"[0-9.]+")
# Bigrams that any article of a district paper may print: they say nothing about whose it is.
_COMMON_WORDS = (
    "工作企业建设项目发展服务活动会议要求进行有关情况相关部门单位群众全区我区今年目前记者报讯本报近日"
    "同时通过以及开展组织推进加强提高提升进一一步问题重点安全管理社区街道人员干部负责责人主任书记副主"
    "委员工委党工管委委会领导区领局长表示强调指出介绍据悉下一我们他们一个这个没有不仅而且为了成为实现"
    "全面积极做好做到要把切实落实责任实施完成达到超过公司有限限公中心办公公室集团经济社会生产技术科技"
    "创新高质质量量发优化环境营商需求提供参加出席主持讲话调研检查督导现场深入先后来到走进了解详细听取"
    "汇报座谈交流合作各级各部门要各单位要要进万元亿元同比增长月底上午下午昨日日前以来期间时间方面领域"
)
_COMMONPLACE = frozenset(_COMMON_WORDS[i : i + 2] for i in range(0, len(_COMMON_WORDS), 2))


def grams(text: str) -> frozenset[str]:
    """Character bigrams within runs of characters and words, single digits left out."""
    out: set[str] = set()
    for run in _HAN_RUN.findall(text):
        out.update(run[i : i + 2] for i in range(len(run) - 1) if not _NUMBER.fullmatch(run[i : i + 2]))
    return frozenset(out)


class Cohesion:
    """Weights of bigrams on one page. `groups` are the texts of its presumed articles."""

    def __init__(self, groups: Sequence[frozenset[str]]) -> None:
        self._printed_in: dict[str, int] = {}
        for number, group in enumerate(groups):
            for gram in group:
                self._printed_in[gram] = self._printed_in.get(gram, 0) | 1 << number
        self._groups = len(groups)
        self._rarities: dict[int, float] = {}

    def shared(self, left: frozenset[str], right: frozenset[str], own: int) -> float:
        """Sum of the weights of what both print; bit n of `own` says that group n holds one of the two."""
        if len(left) > len(right):
            left, right = right, left
        others = self._groups - own.bit_count()
        # Counted, then added in order: a set's order differs from run to run, and with it the last digits of a sum.
        spreads = [0] * (self._groups + 1)
        commonplace = [0] * (self._groups + 1)
        for gram in left & right:
            spread = (self._printed_in.get(gram, 0) & ~own).bit_count()
            (commonplace if gram in _COMMONPLACE else spreads)[spread] += 1
        total = 0.0
        for spread, times in enumerate(spreads):
            if often := times + 0.25 * commonplace[spread]:
                total += often * self._rarity(spread, others)
        return total

    def affinity(self, left: frozenset[str], right: frozenset[str], own: int) -> float:
        """Log-odds that the two are of one article: what they share beyond what texts of their size share anyway."""
        return SLOPE * (self.shared(left, right, own) - CHANCE * len(left) * len(right))

    def _rarity(self, spread: int, others: int) -> float:
        """Log of how many times likelier a text of the same article prints the bigram than any other text."""
        key = spread * 1000 + others
        known = self._rarities.get(key)
        if known is None:
            share = (spread + 0.35) / (others + 1.7)
            known = self._rarities[key] = math.log(0.5 / min(0.5, share))
        return known
