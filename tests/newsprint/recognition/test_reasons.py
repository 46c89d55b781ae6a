"""Why a name was taken for one, in the editors' language."""

import datetime
import re

import pytest

from articles.newsprint.recognition import Profile, recognise_text

ISSUE = datetime.date(2024, 3, 20)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("区税务局局长贺兰芝出席。", "紧接在职务之后"),
        ("先进个人：孔令仪、贾秀英、尉迟明、田丰年", "在名单中"),
        ("贺兰芝任区人大常委会主任。", "任职的写法"),
        ("胡秀兰说，水比从前清了。", "后面是“说”“表示”一类词"),
    ],
)
def test_an_editor_reads_why_a_person_was_found(text: str, reason: str) -> None:
    assert recognise_text([text], ISSUE).people[0].reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("到江州绿源农业有限公司调研。", "以机构常用字结尾"),
        ("华睿微电董事长尤大海说，订单多了。", "职务所属的机构"),
        ("项目由江投建设。", "本地已登记的名称或简称"),
    ],
)
def test_an_editor_reads_why_a_body_was_found(text: str, reason: str) -> None:
    profile = Profile(short_forms={"江投": "江州投资控股集团有限公司"})
    assert recognise_text([text], ISSUE, profile=profile).organisations[0].reason == reason


def test_every_person_and_every_body_has_a_reason_without_a_foreign_word() -> None:
    reading = recognise_text(
        ["区教育局局长贺兰芝说，绿源农业有限公司董事长尤大海、区妇联主席田丰年参加。免去马驰的区统计局局长职务。"],
        ISSUE,
    )
    given = [found.reason for found in (*reading.people, *reading.organisations)]
    assert len(given) >= 6
    assert all(reason and not re.search(r"[A-Za-z]", reason) for reason in given)
