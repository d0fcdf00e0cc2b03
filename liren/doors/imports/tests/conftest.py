"""What the tests of the door share: a folder of their own, a batch read, a batch written."""

from collections.abc import Callable
from typing import Any

import pytest

from liren.doors.imports import actions
from liren.doors.imports.models import ImportBatch

Drop = Callable[..., ImportBatch]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    """Uploads and progress of a test lie in its own folder."""
    settings.DATA_DIR = settings.MEDIA_ROOT = settings.FILE_UPLOAD_TEMP_DIR = tmp_path


@pytest.fixture
def read(village: Any) -> Drop:
    """``read(content, …)``: the files of one batch, read and compared."""

    def dropped(*files: bytes, by: Any = None, name: str = "名册{}.xlsx") -> ImportBatch:
        named = [(name.format(number), content) for number, content in enumerate(files, 1)]
        batch = actions.start_batch(named, community=village.community, by=by or village.secretary)
        return actions.read_batch(batch)

    return dropped


@pytest.fixture
def written(village: Any, read: Drop) -> Drop:
    """``written(content, …)``: the same, and put into the register."""

    def put(*files: bytes) -> ImportBatch:
        batch = read(*files)
        return actions.run_applying(actions.start_applying(batch, by=village.secretary))

    return put
