"""What Meilisearch answers when it refuses: a code, its kind and its HTTP status."""

STATUS = {
    "index_not_found": 404,
    "document_not_found": 404,
    "task_not_found": 404,
    "api_key_not_found": 404,
    "not_found": 404,
    "api_key_already_exists": 409,
    "missing_authorization_header": 401,
    "invalid_api_key": 403,
    "method_not_allowed": 405,
    "payload_too_large": 413,
    "unsupported_media_type": 415,
    "too_many_search_requests": 503,
    "internal": 500,
}
KINDS = {
    "missing_authorization_header": "auth",
    "invalid_api_key": "auth",
    "too_many_search_requests": "system",
    "no_space_left_on_device": "system",
    "internal": "internal",
}


class Refused(Exception):
    """Becomes an answer of this status, or the error of a failed task."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.status = STATUS.get(code, 400)
        self.body = {
            "message": message,
            "code": code,
            "type": KINDS.get(code, "invalid_request"),
            "link": f"https://docs.meilisearch.com/errors#{code}",
        }


def no_index(uid):
    return Refused("index_not_found", f"Index `{uid}` not found.")
