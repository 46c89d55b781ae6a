"""`manage.py demo`: loads the demo archive, one real page and six issues of a fictional paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.services.importing import load_bundle
from articles.services.indexing import drain


class Command(BaseCommand):
    """Loaded once; running it again changes nothing."""

    help = "载入演示档案：《高新时报》一版，和为演示而写的虚构报纸《北塬新报》六期。"

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        for name, published in load_bundle(settings.BASE_DIR / "fixtures" / "demo" / "demo.json"):
            if published:
                self.stdout.write(_("%(name)s：%(count)s 篇") % {"name": name, "count": published})
            total += published
        if not total:
            self.stdout.write(_("演示档案已经在了，没有改动。"))
            return
        drain()
        self.stdout.write(_("演示档案载入完毕，共 %(count)s 篇。") % {"count": total})
