from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from canvasapp.environment import read_environment

GOOD_KEY = "k3y-" + "abcdefghij" * 6


@pytest.fixture
def at_home(tmp_path: Path) -> dict[str, str]:
    """What is set on a person's own computer: nothing but where the data lies."""
    return {"DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def in_production(at_home: dict[str, str]) -> dict[str, str]:
    """Settings a careful operator chose."""
    return at_home | {
        "PRODUCTION": "1",
        "SECRET_KEY": GOOD_KEY,
        "ALLOWED_HOSTS": "canvas.example.org",
        "PUBLIC_URL": "https://canvas.example.org",
        "DATABASE_URL": "postgresql://workbench:secret@db.example.org/workbench",
    }


class TestAtHome:
    def test_works_without_any_setting_but_only_for_this_computer(self, at_home: dict[str, str]) -> None:
        environment = read_environment(at_home)
        assert environment.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]
        assert not environment.debug
        assert not environment.https
        assert environment.email is None

    def test_keeps_one_secret_key_of_its_own_that_only_its_owner_can_read(self, at_home: dict[str, str]) -> None:
        first, second = read_environment(at_home), read_environment(at_home)
        assert first.secret_key == second.secret_key
        assert len(first.secret_key) > 50
        assert (first.data_dir / "secret-key").stat().st_mode & 0o777 == 0o600
        assert first.data_dir.stat().st_mode & 0o777 == 0o700

    def test_says_which_folder_cannot_be_written(self) -> None:
        with pytest.raises(ImproperlyConfigured, match="Cannot write to /dev/null/data"):
            read_environment({"DATA_DIR": "/dev/null/data"})

    def test_says_so_when_the_secret_key_is_damaged(self, at_home: dict[str, str]) -> None:
        file = read_environment(at_home).data_dir / "secret-key"
        file.write_text("cut")
        with pytest.raises(ImproperlyConfigured, match="damaged"):
            read_environment(at_home)

    def test_sqlite_writers_queue_up(self, at_home: dict[str, str]) -> None:
        options = read_environment(at_home).database["OPTIONS"]
        assert options["transaction_mode"] == "IMMEDIATE"
        assert "journal_mode=WAL" in options["init_command"]

    def test_a_power_cut_can_be_survived_on_sqlite_too(self, at_home: dict[str, str]) -> None:
        options = read_environment(at_home | {"SQLITE_SYNCHRONOUS": "full"}).database["OPTIONS"]
        assert "synchronous=FULL" in options["init_command"]

    def test_the_room_may_come_in_by_the_public_address(self, at_home: dict[str, str]) -> None:
        environment = read_environment(at_home | {"ROOM": "1", "PUBLIC_URL": "http://192.168.1.20:8000"})
        assert "192.168.1.20" in environment.allowed_hosts
        assert environment.public_url == "http://192.168.1.20:8000"


class TestInProduction:
    def test_accepts_a_careful_operators_settings(self, in_production: dict[str, str]) -> None:
        environment = read_environment(in_production)
        assert environment.https
        assert environment.allowed_hosts == ["canvas.example.org"]
        assert environment.csrf_trusted_origins == ["https://canvas.example.org"]
        assert environment.database["CONN_HEALTH_CHECKS"]

    @pytest.mark.parametrize(
        ("variable", "value", "told"),
        [
            ("SECRET_KEY", "", "SECRET_KEY is missing"),
            ("SECRET_KEY", "short", "easy to guess"),
            ("SECRET_KEY", "a" * 60, "easy to guess"),
            ("SECRET_KEY", "django-insecure-" + GOOD_KEY, "easy to guess"),
            ("DEBUG", "1", "DEBUG=1"),
            ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is missing"),
            ("ALLOWED_HOSTS", "canvas.example.org, *", "any name"),
            ("PUBLIC_URL", "http://canvas.example.org", "ALLOW_PLAIN_HTTP"),
            ("PUBLIC_URL", "canvas.example.org", "should look like"),
            ("PUBLIC_URL", "https://example.org/canvas", "without a path"),
            ("DATABASE_URL", "mysql://somewhere/db", "postgresql://"),
            ("DATABASE_URL", "nonsense", "should look like"),
            ("EMAIL_URL", "mail.example.org", "should look like"),
            ("EMAIL_URL", "smtp://mail.example.org", "EMAIL_FROM"),
            ("LOG_LEVEL", "chatty", "not one of"),
            ("PRODUCTION", "perhaps", "neither yes nor no"),
            ("SQLITE_SYNCHRONOUS", "off", "NORMAL, or FULL"),
        ],
    )
    def test_refuses_what_is_unsafe_or_unclear(
        self, in_production: dict[str, str], variable: str, value: str, told: str
    ) -> None:
        if variable == "SQLITE_SYNCHRONOUS":
            in_production["DATABASE_URL"] = ""
        with pytest.raises(ImproperlyConfigured, match=told):
            read_environment(in_production | {variable: value})

    def test_plain_http_is_possible_in_a_closed_network_when_asked_for(self, in_production: dict[str, str]) -> None:
        chosen = in_production | {"PUBLIC_URL": "http://canvas.lan", "ALLOW_PLAIN_HTTP": "1"}
        assert not read_environment(chosen).https

    def test_mail_goes_through_the_given_server(self, in_production: dict[str, str]) -> None:
        mail = {"EMAIL_URL": "smtp+tls://bo:p%40ss@mail.example.org", "EMAIL_FROM": "canvas@example.org"}
        email = read_environment(in_production | mail).email
        assert email is not None
        assert (email["EMAIL_HOST"], email["EMAIL_PORT"], email["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
        assert email["EMAIL_HOST_PASSWORD"] == "p@ss"

    def test_secrets_are_not_printed_with_the_rest(self, in_production: dict[str, str]) -> None:
        shown = repr(read_environment(in_production))
        assert GOOD_KEY not in shown
        assert "workbench:secret" not in shown
        assert "'secret'" not in shown
