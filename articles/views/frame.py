"""What every page's frame shows: papers, how far the archive reaches, reading preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.models import Issue, Paper, is_editor, is_staff

if TYPE_CHECKING:
    from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the masthead and the foot."""
    user = getattr(request, "user", None)
    return {
        "frame_papers": Paper.objects.order_by("name"),
        "frame_latest": Issue.objects.visible().order_by("-date").first,
        "is_editor": user is not None and is_editor(user),
        "is_staff": user is not None and is_staff(user),
        "prefs": {
            "text": request.COOKIES.get("text", ""),
            "contrast": request.COOKIES.get("contrast", ""),
            "theme": request.COOKIES.get("theme", ""),
        },
    }
