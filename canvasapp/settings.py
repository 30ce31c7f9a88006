"""Settings, in headed sections, from the environment (`canvasapp.environment` reads and checks it)."""

from datetime import timedelta

from csp.constants import NONE, SELF

from canvasapp.environment import ROOT, read_environment

ENV = read_environment()

# --- Where and how we run ---------------------------------------------------------------------------------------------
BASE_DIR = ROOT
DATA_DIR = ENV.data_dir
SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.allowed_hosts
CSRF_TRUSTED_ORIGINS = ENV.csrf_trusted_origins
PUBLIC_URL = ENV.public_url
ROOT_URLCONF = "canvasapp.urls"
ASGI_APPLICATION = "canvasapp.asgi.application"
WSGI_APPLICATION = "django.core.wsgi.get_wsgi_application"

# --- Apps -------------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "canvasapp",
    "partners",
    "allauth",
    "allauth.account",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "canvasapp.logging.RequestIdMiddleware",
    "canvasapp.health.HealthMiddleware",
    "canvasapp.proxy.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "partners.base.http.CsrfCookieMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "partners.base.http.ErrorsMiddleware",
    "partners.workspaces.repeats.IdempotencyMiddleware",
]

# --- Templates: ours are Jinja2; library pages extend one Django-template shell of the same look ----------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "partners.base.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates_django"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partners.people.mail.mail",
            ]
        },
    },
]

# --- Database ---------------------------------------------------------------------------------------------------------
DATABASES = {"default": ENV.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = ["partners.people.backend.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspaces:mine"
LOGOUT_REDIRECT_URL = "landing"
ACCOUNT_ADAPTER = "partners.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "partners.people.forms.SignUpForm"
ACCOUNT_EMAIL_VERIFICATION = "optional" if ENV.email else "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# A room full of people shares one address, so addresses get a high ceiling; guessing is counted per account,
# by each process for itself: with N processes that is at most 5 N guesses within five minutes.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "300/10m/ip,5/5m/key",
    "signup": "300/m/ip",
    "reset_password": "100/m/ip,5/m/key",
}
SESSION_ENGINE = "partners.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "partners.overview.errors.csrf_failure"

# --- Mail: none configured means the features that need it are hidden, and said ---------------------------------------
HAS_EMAIL = ENV.email is not None
globals().update(ENV.email or {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"})

# --- Words ------------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# A language is offered once it has a catalogue of its own in LOCALE_PATHS: half a translation is worse than none.
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

# --- Files ------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
# Gathered for production only; at home files are found where they lie.
STATIC_ROOT = BASE_DIR / "staticfiles" if ENV.production else None
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not ENV.production
WHITENOISE_AUTOREFRESH = ENV.debug
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if ENV.production
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Hardening --------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
SECURE_SSL_REDIRECT = ENV.https
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENV.https
TRUSTED_PROXY = ENV.trusted_proxy
if ENV.trusted_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- REST -------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["partners.base.rest.bodies.SafeJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["partners.api.auth.TokenAuthentication", "partners.api.auth.SessionIdentity"],
    "DEFAULT_PERMISSION_CLASSES": ["partners.api.auth.IsSomebody", "partners.api.auth.MayWrite"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "partners.api.schema.Schema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "EXCEPTION_HANDLER": "partners.base.rest.answer_error",
    "UNAUTHENTICATED_USER": None,
}
KNOX_TOKEN_MODEL = "partners.ApiToken"
MIGRATION_MODULES = {"knox": None}  # its table would be made beside ours, and nobody would empty it
REST_KNOX = {"TOKEN_TTL": timedelta(days=365), "TOKEN_PREFIX": "pw_"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Partnership workbench",
    "DESCRIPTION": "Reads, writes, exports what its person may see and do. In words: `docs/api.md`, `docs/format.md`.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "partners.api.schema.close_bodies",
    ],
    "ENUM_NAME_OVERRIDES": {
        "Beneficiary": "partners.canvases.api.serializers.BENEFICIARIES",
        "Block": "partners.canvases.api.serializers.BLOCKS",
        "Claim": "partners.hypotheses.api.serializers.ideas.CLAIMS",
        "ClaimOutcome": "partners.hypotheses.api.serializers.ideas.OUTCOMES",
        "DecisionVerdict": "partners.outcome.api.serializers.VERDICTS",
        "DeclarationKind": "partners.value_fit.models.Declaration.Kind",
        "FindingKind": "partners.value_fit.api.serializers.results.FINDINGS",
        "IdeaState": "partners.hypotheses.api.serializers.ideas.STATES",
        "JointBeneficiary": "partners.value_fit.api.serializers.sentences.BENEFICIARIES",
        "JointKind": "partners.value_fit.models.JointSentence.Kind",
        "ModelBlock": "partners.canvases.api.serializers.MODEL_BLOCKS",
        "NeedState": "partners.value_fit.api.serializers.results.STATES",
        "NoteVerdict": "partners.canvases.api.serializers.VERDICTS",
        "PartnershipState": "partners.workspaces.models.Partnership.State",
    },
}

# --- Logs: every line carries the request's id ------------------------------------------------------------------------
LOGGING_CONFIG = "canvasapp.logging.configure"
LOGGING = {"level": ENV.log_level}
