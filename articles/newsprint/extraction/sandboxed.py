"""The other side of the sandbox: a process that reads one file within its limits and says what it found.

Started by `sandbox.read_apart`; the order comes in on standard input, the answer goes out on standard output, and how far it is
into the open file named on the command line.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import pickle
import resource
import signal
import sys
import traceback
from typing import TYPE_CHECKING, Any

from articles.newsprint.extraction.progress import told_to
from articles.newsprint.values import ReadingError

if TYPE_CHECKING:
    from articles.newsprint.extraction.sandbox import Limits, Verdict

_MIB = 1024 * 1024
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


def main() -> None:
    """Read the order, keep within its limits, answer."""
    answer = os.dup(1)
    os.dup2(2, 1)  # what a library prints is noise
    module, function, arguments, limits = pickle.load(sys.stdin.buffer)  # noqa: S301
    _limit(limits)
    told_to(int(sys.argv[1]))
    with os.fdopen(answer, "wb") as out:
        out.write(_answer(module, function, arguments))


def _limit(limits: Limits) -> None:
    _limit_to(resource.RLIMIT_CORE, 0)
    _limit_to(resource.RLIMIT_AS, limits.memory * _MIB)
    _limit_to(resource.RLIMIT_CPU, limits.cpu)
    _limit_to(resource.RLIMIT_FSIZE, limits.result * _MIB)
    _limit_to(resource.RLIMIT_NOFILE, 256)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _limit_to(what: int, most: int) -> None:
    """Where the system grants less than that already, less it is."""
    _soft, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most if what != resource.RLIMIT_CPU else _one_more(most, hard)))


def _one_more(most: int, hard: int) -> int:
    """A second between being told to stop and being stopped."""
    return most + 1 if hard == resource.RLIM_INFINITY else min(most + 1, hard)


def _answer(module: str, function: str, arguments: tuple[Any, ...]) -> bytes:
    verdict: Verdict
    try:
        verdict = "value", getattr(importlib.import_module(module), function)(*arguments)
        return pickle.dumps(verdict)
    except ReadingError as error:
        verdict = "refusal", (error.code, error.message)
    except MemoryError:
        verdict = "no-memory", None
    except Exception:
        verdict = "error", traceback.format_exc(limit=-4)[-2000:]
    return pickle.dumps(verdict)


if __name__ == "__main__":
    main()
