"""Start, recognise and end the server's process; read the end of its log."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from graph.neo4j.server.jars import LAUNCHER, Distribution
from graph.neo4j.server.layout import HOST
from tracing.patterns import regex

CONSOLE_LOG = Path("logs") / "console.log"
PROC = Path("/proc")
EXEC_SECONDS = 5.0
"""How long a process may take to change from one program into the next; it takes well under a millisecond."""
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")

# Tidies the memory with less work than Java's own choice, whose short pauses are no use here.
THRIFTY = ("-XX:+UseParallelGC",)
_COLLECTOR = regex(r"-XX:\+Use\w+GC")

# The shell leaves the server in a session of its own and ends, so that the server is nobody's child here.
DETACH = 'umask 077; cd "$1" || exit; log=$2; shift 2; "$@" </dev/null >"$log" 2>&1 & echo $!'


def _collector(java_options: Sequence[str]) -> tuple[str, ...]:
    """Return the option for how Java tidies its memory: none where somebody chose another way."""
    chosen = " ".join(
        [*java_options, *(os.environ.get(name, "") for name in ("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"))]
    )
    return () if _COLLECTOR.search(chosen) else THRIFTY


def launch(
    distribution: Distribution, home: Path, *, heap_mb: int, java_options: Sequence[str], owner_pid: int | None
) -> int:
    """Start the server of ``home`` detached from this process and return its process id.

    With ``owner_pid`` the server ends by itself when that process ends, however that happens.
    """
    feature = distribution.java.feature
    command = [
        *(str(distribution.java.program), f"-Xms{min(heap_mb, 128)}m", f"-Xmx{heap_mb}m"),
        f"-XX:ErrorFile={home / 'logs' / 'hs_err_%p.log'}",
        # Memory holds people's records: it is never written to a file, neither by Java nor by the system.
        *("-XX:-HeapDumpOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash"),
        "-Dfile.encoding=UTF-8",
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED),
        *(["--enable-native-access=ALL-UNNAMED"] if feature >= 22 else []),
        *(["--sun-misc-unsafe-memory-access=allow"] if feature >= 23 else []),
        *java_options,
        *_collector(java_options),
        *("-classpath", distribution.class_path, LAUNCHER, str(home)),
        *([] if owner_pid is None else [str(owner_pid)]),
    ]
    done = subprocess.run(
        ["/bin/sh", "-c", DETACH, "sh", str(home), str(home / CONSOLE_LOG), *command],
        # Java takes the encoding of file names from the locale.
        env={**os.environ, "LC_ALL": utf8_locale()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        check=True,
        text=True,
    )
    return int(done.stdout)


def utf8_locale() -> str:
    """Return a locale of UTF-8: that of this process if it is one."""
    said = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return said if re.search(r"utf-?8$", said, re.IGNORECASE) else "C.UTF-8"


def is_running(pid: int | None, home: Path) -> bool:
    """Tell whether ``pid`` is a live server of ``home``, and not another process that got the same number since."""
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False  # another user's process: the number was given away
    words = _command_line(pid)
    return LAUNCHER in words and str(home) in words


def _command_line(pid: int) -> str:
    """Return a live process's command line; empty for a dead one that nobody has collected yet."""
    deadline = time.monotonic() + EXEC_SECONDS
    try:
        while True:
            words = (PROC / str(pid) / "cmdline").read_bytes()
            if words or not _changes_program(pid) or time.monotonic() > deadline:
                return words.replace(b"\0", b" ").decode(errors="replace")
            time.sleep(0.001)
    except FileNotFoundError:
        pass
    except OSError:
        return ""
    if (PROC / "self").exists():
        return ""
    asked = subprocess.run(
        ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, errors="replace", check=False
    )
    return asked.stdout


def _changes_program(pid: int) -> bool:
    """Tell whether a process that shows no command line has memory: its next program is being put in place."""
    fields = _stat(pid)
    state, memory = fields[0], int(fields[20])
    return state not in "ZX" and memory > 0


def _stat(pid: int) -> list[str]:
    """Return the fields of a process's ``stat`` from its state on (proc_pid_stat(5), field 3)."""
    return (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def end(pid: int, home: Path, *, patience: float, force_at_once: bool = False) -> bool:
    """End the server: ask, wait up to ``patience`` seconds, then force. True if it had to be forced."""
    if not force_at_once:
        _send(pid, signal.SIGTERM)
        if _gone(pid, home, patience):
            return False
    _send(pid, signal.SIGKILL)
    _gone(pid, home, 30)
    return True


def wait_until_gone(pid: int, *, patience: float = 30.0) -> None:
    """Wait for a process that is on its way out: it holds its ports and files a moment longer than its name."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and _is_dying(pid):
        time.sleep(0.02)


def _is_dying(pid: int) -> bool:
    """Tell whether a process has given up its memory, but not all it had opened (seen on Linux only)."""
    try:
        if (PROC / str(pid) / "cmdline").read_bytes():
            return False
        fields = _stat(pid)
    except OSError:
        return False
    state, threads = fields[0], int(fields[17])
    return not (state in "ZX" and threads <= 1)


def _send(pid: int, what: signal.Signals) -> None:
    try:
        os.kill(pid, what)
    except ProcessLookupError:
        return


def _gone(pid: int, home: Path, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while is_running(pid, home):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    wait_until_gone(pid)
    return True


def last_words(home: Path, *, lines: int = 8) -> str:
    """Return the last telling lines of the server's logs, without any that could hold a secret."""
    told = _tail(home / CONSOLE_LOG)
    told = [line for line in told if not line.startswith("WARNING: ")]
    if not told:
        told = [line for line in _tail(home / "logs" / "debug.log") if re.search(r" (WARN|ERROR) ", line)]
    harmless = [line[:300] for line in told if not re.search(r"passw|credential|secret|token", line, re.IGNORECASE)]
    return "\n".join(f"    {line}" for line in harmless[-lines:]) or "    (its log is empty)"


def _tail(path: Path, size: int = 64_000) -> list[str]:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - size))
            text = file.read().decode(errors="replace")
    except OSError:
        return []
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def port_is_free(port: int) -> bool:
    """Tell whether nobody listens on this port of the loopback address and it may be taken."""
    import socket

    with socket.socket() as probe:
        probe.settimeout(0.5)
        if probe.connect_ex((HOST, port)) == 0:
            return False
    with socket.socket() as probe:
        # The connections of a server that just stopped linger; they do not keep the port from its next start.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port of the loopback address that is free now."""
    import socket

    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
