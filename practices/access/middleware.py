"""Puts the `Reader` on each request, made only when something asks for it."""

from django.utils.functional import SimpleLazyObject

from .reader import reader_for


class ReaderMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.reader = SimpleLazyObject(lambda: reader_for(request.user))
        return self.get_response(request)
