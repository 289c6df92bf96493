"""Moderators define what postings are asked."""

from decimal import Decimal

import pytest

from careercenter.accounts.models import Role
from careercenter.custom_fields import queries
from careercenter.custom_fields.models import MOST_FIELDS, AskedField, FieldKind, FieldWords
from careercenter.custom_fields.usecases import add_field
from tests.factories import make_user

NEW = {"key": "sign-on", "kind": "number", "label": "Sign-on bonus", "least": "-1", "most": "12.5"}


def test_a_moderator_adds_a_field_and_changes_its_words_alone(session, staff):
    assert "No fields yet" in staff.get("/staff/fields").text
    assert staff.post("/staff/fields", data=NEW).location == "/staff/fields"
    field = queries.by_key(session, "sign-on")
    assert field.words == FieldWords("Sign-on bonus", "", (), Decimal(-1), Decimal("12.5"))
    assert "Sign-on bonus" in staff.get("/staff/fields").text
    page = staff.get(f"/staff/fields/{field.id}").text
    assert 'value="12.5"' in page
    data = {
        "version": field.version,
        "label": "Bonus",
        "key": "other",
        "kind": "text",
        "least": "",
        "most": "9",
    }
    assert staff.post(f"/staff/fields/{field.id}", data=data).status_code == 303
    assert (field.key, field.kind, field.label) == ("sign-on", FieldKind.NUMBER, "Bonus")
    assert (field.least, field.most) == (None, Decimal(9))
    stale = staff.post(f"/staff/fields/{field.id}", data=data)
    assert stale.status_code == 409


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"key": ""}, "Enter a key."),
        ({"key": "Sign On"}, "Use 3 to 40 small letters"),
        ({"kind": "date"}, "Choose from the list."),
        ({"label": " "}, "Say what is asked."),
        ({"hint": "x" * 201}, "Use at most 200 characters."),
        ({"least": "plenty"}, "Enter a number, like 8"),
        ({"least": "13"}, "not below the least"),
        ({"kind": "choice", "choices": "One"}, "Enter from 2 to 30 choices"),
        ({"kind": "many", "choices": "One\nOne "}, "Enter each choice once."),
        ({"kind": "many", "choices": "One\n" + "x" * 81}, "Use at most 80 characters"),
    ],
)
def test_what_makes_no_sense_is_kept_out(session, staff, wrong, words):
    response = staff.post("/staff/fields", data=NEW | wrong)
    assert response.status_code == 422
    assert words in response.text
    assert queries.in_use(session) == []


def test_a_wrong_change_changes_nothing(session, staff, fields):
    field = fields["payday"]
    data = {"version": field.version, "label": "Payday", "choices": "Weekly"}
    response = staff.post(f"/staff/fields/{field.id}", data=data)
    assert response.status_code == 422
    assert "Enter from 2 to 30 choices" in response.text
    assert field.choices == ["Weekly", "Monthly"]


def test_a_retired_field_is_asked_no_more_and_its_key_is_not_used_again(session, staff, fields):
    field = fields["union"]
    url, data = f"/staff/fields/{field.id}", {"version": field.version}
    assert staff.post(f"{url}/retirement", data={"version": 99}).status_code == 409
    assert staff.post(f"{url}/retirement", data=data).status_code == 303
    assert "union" not in {one.key for one in queries.asked_fields(session)}
    assert "Retired on" in staff.get(url).text
    again = {"version": field.version, "label": "Union"}
    assert staff.post(url, data=again).status_code == 409
    assert staff.post(f"{url}/retirement", data=again).status_code == 409
    taken = staff.post("/staff/fields", data=NEW | {"key": "union"})
    assert taken.status_code == 422
    assert "There is, or was, a field with this key." in taken.text


def test_there_is_an_end_to_asking(session, staff, now):
    for number in range(MOST_FIELDS):
        asked = AskedField(f"field-{number}", FieldKind.TEXT, FieldWords("One more"))
        add_field(session, asked, now)
    response = staff.post("/staff/fields", data=NEW)
    assert response.status_code == 422
    assert "Retire one first." in response.text


def test_others_have_no_business_here(session, client, fields):
    url = f"/staff/fields/{fields['union'].id}"
    assert client.get("/staff/fields").location.startswith("/login")
    for role in (Role.CANDIDATE, Role.EMPLOYER, Role.FINANCE, Role.OPERATOR):
        client.sign_in(make_user(session, role))
        assert client.get("/staff/fields").status_code == 403
        assert client.post(url, data={"label": "Mine"}).status_code == 403
    client.sign_in(make_user(session, Role.MODERATOR))
    assert client.get("/staff/fields/999").status_code == 404
