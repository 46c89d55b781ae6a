"""What belongs to no article, and what only looks so."""

from __future__ import annotations

import pytest

from articles.newsprint.reconstruction.set_aside import set_aside
from articles.newsprint.values import SourceLine


def kinds(text: str) -> list[str | None]:
    lines = [SourceLine(number, line) for number, line in enumerate(text.split("\n"), 1)]
    found = set_aside(lines)
    return [found.get(line.number) for line in lines if line.text.strip()]


@pytest.mark.parametrize(
    "line", ["（下转第三版）", "下转第2版", "（上接第一版）", "A2 综合", "编辑/袁夏 组版/阎青 校对/邱雨", "澄湾导报"]
)
def test_jumps_page_numbers_and_editors_are_furniture(line: str) -> None:
    assert kinds(f"会议结束。\n\n{line}\n\n本报讯 近日，夜市开张。") == [None, "furniture", None]


@pytest.mark.parametrize("line", ["一周安全播报", "定价，“钱怎么收、收了怎么用，", "项目进度通报"])
def test_headlines_and_sentences_are_not_furniture(line: str) -> None:
    assert kinds(f"会议结束。\n\n{line}\n\n本报讯 近日，夜市开张。") == [None, None, None]


def test_a_caption_may_follow_another_without_a_blank() -> None:
    text = "图为会议现场。 康宁 摄\n图为活动现场一角。\n本报记者 贺兰 摄影报道\n\n本报讯 近日，夜市开张。"
    assert kinds(text) == ["caption", "caption", "caption", None]
