import pytest
import stripe

from tests.stripesim.running import Running


def test_a_customer_is_made_and_found_again(api: stripe.StripeClient) -> None:
    made = api.v1.customers.create(
        {"email": "hr@hospital.example", "name": "Mercy", "metadata": {"employer": "7"}}
    )
    found = api.v1.customers.retrieve(made.id)
    assert (found.email, found.name, found.livemode) == ("hr@hospital.example", "Mercy", False)
    assert found.metadata is not None
    assert found.metadata["employer"] == "7"


def test_an_update_changes_what_it_names_and_merges_metadata(api: stripe.StripeClient) -> None:
    made = api.v1.customers.create({"name": "Mercy", "metadata": {"a": "1", "b": "2"}})
    changed = api.v1.customers.update(
        made.id, {"email": "pay@mercy.example", "metadata": {"a": "", "c": "3"}}
    )
    assert (changed.name, changed.email) == ("Mercy", "pay@mercy.example")
    assert changed.metadata is not None
    assert changed.metadata.to_dict() == {"b": "2", "c": "3"}


def test_an_update_says_in_its_event_what_was_there_before(api: stripe.StripeClient) -> None:
    made = api.v1.customers.create({"name": "Mercy"})
    api.v1.customers.update(made.id, {"name": "Mercy West"})
    event = api.v1.events.list({"type": "customer.updated"}).data[0]
    assert event.data.object["name"] == "Mercy West"
    assert event.data.previous_attributes is not None
    assert event.data.previous_attributes.to_dict() == {"name": "Mercy"}


def test_customers_are_listed_newest_first_and_by_email(api: stripe.StripeClient) -> None:
    for name in ("a", "b", "c"):
        api.v1.customers.create({"email": f"{name}@example.com"})
    everybody = [customer.email for customer in api.v1.customers.list().data]
    assert everybody == ["c@example.com", "b@example.com", "a@example.com"]
    only = api.v1.customers.list({"email": "b@example.com"}).data
    assert [customer.email for customer in only] == ["b@example.com"]


def test_an_unknown_customer_is_not_found(api: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="No such customer: 'cus_gone'") as gone:
        api.v1.customers.retrieve("cus_gone")
    assert (gone.value.http_status, gone.value.code) == (404, "resource_missing")


def test_an_email_without_an_at_sign_is_refused(api: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="Invalid email address") as refused:
        api.v1.customers.create({"email": "mercy"})
    assert refused.value.code == "email_invalid"


@pytest.mark.parametrize("key", ["sk_live_123", "rk_live_123", "pk_test_123", "whatever"])
def test_any_key_but_a_secret_test_key_is_turned_away(sim: Running, key: str) -> None:
    with pytest.raises(stripe.AuthenticationError) as refused:
        sim.client(key).v1.customers.list()
    assert refused.value.http_status == 401
    assert "***" in str(refused.value)


def test_a_restricted_test_key_is_let_in(sim: Running) -> None:
    assert sim.client("rk_test_123").v1.customers.list().data == []
