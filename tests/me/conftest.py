from tests.applications.conftest import upload

__all__ = ["upload"]
