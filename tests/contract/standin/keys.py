"""Keys and what each may do in which index."""

import hashlib
import hmac
import re
import uuid
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from tests.contract.standin.errors import Refused
from tests.contract.standin.store import moment

ACTIONS = set(
    "* search version documents.* documents.add documents.get documents.delete indexes.*"
    " indexes.create indexes.get indexes.update indexes.delete indexes.swap indexes.compact tasks.*"
    " tasks.get tasks.cancel tasks.delete tasks.compact settings.* settings.get settings.update"
    " stats.* stats.get metrics.* metrics.get dumps.* dumps.create snapshots.* snapshots.create"
    " keys.get keys.create keys.update keys.delete *.get".split()
)
_FIELDS = {"uid", "name", "description", "actions", "indexes", "expiresAt"}


class Keys:
    def __init__(self, master):
        self._master = master
        self.keys = {}  # by uid
        for name, action in (("Default Search API Key", "search"), ("Default Admin API Key", "*")):
            self.make({"name": name, "actions": [action], "indexes": ["*"], "expiresAt": None})

    def make(self, body):
        """Raises ``Refused``."""
        if not isinstance(body, dict) or (odd := body.keys() - _FIELDS):
            raise Refused("bad_request", f"Unknown field `{min(odd)}`")
        for field in ("actions", "indexes", "expiresAt"):
            if field not in body:
                name = re.sub(r"(?=[A-Z])", "_", field).lower()
                raise Refused(f"missing_api_key_{name}", f"Missing field `{field}`")
        if odd := set(body["actions"]) - ACTIONS:
            raise Refused("invalid_api_key_actions", f"Unknown value `{min(odd)}` at `.actions[0]`")
        uid = body.get("uid") or str(uuid.uuid4())
        if uid in self.keys:
            raise Refused("api_key_already_exists", f"`uid` field value `{uid}` already exists.")
        secret = hmac.new(self._master.encode(), uid.encode(), hashlib.sha256).hexdigest()
        made = {"name": None, "description": None} | body
        made |= {"uid": uid, "key": secret, "createdAt": moment(), "updatedAt": moment()}
        self.keys[uid] = made
        return made

    def found(self, name):
        for uid, key in self.keys.items():
            if name in (uid, key["key"]):
                return key
        raise Refused("api_key_not_found", f"API key `{name}` not found.")

    def change(self, name, body):
        key = self.found(name)
        if odd := body.keys() - {"name", "description"}:
            raise Refused(f"immutable_api_key_{min(odd)}", f"The `{min(odd)}` cannot be modified.")
        key |= body | {"updatedAt": moment()}
        return key

    def remove(self, name):
        del self.keys[self.found(name)["uid"]]

    def may(self, header, action):
        """The pattern of the indexes in which the bearer may act. Raises ``Refused``."""
        scheme, _, secret = (header or "").partition(" ")
        if scheme.lower() != "bearer" or not secret:
            raise Refused(
                "missing_authorization_header",
                "The Authorization header is missing. It must use the bearer authorization method.",
            )
        if hmac.compare_digest(secret, self._master):
            return ["*"]
        for key in self.keys.values():
            if key["key"] == secret and _alive(key) and _allows(key["actions"], action):
                return key["indexes"]
        raise Refused("invalid_api_key", "The provided API key is invalid.")


def covers(patterns, uid):
    """Whether the index is among those; what belongs to none needs the right to all."""
    return "*" in patterns if uid is None else any(fnmatchcase(uid, one) for one in patterns)


def _allows(actions, action):
    topic, _, act = action.partition(".")
    named = {"*", action, f"{topic}.*"} | ({"*.get"} if act == "get" else set())
    return (action.startswith("keys.") and {"*", action} & {*actions}) or bool(named & {*actions})


def _alive(key):
    ends = key["expiresAt"]
    return ends is None or datetime.fromisoformat(ends.replace("Z", "+00:00")) > datetime.now(UTC)
