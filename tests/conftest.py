"""What goes for every test: the long fault runs are left out unless `-m chaos` asks for them."""

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests marked `chaos` out of a run that does not name them."""
    if "chaos" in str(config.getoption("markexpr")):
        return
    long = [item for item in items if item.get_closest_marker("chaos")]
    items[:] = [item for item in items if not item.get_closest_marker("chaos")]
    config.hook.pytest_deselected(items=long)
