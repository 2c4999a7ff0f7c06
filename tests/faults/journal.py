# SPDX-License-Identifier: MIT
"""The journal of unsaved work: killed while a person types, cut anywhere, read by nobody else, and there when
memory runs out."""
import os
import random
import resource
import shutil
import signal
import stat
import time

import lab as labs
from terminal import Terminal

SECOND = 1.0
SLACK = 0.5  # for a machine that has much to do: keys wait before adref reads them
TEXT = "resolves to meet.\n"
LARGE = "what it was is written beside the keys " * 20000  # in one line
PASTE = "\x1b[200~%s\x1b[201~"


def workspace(lab, text=TEXT):
    top = lab.fresh()
    lab.repository(top)
    labs.write(f"{top}/drafts/res-1.md", text)
    labs.write(f"{top}/drafts/res-2.md", "Another one.\n")
    lab.git(top, "add", "drafts")
    lab.git(top, "commit", "-qm", "start")
    return top


def editor(lab, top, draft="res-1", words="resolves to meet."):
    t = Terminal(lab, [lab.adref, "edit", draft], top)
    if not t.sees(words):
        raise RuntimeError(f"never started: {t.screen()}")
    return t


def journals(top):
    folder = f"{top}/.git/adref/journal"
    return [os.path.join(folder, n) for n in os.listdir(folder)] if os.path.isdir(folder) else []


def recovered(lab, top):
    """The draft's bytes after the next start, saved; None: nothing was found."""
    t = Terminal(lab, [lab.adref, "edit", "res-1"], top)
    try:
        if t.sees("Unsaved work is back", "resolves to meet.") != "Unsaved work is back":
            t.settles(0.3)
            if "Unsaved work is back" not in t.screen():
                return None
        t.keys("k")
        t.sees("Go on with it")
        t.keys("\x13")
        if not t.sees("is saved"):
            raise RuntimeError(f"cannot save: {t.screen()}")
        t.keys("\x11")
        t.sees("drafts")
        t.keys("q")
        t.ends()
    finally:
        t.close()
    return labs.read(f"{top}/drafts/res-1.md").decode()


def killed_typing(lab, report, seed):
    """Words are typed, one every few hundredths of a second; it is killed in the middle of it."""
    problems, chance = [], random.Random(seed)
    draft = TEXT + LARGE if seed % 2 else TEXT
    top = workspace(lab, draft)
    t = editor(lab, top)
    t.settles()
    typed, begin, life = [], time.monotonic(), 0.3 + 3 * chance.random()
    while time.monotonic() - begin < life:
        word = f"w{len(typed):04d} "
        t.keys(word)
        typed.append(time.monotonic())
        t.read(0.01 + 0.05 * chance.random())
    t.kill(signal.SIGKILL)
    dead = time.monotonic()
    t.ends()
    t.close()
    modes = {stat.S_IMODE(os.stat(p).st_mode) for p in journals(top)}
    if modes - {0o600}:
        problems.append(f"mode {modes}")
    text = recovered(lab, top)
    kept = 0
    if text is not None:
        while f"w{kept:04d} " in text:
            kept += 1
        if text != "".join(f"w{i:04d} " for i in range(kept)) + text[6 * kept :] or not text.endswith(draft):
            problems.append(f"not what was typed: {text[:200]!r}")
    due = sum(when < dead - SECOND - SLACK for when in typed)
    if kept < due:
        problems.append(f"{kept} words of {due} that were older than a second ({len(typed)} typed)")
    report.result("killed while typing: at most the last second is gone", f"seed {seed}", problems)
    shutil.rmtree(top, True)


def cut(lab, report, part, parts, every):
    """A journal of some edits, cut at every length (one of `parts` workspaces tries its share): what is recovered
    is what one of the edits left."""
    top = workspace(lab)
    t = editor(lab, top)
    states = [TEXT]
    for i in range(6):
        word = f"step{i} "
        states.append("".join(f"step{k} " for k in range(i + 1)) + TEXT)
        t.keys(word)
        if not t.sees(word.strip()):
            raise RuntimeError(f"cannot be typed in: {t.screen()}")
    t.settles(2.5)
    t.kill(signal.SIGKILL)
    t.ends()
    t.close()
    [path] = journals(top)
    whole = labs.read(path)
    # Letters may have come one by one: any prefix of what was typed is what an edit left.
    full = states[-1][: -len(TEXT)]

    def trial(length):
        problems = []
        labs.write(path, whole[:length])
        text = recovered(lab, top)
        if text is not None and not (text.endswith(TEXT) and full.startswith(text[: -len(TEXT)])):
            problems.append(f"recovered {text[:200]!r}")
        if length == len(whole) and text != states[-1]:
            problems.append(f"the whole journal gives {text!r}")
        labs.write(f"{top}/drafts/res-1.md", TEXT)
        for p in journals(top):
            os.unlink(p)
        report.result("cut anywhere, it gives what was typed up to there", f"at byte {length}", problems)

    for length in [len(whole), *range(len(whole) - 1, 0, -every)][part::parts]:
        trial(length)
    if part:
        shutil.rmtree(top, True)
        return
    # Under another draft's name it is nobody's.
    problems = []
    t = editor(lab, top, "res-2", "Another one.")
    t.keys("x")
    t.settles(1.2)
    t.kill(signal.SIGKILL)
    t.ends()
    t.close()
    for p in journals(top):
        labs.write(p, whole)
    t = editor(lab, top, "res-2", "Another one.")
    t.settles(0.5)
    if "step0" in t.screen() or "Unsaved work" in t.screen():
        problems.append(f"another draft's journal is recovered: {t.screen()[:300]}")
    t.kill(signal.SIGTERM)
    t.ends()
    t.close()
    report.result("another draft's is never recovered", "under its name", problems)
    shutil.rmtree(top, True)


def no_memory(lab, report, megabytes):
    """So little memory that a large paste does not fit: a message, the terminal, and the text in the journal."""
    problems = []
    top = workspace(lab)
    t = Terminal(lab, ["sh", "-c", f'ulimit -v {megabytes * 1024}; exec "$0" edit res-1', lab.adref], top)
    if t.sees("resolves to meet."):
        t.keys("Not saved: ")
        if not t.sees("Not saved: resolves"):
            problems.append(f"cannot be typed in: {t.screen()[:300]}")
        t.settles()
        lump = "x" * 65536
        # It is read as it comes, so it is written as it is read.
        sent = 0
        os.set_blocking(t.master, False)
        data = ("\x1b[200~" + lump * 900 + "\x1b[201~").encode()
        while sent < len(data) and t.state() is None:
            try:
                sent += os.write(t.master, data[sent : sent + 4096])
            except BlockingIOError:
                t.read(0.01)
            t.read(0)
        os.set_blocking(t.master, True)
        t.settles(0.3)
        if t.state() is None:
            report.result("no memory left", f"{megabytes} MB are enough", [])
            t.kill(signal.SIGKILL)
            t.ends()
            t.close()
            return
        status = t.ends()
        if status != 3:
            problems.append(f"ended with {status}")
        if b"out of memory" not in t.raw:  # what was not read of the paste is echoed after it
            problems.append(f"no message: {t.raw[-300:]!r}")
        problems += t.left_behind()
        t.close()
        text = recovered(lab, top)
        if text is None or not text.startswith("Not saved: "):
            problems.append(f"what was typed is gone: {str(text)[:100]}")
    else:
        # Too little to start with: then that is what it says.
        status = t.ends()
        if status is None or status < 0:
            problems.append(f"ended with {status}: {t.raw[-300:]!r}")
        problems += t.left_behind()
        t.close()
    report.result("no memory left", f"{megabytes} MB", problems)
    shutil.rmtree(top, True)


def run(lab, report):
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    wanted = (lab.only or "typing,cut,memory").split(",")
    jobs = []
    if "typing" in wanted:
        jobs += [lambda s=s: killed_typing(lab, report, s) for s in range(60 if lab.long else 2)]
    if "cut" in wanted:
        parts = 8 if lab.long else 1
        jobs += [lambda i=i: cut(lab, report, i, parts, 1 if lab.long else 400) for i in range(parts)]
    if "memory" in wanted and not lab.san:
        jobs += [lambda m=m: no_memory(lab, report, m) for m in (range(20, 200, 6) if lab.long else [110])]
    labs.in_parallel(lab, lambda job: job(), jobs, 4 if lab.long else 1)
