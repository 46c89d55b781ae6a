"""Addresses of the archive, the desk and the API. An article's address never changes."""

from django.urls import path

from articles.views import machine

app_name = "articles"

archive_patterns: list = []

desk_patterns: list = []

api_patterns: list = []

urlpatterns = [
    *archive_patterns,
    *desk_patterns,
    *api_patterns,
    path("healthz", machine.healthz, name="healthz"),
    path("readyz", machine.readyz, name="readyz"),
]
