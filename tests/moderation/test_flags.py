"""What looks odd in a posting, with the words that were found."""

import time

import pytest

from careercenter.moderation.queries import WORDS, flags
from careercenter.postings.models import Apprentice, Posting, PostingStatus
from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import Requirement, parse
from tests.factories import make_details


def posting(**details: object) -> Posting:
    made = Posting(status=PostingStatus.DRAFT)
    made.revise(make_details(**details))
    return made


def texts(**details: object) -> list[str]:
    return [flag.text for flag in flags(posting(**details))]


FOUND = [
    ("Asks for money", "There is a $40 application fee.", "application fee"),
    ("Asks for money", "The training deposit is refundable.", "training deposit"),
    ("Asks for money", "You buy your own equipment.", "buy your own equipment"),
    ("Asks for a Social Security number", "Send your SSN today.", "SSN"),
    ("Asks for bank details", "We need your bank account.", "bank account"),
    ("Speaks of cheques, gift cards or transfers", "Paid by Zelle.", "Zelle"),
    ("Speaks of cheques, gift cards or transfers", "A gift card a week.", "gift card"),
    ("Leads to a chat outside the board", "Join us on Telegram.", "Telegram"),
    ("Leads to a chat outside the board", "Write by WhatsApp.", "WhatsApp"),
    ("Gives a private mailbox", "Mail jobs.lakeside@gmail.com now.", "jobs.lakeside@gmail.com"),
    ("Promises too much", "No experience needed!", "No experience needed"),
]


@pytest.mark.parametrize(("text", "description", "words"), FOUND)
def test_odd_words_are_found_and_shown(text, description, words):
    flag = next(flag for flag in flags(posting(description=description)) if flag.text == text)
    assert flag.matches[0].words == words
    assert description.startswith(flag.matches[0].before + words)


def test_every_rule_about_words_has_an_example():
    assert {text for text, _, _ in FOUND} == {rule.text for rule in WORDS}


def test_an_ordinary_posting_raises_nothing():
    assert (
        texts(description="CPC, two years of urology. Mail hr@lakeside.example. Direct deposit.")
        == []
    )


def test_pay_far_from_the_usual_is_shown_beside_it():
    (text,) = texts(pay=Pay("hour", 9000, 12000))
    assert text.startswith("Pays $90.00–$120.00")
    assert texts(pay=Pay("hour", 800, 900))[0].startswith("Pays $8.00–$9.00")


def test_apprentices_who_need_years_are_a_contradiction():
    described = {"required": Requirement(), "description": "At least 3+ years of coding."}
    assert texts(apprentice=Apprentice.YES, **described) == [
        "Welcomes apprentices, yet speaks of years"
    ]
    assert texts(apprentice=Apprentice.NO, **described) == []


@pytest.mark.parametrize(
    ("required", "odd"),
    [("CPC", True), ("CPC or CPC-A", False), ("CPC within 12 months", False), ("", False)],
)
def test_apprentices_whom_the_requirement_shuts_out_are_a_contradiction(required, odd):
    text = "Welcomes apprentices, yet none could meet what is required"
    assert (text in texts(apprentice=Apprentice.YES, required=parse(required))) is odd


@pytest.mark.parametrize("letter", ["a", "a ", "@", "1 ", ".", "send "])
def test_the_longest_text_is_read_in_no_time(letter):
    started = time.perf_counter()
    flags(posting(description=(letter * 20_000)[:20_000]))
    assert time.perf_counter() - started < 1


def test_a_role_that_left_the_vocabulary_is_no_error():
    made = posting()
    made.role = "typist"
    assert flags(made) == ()
