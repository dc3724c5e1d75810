"""The application that a WSGI server imports; the repository root must be on its path beside `site`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()

if getattr(settings, "METRICS_FOLDER", ""):
    from config.metrics import with_metrics

    application = with_metrics(application)
