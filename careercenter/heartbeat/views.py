"""The page behind each link of the letter: one button, no sign-in. Looking changes nothing."""

from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.accounts.tokens import RowTokens
from careercenter.extensions import db
from careercenter.heartbeat import queries, usecases
from careercenter.heartbeat.models import LINK_AGE, LINK_PURPOSE, Answer
from careercenter.web.rendering import render

blueprint = Blueprint("heartbeat", __name__)


@blueprint.route(
    "/heartbeats/<token>/<any(hiring, filled, paused):answer>", methods=["GET", "POST"]
)
def answer(token: str, answer: str) -> ResponseReturnValue:
    heartbeat_id = RowTokens(current_app.extensions["settings"], LINK_PURPOSE, LINK_AGE).read(token)
    if request.method == "GET":
        heartbeat = queries.by_id(db.session, heartbeat_id)
        return render(
            "heartbeat/answer.html",
            posting=heartbeat.posting,
            heartbeat=heartbeat,
            answer=answer,
            token=token,
            now=clock.now(),
        )
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    usecases.take_answer(db.session, heartbeat_id, Answer(answer), zone, clock.now())
    db.session.commit()
    return redirect(url_for(".answer", token=token, answer=answer), 303)
