"""Scripts of others are exactly what their manifests say, and every page loads them from here."""

import json
import subprocess
import sys

import pytest

from . import tree

MANIFESTS = [path for path in tree.files(".json") if path.name == "vendor.json"]


def test_every_file_has_the_checksum_of_its_manifest():
    told = subprocess.run([sys.executable, tree.ROOT / "bin" / "vendor"], capture_output=True, text=True)
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("manifest", MANIFESTS, ids=tree.name)
def test_a_manifest_names_version_licence_and_origin(manifest):
    for package in json.loads(manifest.read_text()):
        assert package["sha512"].startswith("sha512-")
        assert package["version"].count(".") == 2
        assert package["licence"]
        assert any("LICENSE" in name for name in package["files"])


def test_there_is_a_manifest_for_the_product_and_one_for_the_tests():
    assert len(MANIFESTS) == 2
