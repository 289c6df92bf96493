"""The routes of tasks and of keys."""

import re
from datetime import datetime

from tests.contract.standin import tasks
from tests.contract.standin.errors import Refused
from tests.contract.standin.keys import covers
from tests.contract.standin.routing import later, paged, route

TASK_FILTERS = {"uids": "uid", "indexUids": "index", "statuses": "status", "types": "kind"}
MOMENTS = re.compile("(before|after)(Enqueued|Started|Finished)At")


def _chosen(server, request):
    found = [task for task in server.queue.tasks if covers(request.patterns, task.index)]
    for name, attribute in TASK_FILTERS.items():
        if (given := request.query.get(name)) and given != "*":
            found = [task for task in found if str(getattr(task, attribute)) in given.split(",")]
    for name, given in request.query.items():
        if moment := MOMENTS.fullmatch(name):
            found = [task for task in found if _lies(task, *moment.groups(), given)]
    return found


def _lies(task, side, attribute, given):
    """Whether the task was enqueued, started or finished before or after a moment."""
    value = getattr(task, attribute.lower())
    bound = given.replace("Z", "+00:00")
    if value is None:
        return False
    apart = datetime.fromisoformat(value) - datetime.fromisoformat(bound)
    return apart.total_seconds() < 0 if side == "before" else apart.total_seconds() > 0


@route("GET", "/tasks", "tasks.get")
def all_tasks(server, request):
    found = _chosen(server, request)
    total, limit, start = len(found), request.number("limit", 20), request.number("from")
    if request.query.get("reverse") == "true":
        found = [task for task in found if start is None or task.uid >= start]
    else:
        found = [task for task in reversed(found) if start is None or task.uid <= start]
    page, rest = found[:limit], found[limit:]
    return 200, {
        "results": [task.described() for task in page],
        "total": total,
        "limit": limit,
        "from": page[0].uid if page else None,
        "next": rest[0].uid if rest else None,
    }


@route("DELETE", "/tasks", "tasks.delete")
def forget_tasks(server, request):
    _need_filters(request)
    old = [task for task in _chosen(server, request) if task.finished]

    def forget():
        server.queue.forget(old)
        return {"matchedTasks": len(old), "deletedTasks": len(old), "originalFilter": None}

    return later(server, request, "taskDeletion", None, forget, status=200)


@route("POST", "/tasks/cancel", "tasks.cancel")
def cancel_tasks(server, request):
    _need_filters(request)
    waiting = [task for task in _chosen(server, request) if task.status == tasks.ENQUEUED]
    server.queue.cancel(waiting, server.queue.tasks[-1].uid + 1)
    told = {"matchedTasks": len(waiting), "canceledTasks": len(waiting), "originalFilter": None}
    return later(server, request, "taskCancelation", None, lambda: told, status=200)


def _need_filters(request):
    if not request.query:
        raise Refused("missing_task_filters", "Query parameters to filter the tasks are missing.")


@route("GET", "/tasks/<uid>", "tasks.get")
def one_task(server, request, uid):
    if not uid.isdigit():
        raise Refused("invalid_task_uids", f"`{uid}` is not a valid task uid.")
    task = server.queue.found(int(uid))
    if not covers(request.patterns, task.index):
        raise Refused("task_not_found", f"Task `{uid}` not found.")
    return 200, task.described()


@route("GET", "/keys", "keys.get")
def keys(server, request):
    return 200, paged([*server.keys.keys.values()], request)


@route("POST", "/keys", "keys.create")
def make_key(server, request):
    return 201, server.keys.make(request.body)


@route("GET", "/keys/<name>", "keys.get")
def key(server, request, name):
    return 200, server.keys.found(name)


@route("PATCH", "/keys/<name>", "keys.update")
def change_key(server, request, name):
    return 200, server.keys.change(name, request.body)


@route("DELETE", "/keys/<name>", "keys.delete")
def drop_key(server, request, name):
    server.keys.remove(name)
    return 204, None
