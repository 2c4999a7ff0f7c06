# SPDX-License-Identifier: MIT
"""Hostile workspaces, and programs run in them: by a pipe, and on a terminal."""
import fcntl
import os
import pickle
import pty
import re
import resource
import select
import signal
import struct
import subprocess
import tempfile
import termios
import threading
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.abspath(os.path.join(HERE, "..", ".."))


def inputs():
    """The list of inputs, as bytes; the format is told at its top. NAUGHTY=FILE: the lines of that file in its
    place, but for empty ones and those that begin with #, as the Big List of Naughty Strings has them."""
    found = []
    if os.environ.get("NAUGHTY"):
        with open(os.environ["NAUGHTY"], "rb") as f:
            return [line for line in f.read().split(b"\n") if line and not line.startswith(b"#")]
    with open(os.path.join(HERE, "inputs"), "rb") as f:
        for line in f.read().splitlines():
            times, text = re.fullmatch(rb"(?:\{(\d+)\}| |#)(.*)", line).groups()
            if line.startswith(b"#"):
                continue
            text = re.sub(rb"\\(?:x(..)|(\\))", lambda m: bytes([int(m[1], 16)]) if m[1] else b"\\", text)
            found.append(b"e" + text * int(times) if times else text)
    return found


def at_rest(pid):
    """Whether it, and each thread of it, waits for something, and no program that it runs is there."""
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/stat", "rb") as f:
                if f.read().rpartition(b") ")[2][:1] in b"RD":
                    return False
            with open(f"/proc/{pid}/task/{task}/children", "rb") as f:
                if f.read().strip():
                    return False
    except OSError:
        return False
    return True


class Lab:
    def __init__(self, build, long):
        self.build = os.path.abspath(build)
        self.adref = os.path.join(self.build, "adref")
        self.san = "san" in os.path.basename(self.build)
        self.slow = float(os.environ.get("SLOW", 1))
        self.long = long
        self.jobs = int(os.environ.get("JOBS") or (os.cpu_count() or 2 if long else 1))
        self.dir = os.path.realpath(tempfile.mkdtemp(prefix="adref-hostile."))
        self.home = os.path.join(self.dir, "home")
        os.makedirs(self.home)
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": self.home,
            "TMPDIR": self.dir,
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_SYSTEM": "/dev/null",
            "GIT_TERMINAL_PROMPT": "0",
            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "detect_leaks=0"),
            "LSAN_OPTIONS": os.environ.get("LSAN_OPTIONS", ""),
        }
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # of what it runs
        self.count = 0
        self.tag = ""  # of the process that this is, among those of each()
        self.usage = None  # what the last program took

    def close(self):
        subprocess.run(["rm", "-rf", self.dir])  # folders in folders are too deep for shutil

    def took(self, what, begin):
        """For whoever looks why it takes long."""
        if "HOSTILE_TIMES" in os.environ:
            print(f"#   {time.monotonic() - begin:6.2f} s {what}", flush=True)

    def fresh(self, name):
        self.count += 1
        path = os.path.join(self.dir, f"{name}{self.tag}{self.count}")
        os.makedirs(path)
        return path

    def each(self, work, things, jobs=None):
        """What work(thing) returns for each of them, in their order: as many at a time as there are jobs, in processes
        of their own with a home of their own."""
        things = list(things)
        jobs = min(jobs or self.jobs, len(things))
        if jobs < 2:
            return [work(thing) for thing in things]
        self.count += 1
        queue, last = os.pipe()  # the numbers of things; whoever is free takes the next one
        os.write(last, b"".join(struct.pack("H", n) for n in range(len(things))))
        os.close(last)
        ends = [self.process(work, things, queue, f"-{self.count}.{k}-") for k in range(jobs)]
        os.close(queue)
        found = {}
        for pid, end in ends:
            with os.fdopen(end, "rb") as f:
                data = f.read()
            if os.waitpid(pid, 0)[1]:
                raise RuntimeError("a part of the work failed: see above")
            found.update(pickle.loads(data))
        return [found[n] for n in range(len(things))]

    def process(self, work, things, queue, tag):
        """Begins it; its id, and where what came of it is to be read."""
        end, begin = os.pipe()
        pid = os.fork()
        if pid:
            os.close(begin)
            return pid, end
        status = 1
        try:
            os.close(end)
            self.tag, self.count = tag, 0
            self.home = self.fresh("home")
            self.env = {**self.env, "HOME": self.home}
            found = {}
            while taken := os.read(queue, 2):
                n = struct.unpack("H", taken)[0]
                found[n] = work(things[n])
            with os.fdopen(begin, "wb") as f:
                pickle.dump(found, f)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def limits(self, cpu, memory):
        """For the child: seconds of the processor, bytes of memory. A sanitiser needs its own of both."""
        if cpu:
            seconds = int(cpu * self.slow + 0.999)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        if memory and not self.san:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    def run(self, args, cwd, env=None, stdin=b"", cpu=0, memory=0, program=None, wall=60):
        """(exit status or minus the signal, output, errors)."""
        p = subprocess.Popen(
            [program or self.adref, *args],
            cwd=cwd,
            env=env if env is not None else self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            # Without one, no copy of this process is made: a fifth of the time of most calls.
            preexec_fn=(lambda: self.limits(cpu, memory)) if cpu or memory else None,
        )
        try:
            out, err = p.communicate(stdin, timeout=wall * self.slow)
        except subprocess.TimeoutExpired:
            os.killpg(p.pid, signal.SIGKILL)
            p.communicate()
            return -signal.SIGKILL, b"", b"still running"
        return p.returncode, out, err

    def measure(self, args, cwd):
        """(seconds of the processor, bytes of memory at most), of it and the programs it runs."""
        quiet = os.open(os.devnull, os.O_RDWR)
        words = [self.adref, *args]
        pid = os.posix_spawnp(
            "sh", ["sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", cwd, *words], self.env,
            file_actions=[(os.POSIX_SPAWN_DUP2, quiet, n) for n in range(3)],
        )
        os.close(quiet)
        used = os.wait4(pid, 0)[2]
        return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024

    def measured(self, args, cwd, wall=600):
        """The same, its output in the files out and err of the folder: (exit status, first line of errors)."""
        with open(os.path.join(cwd, "out"), "wb") as out, open(os.path.join(cwd, "err"), "wb") as err:
            p = subprocess.Popen([self.adref, *args], cwd=cwd, env=self.env, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
            timer = threading.Timer(wall * self.slow, p.kill)
            timer.start()
            _, how, self.usage = os.wait4(p.pid, 0)
            timer.cancel()
            p.returncode = os.waitstatus_to_exitcode(how)
        with open(os.path.join(cwd, "err"), "rb") as err:
            return p.returncode, err.readline(1000).decode("utf-8", "replace").strip()

    def git(self, cwd, *args, stdin=b"", env=None):
        who = {f"GIT_{a}_{b}": v for a in ("AUTHOR", "COMMITTER") for b, v in (("NAME", "T"), ("EMAIL", "t@example.org"))}
        return subprocess.run(
            ["git", *args], cwd=cwd, env={**self.env, **who, **(env or {})}, input=stdin,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True,
        ).stdout

    def screen(self, args, cwd, keys, env=None, size=(24, 80), cpu=0, memory=0, most=20, before=()):
        """Runs it on a terminal: each of keys is sent once nothing has come for a moment. What was sent to
        the terminal, and how it ended (None: it did not, and was killed). before: words of a program that runs it."""
        words = [*before, self.adref, *args]
        pid, fd = pty.fork()
        if pid == 0:
            os.chdir(cwd)
            self.limits(cpu, memory)
            os.execvpe(words[0], words, env if env is not None else self.env)
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        out = bytearray()
        todo = [b"", *keys]
        deadline = time.monotonic() + most * self.slow
        quiet = 0.12 * self.slow
        short = quiet
        while time.monotonic() < deadline:
            # The first screen may take its time; what it waits for is any output at all.
            wait = short if out else 5 * self.slow
            came = select.select([fd], [], [], wait)[0]
            if not came and out and short < quiet and not at_rest(pid):
                came = select.select([fd], [], [], quiet - short)[0]
            if came:
                try:
                    data = os.read(fd, 65536)
                except OSError:
                    data = b""
                if not data:
                    break
                out += data
            elif todo:
                key = todo.pop(0)
                try:
                    os.write(fd, key)
                except OSError:
                    break  # it has ended
                # Behind an Esc the next key would be one with Alt.
                short = quiet if key.endswith(b"\x1b") or before else quiet / 4
            else:
                break
        status = None
        # One that is still at work has time to end.
        deadline = time.monotonic() + most * self.slow
        rested = 0
        while rested < 40 * self.slow and time.monotonic() < deadline:
            done, how, self.usage = os.wait4(pid, os.WNOHANG)
            if done:
                status = os.waitstatus_to_exitcode(how)
                break
            time.sleep(0.05)
            rested += at_rest(pid)
            try:
                while select.select([fd], [], [], 0)[0]:
                    data = os.read(fd, 65536)
                    if not data:
                        break
                    out += data
            except OSError:
                pass
        if status is None:
            os.kill(pid, signal.SIGKILL)
            self.usage = os.wait4(pid, 0)[2]
        os.close(fd)
        return bytes(out), status


class Report:
    """TAP: a line a case; in the long form with the time it took, and how long processors were at work."""

    def __init__(self, lab):
        self.lab = lab
        self.passed = self.failed = 0
        self.at = self.now()

    def now(self):
        usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return time.monotonic(), sum(u.ru_utime + u.ru_stime for u in usage)

    def case(self, name, problems):
        problems = list(problems)
        before, self.at = self.at, self.now()
        if problems:
            self.failed += 1
        else:
            self.passed += 1
        took = f" ({self.at[0] - before[0]:.0f} s, processors {self.at[1] - before[1]:.0f} s)" if self.lab.long else ""
        print(f"{'not ok' if problems else 'ok'} {self.passed + self.failed} - {name}{took}", flush=True)
        for p in problems[:20]:
            print(f"#   {p}")
        if len(problems) > 20:
            print(f"#   and {len(problems) - 20} more")

    def skip(self, name, why):
        self.passed += 1
        print(f"ok {self.passed + self.failed} - {name} # SKIP {why}")
