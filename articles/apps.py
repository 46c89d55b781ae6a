"""The archive as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Everything of the archive lives in this one app."""

    name = "articles"
    verbose_name = _("新闻档案")
