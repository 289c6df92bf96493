"""Signatures tell how alike texts are, and stay what they were."""

import random

import pytest

from careercenter.copies.signatures import BANDS, bands, likeness, packed, signature, unpacked

FIRST = [3396630303, 3327718032, 3402751331]
WORDS = [f"word{n}" for n in range(2000)]


def text(seed: int, length: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def changed(words: list[str], share: float) -> str:
    """A run of so many of the words replaced."""
    count = int(len(words) * share)
    return " ".join([f"new{n}" for n in range(count)] + words[count:])


def test_the_same_words_have_the_same_signature_whatever_their_dress():
    one, two = signature("Codes *urology* charts, daily."), signature("codes urology charts daily")
    assert one == two
    assert likeness(one, two) == 1


def test_a_signature_is_the_same_in_every_process_and_version():
    """Kept signatures are compared with new ones: if this fails, every posting is signed anew."""
    assert list(signature("Codes office and procedure work in Epic."))[:3] == FIRST


@pytest.mark.parametrize(("share", "low", "high"), [(0.05, 0.8, 1), (0.2, 0.5, 0.8), (0.9, 0, 0.2)])
def test_likeness_falls_with_what_is_changed(share, low, high):
    words = text(1)
    found = likeness(signature(" ".join(words)), signature(changed(words, share)))
    assert low <= found <= high


def test_near_copies_share_a_band_and_strangers_do_not():
    missed = strangers = 0
    for seed in range(100):
        words = text(seed)
        own = set(bands(signature(" ".join(words))))
        missed += not own & set(bands(signature(changed(words, 0.12))))
        strangers += bool(own & set(bands(signature(" ".join(text(seed + 1000))))))
    assert missed <= 3
    assert strangers == 0
    assert len(own) == BANDS


@pytest.mark.parametrize("words", ["", "one", "one two", "!?", "x" * 9000])
def test_short_and_strange_texts_have_signatures_too(words):
    signed = signature(words)
    assert unpacked(packed(signed)) == signed
    assert all(0 <= number < 2**31 for number in bands(signed))
