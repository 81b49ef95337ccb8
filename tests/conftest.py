"""What goes for every test: the long fault runs stay out unless asked for, and what desks left behind is let go."""

import gc

import pytest

_USUAL = gc.get_threshold()
_DESKS_BETWEEN = 20  # whole desks opened between two times that what they left is let go
_opened = 0


gc.disable()  # until all is collected: what comes and goes on the way is no reason to look at what stays


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests marked `chaos` out of a run that does not name them."""
    if "chaos" in str(config.getoption("markexpr")):
        return
    long = [item for item in items if item.get_closest_marker("chaos")]
    items[:] = [item for item in items if not item.get_closest_marker("chaos")]
    config.hook.pytest_deselected(items=long)


def pytest_collection_finish() -> None:
    """Tell the collector that all modules and tests stay: it need not look at them 14,000 times."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_runtest_logfinish() -> None:
    """Let go, now and then, of what whole desks froze: each tells the collector that all that is there then stays."""
    global _opened  # noqa: PLW0603 # hooks of a conftest have no place of their own
    if gc.get_threshold() == _USUAL:
        return
    gc.set_threshold(*_USUAL)
    _opened += 1
    if _opened % _DESKS_BETWEEN == 0:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
