"""Each thing that can stand in the way of the first start is told in one sentence."""

import ast
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from newsarchive import launch

PROJECT = launch.ROOT


def run_launcher(*arguments, checkout=PROJECT, **environment):
    """Start the launcher as `make` does; returns exit status and what it printed."""
    result = subprocess.run(
        [sys.executable, str(checkout / "newsarchive" / "launch.py"), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return result.returncode, result.stdout, result.stderr


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return str(probe.getsockname()[1])


def assert_one_sentence(said, *words):
    assert said.count("\n") == 1, said
    assert said.endswith(".\n") or "make run" in said, said
    for word in words:
        assert word in said


@pytest.fixture
def checkout(tmp_path):
    """A clone that nothing was set up in yet."""
    folder = tmp_path / "clone"
    (folder / "newsarchive").mkdir(parents=True)
    shutil.copy(PROJECT / "newsarchive" / "launch.py", folder / "newsarchive" / "launch.py")
    (folder / "requirements.txt").write_text("django==5.2.19\n")
    return folder


def test_launcher_can_be_parsed_by_a_python_that_is_too_old():
    ast.parse((PROJECT / "newsarchive" / "launch.py").read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6), (3, 10)])
def test_old_python_is_named_with_the_version_that_is_needed(version):
    with pytest.raises(launch.LaunchError, match=rf"needs Python 3\.11 or newer, this is {version[0]}\.{version[1]};"):
        launch.check_python(version)


def test_current_python_is_accepted():
    launch.check_python(sys.version_info[:2])


def test_newer_python_on_the_path_is_taken_when_it_runs(tmp_path, monkeypatch):
    broken, working = tmp_path / "python3.11", tmp_path / "python3.12"
    broken.write_text("#!/bin/sh\nexit 127\n")
    working.write_text("#!/bin/sh\nexit 0\n")
    broken.chmod(0o755)
    working.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert launch.newer_python() == str(working)


def test_taken_port_is_told_before_anything_is_set_up(checkout):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, _, said = run_launcher("run", "--port", str(port), checkout=checkout)
    assert status == 1
    assert_one_sentence(said, f"Port {port}", "make run PORT=")
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("port", ["0", "99999"])
def test_impossible_port_is_told(port, checkout):
    status, _, said = run_launcher("run", "--port", port, checkout=checkout)
    assert status == 1
    assert_one_sentence(said, f"Port {port} does not exist")


def test_unwritable_home_is_told(checkout, tmp_path):
    (tmp_path / "file").write_text("a file, so no folder can be made below it")
    status, _, said = run_launcher(
        "run", "--port", free_port(), checkout=checkout, NEWSARCHIVE_HOME=str(tmp_path / "file" / "home")
    )
    assert status == 1
    assert_one_sentence(said, str(tmp_path / "file" / "home"), "NEWSARCHIVE_HOME")


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_missing_module_is_told_with_the_package_that_has_it(module, checkout, monkeypatch):
    monkeypatch.setattr(launch, "VENV", checkout / ".venv")
    find = launch.importlib.util.find_spec
    monkeypatch.setattr(launch.importlib.util, "find_spec", lambda name: None if name == module else find(name))
    with pytest.raises(launch.LaunchError, match=rf"lacks its {module} module; install it .*python3-venv"):
        launch.make_venv()


def test_missing_network_is_told_and_the_next_run_tries_again(checkout):
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    nowhere |= {"PIP_FIND_LINKS": "", "PIP_NO_CACHE_DIR": "1", "PIP_EXTRA_INDEX_URL": ""}
    for _ in range(2):
        status, _, said = run_launcher("test", checkout=checkout, **nowhere)
        assert status == 1
        assert_one_sentence(said, "could not be downloaded", "run the command again")


def test_broken_virtual_environment_is_made_anew(checkout, monkeypatch):
    monkeypatch.setattr(launch, "VENV", checkout / ".venv")
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    launch.make_venv()
    subprocess.run([launch.in_venv("python"), "-c", "import pip"], check=True)


def test_packages_are_not_installed_again_until_the_pins_change(checkout, monkeypatch):
    monkeypatch.setattr(launch, "VENV", checkout / ".venv")
    (checkout / ".venv" / "bin").mkdir(parents=True)
    python = checkout / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\necho "$@" >> calls\n')
    python.chmod(0o755)
    monkeypatch.chdir(checkout)
    pins = Path("requirements.txt")
    launch.install(checkout / pins)
    launch.install(checkout / pins)
    assert len(Path("calls").read_text().splitlines()) == 1
    pins.write_text("django==5.2.20\n")
    launch.install(checkout / pins)
    assert len(Path("calls").read_text().splitlines()) == 2
