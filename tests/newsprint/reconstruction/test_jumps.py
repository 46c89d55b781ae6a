import pytest

from articles.newsprint.reconstruction import Jump, read_jump


@pytest.mark.parametrize(
    ("line", "jump"),
    [
        ("（下转第3版）", Jump(onward=True, page=3)),
        ("下转A03版", Jump(onward=True, page=3)),
        ("下转第十二版：重大项目开工", Jump(onward=True, page=12, title="重大项目开工")),
        ("（上接第一版）", Jump(onward=False, page=1)),
        ("（紧接第 １ 版）", Jump(onward=False, page=1)),
        ("叮嘱施工单位（下转第二十版）", Jump(onward=True, page=20)),
        ("（上接第1版）把质量放在首位，", Jump(onward=False, page=1)),
    ],
)
def test_a_jump_says_which_way_and_to_which_page(line, jump):
    assert read_jump(line) == jump


@pytest.mark.parametrize(
    "line",
    [
        "他把钱转到第3版工程的账上",
        "（下转第3版）后面还有正文",
        "正文（上接第1版）",
        "第3版：要闻",
        "下转第B03版",
        "项目下转第3版的消息",
    ],
)
def test_a_line_that_only_speaks_of_pages_is_no_jump(line):
    assert read_jump(line) is None
