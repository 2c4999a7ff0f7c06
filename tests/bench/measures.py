# SPDX-License-Identifier: MIT
"""What is measured, against what. A measure is one function under @measure:

    name       what ONLY= chooses: its beginning is enough
    what       the words of the table, one for each number the measure gives
    against    the peer, in words; None: the number itself has a target
    at_most    of ours / the peer's (without a peer: of ours, in `unit`), one a number
    needs      programs without which the peer cannot be measured

It gets the bench, prepares its material and returns two functions, ours and the peer's,
each of which makes one round and returns its number or numbers. Between rounds nothing
is kept but what the material says.
"""
import contextlib
import shutil

from material import KB, MB, REGIONS

MEASURES = []


class Measure:
    def __init__(self, name, what, against, at_most, needs, unit, rounds, function):
        self.name, self.against, self.needs, self.unit, self.rounds = name, against, needs, unit, rounds
        self.what = what if isinstance(what, tuple) else (what,)
        self.at_most = at_most if isinstance(at_most, tuple) else (at_most,)
        self.function = function


def measure(name, what, against, at_most, needs=(), unit="ms", rounds=7):
    def add(function):
        MEASURES.append(Measure(name, what, against, at_most, needs, unit, rounds, function))
        return function

    return add


# ---- consolidation


def six(bench, size):
    """A base without brackets and six parties' texts of it, a word in twenty changed."""
    base = bench.draft(size, brackets=False)
    return base, [(code, bench.edited(base, 0.05, seed)) for seed, code in enumerate(REGIONS, 11)]


def consolidation(bench, size):
    base, texts = six(bench, size)
    argv = [bench.adref, "consolidate", "--base", base] + [f"{code}={path}" for code, path in texts]
    return lambda: bench.run(argv)


def word_diffs(bench, size):
    base, texts = six(bench, size)
    argv = ["git", "diff", "--no-index", "--word-diff", base]
    return lambda: sum(bench.run(argv + [path], good=(0, 1)) for _, path in texts)


@measure("consolidate", "consolidation, 1 MB and six texts", "six git diff --no-index --word-diff", 0.5, ["git"])
def consolidate_large(bench):
    return consolidation(bench, MB), word_diffs(bench, MB)


@measure("consolidate-100k", "consolidation, 100 KB and six texts", None, 250)
def consolidate_small(bench):
    return consolidation(bench, 100 * KB), None


@measure("consolidate-linear-300k", "consolidation, 300 KB: time", "three times that of 100 KB", 1.2)
def consolidate_linear_300(bench):
    small = consolidation(bench, 100 * KB)
    return consolidation(bench, 300 * KB), lambda: 3 * small()


@measure("consolidate-linear-1m", "consolidation, 1 MB: time", "ten times that of 100 KB", 1.2)
def consolidate_linear_1000(bench):
    small = consolidation(bench, 100 * KB)
    return consolidation(bench, MB), lambda: 10 * small()


# ---- reading and comparing


@measure("brackets", "read all brackets, 100 MB", "grep -o '\\[[^]]*\\]'", 0.5, ["grep"])
def brackets(bench):
    text = bench.draft(100 * MB)
    # grep stops at the first hit where it writes into nothing: hence the pipe.
    return (
        lambda: bench.run([bench.adref, "brackets", "--count", text]),
        lambda: bench.run(["sh", "-c", "grep -o '\\[[^]]*\\]' \"$1\" | cat", "sh", text]),
    )


def word_diff(bench, size):
    old = bench.draft(size)
    new = bench.edited(old, 0.05, 3)
    lines = bench.one_word_a_line(old), bench.one_word_a_line(new)
    return (
        lambda: bench.run([bench.adref, "diff", old, new], good=(0, 1)),
        lambda: bench.run(["git", "diff", "--no-index", *lines], good=(0, 1)),
    )


@measure("diff-1m", "word diff, 1 MB, 5 % changed", "git diff --no-index, one word a line", 0.5, ["git"])
def diff_1(bench):
    return word_diff(bench, MB)


@measure("diff-10m", "word diff, 10 MB, 5 % changed", "git diff --no-index, one word a line", 0.5, ["git"])
def diff_10(bench):
    return word_diff(bench, 10 * MB)


# ---- the history


class Repository:
    """What a history is made of. In `newest` the hot draft changed last."""

    def __init__(self, suffix, told, commits, drafts, hot, rounds):
        self.suffix, self.told, self.rounds = suffix, told, rounds
        self.size = commits, drafts, hot
        every = commits // hot
        self.newest = f"commit {(commits - 1) // every * every}"


HOT = "drafts/draft000.md"
REPOSITORIES = (
    Repository("", "", 20000, 60, 1000, 7),
    Repository("-100k", ", 100,000 commits", 100000, 300, 2000, 3),
)


def forget(folder):
    shutil.rmtree(f"{folder}/.git/adref", ignore_errors=True)


def history(bench, repository, argv, peer, warm=False):
    folder = bench.history(*repository.size)

    def ours():
        if not warm:
            forget(folder)
        return bench.run([bench.adref, *argv], folder=folder)

    return ours, lambda: bench.run(["git", *peer], folder=folder)


def history_measures(r):
    """The measures of one repository."""

    def add(name, what, against, at_most, needs=("git",)):
        return measure(name + r.suffix, what + r.told, against, at_most, needs, rounds=r.rounds)

    @add("log-cold", "log of a draft, all versions, nothing kept", "git log -- PATH", 1.4)
    def log_cold(bench):
        return history(bench, r, ["log", "draft000"], ["log", "--", HOT])

    @add("log-warm", "log of a draft, all versions, from what was kept", "git log -- PATH", 0.1)
    def log_warm(bench):
        return history(bench, r, ["log", "draft000"], ["log", "--", HOT], warm=True)

    @add("life-cold", "life of every point, nothing kept", "git log -S for one phrase", 1.0)
    def life_cold(bench):
        return history(bench, r, ["life", "draft000"], ["log", "-S[LIFE", "--", HOT])

    @add("life-warm", "life of every point, from what was kept", "git log -S for one phrase", 0.05)
    def life_warm(bench):
        return history(bench, r, ["life", "draft000"], ["log", "-S[LIFE", "--", HOT], warm=True)

    @add("blame", "blame of a draft by word", "git blame", 1.0)
    def blame(bench):
        return history(bench, r, ["blame", "draft000"], ["blame", HOT])

    @add("log-screen", "start and the log's first screen, nothing kept", "tig -- PATH", 1.0, ["tig"])
    def log_screen(bench):
        folder = bench.history(*r.size)

        def one():
            forget(folder)
            with opened(bench, ([bench.adref], folder, "draft000")) as screen:
                started = screen.started
                return (started + screen.shows(b"l", r.newest)) * 1000

        def peer():
            with opened(bench, (["tig", "--", HOT], folder, r.newest)) as screen:
                return screen.started * 1000

        return one, peer


for one_repository in REPOSITORIES:
    history_measures(one_repository)


@measure("merge", "three-way merge, 1 MB, 5 % changed by each", "git merge-file, one word a line", 0.5, ["git"])
def merge(bench):
    base = bench.draft(MB, brackets=False)
    texts = [base, bench.edited(base, 0.05, 21), bench.edited(base, 0.05, 22)]
    old, one, other = (bench.one_word_a_line(path) for path in texts)
    return (
        lambda: bench.run([bench.adref, "merge-file", "--stdout", *texts], good=(0, 1)),
        lambda: bench.run(["git", "merge-file", "-p", one, old, other], good=range(128)),
    )


# ---- in a terminal

VIM = ["vim", "-u", "NONE", "-N", "-i", "NONE", "-n"]
NANO = ["nano", "-I"]


def ours(bench, size):
    """adref edit on a draft of a workspace, as a user has it: argv, folder, first words."""
    folder, name, marker = bench.workspace(size)
    return [bench.adref, "edit", name], folder, marker


def theirs(bench, size, argv, marker=None):
    folder, name, first = bench.workspace(size)
    return [*argv, f"drafts/{name}.md"], folder, marker or first


@contextlib.contextmanager
def opened(bench, place):
    screen = bench.screen(*place)
    try:
        yield screen
    finally:
        screen.end()


def start(bench, place):
    def one():
        with opened(bench, place) as screen:
            return screen.started * 1000

    return one


def starts(bench, size):
    return start(bench, ours(bench, size)), start(bench, theirs(bench, size, VIM))


@measure("start-100k", "start to first screen, 100 KB draft", "vim -u NONE", 1.5, ["vim"])
def start_small(bench):
    return starts(bench, 100 * KB)


@measure("start-1m", "start to first screen, 1 MB draft", "vim -u NONE", 1.5, ["vim"])
def start_1(bench):
    return starts(bench, MB)


@measure("start-100m", "start to first screen, 100 MB draft", "vim -u NONE", 1.0, ["vim"])
def start_100(bench):
    return starts(bench, 100 * MB)


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, round(share * (len(values) - 1)))]


def kept(bench, place, there=b""):
    """A program that is started when it is first asked for, and stays for all rounds."""
    screens = []

    def get():
        if not screens:
            screens.append(bench.screen(*place))
            screens[0].settle()
            if there:
                screens[0].key(there)
                screens[0].settle()
        return screens[0]

    return get


def typing(bench, place, there, n):
    """Characters typed after the keys `there`: p50 and p95 of n. One program for all rounds."""
    screen = kept(bench, place, there)

    def one():
        times = [screen().key(b"x") for _ in range(n)]
        screen().settle()
        times = [t * 1000 for t in times if t is not None]
        return percentile(times, 0.5), percentile(times, 0.95)

    return one


def middle_line(bench, size):
    """The number of the clause's line in the middle, and its label."""
    folder, name, _ = bench.workspace(size)
    with open(f"{folder}/drafts/{name}.md", encoding="utf-8") as f:
        lines = f.read().split("\n")
    at = len(lines) // 2
    while not lines[at] or lines[at].startswith("#"):
        at += 1
    return at + 1, lines[at].split(" ")[0]


def characters(bench, size):
    line, label = middle_line(bench, size)
    return (
        typing(bench, ours(bench, size), b"\x07:%d\r" % line, 40),
        typing(bench, theirs(bench, size, [*NANO, f"+{line}"], label), b"\x1b[C", 40),
    )


@measure("type-100k", ("a typed character, middle of 100 KB, p50", "the same, p95"), "nano", (1.3, 1.5), ["nano"])
def type_small(bench):
    return characters(bench, 100 * KB)


@measure("type-1m", ("a typed character, middle of 1 MB, p50", "the same, p95"), "nano", (1.3, 1.5), ["nano"])
def type_1(bench):
    return characters(bench, MB)


@measure("type-10m", ("a typed character, middle of 10 MB, p50", "the same, p95"), "nano", (1.3, 1.5), ["nano"])
def type_10(bench):
    return characters(bench, 10 * MB)


def paging(bench, place, pages, key):
    screen = kept(bench, place)

    def one():
        times = [screen().key(key) for _ in range(pages)]
        return percentile([t * 1000 for t in times if t is not None], 0.5)

    return one


@measure("page-down", "page down, 10 MB", "vim -u NONE", 1.3, ["vim"])
def page_down(bench):
    down = b"\x1b[6~"
    return (
        paging(bench, ours(bench, 10 * MB), 20, down),
        paging(bench, theirs(bench, 10 * MB, VIM), 20, down),
    )


def jumping(bench, place, to_end, to_begin):
    screen = kept(bench, place)

    def one():
        times = []
        for _ in range(5):
            times.append(screen().key(to_end) * 1000)
            screen().settle(0.05)
            screen().key(to_begin)
            screen().settle(0.05)
        return percentile(times, 0.5)

    return one


@measure("jump", "jump to the end, 10 MB", "vim -u NONE", 1.5, ["vim"])
def jump(bench):
    return (
        jumping(bench, ours(bench, 10 * MB), b"\x1b[1;5F", b"\x1b[1;5H"),
        jumping(bench, theirs(bench, 10 * MB, VIM), b"G", b"gg"),
    )


def memory(bench, place):
    def one():
        with opened(bench, place) as screen:
            screen.idle()
            return screen.peak_mb()

    return one


@measure("memory", "memory with a 100 MB draft open", "vim -u NONE", 1.5, ["vim"], unit="MB", rounds=3)
def memory_100(bench):
    return memory(bench, ours(bench, 100 * MB)), memory(bench, theirs(bench, 100 * MB, VIM))
