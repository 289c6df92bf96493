"""What is sent with a click on Pay: which version of the posting was seen, and at which price."""

import re

from flask_wtf import FlaskForm
from wtforms import HiddenField

from careercenter.coupons.models import normal_code


class PayForm(FlaskForm):
    version = HiddenField()
    code = HiddenField(filters=[normal_code])  # of the coupon that the price was shown with

    def seen(self) -> int:
        """The version of the posting that the person looked at; -1 for nonsense."""
        text = self.version.data or ""
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1
