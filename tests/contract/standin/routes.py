"""The routes of indexes, documents and searches."""

from tests.contract.standin.errors import Refused
from tests.contract.standin.filters import Filter, Rules
from tests.contract.standin.keys import covers
from tests.contract.standin.ranking import Order
from tests.contract.standin.routing import later, paged, route
from tests.contract.standin.searching import Search, check, facet_search
from tests.contract.standin.settings import changed, defaults
from tests.contract.standin.store import UID, moment

BROWSE = {"offset", "limit", "fields", "retrieveVectors", "ids", "filter", "sort"}


@route("GET", "/health", None)
def health(server, request):
    return 200, {"status": "available"}


@route("GET", "/version", "version")
def version(server, request):
    day = "2026-01-01T00:00:00Z"
    return 200, {"commitSha": "0" * 40, "commitDate": day, "pkgVersion": server.version}


@route("GET", "/stats", "stats.get")
def stats(server, request):
    indexes = {
        uid: index.stats(not server.queue.idle())
        for uid, index in server.store.indexes.items()
        if covers(request.patterns, uid)
    }
    sizes = {"databaseSize": 1, "usedDatabaseSize": 1, "lastUpdate": moment()}
    return 200, sizes | {"indexes": indexes}


@route("GET", "/indexes", "indexes.get")
def indexes(server, request):
    found = [
        index.described()
        for uid, index in sorted(server.store.indexes.items())
        if covers(request.patterns, uid)
    ]
    return 200, paged(found, request)


@route("POST", "/indexes", "indexes.create")
def make_index(server, request):
    body = request.body
    check(body, {"uid", "primaryKey"})
    if "uid" not in body:
        raise Refused("missing_index_uid", "Missing field `uid`")
    if not UID.fullmatch(str(body["uid"])):
        raise Refused("invalid_index_uid", f"`{body['uid']}` is not a valid index uid.")
    if not covers(request.patterns, body["uid"]):
        raise Refused("invalid_api_key", "The provided API key is invalid.")
    return later(server, request, "indexCreation", body["uid"], body)


@route("GET", "/indexes/<index>", "indexes.get")
def index(server, request, index):
    return 200, server.store.index(index).described()


@route("PATCH", "/indexes/<index>", "indexes.update")
def change_index(server, request, index):
    return later(server, request, "indexUpdate", index, request.body)


@route("DELETE", "/indexes/<index>", "indexes.delete")
def drop_index(server, request, index):
    return later(server, request, "indexDeletion", index, None)


@route("GET", "/indexes/<index>/stats", "stats.get")
def index_stats(server, request, index):
    return 200, server.store.index(index).stats(not server.queue.idle())


@route("GET", "/indexes/<index>/settings", "settings.get")
def settings(server, request, index):
    return 200, server.store.index(index).settings


@route("PATCH", "/indexes/<index>/settings", "settings.update")
def change_settings(server, request, index):
    changed(defaults(), request.body)  # what is plainly wrong is refused at once
    return later(server, request, "settingsUpdate", index, request.body)


@route("DELETE", "/indexes/<index>/settings", "settings.update")
def reset_settings(server, request, index):
    return later(server, request, "settingsUpdate", index, dict.fromkeys(defaults()))


def _put(server, request, index, merge):
    documents = request.body
    if isinstance(documents, dict):
        documents = [documents]
    if not isinstance(documents, list) or not all(isinstance(one, dict) for one in documents):
        raise Refused("malformed_payload", "The `json` payload provided is malformed.")
    key = request.query.get("primaryKey")
    if not covers(request.patterns, index):
        raise Refused("invalid_api_key", "The provided API key is invalid.")
    kind = "documentAdditionOrUpdate"
    return later(server, request, kind, index, documents, merge=merge, primary_key=key)


@route("POST", "/indexes/<index>/documents", "documents.add")
def replace_documents(server, request, index):
    return _put(server, request, index, merge=False)


@route("PUT", "/indexes/<index>/documents", "documents.add")
def merge_documents(server, request, index):
    return _put(server, request, index, merge=True)


@route("DELETE", "/indexes/<index>/documents", "documents.delete")
def clear_documents(server, request, index):
    return later(server, request, "documentDeletion", index, None)


@route("POST", "/indexes/<index>/documents/delete-batch", "documents.delete")
def delete_documents(server, request, index):
    if not isinstance(request.body, list):
        raise Refused("bad_request", "Expected a list of document identifiers.")
    return later(server, request, "documentDeletion", index, request.body)


@route("POST", "/indexes/<index>/documents/delete", "documents.delete")
def delete_by_filter(server, request, index):
    check(request.body, {"filter"})
    return later(server, request, "documentDeletion", index, request.body)


@route("GET", "/indexes/<index>/documents", "documents.get")
def browse(server, request, index):
    query = dict(request.query)
    for name in ("offset", "limit"):
        if name in query:
            query[name] = int(query[name])
    for name in ("fields", "ids", "sort"):
        if name in query:
            query[name] = query[name].split(",")
    return _browsed(server.store.index(index), query)


@route("POST", "/indexes/<index>/documents/fetch", "documents.get")
def fetch(server, request, index):
    check(request.body, BROWSE)
    return _browsed(server.store.index(index), request.body)


def _browsed(index, query):
    test = Filter(query.get("filter"), Rules(index.settings["filterableAttributes"]))
    ids = None if query.get("ids") is None else set(map(str, query["ids"]))
    found = [
        document
        for key, document in index.documents.items()
        if (ids is None or key in ids) and test.passes(document)
    ]
    order = Order(["sort"], query.get("sort"), index.settings["sortableAttributes"])
    found.sort(key=lambda document: order.key(document, (0, 0, 0)))
    start, size = query.get("offset", 0), query.get("limit", 20)
    names = query.get("fields")
    shown = [
        {name: value for name, value in one.items() if names in (None, ["*"]) or name in names}
        for one in found[start : start + size]
    ]
    return 200, {"results": shown, "offset": start, "limit": size, "total": len(found)}


@route("GET", "/indexes/<index>/documents/<key>", "documents.get")
def document(server, request, index, key):
    documents = server.store.index(index).documents
    if key not in documents:
        raise Refused("document_not_found", f"Document `{key}` not found.")
    return 200, documents[key]


@route("DELETE", "/indexes/<index>/documents/<key>", "documents.delete")
def delete_document(server, request, index, key):
    return later(server, request, "documentDeletion", index, [key])


@route("POST", "/indexes/<index>/search", "search")
def search(server, request, index):
    server.busy()
    return 200, Search(server.store.index(index), request.body or {}).answer()


@route("POST", "/indexes/<index>/facet-search", "search")
def search_facet(server, request, index):
    server.busy()
    return 200, facet_search(server.store.index(index), request.body)


@route("POST", "/multi-search", "search")
def search_many(server, request):
    check(request.body, {"queries", "federation"})
    if request.body.get("federation") is not None:
        raise Refused("bad_request", "The stand-in answers no federated searches.")
    results = []
    server.busy()
    for n, query in enumerate(request.body.get("queries", ())):
        uid = query.get("indexUid")
        if not covers(request.patterns, uid):
            raise Refused("invalid_api_key", "The provided API key is invalid.")
        rest = {name: value for name, value in query.items() if name != "indexUid"}
        try:
            results.append({"indexUid": uid} | Search(server.store.index(uid), rest).answer())
        except Refused as refusal:
            refusal.body["message"] = f"Inside `.queries[{n}]`: {refusal.body['message']}"
            raise
    return 200, {"results": results}


@route("POST", "/swap-indexes", "indexes.swap")
def swap(server, request):
    for one in request.body:
        check(one, {"indexes", "rename"})
        if len(one["indexes"]) != 2:
            raise Refused("invalid_swap_indexes", "Two indexes must be given for each swap.")
        if not all(covers(request.patterns, uid) for uid in one["indexes"]):
            raise Refused("invalid_api_key", "The provided API key is invalid.")
    return later(server, request, "indexSwap", None, request.body)
