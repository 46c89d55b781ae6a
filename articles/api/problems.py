"""Errors as RFC 9457 problem details: one shape for whatever goes wrong."""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from articles.search.criteria import QueryRefusedError

log = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]
MEDIA_TYPE = "application/problem+json"


class ProblemError(Exception):
    """What the client is told: a status and a sentence that says what to do."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """A problem as a response; `more` are members of its own, as RFC 9457 allows."""
    shape = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return HttpResponse(json.dumps(shape, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)


def not_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """For every address below the API that is none."""
    return problem(404, _("没有这个接口。所有接口见 /api/v1/openapi.json"))


not_here.csrf_exempt = True  # type: ignore[attr-defined]


def read_only(view: View) -> View:
    """Answer HEAD as GET, and any other method with a problem."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.method
        if asked not in ("GET", "HEAD"):
            response = problem(405, _("这个接口只能读取，请用 GET"))
            response["Allow"] = "GET, HEAD"
            return response
        request.method = "GET"
        answer = view(request, *args, **kwargs)
        request.method = asked  # for the server, which leaves out the body that HEAD must not have
        return answer

    return csrf_exempt(guarded)


def add_problems(api: NinjaAPI) -> None:
    """Every exception that an endpoint raises becomes a problem."""

    @api.exception_handler(ProblemError)
    def _told(request: HttpRequest, error: ProblemError) -> HttpResponse:
        return problem(error.status, error.detail)

    @api.exception_handler(QueryRefusedError)
    def _refused(request: HttpRequest, error: QueryRefusedError) -> HttpResponse:
        return problem(400, str(error))

    @api.exception_handler(ValidationError)
    def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"name": str(item["loc"][-1]), "reason": item["msg"]} for item in error.errors]
        names = "、".join(dict.fromkeys(item["name"] for item in errors))
        return problem(422, _("参数写得不对：%(names)s") % {"names": names}, errors=errors)

    @api.exception_handler(Http404)
    def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, _("没有这条记录"))

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, error.message)

    @api.exception_handler(Exception)
    def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
        log.error("%s failed", request.path, exc_info=error)
        return problem(500, _("服务器出错了，请稍后再试；错误已经记录"))
