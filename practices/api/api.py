"""The API put together: what holds for every answer, and errors as RFC 9457 tells them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.throttling import BaseThrottle

from practices.access.limits import may_ask

from .views import router


class PerReader(BaseThrottle):
    def allow_request(self, request: HttpRequest) -> bool:
        return may_ask(request, "api")


def for_this_reader(view: Any) -> Any:
    """Nobody keeps an answer for somebody else, and who has it already is told so (304)."""

    @conditional_page
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return answered


class SalaAPI(NinjaAPI):
    def get_openapi_operation_id(self, operation: Any) -> str:
        """What a generated client calls it."""
        return operation.view_func.__name__


api = SalaAPI(
    title="Sala",
    version="1",
    urls_namespace="api",
    description=(
        "Records of good practice, their versions, and the search, to read. Without signing in you get what everyone may"
        " see; with the session of a member, what that member may see."
    ),
    throttle=PerReader(),
)
api.add_decorator(for_this_reader, mode="view")
api.add_router("", router)


def problem(request: HttpRequest, status: int, detail: str = "", errors: Any = ()) -> HttpResponse:
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": list(errors),
    }
    response = api.create_response(request, content, status=status)
    response.headers["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, 404)


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [{"loc": [*map(str, one["loc"])], "msg": one["msg"]} for one in error.errors]
    return problem(request, 422, "The address asks for something that does not exist.", errors)


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    response = problem(request, 429, "Too many questions in a short time. Wait a minute and try again.")
    response.headers["Retry-After"] = "60"
    return response


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code, str(error))
