"""The demo archive's officials against `officials.json`: everybody's posts and the days on which they were printed.

Names that are words of the dictionary need an editor there: `state` says that somebody waits without a record (洪亮) or
stands in two records until somebody says that they are one (安静, a nurse in two posts of different bodies).
"""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.models import Article, Mention, Person, PrintedPost
from articles.newsprint.recognition import is_public_post, recognise_text
from articles.selectors.officials import posts_of

TRUTH = json.loads((Path(__file__).parent / "officials.json").read_text(encoding="utf-8"))
KNOWN = [one for one in TRUTH if "state" not in one]
BY_NAME: dict[str, list[dict]] = defaultdict(list)
for one in KNOWN:
    BY_NAME[one["name"]].append(one)
PAPER = "北塬新报"


def label(one) -> str:
    return one["name"] + one["who"]


def first_printed(one) -> dict[str, str]:
    return {post: days[0] for post, days in one["printed"].items()}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for this module and taken back after it."""
    from django.conf import settings
    from django.db import transaction

    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", verbosity=0)
        yield
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = before


pytestmark = pytest.mark.django_db


def printed(person: Person) -> dict[str, list[str]]:
    """Post as printed → the days of its issues, oldest first."""
    days: dict[str, set[str]] = defaultdict(set)
    rows = PrintedPost.objects.filter(mention__person=person, mention__article__page__issue__paper__name=PAPER).exclude(
        mention__status=Mention.Status.REJECTED
    )
    for text, day in rows.values_list("text", "mention__article__page__issue__date"):
        days[text].add(day.isoformat())
    return {text: sorted(found) for text, found in days.items()}


def record_of(one) -> Person:
    """The one record that holds everything the truth says of this person."""
    wanted = set(one["printed"])
    people = [person for person in Person.objects.living().filter(name=one["name"]) if wanted & set(printed(person))]
    assert len(people) == 1, f"{label(one)} is spread over {len(people)} records"
    return people[0]


@pytest.mark.parametrize("one", KNOWN, ids=label)
def test_every_post_is_seen_on_every_day_it_was_printed_and_no_other(demo, one):
    assert printed(record_of(one)) == one["printed"]


@pytest.mark.parametrize("one", [one for one in KNOWN if len(set(first_printed(one).values())) > 1], ids=label)
def test_a_change_of_post_is_seen_from_the_day_it_was_first_printed(demo, one):
    person = record_of(one)
    first, last = {}, {}
    for held in posts_of(person):
        for text in held.printings:
            first[text], last[text] = held.first.date.isoformat(), held.last.date.isoformat()
    in_public = set(one["printed"]) & set(first)
    assert in_public
    assert all(first[text] <= one["printed"][text][0] for text in in_public)
    assert all(last[text] >= one["printed"][text][-1] for text in in_public)
    # Two ways to print one post are one post, so that a change is seen on a day of the truth and never between.
    assert set(first.values()) <= {days[0] for days in one["printed"].values()}


@pytest.mark.parametrize("name", [name for name, people in BY_NAME.items() if len(people) > 1])
def test_namesakes_are_kept_apart(demo, name):
    records = [record_of(one) for one in BY_NAME[name]]
    assert len({record.pk for record in records}) == len(BY_NAME[name])
    for record, one in zip(records, BY_NAME[name], strict=True):
        others = {post for other in BY_NAME[name] if other is not one for post in other["printed"]}
        assert not set(printed(record)) & others


@pytest.mark.parametrize("one", [one for one in TRUTH if one.get("state") == "apart"], ids=label)
def test_what_may_be_two_people_loses_no_post(demo, one):
    people = Person.objects.living().filter(name=one["name"])
    seen = {post: days for person in people for post, days in printed(person).items()}
    told = {post: days for post, days in one["printed"].items() if "2022-10-14" not in days}
    assert told.items() <= seen.items()
    assert set(seen) <= set(one["printed"])


@pytest.mark.parametrize("one", [one for one in TRUTH if one.get("state") == "waits"], ids=label)
def test_a_word_that_may_be_a_name_makes_no_record_of_itself(demo, one):
    assert not Person.objects.filter(name=one["name"]).exists()
    assert not Mention.objects.filter(surface=one["name"], kind=Mention.Kind.PERSON, certain=True).exists()


def test_everybody_else_is_one_record(demo):
    spread = {
        name: Person.objects.living().filter(name=name, mentions__posts__isnull=False).distinct().count()
        for name, people in BY_NAME.items()
        if len(people) == 1
    }
    assert set(spread.values()) == {1}


@pytest.mark.parametrize("one", KNOWN, ids=label)
def test_each_post_leads_to_an_article_that_prints_it_with_the_name(demo, one):
    for held in posts_of(record_of(one)):
        for evidence in (held.first, held.last):
            article = Article.objects.get(pk=evidence.article_id)
            text = "".join((article.headline, *article.paragraphs)).replace(" ", "")
            assert one["name"] in text
            assert any(post in text for post in held.printings)


def test_public_posts_make_public_people_and_occupations_do_not(demo):
    wrong = [label(one) for one in KNOWN if record_of(one).has_profile != any(map(is_public_post, one["printed"]))]
    assert wrong == []


def test_the_same_posts_are_found_by_recognition_alone(demo):
    """The tables of the demo name their people; here they are found from the text only."""
    found, named = set(), set()
    for article in Article.objects.filter(page__issue__paper__name=PAPER):
        day = article.page.issue.date
        reading = recognise_text(article.paragraphs, day, headline=article.headline)
        found |= {(person.name, post, day.isoformat()) for person in reading.people for post in person.posts}
        named |= {(person.name, day.isoformat()) for person in reading.people}
    wanted = {(one["name"], post, day) for one in TRUTH for post, days in one["printed"].items() for day in days}
    people = {(name, day) for name, _, day in wanted}
    assert len(people - named) <= 0.02 * len(people), sorted(people - named)
    assert len(wanted - found) <= 0.03 * len(wanted), sorted(wanted - found)
