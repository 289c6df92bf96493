"""A logo is drawn anew, stored, shown to everybody, and deleted when it is shown no more."""

from io import BytesIO
from zlib import crc32

import pytest
from PIL import Image

from careercenter.employers.models import MemberRole
from careercenter.profile import drawing, gateway
from careercenter.profile.handlers import handlers
from careercenter.profile.usecases import UPLOADS_AN_HOUR
from careercenter.tasks import Task
from tests.factories import make_member

PATH = "/hire/organization/logo"


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 150), **saving) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", size, (0, 82, 84)).save(drawn, kind, **saving)
    return drawn.getvalue()


def upload(client, content: bytes, name: str = "logo.png"):
    return client.post(PATH, data={"file": (BytesIO(content), name)})


@pytest.fixture
def drawn_here(monkeypatch):
    """Without the child process, which has a test of its own."""
    monkeypatch.setattr(gateway, "_ask_child", drawing.draw)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize(
    ("kind", "name"), [("PNG", "a.png"), ("JPEG", "b.JPG"), ("JPEG", "c.jpeg"), ("WEBP", "d.webp")]
)
def test_a_logo_is_drawn_anew_and_shown_to_everybody(
    desk, app, employer, session, drawn_here, kind, name
):
    assert upload(desk, picture(kind), name).location == "/hire/organization"
    desk.sign_out()
    shown = desk.get(f"/files/logos/{employer.logo_key}.webp")
    assert (shown.mimetype, opened(shown.data).size) == ("image/webp", (256, 128))
    assert shown.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "immutable" in shown.headers["Cache-Control"]


def test_it_stands_on_the_page_for_its_owner(desk, employer, drawn_here):
    upload(desk, picture())
    assert f"/files/logos/{employer.logo_key}.webp" in desk.get("/hire/organization").text


def test_where_a_photograph_was_taken_is_not_kept():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (41.0, 40.0, 0.0)}
    exif[0x0112] = 6  # lies on its side
    drawn = opened(drawing.draw("JPEG", picture("JPEG", exif=exif)))
    assert (dict(drawn.getexif()), drawn.size) == ({}, (128, 256))


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.svg", gateway.WRONG_KIND),
        (picture("GIF"), "logo.gif", gateway.WRONG_KIND),
        (picture("GIF"), "logo.png", gateway.WRONG_KIND),
        (picture("PNG"), "logo.jpg", gateway.WRONG_KIND),
        (picture("PNG")[:60], "logo.png", gateway.WRONG_KIND),
        (b"RIFF1234WEBPnothing", "logo.webp", gateway.WRONG_KIND),
        (picture("PNG", (6001, 1)), "logo.png", gateway.TOO_LARGE),
        (picture(), "logo", gateway.WRONG_KIND),
        (b"", "", "Choose a file."),
    ],
)
def test_what_is_no_such_image_is_refused(desk, employer, drawn_here, content, name, says):
    response = upload(desk, content, name)
    assert (response.status_code, employer.logo_key) == (422, None)
    assert f'<a href="#file">{says}</a>' in response.text
    assert 'value="Cedar Valley Health"' in response.text


def test_a_huge_picture_is_refused_before_it_is_decoded():
    start = picture("PNG")
    sides = (30_000).to_bytes(4, "big") * 2 + start[24:29]
    head = b"IHDR" + sides
    huge = start[:12] + head + crc32(head).to_bytes(4, "big") + start[33:]
    assert drawing.draw("PNG", huge) == gateway.SAID_TOO_LARGE


def test_text_instead_of_a_file_and_two_files_are_refused(desk, employer):
    two = [(BytesIO(picture()), "a.png"), (BytesIO(picture()), "b.png")]
    for file in ("text", two):
        assert desk.post(PATH, data={"file": file}).status_code == 422
    assert employer.logo_key is None


@pytest.mark.parametrize("over", [1, 400_000, 4_000_000])
def test_more_than_a_megabyte_is_too_much(desk, over):
    start = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    body = start + b"\x00" * (1024 * 1024 + over) + b"\r\n--edge--\r\n"
    response = desk.post(PATH, data=body, content_type="multipart/form-data; boundary=edge")
    assert response.status_code == 413
    assert "The limit is 1 MB." in response.text


def test_the_child_process_draws_the_same():
    drawn = gateway.redraw("logo.png", picture())
    assert opened(drawn).size == (256, 128)


def test_a_picture_is_deleted_once_it_is_not_shown(desk, app, session, employer, now, drawn_here):
    upload(desk, picture())
    first = employer.logo_key
    upload(desk, picture("JPEG"), "b.jpg")
    storage = app.extensions["storage"]
    discard = handlers(storage)["discard_logo"]
    promised = [t.subject for t in session.query(Task).filter_by(kind="discard_logo")]
    assert promised.count(first) == 2
    for key in promised:
        discard(session, key, now)
    assert list(storage.files) == [employer.logo_key]
    assert desk.get(f"/files/logos/{first}.webp").status_code == 404
    assert desk.post(f"{PATH}/removal").status_code == 303
    assert employer.logo_key is None


def test_a_store_that_is_away_changes_nothing(desk, app, employer, drawn_here):
    app.extensions["storage"].down = True
    assert upload(desk, picture()).status_code == 503
    assert employer.logo_key is None


def test_twenty_uploads_an_hour_are_enough(desk, drawn_here):
    small = picture(size=(2, 2))
    statuses = [upload(desk, small).status_code for _ in range(UPLOADS_AN_HOUR + 1)]
    assert statuses == [303] * UPLOADS_AN_HOUR + [429]


@pytest.mark.parametrize("path", [PATH, f"{PATH}/removal"])
def test_a_logo_is_changed_by_an_owner(client, session, employer, path):
    assert client.post(path).status_code == 302
    client.sign_in(make_member(session, employer, MemberRole.RECRUITER).user)
    assert client.post(path).status_code == 403
