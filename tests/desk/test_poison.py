"""Files that mean harm, sent from the desk together with a good page: each costs its own sentence and nothing else."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages

from articles.models import Article, Page
from tests.desk.test_desk import desk, file, send  # noqa: F401 - desk is a fixture
from tests.newsprint.poison import INPUTS

pytestmark = pytest.mark.django_db


def told(response):
    """Everything the editor was told, on the way and on the page."""
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("what", INPUTS)
def test_a_poisoned_file_costs_one_sentence_and_the_other_page_is_read(desk, what):  # noqa: F811
    name, make = INPUTS[what]
    shown = send(desk, file(name="p1.txt"), file(make(), name))
    sentences = told(shown)
    if shown.context and "stage" in shown.context:
        waiting = shown.context["stage"].files
        sentences += [one.error for one in waiting if one.error]
        answers = {f"f{at}-number": "1" for at, one in enumerate(waiting) if not one.error}
        shown = desk.post(shown.request["PATH_INFO"], answers, follow=True)
        sentences += told(shown)
    assert shown.status_code == 200
    assert Page.objects.get(number=1).status == Page.Status.READ
    assert Article.objects.filter(page__number=1).count() == 2
    sentences += [page.error for page in Page.objects.exclude(number=1)]
    about = {text for text in sentences if name.split(".")[0] in text}
    assert len(about) == 1
    assert "\n" not in about.pop()
