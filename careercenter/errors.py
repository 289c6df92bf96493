"""What use cases raise when the rules say no. ``web.errors`` turns each into a page."""


class DomainError(Exception):
    """A rule was broken; the message is fit to show to the person."""


class Invalid(DomainError):
    """What was asked does not pass the rules (422). ``field`` names the form field concerned."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class TooLarge(Invalid):
    """A file beyond the limit (413)."""


class Conflict(DomainError):
    """The thing has moved on since it was opened (409)."""

    def __init__(
        self, message: str = "This changed since you opened it. Reload and try again."
    ) -> None:
        super().__init__(message)


class Forbidden(DomainError):
    """This person may never do this (403)."""

    def __init__(self, message: str = "Your account can't do that.") -> None:
        super().__init__(message)


class NotFound(DomainError):
    """Missing, or not this person's (404)."""


class TooMany(DomainError):
    """A limit was reached (429). ``seconds`` says when it lifts."""

    def __init__(self, seconds: int) -> None:
        minutes = max(1, round(seconds / 60))
        unit = "minute" if minutes == 1 else "minutes"
        super().__init__(f"Too many attempts. Try again in {minutes} {unit}.")
        self.seconds = seconds


class Unavailable(DomainError):
    """An outside service does not answer (503); nothing was lost. ``seconds``: when to ask."""

    def __init__(self, message: str, seconds: int = 30) -> None:
        super().__init__(message)
        self.seconds = seconds
