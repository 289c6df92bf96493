"""How an application moves."""

import pytest

from careercenter.applications.models import MOVES, Application, ApplicationStatus
from careercenter.errors import Conflict

VERBS = {
    "shortlisted": Application.shortlist,
    "declined": Application.decline,
    "hired": Application.hire,
    "withdrawn": Application.withdraw,
}


@pytest.mark.parametrize("start", ApplicationStatus)
@pytest.mark.parametrize("end", VERBS)
def test_it_moves_along_its_moves_and_nowhere_else(start, end, now):
    application = Application(status=start)
    if end in MOVES[start]:
        VERBS[end](application, now)
        assert application.status == end
    else:
        with pytest.raises(Conflict):
            VERBS[end](application, now)
        assert application.status == start


@pytest.mark.parametrize(
    ("status", "contact", "readable"),
    [
        ("submitted", False, True),
        ("shortlisted", True, True),
        ("declined", False, True),
        ("hired", True, True),
        ("withdrawn", False, False),
    ],
)
def test_what_the_employer_may_see_depends_on_the_state(status, contact, readable):
    application = Application(status=ApplicationStatus(status))
    assert (application.contact_shown, application.readable) == (contact, readable)
