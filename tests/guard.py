"""Watches a request: what changes is committed and promised, and nothing waits on a network."""

import ipaddress
import socket
from typing import Any

import pytest
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from careercenter.postings.models import Posting, PostingStatus

_connect, _send = socket.socket.connect, socket.socket.sendall


class TransactionGuard:
    """Between ``start`` and ``finish`` the session belongs to one request."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._flushed = False
        self._unpromised: set[int] = set()
        self.active = False
        event.listen(session, "before_flush", self._note)
        event.listen(session, "after_commit", self._check_promises)

    def start(self) -> None:
        """Commit what the test arranged, and watch from here."""
        self._session.commit()
        self._forget()
        self.active = True

    def finish(self, answered: bool) -> None:
        """Undo what was left uncommitted. Only a request that failed may leave anything."""
        self.active = False
        if answered:
            self._session.flush()
            assert not self._flushed, "the view changed rows and did not commit them"
        self._session.rollback()
        self._forget()

    def check_connect(self) -> None:
        if self.active and self._session.in_transaction():
            pytest.fail("a network call was made while a transaction was open")

    def _note(self, session: Session, *_: Any) -> None:
        changed = [row for row in session.dirty if session.is_modified(row)]
        if changed or session.new or session.deleted:
            self._flushed = True
        for row in changed:
            if isinstance(row, Posting):
                self._note_posting(row)

    def _note_posting(self, row: Posting) -> None:
        state = inspect(row)
        moved = state.attrs.status.history
        seen = {PostingStatus.PUBLISHED} & {*(moved.deleted or ()), row.status}
        if state.attrs.search_seq.history.has_changes():
            self._unpromised.discard(row.id)
        elif seen and (moved.has_changes() or state.attrs.expires_at.history.has_changes()):
            self._unpromised.add(row.id)

    def _check_promises(self, _: Session) -> None:
        if self.active:
            assert not self._unpromised, "a live posting changed and the feed was not told"
        self._forget()

    def _forget(self) -> None:
        self._flushed = False
        self._unpromised = set()


def loopback_only(monkeypatch: pytest.MonkeyPatch, guards: list[TransactionGuard]) -> None:
    """No test reaches beyond this machine; no request reaches out inside a transaction."""

    def connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple):
            host = address[0]
            assert host == "localhost" or ipaddress.ip_address(host).is_loopback, address
        for guard in guards:
            guard.check_connect()
        _connect(self, address)

    def sendall(self: socket.socket, *data: Any) -> None:
        for guard in guards:
            guard.check_connect()
        _send(self, *data)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "sendall", sendall)
