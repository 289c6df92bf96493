"""What is kept of what Stripe sends, and what is sent away."""

import pytest
from sqlalchemy import func, select

from careercenter.billing.models import EventState, StripeEvent
from careercenter.tasks import Task
from tests.billing.conftest import event_body, signed
from tests.fakes import FakePayments

URL = "/webhooks/stripe"


@pytest.fixture
def send(client, now):
    def send(body, signature=None, **more):
        if signature is None:
            signature = signed(body if isinstance(body, str) else "", at=now.timestamp())
        headers = {"Stripe-Signature": signature}
        kind = "application/json; charset=utf-8"
        return client.post(URL, data=body, headers=headers, content_type=kind, **more)

    return send


def kept(session):
    return session.scalars(select(StripeEvent)).all()


def test_a_message_is_kept_and_acted_on_later(session, send):
    response = send(event_body("cs_1"))
    assert (response.status_code, response.json) == (200, {"received": True})
    (event,) = kept(session)
    assert (event.object_id, event.state, event.via) == ("cs_1", EventState.NEW, "webhook")
    task = session.scalars(select(Task)).one()
    assert (task.kind, task.subject) == ("stripe_event", event.id)


def test_the_answer_is_json_without_cookie_or_redirect(send):
    for response in (send(event_body("cs_1")), send("nonsense", "t=1,v1=x")):
        assert response.mimetype == "application/json"
        assert "Set-Cookie" not in response.headers
        assert response.location is None


def test_a_message_that_comes_again_changes_nothing(session, send):
    for _ in range(3):
        assert send(event_body("cs_1")).status_code == 200
    assert len(kept(session)) == 1
    assert session.scalar(select(func.count()).select_from(Task)) == 1


def test_a_message_about_other_money_is_kept_and_ignored(session, send):
    assert send(event_body("cs_1", livemode=True)).status_code == 200
    (event,) = kept(session)
    assert event.state is EventState.IGNORED
    assert session.scalar(select(func.count()).select_from(Task)) == 0


@pytest.mark.parametrize(
    ("about", "kept_as"),
    [
        ({"id": "prod_1"}, "prod_1"),
        ({"id": "single-posting"}, ""),  # an account names its products as it likes
        ({"id": "x" * 500}, ""),
        ({"id": 7}, ""),
        ({}, ""),
    ],
)
def test_a_message_of_no_interest_is_kept_whatever_it_is_about(session, send, about, kept_as):
    body = event_body("cs_1", "product.created", data={"object": about})
    assert send(body).status_code == 200
    (event,) = kept(session)
    assert (event.type, event.object_id) == ("product.created", kept_as)


@pytest.mark.parametrize("kind", ["checkout.session.completed", "charge.refunded"])
def test_a_message_about_money_must_say_which(session, send, kind):
    strange = {"id": "cs-1", "payment_intent": "pi-1"}
    assert send(event_body("cs_1", kind, data={"object": strange})).status_code == 400
    assert kept(session) == []


@pytest.mark.parametrize("seconds", [-301, 301, 3600, -86400])
def test_a_stamp_far_from_now_is_refused(session, send, now, seconds):
    body = event_body("cs_1")
    assert send(body, signed(body, at=now.timestamp() + seconds)).status_code == 400
    assert kept(session) == []


@pytest.mark.parametrize(
    "signature",
    ["", "t=", "t=1", "nonsense", "t=1,v1=", "v1=abc", "t=²,v1=a", "t=1,t=2,v1=a", "t=x,v1=a", ","],
)
def test_a_bad_signature_is_refused(session, send, signature):
    assert send(event_body("cs_1"), signature).status_code == 400
    assert kept(session) == []


def test_an_old_signature_with_a_new_stamp_beside_it_is_refused(session, send, now):
    body = event_body("cs_1")
    old = signed(body, at=now.timestamp() - 4000)
    for trick in (f"{old},t={int(now.timestamp())}", f"t={int(now.timestamp())},{old}"):
        assert send(body, trick).status_code == 400
    assert kept(session) == []


def test_another_secret_or_another_body_is_refused(session, send, now):
    body = event_body("cs_1")
    assert send(body, signed(body, "whsec_other", now.timestamp())).status_code == 400
    assert send(body + " ", signed(body, at=now.timestamp())).status_code == 400
    assert kept(session) == []


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{}",
        "null",
        "",
        "not json",
        "[" * 100_000,
        '{"id": "evt_1", "type": "x", "data": {"object": []}, "created": 1, "livemode": false}',
        event_body("cs_1", id="evt_\u0000"),
        event_body("cs_1", id="e" * 500),
        event_body("cs_1", id=["evt"]),
        event_body("cs_1", created="soon"),
        event_body("cs_1", created=10**30),
        event_body("cs_1", data=None),
    ],
    ids=lambda body: body[:12],
)
def test_a_signed_body_that_is_no_message_is_refused(session, send, body):
    assert send(body).status_code == 400
    assert kept(session) == []


def test_bytes_that_are_no_text_are_refused(session, send):
    assert send(b"\xff\xfe{}", "t=1,v1=x").status_code == 400


def test_a_huge_body_is_not_read(session, send):
    response = send("x" * 2_000_000, "t=1,v1=x")
    assert response.status_code == 413
    assert response.mimetype == "application/json"


def test_half_a_megabyte_is_not_too_much(send):
    body = event_body("cs_1", more="x" * 400_000)
    assert send(body).status_code == 200


def test_a_form_is_no_message(client):
    assert client.post(URL, data={"id": "evt_1"}).status_code == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_only_posting_is_allowed(client, method):
    response = client.open(URL, method=method)
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_a_foreign_origin_does_not_matter_here(client, now):
    body = event_body("cs_1")
    headers = {
        "Stripe-Signature": signed(body, FakePayments.SECRET, now.timestamp()),
        "Origin": "https://stripe.com",
    }
    assert client.post(URL, data=body, headers=headers).status_code == 200
