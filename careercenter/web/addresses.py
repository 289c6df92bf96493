"""Addresses on the web, as people type them."""

from urllib.parse import urlsplit

from careercenter.web.fields import clean


def with_scheme(text: str | None) -> str:
    """People write "lakeside.example" and mean the address of a site."""
    text = clean(text)
    return text if not text or "://" in text else f"https://{text}"


def is_web_address(text: str) -> bool:
    """An https address with a host name; never one that carries a password."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = "." in host.strip(".") and "@" not in parts.netloc and port in (None, 443)
    return parts.scheme == "https" and named and text.isprintable() and " " not in text
