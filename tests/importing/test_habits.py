"""What editors corrected on a paper's pages is known when its next page is read."""

import datetime

import pytest
from django.core.management import call_command

from articles.models import Block, Decision, Page, SourceLine
from articles.services.paper_habits import MOST_PAGES, habits_of
from articles.services.reading import read_page_sources
from articles.services.reviewing import Destination, move_lines

pytestmark = pytest.mark.django_db

PAGE = """海风周刊｜潮头观澜 第{day}号

渔港夜市{day}日开张
本报讯 {day}日晚，渔港夜市开张，
三十家摊位沿堤岸排开，灯火一直亮到
深夜。
记者 王磊
"""


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def printed(tmp_path):
    def take_in(day):
        path = tmp_path / f"{day}.txt"
        path.write_text(PAGE.format(day=day), encoding="utf-8")
        call_command("import_issue", str(path), "--date", f"2024-06-{day:02}", "--paper", "海风周刊", verbosity=0)
        return Page.objects.get(issue__date=datetime.date(2024, 6, day))

    return take_in


def folio_of(page):
    return SourceLine.objects.get(source__page=page, number=1)


def corrected(page, editor):
    move_lines(page, [folio_of(page).pk], Destination(None, Block.Role.FURNITURE), editor)
    return page


def test_furniture_that_an_editor_set_aside_twice_is_known_on_the_next_page(printed, django_user_model):
    editor = django_user_model.objects.create_user("editor")
    untaught = printed(3)
    assert folio_of(untaught).block.role != Block.Role.FURNITURE
    teachers = [corrected(page, editor) for page in (untaught, printed(4))]
    page = printed(5)
    assert folio_of(page).block.role == Block.Role.FURNITURE
    decision = Decision.objects.filter(page=page, kind=Decision.Kind.READ).get()
    assert decision.scores["taught_by"] == [teacher.pk for teacher in reversed(teachers)]


def test_pages_that_nobody_corrected_teach_nothing(printed):
    for day in (3, 4):
        printed(day)
    page = printed(5)
    assert habits_of(page.issue.paper)[1] == ()
    assert folio_of(page).block.role != Block.Role.FURNITURE


def test_a_page_read_again_learns_from_others_but_not_from_itself(printed, django_user_model):
    editor = django_user_model.objects.create_user("editor")
    page, *others = [printed(day) for day in (3, 4, 5)]
    for other in others:
        corrected(other, editor)
    read_page_sources(page)
    assert folio_of(page).block.role == Block.Role.FURNITURE
    assert page.pk not in habits_of(page.issue.paper, but=page)[1]


def test_only_the_latest_pages_teach(printed, django_user_model):
    editor = django_user_model.objects.create_user("editor")
    pages = [corrected(printed(day), editor) for day in range(3, 3 + MOST_PAGES + 1)]
    taught_by = habits_of(pages[0].issue.paper)[1]
    assert taught_by == tuple(page.pk for page in reversed(pages[1:]))
