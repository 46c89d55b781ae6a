"""The administration opens every list and form, and changes no history."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from articles.models import Article, Byline, Mention, Organisation, OutboxEntry, Person
from tests.factories import ArticleFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "articles"]


@pytest.fixture
def keeper(client):
    client.force_login(User.objects.create_superuser("keeper"))
    return client


@pytest.fixture
def article():
    made = ArticleFactory(published=True)
    person = PersonFactory(has_profile=False)
    Mention.objects.create(article=made, kind="person", surface="程望舒", person=person, certain=True)
    Byline.objects.create(article=made, name="李述之", role="记者")
    return made


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_list_opens_and_searches(keeper, article, model):
    url = reverse(f"admin:articles_{model._meta.model_name}_changelist")
    assert keeper.get(url).status_code == 200
    assert keeper.get(url, {"q": "程"}).status_code == 200


def test_every_record_with_a_form_opens(keeper, article):
    for model in (Article, Person, Mention):
        url = reverse(f"admin:articles_{model._meta.model_name}_change", args=[model.objects.first().pk])
        assert keeper.get(url).status_code == 200


def test_an_article_is_shown_and_cannot_be_changed_or_deleted(keeper, article):
    change = reverse("admin:articles_article_change", args=[article.pk])
    assert keeper.post(change, {"status": "withdrawn"}).status_code == 403
    assert keeper.post(reverse("admin:articles_article_delete", args=[article.pk])).status_code == 403
    article.refresh_from_db()
    assert article.status == Article.Status.PUBLISHED


def test_renaming_a_person_speaks_the_name_anew_and_reaches_the_index(keeper, article):
    person = Person.objects.get()
    OutboxEntry.objects.all().delete()
    form = {"name": "翟志恒", "distinction": "", "has_profile": "on", "notes": ""}
    form |= {f"{forms}-{n}_FORMS": 0 for forms in ("other_names", "appointments") for n in ("TOTAL", "INITIAL")}
    response = keeper.post(reverse("admin:articles_person_change", args=[person.pk]), form)
    assert response.status_code == 302, response.context["errors"]
    person.refresh_from_db()
    assert (person.name, person.initials) == ("翟志恒", "zzh")
    assert person.profile_set_by_editor
    assert OutboxEntry.objects.filter(article_id=article.pk).exists()


def test_a_body_made_by_hand_gets_its_pinyin(keeper):
    form = {"name": "区民政局", "kind": "", "notes": "", "parent": OrganisationFactory(name="河湾区").pk}
    form |= {f"other_names-{field}": n for field, n in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))}
    assert keeper.post(reverse("admin:articles_organisation_add"), form).status_code == 302
    assert Organisation.objects.get(name="区民政局").initials == "qmzj"
