"""What the API answers instead of an object, in the words Stripe uses."""

from typing import Any


class Refused(Exception):
    """An HTTP status and the fields of Stripe's `error` object, without those that are None."""

    def __init__(
        self, message: str, *, status: int = 400, kind: str = "invalid_request_error", **more: Any
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code: str | None = more.get("code")
        told = {name: value for name, value in more.items() if value is not None}
        self.body: dict[str, Any] = {"error": {"type": kind, "message": message, **told}}


def missing(param: str) -> Refused:
    return Refused(f"Missing required param: {param}.", code="parameter_missing", param=param)


def no_such(kind: str, ident: str, param: str, status: int = 400) -> Refused:
    """400 when a parameter names the object, 404 when the address does."""
    return Refused(
        f"No such {kind}: '{ident}'", status=status, code="resource_missing", param=param
    )
