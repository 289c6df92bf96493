"""How large a request with a file may be."""

from flask import g, request

ROOM_FOR_FIELDS = 128 * 1024
READ = 3  # times the limit: so far a form with too large a file is read, and shown again


def allow_file(most_bytes: int, times: int = READ) -> None:
    """Let this request carry a file of so many bytes. To be called before its form is read."""
    g.largest_file = most_bytes
    request.max_content_length = times * most_bytes + ROOM_FOR_FIELDS


def too_large(most_bytes: int) -> str:
    return f"That file is too large. The limit is {most_bytes >> 20} MB."
