"""Settings of Rapport. Everything that differs between installations comes from the environment.

DATABASE_URL         the application's login, role crm_app: no superuser, bound by row-level security
DATABASE_OWNER_URL   the owner of the tables; only `prepare` and `migrate` use it
WORKER_DATABASE_URL  a direct line for the job worker where DATABASE_URL goes through a pooler
SECRET_KEY           signs sessions and links
SITE_URL             where people reach it; ALLOWED_HOSTS follows from it unless set
EMAIL_URL            the mail server, with DEFAULT_FROM_EMAIL as the sender
TRUSTED_PROXIES, MEDIA_ROOT, STATIC_ROOT

WORKING_COPY=1, which the demo, the tests, the bench and lint set, or DEBUG=1 does without addresses and mail.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pghistory
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from core.postgres import parse_url

BASE_DIR = Path(__file__).resolve().parent.parent


DEBUG = os.environ.get("DEBUG") == "1"
WORKING_COPY = DEBUG or os.environ.get("WORKING_COPY") == "1"


def required(name: str, in_working_copy: str = "") -> str:
    """The value of an environment variable without which the product must not start."""
    value = os.environ.get(name, "") or (in_working_copy if WORKING_COPY else "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set; `python3 dev.py demo` sets up everything for a first look")
    return value


SECRET_KEY = required("SECRET_KEY")
SITE_URL = required("SITE_URL", "http://localhost:8000").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in ("http", "https") or not _site.hostname:
    raise ImproperlyConfigured(f"SITE_URL is to be like https://crm.example.com and not {SITE_URL}")
HTTPS = _site.scheme == "https"
_hosts = "localhost 127.0.0.1 [::1]" if WORKING_COPY else _site.hostname
ALLOWED_HOSTS = (os.environ.get("ALLOWED_HOSTS") or _hosts).replace(",", " ").split()
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "crm.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # its widget templates, for FORM_RENDERER
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_filters",
    "heroicons",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "core",
    "workspaces",
    "records",
    "transfers",
    "organizations",
    "contacts",
    "deals",
    "ties",
    "activities",
    "reports",
    "demo",
]

MIDDLEWARE = [
    "core.health.HealthMiddleware",  # first: no host name, redirect or session is in its way
    "crm.middleware.LimitMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "workspaces.middleware.WorkspaceMiddleware",
    "workspaces.middleware.PreferencesMiddleware",
    "workspaces.past.middleware.PastMiddleware",
    "records.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "crm.urls"
#: the addresses below /w/<slug>/
WORKSPACE_URLCONF = "crm.workspace_urls"
WSGI_APPLICATION = "crm.wsgi.application"

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
                "crm.navigation.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "core.templatetags.ui",
                "core.templatetags.formats",
                "core.templatetags.kept",
                "workspaces.templatetags.workspaces",
            ],
        },
    }
]
FORM_RENDERER = "core.forms.Renderer"


def database(url: str) -> dict:
    """Connection settings: a pool in place of lasting connections, and no JIT, which only slows short queries.

    A pooler between web server and database may give each transaction another connection: nothing is prepared then.
    """
    address = parse_url(url)
    pool = {"min_size": 1, "max_size": 8, "timeout": 10}
    return address | {
        "ATOMIC_REQUESTS": True,
        "OPTIONS": address["OPTIONS"] | {"pool": pool, "prepare_threshold": None if HAS_POOLER else 0},
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


HAS_POOLER = "WORKER_DATABASE_URL" in os.environ
DATABASES = {
    "default": database(required("DATABASE_URL")),
    "owner": parse_url(os.environ.get("DATABASE_OWNER_URL") or required("DATABASE_URL")),
}
WORKER_DATABASE_URL = os.environ.get("WORKER_DATABASE_URL") or required("DATABASE_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # The rate limits count here: the default cache would count each process by itself.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"},
}

# --- people -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "workspaces.User"
AUTHENTICATION_BACKENDS = ["workspaces.accounts.Backend"]
SESSION_ENGINE = "workspaces.sessions"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspaces:home"
ACCOUNT_ADAPTER = "workspaces.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "workspaces.forms.SignupForm"
ACCOUNT_FORMS = {
    "login": "workspaces.account_forms.LoginForm",
    "signup": "workspaces.account_forms.SignupForm",
    "add_email": "workspaces.account_forms.AddEmailForm",
    "reset_password": "workspaces.account_forms.ResetPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an e-mail is added or taken away
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "invitation": "30/m/ip",
    "invite": "60/h/user",
    "letters": "60/m/ip",
}
#: how many proxies stand before the web server and append to X-Forwarded-For; the limits count by the address
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0"))

# --- language, time, money -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
#: each in its own words: who can't read a page looks for these
LANGUAGES = [
    ("en", "English"),
    ("cs", "Čeština"),
    ("es", "Español"),
    ("it", "Italiano"),
    ("pl", "Polski"),
    ("pt-br", "Português (Brasil)"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- files -----------------------------------------------------------------------------------------------------------
# Both start with '/': a relative address would be cached with the first workspace's prefix.
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "var" / "static"))
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "var" / "media"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "core.bundles.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
#: the mapping screen of a wide file sends so many; see transfers/survey.py
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_PERMISSIONS = 0o600

# --- security --------------------------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- history ---------------------------------------------------------------------------------------------------------
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"
PGHISTORY_CONTEXT_FIELD = None
# The keys of a version are for reading along its object, by an index that leads with the workspace.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

# --- jobs ------------------------------------------------------------------------------------------------------------
#: a room declares its jobs in its `jobs.py`
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- mail ------------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL", "Rapport <rapport@localhost>")
# In a working copy letters are files, so that a first look at the product can follow their links.
_mail = urlsplit(required("EMAIL_URL", "file:"))
if _mail.scheme in ("smtp", "smtp+starttls", "smtps"):
    _mailer: dict = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": _mail.hostname or "localhost",
            "port": _mail.port or 25,
            "username": unquote(_mail.username or ""),
            "password": unquote(_mail.password or ""),
            "use_tls": _mail.scheme == "smtp+starttls",
            "use_ssl": _mail.scheme == "smtps",
        },
    }
elif _mail.scheme == "file" and WORKING_COPY:
    _mailer = {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": os.environ.get("EMAIL_FILE_PATH", str(BASE_DIR / "var" / "mail"))},
    }
else:
    raise ImproperlyConfigured(f"EMAIL_URL starts with smtp://, smtp+starttls:// or smtps://, not {_mail.scheme}://")
MAILERS = {"default": _mailer}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
