"""Forms that are no report: verse, timetables, briefs under one heading, questions and answers, letters, commentary."""

from __future__ import annotations

from articles.newsprint.reconstruction import rebuild
from articles.newsprint.reconstruction.bylines import read_signature
from articles.newsprint.values import ArticleDraft, Source, SourceLine

NEWS = """芦汀街道夜市新增公厕
本报讯 芦汀街道在夜市东西两端各建
成一座公厕，本周起对外开放，二十四
小时有人保洁。
记者 汤若溪
"""
MORE = """老船厂变身艺术季主会场
本报讯 东屿老船厂昨日变身艺术季的
主会场，二十件装置作品在船台上展出
到月底。
记者 时若安
"""


def articles(text: str) -> dict[str, ArticleDraft]:
    lines = tuple(SourceLine(number, line) for number, line in enumerate(text.split("\n"), 1))
    draft = rebuild(Source("p1.txt", "0" * 64, "utf-8", "text", lines))
    return {article.headline: article for article in draft.articles}


def test_lines_of_a_poem_that_blanks_part_stay_below_their_poet() -> None:
    poem = ["雾从桅杆上慢慢卸下", "缆绳还攥着昨夜的盐", "一只铁锚醒来", "在父亲手里掂了又掂", "等潮水来念"]
    found = articles(f"{NEWS}\n渔港的早晨\n\n□水云间\n\n" + "\n\n".join(poem) + f"\n\n{MORE}")
    assert list(found["渔港的早晨"].paragraphs) == poem
    assert len(found) == 3


def test_entries_of_a_timetable_are_no_headlines() -> None:
    table = ["石浦社区广场 每周\n二 9:00—11:00", "望帆路菜市场东门\n每周三 14:00—16:00"]
    table += ["汇澜电子职工宿舍区\n每周四 18:30—20:30", "芦汀渔港码头 每周\n六 8:30—10:30"]
    found = articles(f"{NEWS}\n图书流动车六月停靠时间\n\n" + "\n\n".join(table) + f"\n\n{MORE}")
    assert [text[:4] for text in found["图书流动车六月停靠时间"].paragraphs] == [
        "石浦社区",
        "望帆路菜",
        "汇澜电子",
        "芦汀渔港",
    ]
    assert len(found) == 3


def test_briefs_under_one_heading_are_one_article() -> None:
    briefs = """简讯

区税务局上线“船舶税费一窗办”，外轮
办税由两天缩短为半天。

石浦社区组织五十名党员清理滩涂垃
圾，两小时装满三卡车。

区档案馆向社会征集老渔船照片，入选
者赠送影印画册一套。
"""
    found = articles(f"{NEWS}\n{briefs}\n{MORE}")
    assert [text[:4] for text in found["简讯"].paragraphs] == ["区税务局", "石浦社区", "区档案馆"]
    assert len(found) == 3


def test_questions_and_answers_stay_together() -> None:
    talk = """补贴怎么领 一问一答
问：加装充电桩的小区有补贴吗？

答：有。每个慢充桩补四百元，快充桩
补一千二百元，由物业统一申领。

问：什么时候到账？

答：验收合格后二十个工作日内拨付到
物业账户。
"""
    found = articles(f"{NEWS}\n{talk}\n{MORE}")
    assert [text[:2] for text in found["补贴怎么领 一问一答"].paragraphs] == ["问：", "答：", "问：", "答："]


def test_a_picture_story_is_no_item_of_a_list() -> None:
    story = """图片新闻：龙舟下水

昨天，芦汀渔港的六条新龙舟下水，老
桨手给船头点睛，岸上锣鼓齐鸣。
康宁 摄
"""
    notice = """流感疫苗接种开始预约

接种点：芦汀社区卫生服务中心，每周
二、周四全天，请携带身份证。

预约方式：关注微信公众号，或拨打电
话6682345。
"""
    found = articles(f"{NEWS}\n{notice}\n{story}\n{MORE}")
    assert found["图片新闻：龙舟下水"].byline_text == "康宁 摄"
    assert len(found["流感疫苗接种开始预约"].paragraphs) == 2


def test_commentary_has_its_author_on_top() -> None:
    opinion = """夜市要亮 厕所先建
□ 柳老根
一座城市的体面，往往藏在最不起眼的
地方。夜市灯火再亮，找不到一座干净
的公厕，客人也留不住。

把小事办好，就是把日子过好。
"""
    found = articles(f"{NEWS}\n{opinion}\n{MORE}")
    article = found["夜市要亮 厕所先建"]
    assert ([b.name for b in article.bylines], len(article.paragraphs)) == (["柳老根"], 2)


def test_a_letter_may_be_signed_with_place_and_name() -> None:
    signature = read_signature("沙头村 岑阿水")
    assert signature is not None
    assert ([b.name for b in signature.bylines], signature.certain) == (["岑阿水"], False)


def test_a_byline_in_parentheses_at_the_end_is_a_byline() -> None:
    found = articles(NEWS.replace("记者 汤若溪", "（汤若溪　聂晓利）") + f"\n{MORE}")
    article = found["芦汀街道夜市新增公厕"]
    assert [b.name for b in article.bylines] == ["汤若溪", "聂晓利"]
    assert article.byline_text == "（汤若溪 聂晓利）"
