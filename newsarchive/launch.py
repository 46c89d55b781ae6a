"""From a fresh clone to a running archive: makes the virtual environment, then hands over to the programs in it.

Standard library only, since it runs before anything is installed, and readable by any Python 3.6 or newer, so that an
old one is told what is wrong instead of stopping at a syntax error. Whatever cannot go on says so in one sentence.
"""

import argparse
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
NETWORK_TROUBLE = (
    "NewConnectionError",
    "ConnectTimeout",
    "ReadTimeout",
    "ProxyError",
    "SSLError",
    "name resolution",
    "No matching distribution found",
)


class LaunchError(Exception):
    """What is in the way, in one sentence that says what to do."""


def home_folder() -> Path:
    """Where everything that changes lives: NEWSARCHIVE_HOME, or var/ in the checkout."""
    return Path(os.environ.get("NEWSARCHIVE_HOME") or ROOT / "var").resolve()


def check_python(version: "tuple[int, ...]") -> None:
    """Refuse a Python that the packages do not support."""
    if version[:2] < OLDEST:
        raise LaunchError(
            "Newsarchive needs Python 3.11 or newer, this is {}.{}; install one and name it: "
            "make run PYTHON=python3.11".format(*version[:2])
        )


def newer_python() -> "str | None":
    """Another interpreter on the path that is new enough, tried in turn, since some are mere pointers to others."""
    for minor in range(OLDEST[1], OLDEST[1] + 5):
        path = shutil.which(f"python3.{minor}")
        if path and subprocess.run([path, "-c", ""], stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return path
    return None


def check_writable(folder: Path) -> None:
    """Refuse a folder in which nothing can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=str(folder)):
            pass
    except OSError as error:
        raise LaunchError(
            f"The folder {folder} cannot be written to ({error.strerror}); make it writable, or name another one in "
            "NEWSARCHIVE_HOME."
        ) from error


def check_port(port: int) -> None:
    """Refuse a port that another program holds, or that does not exist."""
    if not 0 < port < 65536:
        raise LaunchError(f"Port {port} does not exist; choose one from 1024 to 65535: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise LaunchError(
                f"Port {port} cannot be used ({error.strerror}); stop the program that holds it, or choose another: "
                f"make run PORT={port % 65535 + 1}"
            ) from error


def in_venv(program: str) -> str:
    """Path of a program in the virtual environment."""
    return str(VENV / "bin" / program)


def make_venv() -> None:
    """Make the virtual environment unless a working one stands."""
    python = in_venv("python")
    if (
        Path(python).exists()
        and subprocess.run([python, "-c", "import pip"], check=False, stderr=subprocess.DEVNULL).returncode == 0
    ):
        return
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise LaunchError(
                f"This Python lacks its {module} module; install it (Debian and Ubuntu: apt install python3-venv) "
                "and run the command again."
            )
    print("Making the virtual environment in .venv", flush=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if made.returncode:
        lines = (made.stdout or "").strip().splitlines() or ["no reason given"]
        raise LaunchError(f"The virtual environment in {VENV} could not be made: {lines[-1]}")


def install(requirements: Path) -> None:
    """Install pinned packages, unless exactly these are there already."""
    stamp = VENV / ("installed-" + requirements.stem)
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing the packages of {requirements.name}; the first time this takes a minute or two", flush=True)
    log = VENV / "install.log"
    command = [in_venv("python"), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    with log.open("w") as file:
        result = subprocess.run([*command, "-r", str(requirements)], check=False, stdout=file, stderr=subprocess.STDOUT)
    if result.returncode:
        said = log.read_text(errors="replace")
        if any(word in said for word in NETWORK_TROUBLE):
            raise LaunchError(
                "The packages could not be downloaded; check the connection to the package index and run the command "
                f"again (details: {log})."
            )
        raise LaunchError(f"The packages could not be installed; {log} says why.")
    stamp.write_text(wanted)


def set_up(requirements: str) -> None:
    """Everything a command needs before it can start: folders, virtual environment, packages, translations."""
    check_writable(ROOT)
    make_venv()
    install(ROOT / requirements)
    subprocess.run([in_venv("python"), "-m", "newsarchive.catalogues", "compile"], check=True, cwd=str(ROOT))


def hand_over(*command: str) -> None:
    """Become the program, so that Ctrl-C and exit status are its own."""
    sys.stdout.flush()
    if os.environ.get("NEWSARCHIVE_HOME"):
        os.environ["NEWSARCHIVE_HOME"] = str(home_folder())  # it may be given relative to another folder than ours
    os.chdir(str(ROOT))
    os.execv(command[0], command)


def launch(arguments: "list[str]") -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(prog="launch.py", description="Sets Newsarchive up and starts it.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run").add_argument("--port", type=int, default=8000)
    commands.add_parser("test")
    for name in ("ocr", "check", "bench", "lock", "migration", "messages"):
        commands.add_parser(name)
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command not in ("test", "bench"):
        parser.error("unknown: " + " ".join(rest))

    python = in_venv("python")
    if options.command == "run":
        check_port(options.port)
        check_writable(home_folder())
        set_up("requirements.txt")
        hand_over(python, "manage.py", "serve", "--port", str(options.port))
    elif options.command == "ocr":
        set_up("requirements.txt")
        install(ROOT / "requirements-ocr.txt")
        print("Scans can be read now; no restart is needed")
    elif options.command == "test":
        set_up("requirements.txt")
        hand_over(python, "-m", "pytest", *(rest or ["-n", "auto", "--ignore=tests/browser"]))
    elif options.command == "bench":
        set_up("requirements.txt")
        install(ROOT / "requirements-bench.txt")
        hand_over(python, "-m", "benchmarks", *rest)
    else:
        set_up("requirements-dev.txt")
        hand_over(python, "-m", "newsarchive.upkeep", options.command)


def main() -> int:
    """Run, and turn what is in the way into one sentence and exit status 1."""
    try:
        if sys.version_info < OLDEST:
            newer = newer_python()
            if newer:
                os.execv(newer, [newer, *sys.argv])
        check_python(sys.version_info[:2])
        launch(sys.argv[1:])
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
