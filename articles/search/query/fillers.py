"""Words by which a question is asked, and words that say nothing at its end. They demand nothing beside others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.search.analysis import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.search.analysis import Cut

_QUESTIONS = frozenset(
    [
        "什么",
        "什么样",
        "怎么",
        "怎么样",
        "怎样",
        "怎么办",
        "如何",
        "为什么",
        "为何",
        "何时",
        "何地",
        "哪些",
        "哪个",
        "哪里",
        "哪儿",
        "谁",
        "几",
        "多少",
        "多久",
        "是否",
        "有没有",
        "请问",
        "吗",
        "呢",
        "关于",
        "有关",
        "相关",
        "找",
        "查",
        "查找",
        "查询",
        "我",
        "我想",
    ]
)
# Idle in a question, where one of the words above shows that it is one.
_ASKING = _QUESTIONS | frozenset(
    [
        "时候",
        "何人",
        "哪年",
        "哪天",
        "哪家",
        "哪位",
        "多大",
        "是不是",
        "能不能",
        "吧",
        "呀",
        "一下",
        "有",
        "没有",
        "过",
        "想",
        "了解",
        "那篇",
        "那个",
        "那次",
        "篇",
    ]
)
_TRAILING = frozenset(
    [
        "情况",
        "进展",
        "动态",
        "消息",
        "新闻",
        "报道",
        "文章",
        "稿件",
        "内容",
        "信息",
        "资料",
        "问题",
        "事情",
        "事",
        "方面",
        "最新",
        "最新进展",
    ]
)


def idle_words(cuts: Sequence[Cut], *, to_the_end: bool, beside_run: bool, beside_query: bool) -> set[Cut]:
    """Those of some words that demand nothing, provided that something else is asked for.

    `to_the_end`: the run ends with them; `beside_run`: a name or date stands in the same run; `beside_query`: more
    was typed, apart from the run. A word like 情况 that was typed apart was typed on purpose, and stays demanded.
    """
    idle: set[Cut] = set()
    if any(cut.text in _QUESTIONS for cut in cuts):
        idle = {cut for cut in cuts if cut.text in _ASKING}
    if beside_query and all(cut in idle or cut.text in STOP_WORDS for cut in cuts):
        return idle
    if to_the_end:
        for cut in reversed(cuts):
            if cut in idle or cut.text in STOP_WORDS:
                continue
            if cut.text not in _TRAILING:
                break
            idle.add(cut)
    remains = any(cut not in idle and cut.text not in STOP_WORDS for cut in cuts)
    return idle if remains or beside_run else set()
