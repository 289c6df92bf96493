"""One listing's page: while it is live, and after."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from careercenter.accounts.models import Role
from careercenter.listings.queries import listing_view
from careercenter.listings.wording import can_apply_from
from careercenter.postings.models import Apprentice, Place, PostingStatus
from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import Alternative, Requirement
from careercenter.taxonomy.vocabularies import STATES
from tests.factories import make_employer, make_posting, make_user

WATERLOO = Place("Waterloo", "IA", "50701", 42.47, -92.35)


def address(posting) -> str:
    return f"/jobs/{posting.id}-{posting.slug}"


def test_it_says_what_is_paid_and_what_that_rests_on(visitor, session):
    pay = Pay("per-chart", 92, 110, Decimal(30), 3000)
    page = visitor.get(address(make_posting(session, pay=pay))).text
    assert "$30.00–$33.00" in page
    assert "a\N{NO-BREAK SPACE}chart at 30" in page
    assert "30\N{NO-BREAK SPACE}charts an hour, as stated" in page
    assert "at least $30.00\N{NO-BREAK SPACE}an\N{NO-BREAK SPACE}hour is guaranteed" in page


def test_it_says_what_is_asked_for(visitor, session):
    groups = ((Alternative("cpc"), Alternative("ccs-p")), (Alternative("crc", 6),))
    posting = make_posting(
        session, required=Requirement(groups), preferred=("cuc",), apprentice=Apprentice.YES
    )
    page = visitor.get(address(posting)).text
    assert "CPC or CCS-P" in page
    assert "CRC within 6 months of hire" in page
    assert "Certified Urology Coder" in page
    assert "an apprentice may apply" in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("IA", "Yes. People who live in Iowa may do this job."),
        ("CA", "No. California is not among the states: Iowa and Texas."),
    ],
)
def test_it_answers_whether_one_may_apply_from_a_state(visitor, session, state, words):
    posting = make_posting(session, states=("IA", "TX"))
    page = visitor.get(f"{address(posting)}?state={state}").text
    assert words in page
    assert f'<option value="{state}" selected>' in page


@pytest.mark.parametrize(
    ("details", "state", "kind"),
    [
        ({"setting": "remote-us", "states": ()}, "WY", "good"),
        ({"setting": "remote-us", "states": ()}, "PR", "attention"),
        ({"setting": "onsite", "states": (), "place": WATERLOO}, "IA", "good"),
        ({"setting": "hybrid", "states": (), "place": WATERLOO}, "IL", "attention"),
        ({"setting": "offshore", "states": ()}, "IA", "attention"),
        ({"states": ("KS",)}, "IA", "bad"),
    ],
)
def test_the_answer_follows_from_the_setting(session, details, state, kind):
    assert can_apply_from(make_posting(session, **details), state).kind == kind


@pytest.mark.parametrize("state", ["", "xx", "<b>", "ia' OR 1=1"])
def test_what_is_no_state_is_not_answered(visitor, session, state):
    page = visitor.get(address(make_posting(session)), query_string={"state": state})
    assert page.status_code == 200
    assert "banner" not in page.text.split("your-state")[1].split("</section>")[0]


def test_states_that_are_only_counted_are_named_below_the_answer(visitor, session):
    seven = ("TX", "IA", "KS", "NE", "MO", "OK", "WY")
    page = visitor.get(address(make_posting(session, states=seven))).text
    assert "<summary>The 7 states</summary>" in page
    assert "<p>Iowa, Kansas, Missouri, Nebraska, Oklahoma, Texas, Wyoming</p>" in page


@pytest.mark.parametrize("states", [("IA", "TX"), tuple(STATES), ()])
def test_few_states_and_all_states_need_no_list(session, now, states):
    posting = make_posting(session, setting="remote-us", states=states)
    assert listing_view(posting, now).open_to == ()


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.EMPLOYER, "You are signed in as an employer. Coders apply here."),
        (Role.MODERATOR, "You are signed in as staff. Coders apply here."),
    ],
)
def test_who_cannot_apply_is_not_asked_to(visitor, session, role, words):
    visitor.sign_in(make_user(session, role))
    page = visitor.get(address(make_posting(session))).text
    assert words in page
    assert "/apply" not in page


def test_visitors_and_coders_may_apply(visitor, session):
    path = address(make_posting(session))
    asked = f'href="{path}/apply">Apply</a>'
    page = visitor.get(path).text
    assert asked in page
    assert "csrf_token" not in page
    visitor.sign_in(make_user(session))
    assert asked in visitor.get(path).text


def test_what_others_quote_of_it_has_plain_spaces(visitor, session):
    page = visitor.get(address(make_posting(session))).text
    quoted = re.findall(r'<meta (?:name|property)="[^"]*description" content="([^"]*)"', page)
    assert len(quoted) == 2
    assert all("$24.00–$31.00 an hour, " in text for text in quoted)
    assert "\N{NO-BREAK SPACE}" not in "".join(quoted)


def test_a_wrong_slug_leads_to_the_right_one(visitor, session):
    posting = make_posting(session)
    answer = visitor.get(f"/jobs/{posting.id}-old-words?state=TX")
    assert (answer.status_code, answer.location) == (308, f"{address(posting)}?state=TX")


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (PostingStatus.FILLED, "The employer has filled it."),
        (PostingStatus.CLOSED, "The employer has closed it."),
        (PostingStatus.PAUSED, "The employer has paused it."),
        (PostingStatus.REMOVED, "It was taken off the board."),
    ],
)
def test_what_has_ended_is_gone_and_says_so(visitor, session, status, reason):
    posting = make_posting(session, status)
    other = make_posting(session, title="Still open")
    page = visitor.get(address(posting))
    assert page.status_code == 410
    assert "This job is no longer available." in page.text
    assert reason in page.text
    assert address(other) in page.text, "similar jobs are offered"
    assert "/apply" not in page.text
    assert "JobPosting" not in page.text


def test_only_what_is_paused_may_come_back(visitor, session):
    paused, closed = (
        visitor.get(address(make_posting(session, status))).text
        for status in (PostingStatus.PAUSED, PostingStatus.CLOSED)
    )
    assert "It may come back. You cannot apply to it at the moment." in paused
    assert "any more" not in paused
    assert "You cannot apply to it any more." in closed


def test_what_was_removed_is_not_named_again(visitor, session):
    posting = make_posting(session, PostingStatus.REMOVED, title="Send us money")
    assert "Send us money" not in visitor.get(address(posting)).text


@pytest.mark.parametrize(
    "status",
    [
        PostingStatus.DRAFT,
        PostingStatus.CHECKOUT,
        PostingStatus.IN_REVIEW,
        PostingStatus.REJECTED,
    ],
)
def test_what_will_be_listed_again_does_not_show_words_that_nobody_read(
    visitor, session, now, status
):
    posting = make_posting(session, status, title="Send us money")
    posting.published_at = posting.ended_at = posting.expires_at = now
    posting.first_published_at = now - timedelta(days=9)
    page = visitor.get(address(posting))
    assert page.status_code == 410
    assert "This job is no longer available." in page.text
    assert "Send us money" not in page.text
    assert "paused" not in page.text


def test_what_has_expired_is_gone(visitor, session, now):
    page = visitor.get(address(make_posting(session, expires_at=now - timedelta(seconds=1))))
    assert page.status_code == 410
    assert "Its time on the board has ended." in page.text


@pytest.mark.parametrize("status", [PostingStatus.DRAFT, PostingStatus.IN_REVIEW])
def test_what_was_never_public_is_not_found(visitor, session, status):
    assert visitor.get(address(make_posting(session, status))).status_code == 404


@pytest.mark.parametrize(
    "path", ["999999999999999999999999", "-1", "1.0", "1e3", "٣", "2147483648-x", "0-x", "7"]
)
def test_no_such_listing(visitor, path):
    assert visitor.get(f"/jobs/{path}").status_code == 404


def test_the_most_alike_job_is_the_first_of_the_similar_ones(visitor, session):
    said = {"specialties": ("urology",), "coding_types": ("profee",), "role": "coder"}
    posting = make_posting(session, title="This", **said)
    for title, other in (
        ("Alike", {}),
        ("Auditor", {"role": "coding-auditor"}),
        ("Inpatient", {"coding_types": ("facility-inpatient",)}),
        ("Inpatient auditor", {"coding_types": ("facility-inpatient",), "role": "coding-auditor"}),
        ("Cardiology", {"specialties": ("cardiology",)}),
        ("One too many", {"specialties": ("cardiology",), "role": "coding-auditor"}),
    ):
        make_posting(session, title=title, **(said | other))
    similar = visitor.get(address(posting)).text.partition("Similar jobs")[2]
    names = re.findall(r'<li><a href="/jobs/[^"]+">([^<]+)</a>', similar)
    assert names == ["Alike", "Auditor", "Inpatient", "Inpatient auditor", "Cardiology"]


def test_similar_jobs_share_a_specialty_or_a_coding_type(visitor, session):
    posting = make_posting(session, specialties=("cardiology",))
    near = make_posting(session, title="Cath lab coder", specialties=("cardiology",))
    far = make_posting(session, specialties=("podiatry",), coding_types=("hospice",))
    page = visitor.get(address(posting)).text
    assert address(near) in page
    assert address(far) not in page


def test_without_the_engine_the_listing_still_shows(visitor, listings, session):
    posting = make_posting(session)
    listings.down = True
    assert visitor.get(address(posting)).status_code == 200


def test_it_takes_few_statements(visitor, session, asked):
    posting = make_posting(session)
    for _ in range(6):
        make_posting(session)
    path = address(posting)
    visitor.get(path)
    session.expunge_all()
    asked.clear()
    visitor.get(path)
    assert len(asked) <= 6


def test_a_description_is_shown_without_what_could_do_harm(visitor, session):
    evil = (
        "<script>x()</script>\n\n[a](data:text/html,x) <img src=x onerror=x()> ![t](http://t/x.png)"
    )
    page = visitor.get(address(make_posting(session, description=evil + " word" * 100))).text
    described = re.search(r'class="prose description">(.*?)</div>', page, re.S)[1]
    assert not re.search(r"<(script|img)|href=\"data", described)


def test_the_preview_needs_nothing_but_a_draft(app, session, now):
    draft = make_posting(session, PostingStatus.DRAFT, employer=make_employer(session))
    with app.test_request_context():
        html = app.jinja_env.get_template("listings/_listing.html").render(
            listing=listing_view(draft, now), apply_url=None
        )
    assert draft.title in html
    assert "disabled>Apply" in html
