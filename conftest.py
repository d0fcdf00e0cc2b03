"""What every test stands on: sockets are shut, save for the browser journeys."""

from pathlib import Path

import pytest

JOURNEYS = Path(__file__).parent / "tests" / "journeys"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(JOURNEYS):
            item.add_marker(pytest.mark.enable_socket)
            item.add_marker("journey")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "journey: a story told in a real browser")
