"""The tracker with one more page: the barest write there is, to measure against."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
settings.ROOT_URLCONF = "issues.management.bench.plain"
