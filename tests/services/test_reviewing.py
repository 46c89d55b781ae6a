import datetime
import itertools

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from articles.models import EDITOR, Article, Block, Decision, SourceLine
from articles.services import reviewing
from articles.services.publishing import publish_articles
from articles.services.reviewing import NEW, Destination, GestureRefusedError, StaleArticleError, StalePageError
from tests.factories import UserFactory, editor

from .printed import DAY, fixture_page, homeless_lines, line, lines_of, living, page_of, whole_state

pytestmark = pytest.mark.django_db


def texts(article, **changes):
    names = ("kicker", "headline", "subtitle", "body", "byline_text")
    return {name: getattr(article, name) for name in names} | changes


def test_a_line_moved_to_another_article_joins_its_paragraph_as_newsprint_mends_it():
    page = page_of()
    first, second = living(page)
    moved = line(page, "备化肥五千吨")
    reviewing.move_lines(page, [moved.pk], Destination(second.pk, Block.Role.BODY, "after", 1), editor())
    first, second = living(page)
    assert first.paragraphs[-1] == "截至目前，全区已整地三万余亩，储"
    assert second.paragraphs[0].endswith("一百二十余人。备化肥五千吨，春耕物资供应充足。")
    assert homeless_lines(page) == []


def test_lines_moved_to_the_front_of_a_paragraph_keep_that_order():
    page = page_of()
    first, _second = living(page)
    moved = line(page, "社区党支部书记何静")
    reviewing.move_lines(page, [moved.pk], Destination(first.pk, Block.Role.BODY, "before", 2), editor())
    assert living(page)[0].paragraphs[1].startswith("社区党支部书记何静说，食堂实行平截至目前")


def test_a_new_article_is_made_of_chosen_lines():
    page = page_of()
    chosen = [line(page, "社区党支部书记何静").pk, line(page, "价供应").pk]
    reviewing.move_lines(page, chosen, Destination(NEW, Block.Role.BODY), editor())
    new = living(page)[-1]
    assert new.body == "社区党支部书记何静说，食堂实行平价供应，每餐十元，老人凭卡再减两元。"
    assert (new.origin, new.status) == (Article.Origin.DESK, Article.Status.DRAFT)


def test_a_headline_of_two_lines_is_joined_in_print_order():
    page = page_of()
    first, _second = living(page)
    other = line(page, "社区食堂开进家门口")
    reviewing.move_lines(page, [other.pk], Destination(first.pk, Block.Role.HEADLINE), editor())
    assert living(page)[0].headline == "春耕备耕全面铺开 社区食堂开进家门口"


def test_set_aside_lines_are_seen_and_can_be_brought_back():
    page = page_of()
    first, _second = living(page)
    byline = lines_of(first, Block.Role.BYLINE)
    reviewing.move_lines(page, byline, Destination(None, Block.Role.CAPTION), editor())
    assert living(page)[0].byline_text == ""
    assert SourceLine.objects.get(pk=byline[0]).block.role == Block.Role.CAPTION
    reviewing.move_lines(page, byline, Destination(first.pk, Block.Role.BYLINE), editor())
    assert living(page)[0].byline_text == "记者 程望舒"
    assert [byline.name for byline in first.bylines.all()] == ["程望舒"]


def test_setting_all_of_a_merged_article_aside_takes_both_away_until_undone():
    page, user = page_of(), editor()
    first, second = living(page)
    reviewing.merge_articles(first, second, user)
    reviewing.move_lines(page, lines_of(second), Destination(None, Block.Role.CAPTION), user)
    assert not Article.objects.filter(page=page).exists()
    reviewing.undo(page, user)
    assert list(Article.objects.filter(page=page).values_list("pk", "merged_into")) == [
        (first.pk, second.pk),
        (second.pk, None),
    ]


def test_a_typed_paragraph_keeps_its_words_when_some_of_its_lines_leave():
    page = page_of()
    first, second = living(page)
    typed = texts(first, body=first.body.replace("三万余亩", "三万二千亩"))
    reviewing.edit_article(first, typed, editor(), version=first.version)
    moved = line(page, "备化肥五千吨").pk
    gesture = reviewing.move_lines(page, [moved], Destination(second.pk, Block.Role.BODY, "last"), editor())
    assert "三万二千亩" in living(page)[0].body
    assert "仍留在原处" in gesture.notices[0]


def test_a_typed_paragraph_takes_its_words_along_when_all_of_it_moves():
    page = page_of()
    first, second = living(page)
    typed = texts(first, body=first.body.replace("三万余亩", "三万二千亩"))
    reviewing.edit_article(first, typed, editor(), version=first.version)
    chosen = [line(page, "截至目前").pk, line(page, "备化肥").pk]
    reviewing.move_lines(page, chosen, Destination(second.pk, Block.Role.BODY, "last"), editor())
    first, second = living(page)
    assert "三万二千亩" in second.paragraphs[-1]
    assert len(first.paragraphs) == 1


def test_typed_paragraph_breaks_take_the_right_lines():
    page = page_of()
    first, _second = living(page)
    body = first.body.replace("指导农户", "指导\n农户").replace("组织农技", "选派农技")
    reviewing.edit_article(first, texts(first, body=body), editor(), version=first.version)
    first = living(page)[0]
    assert first.body == body
    blocks = list(first.blocks.filter(role=Block.Role.BODY).order_by("position"))
    assert [block.lines.count() for block in blocks] == [3, 0, 2] or [b.lines.count() for b in blocks] == [2, 1, 2]
    assert homeless_lines(page) == []


def test_typing_what_the_lines_say_is_not_kept_as_typed():
    page = page_of()
    first, _second = living(page)
    printed = first.headline
    reviewing.edit_article(first, texts(first, headline="改过"), editor(), version=first.version)
    first.refresh_from_db()
    reviewing.edit_article(first, texts(first, headline=printed), editor(), version=first.version)
    block = first.blocks.get(role=Block.Role.HEADLINE)
    assert (block.text, block.by_hand) == (None, False)


def test_a_struck_body_leaves_its_lines_as_evidence():
    page = page_of()
    first, _second = living(page)
    reviewing.edit_article(first, texts(first, body=""), editor(), version=first.version)
    assert living(page)[0].body == ""
    assert len(lines_of(first, Block.Role.BODY)) == 5


def test_merging_joins_bodies_and_turns_the_second_headline_into_a_paragraph():
    page = page_of()
    first, second = living(page)
    reviewing.merge_articles(second, first, editor())
    merged = Article.objects.get(pk=second.pk)
    assert (merged.merged_into_id, merged.status) == (first.pk, Article.Status.WITHDRAWN)
    only = living(page)
    assert [article.pk for article in only] == [first.pk]
    assert only[0].paragraphs[2] == "社区食堂开进家门口"
    assert only[0].byline_text == "记者 程望舒 记者 罗一平"


def test_a_published_article_is_not_hidden_by_merging_it_into_a_draft():
    page = page_of()
    first, second = living(page)
    publish_articles([second], editor())
    with pytest.raises(GestureRefusedError, match="已发布的稿件只能并入已发布的稿件"):
        reviewing.merge_articles(second, first, editor())


def test_a_published_article_cannot_lose_its_headline():
    page = page_of()
    first, _second = living(page)
    publish_articles([first], editor())
    before = whole_state(page)
    with pytest.raises(GestureRefusedError, match="不能没有标题"):
        reviewing.move_lines(
            page, lines_of(first, Block.Role.HEADLINE), Destination(None, Block.Role.FURNITURE), editor()
        )
    assert whole_state(page) == before


def test_splitting_at_a_line_gives_the_rest_and_the_byline_to_a_new_draft():
    page = page_of()
    first, _second = living(page)
    block = first.blocks.filter(role=Block.Role.BODY).order_by("position").last()
    cut = line(page, "备化肥五千吨")
    reviewing.split_article(first, block.pk, editor(), line=cut.pk)
    old, _other, new = living(page)
    assert old.pk == first.pk
    assert (new.body, new.byline_text) == ("备化肥五千吨，春耕物资供应充足。", "记者 程望舒")
    assert old.byline_text == ""


def test_splitting_typed_text_cuts_it_where_the_line_begins():
    page = page_of()
    first, _second = living(page)
    typed = texts(first, body=first.body.replace("全区已整地三万余亩", "全区已经整地三万二千余亩"))
    reviewing.edit_article(first, typed, editor(), version=first.version)
    block = first.blocks.filter(role=Block.Role.BODY).order_by("position").last()
    reviewing.split_article(first, block.pk, editor(), line=line(page, "备化肥").pk)
    assert living(page)[0].paragraphs[-1] == "截至目前，全区已经整地三万二千余亩，储"
    assert living(page)[-1].body == "备化肥五千吨，春耕物资供应充足。"


def test_the_second_of_two_editors_is_refused_and_nothing_is_overwritten():
    page = page_of()
    first, _second = living(page)
    seen = first.version
    reviewing.edit_article(first, texts(first, headline="甲改的"), editor(), version=seen)
    with pytest.raises(StaleArticleError) as stale:
        reviewing.edit_article(first, texts(first, headline="乙改的"), editor(), version=seen)
    assert stale.value.article.headline == "甲改的"
    assert living(page)[0].headline == "甲改的"


def test_a_gesture_on_a_page_that_changed_meanwhile_is_refused():
    page = page_of()
    page.refresh_from_db()
    seen = page.version
    chosen = [line(page, "截至目前").pk]
    reviewing.move_lines(page, chosen, Destination(None, Block.Role.CAPTION), editor(), version=seen)
    with pytest.raises(StalePageError):
        reviewing.move_lines(page, chosen, Destination(None, Block.Role.CAPTION), editor(), version=seen)


def test_undo_and_redo_walk_back_and_forth_over_several_gestures():
    page = page_of()
    user = editor()
    first, second = living(page)
    states = [whole_state(page)]
    reviewing.edit_article(first, texts(first, headline="改过的标题"), user, version=first.version)
    states.append(whole_state(page))
    reviewing.merge_articles(second, first, user)
    states.append(whole_state(page))
    reviewing.undo(page, user)
    assert whole_state(page) == states[1]
    reviewing.undo(page, user)
    assert whole_state(page) == states[0]
    assert reviewing.undo(page, user) is None
    reviewing.redo(page, user)
    reviewing.redo(page, user)
    assert whole_state(page) == states[2]
    assert reviewing.redo(page, user) is None


def test_undoing_a_merge_leaves_a_later_publication_standing():
    page = page_of()
    user = editor()
    first, second = living(page)
    reviewing.merge_articles(second, first, user)
    publish_articles([first], user)
    reviewing.undo(page, user)
    first, second = living(page)
    assert (first.status, second.status) == (Article.Status.PUBLISHED, Article.Status.DRAFT)
    assert second.headline == "社区食堂开进家门口"


def test_a_correction_of_a_published_article_reaches_the_index(monkeypatch):
    from articles.services import changes

    noted = []
    monkeypatch.setattr(changes, "note_changed", lambda ids: noted.extend(ids))
    page = page_of()
    first, _second = living(page)
    publish_articles([first], editor())
    first.refresh_from_db()
    reviewing.edit_article(first, texts(first, headline="更正后的标题"), editor(), version=first.version)
    assert first.pk in noted


def test_every_gesture_says_who_did_what():
    page = page_of()
    user = editor()
    first, _second = living(page)
    reviewing.edit_article(first, texts(first, headline="新标题"), user, version=first.version)
    decision = Decision.objects.filter(page=page).first()
    assert (decision.kind, decision.actor) == (Decision.Kind.EDITED, user)
    assert decision.before["articles"][str(first.pk)] == {"headline": "春耕备耕全面铺开", "printed": ""}
    assert decision.after["articles"][str(first.pk)] == {"headline": "新标题", "printed": "春耕备耕全面铺开"}


def test_a_table_article_keeps_its_words_when_lines_join_it():
    from tests.factories import ArticleFactory

    page = page_of()
    table = ArticleFactory(page=page, origin=Article.Origin.TABLE, headline="旧稿", body="第一段。\n第二段。")
    moved = line(page, "社区党支部书记何静").pk
    reviewing.move_lines(page, [moved], Destination(table.pk, Block.Role.BODY, "last"), editor())
    table.refresh_from_db()
    assert table.paragraphs == ["第一段。", "第二段。", "社区党支部书记何静说，食堂实行平"]


def test_lines_of_several_roles_move_at_once_and_keep_them():
    page = page_of()
    first, second = living(page)
    lines = [*lines_of(first, Block.Role.HEADLINE), *lines_of(first, Block.Role.BODY)[:3]]
    reviewing.move_lines(page, lines, Destination(NEW, "same"), editor())
    new = living(page)[-1]
    assert (new.headline, len(new.paragraphs)) == ("春耕备耕全面铺开", 1)
    assert [article.headline for article in living(page)[:2]] == ["", second.headline]


def test_headline_and_subtitle_change_places():
    page = page_of()
    first = living(page)[0]
    reviewing.move_lines(page, lines_of(first, Block.Role.BYLINE), Destination(first.pk, "subtitle"), editor())
    reviewing.move_lines(page, lines_of(first, "subtitle"), Destination(first.pk, "headline", "trade"), editor())
    first.refresh_from_db()
    assert (first.headline, first.subtitle) == ("记者 程望舒", "春耕备耕全面铺开")


def test_only_one_line_of_the_group_changes_places():
    page = page_of()
    first = living(page)[0]
    with pytest.raises(GestureRefusedError):
        reviewing.move_lines(page, lines_of(first)[:4], Destination(first.pk, "headline", "trade"), editor())


def test_a_paragraph_is_put_in_front_of_another():
    page = page_of()
    first = living(page)[0]
    _opening, following = first.paragraphs
    wanted = SourceLine.objects.get(source__page=page, text__startswith="截至目前").block
    moved = list(SourceLine.objects.filter(block=wanted).values_list("pk", flat=True))
    reviewing.move_lines(page, moved, Destination(first.pk, "body", "ahead", 1), editor())
    first.refresh_from_db()
    assert first.paragraphs[0] == following


class Desk(RuleBasedStateMachine):
    """Random gestures: every printed line stands in exactly one block, and undo restores the exact state."""

    def __init__(self):
        super().__init__()
        self.user = UserFactory(role=EDITOR)
        Desk.runs += 1
        self.page = page_of(date=DAY - datetime.timedelta(days=Desk.runs))  # each run has an issue of its own
        self.lines = [each.pk for each in SourceLine.objects.filter(source__page=self.page) if each.text.strip()]
        self.states = [whole_state(self.page)]

    runs = 0

    def do(self, gesture):
        """Do it and say whether it was done; a refusal must have changed nothing, a change is undone and redone."""
        before = whole_state(self.page)
        try:
            done = gesture()
        except GestureRefusedError:
            assert whole_state(self.page) == before
            return False
        after = whole_state(self.page)
        if done.decision is None:
            assert after == before
            return True
        reviewing.undo(self.page, self.user)
        assert whole_state(self.page) == before
        reviewing.redo(self.page, self.user)
        assert whole_state(self.page) == after
        self.states.append(after)
        return True

    def article(self, index):
        articles = living(self.page)
        return articles[index % len(articles)]

    def chosen(self, data):
        return data.draw(st.lists(st.sampled_from(self.lines), min_size=1, max_size=5, unique=True))

    @precondition(lambda self: living(self.page))
    @rule(
        data=st.data(),
        to=st.integers(0, 9),
        role=st.sampled_from(["kicker", "headline", "subtitle", "body", "body", "body", "byline", "same"]),
        place=st.sampled_from(["own", "first", "last", "ahead", "into", "before", "after", "trade"]),
        paragraph=st.integers(0, 4),
    )
    def moves(self, data, to, role, place, paragraph):
        to = Destination(self.article(to).pk, role, place, paragraph)
        lines = self.chosen(data)
        self.do(lambda: reviewing.move_lines(self.page, lines, to, self.user))

    @rule(data=st.data(), role=st.sampled_from(["body", "headline"]))
    def makes_an_article(self, data, role):
        lines = self.chosen(data)
        self.do(lambda: reviewing.move_lines(self.page, lines, Destination(NEW, role), self.user))

    @rule(data=st.data(), kind=st.sampled_from(["caption", "advertisement", "furniture", "unknown"]))
    def sets_aside(self, data, kind):
        lines = self.chosen(data)
        self.do(lambda: reviewing.move_lines(self.page, lines, Destination(None, kind), self.user))

    @precondition(lambda self: len(living(self.page)) > 1)
    @rule(one=st.integers(0, 9), other=st.integers(0, 9))
    def merges(self, one, other):
        self.do(lambda: reviewing.merge_articles(self.article(one), self.article(other), self.user))

    @precondition(lambda self: living(self.page))
    @rule(data=st.data(), index=st.integers(0, 9))
    def splits(self, data, index):
        article = self.article(index)
        body = list(article.blocks.filter(role="body").order_by("position"))
        if not body:
            return
        block = data.draw(st.sampled_from(body))
        at = data.draw(st.sampled_from([None, *block.lines.values_list("pk", flat=True)]))
        self.do(lambda: reviewing.split_article(article, block.pk, self.user, line=at))

    @precondition(lambda self: living(self.page))
    @rule(
        index=st.integers(0, 9),
        cut=st.integers(0, 80),
        length=st.integers(0, 40),
        typed=st.text(alphabet="高新区。\n", max_size=8),
        headline=st.sampled_from([None, "", "新题"]),
    )
    def types(self, index, cut, length, typed, headline):
        article = self.article(index)
        body = article.body[:cut] + typed + article.body[cut + length :]
        body = "\n".join(part.strip() for part in body.split("\n") if part.strip())
        changes = {"body": body} if headline is None else {"body": body, "headline": headline}
        typed_texts = texts(article, **changes)
        done = self.do(lambda: reviewing.edit_article(article, typed_texts, self.user, version=article.version))
        article.refresh_from_db()
        assert not done or article.body == body

    @precondition(lambda self: living(self.page))
    @rule(index=st.integers(0, 9))
    def publishes(self, index):
        article = self.article(index)
        if article.headline and article.status == Article.Status.DRAFT:
            publish_articles([article], self.user)
            self.states = [whole_state(self.page)]

    @invariant()
    def every_printed_line_stands_in_exactly_one_place(self):
        assert homeless_lines(self.page) == []
        blocks = Block.objects.filter(page=self.page)
        assert all(
            block.article_id is None or block.article.merged_into_id is None
            for block in blocks.select_related("article")
        )

    @invariant()
    def articles_say_what_their_blocks_say(self):
        for article in living(self.page):
            article.refresh_from_db()
            if not article.blocks.exists():
                assert article.body == ""

    def teardown(self):
        """All the way back."""
        for state in reversed(self.states[:-1]):
            reviewing.undo(self.page, self.user)
            assert whole_state(self.page) == state


def test_random_gestures_keep_every_line_and_undo_exactly():
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=20, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_the_real_page_survives_moves_between_all_its_articles():
    page = fixture_page()
    user = editor()
    before = whole_state(page)
    articles = living(page)
    for article, other in itertools.pairwise(articles):
        reviewing.move_lines(page, lines_of(article)[:7], Destination(other.pk, "body"), user)
    assert homeless_lines(page) == []
    while reviewing.undo(page, user):
        pass
    assert whole_state(page) == before
