"""All settings. Values come from the environment only; `.env.example` explains each one.

Defaults are those of production. `DEVELOPMENT=true` (which `make run` and `make test` set) switches
to the values named as development values below, and to nothing else.
"""

from pathlib import Path

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

from accounts.openid_connect import configuration

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)


def required(name: str, cure: str) -> str:
    """The value of a setting that has no safe default; its absence is explained with its cure."""
    try:
        return env.str(name)
    except EnvError as error:
        raise ImproperlyConfigured(
            f"The setting {name} is missing. {cure} See .env.example, or use `make run`, "
            "which sets everything up for you."
        ) from error


DEVELOPMENT = env.bool("DEVELOPMENT", default=False)
DEBUG = False

# --- Identity and hosts -----------------------------------------------------------------------
SECRET_KEY = required("SECRET_KEY", "Set it to at least 50 random characters.")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEVELOPMENT else [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "The setting ALLOWED_HOSTS is missing. Set it to the exact host names of the portal, "
        "separated by commas, for example ALLOWED_HOSTS=portal.example.nhs.uk."
    )
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PORTAL_URL = env.str("PORTAL_URL", default=f"https://{ALLOWED_HOSTS[0]}")
# Whom to tell of a weakness: a mailto: or https: address, shown in /.well-known/security.txt.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default=f"{PORTAL_URL}/")

INSTALLED_APPS = [
    "slic_portal.apps.SlicPortalConfig",
    "demo",
    "pages",
    "reports",
    "outcomes",
    "programmes",
    "partners",
    "accounts",
    "design_system",
    "jobs",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",  # Wagtail 8's admin pages link to its API; editors get no rights on it
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "pghistory",
    "pgtrigger",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "slic_portal.headers.HeadersMiddleware",  # these two first: no response gets past them
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "slic_portal.methods.KnownMethodsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pages.middleware.PreviewFrameMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.trail.middleware.RecordMiddleware",
    "accounts.sessions.SessionLimitsMiddleware",  # before the guard, which asks for sign-in
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.reauthentication.RecentSignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.CountedAttemptsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.NoStoreMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "slic_portal.urls"
WSGI_APPLICATION = "slic_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "partners.context_processors.partnership",
                # Development value: demonstrations show the code that an app would show.
                *(["demo.context_processors.second_step"] if DEVELOPMENT else []),
            ],
            "builtins": ["design_system.templatetags.nhs", "design_system.templatetags.stacked"],
        },
    },
]
FORM_RENDERER = "design_system.forms.NHSFormRenderer"

# --- PostgreSQL: the only truth ----------------------------------------------------------------
# A request may not hold the database for long: limits for queries, locks and idle transactions.
WEB_TIMEOUTS = (
    "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000"
)
required("DATABASE_URL", "Set it to postgres://user:password@host/name.")
DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)}
DATABASES["default"].setdefault("OPTIONS", {}).update(
    connect_timeout=5,
    keepalives=1,
    options=env.str("DATABASE_SESSION_OPTIONS", default=WEB_TIMEOUTS),
)

# --- Redis: carries messages and cached pages; may vanish at any moment -------------------------
REDIS_URL = required("REDIS_URL", "Set it to redis://host:6379/0 (rediss:// outside one machine).")
CACHE_URL = env.str("CACHE_URL", default=REDIS_URL)
# Pages do without a cache that is away. Limits on sign-in do not: without them it answers 503.
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "slic-portal",
        "OPTIONS": {
            "IGNORE_EXCEPTIONS": True,
            "SOCKET_CONNECT_TIMEOUT": 1,
            "SOCKET_TIMEOUT": 1,
        },
    },
    "limits": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "slic-portal",
        "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
    },
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True

# --- Celery (reasons: docs/decisions/0003-jobs.md) ----------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,  # longer than the hardest time limit, 600 s
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 25,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # kB; above what the parent itself needs
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "every minute, look in the database for what is due": {"task": "jobs.tick", "schedule": 60.0},
}

# --- Sign-in ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "outcomes:work"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.GuessableWordsValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False  # the second step is still asked for
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # the package would write the name of the host there
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGIN_TIMEOUT = 600
# A whole trust may sit behind one address: the limit per address is generous, per account strict.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# What costs much, by accounts.limits: generous for people, a wall for programs.
LIMITS = {
    "cell": "1200/m/user",  # a grid of 1,000 that was typed without a connection comes at once
    "download": "120/m/ip",
    "form": "60/m/user",
    "invitation": "60/h/user",
    "report": "10/m/user",
    "search": "60/m/user",
    "upload": "30/m/user",
}

# --- Second factor: for everybody who signs in ---------------------------------------------------
MFA_ADAPTER = "accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey stands for password and second step
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT  # development value: plain HTTP on this machine
MFA_TOTP_TOLERANCE = 0  # a code is good for its own 30 seconds only
MFA_RECOVERY_CODE_DIGITS = 12
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TRUST_ENABLED = False
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondStepForm",
    "reauthenticate": "accounts.forms.SecondStepAgainForm",
    "activate_totp": "accounts.forms.AuthenticatorAppForm",
    "add_webauthn": "accounts.forms.PasskeyForm",
    "authenticate_webauthn": "accounts.forms.PasskeySecondStepForm",
    "login_webauthn": "accounts.forms.PasskeySignInForm",
    "reauthenticate_webauthn": "accounts.forms.PasskeyAgainForm",
    "edit_webauthn": "accounts.forms.PasskeyNameForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # as with passwords: trusts share an address
# Secrets of the second factor are encrypted with the first key; older keys still decrypt.
required("MFA_ENCRYPTION_KEYS", "Set it to a Fernet key: 32 random bytes in URL-safe base 64.")
MFA_ENCRYPTION_KEYS: list[str] = env.list("MFA_ENCRYPTION_KEYS")

# --- Single sign-on: OpenID Connect, matched by issuer and subject, never by e-mail -------------
SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
# accounts.reauthentication guards connecting; the package's own guard lets too many through.
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = False
SOCIALACCOUNT_FORMS = {"disconnect": "accounts.openid_connect.forms.DisconnectForm"}
OIDC_PROVIDERS = configuration.read(env.str("OIDC_PROVIDERS", default=""), development=DEVELOPMENT)
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "accounts.openid_connect.provider.Provider",
        "APPS": OIDC_PROVIDERS,
    }
}

# --- Record of every change ---------------------------------------------------------------------
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()  # beside the event, so it is append-only too
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()
PGHISTORY_APPEND_ONLY = True
PGHISTORY_BASE_MODEL = "accounts.trail.base.Event"
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)

# --- Transport and cookies ----------------------------------------------------------------------
HTTPS = not DEVELOPMENT  # development value: plain HTTP on this machine
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
SESSION_COOKIE_SECURE = HTTPS
# Sessions are rows: they end at once when their row goes, and a flush of Redis logs nobody out.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 60 * 60  # from sign-in, whatever happens: accounts/sessions.py
IDLE_SECONDS = 30 * 60
IDLE_SECONDS_OF_ADMINISTRATORS = 15 * 60  # of all who look after people
USERSESSIONS_TRACK_ACTIVITY = False  # it writes on every request; we note it once a minute
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "design_system.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site reads our files
# No page has inline scripts or styles. One that ever needs a script in it asks the request for
# its `csp_nonce`. The policy of the editor: slic_portal/headers.py and decision 0011.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF, *configuration.form_targets(OIDC_PROVIDERS)],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

# --- Files --------------------------------------------------------------------------------------
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What partners upload and what reports contain is private: served by views that check.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "private", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
UPLOAD_MAX_BYTES = 100 * 1024 * 1024  # a CSV file of a million rows has some 50 MB
FILE_UPLOAD_HANDLERS = [
    "slic_portal.uploads.NoMoreThanAllowed",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",  # streams to disk
]
# Of one organisation: ten years of monthly files in a day, and no queue that keeps others waiting.
UPLOAD_MAX_WAITING = env.int("UPLOAD_MAX_WAITING", default=20)
UPLOAD_BYTES_A_DAY = env.int("UPLOAD_BYTES_A_DAY", default=2 * 1024**3)
DATA_UPLOAD_MAX_NUMBER_FILES = 5
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a grid of 1,000 cells to type into, sent as one form

# --- Language, time, mail, logs -----------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
# Development value: mail is printed to the worker's log instead of being sent.
vars().update(
    env.dj_email_url("EMAIL_URL", default="console://" if DEVELOPMENT else "smtp://localhost:25")
)
# Requests only write mail down; a worker sends it by the backend of EMAIL_URL (jobs/mail.py).
MAIL_BACKEND: str = vars()["EMAIL_BACKEND"]
EMAIL_BACKEND = "jobs.mail.QueuedMail"
EMAIL_TIMEOUT = 10  # after the update, which would have it wait for ever
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django_tasks": {"level": "WARNING"}},  # Wagtail's index tells of every save
}

# --- Wagtail, the editor ------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "SLIC Portal"
WAGTAILADMIN_BASE_URL = PORTAL_URL
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False  # editors publish themselves; there are no moderators yet
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no request ever leaves for a third party
WAGTAIL_GRAVATAR_PROVIDER_URL = None

# --- Background readers of the files that partners send ---------------------------------------
INTAKE_MEMORY_BYTES = 1024**3
INTAKE_CPU_SECONDS = 60

# --- Version shown under every figure -----------------------------------------------------------
SOFTWARE_VERSION = env.str("SOFTWARE_VERSION", default="1.0.0")
