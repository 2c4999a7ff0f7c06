# SPDX-License-Identifier: MIT
"""Killed at every system call: the next start works without hand repair, and what was said to be done is."""
import time

import acts
import calls as failing
import lab as labs

# Calls between which a process may be killed in the middle of something that it only read.
ASKING = {"openat", "getdents64", "poll", "wait4", "access"}


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
        _, calls = labs.record(lab, act.command(), act.top(path), act.children)
        # Before each call that the disk or another process sees; between two of them one kill is as good as
        # another, and one of each site is tried. A second kind of sync is tried where it does something else.
        asked = {id(c) for c in labs.one_of_a_site(calls, seen)} if act.every or act.children else set()
        points = [c for c in calls if c.name not in ("exit_group", "exit", "execve") and
                  ((labs.changes(c) and not act.again) or (id(c) in asked and (labs.changes(c) or c.name in ASKING)))]

        def trial(call, act=act):
            place = lab.fresh(act.pattern)
            got = lab.run(labs.injected(lab, act.command(), call, "signal=KILL", str(call.n)), act.top(place))
            problems = failing.judge(lab, act, place, got, killed=True)
            report.result(f"{act.name}: killed", f"{call} ({call.text[:90]})", problems)
            labs.shutil.rmtree(place, True)

        trials = labs.sampled(lab, points, 4)
        labs.in_parallel(lab, trial, trials)
        report.tell(f"{act.name}: {len(trials)} of {len(calls)} calls, {time.time() - begin:.0f} s")
