# SPDX-License-Identifier: MIT
"""The workbench at its keys: a draft is saved and committed in the editor, a point decided and the decision
undone in the chair's view, while a system call fails, once or from then on, or kills it, or no file may grow, or
the disk is full. On disk is the old state or the new one; "saved" is said of the new one alone; the terminal is as it was; nothing typed is gone;
the same key works as soon as what was wrong is over, and so does the next start.

strace joins the program when it waits for the key, and leaves it when it waits for the next."""
import os
import re
import resource
import shutil
import signal
import subprocess
import time

import acts
import calls as failing
import disk
import journal
import lab as labs
from terminal import Terminal

TYPED = "x"
# Names that are never the same again.
CHANCE = re.compile(r"\.adref-|tmp_obj|_git2_|objects/|-\d{4,}")
# Waiting for a key, in numbers of system calls; the last is a wait that strace broke into when it came.
WAITING = {"7", "271", "23", "270", "232", "281", "219"}


class Decide(acts.Decide):
    name, screen, words, ready, key, shown = "decide", ["chair", "res-1"], "choose", [], "2", "Point 1: option 2"


class Undo(acts.Undo):
    name, screen, words, ready, key, shown = "undo", ["chair", "res-1"], "choose", [], "u", "Undone"


class Commit(acts.Commit):
    name, screen, words, key, shown = "commit", ["edit", "res-1"], "to thank", "\r", "Committed as"
    ready = [("\x0b", "Commit message")]


class Save(acts.Commit):
    name, screen, words, key, shown = "save", ["edit", "res-1"], "to thank", "\x13", "is saved"
    ready = [(TYPED, TYPED + "resolves")]

    def __init__(self, lab):
        self.lab = lab
        self.pattern = os.path.join(lab.dir, "pattern-save")
        os.makedirs(self.pattern)
        acts.Act.prepare(self, self.pattern)
        done = lab.fresh(self.pattern)
        self.old = self.state(done)
        labs.write(f"{done}/drafts/res-1.md", TYPED + acts.DRAFT)
        self.new = self.state(done)

    def next_command(self):
        """Whoever writes next to it clears what was left beside it."""
        return ["sh", "-c", f"{self.lab.adref} commit res-1 -m saved && {self.lab.adref} resolve res-1 1 2"]

    def command(self):
        """What was not saved comes from the journal: `after` looks at that before."""
        return ["sh", "-c", f"printf %s {TYPED} | cat - drafts/res-1.md >new && mv new drafts/res-1.md"]


KINDS = [Save, Commit, Decide, Undo]


def opened(lab, act, top):
    """The program, waiting for the key."""
    t = Terminal(lab, [lab.adref, *act.screen], top)
    if not t.sees(act.words):
        raise RuntimeError(f"{act.name}: never started: {t.screen()}")
    rests(t)
    for keys, words in act.ready:
        t.keys(keys)
        if not t.sees(words):
            raise RuntimeError(f"{act.name}: never had {words!r}: {t.screen()}")
    if act.name == "save":  # what was typed is in the journal
        end = time.monotonic() + t.patience
        while not any(TYPED.encode() in labs.read(p)[-40:] for p in journal.journals(top)) and time.monotonic() < end:
            t.read(0.05)
    rests(t)
    return t


def waits_for_keys(t):
    try:
        with open(f"/proc/{t.pid}/syscall") as f:
            return f.read().split()[0] in WAITING
    except (OSError, IndexError):
        return True


def rests(t, most=40):
    """Until nothing comes any more, and it waits for a key or has ended."""
    end, quiet = time.monotonic() + most, 0
    while time.monotonic() < end and quiet < 2:
        if t.read(0.1):
            quiet = 0
        elif t.state() is not None or waits_for_keys(t):
            quiet += 1
    return t.screen()


class Strace:
    """At a program that runs already."""

    def __init__(self, lab, t, options):
        self.t = t
        self.process = subprocess.Popen(["strace", "-f", "-qq", *options, "-p", str(t.pid)], cwd=lab.dir, env=lab.env,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        start_new_session=True)
        end = time.monotonic() + 20
        while not self.is_there():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("strace does not come in")
            time.sleep(0.005)

    def is_there(self):
        try:
            for task in os.listdir(f"/proc/{self.t.pid}/task"):
                with open(f"/proc/{self.t.pid}/task/{task}/status") as f:
                    if "TracerPid:\t0\n" in f.read():
                        return False
            return True
        except OSError:
            return False

    def leaves(self):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Limit:
    """No file may grow beyond so many bytes: the terminal is none."""

    def __init__(self, t, size):
        self.pid, self.before = t.pid, resource.prlimit(t.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (size, self.before[1]))

    def leaves(self):
        try:
            resource.prlimit(self.pid, resource.RLIMIT_FSIZE, self.before)
        except ProcessLookupError:
            pass


class Full:
    """A disk of its own has so many pages left."""

    def __init__(self, place, spare):
        self.place = place
        disk.leave_pages(place, spare)

    def leaves(self):
        disk.mount(self.place, disk.ROOM, again=True)


def recorded(lab, act):
    """The calls from the key on, without those on the terminal; and the file that each writes to, where its
    name is always the same."""
    top = lab.fresh(act.pattern)
    t = opened(lab, act, top)
    log = os.path.join(lab.dir, f"record-{act.name}")
    s = Strace(lab, t, ["-s", "120", "-y", "-o", log])
    t.keys(act.key)
    seen = t.sees(act.shown)
    rests(t)
    s.leaves()
    if not seen or not act.state(top).same(act.new):
        raise RuntimeError(f"{act.name}: {act.new.differs(act.state(top))}: {t.screen()}")
    t.kill(signal.SIGKILL)
    t.ends()
    t.close()
    calls, count = [], {}
    with open(log, errors="replace") as f:
        for line in f:
            m = labs.CALL.match(line)
            if not m:
                continue
            pid, name, text = m.groups()
            n = count[(pid, name)] = count.get((pid, name), 0) + 1
            if int(pid) == t.pid and not re.match(r"\d+</dev/(pts|tty)", text):
                call = labs.Call(name, n, text.replace(top, ""))
                file = re.match(r"\d+<%s/([^>]*)>" % re.escape(top), text)
                calls.append((call, file and not CHANCE.search(file[1]) and file[1]))
    shutil.rmtree(top, True)
    return calls


def trials_of(act, calls, seen):
    """(call, what to inject, when, in which file alone). It is killed before each call that changes the disk, and
    each of these fails; of the others one of a kind, and of an undo, which is a decision like another, what is new."""
    for call, file in calls:
        if call.name in ("poll", "wait4", "execve", "exit_group"):
            continue
        changes, kind = labs.changes(call), labs.kind_of(call.name, call.text)
        known = kind in seen
        seen.add(kind)
        if changes:
            yield call, "signal=KILL", str(call.n), None
        if known and not (changes and act.every):
            continue
        errors = failing.ERRORS.get(call.name, [])
        if call.name == "openat" and not changes:
            errors = ["EMFILE"]
        for error in errors if changes else errors[:1]:
            yield call, f"error={error}", str(call.n), None
        # A write that goes on failing would fail on the terminal too, but for those to one file; those to all
        # files are limited() and on_full_disk().
        if not errors or (call.name == "write" and (not file or known)):
            continue
        if changes or call.name in ("openat", "newfstatat", "read"):
            yield call, f"error={errors[0]}", "1+" if file and call.name == "write" else f"{call.n}+", call.name == "write" and file


def judge_disk(act, state, shown, killed, problems):
    """Old or new (one that was killed may be in the middle: the next start sees to it); and said to be done only
    if it is."""
    done = act.shown in shown
    if done and not state.same(act.new):
        problems.append(f"says {act.shown!r}, but is not: {state.differs(act.new)}")
    if not killed and not state.same(act.old) and not state.same(act.new) and "the next adref" not in " ".join(shown.split()):
        problems.append(f"neither old ({state.differs(act.old)}) nor new ({state.differs(act.new)}): {shown[-400:]}")
    return done


def goes_on(act, t, top, shown, problems):
    """It lives: what was wrong is over, and the same key does it."""
    if not act.state(top).same(act.new) and "the next adref" not in " ".join(shown.split()):
        if "Your name?" in t.screen():  # the configuration could not be read
            t.keys("\x1b")
            rests(t)
        for keys, words in act.ready if act.name == "commit" else []:
            if words not in t.screen():
                t.keys(keys)
                t.sees(words)
        t.keys(act.key)
        if t.sees(act.shown, "keep mine") == "keep mine":
            t.keys("m")
        t.sees(act.shown)
        rests(t)
        if not act.state(top).same(act.new):
            problems.append(f"the same key does not do it afterwards: {t.screen()[-500:]}")
    t.kill(signal.SIGTERM)
    status = t.ends()
    if status is None or status < 0 or status > 3:
        problems.append(f"ended with {status} afterwards")


def pressed(lab, report, act, fault, how, what, top=None, kill=False):
    """The key, while the fault is there: fault(t) begins it, and what it returns leaves()."""
    problems = []
    top = top or lab.fresh(act.pattern)
    t = opened(lab, act, top)
    f = fault(t)
    try:
        t.keys(act.key)
        shown = rests(t)
    finally:
        f.leaves()
    if t.state() is None:
        shown = rests(t)
    state = act.state(top)
    done = judge_disk(act, state, shown, kill, problems)
    if kill and t.state() is None and not done:
        problems.append("is neither killed nor done")
    if t.state() is None:
        goes_on(act, t, top, shown, problems)
    elif not kill and (t.state() < 0 or t.state() > 3):
        problems.append(f"ended with {t.state()}: {t.raw[-300:]!r}")
    if not kill:
        problems += t.left_behind()
    t.close()
    if act.name == "save" and not act.state(top).same(act.new):
        text = journal.recovered(lab, top)
        if text != TYPED + acts.DRAFT:
            problems.append(f"what was typed is gone: {str(text)[:80]!r}")
    problems += failing.after(lab, act, top, done, False, act.state(top))
    report.result(f"{act.name} at its key: {how}", what, problems)
    shutil.rmtree(top, True)


def injected(lab, report, act, point):
    call, what, when, file = point
    kill = what == "signal=KILL"
    top = lab.fresh(act.pattern)
    options = ["-o", "/dev/null", *(["-P", f"{top}/{file}"] if file else []), "-e", f"trace={call.name}", "-e",
               f"inject={call.name}:{what}:when={when}"]
    words = f"{call.name}:{what}:{when}{' in ' + file if file else ''} ({call.text[:90]})"
    pressed(lab, report, act, lambda t: Strace(lab, t, options), "killed" if kill else "a call fails", words, top, kill)


def limited(lab, report, act, size):
    pressed(lab, report, act, lambda t: Limit(t, size), "no file may grow", f"beyond {size} bytes")


def on_full_disk(lab, report, act, spare):
    place = lab.fresh()
    disk.mount(place, disk.ROOM)
    try:
        shutil.copytree(act.pattern, f"{place}/w", symlinks=True)
        pressed(lab, report, act, lambda t: Full(place, spare), "the disk is full", f"{spare} pages left", f"{place}/w")
    finally:
        disk.unmount(place)


def screen(lab, report, act, when):
    """What the terminal did not take is on it after the next key."""
    problems, top = [], lab.fresh(act.pattern)
    t = opened(lab, act, top)
    s = Strace(lab, t, ["-o", "/dev/null", "-P", os.ttyname(t.slave), "-e", "trace=write", "-e", f"inject=write:error=EIO:when={when}"])
    t.keys("y")
    rests(t)
    s.leaves()
    t.keys("z")
    if not t.sees(f"{TYPED}yzresolves"):
        problems.append(f"the screen is not what it should be: {t.screen()[:400]}")
    t.kill(signal.SIGTERM)
    t.ends()
    problems += t.left_behind()
    t.close()
    report.result("the terminal fails, and the next key brings all of it", f"write:EIO:{when}", problems)
    shutil.rmtree(top, True)


def run(lab, report):
    why = lab.why_no_strace()
    if why:
        report.skip(why)
        return
    root, seen = disk.may_mount(lab), set()
    for kind in KINDS:
        if lab.only and not kind.name.startswith(lab.only):
            continue
        act, begin = kind(lab), time.time()
        points = labs.sampled(lab, list(trials_of(act, recorded(lab, act), seen)), 3)
        trials = [lambda p=p: injected(lab, report, act, p) for p in points]
        if lab.long or act.name == "save":
            trials += [lambda n=n: limited(lab, report, act, n) for n in (range(0, 640, 40) if lab.long else [40])]
        if root and lab.long:
            trials += [lambda n=n: on_full_disk(lab, report, act, n) for n in range(0, 42, 3)]
        if act.name == "save":
            trials += [lambda w=w: screen(lab, report, act, w) for w in (["1", "2", "1+"] if lab.long else ["1"])]
        labs.in_parallel(lab, lambda trial: trial(), trials, 8)
        report.tell(f"{act.name}: {len(trials)} trials, {time.time() - begin:.0f} s")
    if not root:
        report.skip("a small tmpfs needs root, and mount")
