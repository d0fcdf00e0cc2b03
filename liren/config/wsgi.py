"""The door through which the web server calls the house."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liren.config.settings")
application = get_wsgi_application()
# Every view and form is read now, and not by the first visitors while others wait behind them.
get_resolver().reverse_dict  # noqa: B018
