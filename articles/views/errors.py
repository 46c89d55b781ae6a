"""Pages for what went wrong; each says what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from articles.views.keeping import is_from_here, send_again

if TYPE_CHECKING:
    from django.http import HttpRequest


class NotInArchiveError(Http404):
    """A 404 whose message is a sentence for the reader."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with the sentence that the view gave."""
    said = str(exception) if isinstance(exception, NotInArchiveError) else ""
    return render(request, "errors/404.html", {"said": said}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Neither the session nor the database is asked: they may be what failed."""
    return HttpResponseServerError(render_to_string("errors/500.html"))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was left open too long or came from elsewhere. One of our own, sent by whoever signed in again in
    another window meanwhile, is shown with what was typed and can be sent again."""
    if request.method == "POST" and request.user.is_authenticated and is_from_here(request):
        return send_again(request, request.get_full_path(), status=403)
    return render(request, "errors/403.html", {"csrf": True}, status=403)
