"""Every setting of Tenth, read from the environment and safe by default."""

from pathlib import Path

import dj_database_url
from celery.schedules import schedule
from csp.constants import NONCE, NONE, SELF

from config.environment import flag, number, text, words

BASE_DIR = Path(__file__).resolve().parent.parent

# Django itself refuses to use an empty key, so `manage.py score` needs none.
SECRET_KEY = text("SECRET_KEY", "")
DEBUG = flag("DEBUG")
# For a trial on http://127.0.0.1 only: cookies would not come back otherwise.
INSECURE_HTTP = flag("INSECURE_HTTP")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1")
SITE_URL = text("SITE_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "crispy_forms",
    "pgtrigger",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "records",
    "design",
    "accounts",
    "charter",
    "metrics",
    "tenders",
    "bids",
    "evaluations",
    "delivery",
    "reporting",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.KeptFromOthers",
    "accounts.middleware.SignedInUnlessPublic",
    "accounts.middleware.Refusals",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
                "accounts.navigation.navigation",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"

# --- Database -------------------------------------------------------------------
# PostgreSQL only. The application connects as a role that may not change the audit
# trail; migrations run with DATABASE_URL set to the owner's address (docs/operating.md).
DATABASES = {}
if text("DATABASE_URL", ""):
    DATABASES["default"] = dj_database_url.config(conn_max_age=60, conn_health_checks=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ---------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "accounts:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SupplierDetailsForm"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = INSECURE_HTTP

# --- Messages out ---------------------------------------------------------------
DEFAULT_FROM_EMAIL = text("EMAIL_FROM", "Tenth <no-reply@localhost>")
EMAIL_HOST = text("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = text("EMAIL_FILE_PATH", "")
# Every letter is a row first; a worker delivers it, and tries again while it cannot.
EMAIL_BACKEND = "records.letters.KeepLetters"
EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.{}.EmailBackend".format(
    "filebased" if EMAIL_FILE_PATH else "smtp"
)

# --- Long work ------------------------------------------------------------------
# Redis is a wire, not a memory: every job is a row first, and the sweep sends it again.
REDIS_URL = text("REDIS_URL", "redis://localhost:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 660,  # longer than the hard limit, or work would start twice
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
JOB_LEASE_SECONDS = number("JOB_LEASE_SECONDS", 60)
JOB_SWEEP_SECONDS = number("JOB_SWEEP_SECONDS", 10)
CELERY_BEAT_SCHEDULE = {
    "send-waiting-jobs-again": {
        "task": "records.tasks.sweep_jobs",
        "schedule": schedule(JOB_SWEEP_SECONDS),
    },
    "scan-what-was-not-scanned": {
        "task": "records.tasks.scan_unsettled_files",
        "schedule": schedule(600),
    },
}

# --- Files ----------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(text("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["records.uploads.HeldInMemory"]
UPLOAD_MAX_BYTES = number("UPLOAD_MAX_BYTES", 10 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Where ClamAV's daemon listens; without it files are kept as not checked, and UNSCANNED_FILES
# says whether they may be had: "warn" lets them, anything else does not.
CLAMD = text("CLAMD", "")
UNSCANNED_FILES = text("UNSCANNED_FILES", "warn")

# --- The keys of bids -----------------------------------------------------------
# Beside the database and the uploaded files, never among them (docs/operating.md).
BID_KEYS_FILE = Path(text("BID_KEYS_FILE", str(MEDIA_ROOT.parent / "keys" / "bids.json")))
# A key service (Vault, OpenBao) in place of the file: its address, our token, its two keys.
BID_KEYS_SERVICE = text("BID_KEYS_SERVICE", "")
BID_KEYS_TOKEN_FILE = Path(text("BID_KEYS_TOKEN_FILE", str(BID_KEYS_FILE.parent / "token")))
BID_KEYS_FIRM = text("BID_KEYS_FIRM", "tenth-firm")
BID_KEYS_OPENING = text("BID_KEYS_OPENING", "tenth-opening")

# --- Language and time ----------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"  # shown; stored in UTC

# --- What browsers may do -------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = not INSECURE_HTTP
CSRF_COOKIE_SECURE = not INSECURE_HTTP
SECURE_SSL_REDIRECT = flag("SSL_REDIRECT", default=not INSECURE_HTTP)
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else number("HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = not INSECURE_HTTP
SECURE_HSTS_PRELOAD = not INSECURE_HTTP
if flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_AGE = 12 * 60 * 60
# A message ends with the session: the next person at the same browser must not read it.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": text("LOG_LEVEL", "WARNING")},
}
