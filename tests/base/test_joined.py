"""Style and scripts as browsers get them: one file each, at an address that says which."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.templatetags.static import static
from django.test import Client

from partners.base.joined import TYPES, address_of, script, sheet

STATIC = Path(settings.BASE_DIR, "static")


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A script of three modules."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/sums.js").write_text("export const TWO = 2\nexport function twice(n) {\n  return TWO * n\n}\n")
    (tmp_path / "part.js").write_text('import { twice as double } from "./lib/sums.js"\nexport const six = double(3)\n')
    (tmp_path / "app.js").write_text(
        'import { six } from "./part.js"\nimport {\n  twice,\n  TWO,\n} from "./lib/sums.js"\nawait twice(six + TWO)\n'
    )
    return tmp_path


class TestScript:
    def test_each_module_stands_once_after_those_that_it_imports(self, modules: Path) -> None:
        joined = """
            const lib_sums = (() => {
            const TWO = 2
            function twice(n) {
              return TWO * n
            }
            return { TWO, twice }
            })()
            const part = (() => {
            const { twice: double } = lib_sums
            const six = double(3)
            return { six }
            })()
            const { six } = part
            const { twice, TWO, } = lib_sums
            await twice(six + TWO)
        """
        assert script(modules / "app.js").split() == joined.split()

    @pytest.mark.parametrize(
        "line",
        [
            "export default 3",
            "export let changing = 3",
            'import "./lib/sums.js"',
            'import * as sums from "./lib/sums.js"',
            'const later = import("./lib/sums.js")',
            "const here = import.meta.url",
        ],
    )
    def test_what_would_mean_something_else_in_one_file_is_refused(self, modules: Path, line: str) -> None:
        (modules / "part.js").write_text(f"{line}\nexport const six = 6\n")
        with pytest.raises(ValueError, match="cannot be joined"):
            script(modules / "app.js")

    def test_modules_in_a_circle_are_refused(self, modules: Path) -> None:
        (modules / "lib/sums.js").write_text('import { six } from "../part.js"\nexport const TWO = six\n')
        with pytest.raises(ValueError, match=r"imports itself"):
            script(modules / "app.js")

    def test_every_module_of_ours_is_in_it(self) -> None:
        whole = script(STATIC / "js/app.js")
        for file in (STATIC / "js").rglob("*.js"):
            said = re.search(r"^export (.*)$", file.read_text(), re.MULTILINE)
            assert not said or whole.count(f"\n{said[1]}\n") == 1, f"{file.name} is imported by no module"


class TestSheet:
    def test_every_sheet_is_imported_once_and_every_import_is_a_sheet(self) -> None:
        imported = re.findall(r'@import "([\w/-]+\.css)";', (STATIC / "css/app.css").read_text())
        written = {file.relative_to(STATIC / "css").as_posix() for file in (STATIC / "css").rglob("*.css")}
        only_where_shown = {"features/gallery.css"}
        assert len(imported) == len(set(imported))
        assert set(imported) == written - only_where_shown - {"app.css"}

    def test_each_sheet_stands_where_it_is_imported(self) -> None:
        whole = sheet(STATIC / "css/app.css")
        assert "@import" not in whole
        assert whole.index((STATIC / "css/layers.css").read_text()) < whole.index(
            (STATIC / "css/tokens.css").read_text()
        )

    def test_addresses_in_a_sheet_would_lead_elsewhere_once_it_is_joined(self) -> None:
        assert "url(" not in sheet(STATIC / "css/app.css")


class TestTheAddress:
    @pytest.mark.parametrize("name", TYPES)
    def test_is_kept_for_good_by_browsers(self, client: Client, name: str) -> None:
        answer = client.get(address_of(name))
        assert answer.headers["Content-Type"] == TYPES[name]
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"

    def test_gives_the_same_packed_to_who_can_unpack_it(self, client: Client) -> None:
        address = address_of("css/app.css")
        packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert gzip.decompress(packed.content) == client.get(address).content

    def test_of_another_version_gives_what_there_is_and_is_not_kept(self, client: Client) -> None:
        answer = client.get("/joined/older/css/app.css")
        assert answer.content == client.get(address_of("css/app.css")).content
        assert answer.headers["Cache-Control"] == "no-store"

    def test_of_anything_else_is_nothing(self, client: Client) -> None:
        assert client.get("/joined/1/css/tokens.css").status_code == 404

    def test_stands_on_every_page(self, client: Client) -> None:
        page = client.get("/accounts/login/").content.decode()
        assert f'<link rel="stylesheet" href="{address_of("css/app.css")}">' in page
        assert f'<script type="module" src="{address_of("js/app.js")}"></script>' in page

    def test_stands_not_on_the_page_for_no_connection(self, client: Client) -> None:
        page = client.get("/offline/").content.decode()
        assert address_of("css/app.css") in page
        assert address_of("js/app.js") not in page
        assert re.findall(r'<script[^>]* src="([^"]*)"', page) == [static("js/no-connection.js")]

    def test_of_the_style_is_kept_for_a_page_without_a_connection(self, client: Client) -> None:
        worker = client.get("/sw.js").content.decode()
        assert f'const STYLE = "{address_of("css/app.css")}"' in worker
        assert f'const SCRIPT = "{static("js/no-connection.js")}"' in worker
