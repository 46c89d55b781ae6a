"""Parsers at arm's length: hostile bytes are read in a process of its own, with limits and without our secrets.

    source = read_apart("word", "read_word", data, "第3版.docx")

What a parser raises comes back as a sentence; a parser that dies or takes too much ends alone.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import io
import logging
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from articles.newsprint.extraction.progress import Progress, told
from articles.newsprint.values import ReadingError

logger = logging.getLogger(__name__)

_ROOM = "articles.newsprint.extraction"
_LOOK_EVERY = 1.0  # seconds between looks how far a reading is
_WAITED = -1000  # where an exit status stands: we waited long enough
_ROOT = Path(__file__).resolve().parents[3]
# What a parser may know of our surroundings: how to run, and in which language to sort; nothing secret.
_KNOWN = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "COVERAGE_PROCESS_START")

_SENTENCES = {
    "too-much-memory": "“{name}”解析时需要的内存超过 {memory} MB，已停止。请检查文件是否正常，按版面拆开或重新导出后上传。",
    "too-slow": "“{name}”解析超过 {seconds} 秒，已停止。请检查文件是否正常，按版面拆开或重新导出后上传。",
    "too-much-output": "“{name}”解析出的内容超过 {result} MB，不像是一个版面，已停止。请按版面拆开后上传。",
    "parser-died": "“{name}”无法解析，文件可能已损坏。请用原来的软件打开检查，重新导出后上传。",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one parser may use: MiB of address space, seconds of CPU and of waiting, MiB of what it hands back."""

    memory: int = 1024
    cpu: int = 30
    wall: int = 120
    result: int = 64


Verdict = tuple[Literal["value", "refusal", "no-memory", "error"], Any]


def read_apart(
    module: str,
    function: str,
    data: object,
    name: str,
    *more: object,
    limits: Limits | None = None,
    on_progress: Progress | None = None,
) -> Any:
    """Call `function(data, name, *more)` in a process of its own; `module` is one of this package or has a full name.

    `on_progress` is asked about once a second, also where nothing was told; what it raises ends the reading.

    Gives back what it returns: values of this package, plain types or bytes. Raises ReadingError: the parser's own,
    or `too-much-memory`, `too-slow`, `too-much-output`, `parser-died`.
    """
    limits = limits or Limits()
    with tempfile.TemporaryFile() as order, tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as noise:
        where = module if "." in module else f"{_ROOM}.{module}"
        pickle.dump((where, function, (data, name, *more), limits), order)
        order.seek(0)
        code = _run(order, answer, noise, limits, on_progress)
        answer.seek(0)
        verdict, what = _verdict(answer.read(), code)
        if verdict == "value":
            return what
        if verdict == "refusal":
            raise ReadingError(*what)
        noise.seek(0)
        logger.warning("%s.%s on %r: %s %s %s", module, function, name, verdict, what, _end_of(noise))
        reason = {"no-memory": "too-much-memory", "error": "parser-died"}.get(verdict, verdict)
        seconds = limits.wall if code == _WAITED else limits.cpu
        raise ReadingError(reason, _SENTENCES[reason].format(name=name, seconds=seconds, **dataclasses.asdict(limits)))


def _run(order: Any, answer: Any, noise: Any, limits: Limits, on_progress: Progress | None) -> int:
    """Files instead of pipes: nothing has to be pumped, and the size of a file can be limited."""
    environment = {key: value for key in _KNOWN if (value := os.environ.get(key)) is not None}
    with tempfile.TemporaryFile() as far:
        child = subprocess.Popen(
            [sys.executable, "-P", "-s", "-W", "ignore", "-m", f"{_ROOM}.sandboxed", str(far.fileno())],
            stdin=order,
            stdout=answer,
            stderr=noise,
            cwd="/",
            env=environment | {"PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8", "OMP_NUM_THREADS": "2"},
            pass_fds=[far.fileno()],
            start_new_session=True,
        )
        try:
            return _ended(child, limits.wall, far.fileno(), on_progress)
        finally:
            _end(child)


def _ended(child: subprocess.Popen[bytes], wall: float, far: int, on_progress: Progress | None) -> int:
    """Its exit status, or that we waited long enough."""
    until = time.monotonic() + wall
    while (left := until - time.monotonic()) > 0:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return child.wait(left if on_progress is None else min(left, _LOOK_EVERY))
        if on_progress is not None:
            on_progress(*told(far))
    return _WAITED


def _end(child: subprocess.Popen[bytes]) -> None:
    """The parser and whatever it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _verdict(answer: bytes, code: int) -> tuple[str, Any]:
    if code == 0:
        try:
            verdict, what = _Values(io.BytesIO(answer)).load()
        except Exception as error:
            return "parser-died", f"answered nonsense: {error!r}"
        return verdict, what
    if code in (-signal.SIGXCPU, _WAITED):
        return "too-slow", code
    if code == -signal.SIGXFSZ:
        return "too-much-output", code
    if code == -signal.SIGKILL:  # the system's own end of memory
        return "no-memory", code
    return "parser-died", code


def _end_of(noise: Any) -> str:
    text: str = noise.read(1 << 20).decode("utf-8", "replace")
    return text[-2000:]


class _Values(pickle.Unpickler):
    """Takes in the frozen values of this package and nothing else: the answer comes from where hostile bytes were."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("articles.newsprint."):
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type) and dataclasses.is_dataclass(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")
