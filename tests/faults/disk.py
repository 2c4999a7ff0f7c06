# SPDX-License-Identifier: MIT
"""A disk that is really full: a small tmpfs with a little room left, from none to enough, so that writes end
short in the middle. Needs root. And files that may not grow, and too few descriptors, by limits."""
import os
import resource
import subprocess

import acts
import calls as failing
import lab as labs

ROOM = 65536  # kilobytes of a tmpfs that is large enough


def mount(place, kilobytes, again=False):
    how = ["mount", "-o", f"remount,size={kilobytes}k"] if again else ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs"]
    return subprocess.run([*how, place], capture_output=True).returncode == 0


def unmount(place):
    subprocess.run(["umount", "-l", place])


def leave_pages(place, spare):
    s = os.statvfs(place)
    return mount(place, (s.f_blocks - s.f_bfree) * s.f_bsize // 1024 + 4 * spare, again=True)


def may_mount(lab):
    """Whether a small tmpfs can be had here."""
    place = lab.fresh()
    can = os.getuid() == 0 and mount(place, ROOM)
    if can:
        unmount(place)
    return can


def full(lab, report, act, spare):
    """A disk that has `spare` pages left when the act begins."""
    place = lab.fresh()
    mount(place, ROOM)
    try:
        top = f"{place}/w"
        subprocess.run(["cp", "-a", act.pattern, top], check=True)
        leave_pages(place, spare)
        got = lab.run(act.command(), act.top(top))
        problems = failing.judge(lab, act, top, got, between=lambda: mount(place, ROOM, again=True))
        report.result(f"{act.name}: the disk is full", f"{spare} pages left", problems)
    finally:
        unmount(place)


def limited(lab, report, act, name, value):
    """A limit of the process instead: of a file's size, or of open files."""
    kind = {"file size": resource.RLIMIT_FSIZE, "open files": resource.RLIMIT_NOFILE}[name]
    top = lab.fresh(act.pattern)
    got = lab.run(act.command(), act.top(top), preexec_fn=lambda: resource.setrlimit(kind, (value, value)))
    problems = failing.judge(lab, act, top, got)
    if got[0] < 0 or got[0] == 127:
        problems = [] if got[0] == 127 else problems  # too few to load the program's libraries
    report.result(f"{act.name}: a limit of {name}", f"{value}", problems)
    labs.shutil.rmtree(top, True)


def run(lab, report):
    if lab.cover or lab.san:
        report.skip("sanitisers and counters of lines open and write files of their own")
        return
    kinds = [k for k in (acts.LOCAL if lab.long else [acts.Decide, acts.Position]) if not lab.only or k.name.startswith(lab.only)]
    made = [kind(lab) for kind in kinds]
    jobs = []
    for act in made:
        for value in range(4, 24) if lab.long else (6, 9):
            jobs.append(lambda a=act, v=value: limited(lab, report, a, "open files", v))
        for value in range(0, 6000, 100) if lab.long else (100,):
            jobs.append(lambda a=act, v=value: limited(lab, report, a, "file size", v))
    labs.in_parallel(lab, lambda job: job(), jobs)
    if not may_mount(lab):
        report.skip("a small tmpfs needs root, and mount")
        return
    jobs = [lambda a=a, n=n: full(lab, report, a, n) for a in made for n in (range(60) if lab.long else (0, 9, 17))]
    labs.in_parallel(lab, lambda job: job(), jobs)
