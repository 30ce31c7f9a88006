import ast
import subprocess
import sys

import pytest

from devtools.commands import COMMANDS
from devtools.console import ROOT

LAUNCHER = ROOT / "dev"


def dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What `./dev …` prints and answers."""
    return subprocess.run([sys.executable, str(LAUNCHER), *arguments], capture_output=True, text=True, check=False)


class TestLauncher:
    def test_is_understood_by_an_old_python_so_that_it_can_say_what_is_missing(self) -> None:
        tree = ast.parse(LAUNCHER.read_text(), feature_version=(3, 0))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr)]

    def test_alone_lists_every_command(self) -> None:
        answer = dev()
        assert answer.returncode == 0
        assert all(f"./dev {name}" in answer.stdout for name in COMMANDS)

    def test_lists_them_too_when_it_does_not_know_one(self) -> None:
        answer = dev("brew")
        assert answer.returncode == 2
        assert "./dev run" in answer.stdout

    @pytest.mark.parametrize("words", [["run", "nowhere:http"], ["run", "127.0.0.1", "--room"], ["run", "1", "2"]])
    def test_says_in_one_sentence_what_it_cannot_do(self, words: list[str]) -> None:
        answer = dev(*words)
        assert answer.returncode == 1
        assert "Traceback" not in answer.stdout + answer.stderr
        assert len(answer.stdout.splitlines()) == 1
