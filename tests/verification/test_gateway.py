"""What name servers answer, in our words."""

import dns.exception
import dns.resolver
import pytest

from careercenter.errors import Unavailable
from careercenter.verification.gateway import NameServers


class Record:
    def __init__(self, *strings: bytes) -> None:
        self.strings = strings


def answering(monkeypatch, outcome):
    def resolve(name, kind, lifetime):
        assert (kind, lifetime) == ("TXT", 5.0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(dns.resolver, "resolve", resolve)


def test_a_text_in_several_strings_is_one(monkeypatch):
    answering(monkeypatch, [Record(b"careercenter-", b"verification=x"), Record(b"\xff")])
    assert NameServers().texts("_careercenter.a.example") == [
        "careercenter-verification=x", "\N{REPLACEMENT CHARACTER}",
    ]  # fmt: skip


@pytest.mark.parametrize("error", [dns.resolver.NXDOMAIN(), dns.resolver.NoAnswer.__new__(
    dns.resolver.NoAnswer)])  # fmt: skip
def test_a_name_that_is_not_there_says_nothing(monkeypatch, error):
    answering(monkeypatch, error)
    assert NameServers().texts("_careercenter.a.example") == []


@pytest.mark.parametrize("error", [dns.exception.Timeout(), OSError(), dns.exception.SyntaxError()])
def test_a_server_that_is_away_is_said_to_be(monkeypatch, error):
    answering(monkeypatch, error)
    with pytest.raises(Unavailable):
        NameServers().texts("_careercenter.a.example")
