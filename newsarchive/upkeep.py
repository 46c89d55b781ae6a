"""What keeps the project in order: the complete check, pinning packages, the first migration, the catalogue."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newsarchive import catalogues

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable

# Rooms whose tests ask no database, or are asked on both by the last check.
WITHOUT_DATABASE = ("--ignore=tests/browser", "--ignore=tests/newsprint", "--ignore=tests/house/test_launch.py")

CORES = ("-n", "auto")

COVERAGE = ("--cov", "--cov-report=term:skip-covered")

# Quick ones first; the tests last, so that pytest's closing line is near the end.
CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", (f"{BIN}/ruff", "format", "--check", ".")),
    ("lint", (f"{BIN}/ruff", "check", ".")),
    ("types", (f"{BIN}/mypy", "articles", "newsarchive", "manage.py")),
    ("import contract", (f"{BIN}/lint-imports", "--no-logo")),
    ("missing migrations", (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run", "-v", "0")),
    ("translations", (PYTHON, "-m", "newsarchive.catalogues", "check")),
    ("templates", (f"{BIN}/djlint", "templates", "--check", "--lint", "--quiet")),
    ("pinned packages", (PYTHON, "-m", "pip", "check")),
    ("tests on PostgreSQL", (PYTHON, "-m", "tests.postgres", "pytest", "-q", *CORES, *WITHOUT_DATABASE)),
    # Without coverage: traced, the archive behind the browser is several times as slow.
    ("tests in the browser", (PYTHON, "-m", "pytest", "-q", "tests/browser")),
    ("tests on SQLite", (PYTHON, "-m", "pytest", "-q", *CORES, "--ignore=tests/browser", *COVERAGE)),
)


def check() -> int:
    """Run every check, say at the end which failed."""
    failed = []
    for name, command in CHECKS:
        start = time.monotonic()
        print(f"── {name}", flush=True)
        if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode:
            failed.append(name)
            print(f"   failed: {name}", flush=True)
        print(f"   {time.monotonic() - start:.0f} s", flush=True)
    print(f"Failed: {', '.join(failed)}" if failed else f"All {len(CHECKS)} checks passed")
    return 1 if failed else 0


def lock() -> int:
    """Pin what pyproject.toml asks for, for every platform and Python from 3.11 on, as the public index has it."""
    command = [f"{BIN}/uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--upgrade"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "pyproject.toml"]
    targets = {
        "requirements.txt": ("Pinned by `make lock`: what the archive runs on and what its tests need.", ["test"]),
        "requirements-dev.txt": ("Pinned by `make lock`: all of it, for `make check`.", ["test", "dev"]),
        "requirements-bench.txt": ("Pinned by `make lock`: the engines to compare with, for `make bench`.", ["bench"]),
        "requirements-ocr.txt": ("Pinned by `make lock`: what reading scans needs besides, for `make ocr`.", ["ocr"]),
    }
    constraints: list[str] = []
    for name, (comment, extras) in targets.items():
        options = [f"--extra={extra}" for extra in extras] + constraints
        pinned = subprocess.run([*command, *options], cwd=ROOT, check=True, capture_output=True, text=True).stdout
        (ROOT / name).write_text(f"# {comment}\n{pinned}")
        constraints = ["--constraint", name]
    return 0


def migration() -> int:
    """Write 0001_initial anew from the models; one at a time, and the old one comes back when that fails."""
    folder = ROOT / "articles" / "migrations"
    with (ROOT / ".venv" / "migration.lock").open("w") as lock_file, tempfile.TemporaryDirectory() as aside:
        fcntl.flock(lock_file, fcntl.LOCK_EX)
        kept = [path for path in sorted(folder.glob("0*.py")) if path.exists()]
        for path in kept:
            shutil.move(path, aside)
        made = subprocess.run(
            [PYTHON, "manage.py", "makemigrations", "articles", "-n", "initial", "-v", "0", "--skip-checks"],
            cwd=ROOT,
            check=False,
        )
        for path in kept:
            if path.name != "0001_initial.py" or made.returncode:
                shutil.move(Path(aside) / path.name, path)
    return made.returncode


def messages() -> int:
    """Bring the English catalogue up to date."""
    catalogues.update()
    return 0


def main(arguments: list[str]) -> int:
    """`check`, `lock`, `migration` or `messages`."""
    tasks = {"check": check, "lock": lock, "migration": migration, "messages": messages}
    if len(arguments) != 1 or arguments[0] not in tasks:
        sys.stderr.write(f"usage: python -m newsarchive.upkeep {'|'.join(tasks)}\n")
        return 2
    return tasks[arguments[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
