"""A small printed issue: two pages, three articles, people with posts, a body, source lines."""

import datetime
from types import SimpleNamespace

import pytest

from articles.models import Appointment, Block, Byline, Mention, Post, PrintedPost, SourceFile, SourceLine
from articles.services.indexing import drain, note_changed
from tests.factories import ArticleFactory, IssueFactory, OrganisationFactory, PageFactory, PersonFactory

BODY = "本报讯 3月4日，河湾区林业局局长程望舒主持会议。孙河作汇报。\n程望舒指出，造林任务要到人。"


def name(article, record, paragraph=0, posts=(), certain=True):
    """A mention at the first place where the record's name stands in a paragraph, with posts and their evidence."""
    start = article.paragraphs[paragraph].index(record.name)
    kind = type(record).__name__.lower()
    mention = Mention.objects.create(
        article=article,
        kind=kind,
        surface=record.name,
        paragraph=paragraph,
        start=start,
        end=start + len(record.name),
        certain=certain,
        **{kind: record},
    )
    for text, post in posts:
        appointment = Appointment.objects.get_or_create(person=record, post=post)[0]
        PrintedPost.objects.create(mention=mention, text=text, appointment=appointment)
    return mention


def shown(answer):
    """A page's text without the places where headlines may break."""
    return answer.content.decode().replace("<wbr>", "")


def source_of(page, texts):
    """A source file whose lines are the texts; each may come with the block that it belongs to."""
    source = SourceFile.objects.create(page=page, name="1.txt", sha256=f"{page.sources.count():064x}", size=9)
    for number, (text, block) in enumerate(texts, 1):
        SourceLine.objects.create(source=source, number=number, text=text, block=block)
    return source


@pytest.fixture
def printed(db):
    issue = IssueFactory(date=datetime.date(2021, 3, 5), number=12)
    front, back = PageFactory(issue=issue, number=1), PageFactory(issue=issue, number=3, section="民生")
    lead = ArticleFactory(page=front, position=0, headline="河湾区召开林长制会议", body=BODY, published=True)
    second = ArticleFactory(page=front, position=1, headline="渡口修缮一新", published=True)
    last = ArticleFactory(page=back, headline="社区开了面馆", published=True)
    forestry = OrganisationFactory(name="河湾区林业局", pinyin="he wan", initials="hwqlyj")
    person = PersonFactory(name="程望舒", pinyin="cheng wangshu", initials="cws")
    private = PersonFactory(name="孙河", has_profile=False)
    head = Post.objects.create(title="局长", organisation=forestry)
    name(lead, person, posts=[("林业局局长", head)])
    name(lead, private)
    name(lead, forestry)
    Byline.objects.create(article=lead, name="王述之", role="记者")
    headline = Block.objects.create(page=front, article=lead, role="headline")
    body = Block.objects.create(page=front, article=lead, role="body")
    advertisement = Block.objects.create(page=front, role="advertisement")
    source_of(front, [("河湾区召开林长制会议", headline), ("", None), (BODY, body), ("吉房出租", advertisement)])
    return SimpleNamespace(
        issue=issue,
        front=front,
        back=back,
        lead=lead,
        second=second,
        last=last,
        forestry=forestry,
        person=person,
        private=private,
        head=head,
    )


@pytest.fixture
def searchable(printed):
    note_changed([printed.lead.pk, printed.second.pk, printed.last.pk])
    drain()
    return printed
