"""Static files for tests, looked for once a process."""

from typing import Any, ClassVar

from whitenoise.middleware import WhiteNoiseMiddleware


class FoundOnce(WhiteNoiseMiddleware):
    """WhiteNoise as it is, but each `Client` builds all middleware anew, and need not search the folders anew."""

    files: dict[str, Any]
    _found: ClassVar[dict[str, Any]] = {}

    def add_files_from_finders(self) -> None:
        """Take the files found before, or find them."""
        if not self._found:
            super().add_files_from_finders()
            self._found.update(self.files)
        self.files = self._found
