"""The archive as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Everything of the archive lives in this one app."""

    name = "articles"
    verbose_name = _("新闻档案")

    def ready(self) -> None:
        """Sign-ins are written down."""
        from articles.services.logbook import watch_the_door

        watch_the_door()
