"""Static files with a hash in their name, ES modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):
    """Renames imports inside modules too; a name that is missing is an error at start, not a broken page."""

    support_js_module_import_aggregation = True
