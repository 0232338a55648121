"""The tracker with one more page: the barest write there is, to measure against."""

from django.conf import settings

from tracker.wsgi import application

__all__ = ["application"]

settings.ROOT_URLCONF = "issues.management.bench.plain"
