"""For any WSGI server: ``wsgi:app``."""

import os
import sys

from careercenter.app import before_fork, create_app
from careercenter.config import Settings, SettingsError
from careercenter.web.logs import configure_logs

try:
    settings = Settings.from_env(os.environ)
except SettingsError as error:
    print(error, file=sys.stderr)  # noqa: T201
    raise SystemExit(2) from error
configure_logs(settings.production)
app = create_app(settings)
before_fork(app)
