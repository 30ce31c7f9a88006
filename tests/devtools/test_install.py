from pathlib import Path

import pytest

from devtools import install
from devtools.console import Stop


def test_what_a_link_leads_to_is_not_emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment of another Python, which another folder shares: it is theirs."""
    theirs, link = tmp_path / "theirs", tmp_path / "mine" / ".venv"
    theirs.mkdir()
    link.parent.mkdir()
    link.symlink_to(theirs)
    (theirs / "kept").touch()
    monkeypatch.setattr(install, "VENV", link)
    monkeypatch.setattr(install, "PYTHON", link / "bin" / "python")
    with pytest.raises(Stop, match="Take the link away"):
        install.ensure(install.RUN)
    assert (theirs / "kept").exists()
