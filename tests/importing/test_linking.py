"""Readings become mentions, posts and records."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import (
    Appointment,
    Article,
    Byline,
    Mention,
    Organisation,
    OrganisationName,
    OutboxEntry,
    Person,
    PersonName,
    PrintedPost,
    ShortForm,
)
from articles.newsprint.values import Byline as Signed
from articles.newsprint.values import OrganisationReading, PersonReading, Recognised
from articles.services.linking import (
    Printed,
    confirm_mention,
    link_article,
    link_articles,
    move_posts,
    relink_article,
    set_short_forms,
    spans_of,
)
from tests.factories import ArticleFactory, IssueFactory, PageFactory, PaperFactory

pytestmark = pytest.mark.django_db


def article(body, on="2021-03-05", paper="河湾日报", **more):
    issue = IssueFactory(paper=PaperFactory(name=paper), date=datetime.date.fromisoformat(on))
    return ArticleFactory(page=PageFactory(issue=issue), headline="今日要闻", body=body, **more)


def person(item, name, *posts, certain=True):
    return PersonReading(name, posts, certain, spans_of(item, {name}))


def body(item, name, *surfaces, certain=True):
    forms = (name, *surfaces)
    return OrganisationReading(name, forms, certain, spans_of(item, forms))


def linked(text, *people, bodies=(), on="2021-03-05", paper="河湾日报", bylines=()):
    item = article(text, on, paper)
    readings = Recognised(tuple(person(item, *args) for args in people), tuple(body(item, *args) for args in bodies))
    link_article(item, readings, bylines)
    return item


def test_a_person_printed_twice_has_two_mentions_at_their_places_and_the_posts_at_the_first():
    item = linked(
        "区民政局局长程望舒主持。\n程望舒强调，要抓好落实。", ("程望舒", "区民政局局长"), bodies=[("区民政局",)]
    )
    first, second = item.mentions.filter(kind="person").order_by("paragraph")
    assert (first.paragraph, first.start, first.end) == (0, 6, 9)
    assert item.paragraphs[second.paragraph][second.start : second.end] == "程望舒"
    assert [post.text for post in first.posts.all()] == ["区民政局局长"]
    assert not second.posts.exists()
    appointment = first.posts.get().appointment
    assert (appointment.person.name, appointment.post.title) == ("程望舒", "局长")
    assert appointment.post.organisation.name == "区民政局"
    assert appointment.person.has_profile
    assert (appointment.person.pinyin, appointment.person.initials) == ("cheng wangshu", "cws")


def test_an_occupation_opens_no_public_page():
    linked("焊工程望舒说。", ("程望舒", "焊工"))
    assert not Person.objects.get().has_profile


def test_a_page_that_an_editor_closed_is_not_opened_again():
    linked("区民政局局长程望舒说。", ("程望舒", "区民政局局长"))
    Person.objects.update(has_profile=False, profile_set_by_editor=True)
    linked("区民政局局长程望舒说。", ("程望舒", "区民政局局长"), on="2021-04-05")
    assert not Person.objects.get().has_profile


def test_one_official_in_changing_posts_is_one_record_with_three_appointments():
    for on, post in (("2019-04-12", "管委会副主任"), ("2020-05-08", "管委会主任"), ("2023-07-07", "党工委书记")):
        linked(f"{post}程望舒讲话。", ("程望舒", post), bodies=[("管委会",), ("党工委",)], on=on)
    assert Person.objects.count() == 1
    assert {str(a.post) for a in Appointment.objects.all()} == {"管委会副主任", "管委会主任", "党工委书记"}


def test_two_people_of_one_name_are_two_records_that_can_be_told_apart():
    linked("人大工委主任程望舒讲话。", ("程望舒", "人大工委主任"))
    linked("焊工程望舒获奖。", ("程望舒", "焊工"), on="2021-03-12")
    linked("人大工委主任程望舒调研。", ("程望舒", "人大工委主任"), on="2021-03-19")
    official, welder = Person.objects.order_by("pk")
    assert (official.distinction, welder.distinction) == ("人大工委主任", "焊工")
    assert official.mentions.count() == 2
    assert Mention.objects.settled().count() == 3


def test_an_unclear_namesake_gets_a_record_and_one_mention_for_an_editor():
    linked("区民政局局长程望舒讲话。", ("程望舒", "区民政局局长"), on="2010-01-04")
    linked("远山集团总经理程望舒致辞。", ("程望舒", "远山集团总经理"), on="2021-03-05")
    linked("远山集团总经理程望舒剪彩。", ("程望舒", "远山集团总经理"), on="2021-03-12")
    assert Person.objects.count() == 2
    doubtful = Mention.objects.doubtful().get()
    assert doubtful.article.date == datetime.date(2021, 3, 5)
    assert "请核对" in doubtful.reason


def test_a_source_that_tells_namesakes_apart_is_believed():
    for on, distinction in (("2021-03-05", "退休"), ("2021-03-12", "在职"), ("2021-03-19", "退休")):
        item = article("程望舒出席。", on)
        link_articles([Printed(item, Recognised((person(item, "程望舒"),)), told_apart={"程望舒": distinction})])
    counts = {p.distinction: p.mentions.count() for p in Person.objects.all()}
    assert counts == {"退休": 2, "在职": 1}
    assert not Mention.objects.doubtful().exists()


def test_a_doubtful_reading_makes_no_record_and_points_at_one_that_exists():
    linked("高洁的空气，河湾局。", ("高洁",), bodies=[("河湾局",)])
    Person.objects.all().delete()
    item = article("高洁来到河湾局。")
    link_article(item, Recognised((person(item, "高洁", certain=False),), (body(item, "某局", certain=False),)), ())
    assert not Person.objects.exists()
    assert not Organisation.objects.filter(name="某局").exists()
    assert item.mentions.get(kind="person").person is None
    assert not item.mentions.get(kind="person").certain


def test_an_accepted_doubtful_mention_gets_its_record_its_page_and_its_appointment():
    item = article("区民政局局长程望舒讲话。")
    link_article(item, Recognised((person(item, "程望舒", "区民政局局长", certain=False),)), ())
    mention = item.mentions.get()
    assert mention.person is None
    mention.status = Mention.Status.ACCEPTED
    mention.save()
    confirm_mention(mention)
    mention.refresh_from_db()
    assert mention.person.has_profile
    assert str(mention.posts.get().appointment.post) == "区民政局局长"


def test_an_accepted_doubtful_mention_holds_its_post_in_the_firm_that_the_article_named():
    item = article("记者走进远山机械有限公司。公司董事长程望舒说，订单排满了。")
    readings = (person(item, "程望舒", "公司董事长", certain=False),)
    link_article(item, Recognised(readings, (body(item, "远山机械有限公司"),)), ())
    mention = item.mentions.get(kind="person")
    mention.status = Mention.Status.ACCEPTED
    mention.save()
    confirm_mention(mention)
    assert mention.posts.get().appointment.post.organisation.name == "远山机械有限公司"


def test_a_post_held_before_is_no_evidence_whatever_word_says_so():
    linked("原区民政局局长程望舒、时任县长周亦安出席。", ("程望舒", "原区民政局局长"), ("周亦安", "时任县长"))
    assert not Appointment.objects.exists()


def test_a_former_post_is_shown_but_is_no_evidence_of_holding_it():
    linked("区民政局原局长程望舒出席。", ("程望舒", "区民政局原局长"), bodies=[("区民政局",)])
    assert PrintedPost.objects.get().text == "区民政局原局长"
    assert not Appointment.objects.exists()


def test_a_chain_of_posts_names_the_firm_once_for_all():
    linked("远山集团党委书记、董事长程望舒致辞。", ("程望舒", "远山集团党委书记", "董事长"), bodies=[("远山集团",)])
    assert {str(a.post) for a in Appointment.objects.all()} == {"远山集团党委书记", "远山集团董事长"}


def test_the_company_is_the_only_one_that_the_article_names():
    linked("来到远山机械有限公司，公司总经理程望舒介绍。", ("程望舒", "公司总经理"), bodies=[("远山机械有限公司",)])
    assert str(Appointment.objects.get().post) == "远山机械有限公司总经理"


def test_a_reporter_is_not_the_official_of_the_same_name_and_a_unit_that_signs_is_no_person():
    linked(
        "区民政局局长程望舒讲话。",
        ("程望舒", "区民政局局长"),
        bylines=[Signed("程望舒", "记者"), Signed("区委宣传部", "供稿")],
    )
    reporter = Byline.objects.get(name="程望舒").person
    assert Byline.objects.get(name="区委宣传部").person is None
    assert reporter.distinction == "记者" or reporter != Mention.objects.get(kind="person").person
    assert Person.objects.count() == 2
    item = linked("要闻。", bylines=[Signed("程望舒", "记者")], on="2021-04-05")
    assert item.bylines.get().person == reporter


def test_a_distinctive_short_form_is_learned_and_leads_to_the_body_later():
    linked("远山机械有限公司（远山机械）投产。", bodies=[("青州远山机械有限公司", "远山机械")])
    item = linked("远山机械扩产。", bodies=[("远山机械",)], on="2021-04-05")
    assert item.mentions.get().organisation.name == "青州远山机械有限公司"
    assert OrganisationName.objects.get().name == "远山机械"


def test_a_form_that_the_full_name_ends_with_is_not_learned():
    linked("白石街道党工委开会，党工委要求。", bodies=[("白石街道党工委", "党工委")])
    item = linked("党工委开会。", bodies=[("党工委",)], on="2021-04-05")
    assert item.mentions.get().organisation.name == "党工委"


def test_the_papers_short_forms_come_first():
    paper = PaperFactory(name="河湾日报")
    set_short_forms(paper, {"管委会": "河湾新区管委会"})
    item = linked("管委会主任程望舒讲话。", ("程望舒", "管委会主任"), bodies=[("管委会",)])
    assert item.mentions.get(kind="organisation").organisation.name == "河湾新区管委会"
    assert str(Appointment.objects.get().post) == "河湾新区管委会主任"
    assert Organisation.objects.count() == 1


def test_district_bodies_of_two_papers_are_two_and_a_firm_is_one():
    PaperFactory(name="山城新闻", place="山城区")
    one = linked("城市管理局和远山机械有限公司。", bodies=[("城市管理局",), ("远山机械有限公司",)])
    two = linked("城市管理局和远山机械有限公司。", bodies=[("城市管理局",), ("远山机械有限公司",)], paper="山城新闻")
    names = [set(item.mentions.values_list("organisation__name", flat=True)) for item in (one, two)]
    assert names == [{"城市管理局", "远山机械有限公司"}, {"山城区城市管理局", "远山机械有限公司"}]
    again = linked("山城区城市管理局。", bodies=[("山城区城市管理局",)], paper="山城新闻", on="2021-04-05")
    assert again.mentions.get().organisation.name == "山城区城市管理局"


def test_the_district_before_a_name_makes_no_second_body():
    PaperFactory(name="河湾日报", place="江州河湾新区")
    linked("区民政局、河湾新区民政局、江州河湾新区民政局、民政局。", bodies=[("区民政局",)])
    for name in ("河湾新区民政局", "江州河湾新区民政局", "民政局"):
        linked(f"{name}开会。", bodies=[(name,)], on="2021-04-05")
    assert Organisation.objects.get().name == "区民政局"


def test_a_merged_record_lives_on_in_the_other():
    keep = Person.objects.create(name="程望舒", has_profile=True)
    PersonName.objects.create(person=keep, name="程忘书")
    Person.objects.create(name="程忘书", merged_into=keep)
    living = Organisation.objects.create(name="河湾大学")
    Organisation.objects.create(name="河湾学院", merged_into=living)
    item = linked("河湾学院校长程忘书。", ("程忘书", "河湾学院校长"), bodies=[("河湾学院",)])
    assert item.mentions.get(kind="organisation").organisation == living
    assert Person.objects.count() == 2
    assert str(Appointment.objects.get(person=keep).post) == "河湾大学校长"


def test_linking_again_writes_the_same_and_no_more():
    item = article("区民政局局长程望舒讲话。")
    readings = Recognised((person(item, "程望舒", "区民政局局长"),), (body(item, "区民政局"),))
    for _ in range(2):
        link_article(item, readings, [Signed("李述之", "记者")])
    assert (item.mentions.count(), item.bylines.count(), Person.objects.count()) == (2, 1, 2)
    assert (Appointment.objects.count(), PrintedPost.objects.count()) == (1, 1)


def test_an_edited_article_is_recognised_again_and_editors_decisions_stay():
    item = article("本报讯 区民政局局长程望舒、区卫健局局长翟志恒出席。", published=True)
    relink_article(item, item.date)
    rejected = item.mentions.get(surface="翟志恒")
    rejected.status = Mention.Status.REJECTED
    rejected.save()
    accepted = item.mentions.get(surface="程望舒")
    accepted.status = Mention.Status.ACCEPTED
    accepted.save()
    confirm_mention(accepted)
    OutboxEntry.objects.all().delete()
    item.body = "本报讯 3月4日，区民政局局长程望舒、区卫健局局长翟志恒、区教育局局长覃立新出席。"
    item.save()
    relink_article(item, item.date)
    states = {m.surface: m.status for m in item.mentions.filter(kind="person")}
    assert states == {"程望舒": "accepted", "翟志恒": "rejected", "覃立新": "proposed"}
    moved = item.mentions.get(surface="程望舒")
    assert item.paragraphs[0][moved.start : moved.end] == "程望舒"
    assert moved.person == accepted.person
    assert OutboxEntry.objects.filter(article_id=item.pk).exists()


def test_a_draft_that_is_recognised_again_leaves_the_index_alone():
    item = article("本报讯 区民政局局长程望舒出席。")
    relink_article(item, item.date)
    assert not OutboxEntry.objects.exists()


def test_words_that_left_the_text_are_no_evidence_any_more():
    item = article("本报讯 区民政局局长程望舒出席会议。")
    relink_article(item, item.date)
    assert Appointment.objects.exists()
    item.body = "本报讯 会议开了一天。"
    item.save()
    relink_article(item, item.date)
    assert not item.mentions.filter(kind="person").exists()
    assert not Appointment.objects.exists()


def test_a_mention_given_to_another_person_takes_its_posts_along():
    item = linked("区民政局局长程望舒讲话。", ("程望舒", "区民政局局长"))
    other = Person.objects.create(name="程望舒", distinction="另一人")
    mention = item.mentions.get(kind="person")
    mention.person = other
    mention.save()
    move_posts(mention)
    assert Appointment.objects.get().person == other


def test_linking_forty_articles_takes_fewer_queries_than_articles():
    def link(count, day):
        items = [article(f"第{n}局局长程望{n}讲话。", day) for n in range(count)]
        readings = [
            Recognised((person(i, f"程望{n}", f"第{n}局局长"),), (body(i, f"第{n}局"),)) for n, i in enumerate(items)
        ]
        items = list(Article.objects.with_place().filter(pk__in=[i.pk for i in items]).order_by("pk"))
        with CaptureQueriesContext(connection) as queries:
            link_articles([Printed(i, r, ()) for i, r in zip(items, readings, strict=True)])
        return len(queries)

    link(1, "2021-01-01")
    assert link(40, "2021-02-01") < 30


def test_short_forms_that_an_editor_set_stay():
    paper = PaperFactory(name="河湾日报")
    set_short_forms(paper, {"管委会": "河湾新区管委会"})
    set_short_forms(paper, {"管委会": "别处管委会"})
    assert ShortForm.objects.get(short="管委会").organisation.name == "河湾新区管委会"


def test_linking_again_does_not_settle_a_doubt_by_its_own_evidence():
    linked("区民政局局长程望舒讲话。", ("程望舒", "区民政局局长"), on="2010-01-04")
    item = article("远山集团总经理程望舒致辞。")
    readings = Recognised((person(item, "程望舒", "远山集团总经理"),))
    for _ in range(3):
        link_article(item, readings, ())
    assert Person.objects.count() == 2
    assert not item.mentions.get(kind="person").certain
    assert "请核对" in item.mentions.get(kind="person").reason


def test_a_record_that_an_editor_made_takes_the_first_mention_of_its_name():
    made = Person.objects.create(name="程望舒")
    linked("区民政局局长程望舒讲话。", ("程望舒", "区民政局局长"))
    assert Appointment.objects.get().person == made


def bodies_of_posts(name):
    return [
        one.post.organisation and one.post.organisation.name for one in Appointment.objects.filter(person__name=name)
    ]


ONE, OTHER = "河湾绿源农业有限公司", "河湾天衡精密有限公司"


def test_a_post_at_the_firm_is_at_the_one_named_last_before():
    linked(
        f"{ONE}办了招聘会。\n{OTHER}也来招人。公司党委副书记程望舒说，岗位不少。\n{ONE}已签约十人。",
        ("程望舒", "公司党委副书记"),
        bodies=[(ONE,), (OTHER,)],
    )
    assert bodies_of_posts("程望舒") == [OTHER]
    assert Mention.objects.filter(kind="person").get().certain


def test_a_post_at_the_firm_is_doubtful_where_two_are_named_together():
    linked(f"{ONE}与{OTHER}签约。公司董事长程望舒出席。", ("程望舒", "公司董事长"), bodies=[(ONE,), (OTHER,)])
    assert bodies_of_posts("程望舒") == [None]
    mention = Mention.objects.get(kind="person")
    assert not mention.certain
    assert "职务所属的机构不止一种可能" in mention.reason


def test_the_village_of_a_post_is_the_village_named_before_and_no_new_body():
    linked(
        "桥头社区到石浦村学习。该村党支部书记程望舒介绍。",
        ("程望舒", "该村党支部书记"),
        bodies=[("桥头社区",), ("石浦村",)],
    )
    assert bodies_of_posts("程望舒") == ["石浦村"]
    assert not Organisation.objects.filter(name="该村").exists()


def test_what_another_article_names_is_not_the_firm_of_a_post():
    linked(f"{ONE}办了招聘会。", bodies=[(ONE,)])
    linked("公司董事长程望舒出席。", ("程望舒", "公司董事长"))
    assert bodies_of_posts("程望舒") == [None]
