from pathlib import Path

from django.core.management import call_command
from django.test import override_settings

STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}


def test_gathered_files_bear_their_version_and_texts_are_compressed_beforehand(tmp_path: Path) -> None:
    """As a production server hands them out."""
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=STORAGES):
        call_command("collectstatic", verbosity=0, interactive=False)
    assert list((tmp_path / "django_htmx").glob("htmx-2.min.*.js.gz"))
    assert list((tmp_path / "img").glob("icon.*.svg"))
