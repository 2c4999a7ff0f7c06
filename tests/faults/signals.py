# SPDX-License-Identifier: MIT
"""The workbench in a terminal, in each of its views: ended, stopped and gone on with, hung up, and resized
down to one cell. The terminal is as it was, unsaved work is found again, nothing crashes."""
import os
import random
import shutil
import signal

import lab as labs
from terminal import Terminal

# How each view is reached from the desk, and what is on it then.
VIEWS = {
    "desk": ("", "res-connectivity"),
    "editor": ("e", "Montevideo declaration"),
    "chair": ("c", "choose"),
    "matrix": ("m", "verdict"),
    "columns": ("v", "declaration"),
    "log": ("l", "declaration"),
    "help": ("?", "type to narrow the list"),
    "prompt": (":", ":"),
    "filter": ("/", "res-"),
    "new draft": ("n", "Name of the new draft"),
}
TYPED = "Typed and not saved. "


def workspace(lab):
    top = lab.fresh()
    lab.repository(top)
    shutil.copytree(os.path.join(labs.SOURCE, "drafts"), f"{top}/drafts", dirs_exist_ok=True)
    lab.git(top, "add", "drafts")
    lab.git(top, "commit", "-qm", "Texts before the conference")
    return top


def opened(lab, top, view, problems, rows=24, cols=80):
    t = Terminal(lab, [lab.adref], top, rows, cols)
    keys, words = VIEWS[view]
    if not t.sees("res-connectivity"):
        problems.append(f"never started: {t.screen()[:300]}")
    t.settles()
    if keys:
        t.keys(keys)
        t.settles()
        if not t.sees(words):
            problems.append(f"never had {words!r}: {t.screen()[:600]}")
    return t


def types(t, problems):
    t.keys(TYPED)
    if not t.sees(TYPED.strip()):
        problems.append(f"what was typed is not there: {t.screen()[:600]}")


def finds_again(lab, top, problems):
    """The next start has what was typed."""
    again = Terminal(lab, [lab.adref], top)
    if not again.sees("res-connectivity"):
        problems.append("does not start again")
    again.settles()
    again.keys("\r")
    if not again.sees("Unsaved work is back", "unsaved work"):
        problems.append(f"unsaved work is not found: {again.screen()[:600]}")
    elif not again.sees(TYPED.strip()):
        problems.append(f"unsaved work is not all there: {again.screen()[:600]}")
    again.kill(signal.SIGTERM)
    again.ends()
    again.close()


def ended(lab, report, view, name):
    """A signal that ends it."""
    problems = []
    top = workspace(lab)
    t = opened(lab, top, view, problems)
    if view == "editor":
        types(t, problems)
    t.kill(getattr(signal, name))
    status = t.ends()
    if status is None or status < 0 or status > 3:
        problems.append(f"ended with {status}")
    problems += t.left_behind() + t.sanitiser()
    t.close()
    if view == "editor":
        finds_again(lab, top, problems)
    report.result(f"{name}", f"in the {view}", problems)
    shutil.rmtree(top, True)


def hung_up(lab, report, view):
    """The terminal itself goes."""
    problems = []
    top = workspace(lab)
    t = opened(lab, top, view, problems)
    if view == "editor":
        types(t, problems)
    os.close(t.master)
    os.close(t.slave)
    t.master, t.slave = os.open("/dev/null", os.O_RDWR), os.open("/dev/null", os.O_RDWR)
    end, status = 400, None
    while end and status is None:
        status, end = t.state(), end - 1
        signal.sigtimedwait([], 0.05)
    if status is None or (status < 0 and status != -signal.SIGHUP) or status > 3:
        problems.append(f"ended with {status}")
    t.close()
    if view == "editor":
        finds_again(lab, top, problems)
    report.result("hung up", f"in the {view}", problems)
    shutil.rmtree(top, True)


def stopped(lab, report, view):
    """Stopped, and gone on with."""
    problems = []
    top = workspace(lab)
    t = opened(lab, top, view, problems)
    if view == "editor":
        types(t, problems)
    t.settles()
    before = t.screen()
    for _ in range(2):
        t.forget()
        t.kill(signal.SIGTSTP)
        if t.report("stopped") is None:
            problems.append("does not stop")
            break
        problems += [f"while stopped: {p}" for p in t.left_behind()]
        t.kill(signal.SIGCONT)
        t.settles()
        head = before.splitlines()[0].strip()[:30]
        if not t.sees(head):
            problems.append(f"the screen does not come back, with {head!r}: {t.screen()[:400]}")
    t.kill(signal.SIGTERM)
    if t.ends() not in (0, 1, 2, 3):
        problems.append(f"ended with {t.state()}")
    problems += t.left_behind() + t.sanitiser()
    t.close()
    report.result("SIGTSTP and SIGCONT", f"in the {view}", problems)
    shutil.rmtree(top, True)


def resized(lab, report, view, storms):
    """Sizes come faster than it can draw, some of them of one cell; keys in between."""
    problems = []
    chance = random.Random(f"{view}-1")
    top = workspace(lab)
    t = opened(lab, top, view, problems)
    sizes = [(1, 1), (1, 200), (60, 1), (2, 2), (24, 80), (3, 7), (1, 80)]
    for i in range(storms):
        rows, cols = sizes[i] if i < len(sizes) else (chance.randint(1, 60), chance.choice([1, 2, 5, 19, 40, 80, 200]))
        t.size(rows, cols)
        if i % 5 == 4:
            t.keys(chance.choice(["\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~", "\t"]))
        if i % 3 == 0:
            t.read(0.02)
        if t.state() is not None:
            problems.append(f"ended with {t.state()} at {rows}x{cols}")
            break
    t.size(24, 80)
    t.settles(0.3)
    if t.state() is None and len([s for s in t.screen().splitlines() if s.strip()]) < 3:
        problems.append(f"the screen does not come back: {t.screen()[:400]}")
    t.kill(signal.SIGTERM)
    if t.ends() not in (0, 1, 2, 3):
        problems.append(f"ended with {t.state()}")
    problems += t.left_behind() + t.sanitiser()
    t.close()
    report.result("resized down to one cell", f"in the {view}", problems)
    shutil.rmtree(top, True)


def run(lab, report):
    views = [v for v in VIEWS if not lab.only or v.startswith(lab.only)]
    if not lab.long and not lab.only:
        views = ["editor", "chair"]
    jobs = []
    for view in views:
        for name in ("SIGHUP", "SIGTERM") if lab.long or view == "editor" else ("SIGTERM",):
            jobs.append(lambda v=view, n=name: ended(lab, report, v, n))
        if lab.long or view == "editor":
            jobs.append(lambda v=view: hung_up(lab, report, v))
            jobs.append(lambda v=view: stopped(lab, report, v))
        jobs.append(lambda v=view: resized(lab, report, v, 200 if lab.long else 40))
    labs.in_parallel(lab, lambda job: job(), jobs, 4 if lab.long else 1)
