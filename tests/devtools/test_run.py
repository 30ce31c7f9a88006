import pytest

from devtools.console import Stop
from devtools.run import address, surroundings


class TestAddress:
    @pytest.mark.parametrize(
        ("text", "host", "port"),
        [
            ("", "127.0.0.1", 8000),
            ("8001", "127.0.0.1", 8001),
            ("localhost", "localhost", 8000),
            ("192.168.1.20:9000", "192.168.1.20", 9000),
            ("[::1]:8001", "::1", 8001),
            ("[::1]", "::1", 8000),
        ],
    )
    def test_is_read_as_people_write_it(self, text: str, host: str, port: int) -> None:
        assert address(text) == (host, port)

    @pytest.mark.parametrize("text", ["99999", "localhost:http", "::1", "a:b:c"])
    def test_is_refused_when_unclear(self, text: str) -> None:
        with pytest.raises(Stop, match="not an address"):
            address(text)

    def test_of_a_room_is_the_whole_network(self) -> None:
        assert address("", room=True)[0] == "0.0.0.0"
        assert address("9000", room=True) == ("0.0.0.0", 9000)

    def test_of_a_room_cannot_be_this_computer_only(self) -> None:
        with pytest.raises(Stop, match="this computer only"):
            address("127.0.0.1:8000", room=True)


class TestSurroundings:
    def test_let_nobody_else_in_on_loopback(self) -> None:
        assert surroundings("127.0.0.1", 8000) == {}

    def test_let_the_room_in_by_the_given_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("PUBLIC_URL", raising=False)
        monkeypatch.delenv("ALLOWED_HOSTS", raising=False)
        assert surroundings("192.0.2.7", 8000) == {
            "ROOM": "1",
            "ALLOWED_HOSTS": "192.0.2.7",
            "PUBLIC_URL": "http://192.0.2.7:8000",
        }

    def test_keep_the_public_address_that_was_set(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PUBLIC_URL", "http://canvas.lan")
        monkeypatch.setenv("ALLOWED_HOSTS", "canvas.lan")
        found = surroundings("192.0.2.7", 8000)
        assert (found["PUBLIC_URL"], found["ALLOWED_HOSTS"]) == ("http://canvas.lan", "canvas.lan,192.0.2.7")
