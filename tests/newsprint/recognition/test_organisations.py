"""Bodies by their endings, by posts and by short forms."""

import datetime

import pytest

from articles.newsprint.recognition import Profile, recognise_text

ISSUE = datetime.date(2024, 3, 20)


def surfaces(*paragraphs: str) -> list[set[str]]:
    return [set(body.surfaces) for body in recognise_text(paragraphs, ISSUE).organisations]


def test_a_company_is_one_body_in_its_full_and_its_short_form() -> None:
    assert surfaces("考察团到江州绿源农业有限公司调研。绿源农业去年建成新厂。") == [
        {"江州绿源农业有限公司", "绿源农业"}
    ]


def test_any_company_hospital_or_project_is_nobody_in_particular() -> None:
    assert surfaces("公司负责人说，学校、医院、社区和重点项目都要用电，该公司已备好。") == []


def test_offices_are_found_one_by_one_in_a_list() -> None:
    assert surfaces("听取应急管理局、城市管理局等部门汇报。") == [{"应急管理局"}, {"城市管理局"}]


def test_a_conjunction_inside_an_offices_name_does_not_cut_it() -> None:
    assert surfaces("区文化和旅游局与区发展和改革委员会联合发文。") == [{"区文化和旅游局"}, {"区发展和改革委员会"}]


def test_the_body_of_a_post_is_found_without_any_ending() -> None:
    assert {"华睿微电"} in surfaces("华睿微电董事长尤大海说，订单多了。")


def test_the_zones_own_name_is_not_torn_apart() -> None:
    assert surfaces("江州经开区管委会发布通告。") == [{"江州经开区管委会"}]


def test_a_districts_short_forms_lead_to_the_full_name() -> None:
    profile = Profile(short_forms={"江投": "江州投资控股集团有限公司"})
    (body,) = recognise_text(["项目由江投建设。"], ISSUE, profile=profile).organisations
    assert (body.name, body.surfaces) == ("江州投资控股集团有限公司", ("江投",))


def test_a_schools_name_ends_before_its_heads_title() -> None:
    assert surfaces("江口镇中心小学校长符小梅出席仪式。") == [{"江口镇中心小学"}]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("县图书馆办起了夜校。", "县图书馆"),
        ("育红小学的操场翻新了。", "育红小学"),
        ("州委召开会议，州政协参加。", "州政协"),
        ("他来自县作协。", "县作协"),
        ("江海港务集团有限公司说，港务集团今年扩建。", "港务集团"),
        ("他在北江大学材料科学与工程学院读书。", "北江大学材料科学与工程学院"),
        ("工程由中铁十九局集团承建。", "中铁十九局集团"),
    ],
)
def test_bodies_of_counties_schools_and_trades_are_found_whole(text: str, body: str) -> None:
    bodies = recognise_text([text], None).organisations
    assert body in {surface for one in bodies for surface in one.surfaces}


@pytest.mark.parametrize("text", ["农村小学缺老师。", "云岭经济技术开发区签约十八个项目。", "该校是师范学校。"])
def test_a_kind_of_body_or_a_zone_is_no_body(text: str) -> None:
    assert recognise_text([text], None).organisations == ()


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("区消防救援大队大队长参加。", [{"区消防救援大队"}]),
        ("区自然资源和规划局负责人参加。", [{"区自然资源和规划局"}]),
        ("宣布市委关于班子的决定。", [{"市委"}]),
        ("区委党校开班。", [{"区委党校"}]),
        ("区法院桃源法庭开庭。", [{"区法院桃源法庭"}]),
        ("参观了海棠湾湿地公园。", [{"海棠湾湿地公园"}]),
        ("康倍特生物科技（江州）有限公司入选。", [{"康倍特生物科技（江州）有限公司"}]),
        ("原丰一中、原丰街道参加。", [{"原丰一中"}, {"原丰街道"}]),
        ("由锐中新能源科技有限公司承建。", [{"锐中新能源科技有限公司"}]),
        ("江州正华精密机械有限公司投产。", [{"江州正华精密机械有限公司"}]),
        ("原县计委主任贺兰芝到会。", [{"县计委"}]),
        ("由二中教师贺兰芝获得。", [{"二中"}]),
        ("主任贺兰芝在区一中巡考。", [{"区一中"}]),
    ],
)
def test_a_body_begins_and_ends_where_its_name_does(text: str, bodies: list[set[str]]) -> None:
    assert surfaces(text) == bodies


def test_a_brand_that_is_a_verb_is_known_by_coming_again() -> None:
    text = "走访了启衡智能科技（北京）有限公司。启衡智能从事研发。"
    assert surfaces(text) == [{"启衡智能科技（北京）有限公司", "启衡智能"}]
