# SPDX-License-Identifier: MIT
"""Killed at every system call: the next start works without hand repair, and what was said to be done is."""
import time

import acts
import calls as failing
import lab as labs


def run(lab, report):
    why = lab.why_no_strace()
    if why:
        report.skip(why)
        return
    begin = time.time()
    for kind in acts.LOCAL + (acts.SHARED if lab.long else []):
        if lab.only and not kind.name.startswith(lab.only):
            continue
        act = kind(lab)
        path = lab.fresh(act.pattern)
        _, calls = labs.record(lab, act.command(), act.top(path), act.children)
        # Where nothing changes between two calls, one kill is as good as another.
        points = [c for c in calls if c.name not in ("mmap", "munmap", "mprotect", "brk", "readlink", "rt_sigaction",
                                                     "newfstatat", "fstat", "lseek", "access", "madvise", "rseq",
                                                     "set_robust_list", "exit_group", "getcwd", "geteuid", "getuid",
                                                     "read", "pread64", "close", "exit", "execve", "futex")
                  or c.n % 10 == 0]
        points = [c for c in points if c.name not in ("exit_group", "exit", "execve")]

        def trial(call, act=act):
            place = lab.fresh(act.pattern)
            got = lab.run(labs.injected(act.command(), call, "signal=KILL", str(call.n)), act.top(place))
            problems = failing.judge(lab, act, place, got, killed=True)
            report.result(f"{act.name}: killed", f"{call} ({call.text[:90]})", problems)
            labs.shutil.rmtree(place, True)

        labs.in_parallel(lab, trial, labs.sampled(lab, points, 4))
        if lab.long:
            print(f"  kills: {act.name}: {len(points)} trials, {time.time() - begin:.0f} s", flush=True)
