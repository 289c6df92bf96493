"""Somebody at a browser without script: reads, follows links, fills forms and presses buttons.

Every page is checked as the strict client does. Forms are sent as the page offers them, hidden
fields and tokens included.
"""

from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from tests.client import check_response


class Person:
    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()
        self._page: Element = Element("html")
        self.status = 0
        self.path = ""
        self.text = ""

    def goes_to(self, address: str) -> "Person":
        """Open an address of the board, whatever host it names, and follow where it leads."""
        parts = urlsplit(address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        return self._read(self._client.get(target), target)

    def follows(self, words: str) -> "Person":
        """Click the first link that says this."""
        for link in self._page.iter("a"):
            if words in _words(link):
                return self.goes_to(link.attrib["href"])
        raise AssertionError(f"no link says {words!r} on {self.path}")

    def presses(self, words: str, /, **answers: Any) -> "Person":
        """Fill in the form of the button that says this, and press it.

        A list ticks several boxes; a (file object, name) pair is an upload.
        """
        form, button = self._button(words)
        data = _offered(self._page, form) | answers
        if name := button.attrib.get("name"):
            data[name] = button.attrib.get("value", "")
        action = urldefrag(urljoin(self.path, form.attrib.get("action", ""))).url
        if form.attrib.get("method", "get") == "get":
            return self._read(self._client.get(action, query_string=data), action)
        return self._read(self._client.post(action, data=data), action)

    def sees(self, *phrases: str) -> "Person":
        for phrase in phrases:
            assert phrase in self.text, f"{phrase!r} is not on {self.path}: {self.text[:2000]}"
        return self

    def does_not_see(self, *phrases: str) -> "Person":
        for phrase in phrases:
            assert phrase not in self.text, f"{phrase!r} is on {self.path}"
        return self

    def _button(self, words: str) -> tuple[Element, Element]:
        forms = {form.attrib.get("id"): form for form in self._page.iter("form")}
        for form in self._page.iter("form"):
            for button in form.iter("button"):
                if words in _words(button):
                    return form, button
        for button in self._page.iter("button"):
            if words in _words(button) and button.attrib.get("form") in forms:
                return forms[button.attrib["form"]], button
        raise AssertionError(f"no button says {words!r} on {self.path}: {self.text[:2000]}")

    def _read(self, response: TestResponse, path: str) -> "Person":
        check_response(response)
        for _ in range(5):
            if response.location is None or response.location.startswith("http"):
                break
            path = urljoin(path, response.location)
            response = self._client.get(path)
            check_response(response)
        self.status, self.path = response.status_code, response.location or path
        if response.mimetype == "text/html":
            self._page = html5lib.parse(response.text, namespaceHTMLElements=False)
            main = self._page.find(".//main")
            self.text = _words(self._page if main is None else main)
        return self


def _words(element: Element) -> str:
    """What is read there, spaces folded and non-breaking ones made plain."""
    return " ".join("".join(element.itertext()).replace("\xa0", " ").split())


def _offered(page: Element, form: Element) -> dict[str, Any]:
    """What the form would send if nothing were changed."""
    data: dict[str, Any] = {}
    name = form.attrib.get("id")
    elsewhere = page.findall(f".//input[@form='{name}']") if name else []
    for field in [*form.iter("input"), *elsewhere]:
        kind, name = field.attrib.get("type", "text"), field.attrib.get("name")
        if name is None or kind in ("file", "submit"):
            continue
        if kind not in ("checkbox", "radio") or "checked" in field.attrib:
            data.setdefault(name, []).append(field.attrib.get("value", ""))
    for area in form.iter("textarea"):
        data[area.attrib["name"]] = "".join(area.itertext())
    for select in form.iter("select"):
        options = [o for o in select.iter("option") if "selected" in o.attrib] or [
            *select.iter("option")
        ][:1]
        data[select.attrib["name"]] = [o.attrib.get("value", "") for o in options]
    return data
