"""The two keys of a board: one that searches, one that writes. Neither can make keys."""

from careercenter.listings.meili.server import Server

WRITING = (
    "documents.add",
    "documents.get",
    "documents.delete",
    "indexes.create",
    "indexes.get",
    "indexes.delete",
    "indexes.swap",
    "settings.get",
    "settings.update",
    "stats.get",
    "tasks.get",
    "tasks.delete",
    "version",
)


def make_keys(server: Server, index: str) -> dict[str, str]:
    """By the name of the setting. ``server`` is asked with the master key."""
    rights = {"MEILI_SEARCH_KEY": ("search",), "MEILI_SYNC_KEY": WRITING}
    return {
        name: server.create_key(
            {
                "name": f"CareerCenter {name}",
                "actions": list(actions),
                "indexes": [f"{index}*"],
                "expiresAt": None,
            }
        )
        for name, actions in rights.items()
    }
