"""One suite for every search engine: what one answers, all answer.

``make contract`` asks the embedded engine and, through the official client, a stand-in for
Meilisearch (``standin``); with MEILI_URL and MEILI_MASTER_KEY also a real server, in indexes that
it makes and removes, and then prints what that answers otherwise. The golden set is
``golden.toml``; ``rules`` says which rules it must notice the loss of.
"""
