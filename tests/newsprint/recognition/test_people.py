"""People beside their posts, in lists and notices; sentences of invented districts."""

import datetime

import pytest

from articles.newsprint.recognition import Profile, recognise_text
from articles.newsprint.values import Byline, PersonReading, Span

ISSUE = datetime.date(2024, 3, 20)


def people(*paragraphs: str, **heads: str) -> dict[str, PersonReading]:
    return {person.name: person for person in recognise_text(paragraphs, ISSUE, **heads).people}


def posts(*paragraphs: str) -> dict[str, tuple[str, ...]]:
    return {name: person.posts for name, person in people(*paragraphs).items()}


def test_posts_are_split_at_the_comma_and_keep_the_body_they_were_printed_with() -> None:
    assert posts("新区党工委副书记、管委会主任贺兰芝，区政府党组成员、副区长牟建波陪同。") == {
        "贺兰芝": ("新区党工委副书记", "管委会主任"),
        "牟建波": ("区政府党组成员", "副区长"),
    }


def test_posts_are_split_at_concurrently() -> None:
    found = posts("长虹街道党工委书记兼人大工委主任连胜文参加活动。")
    assert found == {"连胜文": ("长虹街道党工委书记", "人大工委主任")}


def test_a_post_begins_after_the_verb_before_it() -> None:
    found = posts("考察团会见了江州之光实验室总工程师赵志坚，并与绿源农业董事长尤大海座谈。")
    assert found == {"赵志坚": ("江州之光实验室总工程师",), "尤大海": ("绿源农业董事长",)}


def test_one_post_before_several_names_is_everybodys() -> None:
    assert posts("纪工委副书记潘立群、卜文军参加督导。") == {
        "潘立群": ("纪工委副书记",),
        "卜文军": ("纪工委副书记",),
    }


@pytest.mark.parametrize("name", ["翟一凡", "单永福", "仇海", "区静宜", "欧阳兰", "尉迟恭明", "司徒远"])
def test_rare_and_compound_surnames_are_known(name: str) -> None:
    assert posts(f"区税务局局长{name}介绍，办税时间又短了。") == {name: ("区税务局局长",)}


def test_a_common_word_is_a_name_only_where_a_post_says_so() -> None:
    text = ("管委会副主任江南主持会议。", "孩子们画的是江南的春天。")
    assert [span.paragraph for span in people(*text)["江南"].spans] == [0]
    assert people("孩子们画的是江南的春天，屋里很安静。") == {}


def test_a_title_without_a_name_names_nobody() -> None:
    assert people("区委书记高度重视，各街道书记和社区工作者都来了，教师资格考试照常。") == {}


def test_a_justified_name_of_two_characters_is_joined_and_its_span_covers_the_blank() -> None:
    found = people("财政局局长王  芳出席。")
    assert found["王芳"].spans == (Span(0, 5, 9),)


def test_a_speaker_without_a_post_is_found_and_residents_hold_no_post() -> None:
    assert posts("“水比从前清了。”居民胡秀兰说。") == {"胡秀兰": ()}
    assert "胡秀兰" in people("胡秀兰说，水比从前清了。")


def test_lists_of_names_are_read_with_what_they_belong_to() -> None:
    found = posts(
        "先进个人（5名）：安静、谷雨、贾秀英、尉迟明、马驰（绿源农业）",
        "一等奖张建国（华睿电子）；二等奖孙有才（江州热力）、石磊（华睿电子）",
    )
    assert {"安静", "谷雨", "贾秀英", "尉迟明", "马驰"} <= set(found)
    assert not any(found.values())


def test_an_appointment_notice_gives_the_new_post_and_not_the_old_one() -> None:
    found = posts("贺兰芝任区人大常委会主任，不再担任区纪委书记职务；", "免去田丰年的区统计局局长职务。")
    assert found == {"贺兰芝": ("区人大常委会主任",), "田丰年": ()}


def test_a_dictionary_word_is_a_name_in_a_notice() -> None:
    found = posts("任命高远同志为区发展和改革委员会主任；免去方圆的区统计局局长职务。")
    assert found == {"高远": ("区发展和改革委员会主任",), "方圆": ()}


def test_one_office_is_everybodys_who_is_named_before_it() -> None:
    found = posts("任命贺兰芝、田丰年同志为区教育局副局长；免去潘立群、卜文军的区纪委副书记职务。")
    assert found == {
        "贺兰芝": ("区教育局副局长",),
        "田丰年": ("区教育局副局长",),
        "潘立群": (),
        "卜文军": (),
    }


def test_a_notice_goes_on_after_the_comma_and_in_the_next_paragraphs() -> None:
    assert posts("任命贺兰芝为区教育局局长，牟建波为区教育局副局长。")["牟建波"] == ("区教育局副局长",)
    found = posts("会议决定，任命：", "贺兰芝为区教育局局长；", "免去：", "潘立群的区教育局局长职务。")
    assert found == {"贺兰芝": ("区教育局局长",), "潘立群": ()}


def test_a_very_long_list_of_names_is_read_without_harm() -> None:
    assert "贺兰芝" in posts("贺兰芝、" * 3000 + "田丰年任区教育局局长。")


@pytest.mark.parametrize(
    "text",
    [
        "会议决定成立专班，组长为区委书记，成员为各局局长，区长为组长。",
        "专班由区长任组长，区委书记担任总指挥，安全员任组长。",
        "免去原区长的局长职务，免去和平区的区长职务。",
    ],
)
def test_a_notice_of_offices_alone_names_nobody(text: str) -> None:
    assert people(text) == {}


@pytest.mark.parametrize("manner", ["全面部署", "严肃指出", "高兴得说不出话", "马上到现场", "安全检查", "高温慰问"])
def test_words_of_manner_behind_a_title_name_nobody(manner: str) -> None:
    assert people(f"区应急管理局局长{manner}。") == {}


def test_a_dictionary_word_behind_a_post_with_its_body_is_left_to_the_editor() -> None:
    assert not people("宣传部部长高扬到场观看。")["高扬"].certain


def test_a_described_speaker_is_left_to_the_editor() -> None:
    assert not people("“方便多了。”家住永乐社区的万国华说。")["万国华"].certain
    assert people("家住永乐社区的孙女士说，掌勺的厨师长说，进城的年轻人说。") == {}


def test_a_post_in_brackets_behind_the_name_counts() -> None:
    assert posts("胡秀兰说，大家都高兴。胡秀兰（永乐社区党委书记）住在这里。")["胡秀兰"] == ("永乐社区党委书记",)


def test_reporters_are_not_people_of_the_article() -> None:
    reading = recognise_text(
        ["本报讯（记者 孟凡星 通讯员 卢一鸣）区长贺兰芝讲话。"], ISSUE, bylines=[Byline("孟凡星", "记者")]
    )
    assert [person.name for person in reading.people] == ["贺兰芝"]


def test_every_span_prints_the_name() -> None:
    text = "本报讯 3月 5日，区长贺兰芝到东渠社区。贺兰芝强调，要快。"
    (person,) = recognise_text([text], ISSUE, headline="贺兰芝调研社区工作").people
    assert [text[span.start : span.end] for span in person.spans if span.paragraph == 0] == ["贺兰芝"] * 2
    assert Span(-1, 0, 3) in person.spans


def test_a_name_that_only_looks_likely_is_left_to_the_editor() -> None:
    assert not people("胡秀兰说，水比从前清了。")["胡秀兰"].certain
    assert people("区长胡秀兰说，水比从前清了。")["胡秀兰"].certain


def test_people_known_to_the_district_need_no_post() -> None:
    profile = Profile(people=frozenset({"贺兰芝"}))
    reading = recognise_text(["大会由贺兰芝致辞后开始。"], ISSUE, profile=profile)
    assert [person.name for person in reading.people] == ["贺兰芝"]


def found(text: str) -> dict[str, tuple[str, ...]]:
    return {person.name: person.posts for person in recognise_text([text], None).people}


@pytest.mark.parametrize(
    ("text", "name", "posts"),
    [
        ("合作社理事长帕提古丽·艾山告诉记者，今年丰收了。", "帕提古丽·艾山", ("合作社理事长",)),
        ("副市长会见了集团总裁约翰·史密斯一行。", "约翰·史密斯", ("集团总裁",)),
        ("县委副书记、县长索朗旺堆主持会议。", "索朗旺堆", ("县委副书记", "县长")),
        ("旗文化馆馆长乌云图雅介绍了展品。", "乌云图雅", ("旗文化馆馆长",)),
        ("商会会长田中健一来访。", "田中健一", ("商会会长",)),
        ("县教育局局长蹇先明到会。", "蹇先明", ("县教育局局长",)),
    ],
)
def test_names_of_other_peoples_and_rare_surnames_end_where_they_end(text: str, name: str, posts: tuple[str]) -> None:
    assert found(text)[name] == posts


def test_a_name_printed_with_blanks_inside_is_known_to_its_end() -> None:
    assert found("县长白 云到会，镇长欧阳 雪、书记周 立 波发言。").keys() == {"白云", "欧阳雪", "周立波"}


def test_a_name_goes_on_over_a_line_break() -> None:
    assert "韩立军" in found("县残联理事长韩\n立军出席。")


@pytest.mark.parametrize(
    ("text", "name", "posts"),
    [
        ("获奖者：\n韩立军，男，回族，县第二中学高级教师；", "韩立军", ("县第二中学高级教师",)),
        ("孔凡英，女，1975年3月生，现任县财政局局长，拟任副县长人选。", "孔凡英", ("副县长", "县财政局局长")),
    ],
)
def test_posts_behind_a_name_are_its_posts(text: str, name: str, posts: tuple[str]) -> None:
    assert found(text)[name] == posts


def test_an_official_whose_resignation_is_accepted_is_named() -> None:
    assert "韩立军" in found("决定接受韩立军辞去县人民政府副县长职务的请求。")


def test_what_is_no_post_is_left_out_of_a_chain_of_posts() -> None:
    assert found("乘客、县医院护士麻冬梅上前救人。")["麻冬梅"] == ("县医院护士",)


@pytest.mark.parametrize(
    "post", ["采煤二队队长", "呼吸与危重症医学科主任", "引航站站长", "材料科学与工程学院院长", "韩国商工会议所会长"]
)
def test_a_post_reaches_back_over_the_words_of_its_workplace(post: str) -> None:
    assert found(f"{post}韩立军说，今天很忙。")["韩立军"] == (post,)


@pytest.mark.parametrize("name", ["简单", "边疆", "葳志国"])
def test_what_stands_between_the_post_of_a_body_and_a_mark_is_left_to_the_editor(name: str) -> None:
    found = people(f"区市场监管局副局长{name}，柳林街道办事处主任贺兰芝参加。")
    assert found[name].posts == ("区市场监管局副局长",)
    assert not found[name].certain


def test_a_former_post_says_that_it_is_one() -> None:
    assert posts("原县委书记贺兰芝、草原站站长牟建波、时任县长的田丰年到会。") == {
        "贺兰芝": ("原县委书记",),
        "牟建波": ("草原站站长",),
        "田丰年": ("时任县长",),
    }


def test_a_notice_names_judges_and_removals_without_the_particle() -> None:
    found = posts("任命慎思远、仇英为县人民法院审判员；免去郏小满县监察委员会副主任职务。")
    assert found == {"慎思远": ("县人民法院审判员",), "仇英": ("县人民法院审判员",), "郏小满": ()}


def test_names_parted_by_blanks_are_read_as_a_list() -> None:
    found = people("城关卫生院：卜一凡 区少云 盖 伟 仇 天 查理")
    assert list(found) == ["卜一凡", "区少云", "盖伟", "仇天", "查理"]
    assert found["盖伟"].spans == (Span(0, 14, 17),)


def test_works_behind_the_names_of_a_list_do_not_end_it() -> None:
    found = people("一等奖：贺兰芝（区检察院）《母亲的账本》、牟建波（北关小学）《灯下》、田丰年《春》")
    assert list(found) == ["贺兰芝", "牟建波", "田丰年"]


def test_a_name_stands_behind_i_am_called_and_before_takes_over() -> None:
    assert set(people("我叫郗望远，想说声谢谢。秘书长一职由晋慈云接任。")) == {"郗望远", "晋慈云"}


def test_nobody_is_found_in_a_novel_of_a_ministers_length_and_a_peoples_name() -> None:
    assert people("他写了三部长篇小说。", "妇女儿童之家建成。", "公示：女，满族，现任区妇联副主席。") == {}


def test_a_candidate_for_one_office_keeps_the_other() -> None:
    assert posts("区委副书记、区长候选人贺兰芝列席。") == {"贺兰芝": ("区委副书记",)}
    assert posts("原县政协副主席、离休干部贺兰芝同志逝世。") == {"贺兰芝": ("原县政协副主席",)}
