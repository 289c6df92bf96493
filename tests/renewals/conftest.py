"""An employer with a posting that ends soon."""

from tests.hire.conftest import desk, employer  # noqa: F401
from tests.lifecycle.conftest import running  # noqa: F401
