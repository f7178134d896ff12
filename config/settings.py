"""settings: every setting, from the environment, safe by default."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from blog.markup import FRAME_SOURCES
from config import environment as given

BASE_DIR = Path(__file__).resolve().parent.parent
given.load(BASE_DIR)

# -- who we are ----------------------------------------------------------------------------------
DEBUG = given.flag("DEBUG", default=False)
SECRET_KEY = given.secret_key("SECRET_KEY", debug=DEBUG)
ALLOWED_HOSTS = given.allowed_hosts("ALLOWED_HOSTS", debug=DEBUG)
SITE_URL = given.site_url("SITE_URL", "http://127.0.0.1:8000")
SITE_NAME = given.text("SITE_NAME", "Masthead")
TIME_ZONE = given.time_zone("TIME_ZONE", "UTC")
LANGUAGE_CODE = given.language_code("LANGUAGE_CODE", "en")
TRUSTED_PROXIES = given.networks("TRUSTED_PROXIES")
# Hosts, as host or host:port, from which sources are fetched though they are private. Nobody by default.
FETCH_ALLOWED_HOSTS = frozenset(given.words("FETCH_ALLOWED_HOSTS"))
SECURE = given.flag("SECURE", default=SITE_URL.startswith("https://"))
USE_TZ = True
USE_I18N = True
LANGUAGES = [("en", "English"), ("ru", "Русский")]  # those that the site and the desk have words in
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "accounts",
    "blog",
    "importer",
    "taggit",
    "markdownx",
    "csp",
    "axes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.proxies.trusted_proxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "blog.speaking.at_the_desk",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# -- where things are kept -----------------------------------------------------------------------
SERVES_THE_WEB = os.environ.get("MASTHEAD_SERVES_THE_WEB") == "1"  # set by wsgi.py alone
MEDIA_ROOT = given.folder("MEDIA_ROOT", BASE_DIR / "media")
MEDIA_URL = "/media/"
STATIC_ROOT = given.folder("STATIC_ROOT", BASE_DIR / "staticfiles")
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Hashed names once `collectstatic` has run; before that (a fresh tree, a test) the plain files are served.
_hashed_names = not DEBUG and (
    (STATIC_ROOT / "staticfiles.json").is_file() or sys.argv[1:2] == ["collectstatic"]
)
WHITENOISE_USE_FINDERS = not _hashed_names
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.statics.HashedFiles"
        if _hashed_names
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000


def _database() -> dict[str, Any]:
    """The one database. Postgres: no JIT (it made lists up to 7 times slower), a pool and time limits for the web alone.
    SQLite: WAL and IMMEDIATE, or two writers fail as locked."""
    found = given.database("DATABASE_URL", f"sqlite:///{BASE_DIR / 'masthead.sqlite3'}")
    options: dict[str, Any] = found.setdefault("OPTIONS", {})
    if found["ENGINE"].endswith("sqlite3"):
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("timeout", 20)
        options.setdefault(
            "init_command", "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        )
        return found
    limits = "-c jit=off"
    if SERVES_THE_WEB:
        limits += (
            " -c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=30000"
        )
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 3}
    options["options"] = f"{options.get('options', '')} {limits}".strip()
    options.setdefault("connect_timeout", 3)
    return found


DATABASES = {"default": _database()}

_shared_cache = given.cache("CACHE_URL")
CACHES: dict[str, Any] = {
    "default": _shared_cache or {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": _shared_cache or {"BACKEND": "blog.caching.PageMemory", "LOCATION": "pages"},
}

vars().update(given.email("EMAIL_URL"))
SECURITY_CONTACT = given.contact("SECURITY_CONTACT")  # where to report a weakness: /.well-known/security.txt
SITE_ADMINS = given.addresses("SITE_ADMINS")  # who is told when a source breaks

WEBSUB_HUB = given.web_address("WEBSUB_HUB")  # who tells subscribers of feeds that they have changed

# -- who may come in -----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/admin/login/"
LOGIN_REDIRECT_URL = "/admin/"
# Failed sign-ins are counted in the database, so that every worker knows.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_USERNAME_CALLABLE = "accounts.signing_in.name_tried"
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"

# -- what a browser is told ----------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF, *FRAME_SOURCES],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE
# Whoever comes over http is led to the site's own name, never to one that their request made up.
SECURE_SSL_HOST = urlsplit(SITE_URL).netloc if SECURE and SITE_URL.startswith("https://") else None
SECURE_REDIRECT_EXEMPT = [
    r"^livez$",
    r"^readyz$",
]  # asked by the container's own health check, over plain http
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_HSTS_PRELOAD = given.flag("HSTS_PRELOAD", default=False)
# Set by config.proxies from a trusted proxy's X-Forwarded-Proto, and by nobody else.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_MASTHEAD_TRUSTED_PROTO", "https") if TRUSTED_PROXIES else None
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "blog.admin.door.refused"
# W005 and W021: HSTS for subdomains and preload bind names that are not ours to bind; they are the operator's choice.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# -- the parts we lean on ------------------------------------------------------------------------
TAGGIT_CASE_INSENSITIVE = True
MARKDOWNX_MARKDOWNIFY_FUNCTION = "blog.admin.editor.markdownify"
MARKDOWNX_URLS_PATH = "/admin/editor/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/editor/upload/"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "config.logs.Formatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "axes": {"level": "WARNING"},
    },
}
