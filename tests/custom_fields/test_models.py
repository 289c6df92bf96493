"""What of a field may change."""

from decimal import Decimal

import pytest

from careercenter.custom_fields.models import CustomField, FieldKind, FieldWords
from careercenter.errors import Conflict


def a_field(now) -> CustomField:
    field = CustomField(key="bonus", kind=FieldKind.NUMBER, created_at=now)
    field.say(FieldWords("Bonus", least=Decimal(1)))
    return field


@pytest.mark.parametrize(("name", "value"), [("key", "other"), ("kind", FieldKind.TEXT)])
def test_key_and_kind_never_change(now, name, value):
    field = a_field(now)
    with pytest.raises(Conflict):
        setattr(field, name, value)
    assert (field.key, field.kind) == ("bonus", FieldKind.NUMBER)


def test_words_change_until_it_is_retired(now):
    field = a_field(now)
    field.say(FieldWords("Sign-on bonus", "In dollars.", most=Decimal(9), required=True))
    assert field.words == FieldWords("Sign-on bonus", "In dollars.", (), None, Decimal(9), True)
    field.retire(now)
    with pytest.raises(Conflict):
        field.say(FieldWords("Too late"))
    with pytest.raises(Conflict):
        field.retire(now)
    assert field.label == "Sign-on bonus"
