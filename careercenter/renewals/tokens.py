"""The link that switches it off without a sign-in: signed, and of no use after a month."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

from careercenter.accounts.tokens import BadLink
from careercenter.config import Settings
from careercenter.renewals.models import LINK_AGE


class RenewalTokens:
    def __init__(self, settings: Settings) -> None:
        keys = [*reversed(settings.secret_key_fallbacks), settings.secret_key]
        self._serializer = URLSafeTimedSerializer(keys, salt="auto-renewal")

    def make(self, posting_id: int) -> str:
        return str(self._serializer.dumps(posting_id))

    def read(self, token: str) -> int:
        """The posting's id. Raises ``BadLink``."""
        try:
            value = self._serializer.loads(token, max_age=int(LINK_AGE.total_seconds()))
        except BadSignature as error:
            raise BadLink from error
        return int(value)
