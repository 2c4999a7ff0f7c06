# SPDX-License-Identifier: MIT
"""A place where things go wrong: workspaces made from a pattern, programs run under strace, and what is
on the disk afterwards as plain git and plain reading tell it."""
import atexit
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

STILL_RUNNING = 124  # the status of a program that was killed, as it did not come to an end
SOURCE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


class Lab:
    """What all parts share: the program, a folder, an environment, and how much is to be tried."""

    def __init__(self, build, long, jobs, only=None):
        self.adref = os.path.join(os.path.abspath(build), "adref")
        self.build = os.path.abspath(build)
        self.san = "san" in os.path.basename(self.build)
        self.cover = "cover" in os.path.basename(self.build)
        self.long = long
        self.jobs = jobs
        self.only = only
        self.strace = None  # why_no_strace() finds out: with all that stops at no call but those asked for
        self.dir = tempfile.mkdtemp(prefix="adref-faults.", dir=room_in_memory() if long else None)
        atexit.register(self.close)
        self.lock = threading.Lock()
        self.count = 0
        home = os.path.join(self.dir, "home")
        os.makedirs(os.path.join(home, ".config", "adref"))
        with open(os.path.join(home, ".config", "adref", "settings.yaml"), "w") as f:
            f.write("role: chair\nparty: EUR\n")
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": home,
            "TMPDIR": self.dir,
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_SYSTEM": "/dev/null",
            "GIT_TERMINAL_PROMPT": "0",
            "ASAN_OPTIONS": "detect_leaks=0",
        }

    def close(self):
        shutil.rmtree(self.dir, True)

    def fresh(self, pattern=None):
        """A new folder, a copy of the pattern."""
        with self.lock:
            self.count += 1
            path = os.path.join(self.dir, f"t{self.count}")
        if pattern:
            subprocess.run(["cp", "-a", pattern, path], check=True)
        else:
            os.mkdir(path)
        return path

    def run(self, argv, cwd, env=None, timeout=40, **more):
        """(exit status, output, errors); a signal is a negative status."""
        p = subprocess.Popen(
            argv,
            cwd=cwd,
            env={**self.env, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            **more,
        )
        try:
            out, err = p.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            os.killpg(p.pid, signal.SIGKILL)
            p.communicate()
            return STILL_RUNNING, "", f"still running after {timeout} s"
        return p.returncode, out.decode(errors="replace"), err.decode(errors="replace")

    def must(self, argv, cwd, env=None):
        status, out, err = self.run(argv, cwd, env)
        if status != 0:
            raise RuntimeError(f"{' '.join(argv)}: status {status}: {out}{err}")
        return out

    def git(self, cwd, *argv):
        return self.must(["git", *argv], cwd)

    def repository(self, path):
        os.makedirs(path, exist_ok=True)
        self.git(path, "init", "-q", "-b", "main", ".")
        self.git(path, "config", "user.name", "Test Rapporteur")
        self.git(path, "config", "user.email", "rapporteur@example.org")

    def why_no_strace(self):
        """None, or the reason why strace can try nothing here."""
        if self.san or self.cover:
            return "strace tries the plain build only"
        if not shutil.which("strace"):
            return "no strace"
        for self.strace in (["strace", "-f", "-qq", "--seccomp-bpf"], ["strace", "-f", "-qq"]):
            status, _, err = self.run([*self.strace, "-o", "/dev/null", "-e", "trace=close", "true"], self.dir)
            if status == 0 and not err:
                return None
        return "strace may not trace here"


def room_in_memory():
    """A folder that is quick to sync, where there is one with room."""
    path = "/dev/shm"
    try:
        s = os.statvfs(path)
        if os.access(path, os.W_OK) and s.f_bavail * s.f_frsize > 1 << 30:
            return path
    except OSError:
        pass
    return None


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())


def read(path):
    with open(path, "rb") as f:
        return f.read()


# ---- what is there


class State:
    """A workspace as git and the disk have it. Compared by the tree at HEAD and the files' bytes."""

    def __init__(self, lab, top):
        self.files, self.left = {}, []
        drafts = os.path.join(top, "drafts")
        for folder, _, names in os.walk(drafts):
            for name in names:
                path = os.path.join(folder, name)
                short = os.path.relpath(path, top)
                if name.startswith(".adref-"):
                    self.left.append(short)
                else:
                    self.files[short] = os.readlink(path).encode() if os.path.islink(path) else read(path)
        ask = 'git rev-parse -q --verify "HEAD^{tree}"; git rev-list --count HEAD -- 2>/dev/null; echo =; git status --porcelain'
        # Asked of a repository as it lies there: git must not write the index anew while looking.
        env = {"GIT_OPTIONAL_LOCKS": "0"}
        status, out, err = lab.run(["sh", "-c", ask], top, env) if os.path.isdir(top) else (0, "=\n", "")
        head, _, changed = out.partition("=\n")
        self.head = head.split()
        self.tree = self.head[0] if self.head else None
        self.changed = changed.strip()
        self.trouble = err.strip() if "not a git repository" not in err and status else ""

    def same(self, other):
        return self.tree == other.tree and self.files == other.files

    def differs(self, other):
        """How, in a few words."""
        words = []
        if self.tree != other.tree:
            words.append("HEAD")
        words += [p for p in sorted({*self.files, *other.files}) if self.files.get(p) != other.files.get(p)]
        return ", ".join(words)


def fsck(lab, top):
    """What git fsck complains of; a loose end is none."""
    if not os.path.isdir(os.path.join(top, ".git")) and not os.path.exists(os.path.join(top, "HEAD")):
        return ""
    status, out, err = lab.run(["git", "fsck", "--full", "--no-dangling", "--no-progress"], top)
    lines = [s for s in (out + err).splitlines() if not s.startswith(("notice:", "dangling", "Checking"))]
    return "; ".join(lines) or (f"status {status}" if status else "")


def locks(top):
    """Lock files of git that lie about."""
    found = []
    for folder, _, names in os.walk(os.path.join(top, ".git")):
        found += [os.path.relpath(os.path.join(folder, n), top) for n in names if n.endswith(".lock")]
    return found


# ---- strace

CALL = re.compile(r"^(\d+) +([a-z_0-9]+)\((.*)$")


class Call:
    """The n-th call of that name by a process; of those that other programs make, the first process that makes
    so many. sites: where it is in what they do, one for each process that makes it: see site_of()."""

    __slots__ = ("name", "n", "text", "sites")

    def __init__(self, name, n, text):
        self.name, self.n, self.text, self.sites = name, n, text, set()

    def __str__(self):
        return f"{self.name}#{self.n}"


LOADER = re.compile(r"\.so[.\"0-9]|/etc/ld|/locale|gconv")
# What the disk or other processes see; between two of these a process leaves no trace but with those it asks.
CHANGES = {"write", "pwrite64", "fsync", "fdatasync", "rename", "renameat", "renameat2", "link", "linkat", "symlink",
           "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "ftruncate", "truncate", "utimensat", "fchmod", "chmod",
           "flock", "clone", "clone3", "fork", "vfork", "pipe2", "sendto", "kill"}


# What only looks, or asks for memory.
LOOKING = {"newfstatat", "fstat", "lseek", "access", "faccessat", "readlink", "close", "mmap", "munmap", "brk", "poll",
           "getdents64", "mprotect", "futex", "rt_sigaction", "rt_sigprocmask", "read", "pread64"}


def changes(call):
    return call.name in CHANGES or "O_CREAT" in call.text or "O_TRUNC" in call.text


def kind_of(name, text):
    """Calls of one kind ask the same of the same thing: but for numbers, addresses and objects' names."""
    text = re.sub(r"0x[0-9a-f]+|[0-9a-f]{7,}|\d+", "#", text)
    return name + " " + re.sub(r"[0-9a-f]{2}/", "#/", text)[:80]


def record(lab, argv, cwd, children, env=None, runner=None):
    """The calls of a run without faults: of the program alone or, where asked for, the most that any
    process made of each. A site is a call after another one: the kinds of both; of a call that only looks, its
    kind."""
    log = os.path.join(lab.dir, f"record-{os.path.basename(cwd)}")
    full = ["strace", "-f", "-qq", "-s", "120", "-o", log, *argv]
    got = runner(full, cwd) if runner else lab.run(full, cwd, env)
    lines, count, calls, first, loading = {}, {}, {}, None, {}
    ready = set()
    with open(log, errors="replace") as f:
        for line in f:
            m = CALL.match(line)
            if not m:
                continue
            pid, name, text = m.groups()
            first = first or pid
            n = count[(pid, name)] = count.get((pid, name), 0) + 1
            # The loader's work is not ours: it ends with the first look at the environment of ours.
            if pid not in ready and name in ("openat", "read", "mmap", "newfstatat", "pread64", "mprotect", "close"):
                if name != "openat" or LOADER.search(text):
                    if pid == first:
                        loading[name] = n
                    continue
                ready.add(pid)
            if name == "execve":
                ready.discard(pid)
            # Nor is a child's call that the loader would fail at first.
            if (pid == first or children) and n > loading.get(name, 0):
                lines.setdefault(pid, []).append((name, n, text))
    for pid, made in lines.items():
        kinds = ["", *(kind_of(name, text) for name, _, text in made)]
        for i, (name, n, text) in enumerate(made):
            call = calls.setdefault((name, n), Call(name, n, text))
            call.sites.add(kinds[i + 1] if name in LOOKING else (kinds[i], kinds[i + 1]))
    os.unlink(log)
    return got, list(calls.values())


def one_of_a_site(calls, seen=None):
    """So few of the calls that each site that was not seen before is among theirs."""
    seen = set() if seen is None else seen
    for call in calls:
        if not call.sites <= seen:
            seen |= call.sites
            yield call


def injected(lab, argv, call, what, when):
    """The command under strace: one system call of it goes wrong."""
    return [*lab.strace, "-o", "/dev/null", "-e", f"trace={call.name}", "-e",
            f"inject={call.name}:{what}:when={when}", *argv]


# ---- results


class Report:
    """Counts. The short form prints a line of TAP a group, the long one a summary of every trial."""

    def __init__(self, lab, part):
        self.lab, self.part = lab, part
        self.groups = {}
        self.notes = []
        self.lock = threading.Lock()

    def result(self, group, what, problems):
        with self.lock:
            trials, failures = self.groups.setdefault(group, [0, []])
            self.groups[group][0] += 1
            if problems:
                failures.append((what, problems))
                if self.lab.long:
                    print(f"  {self.part}: {group}: {what}: {'; '.join(problems)}", flush=True)

    def tell(self, words):
        """How it went, in the long form: figures that are no verdict."""
        if self.lab.long:
            print(f"  {self.part}: {words}", flush=True)

    def skip(self, why):
        self.notes.append(why)

    def end(self, seconds, worked):
        """Prints; returns how many passed and how many failed. worked: seconds of a processor."""
        failed = sum(len(f) for _, f in self.groups.values())
        passed = sum(n for n, _ in self.groups.values()) - failed
        if self.lab.long:
            note = f"  ({'; '.join('skipped: ' + n for n in self.notes)})" if self.notes else ""
            print(f"{self.part:<9} {passed:>6} passed, {failed} failed  {seconds:.0f} s, {worked:.0f} s of a processor{note}", flush=True)
            return passed, failed
        for n, (group, (trials, failures)) in enumerate(self.groups.items(), 1):
            print(f"{'not ok' if failures else 'ok'} {n} - {self.part}: {group}, {trials} tried")
            for what, problems in failures:
                print(f"# {what}: {'; '.join(problems)}")
        for n, why in enumerate(self.notes, len(self.groups) + 1):
            print(f"ok {n} - {self.part} # SKIP {why}")
        return passed, failed


def sampled(lab, things, most):
    """In the short form every k-th, so that about `most` are left; in the long one all of them, or with
    STEP=k in the environment every k-th."""
    if lab.long:
        return list(things)[:: int(os.environ.get("STEP", 1))]
    if len(things) <= most:
        return list(things)
    step = len(things) / most
    return [things[int(i * step)] for i in range(most)]


def in_parallel(lab, work, things, each=1):
    """work(thing) for each, by as many threads as there are jobs, times `each` where the work mostly waits."""
    todo = iter(things)
    guard = threading.Lock()
    broken = []

    def worker():
        while not broken:
            with guard:
                thing = next(todo, None)
            if thing is None:
                return
            try:
                work(thing)
            except Exception as e:  # the lab itself has failed: said once, and the end
                broken.append(e)

    threads = [threading.Thread(target=worker) for _ in range(lab.jobs * each)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if broken:
        raise broken[0]
