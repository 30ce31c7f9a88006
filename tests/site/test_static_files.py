import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

STORAGES = {"staticfiles": {"BACKEND": "partners.base.static.ModuleStaticFilesStorage"}}


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All files as a production server hands them out."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES=STORAGES):
        call_command("collectstatic", verbosity=0, interactive=False)
    return folder


class TestStaticFiles:
    def test_every_module_imports_modules_of_its_own_version(self, gathered: Path) -> None:
        modules = [file for file in (gathered / "js").rglob("*.js") if re.search(r"\.[0-9a-f]{12}\.js$", file.name)]
        imports = {
            (file, address)
            for file in modules
            for address in re.findall(r"""["'](\.{1,2}/[^"']+\.js)["']""", file.read_text())
        }
        assert imports
        for file, address in imports:
            assert re.search(r"\.[0-9a-f]{12}\.js$", address), f"{file.name} imports {address}"
            assert (file.parent / address).exists()

    def test_texts_are_compressed_beforehand(self, gathered: Path) -> None:
        assert list((gathered / "js").glob("app.*.js.gz"))
