"""Development only: the letters that the board wrote, at /dev/mail."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from flask import Blueprint, abort, current_app
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from careercenter.web.rendering import render

blueprint = Blueprint("dev_mail", __name__, url_prefix="/dev/mail")

SHOWN = 50
_LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Read:
    """A letter as it was delivered."""

    key: str
    to: str
    subject: str
    date: datetime | None
    text: str

    @property
    def linked(self) -> Markup:
        """The text part, with its addresses as links."""
        return Markup(_LINK.sub(r'<a href="\g<0>">\g<0></a>', str(escape(self.text))))  # noqa: S704


@blueprint.get("")
def letters() -> ResponseReturnValue:
    paths = sorted(_folder().glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
    return render("dev/letters.html", letters=[read(path) for path in paths[:SHOWN]])


@blueprint.get("/<key>")
def letter(key: str) -> ResponseReturnValue:
    if not re.fullmatch(r"[\w.-]{1,100}", key):
        abort(404)
    path = _folder() / f"{key}.eml"
    if not path.is_file():
        abort(404)
    return render("dev/letter.html", letter=read(path))


def read(path: Path) -> Read:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    part = message.get_body(("plain",))
    header = message["Date"]
    return Read(
        key=path.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        date=header.datetime if header else None,
        text=part.get_content() if part else "",
    )


def _folder() -> Path:
    folder: Path = current_app.extensions["settings"].data_dir / "mail"
    return folder
