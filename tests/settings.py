"""Settings for tests: the real ones, over a data folder that is thrown away."""

import atexit
import os
import shutil
import tempfile

# Settings make folders and keys as they are read, so the place has to be known before they are.
DATA_OF_TESTS = tempfile.mkdtemp(prefix="liren-tests-")
atexit.register(shutil.rmtree, DATA_OF_TESTS, ignore_errors=True)
os.environ["LIREN_DATA"] = DATA_OF_TESTS

from liren.config.settings import *  # noqa: E402, F403

# Argon2 is slow on purpose; a test that is about passwords asks for it by name.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
# Plain names, straight from the sources: no collecting before a test.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
