"""Asks a name server for TXT records. Never while a transaction is open."""

from typing import Protocol

import dns.exception
import dns.resolver

from careercenter.errors import Unavailable

SECONDS = 5.0
AWAY = "The name server is not answering. Nothing was changed. Try again."


class Resolver(Protocol):
    def texts(self, name: str) -> list[str]:
        """The TXT records of a name; none where there is no such name. Raises ``Unavailable``."""
        ...


class NameServers:
    """The name servers that this machine uses."""

    def texts(self, name: str) -> list[str]:
        try:
            found = dns.resolver.resolve(name, "TXT", lifetime=SECONDS)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError, UnicodeError) as error:
            raise Unavailable(AWAY) from error
        return [b"".join(row.strings).decode("ascii", "replace") for row in found]
