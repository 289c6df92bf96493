"""How far postings reach: a posting's page with its days, and the same as files."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.employers.access import member_required
from careercenter.employers.models import Member
from careercenter.extensions import db
from careercenter.insights.models import Reach
from careercenter.insights.reach_queries import DAYS, PostingNumbers, numbers_of, reach_of
from careercenter.postings import queries as postings
from careercenter.postings.models import Posting
from careercenter.web.rendering import render
from careercenter.web.spreadsheets import csv_response

blueprint = Blueprint("numbers", __name__)

HEAD = ("Seen in lists", "Opened", "Began to apply", "Applied")
AT_ONCE = 200  # postings that are read together for a file


@blueprint.get("/hire/postings/<int(max=2147483647):posting_id>/numbers")
@member_required
def posting(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    return render("numbers/posting.html", posting=posting, numbers=_numbers(posting), head=HEAD)


@blueprint.get("/hire/postings/<int(max=2147483647):posting_id>/numbers.csv")
@member_required
def posting_file(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    days = [(day.isoformat(), *_cells(reach)) for day, reach in _numbers(posting).days]
    return csv_response(f"posting-{posting_id}", [("Day", *HEAD), *days])


@blueprint.get("/hire/numbers.csv")
@member_required
def all_file(member: Member) -> ResponseReturnValue:
    return csv_response("postings", _rows(member.employer_id))


def _rows(employer_id: int) -> Iterator[tuple[object, ...]]:
    yield ("Posting", "Title", "State", "On the board from", "Until", *HEAD)
    since, zone = clock.now().astimezone(_zone()).date() - timedelta(days=DAYS - 1), _zone()
    number, more = 1, True
    while more:
        page = postings.owned_page(db.session, employer_id, number, AT_ONCE)
        reach = reach_of(db.session, [posting.id for posting in page.items], since)
        for each in page.items:
            times = (each.published_at, each.expires_at)
            days = (at.astimezone(zone).date().isoformat() if at else "" for at in times)
            yield (each.id, each.title, each.status.value, *days, *_cells(reach[each.id]))
        number, more = number + 1, number < page.count


def _cells(reach: Reach) -> tuple[int, int, int, int]:
    return reach.impressions, reach.views, reach.apply_starts, reach.applications


def _numbers(posting: Posting) -> PostingNumbers:
    return numbers_of(db.session, posting, _zone(), clock.now())


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    return zone
