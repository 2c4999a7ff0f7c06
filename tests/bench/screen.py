# SPDX-License-Identifier: MIT
"""Programs in a terminal of their own: when the first screen is there, how long a key takes."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

ROWS, COLS = 40, 120
QUIET = 0.040  # seconds without output: nothing more comes of a key
PAUSE = 0.010  # what comes after such a pause is work between keys, not the key's
ESCAPES = re.compile(
    rb"\x1b\[[0-9;:?>=!]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1bP[^\x1b]*\x1b\\|\x1b[=>78DEHM]"
)


class Screen:
    """One program at work. started: seconds from exec to the marker on the screen."""

    def __init__(self, argv, env, folder, marker):
        begin = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLS, 0, 0))
                os.chdir(folder)
                os.execvpe(argv[0], argv, env)
            finally:
                os._exit(127)
        self.started = None
        self.argv = argv
        self._wait_for(marker.encode(), begin)

    def _read(self, timeout):
        ready, _, _ = select.select([self.fd], [], [], timeout)
        if not ready:
            return None
        try:
            got = os.read(self.fd, 1 << 16)
        except OSError:
            return b""
        # What an xterm says when asked where the cursor is and what it is.
        if b"\x1b[6n" in got:
            os.write(self.fd, b"\x1b[1;1R")
        if b"\x1b[c" in got or b"\x1b[0c" in got:
            os.write(self.fd, b"\x1b[?62;22c")
        return got

    def _wait_for(self, marker, begin):
        seen = b""
        while time.perf_counter() - begin < 120:
            got = self._read(120)
            if not got:
                break
            seen += got
            if marker in ESCAPES.sub(b"", seen):
                self.started = time.perf_counter() - begin
                return
        self.end()
        raise RuntimeError(f"{' '.join(self.argv)}: no first screen: {ESCAPES.sub(b'', seen)[-300:]!r}")

    def settle(self, quiet=0.3, most=60):
        """Reads until nothing has come for `quiet` seconds."""
        begin = time.perf_counter()
        while time.perf_counter() - begin < most:
            if not self._read(quiet):
                return

    def _worked(self):
        """Clock ticks of the processor that it has used."""
        with open(f"/proc/{self.pid}/stat") as f:
            fields = f.read().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def idle(self, quiet=1.0, most=60):
        """Reads until it has neither written nor worked for `quiet` seconds."""
        begin, before = time.perf_counter(), -1
        while time.perf_counter() - begin < most:
            self.settle(quiet, most)
            now = self._worked()
            if now == before:
                return
            before = now

    def key(self, keys):
        """Seconds from sending the keys to the last byte they brought; None: none came."""
        begin = last = time.perf_counter()
        os.write(self.fd, keys)
        first = True
        while True:
            got = self._read(5 if first else QUIET)
            if not got:
                break
            now = time.perf_counter()
            if first or now - last < PAUSE:
                last = now
            first = False
        return None if first else last - begin

    def shows(self, keys, marker):
        """Seconds from sending the keys to the marker on the screen."""
        begin = time.perf_counter()
        os.write(self.fd, keys)
        self._wait_for(marker.encode(), begin)
        return self.started

    def peak_mb(self):
        """The most memory that it and its children had, in MB."""
        total, todo = 0, [self.pid]
        while todo:
            pid = todo.pop()
            try:
                with open(f"/proc/{pid}/status") as f:
                    total += int(re.search(r"VmHWM:\s+(\d+)", f.read()).group(1))
                with open(f"/proc/{pid}/task/{pid}/children") as f:
                    todo += map(int, f.read().split())
            except (OSError, AttributeError):
                pass
        return total / 1024

    def end(self):
        if not self.pid:
            return
        os.kill(self.pid, signal.SIGKILL)
        os.close(self.fd)
        os.waitpid(self.pid, 0)
        self.pid = 0
