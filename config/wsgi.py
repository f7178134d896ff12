"""wsgi: what gunicorn serves."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["MASTHEAD_SERVES_THE_WEB"] = (
    "1"  # a pool and time limits on database connections are for serving alone
)

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
