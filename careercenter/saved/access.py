"""What this browser remembers, out of its signed cookie and back into it."""

from flask import session

from careercenter.saved.models import Device

KEY = "device"


def this_device() -> Device:
    data = session.get(KEY)
    return Device(dict(data) if isinstance(data, dict) else {})


def remember(device: Device) -> None:
    """Nothing is sent where nothing changed."""
    if device.data != session.get(KEY):
        session[KEY] = device.data
        session.permanent = True
