"""How a request finds its route, and what it needs of its key."""

import re
from dataclasses import dataclass, field

from tests.contract.standin.errors import Refused
from tests.contract.standin.keys import covers
from tests.contract.standin.tasks import Task


@dataclass
class Request:
    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    body: object = None
    authorization: str | None = None
    patterns: list[str] = field(default_factory=list)  # of the indexes that the key is for

    def number(self, name, standard=None):
        value = self.query.get(name)
        if value is None:
            return standard
        if not value.isdigit():
            raise Refused(f"invalid_task_{name}", f"Invalid value in parameter `{name}`: `{value}`")
        return int(value)


ROUTES = []


def route(method, path, action):
    pattern = re.compile(re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", path))

    def mark(view):
        ROUTES.append((method, pattern, action, view))
        return view

    return mark


def answer(server, request):
    """Status and body. Raises ``Refused``."""
    known = [(m, view, action, found) for m, pattern, action, view in ROUTES
             if (found := pattern.fullmatch(request.path))]  # fmt: skip
    for method, view, action, found in known:
        if method == request.method:
            if action:
                request.patterns = server.keys.may(request.authorization, action)
            uid = found.groupdict().get("index")
            if uid and not covers(request.patterns, uid):
                raise Refused("invalid_api_key", "The provided API key is invalid.")
            return view(server, request, **found.groupdict())
    raise Refused("method_not_allowed" if known else "not_found", f"No route {request.path}.")


def later(server, request, kind, index, body, status=202, **more):
    metadata = request.query.get("customMetadata")
    task = Task(kind, index, body, metadata=metadata, **more)
    return status, server.queue.add(task).accepted()


def paged(found, request):
    start, size = request.number("offset", 0), request.number("limit", 20)
    page = found[start : start + size]
    return {"results": page, "offset": start, "limit": size, "total": len(found)}
