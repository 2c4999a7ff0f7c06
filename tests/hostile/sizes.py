# SPDX-License-Identifier: MIT
"""Texts of any size and shape: an answer, or a refusal that says why, in two seconds and 256 MB.

The long form makes them as large as they come, and holds each command to that. The short one makes each small, and
again four times as large: what takes its time must take it in proportion.
"""
import os
import shutil

MB = 1000 * 1000
CPU, MEMORY = 2.0, 256 << 20
PARTIES = ("AFR", "AMS", "ARB", "ASP", "CIS", "EUR")

# name -> (how often in the long form, in the short one; the text for a number)
SHAPES = {
    "deep": (MB, 2500, lambda n: b"[" * n + b"x" + b"]" * n + b"\n"),
    "deep-just": (MB // 2 - 1, 0, lambda n: b"[" * n + b"x" + b"]" * n + b"\n"),
    "deep-options": (MB, 2500, lambda n: b"[a / " * n + b"x" + b"]" * n + b"\n"),
    "deep-lines": (MB // 4 - 1, 2500, lambda n: b"[a\n" * n + b"b]\n" * n),
    "unclosed": (10 * MB, 5000, lambda n: b"[" * n),
    "unclosed-just": (MB, 0, lambda n: b"[" * n),
    "unopened": (10 * MB, 5000, lambda n: b"]" * n),
    "half-open": (10 * MB // 4, 2500, lambda n: b"[a][" * n),
    "point-of-many": (MB, 2500, lambda n: b"[a]" * n),
    "options": (MB, 2500, lambda n: b"[" + b" / ".join([b"o%d" % i for i in range(n)]) + b"]\n"),
    "ids": (MB // 4, 1250, lambda n: b"".join(b"[a]{#b%d}\n" % i for i in range(n))),
    "marks": (5 * MB, 5000, lambda n: b"a" + "\u0301".encode() * n),
    "nul": (10 * MB, 5000, lambda n: b"\0" * n),
    "line": (20 * MB, 5000, lambda n: b"word " * n),
    "line-brackets": (7 * MB, 1250, lambda n: b"word [a / b] w " * n),
    "paragraphs": (36 * MB, 1250, lambda n: b"a short paragraph of words\n\n" * n),
    "empty-lines": (10 * MB, 12500, lambda n: b"\n" * n),
    "labels": (2 * MB, 1250, lambda n: b"a) x\n" * n),
    "headings": (2 * MB, 1250, lambda n: b"# x\n" * n),
    "code": (10 * MB, 5000, lambda n: b"`" * n),
    "comments": (10 * MB // 4, 2500, lambda n: b"<!--" * n),
    "backslashes": (10 * MB, 5000, lambda n: b"\\" * n),
    "footnotes": (5 * MB, 2500, lambda n: b"[^" * n),
    "links": (10 * MB // 4, 2500, lambda n: b"[a](" * n),
}

# What reads one draft, and what compares it with itself changed in the middle. {}: the draft, {2}: that.
COMMANDS = {
    "brackets": "brackets {}",
    "json": "brackets --json {}",
    "check": "check {}",
    "project": "project --as AFR {}",
    "resolve": "resolve --dry-run {} 1 1",
    "replace": "replace --dry-run {} absent other",
    "renumber": "renumber --dry-run {}",
    "diff": "diff {} {2}",
    "merge": "merge-file {} ours {2}",
    "consolidate": "consolidate --base {} " + " ".join(code + "={2}" for code in PARTIES),
}


def write(folder, make, n):
    """By a process of its own: what this one is grown to would count as the program's."""
    pid = os.fork()
    if pid == 0:
        write_all(folder, make, n)
        os._exit(0)
    os.waitpid(pid, 0)


def write_all(folder, make, n):
    text = make(n)
    middle = len(text) // 2
    while middle < len(text) and text[middle] & 0xC0 == 0x80:
        middle += 1
    for name, end in (("a.md", b""), ("b.md", b" other "), ("c.md", b" yet other ")):
        with open(os.path.join(folder, name), "wb") as f:
            f.write(text[:middle] + end + text[middle:])


def run_one(lab, folder, command):
    """(exit status, what it said, seconds of the processor, bytes of memory)"""
    if command == "merge":
        shutil.copyfile(os.path.join(folder, "c.md"), os.path.join(folder, "ours"))
    words = COMMANDS[command].replace("{2}", "b.md").replace("{}", "a.md").split()
    status, said = lab.measured(words, folder)
    return status, said, lab.usage.ru_utime + lab.usage.ru_stime, lab.usage.ru_maxrss * 1024


def wrong(status, said):
    """Neither done, nor "no", nor refused in words."""
    if status not in (0, 1, 3):
        return [f"ended with {status}: {said}"]
    return ["refused without a word"] if status == 3 and not said else []


def hold(lab, what, status, said):
    cpu, memory = lab.usage.ru_utime + lab.usage.ru_stime, lab.usage.ru_maxrss * 1024
    found = wrong(status, said)
    if cpu > CPU * lab.slow:
        found.append(f"{cpu:.1f} s of the processor")
    if memory > MEMORY and not lab.san:
        found.append(f"{memory >> 20} MB")
    return [f"{what}: {one}" for one in found]


def at_full_size(lab, name):
    n, _, make = SHAPES[name]
    folder = lab.fresh("size")
    write(folder, make, n)
    found = []
    for command in COMMANDS:
        status, said, _, _ = run_one(lab, folder, command)
        found += hold(lab, command, status, said)
    _, status = lab.screen(["edit", "a.md"], folder, [b"\x1b[6~", b"\x1b[F", b"\x11", b"\x11", b"q", b"\x1b"])
    found += hold(lab, "edit", 0 if status is None else status, "")
    shutil.rmtree(folder)
    return f"{name}, {n} times", found


def in_proportion(lab, report, name):
    _, n, make = SHAPES[name]
    found = []
    small, large = lab.fresh("size"), lab.fresh("size")
    write(small, make, n)
    write(large, make, 4 * n)
    for command in ("json", "check", "resolve", "renumber", "diff", "merge", "consolidate"):
        if command == "json" and name.startswith("deep"):
            continue  # each point is printed with all that stands in it
        status, said, more, _ = run_one(lab, large, command)
        found += [f"{command}: {one}" for one in wrong(status, said)]
        # Four times the text; sixteen times the work where it is quadratic.
        less = more
        if more > 0.1 * lab.slow:
            less = min(run_one(lab, small, command)[2] for _ in range(2))
        if more > 10 * less:
            found.append(f"{command}: {less:.2f} s, and {more:.2f} s for four times as much")
    shutil.rmtree(small)
    shutil.rmtree(large)
    report.case(f"{name}: time is in proportion", found)


def holes(lab, report):
    """A file of 1 GB that takes no room on the disk."""
    folder = lab.fresh("size")
    for name in ("a.md", "b.md", "c.md"):
        with open(os.path.join(folder, name), "wb") as f:
            f.truncate(1 << 30)
    found = []
    for command in COMMANDS:
        if command == "merge":
            continue  # OURS gets both, and 3 GB are written
        status, said, _, _ = run_one(lab, folder, command)
        found += hold(lab, command, status, said)
        if status != 3 or "larger" not in said:
            found.append(f"{command}: not refused: {status}, {said}")
    report.case("a file of 1 GB is refused", found)


def run(lab, report):
    if lab.long:
        for case in lab.each(lambda name: at_full_size(lab, name), SHAPES):
            report.case(*case)
    for name, (_, small, _) in SHAPES.items():
        if small and not lab.long:
            in_proportion(lab, report, name)
    holes(lab, report)
