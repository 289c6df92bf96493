"""What the desk's list is asked for, and what is to be done with what is ticked in it."""

from typing import Any

from werkzeug.datastructures import MultiDict

from careercenter.errors import NotFound
from careercenter.hire.desk_list import LONGEST, SORTS, STATES, Shown
from careercenter.hire.usecases import BulkAct, Chosen
from careercenter.web.fields import clean

LAST_PAGE = 1_000_000


def shown_of(args: MultiDict[str, str]) -> Shown:
    """What is none of our words is left out."""
    state, sort = args.get("state", ""), args.get("sort", "")
    return Shown(
        state=state if state in STATES else "",
        q=clean(args.get("q", ""))[:LONGEST],
        sort=sort if sort in SORTS else "",
        page=min(max(1, args.get("page", 1, type=int)), LAST_PAGE),
    )


def chosen_in(form: MultiDict[str, str]) -> tuple[BulkAct, list[Chosen]]:
    """The act, and each posting with the version that was seen, as "7.3"."""
    act = form.get("act", "")
    if act not in {*BulkAct}:
        raise NotFound
    found = []
    for ticked in form.getlist("posting"):
        posting_id, _, version = ticked.partition(".")
        if all(
            part.isascii() and part.isdigit() and len(part) < 10 for part in (posting_id, version)
        ):
            found.append(Chosen(int(posting_id), int(version)))
    return BulkAct(act), found


def outcome_words(done: int, refused: int) -> tuple[str, str]:
    """What became of it, and the kind of the message."""
    if not done and not refused:
        return "Tick the postings first.", "attention"
    changed = f"{done} {'posting' if done == 1 else 'postings'} changed."
    if not refused:
        return changed, "good"
    return (
        f"{changed} {refused} could not be: look at {'it' if refused == 1 else 'them'}.",
        "attention",
    )


def back_to(form: MultiDict[str, str]) -> dict[str, Any]:
    """The list as it was shown."""
    return {name: form[name] for name in ("state", "q", "sort") if form.get(name)}
