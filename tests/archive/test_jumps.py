"""Two small pages: an article begins on the first and goes on on the third."""

import pytest
from django.urls import reverse

from articles.models import Article, Page, SourceLine
from articles.selectors.jumps import turns_on
from articles.services import reviewing
from articles.services.joining import part_article
from articles.services.publishing import publish_articles, withdraw_article
from articles.services.uploading import PageFile, upload_issue
from tests.factories import editor
from tests.services.printed import CANTEEN, DAY, SOWING, homeless_lines, line

pytestmark = pytest.mark.django_db

FIRST = f"""{CANTEEN}
十个重大项目开工建设

本报讯 3月3日，河湾区举行重大项目集中
开工仪式，十个项目同时动工，总投资八十
亿元。区委书记何静宣布开工。
（下转第三版）
"""
THIRD = f"""{SOWING}
十个重大项目开工建设
（上接第一版）

把质量和安全放在首位，争取冷库在年底前
投入使用。
何静要求，各部门要为项目做好服务，及时
解决用地、用电等难题。
记者 罗一平
"""
SECOND_JUMP = "\n河湾大桥年底通车\n\n本报讯 河湾大桥主塔昨日封顶，全长两千米，\n年底可以通车。\n（下转第三版）\n"
SECOND_ANSWER = "\n河湾大桥年底通车\n（上接第一版）\n\n大桥建成以后，两岸往来只要五分钟。\n记者 程望舒\n"


def issue_of(first=FIRST, third=THIRD):
    files = [PageFile("1.txt", first.encode()), PageFile("3.txt", third.encode())]
    issue = upload_issue(paper="河湾日报", date=DAY, files=files).issue
    return issue.pages.get(number=1), issue.pages.get(number=3)


def part(page, words):
    return Article.objects.get(page=page, body__contains=words)


def leads(page):
    return {
        Article.objects.get(pk=pk).headline: [(turn.onward, turn.number, turn.article) for turn in turns]
        for pk, turns in turns_on(page).items()
    }


def test_the_parts_of_an_article_lead_to_each_other_and_no_line_is_lost():
    first, third = issue_of()
    begun, went_on = part(first, "集中开工仪式"), part(third, "冷库")
    assert leads(first) == {begun.headline: [(True, 3, went_on)]}
    assert leads(third) == {went_on.headline: [(False, 1, begun)]}
    assert homeless_lines(first) == homeless_lines(third) == []


def parted():
    """The two parts, told by an editor to be two articles."""
    first, third = issue_of()
    begun, went_on = part(first, "集中开工仪式"), part(third, "冷库")
    part_article(went_on, editor())
    return Article.objects.get(pk=begun.pk), Article.objects.get(pk=went_on.pk)


def test_readers_are_led_from_one_of_two_parted_articles_to_the_other_and_back(client):
    begun, went_on = parted()
    publish_articles([begun, went_on], editor())
    onward = client.get(begun.get_absolute_url()).content.decode()
    assert "下转第3版：" in onward
    assert f'href="{went_on.get_absolute_url()}"' in onward
    back = client.get(went_on.get_absolute_url()).content.decode()
    assert "上接第1版：" in back
    assert f'href="{begun.get_absolute_url()}"' in back


def test_readers_are_not_led_to_a_draft_nor_to_what_was_withdrawn(client):
    begun, went_on = parted()
    publish_articles([begun], editor())
    assert "下转第3版：" not in client.get(begun.get_absolute_url()).content.decode()
    publish_articles([went_on], editor())
    withdraw_article(went_on, "内容有误", editor())
    assert "下转第3版：" not in client.get(begun.get_absolute_url()).content.decode()


def test_of_two_jumps_to_one_page_each_leads_to_the_part_with_its_headline():
    first, third = issue_of(FIRST + SECOND_JUMP, THIRD + SECOND_ANSWER)
    projects, bridge = part(first, "集中开工仪式"), part(first, "封顶")
    assert turns_on(first)[projects.pk][0].article == part(third, "冷库")
    assert turns_on(first)[bridge.pk][0].article == part(third, "五分钟")


def test_a_jump_that_two_parts_could_answer_leads_nowhere_and_the_desk_says_so(client):
    first, third = issue_of(FIRST, THIRD + SECOND_ANSWER)
    begun = part(first, "集中开工仪式")
    part_article(part(third, "冷库"), editor())
    Article.objects.filter(page=third).update(headline="")
    assert leads(first) == {begun.headline: [(True, 3, None)]}
    client.force_login(editor())
    shown = client.get(reverse("articles:desk-page", args=[first.pk])).content.decode()
    assert "那一版上认不准是哪一篇" in shown
    assert f'href="{reverse("articles:desk-page", args=[third.pk])}"' in shown


def test_a_jump_to_a_page_that_was_not_uploaded_says_so_at_the_desk(client):
    first, _third = issue_of(FIRST.replace("第三版", "第四版"))
    client.force_login(editor())
    shown = client.get(reverse("articles:desk-page", args=[first.pk])).content.decode()
    assert "下转第4版：" in shown
    assert "这一期没有那一版" in shown


def test_on_a_page_with_places_a_jump_belongs_to_the_column_above_it():
    """Two columns; the last line printed in the file before the jump stands in the other one."""
    first, _third = issue_of()
    food, projects = part(first, "社区食堂"), part(first, "集中开工仪式")
    for article, left in ((food, 0.1), (projects, 0.6)):
        for n, own in enumerate(SourceLine.objects.filter(block__article=article)):
            own.box = [left, 0.1 + n * 0.02, left + 0.3, 0.11 + n * 0.02]
            own.save()
    jump = line(first, "（下转")
    jump.box = [0.3, 0.5, 0.4, 0.51]
    jump.save()
    assert set(turns_on(first)) == {food.pk}


def test_an_editor_who_moves_the_jump_into_an_article_says_whose_it_is_and_can_undo_it():
    first, _third = issue_of()
    begun, other = part(first, "集中开工仪式"), part(first, "社区食堂")
    user = editor()
    reviewing.move_lines(first, [line(first, "（下转").pk], reviewing.Destination(other.pk, "body"), user)
    assert set(turns_on(Page.objects.get(pk=first.pk))) == {other.pk}
    reviewing.undo(first, user)
    assert set(turns_on(Page.objects.get(pk=first.pk))) == {begun.pk}
