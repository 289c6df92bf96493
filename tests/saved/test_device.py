"""What a browser remembers."""

from datetime import timedelta
from random import Random
from secrets import token_hex, token_urlsafe

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.candidates.models import Qualifications
from careercenter.listings.visitors import as_answers, told_on
from careercenter.saved.models import MOST_EMPLOYERS, MOST_HIDDEN, MOST_SEEN, Device
from careercenter.taxonomy.vocabularies import CREDENTIALS, SPECIALTIES

COOKIE_BYTES = 4093  # beyond, a browser keeps nothing at all
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


ANSWERS = st.dictionaries(st.sampled_from(["c", "y", "in", "s"]), JSON)


@given(
    st.fixed_dictionaries(
        {}, optional={"fit": ANSWERS | JSON} | dict.fromkeys(("ids", "who", "at", "before"), JSON)
    )
)
def test_whatever_the_cookie_holds_nothing_breaks(data):
    device = Device(data)
    assert device.last_visit is None or device.last_visit.year < 2107
    assert device.hidden is not None
    assert told_on(device) is not None
    assert isinstance(device.seen, list)


def test_what_is_told_is_told_again():
    told = Qualifications(("cpc", "crc"), 3, {"urology": 2}, "IA")
    device = Device()
    device.tell(as_answers(told))
    assert told_on(device) == told
    device.tell(None)
    assert told_on(device) == Qualifications()


def test_what_the_vocabularies_do_not_know_is_left_out():
    device = Device({"fit": {"c": ["cpc", "nonsense"], "in": {"xyz": 2}, "s": "XX"}})
    assert told_on(device) == Qualifications(("cpc",))


def test_the_oldest_is_forgotten_first():
    device = Device()
    for number in range(MOST_HIDDEN):
        device.hide(number)
    device.hide(1000)
    assert 0 not in device.hidden.listings
    assert 1000 in device.hidden.listings
    for number in range(MOST_SEEN + 2):
        device.see(number)
    assert device.seen == list(range(MOST_SEEN + 1, 1, -1))


@pytest.mark.parametrize(
    ("quiet", "moved"), [(timedelta(minutes=10), False), (timedelta(hours=2), True)]
)
def test_a_visit_ends_after_half_an_hour_of_quiet(now, quiet, moved):
    device = Device()
    device.visit(now)
    assert device.last_visit is None
    device.visit(now + quiet)
    assert (device.last_visit is not None) is moved


def test_all_that_a_browser_may_remember_fits_into_its_cookie(app):
    random, device = Random(1), Device()
    for _ in range(MOST_HIDDEN):
        device.hide(random.randrange(10**8, 10**9))
    for _ in range(MOST_EMPLOYERS):
        device.hide_employer("".join(random.choices("abcdefghijklmnopqrstuvwxyz-", k=100)))
    for _ in range(MOST_SEEN):
        device.see(random.randrange(10**8, 10**9))
    held = sorted(CREDENTIALS, key=len)[-20:]
    topics = dict.fromkeys(sorted(SPECIALTIES, key=len)[-3:], 40)
    device.tell(as_answers(Qualifications(tuple(held), 40, topics, "TX")))
    beside = {"csrf_token": "c" * 40, "_user_id": token_urlsafe(32), "_id": token_hex(64)}
    signer = app.session_interface.get_signing_serializer(app)
    assert len(signer.dumps({"device": device.data} | beside)) < COOKIE_BYTES - 200
