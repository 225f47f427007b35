"""All settings, each from the environment by ``config.env``. Embedded defaults: SQLite, no broker, loopback."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import env as reading
from config.env import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

# --- Where things are kept ---------------------------------------------------------------------------------------

DATA_DIR = reading.folder(
    "STILLBLOCKED_DATA_DIR", Path(env.text("STILLBLOCKED_DATA_DIR") or BASE_DIR / "var")
)
EVIDENCE_DIR = Path(env.text("STILLBLOCKED_EVIDENCE_DIR") or DATA_DIR / "evidence")

DATABASE_URL = env.secret("DATABASE_URL")
DATABASES = {"default": reading.database(DATABASE_URL, DATA_DIR)}
REDIS_URL = reading.redis_url(env.secret("REDIS_URL"))
IS_EMBEDDED = not REDIS_URL
WORKERS_BROKER = reading.redis_url(
    env.secret("STILLBLOCKED_WORKERS_BROKER") or REDIS_URL, "STILLBLOCKED_WORKERS_BROKER"
)
"""Where remote workers are asked. Best a Redis of their own: a captured worker can fill it."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Who may come in ---------------------------------------------------------------------------------------------

DEBUG = env.flag("DEBUG", default=False)
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS")
IS_HTTPS = env.flag("STILLBLOCKED_HTTPS", default=False)


def _secret_key() -> str:
    """The given key, or one that the embedded default makes for itself and keeps beside its database."""
    given = env.secret("SECRET_KEY")
    if given:
        return given
    if not IS_EMBEDDED or DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        raise reading.Unreadable(
            "SECRET_KEY is not set: give one (or SECRET_KEY_FILE) when servers are shared."
        )
    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")


SECRET_KEY = _secret_key()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
SECRET_KEY_FALLBACKS: list[str] = []

MFA = env.text("STILLBLOCKED_MFA") or ("optional" if IS_EMBEDDED else "required")
"""Whether staff need a second factor. The embedded default is for one machine, and its first sign-in is one step."""
if MFA not in {"required", "optional"}:
    raise reading.Unreadable(f"STILLBLOCKED_MFA={MFA}: write required or optional.")
IDLE_MINUTES = env.number("STILLBLOCKED_IDLE_MINUTES", default=60, least=5, most=720)
"""A session that nothing was asked in for so long has ended."""
TRUSTED_PROXIES = env.number("STILLBLOCKED_TRUSTED_PROXIES", default=0, least=0, most=5)
"""How many proxies of ours stand in front and write X-Forwarded-For. Nothing before them is believed."""

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_ADAPTER = "config.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "config.accounts.forms.SignInForm",
    "reauthenticate": "config.accounts.forms.PasswordAgainForm",
}
# allauth's limits keep addresses in the cache and let others be locked out; ours stand in config/accounts.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "config.accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "config.accounts.forms.CodeForm",
    "reauthenticate": "config.accounts.forms.CodeAgainForm",
    "activate_totp": "config.accounts.forms.AddAppForm",
    "add_webauthn": "config.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "config.accounts.forms.RenamePasskeyForm",
    "authenticate_webauthn": "config.accounts.forms.PasskeyForm",
    "login_webauthn": "config.accounts.forms.SignInByPasskeyForm",
    "reauthenticate_webauthn": "config.accounts.forms.PasskeyAgainForm",
}
MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_TOLERANCE = 1

SESSION_ENGINE = "config.accounts.sessions"
if IS_HTTPS:
    # A name that browsers take from this host alone and over TLS alone.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing is told to other sites: a click on a blocked address must not say where the admin lives. Not "no-referrer":
# with it browsers send "Origin: null" with our own forms, and Django refuses every one of them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "fullscreen")
}

# The names of Django 6, so that our middleware can be deleted there.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}

# --- What runs ---------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "simple_history",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "config.apps.ConfigConfig",
    "config.accounts.apps.AccountsConfig",
    "tracker",
    "events",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.csp.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

FORM_RENDERER = "config.rendering.QuickForms"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
_collected = BASE_DIR / "static-root"
WHITENOISE_USE_FINDERS = not _collected.is_dir()
# Until files are collected they come from the apps; WhiteNoise would warn of a folder that is not there.
STATIC_ROOT = None if WHITENOISE_USE_FINDERS and "collectstatic" not in sys.argv else _collected
WHITENOISE_AUTOREFRESH = False

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_HANDLERS = ["events.uploading.CappedUpload"]
"""An upload is parsed before anybody asks who sends it, so its length is bounded for all."""

# --- The API -----------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "events.api.problems.problem_response",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": "format",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Stillblocked API",
    "DESCRIPTION": "Which pages were blocked at an authority's request, and which of them still are.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
}

# --- Workers -----------------------------------------------------------------------------------------------------

LEASE_SECONDS = env.number("STILLBLOCKED_LEASE_SECONDS", default=240, least=2, most=3600)
"""How long a claimed watch stays with its worker. Longer than any look can take; then it is due again."""
LOOK_SECONDS = env.number("STILLBLOCKED_LOOK_SECONDS", default=30, least=1, most=300)
"""The deadline of one look, control and canary apart."""
WORKER_THREADS = env.number("STILLBLOCKED_WORKER_THREADS", default=4, least=1, most=64)
LOOKS_AT_ONCE = env.number("STILLBLOCKED_LOOKS_AT_ONCE", default=20, least=1, most=500)
DISPATCH_SECONDS = env.number(
    "STILLBLOCKED_DISPATCH_SECONDS", default=1 if IS_EMBEDDED else 5, least=1, most=60
)

# --- What may leave this machine -----------------------------------------------------------------------------------

REHEARSAL_ORIGIN = env.text("STILLBLOCKED_REHEARSAL_ORIGIN")
REHEARSAL_ORIGIN_PARTS = reading.origin("STILLBLOCKED_REHEARSAL_ORIGIN", REHEARSAL_ORIGIN)
"""The one origin on loopback that the egress guard lets through, and only when it is named here."""
CANARY_URLS = env.items(
    "STILLBLOCKED_CANARY_URLS", "https://www.wikipedia.org/,https://www.gstatic.com/generate_204"
)
"""Pages that must open from a working vantage point."""
EXIT_COUNTRY_URL = env.text("STILLBLOCKED_EXIT_COUNTRY_URL")
if EXIT_COUNTRY_URL and not EXIT_COUNTRY_URL.startswith(("https://", "http://")):
    raise reading.Unreadable(
        f"STILLBLOCKED_EXIT_COUNTRY_URL={EXIT_COUNTRY_URL}: write an address with https://."
    )
"""A page that tells its visitor's country; with it a vantage point whose way out stands elsewhere is found out."""
TIMESTAMP_URL = env.text("STILLBLOCKED_TIMESTAMP_URL")
"""An RFC 3161 authority for `timestamp_head`; without it nobody is asked."""
TIMESTAMP_ROOTS = env.text("STILLBLOCKED_TIMESTAMP_ROOTS")
"""A PEM file of the roots that its signatures lead to; those of the web otherwise."""
WAYBACK_KEY = env.secret("STILLBLOCKED_WAYBACK_KEY")
"""access:secret for `save_outside`; without it nobody is asked."""
WAYBACK_URL = env.text("STILLBLOCKED_WAYBACK_URL", "https://web.archive.org")
HOME_COUNTRY = env.text("STILLBLOCKED_HOME_COUNTRY", "ZZ").upper()
"""Where this machine looks from when a look is direct; ZZ when nobody said."""

# --- Logs --------------------------------------------------------------------------------------------------------

LOG_FORMAT = env.text("STILLBLOCKED_LOG_FORMAT", "plain" if IS_EMBEDDED else "json")
if LOG_FORMAT not in {"plain", "json"}:
    raise reading.Unreadable(f"STILLBLOCKED_LOG_FORMAT={LOG_FORMAT}: write plain or json.")
LOGGING_CONFIG = "config.logging.configure"
LOGGING = {"format": LOG_FORMAT}

env.refuse_unknown()
