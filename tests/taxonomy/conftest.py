import pytest

from careercenter.taxonomy.codes import Codes
from careercenter.taxonomy.places import build_reference


@pytest.fixture(scope="package")
def codes(tmp_path_factory):
    path = tmp_path_factory.mktemp("codes") / "reference.db"
    build_reference(path)
    return Codes(path)
