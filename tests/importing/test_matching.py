"""Who a name in print is, by the rules alone."""

import datetime

import pytest

from articles.services.linking.matching import Career, Seen, Sphere, find_person, find_reporter, sphere_of

DAY = datetime.date(2020, 6, 1)


def post(title, body=None, printed=None):
    printed = printed or f"{body or ''}{title}"
    return Seen(printed, title, body, sphere_of(printed))


def unit(name, sphere):
    return Seen(name, "", name, sphere)


def career(*seen, on=DAY, **more):
    made = Career(**more)
    for item in seen:
        made.note(item, on)
    return made


def years(count):
    return DAY + datetime.timedelta(days=365 * count)


def found(careers, *seen, around=(), on=DAY):
    return find_person(careers, seen, set(around), on)


def test_an_unknown_name_is_a_new_person_beyond_doubt():
    match = found([], post("主任", "管委会"))
    assert (match.career, match.certain) == (None, True)


def test_the_same_post_is_the_same_person_and_a_namesake_in_another_post_is_not():
    careers = [career(post("语文教师")), career(post("局长", "教育局"))]
    assert found(careers, post("局长", "教育局")).career == 1
    assert found(careers, post("语文教师")).career == 0


def test_an_official_stays_one_person_from_deputy_to_head_to_secretary():
    official = career(post("副主任", "管委会"))
    for title, body, on in (("主任", "管委会", years(1)), ("书记", "党工委", years(3)), ("副市长", None, years(5))):
        match = found([official], post(title, body), on=on)
        assert (match.career, match.certain) == (0, True)
        official.note(post(title, body), on)


def test_another_office_between_two_sightings_of_the_first_is_for_an_editor():
    official = career(post("局长", "教育局"))
    official.note(post("局长", "教育局"), years(2))
    match = found([official], post("局长", "民政局"), on=years(1))
    assert (match.career, match.certain) == (0, False)


def test_an_occupation_against_a_public_office_is_another_person():
    match = found([career(post("主任", "人大工委"))], post("焊工"), on=years(4))
    assert (match.career, match.certain) == (None, True)


def test_a_firm_and_an_office_at_one_time_are_two_people_and_far_apart_an_open_question():
    police = [career(post("局长", "公安分局"))]
    assert found(police, post("创始人", "云图数据", "云图数据创始人")).certain
    later = found(police, post("创始人", "云图数据", "云图数据创始人"), on=years(6))
    assert (later.career, later.certain) == (None, False)


def test_rising_inside_one_firm_is_one_person():
    careers = [career(Seen("华瀚新能源副总裁", "副总裁", "华瀚新能源", Sphere.ENTERPRISE))]
    match = found(careers, Seen("华瀚新能源董事长", "董事长", "华瀚新能源", Sphere.ENTERPRISE), on=years(2))
    assert (match.career, match.certain) == (0, True)


def test_the_distinction_of_a_record_printed_beside_the_name_leads_to_it():
    careers = [career(post("主任", "人大工委")), career(distinction="焊工")]
    assert found(careers, post("焊工", "天衡精密")).career == 1


def test_a_bare_title_as_distinction_tells_nobody_apart():
    careers = [career(post("主任", "人大工委"), distinction="主任"), career(post("院长", "市一院"), distinction="院长")]
    match = found(careers, post("主任", "关工委"), on=years(1))
    assert match.career == 0 or not match.certain
    assert found(careers, post("院长", "市二院"), on=years(1)).reason != "所印与区别相符"


def test_a_name_without_post_goes_to_the_one_whose_body_the_article_names():
    careers = [career(post("主任", "人大工委")), career(post("高级技师", "天衡精密"))]
    assert found(careers, around={"天衡精密"}).career == 1
    assert found(careers, around={"天衡精密"}).certain


@pytest.mark.parametrize("around", [set(), {"人大工委", "天衡精密"}])
def test_a_name_without_post_that_fits_none_or_several_is_for_an_editor(around):
    careers = [career(post("主任", "人大工委")), career(post("高级技师", "天衡精密"))]
    assert not found(careers, around=around).certain


def test_two_residents_of_one_name_years_apart_are_not_silently_one():
    resident = Career(last_seen=DAY)
    assert found([resident], on=DAY + datetime.timedelta(days=30)).certain
    assert not found([resident], on=years(5)).certain


def test_a_worker_known_by_the_firm_in_brackets_is_not_the_official():
    match = found([career(post("主任", "人大工委"))], unit("天衡精密", Sphere.OCCUPATION), on=years(2))
    assert (match.career, match.certain) == (None, True)


def test_a_signature_belongs_to_whoever_signs_and_not_to_an_official_of_that_name():
    official, reporter = career(post("局长", "投资促进局")), Career(signs=True)
    assert find_reporter([official, reporter]) == 1
    assert find_reporter([official]) is None


def test_an_office_holder_is_not_the_reporter_of_that_name():
    match = found([Career(signs=True)], post("局长", "投资促进局"))
    assert (match.career, match.certain) == (None, True)
