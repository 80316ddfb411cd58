import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working copy without packages to install, so that making its .venv takes no network."""
    requirements = tmp_path / "requirements.lock"
    requirements.write_text("# none\n")
    monkeypatch.setattr(dev, "ROOT", str(tmp_path))
    monkeypatch.setattr(dev, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(dev, "UV_HOME", str(tmp_path / ".uv"))
    monkeypatch.setattr(dev, "STAMP", str(tmp_path / ".venv" / "complete"))
    monkeypatch.setattr(dev, "REQUIREMENTS", str(requirements))
    monkeypatch.setattr(dev, "find_uv", lambda: None)
    monkeypatch.setattr(dev.program, "__defaults__", (str(tmp_path / ".venv"),))
    monkeypatch.setenv("CRM_PYTHON", sys.executable)
    return tmp_path


@pytest.fixture
def made(clone: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What setup did, with quick stand-ins for what takes seconds: making a .venv and installing."""
    steps: list[str] = []

    def make_venv() -> None:
        steps.append("made")
        python = Path(dev.program("python"))
        python.parent.mkdir(parents=True)
        python.symlink_to(sys.executable)

    monkeypatch.setattr(dev, "make_venv", make_venv)
    monkeypatch.setattr(dev, "install", lambda: steps.append("installed"))
    return steps


def test_it_parses_on_old_pythons():
    ast.parse(Path(dev.__file__).read_text(), feature_version=(3, 8))


def test_it_needs_the_standard_library_alone():
    tree = ast.parse(Path(dev.__file__).read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert names <= sys.stdlib_module_names
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(tree))


def test_a_fresh_clone_gets_an_environment_that_runs(clone, capfd):
    dev.setup()
    output = subprocess.check_output([dev.program("python"), "-c", "import sys; print(sys.prefix)"], text=True)
    assert os.path.realpath(output.strip()) == os.path.realpath(clone / ".venv")
    assert "Making .venv with Python" in capfd.readouterr().out


def test_a_complete_environment_is_left_alone(made):
    dev.setup()
    dev.setup()
    assert made == ["made", "installed"]


def test_new_requirements_are_installed_in_place(clone, made):
    dev.setup()
    (clone / "requirements.lock").write_text("# others\n")
    dev.setup()
    assert made == ["made", "installed", "installed"]


def test_a_killed_installation_is_begun_anew(made, monkeypatch):
    def killed() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(dev, "install", killed)
        with pytest.raises(KeyboardInterrupt):
            dev.setup()
    dev.setup()
    assert made == ["made", "made", "installed"]


def test_an_update_that_is_killed_leaves_no_stamp(clone, made, monkeypatch):
    def killed() -> None:
        raise KeyboardInterrupt

    dev.setup()
    (clone / "requirements.lock").write_text("# others\n")
    with monkeypatch.context() as patch:
        patch.setattr(dev, "install", killed)
        with pytest.raises(KeyboardInterrupt):
            dev.setup()
    assert not dev.is_usable()


def test_an_environment_whose_python_is_gone_is_built_anew(clone, made):
    dev.setup()
    python = Path(dev.program("python"))
    python.unlink()
    python.symlink_to(clone / "gone")
    dev.setup()
    assert made == ["made", "installed"] * 2


def test_an_environment_that_was_moved_is_built_anew(clone, made):
    dev.setup()
    stamp = Path(dev.STAMP)
    stamp.write_text(stamp.read_text().replace(str(clone), "/elsewhere"))
    dev.setup()
    assert made == ["made", "installed"] * 2


def test_an_old_named_python_is_refused(clone, monkeypatch):
    monkeypatch.setenv("CRM_PYTHON", "/bin/false")
    with pytest.raises(SystemExit, match=r"no Python 3\.12"):
        dev.find_python()


def test_without_any_python_it_says_what_to_install(clone, monkeypatch, capfd):
    monkeypatch.setattr(dev, "find_python", lambda: None)
    monkeypatch.setattr(dev, "install_uv", lambda: None)
    monkeypatch.setattr(dev, "wanted_python", lambda: "3.13")
    with pytest.raises(SystemExit, match="apt install python3 python3-venv"):
        dev.make_venv()
    assert not (clone / ".venv").exists()


def test_unknown_commands_go_to_manage_py(monkeypatch):
    commands: list[list[str]] = []
    monkeypatch.setattr(dev, "setup", lambda: None)
    monkeypatch.setattr(dev, "hand_over", commands.append)
    for arguments in (["test", "-x"], ["bench"], ["demo", "--port", "1"], ["shell"]):
        monkeypatch.setattr(sys, "argv", ["dev.py", *arguments])
        dev.main()
    assert [command[1:] for command in commands] == [
        ["-m", "pytest", "-x"],
        ["-m", "bench"],
        ["manage.py", "demo", "--port", "1"],
        ["manage.py", "shell"],
    ]
