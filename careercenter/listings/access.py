"""Who looks at listings: out of the browser's cookie, and of the account."""

from flask_login import current_user

from careercenter import clock
from careercenter.extensions import db
from careercenter.listings.models import Visitor
from careercenter.listings.visitors import visitor_of
from careercenter.saved.access import remember, this_device


def this_visitor(*, visits: bool = False) -> Visitor:
    """Their browser remembers the visit, once they wanted something of the kind."""
    device, now = this_device(), clock.now()
    if visits or device.in_use:
        device.visit(now)
        remember(device)
    user = current_user.user if current_user.is_authenticated else None
    return visitor_of(db.session, device, user, now)
