"""What a paper's earlier pages teach."""

from __future__ import annotations

from articles.newsprint.reconstruction import Habits, learn_habits, rebuild
from articles.newsprint.values import ArticleDraft, ArticleLines, PageDraft, SetAside, Source, SourceLine

HEAD = "海风周刊｜潮头观澜"


def page(text: str) -> Source:
    lines = tuple(SourceLine(number, line) for number, line in enumerate(text.split("\n"), 1))
    return Source("p1.txt", "0" * 64, "utf-8", "text", lines)


def corrected(day: int) -> tuple[Source, PageDraft]:
    source = page(f"{HEAD}第{day}号\n\n渔港夜市开张\n本报讯 {day}日晚，渔港夜市开张。\n记者 王磊\n")
    article = ArticleDraft(
        "渔港夜市开张",
        (f"本报讯 {day}日晚，渔港夜市开张。",),
        ArticleLines(headline=(3,), body=((4,),), byline=(5,)),
        byline_text="记者 王磊",
    )
    return source, PageDraft((article,), (SetAside(1, source.lines[0].text, "furniture"),))


def test_furniture_set_aside_on_two_pages_is_known_on_the_next() -> None:
    habits = learn_habits([corrected(3), corrected(4)])
    source, _ = corrected(5)
    assert [item.kind for item in rebuild(source, habits).unplaced] == ["furniture"]


def test_furniture_of_one_page_alone_is_no_habit() -> None:
    assert learn_habits([corrected(3)]).furniture == frozenset()


def test_shares_are_of_all_articles() -> None:
    source, draft = corrected(4)
    plain = ArticleDraft("无署名", ("渔港夜市开张。",), ArticleLines(headline=(3,), body=((4,),)))
    habits = learn_habits([corrected(3), (source, PageDraft((plain,), draft.unplaced))])
    assert (habits.pages, habits.opening, habits.signed) == (2, 0.5, 0.5)


def test_a_line_that_articles_print_is_never_learned_as_furniture() -> None:
    source, draft = corrected(3)
    habits = learn_habits([corrected(3), corrected(4), (source, PageDraft(draft.articles, ()))])
    assert "渔港夜市开张" not in habits.furniture


def test_no_habits_change_nothing() -> None:
    source, _ = corrected(3)
    assert rebuild(source, Habits()) == rebuild(source)
