"""The administration for whoever looks after the archive.

Authority records, papers and their short forms are edited here. What has a history (articles, sources, decisions,
jobs) is shown and never changed: the desk does that, where each change is kept and can be undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.models import (
    Appointment,
    Article,
    ArticleTokens,
    Block,
    Byline,
    Decision,
    Issue,
    Job,
    Mention,
    Organisation,
    OrganisationName,
    OutboxEntry,
    Page,
    Paper,
    Person,
    PersonName,
    Post,
    PrintedPost,
    ShortForm,
    SourceFile,
    SourceLine,
    Zone,
)
from articles.services.indexing import note_changed
from articles.services.linking import move_posts, speak_names

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest

admin.site.site_header = _("报纸档案管理")
admin.site.site_title = _("报纸档案管理")
admin.site.index_title = _("全部记录")


class _Shown:
    """Looked at, not touched."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class _Kept:
    """May be edited, but isn't thrown away here: merging, withdrawing and setting aside keep what was printed."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class _Inline(admin.TabularInline[Any, Any]):
    extra = 0


class ShortFormInline(_Inline):
    model = ShortForm
    autocomplete_fields = ("organisation",)


class PageInline(_Shown, _Inline):
    model = Page
    fields = ("number", "section", "status", "error")
    show_change_link = True


class BylineInline(_Shown, _Inline):
    model = Byline
    fields = ("position", "role", "name", "person")


class ZoneInline(_Shown, _Inline):
    model = Zone


class MentionInline(_Shown, _Inline):
    model = Mention
    fields = ("kind", "surface", "person", "organisation", "start_date", "end_date", "certain", "status", "reason")
    show_change_link = True


class PrintedPostInline(_Shown, _Inline):
    model = PrintedPost
    fields = ("position", "text", "appointment")


class PersonNameInline(_Inline):
    model = PersonName


class OrganisationNameInline(_Inline):
    model = OrganisationName


class AppointmentInline(_Shown, _Inline):
    model = Appointment
    fields = ("post", "person")


class SourceFileInline(_Shown, _Inline):
    model = SourceFile
    fields = ("name", "kind", "encoding", "size", "sha256", "uploaded_at")
    show_change_link = True


@admin.register(Paper)
class PaperAdmin(admin.ModelAdmin[Paper]):
    list_display = ("name", "place", "note", "issue_count")
    search_fields = ("name", "place")
    inlines = (ShortFormInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Paper]:
        return super().get_queryset(request).annotate(issue_count=Count("issues"))

    @admin.display(description=_("期数"), ordering="issue_count")
    def issue_count(self, paper: Paper) -> int:
        return paper.issue_count  # type: ignore[attr-defined,no-any-return]


@admin.register(Issue)
class IssueAdmin(_Kept, admin.ModelAdmin[Issue]):
    list_display = ("date", "paper", "edition", "number", "status")
    list_filter = ("status", "paper")
    list_select_related = ("paper",)
    date_hierarchy = "date"
    search_fields = ("=number", "paper__name", "date")
    # An address is made of paper, date and edition, and addresses are permanent.
    readonly_fields = ("paper", "date", "edition", "status", "published_at", "created_by")
    inlines = (PageInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Page)
class PageAdmin(_Kept, admin.ModelAdmin[Page]):
    list_display = ("issue", "number", "section", "status", "error")
    list_filter = ("status", "issue__paper", "section")
    list_select_related = ("issue__paper",)
    search_fields = ("section", "issue__date")
    fields = ("issue", "number", "section", "image", "status", "error")
    readonly_fields = ("issue", "number", "image", "status", "error")
    inlines = (SourceFileInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Page, form: ModelForm[Page], change: bool) -> None:
        super().save_model(request, obj, form, change)
        note_changed(obj.articles.published().values_list("pk", flat=True))


@admin.register(Article)
class ArticleAdmin(_Shown, admin.ModelAdmin[Article]):
    list_display = ("headline_or_start", "paper", "date", "page_number", "status", "origin", "modified_at")
    list_filter = ("status", "origin", "page__issue__paper", "page__section")
    list_select_related = ("page__issue__paper",)
    date_hierarchy = "page__issue__date"
    search_fields = ("headline", "subtitle", "kicker", "=id")
    show_full_result_count = False
    inlines = (BylineInline, MentionInline, ZoneInline)

    @admin.display(description=_("主题"), ordering="headline")
    def headline_or_start(self, article: Article) -> str:
        return str(article)

    @admin.display(description=_("报纸"), ordering="page__issue__paper")
    def paper(self, article: Article) -> str:
        return article.page.issue.paper.name

    @admin.display(description=_("日期"), ordering="page__issue__date")
    def date(self, article: Article) -> str:
        return article.date.isoformat()

    @admin.display(description=_("版"), ordering="page__number")
    def page_number(self, article: Article) -> int:
        return article.page.number


_RECORD_FIELDS = ("pinyin", "initials", "merged_into", "created_at")


class _RecordAdmin(_Kept, admin.ModelAdmin[Any]):
    """Names are spoken and indexed anew when they change."""

    readonly_fields: ClassVar[tuple[str, ...]] = _RECORD_FIELDS
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool) -> None:
        speak_names(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm[Any], formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            note_changed(_articles_with(form.instance))


@admin.register(Person)
class PersonAdmin(_RecordAdmin):
    list_select_related = ("merged_into",)
    list_display = ("name", "distinction", "pinyin", "has_profile", "mention_count", "merged_into", "address")
    list_filter = ("has_profile", "profile_set_by_editor")
    search_fields = ("name", "other_names__name", "pinyin", "initials", "distinction")
    readonly_fields = (*_RECORD_FIELDS, "profile_set_by_editor")
    inlines = (PersonNameInline, AppointmentInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request).annotate(mention_count=Count("mentions"))
        return found

    def save_model(self, request: HttpRequest, obj: Person, form: ModelForm[Person], change: bool) -> None:
        if "has_profile" in form.changed_data:
            obj.profile_set_by_editor = True  # from now on no import opens or closes the page
        super().save_model(request, obj, form, change)

    @admin.display(description=_("提及"), ordering="mention_count")
    def mention_count(self, person: Person) -> int:
        return person.mention_count  # type: ignore[attr-defined,no-any-return]

    @admin.display(description=_("人物页"))
    def address(self, person: Person) -> str:
        return _link(person) if person.has_profile else "—"


@admin.register(Organisation)
class OrganisationAdmin(_RecordAdmin):
    list_display = ("name", "kind", "pinyin", "parent", "mention_count", "merged_into", "address")
    list_filter = ("kind",)
    list_select_related = ("parent", "merged_into")
    search_fields = ("name", "other_names__name", "short_forms__short", "pinyin", "initials")
    autocomplete_fields = ("parent",)
    inlines = (OrganisationNameInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request).annotate(mention_count=Count("mentions"))
        return found

    @admin.display(description=_("提及"), ordering="mention_count")
    def mention_count(self, organisation: Organisation) -> int:
        return organisation.mention_count  # type: ignore[attr-defined,no-any-return]

    @admin.display(description=_("机构页"))
    def address(self, organisation: Organisation) -> str:
        return _link(organisation)


@admin.register(Post)
class PostAdmin(_Shown, admin.ModelAdmin[Post]):
    list_display = ("title", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("title", "organisation__name")
    inlines = (AppointmentInline,)


@admin.register(Mention)
class MentionAdmin(_Kept, admin.ModelAdmin[Mention]):
    """A mention can be given to another record here; accepting and rejecting is the desk's."""

    list_display = ("surface", "kind", "person", "organisation", "certain", "status", "reason", "article")
    list_filter = ("kind", "certain", "status")
    list_select_related = ("person", "organisation", "article")
    search_fields = ("surface", "person__name", "organisation__name")
    fields = ("article", "kind", "surface", "person", "organisation", "certain", "status", "reason")
    readonly_fields = ("article", "kind", "surface", "certain", "status", "reason")
    autocomplete_fields = ("person", "organisation")
    show_full_result_count = False
    inlines = (PrintedPostInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Mention, form: ModelForm[Mention], change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "person" in form.changed_data:
            move_posts(obj)
        note_changed([obj.article_id])


class _HistoryAdmin(_Shown, admin.ModelAdmin[Any]):
    show_full_result_count = False


@admin.register(Decision)
class DecisionAdmin(_HistoryAdmin):
    list_display = ("created_at", "kind", "article", "page", "actor", "reason", "undone_at")
    list_filter = ("kind", "actor")
    list_select_related = ("article", "page__issue__paper", "actor")
    date_hierarchy = "created_at"
    search_fields = ("reason", "article__headline")


@admin.register(Job)
class JobAdmin(_HistoryAdmin):
    list_display = ("created_at", "queue", "page", "status", "stage", "done", "total", "attempts", "finished_at")
    list_filter = ("queue", "status")
    list_select_related = ("page__issue__paper",)
    search_fields = ("log",)


@admin.register(SourceFile)
class SourceFileAdmin(_HistoryAdmin):
    list_display = ("name", "page", "kind", "encoding", "size", "uploaded_by", "uploaded_at")
    list_filter = ("kind", "encoding")
    list_select_related = ("page__issue__paper", "uploaded_by")
    search_fields = ("name", "sha256")


@admin.register(SourceLine)
class SourceLineAdmin(_HistoryAdmin):
    list_display = ("source", "number", "text", "block")
    list_select_related = ("source", "block")
    search_fields = ("source__name", "text")


@admin.register(Block)
class BlockAdmin(_HistoryAdmin):
    list_display = ("page", "role", "position", "article", "by_hand")
    list_filter = ("role", "by_hand")
    list_select_related = ("page__issue__paper", "article")
    search_fields = ("article__headline",)


@admin.register(OutboxEntry)
class OutboxEntryAdmin(_HistoryAdmin):
    list_display = ("article_id", "created_at")


@admin.register(ArticleTokens)
class ArticleTokensAdmin(_HistoryAdmin):
    list_display = ("article", "stamp")
    list_select_related = ("article",)
    search_fields = ("article__headline", "stamp")


def _link(record: Person | Organisation) -> str:
    return format_html('<a href="{}">{}</a>', record.get_absolute_url(), _("查看"))


def _articles_with(record: Person | Organisation) -> QuerySet[Article, int]:
    """Published articles whose index entry names this record."""
    mine = Article.objects.published().filter(mentions__in=record.mentions.all())
    if isinstance(record, Person):
        mine |= Article.objects.published().filter(bylines__in=record.bylines.all())
    return mine.distinct().values_list("pk", flat=True)
