"""Links to résumés: signed, good for ten minutes, and only for whoever the page was made for."""

from datetime import timedelta

from flask import current_app, url_for
from flask_login import current_user
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from careercenter.candidates.models import Resume
from careercenter.config import Settings
from careercenter.errors import NotFound

GOOD_FOR = timedelta(minutes=10)


class LinkExpired(Exception):
    """The link was right, ten minutes ago."""


def resume_url(resume: Resume) -> str:
    """A fresh link for the person of this request."""
    token = _serializer().dumps([resume.public_id, current_user.id])
    return url_for("applications.resume_file", token=token)


def read_resume_token(token: str) -> str:
    """The résumé's public id. Raises ``LinkExpired``, or ``NotFound`` for a forged or another's."""
    try:
        public_id, user_id = _serializer().loads(token, max_age=int(GOOD_FOR.total_seconds()))
    except SignatureExpired as error:
        raise LinkExpired from error
    except BadSignature as error:
        raise NotFound from error
    if user_id != current_user.id:
        raise NotFound
    return str(public_id)


def _serializer() -> URLSafeTimedSerializer:
    settings: Settings = current_app.extensions["settings"]
    keys = [*reversed(settings.secret_key_fallbacks), settings.secret_key]
    return URLSafeTimedSerializer(keys, salt="resume-file")
