"""Addresses of the archive, the desk and the API. An article's address never changes."""

from django.urls import path

from articles import api, feeds
from articles.views import (
    calendar,
    days,
    desk,
    home,
    issues,
    machine,
    organisations,
    people,
    posts,
    preferences,
    reports,
    searching,
    stories,
)

app_name = "articles"

archive_patterns = [
    path("", home.home, name="home"),
    path("search/", searching.search, name="search"),
    path("search/suggest/", searching.suggest, name="suggest"),
    path("issues/", calendar.calendar, name="calendar"),
    path("issues/<int:year>/", calendar.year, name="calendar-year"),
    path("issues/<int:year>/<int:month>/", calendar.month, name="calendar-month"),
    path("issues/<str:date>/", issues.issue, name="issue-detail"),
    path("issues/<str:date>/pages/<int:number>/", issues.page, name="page-detail"),
    path("articles/<int:pk>/", stories.article, name="article-detail"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person-detail"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation-detail"),
    path("organisations/<int:pk>/line-up/", organisations.line_up, name="organisation-line-up"),
    path("posts/<int:pk>/", posts.post, name="post-detail"),
    path("days/<str:date>/", days.day, name="day-detail"),
    path("on-this-day/", days.on_this_day, name="on-this-day-today"),
    path("on-this-day/<str:day>/", days.on_this_day, name="on-this-day"),
    path("feeds/latest.atom", feeds.LatestFeed(), name="feed-latest"),
    path("feeds/people/<int:pk>.atom", feeds.PersonFeed(), name="feed-person"),
    path("report/", reports.report, name="report"),
    path("preferences/", preferences.preferences, name="preferences"),
]

desk_patterns = [
    path("desk/", desk.issues.home, name="desk-home"),
    path("desk/upload/", desk.uploads.upload, name="desk-upload"),
    path("desk/upload/<slug:token>/", desk.uploads.check, name="desk-upload-check"),
    path("desk/issues/<int:pk>/", desk.issues.issue, name="desk-issue"),
    path("desk/issues/<int:pk>/progress/", desk.issues.progress, name="desk-issue-progress"),
    path("desk/issues/<int:pk>/publish/", desk.publications.issue, name="desk-issue-publish"),
    path("desk/issues/<int:pk>/preview/", desk.publications.preview_issue, name="desk-issue-preview"),
    path("desk/jobs/<int:pk>/", desk.issues.job, name="desk-job"),
    path("desk/pages/<int:pk>/", desk.pages.page, name="desk-page"),
    path("desk/pages/<int:pk>/lines/", desk.pages.lines, name="desk-page-lines"),
    path("desk/pages/<int:pk>/undo/", desk.pages.undo, name="desk-page-undo"),
    path("desk/pages/<int:pk>/redo/", desk.pages.redo, name="desk-page-redo"),
    path("desk/pages/<int:pk>/reread/", desk.pages.reread, name="desk-page-reread"),
    path("desk/pages/<int:pk>/reviewed/", desk.pages.reviewed, name="desk-page-reviewed"),
    path("desk/pages/<int:pk>/number/", desk.pages.number, name="desk-page-number"),
    path("desk/sources/<int:pk>/", desk.pages.source, name="desk-source"),
    path("desk/articles/<int:pk>/edit/", desk.correcting.edit, name="desk-article-edit"),
    path("desk/articles/<int:pk>/merge/", desk.correcting.merge, name="desk-article-merge"),
    path("desk/articles/<int:pk>/split/", desk.correcting.split, name="desk-article-split"),
    path("desk/articles/<int:pk>/publish/", desk.publications.article, name="desk-article-publish"),
    path("desk/articles/<int:pk>/preview/", desk.publications.preview, name="desk-article-preview"),
    path("desk/articles/<int:pk>/withdraw/", desk.correcting.withdraw, name="desk-article-withdraw"),
    path("desk/articles/<int:pk>/restore/", desk.correcting.restore, name="desk-article-restore"),
    path("desk/records/<str:kind>/", desk.records.records, name="desk-records"),
    path("desk/records/<str:kind>/<int:pk>/", desk.records.record, name="desk-record"),
    path("desk/records/<str:kind>/<int:pk>/merge/", desk.records.merge, name="desk-record-merge"),
    path("desk/records/<str:kind>/<int:pk>/move/", desk.records.move, name="desk-record-move"),
    path("desk/records/<str:kind>/<int:pk>/rename/", desk.records.rename, name="desk-record-rename"),
    path("desk/records/<str:kind>/<int:pk>/reject/", desk.records.reject, name="desk-record-reject"),
    path("desk/records/<str:kind>/<int:pk>/profile/", desk.records.profile, name="desk-record-profile"),
    path("desk/letters/", desk.letters.letters, name="desk-letters"),
    path("desk/letters/<int:pk>/settle/", desk.letters.settle, name="desk-letter-settle"),
    path("desk/rosters/", desk.rosters.rosters, name="desk-rosters"),
    path("desk/rosters/roster.<str:form>", desk.rosters.roster, name="desk-roster"),
    path("desk/record-changes/<int:pk>/undo/", desk.records.undo, name="desk-record-undo"),
    path("desk/articles/<int:pk>/names/", desk.naming.rest, name="desk-article-names"),
    path("desk/mentions/<int:pk>/", desk.naming.mention, name="desk-mention"),
    path("desk/issues/<int:pk>/doubt/", desk.doubting.next_doubt, name="desk-next-doubt"),
    path("desk/history/<int:pk>/restore/", desk.histories.restore, name="desk-version-restore"),
    path("desk/history/", desk.histories.history, name="desk-history"),
]

api_patterns = [path("api/v1/", api.urls)]

urlpatterns = [
    *archive_patterns,
    *desk_patterns,
    *api_patterns,
    path("healthz", machine.healthz, name="healthz"),
    path("readyz", machine.readyz, name="readyz"),
]
