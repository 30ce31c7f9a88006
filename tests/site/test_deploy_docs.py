import re

from devtools.console import ROOT

DEPLOY = (ROOT / "docs/deploy.md").read_text()
ENVIRONMENT = (ROOT / "canvasapp/environment.py").read_text()


def read_variables() -> set[str]:
    """The names that the program asks the environment for."""
    return set(re.findall(r'variables(?:\.get\(|, )"([A-Z_]+)"', ENVIRONMENT))


def documented_variables() -> set[str]:
    """The names in the first column of the table."""
    rows = re.findall(r"^\| (`.+?) \|", DEPLOY, flags=re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)", row)}


def test_every_variable_is_documented_and_every_documented_one_exists() -> None:
    assert "SECRET_KEY" in read_variables()
    assert read_variables() == documented_variables()


def test_the_service_starts_the_command_that_exists() -> None:
    assert "manage.py serve 127.0.0.1:%i" in DEPLOY
    assert (ROOT / "canvasapp/management/commands/serve.py").exists()
