"""The tables that readings go by: feasts and events, and what is known of a paper's district."""

import datetime
import json

import pytest
from django.urls import reverse

from articles.models import Mention, Occasion, Organisation, ShortForm, TableChange
from articles.newsprint.profile_json import profile_from_json
from articles.newsprint.recognition import recognise_text
from articles.search import feasts_and_events
from articles.search.query.days import days_in
from articles.services import tables
from articles.services.linking import profile_of, relink_article
from tests.factories import ArticleFactory, IssueFactory, OrganisationFactory, PageFactory, PaperFactory, editor

pytestmark = pytest.mark.django_db
DAY = datetime.date(2022, 10, 20)


@pytest.fixture
def desk(client):
    client.force_login(editor())
    return client


@pytest.fixture
def paper():
    return PaperFactory(name="河湾日报", place="河湾高新区")


def occasion(desk, **typed):
    return desk.post(reverse("articles:desk-occasions"), {"rule": "range", "do": "set", **typed})


def read_dates(paper, text):
    found = recognise_text([text], DAY, profile=profile_of(paper)).dates
    return [(date.surface, str(date.start), str(date.end)) for date in found]


def named(paper, surface="管委会", body=None, **more):
    article = ArticleFactory(
        page=PageFactory(issue=IssueFactory(paper=paper)), body=f"{surface}召开会议。", published=True
    )
    return Mention.objects.create(
        article=article, kind="organisation", surface=surface, end=len(surface), organisation=body, **more
    )


def test_editors_event_is_read_from_then_on_and_undone(desk, paper):
    assert occasion(desk, name="河湾花会", aliases="花会节", years="2022-05-01 至 2022-05-07").status_code == 302
    assert read_dates(paper, "河湾花会很热闹。") == [("河湾花会", "2022-05-01", "2022-05-07")]
    assert read_dates(paper, "花会节很热闹。") == [("花会节", "2022-05-01", "2022-05-07")]
    desk.post(reverse("articles:desk-table-undo", args=[TableChange.objects.get().pk]))
    assert read_dates(paper, "河湾花会很热闹。") == []
    assert TableChange.objects.get().undone_by is not None


def test_lunar_feast_is_understood_by_the_search_box(desk, paper):
    occasion(desk, name="龙抬头", rule="lunar", month="2", day="2")
    _end, days = days_in("2022年龙抬头")[0]
    assert (days.since, days.until) == (datetime.date(2022, 3, 4), datetime.date(2022, 3, 4))


def test_days_off_of_a_built_in_feast_are_changed_for_one_year(desk, paper):
    occasion(desk, name="国庆", rule="fixed", month="10", day="1", years="2022-09-30 至 2022-10-08")
    assert read_dates(paper, "国庆期间游人多。") == [("国庆期间", "2022-09-30", "2022-10-08")]
    assert read_dates(paper, "2021年国庆期间游人多。") == [("2021年国庆期间", "2021-10-01", "2021-10-07")]


def test_dropped_feast_is_no_time_until_undone(desk, paper):
    occasion(desk, name="平安夜", do="drop")
    assert read_dates(paper, "平安夜，全城下雪。") == []
    assert "不再使用" in desk.get(reverse("articles:desk-occasions")).content.decode()
    tables.undo_change(TableChange.objects.get(), None)
    assert read_dates(paper, "平安夜，全城下雪。") != []
    assert not Occasion.objects.exists()


def test_list_of_feasts_and_events_is_read_with_few_queries(desk, paper, django_assert_max_num_queries):
    occasion(desk, name="河湾花会", years="2022-05-01 至 2022-05-07")
    with django_assert_max_num_queries(15):
        desk.get(reverse("articles:desk-occasions"))


@pytest.mark.parametrize(
    "typed",
    [
        {"name": ""},
        {"name": "花"},
        {"name": "河湾花会", "years": ""},
        {"name": "河湾花会", "years": "昨天"},
        {"name": "河湾花会", "years": "2022-02-30"},
        {"name": "河湾花会", "years": "2022-05-07 至 2022-05-01"},
        {"name": "河湾花会", "rule": "fixed", "month": "13", "day": "1"},
        {"name": "河湾花会", "rule": "lunar", "month": "2", "day": "31"},
        {"name": "河湾花会", "rule": "nonsense", "years": "2022-05-01"},
        {"name": "河湾花会", "aliases": "国庆节", "years": "2022-05-01"},
        {"name": "没有这条", "do": "drop"},
    ],
)
def test_what_is_no_occasion_is_refused_and_nothing_typed_is_lost(desk, typed):
    answer = occasion(desk, **typed)
    assert answer.status_code == 409
    assert typed["name"] in answer.content.decode()
    assert not TableChange.objects.exists()


def test_earlier_change_waits_until_the_later_one_is_undone(desk):
    occasion(desk, name="河湾花会", years="2022-05-01")
    occasion(desk, name="河湾花会", years="2022-05-02")
    later, earlier = TableChange.objects.all()
    with pytest.raises(tables.TableRefusedError):
        tables.undo_change(earlier, None)
    tables.undo_change(later, None)
    assert feasts_and_events().named["河湾花会"] == ((datetime.date(2022, 5, 1), datetime.date(2022, 5, 1)),)


def test_preview_of_a_short_form_counts_what_it_would_resolve(desk, paper):
    other = OrganisationFactory(name="别处管委会")
    named(paper)
    named(paper, "高新区管委会", other)
    named(paper, body=other, status="accepted")
    named(PaperFactory(name="别处日报"))
    address = reverse("articles:desk-district", args=[paper.pk])
    answer = desk.get(address, {"short": "管委会", "name": "河湾高新区管委会"})
    preview = answer.context["preview"]
    assert (preview.unknown, preview.otherwise, preview.already, preview.decided) == (1, 1, 0, 1)
    assert not ShortForm.objects.exists()


def test_short_form_resolves_mentions_and_undoing_gives_them_back(desk, paper):
    other = OrganisationFactory(name="别处管委会")
    unknown, otherwise, decided = (
        named(paper),
        named(paper, body=other, certain=True),
        named(paper, body=other, status="accepted"),
    )
    address = reverse("articles:desk-district", args=[paper.pk])
    desk.post(address, {"do": "set", "short": "管委会", "name": "河湾高新区管委会"})
    body = Organisation.objects.get(name="河湾高新区管委会")
    for mention in (unknown, otherwise, decided):
        mention.refresh_from_db()
    assert (unknown.organisation, otherwise.organisation, decided.organisation) == (body, body, other)
    desk.post(reverse("articles:desk-table-undo", args=[TableChange.objects.get().pk]))
    for mention in (unknown, otherwise):
        mention.refresh_from_db()
    assert (unknown.organisation, unknown.certain, otherwise.organisation) == (None, False, other)
    assert not ShortForm.objects.exists()


def test_later_reading_takes_the_short_form_for_the_body(desk, paper):
    tables.set_short_form(paper, "管委会", "河湾高新区管委会", None)
    article = ArticleFactory(page=PageFactory(issue=IssueFactory(paper=paper)), body="会上，管委会作了部署。")
    relink_article(article, DAY)
    mention = article.mentions.get(kind="organisation", surface="管委会")
    assert (mention.organisation.name, mention.certain) == ("河湾高新区管委会", True)


def test_profile_goes_out_and_comes_in_as_the_same_file(desk, paper):
    tables.set_short_form(paper, "管委会", "河湾高新区管委会", None)
    tables.set_known_names(paper, "渡口管理中心", "欧阳墨痕", None)
    text = desk.get(reverse("articles:desk-district-profile", args=[paper.pk])).content.decode()
    assert profile_from_json(text).short_forms == {"管委会": "河湾高新区管委会"}
    other = PaperFactory(name="别处日报")
    tables.import_profile(other, text, None)
    assert json.loads(tables.profile_json(other)) == json.loads(text)
    assert tables.import_profile(other, text, None) == []


def test_known_names_are_taken_back_in_order_though_the_paper_was_renamed_between(paper):
    first = tables.set_known_names(paper, "渡口管理中心", "", None)
    paper.name = "河湾新报"
    paper.save()
    tables.set_known_names(paper, "渡口管理中心\n渡口税务局", "", None)
    with pytest.raises(tables.TableRefusedError):
        tables.undo_change(first, None)


@pytest.mark.parametrize(
    "posted",
    [
        {"do": "set", "short": "管", "name": "河湾高新区管委会"},
        {"do": "set", "short": "管委会", "name": "管委会"},
        {"do": "drop", "short": "没有"},
        {"do": "names", "bodies": "长" * 200},
        {"do": "import"},
        {"do": "nonsense"},
    ],
)
def test_what_is_no_profile_is_refused(desk, paper, posted):
    answer = desk.post(reverse("articles:desk-district", args=[paper.pk]), posted)
    assert answer.status_code == 409
    assert not TableChange.objects.exists()


def test_broken_profile_changes_nothing(paper):
    with pytest.raises(tables.TableRefusedError):
        tables.import_profile(paper, '{"short_forms": {"管委会": "河湾高新区管委会", "管": "管理处"}}', None)
    assert not ShortForm.objects.exists()
