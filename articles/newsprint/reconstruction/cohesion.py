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
_COMMONPLACE = frozenset(
    [
        "工作",
        "企业",
        "建设",
        "项目",
        "发展",
        "服务",
        "活动",
        "会议",
        "要求",
        "进行",
        "有关",
        "情况",
        "相关",
        "部门",
        "单位",
        "群众",
        "全区",
        "我区",
        "今年",
        "目前",
        "记者",
        "报讯",
        "本报",
        "近日",
        "同时",
        "通过",
        "以及",
        "开展",
        "组织",
        "推进",
        "加强",
        "提高",
        "提升",
        "进一",
        "一步",
        "问题",
        "重点",
        "安全",
        "管理",
        "社区",
        "街道",
        "人员",
        "干部",
        "负责",
        "责人",
        "主任",
        "书记",
        "副主",
        "委员",
        "工委",
        "党工",
        "管委",
        "委会",
        "领导",
        "区领",
        "局长",
        "表示",
        "强调",
        "指出",
        "介绍",
        "据悉",
        "下一",
        "我们",
        "他们",
        "一个",
        "这个",
        "没有",
        "不仅",
        "而且",
        "为了",
        "成为",
        "实现",
        "全面",
        "积极",
        "做好",
        "做到",
        "要把",
        "切实",
        "落实",
        "责任",
        "实施",
        "完成",
        "达到",
        "超过",
        "公司",
        "有限",
        "限公",
        "中心",
        "办公",
        "公室",
        "集团",
        "经济",
        "社会",
        "生产",
        "技术",
        "科技",
        "创新",
        "高质",
        "质量",
        "量发",
        "优化",
        "环境",
        "营商",
        "需求",
        "提供",
        "参加",
        "出席",
        "主持",
        "讲话",
        "调研",
        "检查",
        "督导",
        "现场",
        "深入",
        "先后",
        "来到",
        "走进",
        "了解",
        "详细",
        "听取",
        "汇报",
        "座谈",
        "交流",
        "合作",
        "各级",
        "各部",
        "门要",
        "各单",
        "位要",
        "要进",
        "万元",
        "亿元",
        "同比",
        "增长",
        "月底",
        "上午",
        "下午",
        "昨日",
        "日前",
        "以来",
        "期间",
        "时间",
        "方面",
        "领域",
    ]
)


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
        total = 0.0
        for gram in left & right:
            spread = (self._printed_in.get(gram, 0) & ~own).bit_count()
            weight = self._rarity(spread, others)
            total += weight * 0.25 if gram in _COMMONPLACE else weight
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
