"""What Flask and its extensions are told by our settings."""

from datetime import timedelta

from careercenter.config import Settings
from careercenter.database import engine_options
from careercenter.web.security import SMALL_BODY


def flask_config(settings: Settings) -> dict[str, object]:
    secure = settings.base_url.startswith("https://")
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.secret_key_fallbacks),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
        "MAX_CONTENT_LENGTH": SMALL_BODY,
        "MAX_FORM_MEMORY_SIZE": SMALL_BODY,
        "MAX_FORM_PARTS": 500,
        "WTF_CSRF_TIME_LIMIT": 86_400,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 2,
        "COMPRESS_STREAMS": False,
        "COMPRESS_MIMETYPES": [
            "text/html",
            "application/json",
            "application/xml",
            "application/atom+xml",
            "application/ld+json",
            "application/feed+json",
            "application/rss+xml",
        ],
    }
