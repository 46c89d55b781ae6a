"""What a post says about its body and its holder, and how names are spelt."""

import pytest

from articles.newsprint.recognition import is_public_post, name_pinyin, split_post


@pytest.mark.parametrize(
    ("post", "parts"),
    [
        ("管委会副主任", ("管委会", "副主任")),
        ("区党工委委员", ("区党工委", "委员")),
        ("组织部部长", ("组织部", "部长")),
        ("副市长", (None, "副市长")),
        ("人大工委原主任", ("人大工委", "原主任")),
        ("绿源农业有限公司常务副总经理", ("绿源农业有限公司", "常务副总经理")),
    ],
)
def test_a_post_is_split_into_its_body_and_its_title(post: str, parts: tuple[str | None, str]) -> None:
    assert split_post(post) == parts


@pytest.mark.parametrize(
    "post",
    [
        "区党工委委员",
        "管委会副主任",
        "副区长",
        "绿源农业董事长",
        "二小校长",
        "区法院院长",
        "二级调研员",
        "社区党委书记",
    ],
)
def test_leading_posts_are_public(post: str) -> None:
    assert is_public_post(post)


@pytest.mark.parametrize(
    "post", ["语文教师", "焊工", "护士", "护士长", "班主任", "车间主任", "居民", "学生", "社区民警"]
)
def test_occupations_are_not_public(post: str) -> None:
    assert not is_public_post(post)


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("翟志恒", "zhai zhiheng", "zzh"),
        ("单永福", "shan yongfu", "syf"),
        ("仇海", "qiu hai", "qh"),
        ("解晓", "xie xiao", "xx"),
        ("曾明", "zeng ming", "zm"),
        ("区静", "ou jing", "oj"),
        ("查良", "zha liang", "zl"),
        ("盖平", "ge ping", "gp"),
        ("缪春", "miao chun", "mc"),
        ("尉迟明", "yuchi ming", "ycm"),
        ("欧阳静", "ouyang jing", "oyj"),
    ],
)
def test_surnames_are_spelt_as_surnames(name: str, full: str, initials: str) -> None:
    pinyin = name_pinyin(name)
    assert (pinyin.full, pinyin.initials) == (full, initials)


def test_people_sort_by_surname_before_given_name() -> None:
    names = ["李明", "黎安", "欧阳静", "翟志"]
    assert sorted(names, key=lambda name: name_pinyin(name).sort_key) == ["黎安", "李明", "欧阳静", "翟志"]


@pytest.mark.parametrize(
    ("post", "public"),
    [
        ("骨科副主任医师", False),
        ("主任医师", False),
        ("队长", False),
        ("采煤二队队长", False),
        ("交警大队队长", True),
        ("区消防救援大队大队长", True),
        ("区委党的建设工作领导小组组长", True),
        ("区委第一巡察组副组长", True),
        ("指导组组长", False),
        ("县法院执行局法官助理", False),
    ],
)
def test_ranks_and_leaders_of_small_teams_open_no_page(post: str, public: bool) -> None:
    assert is_public_post(post) is public
