"""The links in the letter: signed, for one question, and of no use after a month."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

from careercenter.accounts.tokens import BadLink
from careercenter.config import Settings
from careercenter.heartbeat.models import LINK_AGE


class HeartbeatTokens:
    def __init__(self, settings: Settings) -> None:
        keys = [*reversed(settings.secret_key_fallbacks), settings.secret_key]
        self._serializer = URLSafeTimedSerializer(keys, salt="still-hiring")

    def make(self, heartbeat_id: int) -> str:
        return str(self._serializer.dumps(heartbeat_id))

    def read(self, token: str) -> int:
        """The question's id. Raises ``BadLink``."""
        try:
            value = self._serializer.loads(token, max_age=int(LINK_AGE.total_seconds()))
        except BadSignature as error:
            raise BadLink from error
        return int(value)
