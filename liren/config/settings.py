"""Settings (设置): the one place that lists every app. Numbers of law and policy are not here but in core/rules."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from . import logs
from .database import database
from .secret import secret_key

ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("LIREN_DATA") or ROOT / "var").resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)

DEBUG = False
# The gallery of components and the demo's sign-in hints show only in these two cases.
DEVELOPMENT = os.environ.get("LIREN_DEVELOPMENT") == "1"
DEMO = (DATA_DIR / "demo").exists()
SECRET_KEY = secret_key(DATA_DIR)
ALLOWED_HOSTS = os.environ.get("LIREN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("LIREN_ORIGINS", "").split(",") if o]
# Set when a reverse proxy with TLS stands in front; cookies are then sent over TLS only.
BEHIND_TLS = os.environ.get("LIREN_TLS") == "1"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "template_partials",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "liren.core.duty",
    "liren.core.audit",
    "liren.core.areas",
    "liren.core.accounts",
    "liren.core.rules",
    "liren.core.privacy",
    "liren.core.pages",
    "liren.core.documents",
    "liren.core.notices",
    "liren.core.facts",
    "liren.core.sheets",
    "liren.core.figures",
    "liren.core.places",
    "liren.core.people",
    "liren.core.matters",
    "liren.core.logbook",
    "liren.duties.governance",
    "liren.duties.registry",
    "liren.doors.desk",
    "liren.doors.imports",
    "liren.doors.portal",
    "liren.doors.ledgers",
    "liren.doors.reports",
    "liren.sample",
    "liren.config",
]

MIDDLEWARE = [
    "liren.config.requests.note_requests",
    "liren.config.headers.close_shutters",
    "liren.config.floods.refuse_floods",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "liren.config.nul.RefuseNul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "liren.doors.desk.presence.presence",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "liren.config.urls"
WSGI_APPLICATION = "liren.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "liren.core.notices.bell.bell",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "liren.core.pages.templatetags.addresses",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("LIREN_DATABASE_URL", ""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "liren.core.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "desk:sign_in"
LOGIN_REDIRECT_URL = "desk:workbench"
LOGOUT_REDIRECT_URL = "desk:sign_in"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_CALLABLE = "liren.core.pages.errors.locked_out"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# The time said on the page stays true: trying again meanwhile does not make it longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "liren.core.accounts.devices.address_of"
AXES_SENSITIVE_PARAMETERS = ["password", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True  # SignIn keeps what is needed, and shows it to its owner
OTP_TOTP_ISSUER = "里仁"
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False

CSRF_FAILURE_VIEW = "liren.core.pages.errors.csrf_failed"

SESSION_ENGINE = "liren.core.accounts.sessions"
SESSION_COOKIE_NAME = "liren_desk"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "liren.config.static.HashedStatic"},
}
MEDIA_ROOT = DATA_DIR / "documents"
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True, mode=0o700)
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Ways out of the house; docs/operate/notices.md. Without a name others can reach, messages carry no links.
LIREN_ADDRESS = os.environ.get("LIREN_ADDRESS", "").rstrip("/")
LIREN_SMS = os.environ.get("LIREN_SMS", "console" if DEMO or DEVELOPMENT else "")
LIREN_MAIL = os.environ.get("LIREN_MAIL", "")
LIREN_GATEWAYS = [place for place in os.environ.get("LIREN_GATEWAYS", "").split(",") if place]

LOGGING = logs.settings(DATA_DIR / "logs")
