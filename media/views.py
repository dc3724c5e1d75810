"""Pictures are shown to whoever may choose them for a page; no uploaded file has an address that is open to all.

Documents have their own address, where Wagtail asks who may read their collection.
"""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from .models import SalaImage, SalaRendition


@require_safe
def serve_picture(request: HttpRequest, name: str) -> FileResponse:
    """The picture or rendition stored under this name; 404 for every other file and whoever may not see it."""
    rendition = SalaRendition.objects.filter(file=name).select_related("image").first()
    image = rendition.image if rendition else SalaImage.objects.filter(file=name).first()
    policy = policy_registry.get_by_type(SalaImage)
    may_see = image and policy.user_has_any_permission_for_instance(request.user, ["choose", "change", "delete"], image)
    if not may_see:
        raise Http404
    try:
        content = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content)
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # of an SVG
    return response
