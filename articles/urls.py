"""Addresses of the archive, the desk and the API. An article's address never changes."""

from django.urls import path

from articles import api, feeds
from articles.views import (
    calendar,
    home,
    issues,
    machine,
    organisations,
    people,
    preferences,
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
    path("feeds/latest.atom", feeds.LatestFeed(), name="feed-latest"),
    path("feeds/people/<int:pk>.atom", feeds.PersonFeed(), name="feed-person"),
    path("preferences/", preferences.preferences, name="preferences"),
]

desk_patterns: list = []

api_patterns = [path("api/v1/", api.urls)]

urlpatterns = [
    *archive_patterns,
    *desk_patterns,
    *api_patterns,
    path("healthz", machine.healthz, name="healthz"),
    path("readyz", machine.readyz, name="readyz"),
]
