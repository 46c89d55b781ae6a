"""What an official is printed doing, by the verbs of headlines."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .tenures import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .appearances import Headed

# A headline may tell of several: 张红军在项目观摩会上强调 is a meeting and a speech.
_KINDS = (
    ("research", re.compile(r"调研|考察|督导|督查|检查|巡查|观摩|走访企业|现场办公")),
    ("meeting", re.compile(r"会议|召开|例会|大会|座谈会|推进会|部署会|动员会|全会|研讨会")),
    ("speech", re.compile(r"强调|指出|讲话|致辞|要求|宣讲|党课|寄语")),
    ("reception", re.compile(r"会见|洽谈|座谈(?!会)|拜访|来访|签约|接访|来信|会谈")),
    ("visit", re.compile(r"慰问|看望|走访(?!企业)|探望|送温暖")),
    ("ceremony", re.compile(r"揭牌|开工|奠基|启动|开幕|闭幕|剪彩|颁奖|表彰|竣工|投产")),
    ("appointment", re.compile(r"任命|免去|任免|当选|任职|履新|干部大会")),
)


@dataclass(frozen=True, slots=True)
class Doing:
    """A kind of doing with the number of articles and the latest one."""

    kind: str
    count: int
    latest: Evidence

    @property
    def name(self) -> str:
        """What readers call it."""
        return {
            "research": _("调研督查"),
            "meeting": _("会议"),
            "speech": _("讲话"),
            "reception": _("会见洽谈"),
            "visit": _("走访慰问"),
            "ceremony": _("开工揭牌"),
            "appointment": _("任免"),
        }[self.kind]


def doings(articles: Iterable[Headed]) -> list[Doing]:
    """Kinds that the headlines of articles, newest first, tell of; the most frequent first."""
    found: dict[str, Doing] = {}
    for one in articles:
        text = f"{one.kicker}\n{one.headline}\n{one.subtitle}"
        for kind, verbs in _KINDS:
            if verbs.search(text):
                known = found.get(kind) or Doing(kind, 0, Evidence(one.article_id, one.headline, one.date))
                found[kind] = replace(known, count=known.count + 1)
    order = [kind for kind, _verbs in _KINDS]
    return sorted(found.values(), key=lambda doing: (-doing.count, order.index(doing.kind)))
