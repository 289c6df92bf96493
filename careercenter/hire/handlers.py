"""The weekly letter."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter.config import Settings
from careercenter.hire import weekly
from careercenter.mail import Builder, Letter
from careercenter.tasks import Handler


def letters(settings: Settings) -> Mapping[str, Builder]:
    def weekly_desk(session: Session, employer_id: str, now: datetime) -> Letter | None:
        return weekly.weekly_desk(session, employer_id, ZoneInfo(settings.board_zone), now)

    return {weekly.LETTER: weekly_desk}


def task_handlers(settings: Settings) -> Mapping[str, Handler]:
    def promise(session: Session, _: str, now: datetime) -> None:
        weekly.promise_weekly_letters(session, ZoneInfo(settings.board_zone), now)

    return {weekly.TASK: promise}
