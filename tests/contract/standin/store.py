"""Indexes with their documents, and what each kind of task does to them."""

import copy
import json
import re
import threading
from datetime import UTC, datetime

from tests.contract.standin.corpus import Corpus
from tests.contract.standin.errors import Refused, no_index
from tests.contract.standin.filters import Filter, Rules
from tests.contract.standin.geo import bad_place
from tests.contract.standin.settings import changed, defaults

_KEY = re.compile(r"[A-Za-z0-9_-]{1,511}")
UID = re.compile(r"[A-Za-z0-9_-]{1,400}")


def moment():
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


class Index:
    def __init__(self, uid, primary_key=None):
        self.uid = uid
        self.primary_key = primary_key
        self.created = self.updated = moment()
        self.settings = defaults()
        self.documents = {}  # by primary key as text, in the order in which they first came
        self.habits = False
        self._corpus = None

    def corpus(self):
        if self._corpus is None:
            self._corpus = Corpus(self.documents, self.settings, self.habits)
        return self._corpus

    def changed(self):
        self._corpus = None
        self.updated = moment()

    def described(self):
        return {
            "uid": self.uid,
            "createdAt": self.created,
            "updatedAt": self.updated,
            "primaryKey": self.primary_key,
        }

    def stats(self, indexing):
        fields = {}
        for document in self.documents.values():
            for name in document:
                fields[name] = fields.get(name, 0) + 1
        return {
            "numberOfDocuments": len(self.documents),
            "indexSize": 1,
            "usedIndexSize": 1,
            "rawDocumentDbSize": len(json.dumps(self.documents)),
            "avgDocumentSize": 0,
            "isIndexing": indexing,
            "numberOfEmbeddings": 0,
            "numberOfEmbeddedDocuments": 0,
            "fieldDistribution": dict(sorted(fields.items())),
        }

    def put(self, documents, primary_key, merge):
        """All of them or, if one is not good, none."""
        wanted = self.primary_key or primary_key or _guessed(documents)
        keyed = [(_key_of(document, wanted), document) for document in documents]
        self.primary_key = wanted
        for key, document in keyed:
            old = self.documents.get(key, {}) if merge else {}
            self.documents[key] = copy.deepcopy(old | document)
        self.changed()
        return {"receivedDocuments": len(documents), "indexedDocuments": len(documents)}

    def remove(self, keys):
        known = [key for key in map(str, keys) if self.documents.pop(key, None) is not None]
        self.changed()
        return {"providedIds": len(keys), "deletedDocuments": len(known), "originalFilter": None}

    def remove_where(self, given):
        test = Filter(given, Rules(self.settings["filterableAttributes"]))
        keys = [key for key, document in self.documents.items() if test.passes(document)]
        told = {"providedIds": 0, "originalFilter": json.dumps(given)}
        return self.remove(keys) | told

    def configure(self, patch):
        self.settings = changed(self.settings, patch)
        self.changed()
        return patch


def _guessed(documents):
    names = [name for name in (documents[0] if documents else {}) if name.lower().endswith("id")]
    if not names:
        raise Refused("index_primary_key_no_candidate_found", "No primary key was found.")
    if len(names) > 1:
        raise Refused(
            "index_primary_key_multiple_candidates_found",
            f"The primary key inference failed as the engine found {len(names)} candidates.",
        )
    return names[0]


def _key_of(document, name):
    if document.get(name) is None:
        raise Refused(
            "missing_document_id", f"Document doesn't have a `{name}` attribute: `{document}`."
        )
    key = document[name]
    if isinstance(key, (bool, float)) or not _KEY.fullmatch(str(key)):
        raise Refused(
            "invalid_document_id",
            f"Document identifier `{key!r}` is invalid. A document identifier can be of type "
            "integer or string, only composed of alphanumeric characters (a-z A-Z 0-9), "
            "hyphens (-) and underscores (_), and can not be more than 511 bytes.",
        )
    if document.get("_geo") is not None and (trouble := bad_place(document["_geo"])):
        raise Refused("invalid_document_geo_field", f"{trouble} Document `{key}`.")
    return str(key)


class Store:
    def __init__(self, habits=False):
        self.indexes = {}
        self.lock = threading.RLock()
        self._habits = habits

    def index(self, uid):
        if uid not in self.indexes:
            raise no_index(uid)
        return self.indexes[uid]

    def do(self, task):
        """What the task asks for; tells its details. Raises ``Refused``: then nothing changed."""
        return getattr(self, "_" + task.kind)(task)

    def _made(self, uid, primary_key=None):
        if uid not in self.indexes:
            self.indexes[uid] = Index(uid, primary_key)
            self.indexes[uid].habits = self._habits
        return self.indexes[uid]

    def _indexCreation(self, task):  # noqa: N802
        if task.index in self.indexes:
            raise Refused("index_already_exists", f"Index `{task.index}` already exists.")
        self._made(task.index, task.body.get("primaryKey"))
        return {"primaryKey": task.body.get("primaryKey")}

    def _indexUpdate(self, task):  # noqa: N802
        index = self.index(task.index)
        if task.body.get("primaryKey"):
            if index.documents:
                raise Refused("index_primary_key_already_exists", "It has documents already.")
            index.primary_key = task.body["primaryKey"]
        return {"primaryKey": index.primary_key}

    def _indexDeletion(self, task):  # noqa: N802
        return {"deletedDocuments": len(self.indexes.pop(self.index(task.index).uid).documents)}

    def _indexSwap(self, task):  # noqa: N802
        for one in task.body:
            for uid in one["indexes"]:
                self.index(uid)
        for one in task.body:
            a, b = one["indexes"]
            self.indexes[a], self.indexes[b] = self.indexes[b], self.indexes[a]
            self.indexes[a].uid, self.indexes[b].uid = a, b
        return {"swaps": task.body}

    def _documentAdditionOrUpdate(self, task):  # noqa: N802
        known = task.index in self.indexes
        index = self._made(task.index)
        try:
            return index.put(task.body, task.primary_key, task.merge)
        except Refused:
            if not known:
                index.primary_key = None
            raise

    def _documentDeletion(self, task):  # noqa: N802
        index = self.index(task.index)
        if isinstance(task.body, dict):
            return index.remove_where(task.body["filter"])
        if task.body is None:
            return index.remove([*index.documents]) | {"providedIds": 0}
        return index.remove(task.body)

    def _settingsUpdate(self, task):  # noqa: N802
        return self._made(task.index).configure(task.body)

    def _taskDeletion(self, task):  # noqa: N802
        return task.body()

    _taskCancelation = _taskDeletion  # noqa: N815
