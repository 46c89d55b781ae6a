"""Mending of paragraphs."""

from __future__ import annotations

from articles.newsprint.reconstruction.paragraphs import headline_text, paragraph_text


def test_kangxi_radicals_become_the_characters_they_stand_for() -> None:
    assert paragraph_text(["近⽇，⾼新区", "⼯作⻓期向好。"]) == "近日，高新区工作长期向好。"


def test_blanks_of_justified_type_and_before_digits_go() -> None:
    assert paragraph_text(["扣 除 留 抵", "成立于 2006年"]) == "扣除留抵成立于2006年"


def test_the_blank_after_the_opening_stays() -> None:
    assert paragraph_text(["　　本报讯　近日，高新区", "召开会议。"]) == "本报讯 近日，高新区召开会议。"


def test_latin_words_keep_their_blank() -> None:
    assert paragraph_text(["参观了 Open", "Source 展区"]) == "参观了Open Source展区"


def test_blanks_in_a_headline_mean_something() -> None:
    assert headline_text(["优环境　强服务", "促发展"]) == "优环境 强服务 促发展"
