# SPDX-License-Identifier: MIT
"""Every system call that can fail, fails: once, and from then on. On disk is the old state or the new one;
"done" is said only of the new one; the next run works."""
import os
import time

import acts
import lab as labs

# What each call can fail with. Those that only ask are tried with less.
ERRORS = {
    "openat": ["EMFILE", "ENOSPC", "EACCES", "EIO", "EINTR"],
    "read": ["EIO", "EINTR"],
    "pread64": ["EIO", "EINTR"],
    "write": ["ENOSPC", "EIO", "EINTR"],
    "pwrite64": ["ENOSPC", "EIO", "EINTR"],
    "fsync": ["EIO", "ENOSPC"],
    "fdatasync": ["EIO", "ENOSPC"],
    "rename": ["EIO", "ENOSPC", "EACCES"],
    "renameat": ["EIO", "ENOSPC"],
    "renameat2": ["EIO", "ENOSPC", "EINVAL"],
    "link": ["EPERM", "EIO", "ENOSPC"],
    "linkat": ["EPERM", "EIO"],
    "unlink": ["EACCES", "EIO"],
    "unlinkat": ["EACCES", "EIO"],
    "mkdir": ["ENOSPC", "EACCES"],
    "mkdirat": ["ENOSPC", "EACCES"],
    "rmdir": ["EACCES"],
    "ftruncate": ["EIO"],
    "truncate": ["EIO"],
    "flock": ["ENOLCK", "EINTR"],
    "close": ["EIO"],
    "fchmod": ["EPERM"],
    "fstat": ["EIO"],
    "newfstatat": ["EIO"],
    "lseek": ["EIO"],
    "getdents64": ["EIO"],
    "utimensat": ["EPERM"],
    "clone3": ["EAGAIN"],
    "clone": ["EAGAIN"],
    "fork": ["EAGAIN"],
    "vfork": ["EAGAIN"],
    "pipe2": ["EMFILE"],
    "execve": ["EACCES"],
    "poll": ["EINTR"],
    "wait4": ["EINTR"],
    "mmap": ["ENOMEM"],
}
# Calls that ask where something is, hundreds of them: one of a site.
ASKING = {"newfstatat", "close", "mmap", "lseek", "poll", "fstat"}


def chosen(act, calls, seen):
    """Every call of a save, a commit and a decision; of what else is done, and of those that only ask, one of
    each site that no act before has had: all of them write and commit in the one way."""
    asked = {id(c) for c in labs.one_of_a_site(calls, seen)}
    for call in calls:
        if call.name == "execve" and call.n == 1:
            continue
        if id(call) in asked or (act.every and call.name not in ASKING):
            yield call


def points(act, calls, seen):
    """(call, error, "N" or "N+")."""
    for call in chosen(act, calls, seen):
        errors = ERRORS.get(call.name, [])
        if call.name == "openat" and not labs.changes(call):
            errors = ["EMFILE", "EIO"]  # only looked into
        if act.children and not labs.changes(call):
            errors = errors[:1]
        for error in errors:
            yield call, error, str(call.n)
            # What is gone for ever: the first error of each is enough, but of the two that matter.
            # (A close that fails has closed all the same, which strace cannot do.)
            # One that is interrupted for ever is asked for ever.
            # Of git's own calls, those that only look fail once.
            if call.name == "close" or error == "EINTR" or (act.children and not labs.changes(call)):
                continue
            if error == errors[0] or error == "ENOSPC":
                yield call, error, f"{call.n}+"


def judge(lab, act, path, got, killed=False, mute=False, stuck=False, between=None):
    """What is wrong with what a faulty run left, and with the run after it."""
    status, out, err = got
    problems = []
    top = act.top(path)
    state = act.state(path)
    done = act.said in out + err and (status == 0 or killed)
    if not killed:
        if status not in (0, 1, 3):
            problems.append(f"status {status}: {err.strip()[:200]}")
        # A merge driver that fails leaves both texts as one point, and that is said.
        both = act.children and "new point" in out
        if status == 0 and not state.same(act.new) and not both:
            problems.append(f"says done, but is not: {state.differs(act.new)}: {err.strip()[:200]}")
        if status == 3 and not err.strip() and not mute:
            problems.append("fails without a word")
        # How far it is, what it comes to, and the other repository's own words.
        told = ("asking", "merging", "sending", "came:", "nothing has to go", "nothing new", "the workspace is ready",
                "remote:")
        lines = [s for s in err.strip().splitlines() if not s.removeprefix("adref: ").startswith(told) and
                 "is as before a merge that was cut short" not in s]
        if status == 3 and len(lines) > 1:
            problems.append(f"more than a line: {err.strip()[:300]}")
        if not act.partly and not both and not state.same(act.old) and not state.same(act.new) and "the next adref" not in err:
            problems.append(f"neither old ({state.differs(act.old)}) nor new ({state.differs(act.new)}): {err.strip()[:300]}")
        left = labs.locks(top)
        if left and not stuck:
            problems.append(f"left {', '.join(left)}")
    if done and killed and not act.children and not state.same(act.new):
        problems.append("said done before it was")
    if between:
        between()  # what was wrong is so no longer
    problems += after(lab, act, path, done, act.children and "new point" in out, state)
    return problems


def after(lab, act, path, done, both, state):
    """The next runs: of the same command, if it was not done, then of another. Objects are never taken away, so
    that git fsck at the end finds what any of the runs did."""
    problems = []
    top = act.top(path)
    if both:
        done = False
    # Whoever looks first brings to its end what was cut short, or takes it back.
    if not state.same(act.new) and not both:
        status, out, err = lab.run(act.command(), top)
        state = act.state(path)
        # A start that finishes what was cut short may find nothing left to do.
        if status not in (0, 3) or (not state.same(act.new) and not (act.partly and status == 0)):
            problems.append(f"next run: status {status}, {state.differs(act.new)}: {(out + err).strip()[:300]}")
    if done and not state.same(act.new):
        problems.append("what was done is gone")
    status, out, err = lab.run(act.next_command(), top)
    if status != 0:
        problems.append(f"the run after: status {status}: {(out + err).strip()[:300]}")
    state = act.state(path)
    # A half-made repository of libgit2's may leave a link that it tried the folder with.
    if state.changed and act.commits and not (act.partly and state.changed.startswith("?? _git2_")):
        problems.append(f"git status: {state.changed[:200]}")
    left = state.left + labs.locks(top)
    if left:
        problems.append(f"left at the end {', '.join(left)}")
    trouble = labs.fsck(lab, top)
    if trouble:
        problems.append(f"fsck at the end: {trouble[:200]}")
    return problems


def run(lab, report):
    why = lab.why_no_strace()
    if why:
        report.skip(why)
        return
    seen = set()
    for kind in acts.LOCAL + (acts.SHARED if lab.long else []):
        if lab.only and not kind.name.startswith(lab.only):
            continue
        act, begin = kind(lab), time.time()
        path = lab.fresh(act.pattern)
        got, calls = labs.record(lab, act.command(), act.top(path), act.children)
        if got[0] != 0:
            raise RuntimeError(f"{act.name} under strace: {got}")
        every = list(points(act, calls, seen))
        trials = labs.sampled(lab, every, 6)
        trials += [p for p in every if p not in trials and not p[2].endswith("+") and
                   any(p[0].name == name and words in p[0].text for name, words in act.found)]

        def trial(point, act=act):
            call, error, when = point
            place = lab.fresh(act.pattern)
            got = lab.run(labs.injected(lab, act.command(), call, f"error={error}", when), act.top(place))
            for_ever = when.endswith("+")
            # What strace lets a close of fail stays open: the other end of a pipe waits for ever, and is killed.
            waits = call.name == "close" and act.children and got[0] == labs.STILL_RUNNING
            problems = judge(lab, act, place, got, killed=waits, mute=call.name == "write" and (for_ever or act.children),
                             stuck=call.name in ("unlink", "unlinkat") and for_ever)
            report.result(f"{act.name}: a call fails", f"{call.name}:{error}:{when} ({call.text[:90]})", problems)
            labs.shutil.rmtree(place, True)

        labs.in_parallel(lab, trial, trials)
        report.tell(f"{act.name}: {len(trials)} trials at {len(calls)} calls, {time.time() - begin:.0f} s")
