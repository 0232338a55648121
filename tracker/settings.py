"""Settings of the tracker, all read from the environment (the table is in README.md)."""

import os
import re
import sys
from pathlib import Path
from tempfile import gettempdir

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from issues.domain.tag import is_tag_authority
from tracker import errors, logs
from tracker.accounts.settings import *  # noqa: F403 -- accounts and mail
from tracker.accounts.settings import ALLAUTH_APPS
from tracker.databases import databases
from tracker.environment import cache_at, env, secret, whole, yes_or_no, zone

BASE_DIR = Path(__file__).resolve().parent.parent

TESTING = "pytest" in sys.modules
DEBUG: bool = yes_or_no("DEBUG")
# With DEBUG on, a fixed key keeps sessions over restarts; with it off there is no default to forget.
SECRET_KEY: str = env.str("SECRET_KEY", default="only-for-debug" if DEBUG or TESTING else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY, or DEBUG=true on your own machine.")
# Keys of before: what was signed or sealed by them is still known for ours.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG or TESTING else []
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The address of whoever asks is that of the connection, unless so many proxies of ours stand before us.
PROXIES: int = whole("PROXIES", default=0, most=9)

# Anyone may read the processes that are marked public. Off unless an installation says so.
PUBLIC_READ: bool = yes_or_no("PUBLIC_READ")
# How many positions of processes that were read lately a process of the server remembers, folded; about a
# kilobyte each. 0: every page reads its own.
POSITIONS_REMEMBERED: int = whole("POSITIONS_REMEMBERED", default=60_000)
# Where pages, and counts of what was tried, are kept: in each process of the server, or where all look:
# in the database (dbcache://cache) or Redis (rediscache://…).
CACHES = {"default": cache_at("CACHE_URL")}
# For how many seconds a shared cache before us may answer for us what strangers read. It has to let pass who
# is signed in, by our session's cookie: so none, until it is said (docs/scaling.md).
PUBLIC_CACHE_SECONDS: int = whole("PUBLIC_CACHE_SECONDS", default=0, most=86_400)

# What this installation is called, in citations and feeds.
SITE_TITLE: str = env.str("SITE_TITLE", default="Redlines")
# In whose name the ids of the feeds are given (RFC 4151): a domain or an e-mail address of ours, and a day on
# which it was ours. Empty: the host that is asked.
TAG_AUTHORITY: str = env.str("TAG_AUTHORITY", default="")
if TAG_AUTHORITY and not is_tag_authority(TAG_AUTHORITY):
    raise ImproperlyConfigured(
        "TAG_AUTHORITY is a domain and a day on which it was yours, like example.org,2026-11-30."
    )

# The sites that may show our pictures in a frame, as origins: https://example.org, https://*.example.org.
EMBED_SITES: list[str] = [site.rstrip("/") for site in env.list("EMBED_SITES", default=[])]
for site in EMBED_SITES:
    if not re.fullmatch(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?", site):
        raise ImproperlyConfigured(
            f"EMBED_SITES: “{site}” is no origin of a site. Write it like https://example.org."
        )

INSTALLED_APPS = [
    "issues",
    "tracker.apps.TrackerConfig",
    "tracker.apps.RedlinesAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "simple_history",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    *ALLAUTH_APPS,
]

MIDDLEWARE = [
    "tracker.requests.measured",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.compression.CompressionMiddleware",
    "tracker.middleware.refuse_nul",
    "tracker.middleware.refuse_charset",
    "tracker.middleware.keep_private",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tracker.middleware.same_for_everyone",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "issues.views.asking.asking",
    "issues.views.zone.ZoneOfReader",
    "issues.views.zone.typed_times",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tracker.accounts.second_factor.SecondFactorMiddleware",
    "issues.views.old_addresses.OldAddressesMiddleware",
    "issues.views.parameters.BadParametersMiddleware",
    "issues.views.meanwhile.MeanwhileMiddleware",
    "issues.replica.remember_who_wrote",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "issues.views.switch.switch",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.insert(0, "django.forms")

DATABASES = databases(BASE_DIR)
DATABASE_ROUTERS = ["issues.replica.Router"] if len(DATABASES) > 1 else []
# Long work waits in the database for `manage.py db_worker` (docs/adr/0020-long-work.md).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# The mapping of an import has a field a column, and columns may be hundreds.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "tracker.passwords.OwnPasswords",
]
AUTH_USER_MODEL = "issues.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [{"NAME": "tracker.passwords.NotOfTheDemo"}]
# The accounts of the demo have a password that everyone can read; they are for one's own machine.
DEMO_ACCOUNTS = DEBUG or TESTING
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
CSRF_FAILURE_VIEW = "issues.views.send_again.forged"
# So many wrong passwords for one name from one address, and so many from one address for whatever names, lock
# for a quarter of an hour. Who signs in at last has their own mistakes forgotten.
AXES_HANDLER = "tracker.throttling.AttemptsHandler"
AXES_FAILURE_LIMIT = 10
AXES_RESET_ON_SUCCESS = True
FAILURES_OF_AN_ADDRESS = 50
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "tracker.throttling.typed_name"
AXES_CLIENT_IP_CALLABLE = "tracker.throttling.address_of"
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_VERBOSE = False

# Under what licence the records may be passed on, by its SPDX name (CC-BY-4.0); none unless it is given.
DATA_LICENCE: str = env.str("DATA_LICENCE", default="")

# The history has the indexes that its queries use, and no others (issues/history/rows.py).
SIMPLE_HISTORY_DATE_INDEX = False
# How long what was typed on a log sheet is kept beside what was published of it.
DRAFT_HISTORY_DAYS: int = whole("DRAFT_HISTORY_DAYS", default=90)

# The read API: how often each token, account or address may ask a server process; empty for no end.
API_RATE: str = env.str("API_RATE", default="600/minute")
# Whose scripts may read what is public: origins such as https://example.org, or * for everyone's.
API_CORS_ORIGINS: list[str] = env.list("API_CORS_ORIGINS", default=[])
REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "issues.api.problems.told",
    "DEFAULT_SCHEMA_CLASS": "issues.api.schema.Described",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "URL_FORMAT_OVERRIDE": None,
    "NUM_PROXIES": PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Redlines",
    "VERSION": "1",
    "DESCRIPTION": "Who holds which position on which issue of a negotiation, since when, on what evidence. "
    "Read only. Public processes need no token; for the others send `Authorization: Bearer …`. "
    "Lists are JSON or CSV, by `Accept` or by the end of the address: `…/positions.csv`, `…/positions.json`.",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = "tracker.formats"
# In which times are shown, and days counted that are the same for everyone, but to people who chose another
# zone for themselves. What is stored, and every file, is in UTC (docs/adr/0031-time-zones.md).
TIME_ZONE: str = zone("TIME_ZONE")
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
# Where the files of releases are kept. They are part of the record: back them up with the database.
_RELEASES = f"{gettempdir()}/redlines-test-{os.getpid()}" if TESTING else str(BASE_DIR / "releases")
RELEASES_DIR: str = env.str("RELEASES_DIR", default=_RELEASES)
STORAGES = {
    "releases": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": RELEASES_DIR},
    },
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "tracker.static_files.StaticFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_AUTOREFRESH = DEBUG or TESTING

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
YEAR = 31_536_000
if not DEBUG and not TESTING:
    LOGGING = logs.LOGGING
    # Whoever watches asks from within, without TLS.
    SECURE_REDIRECT_EXEMPT = [r"^healthz(/live)?$", r"^metrics$"]
    SECURE_SSL_REDIRECT = yes_or_no("SECURE_SSL_REDIRECT", default=True)
    # What a request came by is known by who stands before us; a header of anybody's is not believed.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
    SECURE_HSTS_SECONDS = whole("SECURE_HSTS_SECONDS", default=YEAR)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
# For the other hosts of a domain, and for the lists in browsers, its owner alone can promise.
SECURE_HSTS_INCLUDE_SUBDOMAINS = yes_or_no("SECURE_HSTS_INCLUDE_SUBDOMAINS")
SECURE_HSTS_PRELOAD = yes_or_no("SECURE_HSTS_PRELOAD")
if SECURE_HSTS_PRELOAD and not (
    SECURE_HSTS_INCLUDE_SUBDOMAINS and whole("SECURE_HSTS_SECONDS", default=YEAR) >= YEAR
):
    raise ImproperlyConfigured(
        "SECURE_HSTS_PRELOAD needs SECURE_HSTS_INCLUDE_SUBDOMAINS=true and a year of SECURE_HSTS_SECONDS."
    )
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SAMESITE = "Lax"

# The figures at /metrics, for who sends this; off where it is empty.
METRICS_TOKEN: str = secret("METRICS_TOKEN", shortest=24)
# Where errors are told, without a word of the record (tracker/errors.py); nowhere where it is empty.
SENTRY_DSN: str = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    errors.report_to(SENTRY_DSN, env.str("SENTRY_ENVIRONMENT", default="production"))
