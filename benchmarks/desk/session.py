"""The session: upload, wait until it is read, correct every page, publish; what was done is noted gesture by gesture."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from articles.models import Article, Page, SourceLine
from benchmarks.desk.editor import LostError
from benchmarks.desk.planning import Goal, Planned, plan
from benchmarks.desk.rehearsal import NEW, Rehearsal, Step, next_new, some_step
from benchmarks.desk.truth import squash

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from benchmarks.desk.editor import Answer, Editor
    from benchmarks.desk.office import Office
    from benchmarks.desk.truth import PrintedIssue, PrintedPage

KINDS = {"merge": "merged", "split": "split", "edit": "edited"}


@dataclass
class Done:
    """A gesture that the desk acknowledged, or that was found done after no answer came."""

    page: int
    kind: str
    told: bool
    step: Step
    touches: tuple[str, ...]


@dataclass
class Session:
    """One editor at work. With `insist` an answer that does not come is asked for again once the server is back."""

    editor: Editor
    office: Office
    insist: bool = False
    back_and_forth: bool = False  # each gesture is also undone and done again
    dice: Random | None = None  # throws each page into some disorder first, so that there is more to correct
    doing: str = ""
    done: list[Done] = field(default_factory=list)
    right_at_once: dict[tuple[int, str], bool] = field(default_factory=dict)
    exact: dict[tuple[int, str], bool] = field(default_factory=dict)
    forms: dict[int, str] = field(default_factory=dict)  # of each page that was corrected: text or PDF

    def work_on(self, issue: PrintedIssue, edition: int) -> int:
        """An issue from its files to its publication; returns its id."""
        self.doing = f"uploading {issue.date}"
        pk = self._surely(lambda: self.editor.upload(issue.paper, issue.date, edition, issue.files(), issue.numbers))
        self.doing = f"reading {issue.date}"
        self._surely(lambda: self.editor.wait_until_read(pk))
        for printed in issue.pages:
            page = Page.objects.get(issue=pk, number=printed.number)
            self.doing = f"correcting {issue.date} page {printed.number}"
            self._correct(page, printed)
            self._surely(lambda page=page: self.editor.post(f"/desk/pages/{page.pk}/reviewed/", []))
        self.doing = f"publishing {issue.date}"
        self._surely(lambda: self.editor.get(f"/desk/issues/{pk}/"))
        self._surely(lambda: self.editor.post(f"/desk/issues/{pk}/publish/", [("in_doubt", "on")]))
        self.doing = f"indexing {issue.date}"
        if self.back_and_forth:
            self._out_of_print_and_back(pk)
        self._surely(lambda: self._wait_until_found(pk))
        self.doing = ""
        return pk

    def _out_of_print_and_back(self, issue: int) -> None:
        """Each article is withdrawn and restored: gone from the index and in it again."""
        published = Article.objects.filter(page__issue=issue, status="published", merged_into=None)
        for article in published.values_list("pk", flat=True):
            self._take(article, "withdraw", "withdrawn")
            self._take(article, "restore", "published")

    def _take(self, article: int, verb: str, status: str) -> None:
        while Article.objects.get(pk=article).status != status:
            self._surely(lambda: self._ask_article(article, verb, [("reason", "试撤")]))

    def _wait_until_found(self, issue: int) -> None:
        """Until a reader who types an article's headline gets it, for every article of the issue."""
        for article in Article.objects.filter(page__issue=issue, status="published", merged_into=None):
            self.editor.wait_until_found(article.headline, article.pk)

    def _correct(self, page: Page, printed: PrintedPage) -> None:
        start = Rehearsal(page)
        printed = printed.located({line.number: line.text for line in start.lines.values()})
        faults = Goal(printed, start).faults(start)
        self.forms[page.pk] = printed.form
        self.right_at_once |= {(page.pk, one.id): not faults[one.id] for one in printed.articles}
        if self.dice:
            self._replay(page, Planned(some_step(start, self.dice), ()), {})
            start = Rehearsal(page)
        ids: dict[int, int] = {}
        for planned in plan(printed, start):
            self._replay(page, planned, ids)
        exact = exact_articles(page, printed)
        self.exact |= {(page.pk, one.id): one.id in exact for one in printed.articles}

    def _replay(self, page: Page, planned: Planned, ids: dict[int, int]) -> None:
        before = set(Article.objects.filter(page=page).values_list("pk", flat=True))
        kind = KINDS.get(planned.step.kind) or ("moved" if planned.step.to is not None else "set-aside")
        told = self._gesture(page, lambda version: self._post(page, planned.step, ids, version))
        self.done.append(Done(page.pk, kind, told, planned.step, planned.touches))
        fresh = set(Article.objects.filter(page=page).values_list("pk", flat=True)) - before
        if fresh:
            ids[next_new(ids)] = fresh.pop()
        if self.back_and_forth:
            for way in ("undo", "redo"):
                self._gesture(page, lambda version, way=way: self._ask(page, way, [("version", str(version))]))

    def _gesture(self, page: Page, ask: Callable[[int], Answer]) -> bool:
        """Do a gesture once. No answer: whether it was done shows in the page's version. Returns whether it was told."""
        version = self._surely(lambda: self.editor.version(page.pk))
        while True:
            try:
                answer = ask(version)
            except LostError:
                if not self.insist:
                    raise
                self.office.wait()
                if self._surely(lambda: self.editor.version(page.pk)) != version:
                    return False
                continue
            assert answer.status == 200, (answer.status, answer.url)
            return True

    def _post(self, page: Page, step: Step, ids: dict[int, int], version: int) -> Answer:
        stands = [("version", str(version))]
        if step.kind == "merge":
            return self._ask_article(
                ids.get(step.article, step.article), "merge", [*stands, ("into", _id(step.to, ids))]
            )
        if step.kind == "split":
            line = SourceLine.objects.get(pk=step.lines[0])
            at = f"{line.block_id}" if line.place == 0 else f"{line.block_id}-{line.pk}"
            return self._ask_article(ids.get(step.article, step.article), "split", [*stands, ("at", at)])
        if step.kind == "edit":
            article = Article.objects.get(pk=ids.get(step.article, step.article))
            names = ("kicker", "headline", "subtitle", "body", "byline_text")
            texts = {name: getattr(article, name) for name in names} | dict(step.texts)
            return self._ask_article(article.pk, "edit", [("version", str(article.version)), *texts.items()])
        fields = [*stands, *(("lines", str(pk)) for pk in step.lines), ("role", step.role), ("place", step.place)]
        fields.append(("to", step.role if step.to is None else "new" if step.to == NEW else _id(step.to, ids)))
        if step.paragraph:
            fields.append(("paragraph", str(step.paragraph)))
        return self._ask(page, "lines", fields)

    def _ask(self, page: Page, verb: str, fields: Sequence[tuple[str, str]]) -> Answer:
        return self.editor.post(f"/desk/pages/{page.pk}/{verb}/", fields)

    def _ask_article(self, article: int | None, verb: str, fields: Sequence[tuple[str, str]]) -> Answer:
        return self.editor.post(f"/desk/articles/{article}/{verb}/", fields)

    def _surely(self, ask: Callable[[], Any]) -> Any:
        """What may be asked any number of times."""
        while True:
            try:
                return ask()
            except LostError:
                if not self.insist:
                    raise
                self.office.wait()

    def lines(self) -> list[dict[str, Any]]:
        """The log: one entry for each printed article."""
        counts = Counter((done.page, name) for done in self.done for name in done.touches)
        pages = Page.objects.select_related("issue").in_bulk({page for page, _name in self.exact})
        return [
            {
                "form": self.forms[page],
                "date": pages[page].issue.date.isoformat(),
                "page": pages[page].number,
                "article": name,
                "right_at_once": self.right_at_once[page, name],
                "gestures": counts[page, name],
                "exact": exact,
            }
            for (page, name), exact in self.exact.items()
        ]


def exact_articles(page: Page, printed: PrintedPage) -> set[str]:
    """Which printed articles the archive holds exactly: headline group, text and byline."""
    living = list(Article.objects.filter(page=page, merged_into__isnull=True))
    return {
        one.id
        for one in printed.articles
        if any(
            one.is_group({"kicker": a.kicker, "headline": a.headline, "subtitle": a.subtitle})
            and squash(a.body) == one.body
            and squash(a.byline_text) == one.byline
            for a in living
        )
    }


def _id(article: int | None, ids: dict[int, int]) -> str:
    return str(ids.get(article or 0, article))
