"""What every page's frame shows: papers, how far the archive reaches, reading preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from articles.models import Paper, is_administrator, is_editor, is_staff
from articles.selectors import days

if TYPE_CHECKING:
    from django.http import HttpRequest

# Cookie and form field → what may stand there; anything else is the normal look.
PREFERENCES = {"text": ("large",), "contrast": ("high",), "theme": ("dark", "light")}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the masthead and the foot. The queries run only where a template asks."""
    user = getattr(request, "user", None)
    cookies = {name: request.COOKIES.get(name, "") for name in PREFERENCES}
    return {
        "frame_papers": Paper.objects.order_by("name"),
        "frame_latest": SimpleLazyObject(days.latest),
        "frame_day": SimpleLazyObject(days.latest_day),
        "frame_closed": settings.ACCESS == "members" and not (user is not None and user.is_authenticated),
        "is_editor": user is not None and is_editor(user),
        "is_administrator": user is not None and is_administrator(user),
        "is_staff": user is not None and is_staff(user),
        "prefs": {name: value if value in PREFERENCES[name] else "" for name, value in cookies.items()},
    }
