"""Static files under an address that changes with their content, so browsers keep them for ever."""

import hashlib
import shutil
import tempfile
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

FOREVER = 31_536_000  # seconds


def register_assets(app: Flask, folder: Path) -> None:
    """Serve what ``prepare`` made; templates say ``asset("css/x.css")``."""
    version = folder.name
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=folder,
        prefix=f"static/{version}/",
        max_age=FOREVER,
        immutable_file_test=lambda path, url: True,
        allow_all_origins=False,
        add_headers_function=_add_headers,
    )
    app.jinja_env.globals["asset"] = lambda path: f"/static/{version}/{path}"


def _add_headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def prepare(source: Path, folder: Path) -> Path:
    """A compressed copy, whole before it gets its name, which its content decides."""
    target = folder / fingerprint(source)
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder, prefix=".new-"))
    shutil.copytree(source, fresh, dirs_exist_ok=True)
    compressor = Compressor(quiet=True)
    for path in fresh.rglob("*"):
        if path.is_file() and compressor.should_compress(path.name):
            list(compressor.compress(str(path)) or ())
    try:
        fresh.rename(target)
    except OSError:  # another process was quicker
        shutil.rmtree(fresh, ignore_errors=True)
    return target
