"""Which addresses are at an employer's domain."""

import pytest

from careercenter.verification.domains import expected_texts, is_at, is_free_mail, site_domain


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.lakeside.example/careers", "lakeside.example"),
        ("https://Jobs.Lakeside.example", "jobs.lakeside.example"),
        ("https://gmail.com", ""),
        ("https://localhost", ""),
        ("", ""),
    ],
)
def test_the_domain_of_a_site(website, domain):
    assert site_domain(website) == domain


@pytest.mark.parametrize(
    "email", ["hr@lakeside.example", "hr@mail.lakeside.example", "HR@LAKESIDE.example"]
)
def test_an_address_at_the_domain(email):
    assert is_at(email, "lakeside.example")


@pytest.mark.parametrize(
    "email",
    [
        "hr@lakeside.example.evil.test", "hr@evillakeside.example", "hr@example",
        "hr@other.example",
        "hr@lakeside.example@evil.test", "",
    ],
)  # fmt: skip
def test_an_address_elsewhere(email):
    assert not is_at(email, "lakeside.example")


def test_a_part_of_a_site_has_its_mail_above():
    assert is_at("hr@lakeside.example", "jobs.lakeside.example")


@pytest.mark.parametrize("email", ["a@gmail.com", "a@Yahoo.co.uk", "a@eu.proton.me"])
def test_free_mail_proves_nothing(email):
    assert is_free_mail(email)
    assert not is_at(email, email.rpartition("@")[2].lower())


def test_the_text_of_a_record_is_one_employers_and_outlives_a_change_of_secrets():
    old = expected_texts(1, "lakeside.example", ["old" * 20])
    now = expected_texts(1, "lakeside.example", ["new" * 20, "old" * 20])
    assert old[0] in now
    assert now[0] != old[0]
    assert expected_texts(2, "lakeside.example", ["old" * 20]) != old
