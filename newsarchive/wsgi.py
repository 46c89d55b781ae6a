"""Entry for WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsarchive.settings.prod")
application = get_wsgi_application()

from articles.services.indexing import tell_of_unusable_index  # noqa: E402 (models must be loaded)

tell_of_unusable_index()
