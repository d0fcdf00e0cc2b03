"""Static files with a hash in their name, ES modules included."""

from functools import cached_property

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):
    """Renames imports inside modules too; a name that is missing is an error at start, not a broken page."""

    support_js_module_import_aggregation = True

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file; while the house runs its name does not change, so it is looked up once."""
        if force or not name:
            return str(super().url(name, force))
        if name not in self._known:
            self._known[name] = str(super().url(name))
        return self._known[name]

    @cached_property
    def _known(self) -> dict[str, str]:
        return {}
