# SPDX-License-Identifier: MIT
"""Programs in a terminal of their own: keys in, the screen read as text, signals, sizes, and what state the
terminal was left in."""
import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PIECE = re.compile(
    r"\x1b\[([0-9;:?>=!]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()#][A-Z0-9]|\x1bP[^\x1b]*\x1b\\"
    r"|\x1b([=>78DEHMc])|[^\x1b]|\x1b"
)
# The beginning of a sequence whose end is still to come.
CUT = re.compile(r"\x1b(?:\[[0-9;:?>=!]*[ -/]*|[()#]|[\]P][^\x07\x1b]*\x1b?)?$")


class Cells:
    """Just enough of a terminal to read what is on it."""

    def __init__(self, rows, cols):
        self.alternate = False
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.cut = ""
        self.resize(rows, cols)

    def resize(self, rows, cols):
        self.rows, self.cols, self.y, self.x = rows, cols, 0, 0
        self.top, self.bottom, self.last = 0, rows - 1, " "
        self.cells = [[" "] * cols for _ in range(rows)]

    def text(self):
        return "\n".join("".join(r).rstrip() for r in self.cells)

    def scroll(self, n, top=None):
        top = self.top if top is None else top
        for _ in range(min(abs(n), self.rows)):
            if n > 0:
                self.cells.insert(self.bottom + 1, [" "] * self.cols)
                del self.cells[top]
            else:
                self.cells.insert(top, [" "] * self.cols)
                del self.cells[self.bottom + 1]

    def put(self, c):
        if self.x >= self.cols:
            self.x = 0
            self.down()
        self.cells[self.y][self.x] = self.last = c
        self.x += 1

    def down(self):
        if self.y == self.bottom:
            self.scroll(1)
        else:
            self.y = min(self.rows - 1, self.y + 1)

    def feed(self, got):
        """Bytes, however they are cut."""
        text = self.cut + self.decoder.decode(got)
        cut = CUT.search(text)
        self.cut = cut.group(0) if cut else ""
        for m in PIECE.finditer(text[: len(text) - len(self.cut)]):
            if m.group(2):
                self.control(m.group(1), m.group(2))
            elif m.group(3):
                if m.group(3) == "M":
                    if self.y == self.top:
                        self.scroll(-1)
                    else:
                        self.y = max(0, self.y - 1)
                elif m.group(3) == "D":
                    self.down()
            elif len(m.group(0)) == 1:
                c = m.group(0)
                if c == "\r":
                    self.x = 0
                elif c == "\n":
                    self.down()
                elif c == "\b":
                    self.x = max(0, self.x - 1)
                elif c == "\t":
                    self.x = min(self.cols - 1, (self.x // 8 + 1) * 8)
                elif c >= " ":
                    self.put(c)

    def control(self, given, end):
        if given.startswith("?"):
            if given[1:] == "1049" and end in "hl":
                self.alternate = end == "h"
                self.cells = [[" "] * self.cols for _ in range(self.rows)]
            return
        try:
            n = [int(v or 0) for v in given.split(";")]
        except ValueError:
            return
        one = max(1, n[0])
        row, self.x = self.cells[self.y], min(self.x, self.cols - (end in "KXP@"))
        if end in "Hf":
            self.y = min(self.rows, one) - 1
            self.x = min(self.cols, max(1, n[1] if len(n) > 1 else 1)) - 1
        elif end == "d":
            self.y = min(self.rows, one) - 1
        elif end == "G":
            self.x = min(self.cols, one) - 1
        elif end == "A":
            self.y = max(0, self.y - one)
        elif end == "B":
            self.y = min(self.rows - 1, self.y + one)
        elif end == "C":
            self.x = min(self.cols - 1, self.x + one)
        elif end == "D":
            self.x = max(0, self.x - one)
        elif end == "K":
            for i in range(0 if n[0] else self.x, self.x + 1 if n[0] == 1 else self.cols):
                row[i] = " "
        elif end == "J":
            for i in range(self.rows) if n[0] == 2 else range(self.y + 1, self.rows) if n[0] == 0 else range(self.y):
                self.cells[i] = [" "] * self.cols
            if n[0] == 0:
                for i in range(self.x, self.cols):
                    row[i] = " "
        elif end == "X":
            for i in range(self.x, min(self.cols, self.x + one)):
                row[i] = " "
        elif end == "P":
            del row[self.x : self.x + one]
            row += [" "] * (self.cols - len(row))
        elif end == "@":
            row[self.x : self.x] = [" "] * one
            del row[self.cols :]
        elif end == "b":
            for _ in range(one):
                self.put(self.last)
        elif end == "L":
            self.scroll(-one, self.y)
        elif end == "M":
            self.scroll(one, self.y)
        elif end == "S":
            self.scroll(one)
        elif end == "T":
            self.scroll(-one)
        elif end == "r":
            self.top = one - 1
            self.bottom = (n[1] if len(n) > 1 and n[1] else self.rows) - 1
            self.y = self.x = 0


class Terminal:
    def __init__(self, lab, argv, cwd, rows=24, cols=80, env=None):
        self.master, self.slave = pty.openpty()
        self.cells = Cells(rows, cols)
        self.raw = b""
        self.size(rows, cols)
        self.before = termios.tcgetattr(self.slave)
        ours, theirs = os.pipe()
        self.reports, self.told = ours, ""
        self.patience = 40 if lab.san else 20
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "session.py"), str(theirs), *argv],
            cwd=cwd, env={**lab.env, **(env or {})}, stdin=self.slave, stdout=self.slave, stderr=self.slave,
            pass_fds=[theirs])
        os.close(theirs)
        self.pid = int(self.report("pid "))

    def size(self, rows, cols):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        if (rows, cols) != (self.cells.rows, self.cells.cols):
            self.cells.resize(rows, cols)

    def read(self, timeout=0.0):
        """Takes what has come; False where nothing did."""
        ready, _, _ = select.select([self.master], [], [], timeout)
        if not ready:
            return False
        try:
            got = os.read(self.master, 1 << 16)
        except OSError:
            return False
        if b"\x1b[6n" in got:
            os.write(self.master, b"\x1b[1;1R")
        if b"\x1b[c" in got or b"\x1b[0c" in got:
            os.write(self.master, b"\x1b[?62;22c")
        self.raw = (self.raw + got)[-400000:]
        self.cells.feed(got)
        return True

    def screen(self):
        while self.read(0):
            pass
        return self.cells.text()

    def sees(self, *words):
        """Waits until one of the words is on the screen: that one; None where none comes."""
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            text = self.screen()
            for word in words:
                if word in text:
                    return word
            if self.state() is not None:
                return None
            self.read(0.05)
        return None

    def settles(self, quiet=0.15):
        end = time.monotonic() + self.patience
        while time.monotonic() < end and self.read(quiet):
            pass

    def keys(self, text):
        os.write(self.master, text.encode())

    def kill(self, number):
        if self.state() is not None:
            return  # the number may be another's by now
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            pass

    def report(self, start):
        """Waits for such a line of session.py: what follows in it; None where it does not come."""
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            for line in self.told.splitlines():
                if line.startswith(start):
                    return line[len(start) :]
            ready, _, _ = select.select([self.reports, self.master], [], [], 0.1)
            if self.master in ready and not self.read(0) and self.reports not in ready:
                time.sleep(0.01)
            if self.reports in ready:
                got = os.read(self.reports, 4096).decode()
                if not got:
                    return None
                self.told += got
        return None

    def forget(self):
        """Of what was reported, only who it is and whether it has ended."""
        self.told = "".join(s + "\n" for s in self.told.splitlines() if s != "stopped")

    def state(self):
        """The exit status, once it has ended."""
        if select.select([self.reports], [], [], 0)[0]:
            self.told += os.read(self.reports, 4096).decode()
        m = re.search(r"^ended (-?\d+)$", self.told, re.M)
        return int(m.group(1)) if m else None

    def ends(self):
        got = self.report("ended ")
        return None if got is None else int(got)

    def left_behind(self):
        """What is wrong with the terminal after the program."""
        problems = []
        self.screen()
        if termios.tcgetattr(self.slave)[:6] != self.before[:6]:
            problems.append("the terminal's mode is not as it was")
        if self.cells.alternate:
            problems.append("the alternate screen was not left")
        for mode in (b"1000", b"1002", b"1003", b"1004", b"1006", b"2004"):
            on, off = self.raw.rfind(b"\x1b[?" + mode + b"h"), self.raw.rfind(b"\x1b[?" + mode + b"l")
            if on > off:
                problems.append(f"mode {mode.decode()} is still on")
        if self.raw.rfind(b"\x1b[?25l") > max(self.raw.rfind(b"\x1b[?25h"), self.raw.rfind(b"\x1b[?12;25h"),
                                              self.raw.rfind(b"\x1b[?12l\x1b[?25h")):
            problems.append("the cursor is hidden")
        return problems

    def sanitiser(self):
        m = re.search(rb"(Address|Leak|Undefined\w+)Sanitizer[^\r\n]*|runtime error:[^\r\n]*", self.raw)
        return [m.group(0).decode(errors="replace")] if m else []

    def close(self):
        if self.state() is None:
            self.kill(signal.SIGCONT)
            self.kill(signal.SIGKILL)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for fd in (self.master, self.slave, self.reports):
            os.close(fd)
