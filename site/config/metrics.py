"""Figures for Prometheus: how many requests each view answered, how, and how long it took, summed over the processes of one server.

They are given only to those who ask the process itself: whatever came through the proxy carries X-Forwarded-For.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Histogram, make_wsgi_app
from prometheus_client.multiprocess import MultiProcessCollector

PATH = "/metrics"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

requests = Histogram(
    "sala_request_seconds", "Seconds until a request was answered.", ["method", "view", "status"], buckets=BUCKETS
)

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class MetricsMiddleware:
    """Stands outside the page cache, whose answers count as the view `kept`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = getattr(request, "resolver_match", None)
        view = (match.view_name or match._func_path) if match else "kept" if response.status_code == 200 else "none"
        requests.labels(request.method, view, response.status_code).observe(time.perf_counter() - began)
        return response


def with_metrics(application: Application) -> Application:
    """The application, and the figures at `/metrics` for whoever asks without a proxy between."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH or "HTTP_X_FORWARDED_FOR" in environ:
            return application(environ, start_response)
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
        return make_wsgi_app(registry)(environ, start_response)

    return answer
