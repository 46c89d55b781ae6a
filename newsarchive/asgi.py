"""Entry for ASGI servers."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsarchive.settings.prod")
application = get_asgi_application()

from articles.services.indexing import tell_of_unusable_index  # noqa: E402 (models must be loaded)

tell_of_unusable_index()
