"""The trade: the vocabularies of medical coding, requirements, pay and places."""
